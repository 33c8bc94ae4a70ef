"""How many reports hold a word: a table of English news to begin with, and the reports filed so far."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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


class DocumentFrequencies:
    """Counts of the reports that hold each word, of days given in order."""

    def __init__(self) -> None:
        self._reports = 0.0
        self._counts: dict[str, float] = {}
        # as the counts stand now; forgotten whenever they change
        self._rarities: dict[str, float] = {}

    def add(self, reports: Iterable[Iterable[str]]) -> None:
        """Count a day's reports, each given as its distinct words."""
        for words in reports:
            self._reports += 1
            for word in words:
                self._counts[word] = self._counts.get(word, 0.0) + 1
        if self._reports > _HALVE_AT:
            self._reports /= 2
            self._counts = {w: c / 2 for w, c in self._counts.items() if c >= 2}
        self._rarities = {}

    def unit(self, counts: Mapping[str, float]) -> dict[str, float]:
        """TF-IDF weights of a report's word counts, as a vector of unit length; words that most reports hold left out."""
        rarities = self._rarities
        weights: dict[str, float] = {}
        for word, count in counts.items():
            rarity = rarities.get(word)
            if rarity is None:
                rarity = rarities[word] = self._rarity(word)
            if rarity:
                weights[word] = rarity if count == 1 else (1 + math.log(count)) * rarity
        norm = math.sqrt(sum([w * w for w in weights.values()])) or 1.0
        return {word: weight / norm for word, weight in weights.items()}

    def _rarity(self, word: str) -> float:
        """The inverse document frequency of a word, zero where most reports hold it."""
        total = self._reports + TABLE_WEIGHT
        held = self._counts.get(word, 0.0) + TABLE_WEIGHT * table().get(word, 0.0)
        return math.log((total + 1) / (held + 0.5)) if held <= _COMMON * total else 0.0

    def dump(self) -> list[Any]:
        """The counts as JSON values."""
        return [self._reports, self._counts]

    def load(self, data: list[Any]) -> None:
        """Take over what `dump` gave."""
        self._reports, self._counts = data
        self._rarities = {}
