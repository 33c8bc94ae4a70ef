"""Windows of consecutive sentences as padded tensors, grouped by length."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from dateline.reader.model.windows import case_of
from training.heads.labels import FACTUALITY_STYLES, LINKS, TRIGGER_STYLES
from training.sentences import Labelled, Paragraph

CLS, SEP = 101, 102
LONGEST = 160
"""Word pieces of a window."""


class Pieces:
    """Word pieces of words, each word looked up once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """At most eight pieces of a word, never none."""
        found = self._known.get(word)
        if found is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:8]
            found = self._known[word] = tuple(ids) or (100,)
        return found


@dataclass
class Window:
    """Consecutive sentences of one paragraph; `length` counts pieces with [CLS] and a [SEP] after each sentence."""

    sentences: Paragraph
    length: int


def windows(paragraph: Paragraph, pieces: Pieces, longest: int) -> Iterator[Window]:
    """Pack a paragraph's sentences into windows; a sentence too long for one is cut short."""
    current: Paragraph = []
    length = 1
    for sentence in paragraph:
        size = sum(len(pieces.of(w)) for w in sentence.words) + 1
        if current and length + size > longest:
            yield Window(current, length)
            current, length = [], 1
        current.append(sentence)
        length += size
    if current:
        yield Window(current, length)


@dataclass
class Batch:
    """Tensors of one batch; every label tensor is (batch, words) unless told otherwise, masked labels are -1 or 0.

    `blocks` is (batch, sentences); `links` is (LINKS, batch, words, 1 + words), true where an arc may point.
    """

    pieces: Tensor
    cases: Tensor
    first: Tensor
    last: Tensor
    word_cases: Tensor
    sentence: Tensor
    pool: Tensor
    upos: Tensor
    heads: Tensor
    deprels: Tensor
    names: Tensor
    times: Tensor
    attribution: Tensor
    triggers: Tensor
    realis: Tensor
    factuality: Tensor
    vectors: Tensor
    expects: Tensor
    negated: Tensor
    conditional: Tensor
    days: Tensor
    blocks: Tensor
    links: Tensor
    windows: list[Window]

    def to(self, device: str) -> Batch:
        """The batch on a device."""
        values = {k: v.to(device) if isinstance(v, Tensor) else v for k, v in self.__dict__.items()}
        return Batch(**values)


