"""Train all heads on a larger encoder, then teach the small one what it says: `python -m training.distil`, on a machine with a GPU.

The teacher learns from the labels alone. The student learns from the labels and, for every word of labelled and unlabelled text, from
the teacher's whole distributions (Hinton et al. 2015).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from torch.utils.data import DataLoader

from training.batches import ALLOWED, CLS, Batch
from training.evaluate import figures_of
from training.heads.labels import ATTRIBUTION, LINKS
from training.heads.losses import WEIGHTS, arc_mask, labelled_losses
from training.model import Encoder, Network, gather_rows
from training.mpnet import MPNet
from training.packed import Corpus, Stream, batch_of, corpora, dev_batches
from training.train import rounded, save

SHARES = {
    "ewt": 0.13, "gum": 0.08, "worldwide": 0.10, "polnear": 0.15, "labels": 0.30, "tdg": 0.05, "uw": 0.03, "meantime": 0.03,
    "ecbplus": 0.01, "wikigold": 0.03, "crossner": 0.01, "re3d": 0.015, "wnut": 0.02,
}  # fmt: skip
UNLABELLED = 0.45
"""The share of the student's pieces that come of news which nobody labelled."""
SOFTMAX = ("upos", *ALLOWED, "expects", "days")
SIGMOID = ("triggers", "polarity")
GOLD = 0.5
"""How much the labels' losses count beside the teacher's."""
VECTORS = 1.5
"""How much the loss of the sentence vectors counts."""


def said(network: Network, batch: Batch, layers: list[Tensor], words: Tensor) -> dict[str, Tensor]:
    """The scores of every head; those of arcs masked where none may be."""
    out = {key: getattr(network, key)(words).float() for key in (*SOFTMAX, *SIGMOID, "factuality")}
    arcs, out["dependent"], out["head"] = network.arcs(words)
    out["arcs"] = arcs.float().masked_fill(~arc_mask(batch.sentence), -1e4)
    inside = torch.cat([torch.ones_like(batch.sentence[:, :1], dtype=torch.bool), batch.sentence > 0], 1)
    for link in LINKS:
        out[f"links.{link}"] = network.links[link](words).float().masked_fill(~inside[:, None, :], -1e4)
    out["blocks"] = network.block_scores(layers, batch.pool).float()
    return out


def apart(ours: Tensor, theirs: Tensor) -> Tensor:
    """Cross-entropy to the teacher's distribution less its entropy, a row each."""
    log = F.log_softmax(theirs, -1)
    return (log.exp() * (log - F.log_softmax(ours, -1))).sum(-1)


def taught_losses(
    network: Network, teacher: Network, batch: Batch, ours: dict[str, Tensor], theirs: dict[str, Tensor]
) -> dict[str, Tensor]:
    """How far each head is from the teacher's, a mean over the words.

    Heads that speak of some words only (realis of events, holders of expectations) count by how likely the teacher holds a word to be one.
    """
    real = batch.sentence > 0
    scale = 1 / real.sum().clamp(min=1)
    event = torch.sigmoid(theirs["triggers"]).amax(-1) + 0.02
    ahead = torch.softmax(theirs["expects"], -1)[..., 2:].sum(-1) + 0.002
    spoken = torch.softmax(theirs["attribution"], -1)
    spoken = (
        spoken[..., [i for i, tag in enumerate(ATTRIBUTION) if tag.endswith(("SOURCE", "CONTENT"))]].sum(-1)
        + 0.02
    )
    weight = {
        "realis": event,
        "days": event,
        "polarity": ahead,
        "factuality": event,
        "links.attribution": spoken,
        "links.time": torch.maximum(ahead, event * 0.2),
        "links.holder": ahead,
    }
    out: dict[str, Tensor] = {}

    def add(name: str, rows: Tensor) -> None:
        out[name] = (rows * weight.get(name, torch.ones(())).to(rows.device) * real).sum() * scale

    for key in SOFTMAX:
        add(key, apart(ours[key], theirs[key]))
    for key in SIGMOID:
        told = torch.sigmoid(theirs[key])
        rows = F.binary_cross_entropy_with_logits(ours[key], told, reduction="none")
        add(key, rows.sum(-1))
    add("factuality", F.smooth_l1_loss(ours["factuality"], theirs["factuality"], reduction="none").sum(-1))
    add("arcs", apart(ours["arcs"], theirs["arcs"]))
    best = theirs["arcs"].argmax(-1)
    with torch.no_grad():
        told = teacher.labels(theirs["dependent"], gather_rows(theirs["head"], best)).float()
    add("labels", apart(network.labels(ours["dependent"], gather_rows(ours["head"], best)).float(), told))
    for name in (f"links.{link}" for link in LINKS):
        add(name, apart(ours[name], theirs[name]))
    sentences = batch.pool.sum(-1) > 0
    out["blocks"] = 6 * scale * (apart(ours["blocks"], theirs["blocks"]) * sentences).sum()
    return out


