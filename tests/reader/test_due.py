"""The days in which an expectation falls due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader import due
from dateline.records import Interval, Span, TimeExpression

PUBLISHED = date(2024, 5, 8)  # a Wednesday


def days(window: Interval | None) -> tuple[str, str] | None:
    return (window.start.isoformat(), window.end.isoformat()) if window else None


def time(text: str, value: str, first: str | None = None, last: str | None = None, granularity: str = "day", **more: str) -> TimeExpression:  # fmt: skip
    interval = (
        Interval(date.fromisoformat(first), date.fromisoformat(last or first), granularity) if first else None  # type: ignore[arg-type]
    )
    kind = more.get("kind") or ("DURATION" if value.startswith("P") and interval is None else "DATE")
    return TimeExpression(Span(0, len(text)), text, kind, value, more.get("mod"), interval)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "before", "first", "last"),
    [
        (time("Friday", "2024-05-10", "2024-05-10"), "by", "2024-05-08", "2024-05-10"),
        (time("Friday", "2024-05-10", "2024-05-10"), "on", "2024-05-10", "2024-05-10"),
        (time("six weeks", "P6W"), "within", "2024-05-08", "2024-06-19"),
        (time("a fortnight", "P2W"), "in", "2024-05-22", "2024-05-22"),
        (time("days", "PXD"), "within", "2024-05-08", "2024-05-15"),
        (time("90 days", "P90D"), "within", "2024-05-08", "2024-08-06"),
        (time("a month", "P1M"), "within", "2024-05-08", "2024-06-08"),
        (time("48 hours", "PT48H"), "within", "2024-05-08", "2024-05-10"),
        (time("early June", "2024-06", "2024-06-01", "2024-06-10", "span", mod="START"), "in", "2024-06-01", "2024-06-10"),
        (time("late June", "2024-06", "2024-06-21", "2024-06-30", "span", mod="END"), "in", "2024-06-21", "2024-06-30"),
        (time("the end of June", "2024-06", "2024-06-30", mod="END"), "at", "2024-06-21", "2024-06-30"),
        (time("the end of June", "2024-06", "2024-06-30", mod="END"), "by", "2024-05-08", "2024-06-30"),
        (time("mid-June", "2024-06", "2024-06-11", "2024-06-20", "span", mod="MID"), "by", "2024-05-08", "2024-06-15"),
        (time("mid-June", "2024-06", "2024-06-11", "2024-06-20", "span", mod="MID"), "in", "2024-06-11", "2024-06-20"),
        (time("this week", "2024-W19", "2024-05-06", "2024-05-12", "week"), "", "2024-05-08", "2024-05-12"),
        (time("the second quarter", "2024-Q2", "2024-04-01", "2024-06-30", "quarter"), "in", "2024-04-01", "2024-06-30"),
        (time("2024", "2024", "2024-01-01", "2024-12-31", "year"), "in", "2024-01-01", "2024-12-31"),
        (time("this year", "2024", "2024-01-01", "2024-12-31", "year"), "", "2024-05-08", "2024-12-31"),
        (time("June", "2024-06", "2024-06-01", "2024-06-30", "month"), "through", "2024-05-08", "2024-06-30"),
        (time("1 June", "2024-06-01", "2024-06-01"), "until", "2024-05-08", "2024-06-01"),
        (time("next week", "2024-W20", "2024-05-13", "2024-05-19", "week"), "", "2024-05-13", "2024-05-19"),
        (time("early next week", "2024-W20", "2024-05-13", "2024-05-15", "span", mod="START"), "", "2024-05-13", "2024-05-15"),
        (time("late next week", "2024-W20", "2024-05-16", "2024-05-19", "span", mod="END"), "", "2024-05-16", "2024-05-19"),
        (time("Monday", "2024-05-06", "2024-05-06"), "on", "2024-05-13", "2024-05-13"),
        (time("coming days", "FUTURE_REF"), "in", "2024-05-08", "2024-05-15"),
        (time("six months from now", "P6M"), "", "2024-11-08", "2024-11-08"),
        (time("mid-2025", "2025", "2025-05-01", "2025-08-31", "year", mod="MID"), "by", "2024-05-08", "2025-06-30"),
        (time("later this week", "2024-W19", "2024-05-10", "2024-05-12", "week", mod="END"), "", "2024-05-09", "2024-05-12"),
        (time("later this month", "2024-05", "2024-05-21", "2024-05-31", "month", mod="END"), "", "2024-05-09", "2024-05-31"),
        (time("the next month", "2024-06", "2024-06-01", "2024-06-30", "month"), "over", "2024-05-08", "2024-06-08"),
        (time("the coming fortnight", "2024-W21", "2024-05-20", "2024-05-26", "week"), "in", "2024-05-08", "2024-05-22"),
        (time("the next month", "2024-06", "2024-06-01", "2024-06-30", "month"), "by", "2024-05-08", "2024-06-30"),
        (time("later this autumn", "2024-FA", "2024-09-01", "2024-11-30", "season"), "", "2024-09-01", "2024-11-30"),
        (time("later in the month", "2024-05", "2024-05-21", "2024-05-31", "month", mod="END"), "", "2024-05-09", "2024-05-31"),
        (time("later this year", "2024", "2024-09-01", "2024-12-31", "year", mod="END"), "", "2024-05-09", "2024-12-31"),
        (time("later Sunday", "2024-05-05", "2024-05-05", mod="END"), "", "2024-05-12", "2024-05-12"),
        (time("the next three and a half years", "P3Y6M"), "over", "2024-05-08", "2027-11-08"),
        (time("the next ten years", "P10Y"), "for", "2024-05-08", "2034-05-08"),
        (time("new year", "2025-01-01", "2025-01-01"), "in", "2025-01-01", "2025-12-31"),
        (time("the next two months", "P2M"), "", "2024-05-08", "2024-07-08"),
        (time("less than two weeks", "P2W", mod="LESS_THAN"), "in", "2024-05-08", "2024-05-22"),
        (time("early 2024", "2024", "2024-01-01", "2024-08-31", "year", mod="START"), "in", "2024-05-08", "2024-08-31"),
    ],
)  # fmt: skip
def test_due_windows(expression: TimeExpression, before: str, first: str, last: str) -> None:
    assert days(due.window(expression, before, PUBLISHED)) == (first, last)


@pytest.mark.parametrize(
    ("words", "before", "first"),
    [
        ("this week", "", "2024-05-12"),
        ("later this week", "", "2024-05-13"),
        ("later in the week", "until", "2024-05-13"),
    ],
)
def test_on_a_sunday_the_week_is_the_one_that_begins(words: str, before: str, first: str) -> None:
    week = time(words, "2024-W19", "2024-05-06", "2024-05-12", "week")
    assert days(due.window(week, before, date(2024, 5, 12))) == (first, "2024-05-19")


def test_the_new_year_is_the_one_that_has_just_begun() -> None:
    new_year = time("the new year", "2025-01-01", "2025-01-01")
    assert days(due.window(new_year, "in", date(2024, 1, 9))) == ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("expression", "before"),
    [
        (time("March", "2024-03", "2024-03-01", "2024-03-31", "month"), "in"),
        (time("March", "2024-03", "2024-03-01", "2024-03-31", "month"), "by"),
        (time("years", "PXY"), "within"),
        (time("a few months", "PXM", "2024-05-08", "2024-08-08", "span", kind="DURATION"), "within"),
        (time("two weeks", "P2W"), "for"),
        (time("every Friday", "XXXX-WXX-5", "2024-05-10", "2024-05-10", kind="SET"), ""),
        (time("one day", "FUTURE_REF"), ""),
    ],
)
def test_what_is_over_is_not_due_and_what_cannot_be_counted_is_unknown(
    expression: TimeExpression, before: str
) -> None:
    assert due.window(expression, before, PUBLISHED) is None


def test_what_was_due_when_it_was_told_keeps_its_days() -> None:
    march = time("March", "2024-03", "2024-03-01", "2024-03-31", "month")
    assert days(due.window(march, "in", PUBLISHED, past=True)) == ("2024-03-01", "2024-03-31")


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 31), 12, date(2025, 1, 31)),
        (date(2024, 1, 31), -2, date(2023, 11, 30)),
        (date(9999, 12, 1), 1, date.max),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_months_end_on_their_last_day(day: date, months: int, there: date) -> None:
    assert due.add_months(day, months) == there


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("before", ["", "on", "by"])
@pytest.mark.parametrize("anchor", [date.min, date(9999, 12, 30), date.max])
def test_a_weekday_at_the_edge_of_the_calendar_is_taken(anchor: date, before: str, past: bool) -> None:
    monday = date(9999, 12, 27) if anchor.year > 1 else date(1, 1, 1)
    window = due.window(time("Monday", monday.isoformat(), monday.isoformat()), before, anchor, past=past)
    assert window is None or window.start <= window.end


@given(
    st.sampled_from(["P6W", "PXD", "PT48H", "P1Y", "P0.5Y", "P3DE", "P1Q", "P2WE", "P99999Y", "PTXM"]),
    st.sampled_from(["", "by", "in", "within", "for", "over"]),
    st.dates(),
)
def test_a_length_of_time_ends_no_sooner_than_it_begins(value: str, before: str, anchor: date) -> None:
    window = due.window(time("a while", value), before, anchor)
    assert window is None or anchor <= window.start <= window.end


@pytest.mark.parametrize(
    ("words", "value", "ends", "granularity", "expected"),
    [
        ("later in the week", "2024-W19", "2024-05-12", "week", ("2024-05-13", "2024-05-19")),
        ("later this month", "2024-05", "2024-05-31", "month", ("2024-05-31", "2024-05-31")),
        ("later this year", "2024", "2024-12-31", "year", ("2024-12-31", "2024-12-31")),
    ],
)
def test_later_on_the_last_day_of_a_time_is_of_the_week_that_begins_or_of_that_day(
    words: str, value: str, ends: str, granularity: str, expected: tuple[str, str]
) -> None:
    expression = time(words, value, ends, ends, granularity, mod="END")
    assert days(due.window(expression, "", date.fromisoformat(ends))) == expected