def collate(group: list[Window], pieces: Pieces) -> Batch:
    """Pad windows into one batch. `sentence` numbers each word's sentence from 1; 0 is padding."""
    rows: dict[str, list[list[int]]] = {
        k: [] for k in ("pieces", "cases", "first", "last", "word_cases", "sentence")
    }
    spans: list[list[tuple[int, int]]] = []
    for window in group:
        ids, cases, first, last, word_cases, number = [CLS], [0], [], [], [], []
        places = []
        for s, sentence in enumerate(window.sentences, 1):
            opening = len(ids)
            for i, word in enumerate(sentence.words):
                case = case_of(word, i == 0)
                found = pieces.of(word)
                if len(ids) + len(found) > 510:
                    break
                first.append(len(ids))
                ids += found
                last.append(len(ids) - 1)
                cases += [case] * len(found)
                word_cases.append(case)
                number.append(s)
            ids.append(SEP)
            cases.append(0)
            places.append((opening, len(ids) - 1))
        spans.append(places)
        for key, row in zip(rows, (ids, cases, first, last, word_cases, number), strict=True):
            rows[key].append(row)
    n = len(group)
    tensors = {}
    for key, lists in rows.items():
        tensors[key] = torch.zeros(n, max(map(len, lists)), dtype=torch.long)
        for i, row in enumerate(lists):
            tensors[key][i, : len(row)] = torch.tensor(row)
    w, p = tensors["first"].shape[1], tensors["pieces"].shape[1]
    s = max(len(window.sentences) for window in group)
    pool = torch.zeros(n, s, p)
    per_word = ("upos", "heads", "deprels", "expects", "negated", "conditional", "days")
    labels = {k: torch.full((n, w), -1) for k in per_word}
    labels |= {k: torch.zeros(n, w, dtype=torch.long) for k in ("names", "times", "attribution", "realis")}
    triggers = torch.full((n, w, len(TRIGGER_STYLES)), -1.0)
    factuality = torch.full((n, w, len(FACTUALITY_STYLES)), float("nan"))
    vectors = torch.full((n, s), -1)
    blocks = torch.zeros(n, s, dtype=torch.long)
    links = torch.zeros(len(LINKS), n, w, 1 + w, dtype=torch.bool)
    for i, window in enumerate(group):
        offset = 0
        sizes = [sum(1 for x in rows["sentence"][i] if x == j + 1) for j in range(len(window.sentences))]
        opens = [sum(sizes[:j]) for j in range(len(sizes))]
        for j, sentence in enumerate(window.sentences):
            a, b = spans[i][j]
            pool[i, j, a:b] = 1 / max(1, b - a)
            vectors[i, j] = sentence.vector
            blocks[i, j] = sentence.block
            size = sizes[j]
            for number, link in enumerate(LINKS):
                for word, targets in sentence.links.get(link, {}).items():
                    if word >= size:
                        continue
                    if not targets:
                        links[number, i, offset + word, 0] = True
                    for ahead, target in targets:
                        if 0 <= j + ahead < len(sizes) and target < sizes[j + ahead]:
                            links[number, i, offset + word, 1 + opens[j + ahead] + target] = True
            part = slice(offset, offset + size)
            for key, tensor in labels.items():
                values = getattr(sentence, key)
                if values is None:
                    continue
                if key == "heads":
                    values = [-1 if h >= size else 0 if h < 0 else h + 1 + offset for h in values]
                tensor[i, part] = torch.tensor(values[:size], dtype=torch.long)
            for style, flags in sentence.triggers.items():
                triggers[i, part, style] = torch.tensor(flags[:size], dtype=torch.float)
            for style, scores in sentence.factuality.items():
                factuality[i, part, style] = torch.tensor(scores[:size])
            offset += size
    return Batch(
        **tensors,
        pool=pool,
        **labels,
        triggers=triggers,
        factuality=factuality,
        vectors=vectors,
        blocks=blocks,
        links=links,
        windows=group,
    )


def grouped(pool: list[Window], budget: int) -> list[list[Window]]:
    """Windows of like length in groups of about `budget` padded pieces."""
    groups: list[list[Window]] = []
    for window in sorted(pool, key=lambda x: x.length):
        if not groups or window.length * (len(groups[-1]) + 1) > budget:
            groups.append([])
        groups[-1].append(window)
    return groups


def stream(
    sets: dict[str, list[Paragraph]], shares: dict[str, float], pieces: Pieces, budget: int, seed: int
) -> Iterator[Batch]:
    """Batches without end: corpora drawn by their shares of the pieces, windows of random reach, groups of like length."""
    chance = random.Random(seed)

    def of_corpus(name: str) -> Iterator[Window]:
        order = list(range(len(sets[name])))
        while True:
            chance.shuffle(order)
            for i in order:
                longest = chance.choice((1, 64, 96, 128, LONGEST))
                yield from windows(sets[name][i], pieces, longest)

    names = [n for n in shares if n in sets]
    streams = {n: of_corpus(n) for n in names}
    taken = dict.fromkeys(names, 0.0)
    while True:
        pool = []
        size = 0
        while size < 24 * budget:
            name = min(names, key=lambda n: taken[n] / shares[n])
            window = next(streams[name])
            if window.length > 300:
                continue
            taken[name] += window.length
            size += window.length
            pool.append(window)
        groups = grouped(pool, budget)
        chance.shuffle(groups)
        for group in groups:
            yield collate(group, pieces)


def dev_batches(paragraphs: list[Paragraph], pieces: Pieces, budget: int = 4000) -> Iterator[Batch]:
    """Every paragraph once, by length."""
    found = [w for p in paragraphs for w in windows(p, pieces, LONGEST)]
    for group in grouped(found, budget):
        yield collate(group, pieces)


__all__ = ["Batch", "Labelled", "Pieces", "Window", "collate", "dev_batches", "stream", "windows"]
