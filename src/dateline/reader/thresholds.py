"""The thresholds of the reader, each fitted on data that is named beside it in thresholds.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.language.tables import toml_table


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which the reader takes what the model says, and what they are weighed by.

    `no_time` multiplies the probability that a
    predicate has no time, `other_sentence` that of a time in another sentence; from `generic` on an event is generic.
    """

    expectation: float
    event: float
    generic: float
    attribution: float
    attributed_phrase: float
    no_time: float
    other_sentence: float


@cache
def thresholds() -> Thresholds:
    """The table, read once."""
    table = toml_table("dateline.reader", "thresholds.toml")
    return Thresholds(**{name: row["from"] for name, row in table.items()})
