"""How likely the judge is to answer that an expected event happened, told beforehand from what costs nothing.

A small network over the signs of an expectation and a sentence and the reader's vectors of both, which was taught the judge's own answers
(`training.forecasting`): nearly all of them are a sure "unrelated", and most of these can be told without asking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from dateline.keeper.ledger.claims import Passage, unit, whole_vectors

FILE = "forecast.npz"
_DIGITS = 6
"""Where a forecast is rounded: it does not hang on which others are worked out beside it, and what is alike ties."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """The network: `first` and `second` (dimensions, rank) bring both vectors together, `straight` and, by way of `hidden` units, `bent`
    weigh the signs, both and their product."""

    first: Floats
    second: Floats
    straight: Floats
    hidden: Floats
    hidden_bias: Floats
    bent: Floats
    bias: Floats

    def of(self, signs: Floats, first: Floats, second: Floats) -> Floats:
        """The judge's log odds of "happened" that are to be expected, (pairs,); `signs` are `verdicts.cheap_signs` of each pair, `first` and `second`
        the projections of its vectors."""
        seen = np.concatenate([signs, first, second, first * second], axis=1)
        bent = np.maximum(seen @ self.hidden + self.hidden_bias, 0) @ self.bent
        return np.round(seen @ self.straight + bent + self.bias, _DIGITS)


@cache
def forecast() -> Forecast:
    """The bundled one, read once."""
    with resources.files("dateline.keeper.ledger").joinpath(FILE).open("rb") as file, np.load(file) as read:
        return Forecast(**{name: read[name].astype(np.float64) for name in Forecast.__dataclass_fields__})


def expected(pairs: Sequence[tuple[Passage, Passage]], signs: Floats) -> Floats | None:
    """(pairs,) of expectations' sentences with others, in log odds; None where the vectors are another network's, which tells nothing of them."""
    told = forecast()
    sides = []
    for n, by in enumerate((told.first, told.second)):
        distinct = {pair[n].place: pair[n] for pair in pairs}
        vectors = unit(whole_vectors(list(distinct.values())))
        if vectors.shape[1] != len(by):
            return None
        row = {place: k for k, place in enumerate(distinct)}
        sides.append((vectors @ by)[[row[pair[n].place] for pair in pairs]])
    return told.of(signs, *sides)
