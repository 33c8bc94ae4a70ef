"""One row an expectation: claims that expect the same are joined, and one with a new day replaces the one before."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from dateline.keeper.ledger.claims import Claim, stems
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import Told
from dateline.records import Interval

_SLACK = timedelta(days=1)
"""How far two reports' days for one event may lie apart and still be one day, told from two zones."""


@dataclass
class Row:
    """An expectation: its claims in the order of the reports, and the row whose day it replaces."""

    claims: list[Claim]
    revises: Row | None = None
    revised_by: list[Row] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Made of the first report that voices it."""
        first = self.claims[0]
        span = first.expectation.trigger
        return hashlib.sha256(f"{first.filed.article.id}:{span.start}:{span.end}".encode()).hexdigest()[:12]

    @property
    def due(self) -> Interval | None:
        """The days that the latest report which gives any gives."""
        return next((c.due for c in reversed(self.claims) if c.due is not None), None)

    def chain(self) -> Iterator[Row]:
        """The row and all that replace it, one after another."""
        yield self
        for newer in self.revised_by:
            yield from newer.chain()


def joined(claims: Sequence[Claim], told: Mapping[int, Sequence[Told]]) -> list[Row]:
    """The rows, in the order in which they were first voiced."""
    rows: list[Row] = []
    row_of: dict[int, Row] = {}
    repeats = _repeats(claims, told)
    for number, claim in enumerate(claims):
        likely = [(chance, -other, row_of[other]) for other, chance in repeats.get(number, {}).items()]
        likely.sort(key=lambda item: item[:2], reverse=True)
        same = next((row for _, _, row in likely if _days_agree(row.due, claim.due)), None)
        if same is not None:
            row = same
            row.claims.append(claim)
        else:
            earlier = list(likely[0][2].chain())[-1] if likely else None
            row = Row([claim], revises=earlier)
            if earlier is not None:
                earlier.revised_by.append(row)
            rows.append(row)
        row_of[number] = row
        row.told += told.get(number, ())
    return rows


def _repeats(claims: Sequence[Claim], told: Mapping[int, Sequence[Told]]) -> dict[int, dict[int, float]]:
    """For each claim the earlier ones that it expects once more, or moves to another day, and how likely that is."""
    within: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        within[_place(claim)].append(number)
    found: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for number, claim in enumerate(claims):
        for t in told.get(number, ()):
            chance = t.chances["again"] + t.chances["moved"]
            place = t.passage.filed.article.id, t.passage.number
            if chance < settings().again or place == _place(claim):
                continue
            later = [n for n in within[place] if n > number and _one_sense(claims[n], claim)]
            if later:
                # a sentence may expect several things: the one that is most like it
                again = max(later, key=lambda n: (_fit(claim, claims[n]), -n))
                found[again][number] = max(chance, found[again].get(number, 0.0))
    for number, other in _copied(claims):
        found[number][other] = 1.0
    return found


def _place(claim: Claim) -> tuple[str, int]:
    return claim.filed.article.id, claim.passage.number


def _one_sense(a: Claim, b: Claim) -> bool:
    """False where the one is expected to be and the other not to be."""
    return a.expectation.negated == b.expectation.negated


def _fit(a: Claim, b: Claim) -> tuple[bool, int, bool]:
    shared = len(stems(a.expectation.event) & stems(b.expectation.event))
    return a.predicate == b.predicate, shared, a.due is not None and a.due == b.due


def _copied(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Claims that stand in the same words as an earlier sentence, about which no judge need be asked."""
    first: dict[tuple[str, str, bool], int] = {}
    for number, claim in enumerate(claims):
        words = claim.predicate, " ".join(claim.passage.text.split()), claim.expectation.negated
        other = first.setdefault(words, number)
        if _place(claims[other]) != _place(claim):
            yield number, other


def _days_agree(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return True
    # compared as distances: the calendar's first and last days have none beyond them
    return a.start - b.end <= _SLACK and b.start - a.end <= _SLACK
