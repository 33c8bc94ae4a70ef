"""Attributions from tagged stretches: every source and content goes to the cue that the arcs of its words choose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import log

import numpy as np
import numpy.typing as npt

from dateline.reader.model.decoding import softmax
from dateline.reader.model.interface import Attribution, Labelled, Place
from dateline.reader.segmentation import Sentence

Rows = Mapping[Place, tuple[npt.NDArray[np.float32], list[Place]]]
"""For each word the scores of its arc, the root first, and the words that the other scores belong to."""
Integers = npt.NDArray[np.int64]
_FLOOR = 0.02
"""Added to each probability: an arc that the network does not see is unlikely, not impossible."""
_APART, _OTHER_SENTENCE, _OTHER_PARAGRAPH = 0.35, 0.4, 1.5
"""What distance (the logarithm of the words between), a sentence's end and a paragraph's end take off."""
_LEAST = -3.6
"""The fitness below which a stretch belongs to none of the cues."""
_REACH = 8
"""Sentences between a stretch and its cue at most."""
_SHARED = 0.3
"""The mean probability from which a source serves a cue beside its own ("she said … and warned")."""


class AttributionArcs:
    """The stretches of one article, gathered and then joined."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._spans: dict[str, list[tuple[list[Place], Labelled]]] = {"SOURCE": [], "CUE": [], "CONTENT": []}

    def add(self, kind: str, words: list[Place], score: float) -> None:
        """A stretch of words of one kind."""
        first, last = words[0], words[-1]
        start = self._sentences[first.sentence].tokens[first.token].start
        end = self._sentences[last.sentence].tokens[last.token].end
        self._spans[kind].append((words, Labelled(start, end, kind, score)))

    def join(self, rows: Rows) -> Iterator[Attribution]:
        """The attributions in the order of their cues, and what went to no cue.

        The fittest pairs come first, and a cue that has its source or content takes another only where nothing else wants it.
        """
        chances = self._chances(rows)
        parts: defaultdict[tuple[int, str], list[tuple[int, Labelled]]] = defaultdict(list)
        alone: list[Attribution] = []
        for kind in ("SOURCE", "CONTENT"):
            left = self._matched(kind, chances[kind], parts)
            for number in left:
                labelled = self._spans[kind][number][1]
                alone.append(
                    Attribution(None, (labelled,), ())
                    if kind == "SOURCE"
                    else Attribution(None, (), (labelled,))
                )
        for number, (_, labelled) in enumerate(self._spans["CUE"]):
            sources, contents = (
                tuple(piece for _, piece in sorted(parts[number, kind], key=lambda p: p[0]))
                for kind in ("SOURCE", "CONTENT")
            )
            yield Attribution(labelled, sources, contents)
        yield from alone

    def _matched(
        self,
        kind: str,
        chances: Mapping[tuple[int, int], float],
        parts: defaultdict[tuple[int, str], list[tuple[int, Labelled]]],
    ) -> list[int]:
        """Put the stretches of one kind with their cues; the numbers of those that went to none."""
        fits = [
            (fit, -cue, -number)
            for (number, cue), chance in chances.items()
            if (fit := self._fitness(kind, number, cue, chance)) >= _LEAST
        ]
        taken: set[int] = set()
        for only_free in (True, False):
            for _, cue, number in sorted(fits, reverse=True):
                if -number in taken or (only_free and parts[-cue, kind]):
                    continue
                parts[-cue, kind].append((-number, self._spans[kind][-number][1]))
                taken.add(-number)
        if kind == "SOURCE":
            for (number, cue), chance in sorted(chances.items(), key=lambda c: -c[1]):
                if chance >= _SHARED and not parts[cue, kind]:
                    parts[cue, kind].append((number, self._spans[kind][number][1]))
        return [n for n in range(len(self._spans[kind])) if n not in taken]

    def _fitness(self, kind: str, number: int, cue: int, chance: float) -> float:
        """How well a stretch goes with a cue: the logarithm of its arcs' probability, less what lies between."""
        words, other = self._spans[kind][number][0], self._spans["CUE"][cue][0]
        first, last = (words, other) if words[0] < other[0] else (other, words)
        end, start = first[-1], last[0]
        if end.sentence == start.sentence:
            gap = max(0, start.token - end.token - 1)
        else:
            between = range(end.sentence + 1, start.sentence)
            gap = len(self._sentences[end.sentence].tokens) - end.token - 1 + start.token
            gap += sum(len(self._sentences[n].tokens) for n in between)
        fit = log(chance + _FLOOR) - _APART * log(1 + gap)
        if end.sentence != start.sentence:
            fit -= _OTHER_SENTENCE
            if self._sentences[end.sentence].paragraph != self._sentences[start.sentence].paragraph:
                fit -= _OTHER_PARAGRAPH
        return fit

    def _chances(self, rows: Rows) -> dict[str, dict[tuple[int, int], float]]:
        """For each kind the mean probability that a stretch's words point at a cue, by their numbers, within reach."""
        cue_of = {place: n for n, (words, _) in enumerate(self._spans["CUE"]) for place in words}
        sentence_of = [words[0].sentence for words, _ in self._spans["CUE"]]
        found: dict[str, dict[tuple[int, int], float]] = {"SOURCE": {}, "CONTENT": {}}
        if not cue_of:
            return found
        windows: dict[int, tuple[Integers, Integers]] = {}
        for kind, table in found.items():
            for number, (words, _) in enumerate(self._spans[kind]):
                at = words[0].sentence
                low, high = bisect_left(sentence_of, at - _REACH), bisect_right(sentence_of, at + _REACH)
                sums = np.zeros(len(sentence_of))
                for key, group in groupby((rows[place] for place in words), lambda row: id(row[1])):
                    window = list(group)
                    if key not in windows:
                        windows[key] = _cues(window[0][1], cue_of)
                    which, cues = windows[key]
                    chances = softmax(np.stack([scores for scores, _ in window]))[:, which].sum(0)
                    np.add.at(sums, cues, chances)
                table |= {(number, cue): float(sums[cue]) / len(words) for cue in range(low, high)}
        return found


def _cues(columns: Sequence[Place], cue_of: Mapping[Place, int]) -> tuple[Integers, Integers]:
    """Which of a window's scores, the root's being the first, belong to words of cues, and to which cue each does."""
    found = [(i, cue_of[place]) for i, place in enumerate(columns, 1) if place in cue_of]
    return (
        np.array([i for i, _ in found], np.int64),
        np.array([cue for _, cue in found], np.int64),
    )
