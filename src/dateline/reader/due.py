"""The days in which an expectation falls due, from the time expressions beside it.

The windows are the desk's: "by Friday" and "within six weeks" run from the day on which the expectation was voiced;
"next week" is Monday to Sunday; the early, middle and late part of a month are days 1-10, 11-20 and 21 to its end.
"""

from __future__ import annotations

import re
from datetime import date

from dateline.language.days import WEEKDAYS, moved
from dateline.reader.calendar import almanac
from dateline.records import Interval, TimeExpression

LIMITS = frozenset(["by", "before", "within", "inside", "until", "till", "through"])
"""Prepositions that make the end of what follows a limit, counted from the day of the announcement."""
UNTIL = frozenset(["until", "till"])
_DURING = frozenset(["over", "in", "during", "for"])
_LENGTH = re.compile(r"(\d+|X)[\d.]*(DE|CE|WE|[DWMQYHS])")
_COMING = re.compile(r"\b(?:coming|next)\b")
_UNITS = {"week": "P1W", "fortnight": "P2W", "month": "P1M", "quarter": "P1Q", "year": "P1Y"}
_COMING_UNITS = {
    f"the {which} {unit}": length for which in ("next", "coming") for unit, length in _UNITS.items()
}
"""What runs from the announcement on: "over the next month"."""
_LATER = re.compile(r"later (?:this|in the) (?!day|after|even|morn)")
_RUNNING_WEEK = re.compile(r"\b(?:this|in the) week\b")
_NAMED = re.compile(r"\d{4}|\d{4}-Q\d")
_A_YEAR = re.compile(r"\d{4}")
_THIS = re.compile(r"\b(?:this|rest)\b")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b(?!.*\d)", re.IGNORECASE)
_NEW_YEAR_ENDS = 2
"""The last month in which "the new year" is the year that has begun."""
_LESS = frozenset(["LESS_THAN", "EQUAL_OR_LESS"])
_VAGUE_DAYS = 7
"""How long "within days" and "in the coming days" run."""


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last; no further than the calendar's first or last day."""
    try:
        return almanac.shift_months(day, months)
    except ValueError:
        return date.max if months > 0 else date.min


def after_duration(day: date, value: str) -> date | None:
    """The day that lies the TIMEX3 duration `value` after `day`, the last day of year 9999 at the latest; None where it cannot
    be counted.

    A vague count of days ("PXD") is taken as seven days, a vague count of anything longer as unknown.
    """
    days, _, clock = value.removeprefix("P").partition("T")
    try:
        for mark, part in (("", days), ("T", clock)):
            for count, unit in _LENGTH.findall(part):
                if count == "X" and unit != "D":
                    return moved(day, 1) if mark else None
                day = almanac.shift(day, mark + unit, _VAGUE_DAYS if count == "X" else int(count))
    except (ValueError, OverflowError):
        return date.max
    return day if value.startswith("P") and (days or clock) else None


def window(
    time: TimeExpression, before: str, anchor: date, *, past: bool = False, negated: bool = False
) -> Interval | None:
    """The days in which something falls due that is expected "`before` `time`", said on `anchor`.

    `before` is the preposition, in lower case, or "". `past` tells that the expectation was over when it was reported;
    `negated` that it is not expected ("not until Tuesday" ends on the day before). None where no days can be told.
    """
    if time.type == "SET":
        return None
    if time.type == "DURATION" or time.interval is None:
        return _counted(time, before, anchor)
    words = time.text.lower()
    if before in _DURING and words in _COMING_UNITS:
        return Interval(anchor, after_duration(anchor, _COMING_UNITS[words]) or anchor, "span")
    if before in _DURING and words.endswith("new year"):
        return almanac.covered(f"{anchor.year + (anchor.month > _NEW_YEAR_ENDS):04d}")
    interval = _moved_on(time, _part(time, time.interval, before), anchor, past=past)
    if interval.end == anchor and not past and _RUNNING_WEEK.search(words):
        # said on a Sunday: of the week that begins
        first = moved(anchor, 1) if _LATER.match(words) else anchor
        return Interval(first, moved(anchor, 7), "span")
    if interval.end < anchor:
        return interval if past and before not in LIMITS else None
    if before in LIMITS and not (before in UNTIL and _LATER.match(words)):
        if negated and before in UNTIL and interval.start > anchor and time.type == "DATE":
            return Interval(anchor, moved(interval.start, -1), "span")
        return Interval(anchor, interval.end, interval.granularity)
    if _LATER.match(words):
        whole = almanac.covered(time.value) or interval
        first = max(moved(anchor, 1), whole.start)
        return Interval(min(first, interval.end), interval.end, "span")
    if interval.start < anchor and (not _NAMED.fullmatch(time.value) or _THIS.search(words) or time.mod):
        return Interval(anchor, interval.end, interval.granularity)
    return interval


def _counted(time: TimeExpression, before: str, anchor: date) -> Interval | None:
    """The days of a length of time: up to its end, or the day on which it ends ("in six weeks")."""
    words = time.text.lower()
    end = after_duration(anchor, "PXD" if time.value == "FUTURE_REF" and "days" in words else time.value)
    if end is None:
        return None
    vague = ("X" in time.value or time.value == "FUTURE_REF") and before != "for"
    coming, less = _COMING.search(words) is not None, time.mod in _LESS
    # "over the next two months", "in less than two weeks", "spend the next two months"
    if before in LIMITS or (before in _DURING and (vague or coming or less)) or (not before and coming):
        return Interval(anchor, end, "span")
    if before == "in" or words.startswith("in ") or words.endswith(("from now", "hence")):
        return Interval(end, end, "day")
    return None


def _part(time: TimeExpression, interval: Interval, before: str) -> Interval:
    """What is meant of an interval: up to its middle "by mid-June", the last third "at the end of June"."""
    if time.mod == "MID" and before in LIMITS:
        if _A_YEAR.fullmatch(time.value):
            middle = date(int(time.value), 6, 30)
            return Interval(middle, middle, interval.granularity)
        middle = interval.start + (interval.end - interval.start) // 2
        return Interval(middle, middle, interval.granularity)
    if time.mod == "END" and before not in LIMITS and interval.start == interval.end:
        return almanac.narrowed(almanac.covered(time.value) or interval, "END")
    return interval


def _moved_on(time: TimeExpression, interval: Interval, anchor: date, *, past: bool) -> Interval:
    """A weekday told without its date, counted from the day of the announcement where the calendar looked back."""
    found = _WEEKDAY.search(time.text)
    if past or found is None or interval.end >= anchor or interval.start != interval.end:
        return interval
    number = [day.lower() for day in WEEKDAYS].index(found[0].lower())
    day = moved(anchor, (number - anchor.weekday()) % 7)
    return Interval(day, day, interval.granularity)
