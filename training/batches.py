"""Windows of consecutive sentences as padded tensors, grouped by length."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor

from dateline.reader.model.windows import case_of
from training.heads.labels import FACTUALITY_STYLES, LINKS, TRIGGER_STYLES
from training.sentences import Labelled, Paragraph

CLS, SEP = 101, 102
LONGEST = 160
"""Word pieces of a window."""
NUMBERED = ("upos", "heads", "deprels", "expects", "negated", "conditional", "days")
"""A number a word, -1 where it is not annotated."""
ALLOWED = ("names", "times", "attribution", "realis")
"""Bit masks of the labels that a word may have, 0 where it is not annotated."""


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


@dataclass
class Layout:
    """Where the words of a window lie: ids of its pieces, and of every word its outer pieces, its case and its sentence.

    `sentence` counts from 1. `spans` are each sentence's pieces without its [SEP]; `sizes` and `opens` are how many of
    its words are in, where the window is cut, and the place of the first.
    """

    pieces: list[int] = field(default_factory=lambda: [CLS])
    cases: list[int] = field(default_factory=lambda: [0])
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    word_cases: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)

    def add(self, words: list[str], pieces: Pieces) -> None:
        """Lay the next sentence, as much of it as 510 pieces leave room for."""
        opening, before = len(self.pieces), len(self.first)
        for i, word in enumerate(words):
            case = case_of(word, i == 0)
            found = pieces.of(word)
            if len(self.pieces) + len(found) > 510:
                break
            self.first.append(len(self.pieces))
            self.pieces += found
            self.last.append(len(self.pieces) - 1)
            self.cases += [case] * len(found)
            self.word_cases.append(case)
            self.sentence.append(len(self.spans) + 1)
        self.spans.append((opening, len(self.pieces)))
        self.sizes.append(len(self.first) - before)
        self.opens.append(before)
        self.pieces.append(SEP)
        self.cases.append(0)


def lay_out(window: Window, pieces: Pieces) -> Layout:
    """The layout of all sentences of a window."""
    layout = Layout()
    for sentence in window.sentences:
        layout.add(sentence.words, pieces)
    return layout


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Rows of ids as one tensor (rows, longest), 0 behind their ends."""
    out = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row)
    return out


def unlabelled(n: int, sentences: int, words: int) -> dict[str, Tensor]:
    """The label tensors of a batch of `n` windows that nothing is known of yet."""
    return {
        **{key: torch.full((n, words), -1) for key in NUMBERED},
        **{key: torch.zeros(n, words, dtype=torch.long) for key in ALLOWED},
        "triggers": torch.full((n, words, len(TRIGGER_STYLES)), -1.0),
        "factuality": torch.full((n, words, len(FACTUALITY_STYLES)), float("nan")),
        "vectors": torch.full((n, sentences), -1),
        "blocks": torch.zeros(n, sentences, dtype=torch.long),
        "links": torch.zeros(len(LINKS), n, words, 1 + words, dtype=torch.bool),
    }


def label_words(labels: dict[str, Tensor], i: int, sentence: Labelled, opening: int, size: int) -> None:
    """Set window `i`'s labels of the `size` words of a sentence that are in, from `opening` on."""
    part = slice(opening, opening + size)
    for key in (*NUMBERED, *ALLOWED):
        values = getattr(sentence, key)
        if values is None:
            continue
        if key == "heads":
            values = [-1 if h >= size else 0 if h < 0 else h + 1 + opening for h in values]
        labels[key][i, part] = torch.tensor(values[:size], dtype=torch.long)
    for style, flags in sentence.triggers.items():
        labels["triggers"][i, part, style] = torch.tensor(flags[:size], dtype=torch.float)
    for style, scores in sentence.factuality.items():
        labels["factuality"][i, part, style] = torch.tensor(scores[:size])


