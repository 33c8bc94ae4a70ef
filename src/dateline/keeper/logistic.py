"""Logistic regressions over a few signs: their tables, and what they make of the signs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


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


def summed(bias: float, weights: Sequence[float], signs: Sequence[Floats]) -> Floats:
    """The log odds of many at once; `signs` are arrays of one shape, one for each weight.

    One sign after another: the sum is the same however many are summed at once.
    """
    told = np.full(signs[0].shape, bias)
    for weight, sign in zip(weights, signs, strict=True):
        told += weight * sign
    return told


def probability(log_odds: float) -> float:
    """In [0, 1], of log odds."""
    return 1 / (1 + math.exp(-log_odds))


def log_odds(chance: float) -> float:
    """Of a probability, which is taken as neither certain nor impossible."""
    inside = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))
