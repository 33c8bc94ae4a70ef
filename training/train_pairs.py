"""Train and export the pair reader: `python -m training.train_pairs --data ../shared/data --export FOLDER`.

A second small encoder, MiniLM as published, read over two texts at once; its first state and the mean of its states tell the
verdict or the fact. Early stopping on nothing: the schedule is short and the last network is kept. With `--teacher PACKAGE`
a stronger encoder is trained in its place (`training.teacher`), which is not exported; `--soft` takes what it says of other pairs
(`training.soften`).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from dateline.reader import Reader
from training import asked, disagreements
from training.judged_pairs import (
    STORIES,
    judged_claims,
    judged_pairs,
    told_in_stories,
    topic_pairs,
    written_pairs,
)
from training.news_labels import own_stories, shared_stories
from training.pair_export import export, export_contradictions
from training.pair_network import SPLIT, PairNetwork, Row, size, word_pieces
from training.pairs import TASKS, Pair, pairs
from training.run import BASE
from training.teacher import Teacher
from training.weighing import average_precision

WEIGHTS = {
    "verdict": (1.2, 1.6, 1.8, 1.1, 0.8),
    "fact": (0.9, 1.3, 1.3, 1.0),
    "same": (1.2, 0.9),
}
"""What an example of each label counts, since some are rare."""
SHARES = {"unrelated": 0.4, "written": 0.12, "soft": 0.5, "fact": 0.25, "same": 0.6, "another": 0.15}
"""The share of the pairs of a kind that a pass reads; each pass reads others, and all real sentences that tell something of an expectation."""
CONTRADICTIONS = {"other": 0.16, "same": 0.7}
"""As SHARES, by labels, where contradictions alone are learned."""
STILL = 2
"""The lowest layers that stay as they are where training goes on from a network that is trained; where contradictions are learned, those that read each part by itself."""


Network = PairNetwork | Teacher
Rows = list[tuple[Row, Pair]]


def batches(rows: Sequence[tuple[Row, Pair]], pieces: int, chance: random.Random) -> Iterator[Rows]:
    """Rows of like length, in random order, about so many padded pieces a batch."""
    order = sorted(rows, key=lambda r: size(r[0]) + chance.random() * 8)
    groups: list[Rows] = [[]]
    for row in order:
        if groups[-1] and size(row[0]) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(row)
    chance.shuffle(groups)
    yield from groups


def one_pass(rows: Sequence[tuple[Row, Pair]], chance: random.Random, contradictions: bool = False) -> Rows:
    """The rows of one pass, by SHARES, or where `contradictions` are learned by CONTRADICTIONS."""

    def share(pair: Pair) -> float:
        return (
            CONTRADICTIONS.get(TASKS["fact"][pair.label], 1.0)
            if contradictions
            else SHARES.get(_kind(pair), 1.0)
        )

    return [(ids, pair) for ids, pair in rows if chance.random() < share(pair)]


def _kind(pair: Pair) -> str:
    if pair.chances:
        return "soft"
    if pair.story.startswith("written-"):
        return "written"
    return pair.task if pair.task == "fact" else TASKS[pair.task][pair.label]


def loss(network: Network, group: Sequence[tuple[Row, Pair]]) -> Tensor:
    """The weighted mean of both tasks' losses."""
    scores = dict(zip(TASKS, network.read([ids for ids, _ in group]), strict=False))
    total = torch.zeros(())
    for task, told in scores.items():
        taught = [i for i, (_, p) in enumerate(group) if p.task == task and p.chances]
        if taught:
            chances = torch.tensor([group[i][1].chances for i in taught])
            total = total - (chances * F.log_softmax(told[taught].float(), -1)).sum()
        rows = [i for i, (_, p) in enumerate(group) if p.task == task and not p.chances]
        if rows:
            labels = torch.tensor([group[i][1].label for i in rows])
            weight = torch.tensor([group[i][1].weight for i in rows]) * torch.tensor(WEIGHTS[task])[labels]
            each = F.cross_entropy(told[rows].float(), labels, reduction="none", label_smoothing=0.05)
            total = total + (each * weight).sum()
    return total / len(group)


@torch.no_grad()
def scores(network: Network, rows: Sequence[tuple[Row, Pair]]) -> np.ndarray:
    """Probabilities (rows, labels of the row's task, padded with 0), in the order of `rows`."""
    network.eval()
    out = np.zeros((len(rows), max(map(len, TASKS.values()))), np.float32)
    order = sorted(range(len(rows)), key=lambda i: size(rows[i][0]))
    for at in range(0, len(order), 32):
        part = order[at : at + 32]
        read = dict(zip(TASKS, network.read([rows[i][0] for i in part]), strict=False))
        for k, i in enumerate(part):
            told = torch.softmax(read[rows[i][1].task][k].float(), -1)
            out[i, : len(told)] = told.numpy()
    network.train()
    return out


def macro_f1(gold: Sequence[int], told: Sequence[int], labels: int) -> tuple[float, list[float]]:
    """The mean of the labels' F1, and each."""
    found = []
    for label in range(labels):
        right = sum(g == t == label for g, t in zip(gold, told, strict=True))
        found.append(2 * right / max(1, sum(g == label for g in gold) + sum(t == label for t in told)))
    return float(np.mean(found)), [round(f, 3) for f in found]


