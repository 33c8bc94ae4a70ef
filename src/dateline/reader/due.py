"""The days in which an expectation falls due, from the time expressions beside it.

The windows are the desk's: "by Friday" and "within six weeks" run from the day on which the expectation was voiced;
"next week" is Monday to Sunday; the early, middle and late part of a month are days 1-10, 11-20 and 21 to its end.
"""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta

from dateline.language.days import moved
from dateline.records import Interval, TimeExpression

_DURATION = re.compile(
    r"P(?:(?P<days>[\dX.]+)(?P<unit>DE|CE|WE|[DWMQY])|T(?P<clock>[\dX.]+)(?P<part>[HMS]))\Z"
)
_YEARS_AND_MONTHS = re.compile(r"P(\d+)Y(\d+)M\Z")
_UNIT_DAYS = {"D": 1.0, "W": 7.0, "WE": 7.0}
_UNIT_MONTHS = {"M": 1.0, "Q": 3.0, "Y": 12.0, "DE": 120.0, "CE": 1200.0}
_VAGUE_DAYS = 7
"""How long "within days" and "in the coming days" run."""

LIMITS = frozenset(["by", "before", "within", "inside", "until", "till", "through"])
"""Prepositions that make the end of what follows a limit, counted from the day of the announcement."""

UNTIL = frozenset(["until", "till"])

_WEEKDAYS = {day.lower(): number for number, day in enumerate(calendar.day_name)}
_WEEKDAYS |= {day.lower(): number for number, day in enumerate(calendar.day_abbr)}


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last; the last day of year 9999 at the latest."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def after_duration(day: date, value: str) -> date | None:
    """The day that lies the TIMEX3 duration `value` after `day`; None where it cannot be counted.

    A vague count of days or weeks ("PXD") is taken as seven days, a vague count of anything longer as unknown.
    """
    if joined := _YEARS_AND_MONTHS.match(value):
        return add_months(day, 12 * int(joined[1]) + int(joined[2]))
    found = _DURATION.match(value)
    if not found:
        return None
    if found["clock"]:
        if "X" in found["clock"]:
            return moved(day, 1)
        hours = float(found["clock"]) / {"H": 1, "M": 60, "S": 3600}[found["part"]]
        return moved(day, math.ceil(hours / 24) if hours >= 24 else 0)
    unit = found["unit"]
    if "X" in found["days"]:
        return moved(day, _VAGUE_DAYS) if unit == "D" else None
    number = float(found["days"])
    if unit in _UNIT_DAYS:
        return moved(day, round(number * _UNIT_DAYS[unit]))
    if unit == "Y" and number >= 1 and number == int(number):
        return add_months(day, 12 * int(number))
    return add_months(day, round(number * _UNIT_MONTHS[unit]))


def window(
    time: TimeExpression,
    before: str,
    anchor: date,
    *,
    past: bool = False,
    limit: bool = False,
    lasting: bool = False,
    negated: bool = False,
) -> Interval | None:
    """The days in which something falls due that is expected "`before` `time`", said on `anchor`.

    `before` is the preposition, in lower case, or "". `past` tells that the expectation was over when it was reported;
    `limit` that the event is a completion ("will be over in six weeks"), `lasting` that it fills the time ("will stand
    for a century"), `negated` that it does not happen ("not until Tuesday" ends on the day before). None where no days can
    be told.
    """
    interval = time.interval
    if time.type == "SET":
        return None
    if time.type == "DURATION" or interval is None:
        return _counted(time, before, anchor, limit=limit, lasting=lasting)
    rolling = _rolling(time, before, anchor)
    if rolling is not None:
        return rolling
    interval = _part(time, interval, before)
    interval = _weekday(time, interval, anchor, past=past)
    if before in LIMITS and time.value.startswith("P") and interval.start == interval.end:
        return Interval(min(anchor, interval.end), interval.end, interval.granularity)
    if before in LIMITS:
        if interval.end < anchor:
            return None
        if negated and before in UNTIL and interval.start > anchor and time.type == "DATE":
            return Interval(anchor, moved(interval.start, -1), "span")
        return Interval(anchor, interval.end, interval.granularity)
    if interval.end < anchor:
        return interval if past else None
    interval = _week_that_ends(time, interval, anchor)
    if interval.start < anchor and not _is_named(time):
        return Interval(anchor, interval.end, interval.granularity)
    return interval


_COMING = re.compile(r"the (?:next|coming) (week|fortnight|month|quarter|year)")
_SPANS = {"week": "P1W", "fortnight": "P2W", "month": "P1M", "quarter": "P3M", "year": "P1Y"}


def _rolling(time: TimeExpression, before: str, anchor: date) -> Interval | None:
    """The days that run from the announcement on: "over the next month", "later this month", "in the new year"."""
    words = time.text.lower()
    coming = _COMING.fullmatch(words)
    if coming and before in ("over", "in", "during", "within"):
        return Interval(anchor, after_duration(anchor, _SPANS[coming[1]]) or anchor, "span")
    if words.endswith("new year") and before in ("in", "into", "during") and anchor.year < date.max.year:
        year = anchor.year + (anchor.month > _NEW_YEAR_ENDS)
        return Interval(date(year, 1, 1), date(year, 12, 31), "year")
    interval = time.interval
    if _LATER.match(words) and interval is not None and interval.end > anchor:
        start = moved(anchor, 1)
        if time.value.endswith(_SEASONS):
            start = max(start, interval.start)  # of a season that has not begun
        return Interval(start, interval.end, "span")
    return None


