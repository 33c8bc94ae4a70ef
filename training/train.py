"""The training loop: one pass of mixed corpora, a schedule that ends on time, checkpoints to resume from."""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.batches import CLS, SEP, Pieces, stream
from training.data import SHARES
from training.evaluate import evaluate
from training.heads.losses import WEIGHTS, losses
from training.model import Encoder, Network, load_checkpoint
from training.sentences import Paragraph


@dataclass(frozen=True)
class Settings:
    """How to train. The schedule runs over `minutes` of training, or over `steps` where they are given.

    From `settle_at` of the schedule on, the embeddings and the lowest `settle_layers` layers stay as they are. The
    network that comes out is the moving average of its weights over about `averaged_over` steps (Polyak averaging).
    """

    minutes: float = 75
    steps: int | None = None
    budget: int = 768
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    warm_up: float = 0.03
    decay: float = 0.01
    clip: float = 2.0
    seed: int = 13
    device: str = "cpu"
    taught: int = 12000
    vector_weight: float = WEIGHTS["vectors"]
    evaluate_every: float = 12.0
    settle_at: float = 0.6
    settle_layers: int = 2
    averaged_over: float = 300
    brain_float: bool = True
    emphasis: tuple[tuple[str, float], ...] = ()


@torch.no_grad()
def teach(
    sets: dict[str, list[Paragraph]], pieces: Pieces, weights: Path, cache: Path, settings: Settings
) -> Tensor:
    """The original encoder's unit vectors of a sample of the sentences, which learn their row as `vector`."""
    chance = random.Random(settings.seed)
    pool = [s for name in sorted(sets) for p in sets[name] for s in p if 4 <= len(s.words) <= 60]
    sample = chance.sample(pool, min(settings.taught, len(pool)))
    for sentence in pool:
        sentence.vector = -1
    for i, sentence in enumerate(sample):
        sentence.vector = i
    if cache.exists():
        found = np.load(cache)
        if len(found) == len(sample):
            return torch.from_numpy(found)
    encoder = Encoder(dropout=0)
    encoder.load(weights)
    encoder.eval().to(settings.device)
    ids = [[CLS, *(i for w in s.words for i in pieces.of(w)), SEP][:256] for s in sample]
    out = torch.zeros(len(sample), encoder.segment.shape[0])
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    for a in range(0, len(order), 64):
        rows = order[a : a + 64]
        batch = torch.zeros(len(rows), max(len(ids[i]) for i in rows), dtype=torch.long)
        for k, i in enumerate(rows):
            batch[k, : len(ids[i])] = torch.tensor(ids[i])
        batch = batch.to(settings.device)
        states = encoder(batch, torch.zeros_like(batch))
        mask = (batch > 0).unsqueeze(-1).float()
        out[rows] = F.normalize((states * mask).sum(1) / mask.sum(1), dim=-1).cpu()
    np.save(cache, out.numpy())
    return out


def _groups(network: Network, settings: Settings) -> list[dict[str, object]]:
    encoder, heads, plain = [], [], []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith(("encoder.cases", "vector")) or not name.startswith("encoder."):
            (heads if not name.startswith("vector") else plain).append(parameter)
        else:
            encoder.append(parameter)
    return [
        {"params": encoder, "rate": settings.encoder_rate},
        {"params": heads, "rate": settings.head_rate},
        {"params": plain, "rate": settings.encoder_rate},
    ]


def save(path: Path, state: dict[str, object]) -> None:
    """Write whole or not at all."""
    torch.save(state, path.with_suffix(".part"))
    os.replace(path.with_suffix(".part"), path)