TAUGHT = WEIGHTS | {
    "expects": 5.0,
    "polarity": 4.0,
    "links.time": 4.0,
    "links.holder": 10.0,
    "days": 3.0,
    "names": 2.0,
    "attribution": 2.0,
}
"""The weights of the losses to the teacher."""


@torch.no_grad()
def vectors(sets: dict[str, Corpus], weights: Path, device: str, count: int) -> Tensor:
    """The original encoder's unit vectors of a sample of sentences, whose rows the corpora keep."""
    encoder = Encoder(dropout=0)
    encoder.load(weights)
    encoder.eval().to(device)
    chance = np.random.default_rng(5)
    pool = [(c, i) for c in sets.values() for i, n in enumerate(np.diff(c.word_of)) if 4 <= n <= 60]
    rows = [pool[i] for i in chance.permutation(len(pool))[:count]]
    rows.sort(key=lambda r: int(r[0].piece_of[r[1] + 1] - r[0].piece_of[r[1]]))
    out = []
    for a in range(0, len(rows), 512):
        part = rows[a : a + 512]
        batch = np.zeros(
            (len(part), max(int(c.piece_of[i + 1] - c.piece_of[i]) for c, i in part) + 1), np.int64
        )
        for k, (c, i) in enumerate(part):
            ids = c.pieces[c.piece_of[i] : c.piece_of[i + 1]]
            batch[k, 0], batch[k, 1 : 1 + len(ids)] = CLS, ids
            c.vectors[i] = a + k
        x = torch.from_numpy(batch[:, :256]).to(device)
        with torch.autocast(device.split(":")[0], torch.bfloat16):
            states = encoder(x, torch.zeros_like(x)).float()
        mask = (x > 0).unsqueeze(-1).float()
        out.append(F.normalize((states * mask).sum(1) / mask.sum(1), dim=-1))
    return torch.cat(out)


def groups(network: Network, encoder_rate: float, head_rate: float) -> list[dict[str, object]]:
    """Parameters by their rate."""
    heads, encoder = [], []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            (
                encoder
                if name.startswith("encoder.") and "cases" not in name and "mix" not in name
                else heads
            ).append(parameter)
    return [{"params": encoder, "rate": encoder_rate}, {"params": heads, "rate": head_rate}]


def feed(
    sets: dict[str, Corpus], shares: dict[str, float], budget: int, seed: int, workers: int, device: str
) -> Iterator[Batch]:
    """Batches on the device, made by worker processes."""
    loader = DataLoader(
        Stream(sets, shares, budget, seed),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=6 if workers else None,
        pin_memory=device != "cpu",
    )
    ahead: list[Batch] = []
    for tensors in loader:
        ahead.append(batch_of(tensors, device))
        if len(ahead) > 1:
            yield ahead.pop(0)


@torch.no_grad()
def measure(network: Network, sets: dict[str, Corpus], device: str, every: int) -> dict[str, float]:
    """Figures on the development sets, every `every`-th paragraph."""
    network.eval()
    out: dict[str, float] = {}
    for name, corpus in sets.items():
        batches = dev_batches(corpus, 6000, every if name != "labels" else 1)
        out |= figures_of(network, name, (batch_of(b, device) for b in batches), brain_float=True)
    out = rounded(out, 3)
    network.train()
    return out


class Clock:
    """A schedule over seconds: 0 at its start, 1 at its end."""

    def __init__(self, seconds: float, warm_up: float) -> None:
        self.seconds, self.warm_up, self.began = seconds, warm_up, time.monotonic()

    @property
    def progress(self) -> float:
        """How much is over."""
        return (time.monotonic() - self.began) / self.seconds

    def rate(self) -> float:
        """What the rates are multiplied by: up, then down in a line."""
        p = self.progress
        return max(min(p / self.warm_up, (1 - p) / (1 - self.warm_up)), 1e-3)


def train(
    network: Network,
    batches: Iterator[Batch],
    seconds: float,
    rates: tuple[float, float],
    device: str,
    told: Tensor | None,
    log: Path,
    teacher: Network | None = None,
    averaged_over: int = 200,
    save_to: Path | None = None,
) -> None:
    """Train for so many seconds; the network comes out as the moving average of its weights."""
    optimizer = torch.optim.AdamW(
        groups(network, *rates), lr=1e-4, weight_decay=0.01, betas=(0.9, 0.98), fused=device != "cpu"
    )
    parameters = [p for p in network.parameters() if p.requires_grad]
    average = [p.detach().clone() for p in parameters]
    clock, step, words = Clock(seconds, 0.04), 0, torch.zeros((), device=device)
    shown = kept = time.monotonic()
    network.train()
    for batch in batches:
        rate = clock.rate()
        if clock.progress >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * rate
        with torch.autocast(device.split(":")[0], torch.bfloat16):
            total, parts = total_loss(network, teacher, batch, told)
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(parameters, 2.0)
        optimizer.step()
        step += 1
        words += (batch.sentence > 0).sum()
        with torch.no_grad():
            torch._foreach_lerp_(average, parameters, 1 / min(step, averaged_over))
        if time.monotonic() - shown > 15:
            shown = time.monotonic()
            values = {k: round(float(v.detach()), 3) for k, v in parts.items()}
            note(log, step=step, progress=round(clock.progress, 3), words=int(words), loss=values)
        if save_to is not None and time.monotonic() - kept > 40:
            kept = time.monotonic()
            keep(network, save_to)
    with torch.no_grad():
        for parameter, mean in zip(parameters, average, strict=True):
            parameter.copy_(mean)
    note(log, step=step, words=int(words), done=True)


