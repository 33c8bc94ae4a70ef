"""Corpora as flat arrays, and batches cut from them: what a machine with a GPU needs to be fed.

`python -m training.packed ARCHIVE` writes an archive (`npz`) of every corpus of the parts "train" and "dev", all sentences of a corpus one
after the other, with unlabelled news as a corpus of the first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from training.batches import ALLOWED, CLS, LONGEST, NUMBERED, SEP, Batch, Pieces, drawn, endless, grouped
from training.heads.labels import FACTUALITY_STYLES, LINKS, TRIGGER_STYLES
from training.sentences import Labelled, Paragraph

ROOT = -99
"""How many sentences further on an arc's end stands, where it is the root."""
UNKNOWN = -2
"""The head of a word whose head nobody told; that of a root is -1."""
NEWS = {
    "news/allsides_2012_2016": 4200, "stories/newscluster.dev": 1500, "stories/groundnews.dev": 1500, "stories/allsides.dev": 500,
    "tls/t17.articles": 700, "tls/entities.articles": 900,
}  # fmt: skip
"""Where unlabelled reports are drawn from, and how many of each at most."""
KINDS = {
    "par": np.int32, "sw": np.int16, "block": np.uint8, "pc": np.int8, "case": np.int8, "piece": np.uint16, "upos": np.int8,
    "heads": np.int16, "deprels": np.int8, "names": np.uint16, "times": np.uint16, "attribution": np.uint8, "realis": np.uint8,
    "expects": np.int8, "negated": np.int8, "conditional": np.int8, "days": np.int8, "trig": np.int8, "fact": np.float16,
    "links": np.int32,
}  # fmt: skip
"""The arrays of a corpus: sentences of a paragraph (`par`), words and kind of block of a sentence, pieces and case of a word, the pieces,
labels of the words, and the arcs as (sentence, link, word, sentences further on, word)."""
WORDS = ("upos", "deprels", "expects", "negated", "conditional", "days", *ALLOWED)
Arrays = dict[str, Any]


def pack(paragraphs: list[Paragraph], pieces: Pieces) -> Arrays:
    """The arrays of `KINDS`."""
    from dateline.reader.model.windows import case_of

    found: dict[str, list[Any]] = {key: [] for key in KINDS}
    number = 0
    for paragraph in paragraphs:
        found["par"].append(len(paragraph))
        for sentence in paragraph:
            size = len(sentence.words)
            found["sw"].append(size)
            found["block"].append(sentence.block)
            for i, word in enumerate(sentence.words):
                ids = pieces.of(word)
                found["pc"].append(len(ids))
                found["piece"] += ids
                found["case"].append(case_of(word, i == 0))
            for key in (*NUMBERED, *ALLOWED):
                unknown = UNKNOWN if key == "heads" else 0 if key in ALLOWED else -1
                found[key] += getattr(sentence, key) or [unknown] * size
            for key, styles, told, empty in (
                ("trig", TRIGGER_STYLES, sentence.triggers, -1),
                ("fact", FACTUALITY_STYLES, sentence.factuality, np.nan),
            ):
                rows = np.full((size, len(styles)), empty, KINDS[key])
                for style, values in told.items():
                    rows[:, style] = values
                found[key] += list(rows)
            for link, name in enumerate(LINKS):
                for word, targets in sentence.links.get(name, {}).items():
                    ends = targets or [(ROOT, 0)]
                    found["links"] += [(number, link, word, ahead, target) for ahead, target in ends]
            number += 1
    columns = {"trig": len(TRIGGER_STYLES), "fact": len(FACTUALITY_STYLES), "links": 5}
    return {
        key: np.array(found[key], kind).reshape(-1, columns[key])
        if key in columns
        else np.array(found[key], kind)
        for key, kind in KINDS.items()
    }


def measured(root: Path) -> set[str]:
    """How the longer sentences open that are measured on: no report that holds one may teach."""
    texts = (
        p.read_text(encoding="utf-8", errors="ignore")
        for name in ("newsroom", "desk")
        for p in (root / name).rglob("*")
        if p.is_file()
    )
    return {opening for text in texts for opening in openings(text)}


def openings(text: str) -> set[str]:
    """The first sixty characters of the longer sentences of a text."""
    return {found[:60] for found in re.findall(r'[A-Z][^.\n"\\]{60,}\.', text)}