def train(
    sets: dict[str, list[Paragraph]],
    dev: dict[str, list[Paragraph]],
    pieces: Pieces,
    weights: Path,
    folder: Path,
    settings: Settings,
    start: Path | None = None,
) -> Network:
    """Train to the end of the schedule, resuming from `folder/checkpoint.pt` where there is one.

    `start` is the checkpoint of another run whose network is trained further, by a schedule of its own.
    """
    torch.manual_seed(settings.seed)
    teacher = teach(sets, pieces, weights, folder / "teacher.npy", settings).to(settings.device)
    network = Network()
    network.encoder.load(weights)
    # word and position embeddings stay as published: half the parameters, hardly any of the gain
    network.encoder.words.weight.requires_grad_(False)
    network.encoder.positions.weight.requires_grad_(False)
    network.to(settings.device)
    groups = _groups(network, settings)
    optimizer = torch.optim.AdamW(groups, lr=1e-4, weight_decay=settings.decay, betas=(0.9, 0.98))
    step, elapsed = 0, 0.0
    if start is not None:
        network.load_state_dict(load_checkpoint(start).state_dict())
    average = {n: p.detach().clone() for n, p in network.named_parameters() if p.requires_grad}
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=settings.device)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        step, elapsed = state["step"], state["elapsed"]
        average = state["average"]
    factors = dict(settings.emphasis)
    shares = {name: share * factors.get(name, 1.0) for name, share in SHARES.items()}
    batches = stream(sets, shares, pieces, settings.budget, settings.seed + step)
    network.train()
    log = (folder / "log.jsonl").open("a", encoding="utf-8")

    def note(row: dict[str, object]) -> None:
        log.write(json.dumps(row) + "\n")
        log.flush()
        print(json.dumps(row), flush=True)

    def keep() -> None:
        state = {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "average": average,
            "step": step,
            "elapsed": elapsed,
        }
        save(checkpoint, state)

    weights = WEIGHTS | {"vectors": settings.vector_weight}
    running: dict[str, float] = {}
    words = 0
    began, saved, measured = time.monotonic(), elapsed, elapsed
    while True:
        progress = step / settings.steps if settings.steps else elapsed / (settings.minutes * 60)
        if progress >= 1:
            break
        if progress >= settings.settle_at and not network.encoder.frozen and settings.settle_layers:
            # towards the end the lowest layers hardly move; without them a step takes two thirds of the time
            network.encoder.settle(settings.settle_layers)
        rate = min(progress / settings.warm_up, (1 - progress) / (1 - settings.warm_up))
        for group in optimizer.param_groups:
            group["lr"] = max(group["rate"] * rate, 1e-7)
        batch = next(batches).to(settings.device)
        # half the precision is twice the speed where the processor has the instructions for it
        with torch.autocast(settings.device.split(":")[0], torch.bfloat16, enabled=settings.brain_float):
            parts = losses(network, batch, teacher)
        total = sum((weights[k] * v for k, v in parts.items()), torch.zeros((), device=settings.device))
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        optimizer.step()
        step += 1
        with torch.no_grad():
            share = 1 / min(step, settings.averaged_over)
            for name, parameter in network.named_parameters():
                if name in average:
                    average[name].lerp_(parameter, share)
        words += int((batch.sentence > 0).sum())
        for key, value in parts.items():
            running[key] = 0.98 * running.get(key, float(value.detach())) + 0.02 * float(value.detach())
        now = time.monotonic()
        elapsed, began = elapsed + now - began, now
        if step % 50 == 0:
            shown = {k: round(v, 4) for k, v in running.items()}
            note({"step": step, "minutes": round(elapsed / 60, 2), "words": words, "loss": shown})
        if elapsed - saved > 240:
            keep()
            saved = elapsed
        if elapsed - measured > settings.evaluate_every * 60:
            figures = evaluate(network, dev, pieces, settings.device, limit=40)
            note(
                {
                    "step": step,
                    "minutes": round(elapsed / 60, 2),
                    "dev": {k: round(v, 3) for k, v in figures.items()},
                }
            )
            measured = elapsed
    keep()
    network.load_state_dict(average, strict=False)
    figures = evaluate(network, dev, pieces, settings.device)
    note(
        {
            "step": step,
            "minutes": round(elapsed / 60, 2),
            "final": {k: round(v, 3) for k, v in figures.items()},
        }
    )
    log.close()
    return network
