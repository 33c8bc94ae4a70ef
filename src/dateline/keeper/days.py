"""Days of a story: how many reports tell of each as what happened, and which sentences say it for all of them.

A day's sentences are chosen as a set whose words come closest to the words of everything that is told of the day (the centroid
method of date-wise timeline summarisation, Gholipour Ghalandari & Ifrim 2020).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dateline.keeper.dated_sentences import DatedSentence
from dateline.records import Interval

Floats = npt.NDArray[np.float32]
_SAME_VECTOR, _SAME_WORDS = 0.55, 0.3
"""Cosines from which one sentence bears another out, by the model's vectors or by their words."""
_REPEATS, _REPEATS_VECTOR = 0.35, 0.6
"""Cosines of words and of vectors from which a second sentence of a day tells the event of the first again."""


class Rarity:
    """How much a word of a story tells: the fewer of its sentences hold it, the more."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        self._held: Counter[str] = Counter()
        self._total = 0
        for words in sentences:
            self._total += 1
            self._held.update(set(words))

    def __call__(self, word: str) -> float:
        """At least log 2, for a word that every sentence holds: in a story of few sentences that is no stop word."""
        return math.log1p(self._total / max(1, self._held[word]))

    def unit(self, words: Sequence[str]) -> dict[str, float]:
        """A sentence as a vector of unit length: its words, weighed by how rare they are."""
        weights = {word: (1 + math.log(count)) * self(word) for word, count in Counter(words).items()}
        norm = math.sqrt(sum(w * w for w in weights.values()))
        return {word: w / norm for word, w in weights.items()} if norm else {}


@dataclass(frozen=True, eq=False)
class Day:
    """An interval with all that reports tell of it, in the order of the reports. `rarity` weighs the words of its story."""

    interval: Interval
    sentences: tuple[DatedSentence, ...]
    rarity: Rarity

    @cached_property
    def units(self) -> list[dict[str, float]]:
        """Each sentence as a vector of unit length (`Rarity.unit`)."""
        return [self.rarity.unit(t.words) for t in self.sentences]

    @cached_property
    def words(self) -> Floats:
        """One row of unit length a sentence: its words, weighed by how rare they are; shape (sentences, words)."""
        columns: dict[str, int] = {}
        for t in self.sentences:
            for word in t.words:
                columns.setdefault(word, len(columns))
        matrix = np.zeros((len(self.sentences), max(1, len(columns))), np.float32)
        for row, unit in enumerate(self.units):
            for word, weight in unit.items():
                matrix[row, columns[word]] = weight
        return matrix

    @cached_property
    def _vectors(self) -> Floats:
        """The model's vectors, one row a sentence; zeros where it gives none."""
        vectors = [t.vector for t in self.sentences if t.vector is not None]
        if len(vectors) < len(self.sentences):
            return np.zeros((len(self.sentences), 1), np.float32)
        return np.stack(vectors)

    @cached_property
    def chief(self) -> list[int]:
        """The number of each report's firmest sentence."""
        best: dict[str, int] = {}
        for number, t in enumerate(self.sentences):
            held = best.get(t.filed.article.id)
            if t.dated and (held is None or t.strength > self.sentences[held].strength):
                best[t.filed.article.id] = number
        return list(best.values())

    @property
    def strength(self) -> float:
        """How firmly the reports tell of it, each by its firmest sentence."""
        return sum(self.sentences[n].strength for n in self.chief)

    def centrality(self, centre: Mapping[str, float]) -> float:
        """How close the closest of its sentences comes to the centre of the story (`centre_of`), a cosine."""
        return max(
            sum(weight * centre.get(word, 0.0) for word, weight in unit.items()) for unit in self.units
        )

    @property
    def later(self) -> int:
        """How many reports tell of it two days later or more, when it is news no more."""
        chief = (self.sentences[n] for n in self.chief)
        return sum((t.published - self.interval.end).days >= 2 for t in chief)

    def choose(self, most: int, preference: Sequence[float]) -> list[int]:
        """The numbers of up to `most` sentences that together say best what is told of the day, the first alone the best.

        `preference` is a factor for each sentence, 0 for one that may not stand.
        """
        centre = self.words.sum(axis=0)
        alike = self.words @ centre
        own = self.words @ self.words.T
        meant = self._vectors @ self._vectors.T
        chosen: list[int] = []
        reached, square = 0.0, 0.0
        while len(chosen) < most:
            best, most_gained = None, 0.0
            for number, factor in enumerate(preference):
                if factor <= 0 or number in chosen:
                    continue
                if chosen and (
                    float(own[number, chosen].max()) > _REPEATS
                    or float(meant[number, chosen].max()) > _REPEATS_VECTOR
                ):
                    continue
                shared = 2 * float(own[number, chosen].sum()) if chosen else 0.0
                gained = factor * (reached + float(alike[number])) / math.sqrt(square + 1 + shared)
                if gained > most_gained:
                    best, most_gained = number, gained
            if best is None:
                break
            square += 1 + 2 * float(own[best, chosen].sum()) if chosen else 1.0
            reached += float(alike[best])
            chosen.append(best)
        return chosen

    def supporting(self, chosen: Sequence[int]) -> list[list[int]]:
        """For each of the chosen, the sentences that bear it out: those that are most like it, itself among them."""
        found: list[list[int]] = [[] for _ in chosen]
        words = self.words @ self.words[list(chosen)].T
        vectors = self._vectors @ self._vectors[list(chosen)].T
        for number in range(len(self.sentences)):
            near = int((vectors[number] + words[number]).argmax())
            if (
                number == chosen[near]
                or vectors[number, near] >= _SAME_VECTOR
                or words[number, near] >= _SAME_WORDS
            ):
                found[near].append(number)
        return found


def group(sentences: Iterable[DatedSentence]) -> list[Day]:
    """The days that any sentence gives, in order of time."""
    everything = list(sentences)
    rarity = Rarity(t.words for t in everything)
    homes: defaultdict[Interval, list[DatedSentence]] = defaultdict(list)
    for t in everything:
        homes[t.interval].append(t)
    return [
        Day(interval, tuple(homes[interval]), rarity)
        for interval in sorted(homes, key=lambda i: (i.start, i.end, i.granularity))
        if any(t.dated for t in homes[interval])
    ]


def centre_of(days: Iterable[Day]) -> dict[str, float]:
    """The centre of a story: the sum of all its sentences' words, as a vector of unit length."""
    total: defaultdict[str, float] = defaultdict(float)
    for day in days:
        for unit in day.units:
            for word, weight in unit.items():
                total[word] += weight
    norm = math.sqrt(math.fsum(w * w for w in total.values())) or 1.0
    return {word: w / norm for word, w in total.items()}