def unlabelled_news(root: Path, words: int, longest: int = 420) -> list[Paragraph]:
    """Reports that nobody labelled, each cut after `longest` words, `words` in all; none that holds a sentence of the measuring sets."""
    from dateline.reader import segmentation
    from training.news_labels import put_together

    chance, kept = random.Random(9), measured(root)
    rows: list[dict[str, Any]] = []
    for name, count in NEWS.items():
        with gzip.open(root / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        rows += chance.sample(found, min(count, len(found)))
    chance.shuffle(rows)
    out: list[Paragraph] = []
    seen: set[str] = set()
    for row in rows:
        text = put_together(row, longest)
        if len(text) < 300 or text[:200] in seen or kept & openings(text):
            continue
        seen.add(text[:200])
        out.append([Labelled([t.text for t in s.tokens]) for s in segmentation.split(text)])
        words -= sum(len(s.words) for s in out[-1])
        if words < 0:
            break
    return out


class Corpus:
    """The sentences of one corpus; offsets say where each one's words and pieces (with [SEP]) begin."""

    def __init__(self, arrays: Arrays) -> None:
        """Take the arrays of `pack`."""
        self.labels = arrays
        sizes, counts = arrays["sw"].astype(np.int64), arrays["pc"].astype(np.int64)
        self.word_of = np.concatenate([[0], np.cumsum(sizes)])
        sentence = np.repeat(np.arange(len(sizes)), sizes)
        ends = np.cumsum(counts)
        before = ends - counts
        # every sentence before has a [SEP] of its own
        self.first, self.last = before + sentence, ends - 1 + sentence
        pieces = np.concatenate([[0], ends])[self.word_of]
        self.piece_of = pieces + np.arange(len(sizes) + 1)
        total = int(self.piece_of[-1])
        self.pieces, self.cases = np.full(total, SEP, np.int64), np.zeros(total, np.int64)
        inside = np.ones(total, bool)
        inside[self.piece_of[1:] - 1] = False
        self.pieces[inside] = arrays["piece"]
        self.cases[inside] = np.repeat(arrays["case"], counts)
        self.piece_sentence = np.where(inside, np.repeat(np.arange(len(sizes)), np.diff(self.piece_of)), -1)
        self.word_sentence = sentence
        heads = arrays["heads"].astype(np.int64)
        self.heads = np.where(heads >= 0, heads + self.word_of[:-1][sentence], heads)
        self.paragraphs = np.concatenate([[0], np.cumsum(arrays["par"])])
        links = arrays["links"]
        self.links = links[np.argsort(links[:, 0], kind="stable")]
        self.vectors = np.full(len(sizes), -1, np.int64)

    def windows(self, paragraph: int, longest: int) -> Iterator[Window]:
        """Pack a paragraph's sentences into windows of at most so many pieces, or of one sentence."""
        start, length = int(self.paragraphs[paragraph]), 1
        for i in range(start, int(self.paragraphs[paragraph + 1])):
            size = int(self.piece_of[i + 1] - self.piece_of[i])
            if i > start and length + size > longest:
                yield Window(self, start, i, length)
                start, length = i, 1
            length += size
        yield Window(self, start, int(self.paragraphs[paragraph + 1]), length)


@dataclass
class Window:
    """Sentences [first, end) of a corpus; `length` counts pieces with [CLS] and the [SEP]s."""

    corpus: Corpus
    first: int
    end: int
    length: int


def corpora(archive: Any, part: str) -> dict[str, Corpus]:
    """The corpora of a part of an archive."""
    names = sorted({key.split(".")[1] for key in archive.files if key.startswith(f"{part}.")})
    keys = [key.split(".")[2] for key in archive.files if key.startswith(f"{part}.{names[0]}.")]
    return {n: Corpus({k: archive[f"{part}.{n}.{k}"] for k in keys}) for n in names}


def collate(group: list[Window]) -> dict[str, Tensor]:
    """Windows as tensors; `links` is (rows, 4) of link, window, word and column, `pool` (batch, pieces) of sentences from 1."""
    # fused attention wants lengths in eights
    n, longest = len(group), -(-max(w.length for w in group) // 8) * 8
    words = max(int(w.corpus.word_of[w.end] - w.corpus.word_of[w.first]) for w in group)
    sentences = max(w.end - w.first for w in group)
    out: dict[str, Any] = {k: np.zeros((n, longest), np.int64) for k in ("pieces", "cases", "pool")}
    out |= {k: np.zeros((n, words), np.int64) for k in ("first", "last", "word_cases", "sentence", *ALLOWED)}
    out |= {k: np.full((n, words), -1, np.int64) for k in NUMBERED}
    out |= {"blocks": np.zeros((n, sentences), np.int64), "vectors": np.full((n, sentences), -1, np.int64)}
    out["triggers"], out["factuality"] = (
        np.full((n, words, len(TRIGGER_STYLES)), -1, np.float32),
        np.full((n, words, len(FACTUALITY_STYLES)), np.nan, np.float32),
    )
    rows = []
    for i, window in enumerate(group):
        c, a, b = window.corpus, window.first, window.end
        w, v = int(c.word_of[a]), int(c.word_of[b])
        p, q = int(c.piece_of[a]), int(c.piece_of[b])
        size, length = v - w, q - p + 1
        out["pieces"][i, 0] = CLS
        out["pieces"][i, 1:length] = c.pieces[p:q]
        out["cases"][i, 1:length] = c.cases[p:q]
        out["pool"][i, 1:length] = np.where(c.piece_sentence[p:q] < 0, 0, c.piece_sentence[p:q] - a + 1)
        out["first"][i, :size], out["last"][i, :size] = c.first[w:v] - p + 1, c.last[w:v] - p + 1
        out["word_cases"][i, :size] = c.labels["case"][w:v]
        out["sentence"][i, :size] = c.word_sentence[w:v] - a + 1
        for key in WORDS:
            out[key][i, :size] = c.labels[key][w:v]
        heads = c.heads[w:v]
        out["heads"][i, :size] = np.where(heads >= 0, heads - w + 1, np.where(heads == UNKNOWN, -1, 0))
        out["triggers"][i, :size], out["factuality"][i, :size] = c.labels["trig"][w:v], c.labels["fact"][w:v]
        out["blocks"][i, : b - a], out["vectors"][i, : b - a] = c.labels["block"][a:b], c.vectors[a:b]
        found = c.links[np.searchsorted(c.links[:, 0], a) : np.searchsorted(c.links[:, 0], b)].astype(
            np.int64
        )
        target = found[:, 0] + found[:, 3]
        root = found[:, 3] == ROOT
        found, target, root = (x[root | ((target >= a) & (target < b))] for x in (found, target, root))
        column = np.where(root, 0, c.word_of[np.where(root, a, target)] + found[:, 4] - w + 1)
        rows.append(
            np.stack(
                [found[:, 1], np.full(len(found), i), c.word_of[found[:, 0]] + found[:, 2] - w, column], 1
            )
        )
    out["links"] = np.concatenate(rows)
    return {k: torch.from_numpy(v) for k, v in out.items()}


def batch_of(tensors: dict[str, Tensor], device: str) -> Batch:
    """A collated batch on a device, with its arcs and the weights of its sentences' means spread out."""
    found = {k: v.to(device, non_blocking=True) for k, v in tensors.items()}
    n, words = found["first"].shape
    links = torch.zeros(len(LINKS), n, words, 1 + words, dtype=torch.bool, device=device)
    links[tuple(found["links"].T)] = True
    sentences = found["vectors"].shape[1]
    inside = found["pool"][:, None, :] == torch.arange(1, sentences + 1, device=device)[None, :, None]
    pool = inside.float() / inside.sum(-1, keepdim=True).clamp(min=1)
    return Batch(**(found | {"links": links, "pool": pool}), windows=[])


class Stream(IterableDataset[dict[str, Tensor]]):
    """Batches without end, as `training.batches.stream` draws them; each worker draws its own."""

    def __init__(self, sets: dict[str, Corpus], shares: dict[str, float], budget: int, seed: int) -> None:
        self.sets, self.budget, self.seed = sets, budget, seed
        self.shares = {n: s for n, s in shares.items() if n in sets}

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        """Collated batches."""
        worker = torch.utils.data.get_worker_info()
        chance = random.Random(self.seed * 1000 + (worker.id if worker else 0))

        corpora = {n: self.sets[n] for n in self.shares}
        streams = {n: endless(len(c.paragraphs) - 1, c.windows, chance) for n, c in corpora.items()}
        for group in drawn(streams, self.shares, self.budget, 12, chance):
            yield collate(group)


def dev_batches(corpus: Corpus, budget: int, every: int = 1) -> Iterator[dict[str, Tensor]]:
    """Every `every`-th paragraph once, by length."""
    found = [
        w
        for i in range(0, len(corpus.paragraphs) - 1, every)
        for w in corpus.windows(i, LONGEST)
        if w.length < 500
    ]
    for group in grouped(found, budget):
        yield collate(group)


def main() -> None:
    """Write the archive."""
    from tokenizers import Tokenizer

    from training.data import dev_sets, training_sets
    from training.run import BASE

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--news", type=int, default=4_000_000, help="words of unlabelled news at most")
    options = parser.parse_args()
    pieces = Pieces(Tokenizer.from_file(str(BASE / "tokenizer.json")))
    parts = {"train": training_sets(options.data, False), "dev": dev_sets(options.data)}
    parts["train"]["news"] = unlabelled_news(options.data, options.news)
    flat = {
        f"{part}.{name}.{key}": array
        for part, sets in parts.items()
        for name, s in sets.items()
        for key, array in pack(s, pieces).items()
    }
    np.savez(options.archive, **flat)


if __name__ == "__main__":
    main()