def label_links(links: Tensor, layout: Layout, j: int, sentence: Labelled) -> None:
    """Set the arcs of a window's `j`-th sentence that stay inside; `links` is (LINKS, words, 1 + words)."""
    sizes, opens = layout.sizes, layout.opens
    for number, link in enumerate(LINKS):
        for word, targets in sentence.links.get(link, {}).items():
            if word >= sizes[j]:
                continue
            if not targets:
                links[number, opens[j] + word, 0] = True
            for ahead, target in targets:
                if 0 <= j + ahead < len(sizes) and target < sizes[j + ahead]:
                    links[number, opens[j] + word, 1 + opens[j + ahead] + target] = True


def collate(group: list[Window], pieces: Pieces) -> Batch:
    """Pad windows into one batch. `sentence` numbers each word's sentence from 1; 0 is padding."""
    layouts = [lay_out(window, pieces) for window in group]
    ids = {
        key: padded([getattr(layout, key) for layout in layouts])
        for key in ("pieces", "cases", "first", "last", "word_cases", "sentence")
    }
    n, longest = ids["pieces"].shape
    sentences = max(len(window.sentences) for window in group)
    pool = torch.zeros(n, sentences, longest)
    labels = unlabelled(n, sentences, ids["first"].shape[1])
    for i, (window, layout) in enumerate(zip(group, layouts, strict=True)):
        for j, sentence in enumerate(window.sentences):
            a, b = layout.spans[j]
            pool[i, j, a:b] = 1 / max(1, b - a)
            labels["vectors"][i, j] = sentence.vector
            labels["blocks"][i, j] = sentence.block
            label_words(labels, i, sentence, layout.opens[j], layout.sizes[j])
            label_links(labels["links"][:, i], layout, j, sentence)
    return Batch(**ids, pool=pool, **labels, windows=group)


class HasLength(Protocol):
    """A window of whichever kind."""

    length: int


W = TypeVar("W", bound=HasLength)


def grouped(pool: list[W], budget: int) -> list[list[W]]:
    """Windows of like length in groups of about `budget` padded pieces."""
    groups: list[list[W]] = []
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
        corpus = sets[name]
        return endless(len(corpus), lambda i, longest: windows(corpus[i], pieces, longest), chance)

    streams = {n: of_corpus(n) for n in shares if n in sets}
    for group in drawn(streams, shares, budget, 24, chance):
        yield collate(group, pieces)


def endless(
    paragraphs: int, windows_of: Callable[[int, int], Iterator[W]], chance: random.Random
) -> Iterator[W]:
    """The windows of a corpus without end: its paragraphs in ever other orders, each at a random reach.

    `windows_of` gives those of a paragraph by its number and the most pieces of a window.
    """
    order = list(range(paragraphs))
    while True:
        chance.shuffle(order)
        for i in order:
            yield from windows_of(i, chance.choice((1, 64, 96, 128, LONGEST)))


def drawn(
    streams: dict[str, Iterator[W]], shares: dict[str, float], budget: int, ahead: int, chance: random.Random
) -> Iterator[list[W]]:
    """Groups of windows without end: corpora drawn by their shares of the pieces, of about `ahead` groups' windows those of like length."""
    taken = dict.fromkeys(streams, 0.0)
    while True:
        pool = []
        size = 0
        while size < ahead * budget:
            name = min(taken, key=lambda n: taken[n] / shares[n])
            window = next(streams[name])
            if window.length > 300:
                continue
            taken[name] += window.length
            size += window.length
            pool.append(window)
        groups = grouped(pool, budget)
        chance.shuffle(groups)
        yield from groups


def dev_batches(paragraphs: list[Paragraph], pieces: Pieces, budget: int = 4000) -> Iterator[Batch]:
    """Every paragraph once, by length."""
    found = [w for p in paragraphs for w in windows(p, pieces, LONGEST)]
    for group in grouped(found, budget):
        yield collate(group, pieces)


__all__ = ["Batch", "Labelled", "Pieces", "Window", "collate", "dev_batches", "stream", "windows"]
