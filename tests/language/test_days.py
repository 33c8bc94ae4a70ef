"""Days in words, and counted within the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dateline.language.days import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS, moved


def test_months_and_weekdays_are_those_of_the_calendar() -> None:
    days = [date(2024, month, 1) for month in range(1, 13)]
    assert [f"{d:%B}" for d in days] == list(MONTHS)
    assert [f"{d:%b}" for d in days] == list(SHORT_MONTHS)
    week = [date(2024, 1, day) for day in range(1, 8)]
    assert [f"{d:%A}" for d in week] == list(WEEKDAYS)
    assert [f"{d:%a}" for d in week] == list(SHORT_WEEKDAYS)


@given(st.dates(), st.integers(-(10**7), 10**7))
def test_days_are_counted_up_to_the_ends_of_the_calendar(day: date, days: int) -> None:
    try:
        expected = day + timedelta(days=days)
    except OverflowError:
        expected = date.max if days > 0 else date.min
    assert moved(day, days) == expected
