"""One row an expectation: claims that expect the same are joined, and one with a new day replaces the one before."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.keeper.ledger.claims import Claim
from dateline.keeper.ledger.sameness import days_agree
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import SentenceVerdict
from dateline.records import Interval


@dataclass(eq=False)
class Row:
    """An expectation: its claims in the order of the reports with their numbers, `older` rows of what may be the same on other days, and the row
    whose day it replaces."""

    older: tuple[Row, ...] = ()
    claims: list[Claim] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    revises: Row | None = None
    revised_by: list[Row] = field(default_factory=list)
    told: list[SentenceVerdict] = field(default_factory=list)

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


def parted(claims: Sequence[Claim], groups: Sequence[int]) -> list[Row]:
    """The rows, in the order in which they were first voiced; `groups` as of `sameness.grouped`.

    Claims that are likely to expect one thing are one row where their days agree.
    """
    rows_of: defaultdict[int, list[Row]] = defaultdict(list)
    rows: list[Row] = []
    for number, claim in enumerate(claims):
        mine = rows_of[groups[number]]
        row = next((r for r in reversed(mine) if days_agree(r.due, claim.due)), None)
        if row is None:
            row = Row(older=tuple(mine))
            mine.append(row)
            rows.append(row)
        row.claims.append(claim)
        row.numbers.append(number)
    return rows


def joined(rows: Sequence[Row], told: Mapping[int, Sequence[SentenceVerdict]]) -> Sequence[Row]:
    """The rows of `parted` with what is told of their claims, by the claims' numbers.

    One with other days replaces the one before where the judge says so of its sentence.
    """
    again = _expected_again(told)
    for row in rows:
        row.told += [verdict for number in row.numbers for verdict in told.get(number, ())]
        row.revises = _replaced(row, again)
        if row.revises is not None:
            row.revises.revised_by.append(row)
    return rows


def _expected_again(told: Mapping[int, Sequence[SentenceVerdict]]) -> set[tuple[int, tuple[str, int]]]:
    """Claims, by object, with the sentences that expect them once more or give them another day, by the judge."""
    return {
        (id(t.claim), (t.passage.filed.article.id, t.passage.number))
        for found in told.values()
        for t in found
        if t.chances["again"] + t.chances["moved"] >= settings().again
    }


def _replaced(row: Row, again: set[tuple[int, tuple[str, int]]]) -> Row | None:
    """The row that one with other days replaces: the last that has been voiced of those that its first sentence is about."""
    first = row.claims[0].passage.place
    about = [r for r in row.older if any((id(c), first) in again for c in r.claims)]
    return list(about[-1].chain())[-1] if about else None
