"""Resolvers for what is counted inside a longer time, and for what is counted on from a day."""

from __future__ import annotations

import re
from datetime import timedelta

from dateline.reader.calendar import almanac
from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.meaning import Resolved, RuleMatch, dated, document_anchor
from dateline.reader.calendar.periods import month


def within(found: RuleMatch, context: Context) -> Resolved | None:
    """The nth day, weekday, week or weekend of a month, a year, or a unit around the document's date."""
    whole = _whole(found, context)
    if whole is None or whole.interval is None:
        return None
    start, end = whole.interval.start, whole.interval.end
    rank = int(found.parts["rank"] if "rank" in found.parts else found.parts["day"])
    if "weekday" in found.parts:
        near = almanac.weekday_near(end if rank < 0 else start, found.parts["weekday"], -1 if rank < 0 else 1)
        day = near if rank < 0 else near + timedelta(weeks=rank - 1)
    elif found.parts.get("counted") == "WE":
        saturday = almanac.weekday_near(end if rank < 0 else start, 6, -1 if rank < 0 else 1)
        day = saturday if rank < 0 else saturday + timedelta(weeks=rank - 1)
    elif "counted" in found.parts:
        # as in ISO 8601 the first week is the one that has most of its days inside
        day = end - timedelta(days=3) if rank < 0 else start + timedelta(days=3, weeks=rank - 1)
    else:
        day = end if rank < 0 else start + timedelta(days=rank - 1)
    if not start <= day <= end:
        return None
    letter = str(found.parts.get("counted", "D"))
    return dated(almanac.value_at(day, letter), whole.anchor)


_COUNTED_IN = frozenset(["W", "M", "Q", "Y", "DE"])
"""Units in which days and weeks are counted."""


def _whole(found: RuleMatch, context: Context) -> Resolved | None:
    """The month, year or unit that something is counted in."""
    if "month" in found.parts:
        return month(found, context)
    if "unit" in found.parts or "sense" in found.parts:
        letter = str(found.parts.get("unit", "M"))
        if letter not in _COUNTED_IN:
            return None
        base = context.published if letter == "W" else context.published.replace(day=1)
        day = almanac.shift(base, letter, int(found.parts.get("sense", 0)))
        return dated(almanac.value_at(day, letter), document_anchor(context))
    return dated(f"{int(found.parts['year']):04d}")


def weekday_of_week(found: RuleMatch, context: Context) -> Resolved | None:
    """ "Tuesday next week": the weekday of the week before, of, or after the document's."""
    monday = context.published - timedelta(days=context.published.isoweekday() - 1)
    day = monday + timedelta(weeks=int(found.parts["sense"]), days=int(found.parts["weekday"]) - 1)
    return dated(day.isoformat(), document_anchor(context))


_WHOLE_LENGTH = re.compile(r"P(\d+)([DWMY])\Z")


def on_from(found: RuleMatch, context: Context) -> Resolved | None:
    """ "a week from Monday": so many whole units after the day, which lies ahead itself."""
    at, length = found.parts["at"], _WHOLE_LENGTH.match(found.parts["length"].value)
    if length is None or at.interval is None or at.interval.start < context.published:
        return None
    return dated(almanac.shift(at.interval.start, length[2], int(length[1])).isoformat(), at.anchor)


def this_time(found: RuleMatch, context: Context) -> Resolved | None:
    """ "this time last year": the document's month in a year that is told, its weekday in a week, its day in a month."""
    at, published = found.parts["at"], context.published
    if at.interval is None or at.type != "DATE":
        return None
    first = at.interval.start
    if at.interval.granularity == "year":
        return dated(f"{first.year:04d}-{published.month:02d}", at.anchor)
    if at.interval.granularity == "week":
        return dated((first + timedelta(days=published.isoweekday() - 1)).isoformat(), at.anchor)
    if at.interval.granularity == "month":
        return dated(first.replace(day=min(published.day, at.interval.end.day)).isoformat(), at.anchor)
    return dated(first.isoformat(), at.anchor) if at.interval.granularity == "day" else None