def evaluate(network: Network, rows: Sequence[tuple[Row, Pair]]) -> dict[str, object]:
    """Of each task macro-F1 and the average precision of its first label."""
    out: dict[str, object] = {}
    told = scores(network, rows)
    for task, labels in TASKS.items():
        mine = [i for i, (_, p) in enumerate(rows) if p.task == task]
        gold = [rows[i][1].label for i in mine]
        if 0 in gold:
            out[task] = macro_f1(gold, [int(told[i].argmax()) for i in mine], len(labels))
            out[f"{task}: {labels[0]}"] = average_precision(told[mine, 0].astype(float), np.array(gold) == 0)
    return out


def prepared(
    options: argparse.Namespace, network: Network, tokenizer: Tokenizer
) -> tuple[Rows, dict[str, Rows]]:
    """The pairs to train on, and those of validation by where they are from."""

    def encoded(some: list[Pair]) -> Rows:
        return [(network.encode(tokenizer, p), p) for p in some]

    if options.contradictions:
        taught, kept_back = disagreements.pairs(options.data, Reader())
        return encoded(taught), {"disagreements": encoded(kept_back)}
    sides: dict[bool, list[Pair]] = {False: [], True: []}
    reader = Reader()
    judged = told_in_stories(options.data)
    for story in (*shared_stories(options.data), *own_stories(options.data)):
        if story.is_validation or options.asked:
            sides[story.is_validation] += asked.pairs(story, reader, judged)
    found = [
        *pairs(options.data, validation=False),
        *written_pairs(),
        *judged_pairs(options.data, validation=False),
        *topic_pairs(judged_claims(options.data, validation=False)),
        *topic_pairs(judged_claims(options.data, validation=False, path=STORIES)),
        *sides[False],
    ]
    held = {
        "stories": pairs(options.data, validation=True),
        "judged": list(judged_pairs(options.data, validation=True)),
        "topics": list(topic_pairs(judged_claims(options.data, validation=True))),
        "asked": sides[True],
    }
    if options.soft:
        found += soft_pairs(options.soft)
    return encoded(found), {name: encoded(some) for name, some in held.items()}


def soft_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a file that `training.soften` wrote."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        chances = tuple(row["chances"][: len(TASKS[row["task"]])])
        label = chances.index(max(chances))
        yield Pair(row["first"], row["second"], row["task"], label, row["story"], chances=chances)


def untrained(options: argparse.Namespace) -> tuple[Network, Tokenizer]:
    """The network to train, of the published weights or of another run, and what cuts its word pieces."""
    network: Network
    if options.teacher:
        network, tokenizer = Teacher(), Teacher.tokenizer(options.teacher)
        network.load(options.teacher)
    else:
        network, tokenizer = PairNetwork(options.split), word_pieces(BASE / "tokenizer.json")
        network.encoder.load(BASE / "model.safetensors")
        network.encoder.words.weight.requires_grad_(False)
    if options.start:
        network.load_state_dict(torch.load(options.start, map_location="cpu"))
        if isinstance(network, PairNetwork):
            network.encoder.settle(options.split if options.contradictions else STILL)
    return network, tokenizer


def main() -> None:
    """Train, measure on the validation stories as it goes, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folder", type=Path, default=Path("training/runs/pairs"))
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--budget", type=int, default=1800)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", type=Path, help="the network of another run, to train further")
    parser.add_argument("--split", type=int, default=SPLIT, help="the layers that read each part by itself")
    parser.add_argument("--export", type=Path)
    parser.add_argument("--asked", action="store_true", help="learn what the ledger asks, too")
    parser.add_argument(
        "--teacher",
        type=Path,
        help="the folder of the teacher's unpacked package: train that in place of the small one",
    )
    parser.add_argument(
        "--contradictions",
        action="store_true",
        help="a network that tells contradictions, from that of --start",
    )
    parser.add_argument("--soft", type=Path, help="what a teacher says of other pairs")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    chance = random.Random(7)
    options.folder.mkdir(parents=True, exist_ok=True)
    network, tokenizer = untrained(options)
    rows, held = prepared(options, network, tokenizer)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01)
    began, step, shown = time.monotonic(), 0, 0.0
    while (progress := (time.monotonic() - began) / (60 * options.minutes)) < 1:
        for group in batches(one_pass(rows, chance, options.contradictions), options.budget, chance):
            progress = (time.monotonic() - began) / (60 * options.minutes)
            if progress >= 1:
                break
            for item in optimizer.param_groups:
                item["lr"] = options.rate * max(0.01, min(progress / 0.06, (1 - progress) / 0.94))
            with torch.autocast("cpu", torch.bfloat16):
                total = loss(network, group)
            optimizer.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            step += 1
            shown = 0.98 * shown + 0.02 * float(total.detach())
            if step % 100 == 0:
                print(
                    json.dumps({"step": step, "progress": round(progress, 3), "loss": round(shown, 4)}),
                    flush=True,
                )
            if step % 800 == 0:
                torch.save(network.state_dict(), options.folder / "pairs.pt")
                print(json.dumps({name: evaluate(network, some) for name, some in held.items()}), flush=True)
    torch.save(network.state_dict(), options.folder / "pairs.pt")
    print(json.dumps({name: evaluate(network, some) for name, some in held.items()}), flush=True)
    if options.export and isinstance(network, PairNetwork):
        (export_contradictions if options.contradictions else export)(network, options.export)


if __name__ == "__main__":
    main()
