"""Resolvers for what runs from one day or year to another, told as one expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.days import fiscal_year
from dateline.reader.calendar.meaning import Resolved, RuleMatch
from dateline.records import Interval


def span_of_two(found: RuleMatch, context: Context) -> Resolved | None:
    """ "Oct. 3-5", "2009-2010": one expression from the first day of one to the last of the other."""
    parts = found.parts
    anchor = None
    if "from" in parts:
        return _days_from_to(found)
    if not {"years", "from_year", "fiscal_code"}.isdisjoint(parts):
        first, last = _years_from_to(parts)
        last = last if last > 99 else first // 100 * 100 + last
        start, end, value = date(first, 1, 1), date(last, 12, 31), f"{first:04d}/{last:04d}"
    else:
        told = parts["first"] if "first" in parts else parts["last"]
        if (
            told.interval is None
            or told.interval.granularity != "day"
            or len(re.findall(r"\d+", found.text)) < 2
        ):
            return None
        anchor = told.anchor
        day = told.interval.start.replace(day=int(parts["day" if "first" in parts else "from_day"]))
        start, end = (told.interval.start, day) if "first" in parts else (day, told.interval.start)
        value = f"{start.isoformat()}/{end.isoformat()}"
    return Resolved("DATE", value, None, Interval(start, end, "span"), anchor) if start < end else None


def _years_from_to(parts: Mapping[str, Any]) -> tuple[int, int]:
    """The first year and the last, which may be told by its last two figures."""
    if "years" in parts:
        first, last = re.split(r"\W", parts["years"])
        return int(first), int(last)
    first = fiscal_year(parts["fiscal_code"]) if "fiscal_code" in parts else int(parts["from_year"])
    return first, int(parts["until"])


def _days_from_to(found: RuleMatch) -> Resolved | None:
    """ "April 28-May 2": both days told by their number; a year told with the second holds for both."""
    first, last = found.parts["from"], found.parts["to"]
    if any(day.interval is None or day.interval.granularity != "day" for day in (first, last)):
        return None
    if len(re.findall(r"\d+", found.text)) < 2:
        return None
    start, end = first.interval.start, last.interval.start
    if first.anchor is not None:
        start = start.replace(year=end.year)
        start = start.replace(year=end.year - 1) if start > end else start
    value = f"{start.isoformat()}/{end.isoformat()}"
    return Resolved("DATE", value, None, Interval(start, end, "span"), last.anchor) if start < end else None