_SEASONS = ("-SP", "-SU", "-FA", "-WI")
_LATER = re.compile(r"later (?:this|in the) (?!day|after|even|morn)")


_NEW_YEAR_ENDS = 2
"""The last month in which "the new year" is the year that has begun."""


_MONTH = re.compile(r"\d{4}-\d\d")
_NAMED = re.compile(r"\d{4}|\d{4}-Q\d")


def _is_named(time: TimeExpression) -> bool:
    """True for "2024" and "the second quarter", which are meant whole also while they run, and not for "this year"."""
    return _NAMED.fullmatch(time.value) is not None and not re.search(r"(?i)\b(?:this|rest)\b", time.text)


def _week_that_ends(time: TimeExpression, interval: Interval, anchor: date) -> Interval:
    """The week of an announcement made on its last day runs on to the end of the next."""
    is_week = interval.granularity == "week" and interval.end - interval.start == timedelta(days=6)
    if is_week and interval.end == anchor and not time.value.endswith("-WE"):
        return Interval(anchor, moved(anchor, 7), "week")
    return interval


def _counted(
    time: TimeExpression, before: str, anchor: date, *, limit: bool, lasting: bool
) -> Interval | None:
    words = time.text.lower()
    if time.value.startswith("PT") and before == "in" and not re.search(r"PT\d+H", time.value):
        return None
    end = after_duration(anchor, time.value)
    if end is None:
        if time.interval is not None and before in LIMITS and "X" not in time.value:
            return Interval(anchor, max(anchor, time.interval.end), "span")
        if time.value == "FUTURE_REF" and re.search(r"\bdays\b", words):
            return Interval(anchor, moved(anchor, _VAGUE_DAYS), "span")
        return None
    vague = ("X" in time.value and before != "for") or re.search(r"\b(?:coming|next)\b", words) is not None
    if before in LIMITS or (before in ("over", "in", "during", "for") and vague):
        return Interval(anchor, end, "span")
    if before == "in" or words.startswith("in ") or words.endswith(("from now", "hence")):
        return Interval(anchor if limit else end, end, "span" if limit else "day")
    if before == "for" and lasting:
        years = re.match(r"P\d+(?:Y|DE|CE)", time.value)
        return Interval(anchor, date(end.year, 12, 31) if years else end, "span")
    return None


def _part(time: TimeExpression, interval: Interval, before: str) -> Interval:
    """The early, middle or late part of a month, or the early part of a week, where the expression names one."""
    start = interval.start
    words = time.text.lower()
    if before in LIMITS and words.startswith(("mid", "the middle of")) and (interval.end - start).days <= 31:
        middle = start.replace(day=15)
        return Interval(middle, middle, "month")
    if before in LIMITS and time.mod == "MID" and re.fullmatch(r"\d{4}", time.value):
        return Interval(start, start.replace(month=6, day=30), "year")
    if time.mod == "END" and _MONTH.fullmatch(time.value) and start == interval.end and before not in LIMITS:
        return Interval(start.replace(day=21), start, "month")  # "at the end of May", not "by the end of May"
    if interval.granularity == "month" and start.day == 1:
        last = calendar.monthrange(start.year, start.month)[1]
        if time.mod == "START" or re.match(r"(?:very )?early\b|the (?:beginning|start)", words):
            return Interval(start, start.replace(day=10), "month")
        if time.mod == "MID" or words.startswith(("mid", "the middle")):
            first, end = (1, 15) if before in LIMITS else (11, 20)
            return Interval(start.replace(day=first), start.replace(day=end), "month")
        if time.mod == "END" or words.startswith(("late", "the end", "end")):
            return Interval(start.replace(day=21), start.replace(day=last), "month")
    if interval.granularity == "week" and interval.end - start == timedelta(days=6):
        if time.mod == "START" or words.startswith(("early", "the beginning", "the start")):
            return Interval(start, start + timedelta(days=2), "week")
        if time.mod == "MID" or words.startswith(("mid", "the middle")):
            return Interval(start + timedelta(days=1), start + timedelta(days=3), "week")
        if time.mod == "END" and words.startswith("late") and not words.startswith("later"):
            return Interval(start + timedelta(days=3), interval.end, "week")
    return interval


_PART_OF_DAY = re.compile(r"\A(?:later?|early|earlier)\s+(?:on\s+)?")


def _weekday(time: TimeExpression, interval: Interval, anchor: date, *, past: bool) -> Interval:
    """A bare weekday counted from the day of the announcement, wherever the tagger put it."""
    words = re.findall(r"[a-z]+", _PART_OF_DAY.sub("", time.text.lower()))
    number = _WEEKDAYS.get(words[0]) if words else None
    if number is None or interval.start != interval.end or len(words) > 2 or re.search(r"\d", time.text):
        return interval
    if len(words) == 2 and words[1] not in (
        "morning",
        "afternoon",
        "evening",
        "night",
        "noon",
        "lunchtime",
        "midnight",
    ):
        return interval
    if (interval.start < anchor and not past) or (past and interval.start > moved(anchor, 6)):
        ahead = timedelta(days=(number - anchor.weekday()) % 7)
        if date.max - anchor < ahead:
            return interval  # the calendar ends before that weekday
        day = anchor + ahead
        return Interval(day, day, interval.granularity)
    return interval
