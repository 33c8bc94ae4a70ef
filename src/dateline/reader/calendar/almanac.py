"""Arithmetic on the calendar: TIMEX3 values to the days they cover and back.

A value is ISO 8601 as TIMEX3 extends it: `2024`, `2024-03`, `2024-03-05`, `2024-W10`, `2024-W10-WE`, `2024-Q1`, `2024-H1`,
`2024-SP`, `202` (a decade), `20` (a century), and a day with `T14:30`, `TMO` and the like behind it.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from dateline.records import Granularity, Interval

UNIT_GRANULARITY: dict[str, Granularity] = {
    "TS": "time",
    "TM": "time",
    "TH": "time",
    "D": "day",
    "WE": "weekend",
    "W": "week",
    "2W": "week",
    "M": "month",
    "Q": "quarter",
    "SE": "season",
    "H": "half",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
"""The granularity of each unit of `words.toml`."""

CLOCK_UNITS = frozenset(["TS", "TM", "TH"])
"""Seconds, minutes and hours."""
PARTS = ("START", "MID", "END")
"""The modifiers that leave a part of an interval."""
LONG: frozenset[Granularity] = frozenset(["decade", "century"])
_SHORT: frozenset[Granularity] = frozenset(["time", "day", "weekend"])
_WEEKS = frozenset(["W", "2W", "WE"])
_CENTURIES = frozenset(["CE", "ML"])

SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which a season begins; a winter runs into the year after the one it is named for."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*)?\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(-WE)?\Z")
_PART = re.compile(r"(\d{4})-([QH])([1-4])\Z")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)\Z")


def covered(value: str) -> Interval | None:
    """The days that a TIMEX3 value covers, None where it names none that the calendar has (years 1-9999)."""
    try:
        return _covered(value)
    except (ValueError, OverflowError):
        return None


def _covered(value: str) -> Interval | None:
    if match := _DAY.match(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return Interval(day, day, "time" if match[4] else "day")
    if match := _MONTH.match(value):
        return month_interval(int(match[1]), int(match[2]))
    if match := _WEEK.match(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        if match[3]:
            return Interval(monday + timedelta(5), monday + timedelta(6), "weekend")
        return Interval(monday, monday + timedelta(6), "week")
    if match := _PART.match(value):
        year, number = int(match[1]), int(match[3])
        length = 3 if match[2] == "Q" else 6
        if number * length > 12:
            return None
        first = month_interval(year, (number - 1) * length + 1)
        return Interval(
            first.start, month_interval(year, number * length).end, "quarter" if length == 3 else "half"
        )
    if match := _SEASON.match(value):
        start = month_interval(int(match[1]), SEASON_START[match[2]]).start
        last = shift_months(start, 2)
        return Interval(start, month_interval(last.year, last.month).end, "season")
    if value.isdigit() and value.isascii() and len(value) in (2, 3, 4):
        width = 10 ** (4 - len(value))
        first_year = int(value) * width
        granularity: Granularity = "year" if width == 1 else "decade" if width == 10 else "century"
        return Interval(date(max(first_year, 1), 1, 1), date(first_year + width - 1, 12, 31), granularity)
    return None


def month_interval(year: int, month: int) -> Interval:
    """The days of a month. Raises ValueError outside years 1-9999."""
    return Interval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def shift_months(day: date, months: int) -> date:
    """`day` moved by whole months, kept inside the month it lands in. Raises ValueError outside years 1-9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(day: date, unit: str, count: int) -> date:
    """`day` moved by `count` units (letters as in `words.toml`; those of the clock move nothing under a day).

    Raises ValueError or OverflowError outside years 1-9999.
    """
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * count)
    if unit in _MONTHS:
        return shift_months(day, _MONTHS[unit] * count)
    hours = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[unit] * count
    return day + timedelta(days=int(hours // 24) if hours >= 0 else -int(-hours // 24))


_DAYS = {"D": 1, "W": 7, "WE": 7, "2W": 14}
_MONTHS = {"M": 1, "Q": 3, "SE": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}


def value_at(day: date, unit: str) -> str:
    """The value of the unit that `day` lies in (a week, a month, a quarter, …)."""
    year = f"{day.year:04d}"
    if unit in _WEEKS:
        iso = day.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{year}-{day.month:02d}"
    if unit == "Q":
        return f"{year}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{year}-H{(day.month + 5) // 6}"
    if unit == "SE":
        return season_at(day)
    if unit == "Y":
        return year
    if unit == "DE":
        return year[:3]
    if unit in _CENTURIES:
        return year[:2]
    return day.isoformat()


def season_at(day: date) -> str:
    """The season that `day` lies in: January and February belong to the winter named for the year before."""
    if day.month < 3:
        return f"{day.year - 1:04d}-WI"
    name = next(name for name, start in reversed(SEASON_START.items()) if day.month >= start)
    return f"{day.year:04d}-{name}"


def weekday_near(day: date, weekday: int, direction: int, *, same: bool = True) -> date:
    """The `weekday` (Monday is 1) nearest to `day` before it (direction -1) or after it (+1); `day` itself where `same`."""
    away = (weekday - day.isoweekday()) % 7 if direction > 0 else -((day.isoweekday() - weekday) % 7)
    if away == 0 and not same:
        away = 7 * direction
    return day + timedelta(days=away)


def narrowed(interval: Interval, mod: str | None) -> Interval:
    """The part of `interval` that "early", "mid" or "late" leaves: a month's 1-10, 11-20 and 21 to the end; a week's
    Monday to Wednesday, Tuesday to Thursday and Thursday to Sunday; thirds of what is longer."""
    if mod not in PARTS or interval.granularity in _SHORT:
        return interval
    start, end = interval.start, interval.end
    which = PARTS.index(mod)
    if interval.granularity == "week":
        low, high = ((0, 2), (1, 3), (3, 6))[which]
    elif interval.granularity == "month":
        low, high = ((0, 9), (10, 19), (20, (end - start).days))[which]
    elif interval.granularity in LONG:
        years = (end.year - start.year + 1) // 10
        low, high = ((0, 4), (3, 6), (5, 9))[which]
        return Interval(
            start.replace(year=start.year + low * years),
            end.replace(year=start.year + (high + 1) * years - 1),
            "span",
        )
    else:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        third = months // 3
        first = shift_months(start, third * which)
        last_month = shift_months(first, third - 1)
        return Interval(first, month_interval(last_month.year, last_month.month).end, "span")
    return Interval(start + timedelta(days=low), start + timedelta(days=high), "span")
