"""Which rows of a listing are asked for: by their days, by what is new, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from dateline.records import (
    Affair,
    Disagreement,
    Evidence,
    LedgerEntry,
    SearchHit,
    StoryStatement,
    StorySummary,
    TimelineEntry,
)

Row = TypeVar(
    "Row", StorySummary, Affair, TimelineEntry, LedgerEntry, StoryStatement, Disagreement, SearchHit
)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows whose days touch [after, before], that brought something new on `since` or later, `limit` of them at the most.

    The days of a row are those that it tells of: of a timeline's entry its own, of an expectation those on which it is due, of a
    disagreement the day of its fact, of a statement or a found article that of publication, of a story all from its first
    article to its last. A row without days is not among those of any. Of a timeline the weightiest are kept, of all else the first.
    """

    after: date | None = None
    before: date | None = None
    since: date | None = None
    limit: int | None = None

    def of(self, rows: Iterable[Row], as_of: date | None = None) -> list[Row]:
        """The rows that are asked for, in their order. `as_of` is the day of the view, on which expectations fall overdue."""
        chosen = [r for r in rows if self._of_days(days_of(r)) and self._is_new(r, as_of)]
        if self.limit is None or len(chosen) <= self.limit:
            return chosen
        return _weightiest(chosen, self.limit)

    def _of_days(self, days: Days | None) -> bool:
        if self.after is None and self.before is None:
            return True
        if days is None:
            return False
        return (self.after is None or days[1] >= self.after) and (
            self.before is None or days[0] <= self.before
        )

    def _is_new(self, row: Row, as_of: date | None) -> bool:
        return self.since is None or any(day >= self.since for day in news_of(row, as_of))


def days_of(row: object) -> Days | None:
    """The first and the last day that a row tells of, None where it names none."""
    match row:
        case StorySummary() | Affair():
            return row.first, row.last
        case TimelineEntry():
            return row.interval.start, row.interval.end
        case LedgerEntry():
            return (row.due.start, row.due.end) if row.due else None
        case Disagreement():
            day = row.day or max(v.evidence.published for v in row.values)
            return day, day
        case StoryStatement() | SearchHit():
            return row.evidence.published, row.evidence.published
    raise TypeError(f"{type(row).__name__} is no row of a listing")


def news_of(row: object, as_of: date | None = None) -> list[date]:
    """The days on which there was something new to know of a row.

    A story has a new report; a timeline's entry is told for the first time; an expectation is voiced, or settled, or falls
    overdue; a disagreement gets another value.
    """
    match row:
        case StorySummary():
            return [m.published for m in row.members]
        case Affair():
            return [row.last]
        case TimelineEntry():
            return _first(row.sources)
        case LedgerEntry():
            news = _first([s.evidence for s in row.sources])
            if row.outcome.evidence:
                news.append(row.outcome.evidence.published)
            elif row.outcome.status == "overdue" and row.due and row.due.end < date.max:
                news.append(row.due.end + timedelta(days=1))
            return [day for day in news if as_of is None or day <= as_of]
        case Disagreement():
            return [v.evidence.published for v in row.values]
        case StoryStatement() | SearchHit():
            return [row.evidence.published]
    raise TypeError(f"{type(row).__name__} is no row of a listing")


def _first(evidence: Sequence[Evidence]) -> list[date]:
    return [min(e.published for e in evidence)] if evidence else []


def _weightiest(rows: list[Row], limit: int) -> list[Row]:
    places = sorted(range(len(rows)), key=lambda i: (-_weight(rows[i]), i))[:limit]
    return [rows[i] for i in sorted(places)]


def _weight(row: object) -> float:
    return row.weight if isinstance(row, TimelineEntry) else 0.0
