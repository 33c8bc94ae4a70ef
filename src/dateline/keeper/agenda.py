"""What an editor has before him on a day: what is due, what nobody has told of, and what is further off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.language.days import moved
from dateline.records import LedgerEntry

Section = Literal[
    "no report found", "due this week", "due this month", "due later", "no day given", "settled"
]
SECTIONS: tuple[Section, ...] = (
    "no report found",
    "due this week",
    "due this month",
    "due later",
    "no day given",
    "settled",
)
_WEEK, _MONTH = 6, 30
_FRESH = 7
"""Days for which it is news that no report was found."""
_LATEST_FIRST: frozenset[Section] = frozenset(["no report found", "settled"])


@dataclass(frozen=True, slots=True)
class Agenda:
    """Of a day: what is open and due within the week that begins with it, the next first and the narrowest window of a day before wider ones; and what fell due in the week before without a
    report that tells of it, the latest first."""

    due: tuple[LedgerEntry, ...]
    unreported: tuple[LedgerEntry, ...]


def of_day(entries: Iterable[LedgerEntry], day: date) -> Agenda:
    """The agenda of `day` from a ledger as of that day."""
    due, unreported = [], []
    for x in entries:
        if x.due is None:
            continue
        if x.outcome.status == "open" and day <= x.due.end <= moved(day, _WEEK):
            due.append(x)
        elif x.outcome.status == "overdue" and moved(day, -_FRESH) <= x.due.end < day:
            unreported.append(x)
    due.sort(key=lambda x: (*_order(x)[:1], -_order(x)[1].toordinal(), x.id))
    return Agenda(tuple(due), tuple(sorted(unreported, key=_order, reverse=True)))


def sections(entries: Iterable[LedgerEntry], day: date) -> list[tuple[Section, Sequence[LedgerEntry]]]:
    """A ledger as of `day` in sections, those that hold nothing left out; what is still to come by its due day, the rest the latest first."""
    found: dict[Section, list[LedgerEntry]] = {name: [] for name in SECTIONS}
    for x in entries:
        found[section_of(x, day)].append(x)
    for name, rows in found.items():
        rows.sort(key=_order, reverse=name in _LATEST_FIRST)
    return [(name, rows) for name, rows in found.items() if rows]


def section_of(entry: LedgerEntry, day: date) -> Section:
    """Where an expectation stands on `day`."""
    if entry.outcome.status == "overdue":
        return "no report found"
    if entry.outcome.status != "open":
        return "settled"
    if entry.due is None:
        return "no day given"
    if entry.due.end <= moved(day, _WEEK):
        return "due this week"
    return "due this month" if entry.due.end <= moved(day, _MONTH) else "due later"


def _order(entry: LedgerEntry) -> tuple[date, date, str]:
    due = entry.due
    return (due.end, due.start, entry.id) if due else (date.min, date.min, entry.id)
