"""Days as people and programs write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import BadDate
from dateline.sources.dates import AmbiguousDate, find_days, guess_order, is_date_line, parse_published

DAY = date(2023, 8, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2023-08-04", "2023/08/04", "2023.8.4", "20230804", 20230804, "4 August 2023", "4. August 2023", "4th of August, 2023",
        "Aug 4, 2023", "August 4 2023", "Friday, 4 August 2023", "Friday, August 4, 2023", "4-Aug-23", "04.08.2023", "4 août 2023",
        "4 de agosto de 2023", "2023年8月4日", "Published: 4 August 2023", "4 Aug. 2023",
    ],
)  # fmt: skip
def test_a_day_is_read(written: object) -> None:
    assert parse_published(written, "x") == DAY


@pytest.mark.parametrize(
    ("written", "hour", "minute", "offset"),
    [
        ("2023-08-04T07:30:00Z", 7, 30, 0),
        ("2023-08-04T07:30:00.123Z", 7, 30, 0),
        ("2023-08-04T07:30:00+0000", 7, 30, 0),
        ("2023-08-04 07:30:00 UTC", 7, 30, 0),
        ("2023-08-04T23:30:00-05:00", 23, 30, -300),
        ("20230804T073000Z", 7, 30, 0),
        ("Fri, 04 Aug 2023 07:30:00 +0200", 7, 30, 120),
        ("Fri, Aug 4 2023 07:30:00 EDT", 7, 30, -240),
        ("Fri Aug 04 07:30:00 +0000 2023", 7, 30, 0),
        ("Fri Aug 04 2023 07:30:21 GMT+0100", 7, 30, 60),
        ("August 4, 2023 9:15 pm EST", 21, 15, -300),
        ("9:15 PM EST, August 4, 2023", 21, 15, -300),
        ("Fri 4 Aug 2023 21.15 BST", 21, 15, 60),
        ({"$date": "2023-08-04T07:30:00Z"}, 7, 30, 0),
        (1691134200, 7, 30, 0),
        ("1691134200", 7, 30, 0),
        (1691134200000, 7, 30, 0),
        ({"$date": {"$numberLong": 1691134200000}}, 7, 30, 0),
    ],
)
def test_a_moment_keeps_its_own_day_and_zone(written: object, hour: int, minute: int, offset: int) -> None:
    found = parse_published(written, "x")
    assert isinstance(found, datetime)
    assert (found.date(), found.hour, found.minute) == (DAY, hour, minute)
    assert found.utcoffset() == timedelta(minutes=offset)


@given(st.integers(100_000_000, 4_099_999_999), st.sampled_from([1, 10**3, 10**6, 10**9]))
def test_a_moment_may_be_counted_in_four_units(seconds: int, unit: int) -> None:
    found = parse_published(seconds * unit, "x")
    assert isinstance(found, datetime)
    assert abs(found.timestamp() - seconds) < 0.001


@given(st.integers(2101_12_31, 10**40))
def test_no_other_number_is_a_moment(number: int) -> None:
    try:
        found = parse_published(number, "x")
    except BadDate:
        return
    if isinstance(found, datetime) and found.tzinfo is not None:
        assert any(abs(found.timestamp() * unit / number - 1) < 1e-9 for unit in (1, 10**3, 10**6, 10**9))


def test_a_moment_without_a_zone_has_none() -> None:
    assert parse_published("4 Aug 2023 09:15", "x") == datetime(2023, 8, 4, 9, 15)
    assert parse_published("20230804091500", "x") == datetime(2023, 8, 4, 9, 15)


@pytest.mark.parametrize(
    "written",
    [
        "2023",
        "2023-08",
        "August 2023",
        2023,
        8,
        None,
        "",
        True,
        "three hours ago",
        "not a date",
        10**30,
        10**21,
        1691134200 * 10**12,
        str(1691134200 * 10**12),
        -1691134200,
        10**400,
        float("nan"),
        float("inf"),
        -float("inf"),
        [],
        {},
    ],
)
def test_what_is_no_day_is_none(written: object) -> None:
    assert parse_published(written, "x") is None


@pytest.mark.parametrize("written", ["2023-02-30", "31/11/2023", "2023-13-01", "32 August 2023"])
def test_a_day_that_does_not_exist_is_quoted(written: str) -> None:
    with pytest.raises(BadDate, match="a.txt.*" + written.replace("/", ".")):
        parse_published(written, "a.txt")


def test_a_day_that_may_be_two_is_refused_until_its_order_is_told() -> None:
    with pytest.raises(AmbiguousDate, match=r"'4/8/2023' may be 2023-08-04 or 2023-04-08.*--date-order"):
        parse_published("4/8/2023", "a.csv#2")
    assert parse_published("4/8/2023", "x", "dmy") == DAY
    assert parse_published("8/4/23", "x", "mdy") == DAY
    assert parse_published("25/12/2023", "x") == date(2023, 12, 25)
    assert parse_published("5/5/2023", "x") == date(2023, 5, 5)


def test_one_day_tells_the_order_of_its_column() -> None:
    assert guess_order(["4/8/2023", "25/12/2023"]) == "dmy"
    assert guess_order(["4/8/2023", "12-25-2023"]) == "mdy"
    assert guess_order(["4/8/2023"]) is None
    assert guess_order(["25/12/2023", "12/25/2023"]) is None
    assert guess_order([None, 4, "x"]) is None


def test_days_in_a_text_are_found_with_their_hours() -> None:
    text = "By Ada Moss | Fri 4 Aug 2023 14.05 BST, first seen 2 August 2023"
    first, second = find_days(text)
    assert first.value == datetime(2023, 8, 4, 14, 5, tzinfo=timezone(timedelta(hours=1)))
    assert second.value == date(2023, 8, 2)
    assert list(find_days("version 1.2.2023.4, 3 of 2024 people, 1-800-555-0199")) == []


def test_a_line_that_is_nothing_but_a_date() -> None:
    assert is_date_line("4 August 2023")
    assert not is_date_line("The vote of 4 August 2023")


@given(
    st.text(max_size=60)
    | st.integers()
    | st.floats()
    | st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=2)
)
def test_anything_is_a_day_none_or_a_fault_that_is_told(value: object) -> None:
    try:
        found = parse_published(value, "x")
    except BadDate:
        return
    assert found is None or isinstance(found, date)


@given(st.datetimes(min_value=datetime(1500, 1, 1), max_value=datetime(2199, 12, 31)))
def test_what_python_writes_is_read(moment: datetime) -> None:
    assert parse_published(moment.isoformat(), "x") == moment
    assert parse_published(moment.date().isoformat(), "x") == moment.date()
    assert parse_published(moment.replace(tzinfo=UTC).isoformat(), "x") == moment.replace(tzinfo=UTC)
