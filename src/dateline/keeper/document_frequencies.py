"""How many reports hold a word: a table of English news to begin with, and the reports filed so far."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

TABLE_WEIGHT = 1000
"""Reports that the table counts for."""
_HALVE_AT = 20_000
"""Reports after which earlier counts are halved, so that rates follow the news and the table stays small."""
_COMMON = 0.3
"""Words that a larger share of reports holds carry nothing."""


@cache
def table() -> Mapping[str, float]:
    """Word to the share of reports that hold it, for common words of English news."""
    lines = (
        resources.files("dateline.keeper")
        .joinpath("document_frequencies.tsv")
        .read_text("utf-8")
        .splitlines()
    )
    pairs = (line.split("\t") for line in lines if line)
    return {word: float(rate) for word, rate in pairs}


@cache
def _usual() -> Mapping[str, float]:
    """Word to how many of the table's reports hold it."""
    return {word: TABLE_WEIGHT * rate for word, rate in table().items()}


class DocumentFrequencies:
    """Counts of the reports that hold each word, of days given in order."""

    def __init__(self) -> None:
        self._reports = 0.0
        self._counts: Counter[str] = Counter()
        # as the counts stand now; forgotten whenever they change
        self._rarities: dict[str, float] = {}

    def add(self, reports: Iterable[Iterable[str]]) -> None:
        """Count a day's reports, each given as its distinct words."""
        for words in reports:
            self._reports += 1
            self._counts.update(words)
        if self._reports > _HALVE_AT:
            self._reports /= 2
            self._counts = Counter({w: c / 2 for w, c in self._counts.items() if c >= 2})
        self._rarities = {}

    def unit(self, counts: Mapping[str, float]) -> dict[str, float]:
        """TF-IDF weights of a report's word counts, as a vector of unit length; words that most reports hold left out."""
        rarities = self._rarities
        self._weigh(counts.keys() - rarities.keys())
        weights = {
            word: rarity if count == 1 else (1 + math.log(count)) * rarity
            for word, count in counts.items()
            if (rarity := rarities[word])
        }
        norm = math.hypot(*weights.values()) or 1.0
        return {word: weight / norm for word, weight in weights.items()}

    def _weigh(self, words: Collection[str]) -> None:
        """Work out the inverse document frequency of each word, zero where most reports hold it."""
        total = self._reports + TABLE_WEIGHT
        counted, usual = self._counts.get, _usual().get
        share, most, log = total + 1, _COMMON * total, math.log
        held = [counted(word, 0.0) + usual(word, 0.0) for word in words]
        self._rarities.update(
            zip(words, [log(share / (h + 0.5)) if h <= most else 0.0 for h in held], strict=True)
        )

    def dump(self) -> list[Any]:
        """The counts as JSON values."""
        return [self._reports, self._counts]

    def load(self, data: list[Any]) -> None:
        """Take over what `dump` gave."""
        self._reports, counts = data
        self._counts = Counter(counts)
        self._rarities = {}