def total_loss(
    network: Network, teacher: Network | None, batch: Batch, told: Tensor | None
) -> tuple[Tensor, dict[str, Tensor]]:
    """The loss of a batch, and its parts: of the labels, and with a teacher as `soft.HEAD` of how far each head is from its."""

    def encoded(net: Network) -> tuple[list[Tensor], Tensor]:
        layers, words = net.encode(batch.pieces, batch.cases, batch.first, batch.last, batch.word_cases)
        return [x.float() for x in layers], words.float()

    layers, words = encoded(network)
    parts = labelled_losses(network, batch, layers, words, told)
    weights = WEIGHTS | {"vectors": VECTORS / (GOLD if teacher else 1.0)}
    total = sum(
        ((GOLD if teacher else 1.0) * weights[k] * v for k, v in parts.items()),
        torch.zeros_like(words[0, 0, 0]),
    )
    if teacher is None:
        return total, parts
    with torch.no_grad():
        theirs = said(teacher, batch, *encoded(teacher))
    soft = taught_losses(network, teacher, batch, said(network, batch, layers, words), theirs)
    total = total + sum((TAUGHT[k] * v for k, v in soft.items()), torch.zeros_like(total))
    return total, parts | {f"soft.{k}": v for k, v in soft.items()}


def keep(network: Network, path: Path) -> None:
    """A checkpoint as `training.model.load_checkpoint` reads it, in half floats: whole or not at all."""
    state = {k: v.detach().half().cpu() for k, v in network.state_dict().items()}
    save(path, {"network": state, "average": {}})


def note(log: Path, **figures: object) -> None:
    """A line of the log."""
    row = json.dumps({"at": round(time.monotonic() - BEGAN, 1), **figures})
    with log.open("a", encoding="utf-8") as out:
        out.write(row + "\n")
    print(row, flush=True)


BEGAN = time.monotonic()


def taught_teacher(sets: dict[str, Corpus], options: argparse.Namespace, log: Path) -> Network:
    """The teacher, trained; one that an earlier run has kept in the folder is taken as it is."""
    teacher = Network(encoder=MPNet())
    kept = options.out / "teacher.pt"
    if kept.exists():
        teacher.load_state_dict(torch.load(kept)["network"])
        return teacher.to(options.device)
    teacher.encoder.load(load_file(str(options.teacher)))
    teacher.to(options.device)
    batches = feed(sets, SHARES, options.budget, 1, options.workers, options.device)
    train(
        teacher, batches, options.teacher_seconds, (1e-4, 1e-3), options.device, None, log, averaged_over=120
    )
    keep(teacher, kept)
    return teacher


def main() -> None:
    """Train the teacher, then the student."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the archive of `training.packed`")
    parser.add_argument("--teacher", type=Path, required=True, help="MPNet's published weights (safetensors)")
    parser.add_argument(
        "--student", type=Path, required=True, help="MiniLM's published weights (safetensors)"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints and the log")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--teacher-seconds", type=float, default=110)
    parser.add_argument("--student-seconds", type=float, default=600)
    parser.add_argument("--budget", type=int, default=12000, help="padded word pieces of a batch")
    parser.add_argument("--workers", type=int, default=9)
    parser.add_argument("--every", type=int, default=2, help="measure on so many-th of the paragraphs")
    parser.add_argument("--vectors", type=int, default=60000, help="sentences that teach the vectors")
    options = parser.parse_args()
    torch.manual_seed(11)
    torch.backends.cuda.matmul.allow_tf32 = True
    options.out.mkdir(parents=True, exist_ok=True)
    log, device = options.out / "log.jsonl", options.device
    archive = np.load(options.data)
    sets, dev = corpora(archive, "train"), corpora(archive, "dev")
    teacher = taught_teacher(sets, options, log)
    note(log, teacher=measure(teacher, dev, device, 2 * options.every))
    teacher.eval()
    teacher.requires_grad_(False)
    told = vectors(sets, options.student, device, options.vectors)
    student = Network()
    student.encoder.load(options.student)
    student.encoder.words.weight.requires_grad_(False)
    student.encoder.positions.weight.requires_grad_(False)
    student.to(device)
    labelled = (1 - UNLABELLED) / sum(SHARES.values())
    shares = {k: v * labelled for k, v in SHARES.items()} | {"news": UNLABELLED}
    batches = feed(sets, shares, options.budget, 2, options.workers, device)
    path = options.out / "checkpoint.pt"
    train(student, batches, options.student_seconds, (3e-4, 1.5e-3), device, told, log, teacher, save_to=path)
    keep(student, path)
    note(log, student=measure(student, dev, device, options.every))


if __name__ == "__main__":
    main()
