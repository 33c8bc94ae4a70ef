"""Sentences packed into windows, and windows into the network's numbers.

A window holds consecutive sentences of one document, across its paragraphs, of at most `WINDOW` word pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reader.model.interface import Place
from dateline.reader.model.wordpiece import CLS, SEP, UNKNOWN, WordPiece

WINDOW = 160
"""Word pieces of a window of several sentences."""
LONGEST = 320
"""Word pieces of a window that holds one long sentence, or a part of it."""
BUDGET = 2048
"""Word pieces of a pass. Smaller passes need less filling up, and are told less well: the steps of the whole numbers in which the
network computes are a pass's own."""
_PIECES_OF_WORD = 8
_LONGEST_WORD = 100
_MOST_WORDS = 200_000


def case_of(word: str, initial: bool) -> int:
    """How a word is written, as the network learnt it (`cases` in labels.json); `initial`: it opens its sentence."""
    if not any(c.isalnum() for c in word):
        return 7
    if not any(c.isalpha() for c in word):
        return 5
    if any(c.isdigit() for c in word):
        return 6
    if len(word) == 1 and word.isupper():
        return 9
    if word.islower() or not any(c.isupper() for c in word):
        return 1
    if word.isupper():
        return 3
    if word[0].isupper() and not any(c.isupper() for c in word[1:]):
        return 8 if initial else 2
    return 4


@dataclass(frozen=True, slots=True)
class Part:
    """Words [first, last) of sentence `sentence`: all of it, or as much as fits a window."""

    sentence: int
    first: int
    last: int
    size: int

    @property
    def places(self) -> list[Place]:
        """The words."""
        return [Place(self.sentence, i) for i in range(self.first, self.last)]


Window = list[Part]


def batches(windows: Sequence[Window]) -> Iterator[list[int]]:
    """The numbers of windows that are read in one pass: of like length, `BUDGET` word pieces at most with what fills them up."""
    lengths = [1 + sum(part.size + 1 for part in window) for window in windows]
    batch: list[int] = []
    for number in sorted(range(len(windows)), key=lambda i: lengths[i]):
        if batch and lengths[number] * (len(batch) + 1) > BUDGET:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


class Packer:
    """Cuts words into pieces, and sentences into windows. Stateless but for a cache of word pieces."""

    def __init__(self, tokenizer: Path) -> None:
        """Load the tokenizer's file; raises as `WordPiece` does."""
        self._tokenizer = WordPiece(tokenizer)
        self._pieces: dict[str, tuple[int, ...]] = {}
        self._cases: dict[str, tuple[int, int]] = {}

    def pack(self, words: Sequence[Sequence[str]], documents: Sequence[int]) -> Iterator[Window]:
        """The windows of sentences in order; `documents` tells by a number which of these belong together."""
        self._look_up(words)
        window: Window = []
        length = 1
        document: int | None = None
        for number, sentence in enumerate(words):
            for part in self._parts(number, sentence):
                if window and (documents[number] != document or length + part.size + 1 > WINDOW):
                    yield window
                    window, length = [], 1
                document = documents[number]
                window.append(part)
                length += part.size + 1
        if window:
            yield window

    def feeds(self, batch: Sequence[Window], words: Sequence[Sequence[str]]) -> dict[str, Any]:
        """The network's inputs for windows of the sentences last packed, a row each, filled up with zeros."""
        rows = [self._row(window, words) for window in batch]
        names = ("pieces", "cases", "first", "last", "word_cases")
        feeds: dict[str, Any] = {
            name: np.zeros((len(rows), max(len(row[name]) for row, _ in rows)), np.int64) for name in names
        }
        feeds["pool"] = np.zeros((len(rows), max(map(len, batch)), feeds["pieces"].shape[1]), np.float32)
        for n, (row, stretches) in enumerate(rows):
            for name in names:
                feeds[name][n, : len(row[name])] = row[name]
            for k, (opening, end) in enumerate(stretches):
                feeds["pool"][n, k, opening:end] = 1 / max(1, end - opening)
        return feeds

    def _row(
        self, window: Window, words: Sequence[Sequence[str]]
    ) -> tuple[dict[str, list[int]], list[tuple[int, int]]]:
        """The inputs of one window, and where the pieces of each of its parts lie."""
        ids, shapes, starts, ends, forms = [CLS], [0], [], [], []
        stretches = []
        for part in window:
            opening = len(ids)
            for i in range(part.first, part.last):
                word = words[part.sentence][i]
                form = self._cases[word][i == 0]
                found = self._pieces[word]
                starts.append(len(ids))
                ids += found
                ends.append(len(ids) - 1)
                shapes += [form] * len(found)
                forms.append(form)
            stretches.append((opening, len(ids)))
            ids.append(SEP)
            shapes.append(0)
        row = {"pieces": ids, "cases": shapes, "first": starts, "last": ends, "word_cases": forms}
        return row, stretches

    def _look_up(self, words: Sequence[Sequence[str]]) -> None:
        new = {w for sentence in words for w in sentence} - self._pieces.keys()
        if len(self._pieces) > _MOST_WORDS:
            self._pieces.clear()
            self._cases.clear()
            new = {w for sentence in words for w in sentence}
        for word in new:
            pieces = self._tokenizer.encode(word[:_LONGEST_WORD])
            self._pieces[word] = tuple(pieces[:_PIECES_OF_WORD]) or (UNKNOWN,)
            self._cases[word] = case_of(word, initial=False), case_of(word, initial=True)

    def _parts(self, number: int, words: Sequence[str]) -> Iterator[Part]:
        first = size = 0
        for i, word in enumerate(words):
            pieces = len(self._pieces[word])
            if size + pieces > LONGEST - 2:
                yield Part(number, first, i, size)
                first, size = i, 0
            size += pieces
        if first < len(words):
            yield Part(number, first, len(words), size)
