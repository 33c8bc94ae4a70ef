"""TIMEX3 values and the days they cover."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.calendar.almanac import (
    covered,
    month_interval,
    narrowed,
    season_at,
    shift,
    shift_months,
    value_at,
    weekday_near,
)

DAYS = st.dates(date(2, 1, 1), date(9990, 12, 31))


@pytest.mark.parametrize(
    ("value", "start", "end", "granularity"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05", "day"),
        ("2024-03-05T14:30", "2024-03-05", "2024-03-05", "time"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024-W10", "2024-03-04", "2024-03-10", "week"),
        ("2024-W10-WE", "2024-03-09", "2024-03-10", "weekend"),
        ("2020-W53", "2020-12-28", "2021-01-03", "week"),
        ("2024-Q1", "2024-01-01", "2024-03-31", "quarter"),
        ("2024-H2", "2024-07-01", "2024-12-31", "half"),
        ("2023-WI", "2023-12-01", "2024-02-29", "season"),
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("202", "2020-01-01", "2029-12-31", "decade"),
        ("19", "1900-01-01", "1999-12-31", "century"),
        ("00", "0001-01-01", "0099-12-31", "century"),
    ],
)
def test_a_value_covers_its_days(value: str, start: str, end: str, granularity: str) -> None:
    found = covered(value)
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat(), found.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    "value",
    ["2024-02-30", "2023-W53", "2024-H3", "0000", "9999-WI", "XXXX-03-05", "P2W", "FUTURE_REF", "٢٠٢٤", ""],
)
def test_what_the_calendar_does_not_have_covers_nothing(value: str) -> None:
    assert covered(value) is None


@given(DAYS, st.sampled_from(["D", "W", "M", "Q", "H", "SE", "Y", "DE", "CE"]))
def test_the_unit_of_a_day_covers_it(day: date, unit: str) -> None:
    found = covered(value_at(day, unit))
    assert found is not None
    assert found.start <= day <= found.end


@given(DAYS, st.integers(1, 7), st.sampled_from([-1, 1]), st.booleans())
def test_the_nearest_weekday_lies_that_way_within_a_week(
    day: date, weekday: int, direction: int, same: bool
) -> None:
    found = weekday_near(day, weekday, direction, same=same)
    assert found.isoweekday() == weekday
    away = (found - day).days * direction
    assert (0 if same else 1) <= away <= (6 if same else 7)


@given(DAYS, st.integers(-300, 300))
def test_months_move_to_that_month_and_stay_inside_it(day: date, months: int) -> None:
    if not 1 <= day.year + months // 12 <= 9990:
        return
    found = shift_months(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == min(day.day, month_interval(found.year, found.month).end.day)


@pytest.mark.parametrize(
    ("unit", "count", "to"),
    [
        ("D", -5, "2024-02-29"),
        ("2W", 1, "2024-03-19"),
        ("Y", -1, "2023-03-05"),
        ("DE", 1, "2034-03-05"),
        ("TH", 30, "2024-03-06"),
        ("TM", -90, "2024-03-05"),
        ("TH", -24, "2024-03-04"),
    ],
)
def test_a_day_is_moved_by_units(unit: str, count: int, to: str) -> None:
    assert shift(date(2024, 3, 5), unit, count) == date.fromisoformat(to)


def test_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises((ValueError, OverflowError)):
        shift(date(9999, 12, 31), "D", 1)
    with pytest.raises((ValueError, OverflowError)):
        shift(date(1, 1, 1), "CE", -1)


def test_the_winter_goes_by_the_year_in_which_it_began() -> None:
    assert [season_at(date(2024, m, 15)) for m in (2, 3, 8, 11, 12)] == [
        "2023-WI",
        "2024-SP",
        "2024-SU",
        "2024-FA",
        "2024-WI",
    ]


@pytest.mark.parametrize(
    ("value", "mod", "start", "end"),
    [
        ("2024-03", "START", "2024-03-01", "2024-03-10"),
        ("2024-02", "END", "2024-02-21", "2024-02-29"),
        ("2024-W10", "MID", "2024-03-05", "2024-03-07"),
        ("2024", "MID", "2024-05-01", "2024-08-31"),
        ("202", "END", "2025-01-01", "2029-12-31"),
        ("2024-03-05", "START", "2024-03-05", "2024-03-05"),
        ("2024-03", None, "2024-03-01", "2024-03-31"),
    ],
)
def test_early_mid_and_late_leave_a_part(value: str, mod: str | None, start: str, end: str) -> None:
    whole = covered(value)
    assert whole is not None
    found = narrowed(whole, mod)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


@given(DAYS, st.sampled_from(["W", "M", "Q", "H", "Y", "DE", "CE"]), st.sampled_from(["START", "MID", "END"]))
def test_a_part_lies_within_the_whole(day: date, unit: str, mod: str) -> None:
    whole = covered(value_at(day, unit))
    assert whole is not None
    part = narrowed(whole, mod)
    assert whole.start <= part.start <= part.end <= whole.end
    assert part.end - part.start < whole.end - whole.start
    assert (part.start == whole.start) is (mod == "START")
    assert (part.end == whole.end) is (mod == "END")
    assert timedelta(0) <= part.end - part.start
