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

from training.batches import CLS, SEP, Batch, Pieces, stream
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


def begin(weights: Path, settings: Settings, start: Path | None) -> Network:
    """The network that training begins from: of the published weights, or of the run at `start`."""
    network = Network()
    network.encoder.load(weights)
    # word and position embeddings stay as published: half the parameters, hardly any of the gain
    network.encoder.words.weight.requires_grad_(False)
    network.encoder.positions.weight.requires_grad_(False)
    network.to(settings.device)
    if start is not None:
        network.load_state_dict(load_checkpoint(start).state_dict())
    return network


def rounded(figures: dict[str, float], digits: int) -> dict[str, float]:
    """Figures as the log has them."""
    return {k: round(v, digits) for k, v in figures.items()}


class Run:
    """A network in training: its optimizer, the moving average of its weights, and how far its schedule has come.

    `elapsed` is in seconds, of training and all between; `words` and `running`, the losses of late, are since the start
    or the last resumption.
    """

    def __init__(self, network: Network, folder: Path, settings: Settings) -> None:
        """Go on from `folder/checkpoint.pt` where there is one."""
        self.network, self.folder, self.settings = network, folder, settings
        self.optimizer = torch.optim.AdamW(
            _groups(network, settings), lr=1e-4, weight_decay=settings.decay, betas=(0.9, 0.98)
        )
        self.average = {n: p.detach().clone() for n, p in network.named_parameters() if p.requires_grad}
        self.weights = WEIGHTS | {"vectors": settings.vector_weight}
        self.step, self.elapsed = 0, 0.0
        self.words = 0
        self.running: dict[str, float] = {}
        self.checkpoint = folder / "checkpoint.pt"
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, map_location=settings.device)
            network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.average = state["average"]
            self.step, self.elapsed = state["step"], state["elapsed"]

    def keep(self) -> None:
        """Save all that a later run needs to go on."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "step": self.step,
            "elapsed": self.elapsed,
        }
        save(self.checkpoint, state)

    def note(self, **figures: object) -> None:
        """Append figures to the log, and print them."""
        row = json.dumps({"step": self.step, "minutes": round(self.elapsed / 60, 2), **figures})
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(row + "\n")
        print(row, flush=True)

    @property
    def progress(self) -> float:
        """How much of the schedule is done, 1 at its end."""
        settings = self.settings
        return self.step / settings.steps if settings.steps else self.elapsed / (settings.minutes * 60)

    def schedule(self) -> None:
        """Set the learning rates, and what of the encoder still learns, for the next step."""
        settings, progress, encoder = self.settings, self.progress, self.network.encoder
        if progress >= settings.settle_at and not encoder.frozen and settings.settle_layers:
            # towards the end the lowest layers hardly move; without them a step takes two thirds of the time
            encoder.settle(settings.settle_layers)
        rate = min(progress / settings.warm_up, (1 - progress) / (1 - settings.warm_up))
        for group in self.optimizer.param_groups:
            group["lr"] = max(group["rate"] * rate, 1e-7)

    def learn(self, batch: Batch, teacher: Tensor) -> None:
        """One step: of the weights, of their average, and of the running losses."""
        settings, network = self.settings, self.network
        # half the precision is twice the speed where the processor has the instructions for it
        with torch.autocast(settings.device.split(":")[0], torch.bfloat16, enabled=settings.brain_float):
            parts = losses(network, batch, teacher)
        total = sum((self.weights[k] * v for k, v in parts.items()), torch.zeros((), device=settings.device))
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        self.optimizer.step()
        self.step += 1
        with torch.no_grad():
            share = 1 / min(self.step, settings.averaged_over)
            for name, parameter in network.named_parameters():
                if name in self.average:
                    self.average[name].lerp_(parameter, share)
        self.words += int((batch.sentence > 0).sum())
        for key, value in parts.items():
            loss = float(value.detach())
            self.running[key] = 0.98 * self.running.get(key, loss) + 0.02 * loss


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
    network = begin(weights, settings, start)
    run = Run(network, folder, settings)
    factors = dict(settings.emphasis)
    shares = {name: share * factors.get(name, 1.0) for name, share in SHARES.items()}
    batches = stream(sets, shares, pieces, settings.budget, settings.seed + run.step)
    network.train()
    saved = measured = run.elapsed
    began = time.monotonic()
    while run.progress < 1:
        run.schedule()
        run.learn(next(batches).to(settings.device), teacher)
        now = time.monotonic()
        run.elapsed, began = run.elapsed + now - began, now
        if run.step % 50 == 0:
            run.note(words=run.words, loss=rounded(run.running, 4))
        if run.elapsed - saved > 240:
            run.keep()
            saved = run.elapsed
        if run.elapsed - measured > settings.evaluate_every * 60:
            run.note(dev=rounded(evaluate(network, dev, pieces, settings.device, limit=40), 3))
            measured = run.elapsed
    run.keep()
    network.load_state_dict(run.average, strict=False)
    run.note(final=rounded(evaluate(network, dev, pieces, settings.device), 3))
    return network
