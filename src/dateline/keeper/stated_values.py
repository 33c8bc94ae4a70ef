"""The values that passages state: how many, on what day, where, who; and what they claim as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

from dateline.keeper.entities import same_name
from dateline.keeper.ledger.claims import Passage, stems
from dateline.language.stems import stem
from dateline.records import Argument, Event, Quantity, Span

Kind = Literal["count", "day", "place", "who", "claim"]
_SHARED = 3
"""Words besides the predicate that two passages must share to tell of one doing."""


@dataclass(frozen=True)
class StatedValue:
    """A value that a passage gives for something about an event; `span` is the value's words, of a "claim" all of the passage."""

    kind: Kind
    passage: Passage
    event: Event
    span: Span
    quantity: Quantity | None = None

    @property
    def value(self) -> str:
        """The value in the passage's own words."""
        if self.kind == "claim":
            return shortened(self.passage.text)
        return " ".join(self.span.of(self.passage.filed.article.text).split())

    def argument(self) -> Argument | None:
        """The participant that is the value, where it is one."""
        return self.event.argument("place" if self.kind == "place" else "agent")


def find(passage: Passage) -> list[StatedValue]:
    """All values of a passage, in text order."""
    return sorted(_of_events(passage), key=lambda s: (s.span, s.kind, s.event.span))


def _of_events(passage: Passage) -> Iterator[StatedValue]:
    for event in passage.told:
        for quantity in event.quantities:
            if quantity.unit is not None:
                yield StatedValue("count", passage, event, quantity.span, quantity)
        if event.realis != "actual":
            continue
        if event.interval is not None and event.interval.is_one_day:
            told = [t for t in passage.filed.reading.times if t.interval == event.interval]
            inside = next((t for t in told if passage.span.contains(t.span)), None)
            if inside is not None:
                yield StatedValue("day", passage, event, inside.span)
        for kind, role in (("place", "place"), ("who", "agent")):
            named = event.argument(role)  # type: ignore[arg-type]
            if named is not None and named.entity is not None and passage.span.contains(named.span):
                yield StatedValue(kind, passage, event, named.span)  # type: ignore[arg-type]


def claimed(a: Passage, b: Passage) -> tuple[StatedValue, StatedValue] | None:
    """What two passages claim as a whole; None where one tells of no event, or is a part of what the other says."""
    short, long = sorted((" ".join(p.text.split()) for p in (a, b)), key=len)
    if not a.events or not b.events or short in long:
        return None
    return StatedValue("claim", a, a.events[0], a.span), StatedValue("claim", b, b.events[0], b.span)


def shortened(text: str, most: int = 110) -> str:
    """The first words of a passage."""
    out = ""
    for word in text.split():
        if len(out) + len(word) > most:
            return out.rstrip(" ,;:") + " …"
        out += f"{word} "
    return out.strip()


def can_rival(a: StatedValue, b: StatedValue) -> bool:
    """True where the two may be values of one fact and cannot be one value; whether they are of one fact a judge says."""
    if a.kind != b.kind:
        return False
    if a.kind == "count":
        return _one_kind(a.quantity, b.quantity) and not _can_be_one(a.quantity, b.quantity)
    return stem(a.event.predicate) == stem(b.event.predicate) and _one_doing(a, b) and _differ(a, b)


def is_one(a: StatedValue, b: StatedValue) -> bool:
    """True where the two are of one kind and can be one value."""
    if a.kind != b.kind:
        return False
    if a.kind == "count":
        return _one_kind(a.quantity, b.quantity) and _can_be_one(a.quantity, b.quantity)
    return a.span == b.span if a.kind == "claim" else not _differ(a, b)


def _differ(a: StatedValue, b: StatedValue) -> bool:
    if a.kind == "day":
        one, other = a.event.interval, b.event.interval
        return one is not None and other is not None and not one.overlaps(other)
    one_name, other_name = a.argument(), b.argument()
    if one_name is None or other_name is None:
        return False
    one_words, other_words = one_name.entity or "", other_name.entity or ""
    # "the Lantern Hall" and "the Lantern Hall of Skelby", a body and a member that is named with it
    return not same_name(one_words, other_words) and not stems(one_words) & stems(other_words)


def _one_doing(a: StatedValue, b: StatedValue) -> bool:
    """True where what stands around the predicate agrees: what is done, and for where and when also who does it."""
    shared = a.passage.stems & b.passage.stems - {stem(a.event.predicate)}
    if a.kind != "who":
        return len(shared) >= _SHARED
    done, other = (_head(s, s.event.argument("patient")) for s in (a, b))
    return done is not None and done == other


def _head(stated: StatedValue, argument: Argument | None) -> str | None:
    return stem(argument.head.of(stated.passage.filed.article.text)) if argument is not None else None


def _one_kind(a: Quantity | None, b: Quantity | None) -> bool:
    return a is not None and b is not None and (a.unit, a.role) == (b.unit, b.role)


def _can_be_one(a: Quantity | None, b: Quantity | None) -> bool:
    """True where hedges and rounding leave room for one value."""
    if a is None or b is None:
        return True
    low_a, high_a = _range(a)
    low_b, high_b = _range(b)
    return low_a <= high_b and low_b <= high_a


_HEDGED = {"at least": (1.0, inf), "more than": (1.0, 1.5), "less than": (0.5, 1.0), "nearly": (0.85, 1.0)}
"""What a hedge leaves open, as multiples of the value."""
_ABOUT = (0.87, 1.13)


def _range(quantity: Quantity) -> tuple[float, float]:
    """The values that the words allow. Round numbers are taken as told to their last figure."""
    if quantity.hedge is None:
        slack = _rounding(quantity.value)
        return quantity.value - slack, quantity.value + slack
    low, high = _HEDGED.get(quantity.hedge, _ABOUT)
    return quantity.value * low, quantity.value * high


def _rounding(value: float) -> float:
    """Half of the last place that a large round number tells: 4,000 stands for 3,500 to 4,500, 9 for itself."""
    if value < 100 or value != int(value):
        return abs(value) * 0.05 if value != int(value) else 0.0
    place, number = 1, int(value)
    while number % 10 == 0:
        number //= 10
        place *= 10
    return place / 2 if place > 1 else 0.0
