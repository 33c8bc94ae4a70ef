"""Logistic regressions over a few signs: their tables, and what they make of the signs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: one weight a sign, and the bias."""

    weights: tuple[float, ...]
    bias: float

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Weights:
        """From a table of `bias` and, by their signs' names in order, `weights`."""
        return cls(tuple(table["weights"].values()), table["bias"])

    def likelihood(self, signs: Sequence[float]) -> float:
        """The probability that the signs, as many as there are weights, speak for."""
        return probability(self.bias + sum(w * x for w, x in zip(self.weights, signs, strict=True)))


def probability(log_odds: float) -> float:
    """In [0, 1], of log odds."""
    return 1 / (1 + math.exp(-log_odds))


def log_odds(chance: float) -> float:
    """Of a probability, which is taken as neither certain nor impossible."""
    inside = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))
