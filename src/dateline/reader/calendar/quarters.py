"""Resolvers for quarters and halves, of years and of months."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dateline.language.days import SHORT_MONTHS
from dateline.reader.calendar import almanac
from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.days import fiscal_year, told_year
from dateline.reader.calendar.meaning import Resolved, RuleMatch, dated, document_anchor
from dateline.reader.calendar.periods import month, nearest
from dateline.records import Interval


def quarter(found: RuleMatch, context: Context) -> Resolved | None:
    """A quarter by its number, of the year told or the nearest the way the words look."""
    if "quarter_code" in found.parts and len(found.parts["quarter_code"]) > 2:
        code = str(found.parts["quarter_code"])
        return dated(f"{fiscal_year(code):04d}-Q{code[0]}")
    if "fiscal_code" in found.parts:
        return dated(f"{fiscal_year(found.parts['fiscal_code']):04d}-{found.parts['quarter']}")
    if "quarter_code" in found.parts:
        number = int(found.parts["quarter_code"][0])
    elif "quarter" in found.parts:
        number = int(found.parts["quarter"][1])
    elif "edge" in found.parts:
        number = 4 if found.parts["edge"] < 0 else 1
    else:
        number = int(found.parts["ordinal"])
    if not 1 <= number <= 4:
        return None
    return _part_of_year(found, context, [f"Q{number}"])


def half(found: RuleMatch, context: Context) -> Resolved | None:
    """A half of a year, of the year told or the nearest the way the words look."""
    number = int(found.parts["half_code"] if "half_code" in found.parts else found.parts["ordinal"])
    number = 2 if number < 0 else number
    if "fiscal_code" in found.parts:
        return dated(f"{fiscal_year(found.parts['fiscal_code']):04d}-H{number}")
    return _part_of_year(found, context, [f"H{number}"]) if number in (1, 2) else None


def half_of_month(found: RuleMatch, context: Context) -> Resolved | None:
    """ "the first half of April": its days 1 to 15, or 16 to the last."""
    whole, number = month(found, context), int(found.parts["ordinal"])
    if whole is None or whole.interval is None or number not in (1, 2, -1):
        return None
    start, end = whole.interval.start, whole.interval.end
    first = number == 1
    days = (
        Interval(start, start.replace(day=15), "span")
        if first
        else Interval(start.replace(day=16), end, "span")
    )
    return replace(whole, mod="START" if first else "END", interval=days)


def _part_of_year(found: RuleMatch, context: Context, part: list[str]) -> Resolved | None:
    told = told_year(found.parts)
    if told is not None:
        return dated(f"{told:04d}-{part[0]}")
    published = context.published
    candidates = [dated(f"{published.year + n:04d}-{part[0]}", document_anchor(context)) for n in (-1, 0, 1)]
    return nearest(candidates, context, 150)


def part_of_year(found: RuleMatch, context: Context) -> Resolved | None:
    """ "the first quarter of next year"."""
    whole, part = found.parts["whole"], found.parts["part"]
    if whole.interval is None or whole.interval.granularity != "year":
        return None
    return dated(f"{whole.value[:4]}{part.value[4:]}", whole.anchor)


def calendar_quarter(context: Context) -> str:
    """The quarter that the document's date lies in."""
    return almanac.value_at(context.published, "Q")


_ENDED = re.compile(
    r"\s+end(?:ed|ing)\s+(?:on\s+)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(\d{1,2})\b"
)


def _quarter_ended(context: Context) -> str | None:
    """The quarter that the words after name by its last day: "the quarter ended Sept. 30"."""
    ended = _ENDED.match(context.after(32))
    if ended is None:
        return None
    month = SHORT_MONTHS.index(ended[1]) + 1
    last = date(context.published.year - (month > context.published.month), month, 15)
    if int(ended[2]) <= 7:
        last -= timedelta(days=15)  # a quarter of whole weeks may run a few days over
    return almanac.value_at(last, "Q")


def quarter_in_focus(found: RuleMatch, context: Context) -> Resolved | None:
    """ "the quarter", "the year-earlier period": the quarter last named, or the last that has ended."""
    years = int(found.settings.get("years", 0))
    if found.parts.get("unit", "Y") != "Y":
        return None
    if ended := _quarter_ended(context):
        return dated(ended, "the day that it ended")
    named = context.recent_quarter(reach=100_000)
    if "current" in found.text.lower():
        named = calendar_quarter(context)
    if named is None:
        named = almanac.value_at(almanac.shift_months(context.published, -3), "Q")
    return dated(f"{int(named[:4]) + years:04d}{named[4:]}", f"the quarter in focus, {named}")
