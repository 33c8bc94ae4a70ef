"""Train and export the pair reader: `python -m training.train_pairs --data ../shared/data --export FOLDER`.

A second small encoder, MiniLM as published, read over two texts at once; its first state and the mean of its states tell the
verdict or the fact. Early stopping on nothing: the schedule is short and the last network is kept. With `--teacher WEIGHTS`
MPNet is trained in its place (`training.teacher`), to see what a larger encoder learns of the same pairs; it is not exported.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from dateline.reader import Reader
from training import asked
from training.batches import CLS, SEP
from training.export import quantise
from training.judged_pairs import judged_pairs, written_pairs
from training.model import WIDTH, Encoder
from training.news_labels import own_stories, shared_stories
from training.pairs import FACTS, VERDICTS, Pair, pairs
from training.run import BASE
from training.teacher import Teacher
from training.weighing import average_precision

LONGEST = 96
"""Word pieces of each of the two texts."""
WEIGHTS = {"verdict": (1.2, 1.6, 1.8, 1.1, 0.8), "fact": (0.9, 1.3, 1.3, 1.0)}
"""What an example of each label counts, since some are rare."""
UNRELATED = 0.5
"""The share of the stories' unrelated pairs that a pass reads; each reads others."""


class PairNetwork(nn.Module):
    """Two texts in, the scores of the verdicts and of the facts out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout=dropout)
        self.hidden = nn.Linear(2 * WIDTH, 256)
        self.dropout = nn.Dropout(0.2)
        self.verdict = nn.Linear(256, len(VERDICTS))
        self.fact = nn.Linear(256, len(FACTS))

    def encode(self, tokenizer: Tokenizer, pair: Pair) -> list[int]:
        """[CLS] first [SEP] second [SEP], each text cut at its end."""
        first, second = (
            tokenizer.encode(t, add_special_tokens=False).ids[:LONGEST] for t in (pair.first, pair.second)
        )
        return [CLS, *first, SEP, *second, SEP]

    def read(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """The scores of encoded pairs."""
        scores: tuple[Tensor, Tensor] = self(padded(rows))
        return scores

    def forward(self, pieces: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, pieces) ids, 0 is padding, to (batch, verdicts) and (batch, facts)."""
        states = self.encoder(pieces, torch.zeros_like(pieces))
        mask = (pieces > 0).unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        hidden = self.dropout(F.gelu(self.hidden(torch.cat([states[:, 0], mean], -1))))
        return self.verdict(hidden), self.fact(hidden)


Network = PairNetwork | Teacher


def batches(
    rows: Sequence[tuple[list[int], Pair]], size: int, chance: random.Random
) -> Iterator[list[tuple[list[int], Pair]]]:
    """Rows of like length, in random order, about `size` padded pieces a batch."""
    order = sorted(rows, key=lambda r: len(r[0]) + chance.random() * 8)
    groups: list[list[tuple[list[int], Pair]]] = [[]]
    for row in order:
        if groups[-1] and len(row[0]) * (len(groups[-1]) + 1) > size:
            groups.append([])
        groups[-1].append(row)
    chance.shuffle(groups)
    yield from groups


def one_pass(rows: Sequence[tuple[list[int], Pair]], chance: random.Random) -> list[tuple[list[int], Pair]]:
    """The rows of one pass: all but a share of the stories' unrelated pairs, which are most."""
    unrelated = VERDICTS.index("unrelated")
    return [
        (ids, pair)
        for ids, pair in rows
        if pair.task == "fact" or pair.label != unrelated or "/" in pair.story or chance.random() < UNRELATED
    ]


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """(batch, pieces) ids."""
    out = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for i, ids in enumerate(rows):
        out[i, : len(ids)] = torch.tensor(ids)
    return out


def loss(network: Network, group: Sequence[tuple[list[int], Pair]]) -> Tensor:
    """The weighted mean of both tasks' losses."""
    scores = dict(zip(("verdict", "fact"), network.read([ids for ids, _ in group]), strict=True))
    total = torch.zeros(())
    for task, told in scores.items():
        rows = [i for i, (_, p) in enumerate(group) if p.task == task]
        if rows:
            labels = torch.tensor([group[i][1].label for i in rows])
            weight = torch.tensor([group[i][1].weight for i in rows]) * torch.tensor(WEIGHTS[task])[labels]
            each = F.cross_entropy(told[rows].float(), labels, reduction="none", label_smoothing=0.05)
            total = total + (each * weight).sum()
    return total / len(group)


