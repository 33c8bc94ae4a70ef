"""Stories' weights as rows of numbers, so that a report is held against many stories in one product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_LEAST_SHED = 50_000
"""Terms below which none is forgotten."""

Sums = npt.NDArray[np.float64]


class _Row(NamedTuple):
    """Numbers of terms and their weights, kind after kind, each kind begun by number 0 with no weight; and where kinds begin."""

    numbers: npt.NDArray[np.int64]
    weights: Sums
    begins: npt.NDArray[np.int64]


class WeightRows:
    """The weights of each story, of several kinds (words, names, headline), by numbers that terms are given as they come."""

    def __init__(self, kinds: int) -> None:
        self._kinds = kinds
        self._numbers = _numbering({"": 0})
        self._rows: dict[str, _Row] = {}
        self._shed_at = _LEAST_SHED
        # a weight a number and kind, all zero between two products
        self._line = np.zeros(0)

    def __contains__(self, story: str) -> bool:
        return story in self._rows

    def put(self, story: str, weights: Sequence[Mapping[str, float]]) -> None:
        """Keep the weights of `story`, a mapping a kind, in place of those before."""
        if len(self._numbers) > self._shed_at:
            self._shed()
        lengths = [1 + len(terms) for terms in weights]
        length = sum(lengths)
        terms = chain.from_iterable(("", *terms) for terms in weights)
        values = chain.from_iterable((0.0, *terms.values()) for terms in weights)
        numbers = np.fromiter(map(self._numbers.__getitem__, terms), np.int64, length)
        kinds = np.repeat(np.arange(self._kinds), lengths)
        self._rows[story] = _Row(
            numbers * self._kinds + kinds,
            np.fromiter(values, np.float64, length),
            np.cumsum([0, *lengths[:-1]]),
        )

    def remove(self, story: str) -> None:
        """Forget the weights of `story`."""
        self._rows.pop(story, None)

    def products(self, story: str, others: Sequence[str]) -> Sums:
        """The products of `story` with each of `others`, (others, kinds)."""
        if not others:
            return np.zeros((0, self._kinds))
        if len(self._line) < self._kinds * len(self._numbers):
            self._line = np.zeros(2 * self._kinds * len(self._numbers))
        own, rows = self._rows[story], [self._rows[other] for other in others]
        self._line[own.numbers] = own.weights
        shares = self._line[np.concatenate([row.numbers for row in rows])]
        shares *= np.concatenate([row.weights for row in rows])
        self._line[own.numbers] = 0.0
        ends = np.cumsum([0, *(len(row.numbers) for row in rows[:-1])])
        begins = np.stack([row.begins for row in rows]) + ends[:, None]
        return np.add.reduceat(shares, begins.ravel()).reshape(-1, self._kinds)

    def _shed(self) -> None:
        """Forget the terms that no story has any more, and number the others anew."""
        rows = self._rows.values()
        held = np.unique(np.concatenate([[0], *(row.numbers // self._kinds for row in rows)]))
        terms = list(self._numbers)
        self._numbers = _numbering({terms[old]: new for new, old in enumerate(held.tolist())})
        for story, row in self._rows.items():
            term, kind = np.divmod(row.numbers, self._kinds)
            self._rows[story] = row._replace(numbers=np.searchsorted(held, term) * self._kinds + kind)
        self._shed_at = max(_LEAST_SHED, 2 * len(held))


def _numbering(known: dict[str, int]) -> defaultdict[str, int]:
    """Numbers of terms, which gives the next number to a term that is asked for and has none."""
    return defaultdict(count(len(known)).__next__, known)
