"""How likely two sentences are to give one fact otherwise: which pairs a judge is asked about, and what its answer makes of them.

A disagreement mostly has a side that denies, claims or accuses: a regression over a sentence's vector tells how likely it is to be one.
That is weighed with how alike both sentences are, and with what the judge says. Fitted by `training.disagreements`, for the network
whose vectors these are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from dateline.keeper.logistic import log_odds, probability, summed
from dateline.language.tables import toml_table

SIGNS = ("cosine", "sides", "weaker side", "one report", "apart", "said")
"""What is weighed of two sentences: their cosine; the log odds that they take sides, of both together and of the less likely one; one
report; the logarithm of the days between them; how many of the two tell what somebody says."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sentences:
    """What is weighed of sentences, each (sentences,): the log odds that they take sides, and whether they tell what is said; and the day of
    their report, an ordinal, or of each one's."""

    sides: Floats
    said: Floats
    day: int | npt.NDArray[np.int64]

    @classmethod
    def of(cls, vectors: Floats, said: Sequence[bool], day: int) -> Sentences:
        """`vectors` are (sentences, dimensions) unit vectors; where they are of another network, none takes sides. `day` is an ordinal."""
        direction, bias = _direction()
        sides = vectors @ direction + bias if vectors.shape[1] == len(direction) else np.zeros(len(vectors))
        return cls(np.round(sides, 9), np.array(said, np.float64), day)

    def of_some(self, chosen: npt.NDArray[np.int64]) -> Sentences:
        """Those at some places; all of one day."""
        return Sentences(self.sides[chosen], self.said[chosen], self.day)


def signs(
    a: Sentences, b: Sentences, cosines: Floats, *, one_report: bool | npt.NDArray[np.bool_]
) -> list[Floats]:
    """SIGNS of each sentence of `a` with each of `b`, all (sentences of a, sentences of b); `one_report` of all or of each pair."""
    shape = len(a.sides), len(b.sides)
    return [
        cosines,
        a.sides[:, None] + b.sides,
        np.minimum(a.sides[:, None], b.sides),
        np.broadcast_to(np.asarray(one_report, np.float64), shape),
        np.broadcast_to(np.log1p(np.abs(np.subtract.outer(a.day, b.day))), shape),
        a.said[:, None] + b.said,
    ]


def odds(found: Sequence[Floats]) -> Floats:
    """The log odds that two sentences disagree, by SIGNS alone: what is asked about is ranked by them."""
    table = _table()["ranking"]
    return summed(table["bias"], [table["weights"][name] for name in SIGNS], found)


def is_worth_asking(told: float) -> bool:
    """False where no answer of the judge's would make two sentences with these log odds a disagreement."""
    return likelihood(bounds().surest, told) >= bounds().kept


def likelihood(differs: float, told: float) -> float:
    """The probability that two sentences disagree, by the judge's that they differ and the log odds of `odds`."""
    table = _table()["judged"]
    return probability(table["bias"] + table["judge"] * log_odds(differs) + table["signs"] * told)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least cosine of what is asked about, how many pairs a report are, how sure the judge hardly is, and from which probability a
    pair is kept, and shown."""

    alike: float
    pairs: int
    surest: float
    kept: float
    shown: float


@cache
def bounds() -> Bounds:
    """Those of the table."""
    return Bounds(**_table()["bounds"])


@cache
def _direction() -> tuple[Floats, float]:
    side = _table()["side"]
    return np.array(side["vector"], np.float64), float(side["bias"])


@cache
def _table() -> dict[str, dict]:  # type: ignore[type-arg]
    return toml_table("dateline.keeper", "contradiction.toml")
