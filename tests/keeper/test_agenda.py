"""What an editor has before him on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline.keeper import agenda, briefing
from dateline.records import (
    Disagreement,
    DisagreementValue,
    Evidence,
    ExpectationSource,
    Interval,
    LedgerEntry,
    Outcome,
    Span,
    Status,
    StorySummary,
    TimelineEntry,
)

DAY = date(2024, 3, 15)


def passage(day: date = DAY) -> Evidence:
    return Evidence("a", "a.txt", Span(0, 5), "words", day)


def expected(key: str, status: Status, due: int | None, length: int = 0) -> LedgerEntry:
    """Due so many days from DAY on, over a window that began `length` days before."""
    end = None if due is None else DAY + timedelta(days=due)
    window = Interval(end - timedelta(days=length), end) if end else None
    source = ExpectationSource(passage(), None, window, status)
    return LedgerEntry(key, "s", f"{key} will be", None, window, "expected", (source,), Outcome(status))


LEDGER = [
    expected("late", "open", 200),
    expected("soon", "open", 3),
    expected("wide", "open", 3, 60),
    expected("today", "open", 0),
    expected("eighth", "open", 7),
    expected("month", "open", 30),
    expected("undated", "open", None),
    expected("yesterday", "overdue", -1),
    expected("last-week", "overdue", -7),
    expected("long-ago", "overdue", -8),
    expected("met", "met", -1),
    expected("missed", "missed", 2),
]


def test_the_week_begins_with_the_day_and_narrow_windows_come_first() -> None:
    found = agenda.of_day(LEDGER, DAY)
    assert [x.id for x in found.due] == ["today", "soon", "wide"]
    assert [x.id for x in found.unreported] == ["yesterday", "last-week"]


def test_sections_hold_everything_once_in_their_order() -> None:
    found = agenda.sections(LEDGER, DAY)
    assert [(name, [x.id for x in rows]) for name, rows in found] == [
        ("no report found", ["yesterday", "last-week", "long-ago"]),
        ("due this week", ["today", "wide", "soon"]),
        ("due this month", ["eighth", "month"]),
        ("due later", ["late"]),
        ("no day given", ["undated"]),
        ("settled", ["missed", "met"]),
    ]
    assert [name for name, _ in agenda.sections(LEDGER[:1], DAY)] == ["due later"]


def test_the_ends_of_the_calendar_are_days() -> None:
    for day in (date.min, date.max):
        agenda.of_day(LEDGER, day)
        assert sum(len(rows) for _, rows in agenda.sections(LEDGER, day)) == len(LEDGER)


def test_a_lead_has_at_most_five_lines() -> None:
    days = [DAY - timedelta(days=n) for n in range(9, 0, -1)]
    entries = [
        TimelineEntry("s", Interval(d, d), f"thing {n}", "actual", n / 10, (passage(d),))
        for n, d in enumerate(days)
    ]
    values = (DisagreementValue("3", passage()), DisagreementValue("5", passage()))
    disputed = [Disagreement("s", "How many?", DAY, values)]
    page = briefing.make(StorySummary("s", "t", days[0], DAY, ()), DAY, DAY, entries, LEDGER, disputed)
    told = briefing.lead(page)
    assert [(n.kind, n.text) for n in told] == [
        *(("happened", f"thing {n}") for n in (6, 7, 8)),
        ("expected", "today will be"),
        ("disputed", "How many? 3; 5"),
    ]
    assert all(n.sources for n in told)
    undisputed = briefing.lead(replace(page, disputed=()))
    assert [n.kind for n in undisputed[3:]] == ["expected", "overdue"]
    assert briefing.lead(replace(page, happened=(), expected=(), unreported=(), disputed=())) == ()
