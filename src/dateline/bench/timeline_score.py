"""Alignment-based ROUGE and Date-F1 of timelines (Martschat & Markert 2017, *align+ m:1*, as the toolkit tilse measures it).

A timeline is a mapping of days to sentences. Every day of one is aligned with the day of the other that costs least, which may be
shared; what the two have in common counts the less the further apart they are. Recall and precision are aligned separately.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import snowballstemmer

Timeline = Mapping[date, Sequence[str]]
_LIST = Path(__file__).parent / "smart_stop_words.txt"
_PUNCTUATION = frozenset(string.punctuation)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Alignment-based ROUGE-1 and ROUGE-2 of a timeline, and of its days alone."""

    ar1: Score
    ar2: Score
    days: Score


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_LIST.read_text(encoding="utf-8").split())


@cache
def _stemmed() -> Callable[[str], str]:
    stemmer = snowballstemmer.stemmer("porter")
    return cache(lambda word: str(stemmer.stemWord(word)) if len(word) > 3 else word)


def tokens(sentences: Iterable[str]) -> list[str]:
    """The words of a day as ROUGE-1.5.5 compares them: lower case, without stop words, stemmed by Porter's rules.

    ROUGE looks words up in WordNet's lists of irregular forms before it stems them; these are left out here.
    """
    text = re.sub(r"[^a-z0-9-]", " ", " ".join(sentences).lower().replace("-", " - "))
    stop, stem = _stop_words(), _stemmed()
    return [stem(word) for word in text.split() if word not in stop and word[0] != "-"]


def _rough(sentences: Iterable[str]) -> Counter[str]:
    return Counter(w for s in sentences for w in s.split() if w not in _PUNCTUATION)


def _ngrams(words: Sequence[str], length: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def _near(one: date, other: date) -> float:
    return 1 / (abs((one - other).days) + 1)


def _align(ours: Timeline, theirs: Timeline) -> dict[date, date]:
    """The day of `theirs` that each day of `ours` costs least with; the earliest of several."""
    rough = {day: _rough(theirs[day]) for day in sorted(theirs)}
    sizes = {day: sum(words.values()) for day, words in rough.items()}
    found = {}
    for day in sorted(ours):
        words = _rough(ours[day])
        size = sum(words.values())

        def cost(other: date, day: date = day, words: Counter[str] = words, size: int = size) -> float:
            shared = sum(min(n, rough[other][w]) for w, n in words.items() if w in rough[other])
            alike = 2 * shared / (size + sizes[other]) if size + sizes[other] else 0.0
            return (1 - _near(day, other)) * (1 - alike)

        found[day] = min(rough, key=cost)
    return found


def _rouge(system: Timeline, reference: Timeline, length: int) -> Score:
    ours = {day: _ngrams(tokens(system[day]), length) for day in system}
    gold = {day: _ngrams(tokens(reference[day]), length) for day in reference}

    def share(pairs: Iterable[tuple[date, date]], whole: dict[date, Counter[tuple[str, ...]]]) -> float:
        hits = sum(_near(p, r) * (ours[p] & gold[r]).total() for p, r in pairs)
        return hits / max(1, sum(grams.total() for grams in whole.values()))

    return Score(
        precision=share(_align(system, reference).items(), ours),
        recall=share(((p, r) for r, p in _align(reference, system).items()), gold),
    )


def score(system: Timeline, reference: Timeline) -> Scores:
    """How `system` agrees with `reference`. An empty system scores 0; ValueError where the reference is empty."""
    if not reference:
        raise ValueError("a reference without days: there is nothing to compare with")
    if not system:
        return Scores(Score(0, 0), Score(0, 0), Score(0, 0))
    shared = len(system.keys() & reference.keys())
    return Scores(
        _rouge(system, reference, 1),
        _rouge(system, reference, 2),
        Score(shared / len(system), shared / len(reference)),
    )


def average(scores: Sequence[Scores]) -> Scores:
    """Precision and recall averaged over tasks, as news-tls does: F1 is that of the averages. ValueError where there is none."""
    if not scores:
        raise ValueError("no task: there is nothing to average")

    def mean(part: Callable[[Scores], Score]) -> Score:
        return Score(
            sum(part(s).precision for s in scores) / len(scores),
            sum(part(s).recall for s in scores) / len(scores),
        )

    return Scores(mean(lambda s: s.ar1), mean(lambda s: s.ar2), mean(lambda s: s.days))
