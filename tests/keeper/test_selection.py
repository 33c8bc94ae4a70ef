"""Which rows are asked for by day, by what is new, and how many; and the page that is made of them."""

from __future__ import annotations

from datetime import date

from dateline.keeper import briefing
from dateline.keeper.selection import Selection
from dateline.records import (
    Disagreement,
    DisagreementValue,
    Evidence,
    ExpectationSource,
    Interval,
    LedgerEntry,
    Member,
    Outcome,
    Span,
    StorySummary,
    TimelineEntry,
)


def day(number: int) -> date:
    return date(2024, 3, number)


def told(number: int, text: str = "Said.") -> Evidence:
    return Evidence(f"a{number}", f"{number}.txt", Span(0, len(text)), text, day(number))


def entry(first: int, last: int, on: int, weight: float = 0.5, text: str = "It rained.") -> TimelineEntry:
    return TimelineEntry(
        "s1", Interval(day(first), day(last), "day"), text, "actual", weight, (told(on, text),)
    )


def expected(voiced: int, due: int | None, outcome: Outcome) -> LedgerEntry:
    interval = Interval(day(due), day(due), "day") if due else None
    source = ExpectationSource(told(voiced), None, interval, outcome.status)
    return LedgerEntry("x1", "s1", "rain falls", None, interval, "expected", (source,), outcome)


OPEN = Outcome("open")


def test_rows_touch_the_days_asked_for() -> None:
    rows = [entry(1, 3, 3), entry(5, 5, 5), entry(4, 9, 9)]
    assert Selection(after=day(4)).of(rows) == rows[1:]
    assert Selection(before=day(4)).of(rows) == [rows[0], rows[2]]
    assert Selection(after=day(4), before=day(4)).of(rows) == [rows[2]]


def test_what_has_no_day_is_not_among_those_of_any() -> None:
    undated = expected(2, None, OPEN)
    assert Selection(after=day(1)).of([undated]) == []
    assert Selection().of([undated]) == [undated]


def test_new_is_what_is_first_told_settled_or_fallen_due() -> None:
    old = entry(1, 1, 2)
    assert Selection(since=day(3)).of([old, entry(1, 1, 3)]) == [entry(1, 1, 3)]
    met = expected(2, 6, Outcome("met", told(7)))
    overdue = expected(2, 6, Outcome("overdue"))
    assert Selection(since=day(7)).of([met, overdue, expected(2, 9, OPEN)], day(8)) == [met, overdue]
    assert Selection(since=day(8)).of([met, overdue], day(8)) == []
    values = tuple(DisagreementValue(str(n), told(n)) for n in (2, 4))
    dispute = Disagreement("s1", "How many?", day(2), values)
    assert Selection(since=day(4)).of([dispute]) == [dispute]
    assert Selection(since=day(5)).of([dispute]) == []


def test_a_limit_keeps_the_weightiest_of_a_timeline_in_order() -> None:
    rows = [entry(1, 1, 1, 0.2), entry(2, 2, 2, 0.9), entry(3, 3, 3, 0.4)]
    assert Selection(limit=2).of(rows) == rows[1:]
    assert Selection(limit=1).of([expected(2, 4, OPEN), expected(1, 3, OPEN)]) == [expected(2, 4, OPEN)]


def test_the_page_says_each_thing_once() -> None:
    story = StorySummary("s1", "Rain", day(1), day(8), (Member("a1", "1.txt", day(1)),))
    ledger = [
        expected(2, 9, OPEN),
        expected(2, 4, OPEN),
        expected(2, 6, Outcome("met", told(7, "It came."))),
        expected(3, 5, Outcome("overdue")),
    ]
    timeline = [
        entry(1, 1, 1, 0.3, "It rained."),
        entry(2, 2, 2, 0.8, "It rained."),
        entry(7, 7, 7, text="It came."),
        entry(8, 8, 8, text="It stopped."),
    ]
    page = briefing.make(story, day(8), day(7), timeline, ledger, [])
    assert [e.interval.start for e in page.happened] == [day(2), day(7), day(8)]
    assert [x.due.start for x in page.expected if x.due] == [day(4), day(9)]
    assert [x.outcome.status for x in page.unreported] == ["overdue"]
    # "It came." tells an outcome, which is said once
    assert [(n.kind, n.day) for n in page.new] == [("happened", day(8)), ("met", day(7))]
