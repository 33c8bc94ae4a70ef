"""One of a few candidates, by a softmax over weighed signs (a conditional logit; McFadden 1974).

What the signs weigh stands in choices.toml.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from dateline.language.tables import toml_table
from dateline.reader.model.interface import Arc

Value = TypeVar("Value")
_LEAST = 0.01
"""An arc counts for so much at least."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value]):
    """What may be meant, with the signs that are told of it; those of its kind of choice, `names`, that are not are 0."""

    value: Value
    names: tuple[str, ...]
    told: Mapping[str, float]

    @property
    def signs(self) -> tuple[float, ...]:
        """A number for each of `names`."""
        return tuple(self.told.get(name, 0.0) for name in self.names)


def logarithm(arc: float) -> float:
    """Of the probability of an arc, as a sign; what is hardly likely is all alike."""
    return math.log(max(arc, _LEAST))


def to_none(arcs: Sequence[Arc]) -> float:
    """The probability that there is none: of the arcs to the root, 1 where there are no arcs at all."""
    return sum(arc.chance for arc in arcs if arc.place is None) if arcs else 1.0


def likeliest(
    candidates: Sequence[Candidate[Value]],
    kind: str,
    key: Callable[[Value], Hashable],
    least: float | None = None,
) -> Value:
    """The value that is likeliest in all its candidates together, those with the same `key`; the first of these. Given `least`, the
    first candidate is what is left where no other value has that probability."""
    weights = _weights(kind)
    odds = [math.exp(sum(weights[n] * s for n, s in c.told.items() if n in weights)) for c in candidates]
    keys = [key(c.value) for c in candidates]
    if least is None:
        return candidates[first_of_likeliest(keys, odds)].value
    if len(keys) == 1:
        return candidates[0].value
    best = 1 + first_of_likeliest(keys[1:], odds[1:])
    told = sum(each for name, each in zip(keys, odds, strict=True) if name == keys[best])
    return candidates[best if told >= least * sum(odds) else 0].value


def first_of_likeliest(names: Sequence[Hashable], odds: Sequence[float]) -> int:
    """Where the name first stands that is likeliest in all its places together, by the odds of each."""
    likely: defaultdict[Hashable, float] = defaultdict(float)
    for name, each in zip(names, odds, strict=True):
        likely[name] += each
    return names.index(max(likely, key=lambda name: likely[name]))


@cache
def _weights(kind: str) -> Mapping[str, float]:
    weights: Mapping[str, float] = toml_table("dateline.reader", "choices.toml")[kind]["weights"]
    return weights