@torch.no_grad()
def scores(network: Network, rows: Sequence[tuple[list[int], Pair]]) -> np.ndarray:
    """Probabilities (rows, labels of the row's task, padded with 0), in the order of `rows`."""
    network.eval()
    out = np.zeros((len(rows), max(len(VERDICTS), len(FACTS))), np.float32)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    for at in range(0, len(order), 32):
        part = order[at : at + 32]
        verdict, fact = network.read([rows[i][0] for i in part])
        for k, i in enumerate(part):
            told = torch.softmax((verdict if rows[i][1].task == "verdict" else fact)[k].float(), -1)
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


def evaluate(network: Network, rows: Sequence[tuple[list[int], Pair]]) -> dict[str, object]:
    """Macro-F1 of both tasks, and the average precision of "happened"."""
    out: dict[str, object] = {}
    told = scores(network, rows)
    for task, labels in (("verdict", VERDICTS), ("fact", FACTS)):
        mine = [i for i, (_, p) in enumerate(rows) if p.task == task]
        gold = [rows[i][1].label for i in mine]
        out[task] = macro_f1(gold, [int(told[i].argmax()) for i in mine], len(labels))
        if task == "verdict" and 0 in gold:
            out["happened"] = average_precision(told[mine, 0].astype(float), np.array(gold) == 0)
    return out


def export(network: PairNetwork, folder: Path) -> None:
    """Write pairs.onnx (int8) and pairs.json to `folder`."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        torch.onnx.export(
            network,
            (torch.randint(5, 1000, (2, 20)),),
            str(work / "float.onnx"),
            input_names=["pieces"],
            output_names=["verdict", "fact"],
            dynamic_axes={"pieces": {0: "n", 1: "p"}, "verdict": {0: "n"}, "fact": {0: "n"}},
            opset_version=17,
            dynamo=False,
        )
        quantise(work / "float.onnx", work / "pairs.onnx")
        (work / "pairs.json").write_text(
            json.dumps({"verdicts": VERDICTS, "facts": FACTS, "longest": LONGEST}) + "\n"
        )
        for file in ("pairs.onnx", "pairs.json"):
            shutil.move(work / file, folder / file)
            os.chmod(folder / file, 0o644)


Rows = list[tuple[list[int], Pair]]


def prepared(options: argparse.Namespace, tokenizer: Tokenizer) -> tuple[Network, Rows, dict[str, Rows]]:
    """The network to train, the pairs to train on, and those of validation by where they are from."""
    sides: dict[bool, list[Pair]] = {False: [], True: []}
    reader = Reader()
    for story in (*shared_stories(options.data), *own_stories(options.data)):
        if story.is_validation or options.asked:
            sides[story.is_validation] += asked.pairs(story, reader)
    found = [
        *pairs(options.data, validation=False),
        *written_pairs(),
        *judged_pairs(options.data, validation=False),
        *sides[False],
    ]
    held = {
        "stories": pairs(options.data, validation=True),
        "judged": list(judged_pairs(options.data, validation=True)),
        "asked": sides[True],
    }
    network: Network = Teacher(options.still) if options.teacher else PairNetwork()
    network.encoder.load(options.teacher or BASE / "model.safetensors")
    if options.start:
        network.load_state_dict(torch.load(options.start, map_location="cpu"))

    def encoded(some: list[Pair]) -> Rows:
        return [(network.encode(tokenizer, p), p) for p in some]

    return network, encoded(found), {name: encoded(some) for name, some in held.items()}


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
    parser.add_argument("--export", type=Path)
    parser.add_argument("--asked", action="store_true", help="learn what the ledger asks, too")
    parser.add_argument(
        "--teacher",
        type=Path,
        help="MPNet's weights (model.safetensors): train that in place of the small one",
    )
    parser.add_argument("--still", type=int, default=8, help="the teacher's layers that stay as they are")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    chance = random.Random(7)
    options.folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    network, rows, held = prepared(options, tokenizer)
    network.encoder.words.weight.requires_grad_(False)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01)
    began, step, shown = time.monotonic(), 0, 0.0
    while (progress := (time.monotonic() - began) / (60 * options.minutes)) < 1:
        for group in batches(one_pass(rows, chance), options.budget, chance):
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
        export(network, options.export)


if __name__ == "__main__":
    main()
