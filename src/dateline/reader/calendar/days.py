"""Resolvers for days: by number, in figures, by name, and counted from another day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dateline.language.days import SHORT_MONTHS
from dateline.reader.calendar import almanac, feasts
from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.cues import AHEAD, BACK
from dateline.reader.calendar.lengths import counted, duration_value
from dateline.reader.calendar.meaning import Resolved, RuleMatch, dated, document_anchor, focus_anchor, timed

_YEARS = frozenset(["Y", "DE"])


def full_year(two_digits: int) -> int:
    """The year that two digits stand for: 1940 to 2039."""
    return two_digits + (1900 if two_digits >= 40 else 2000)


def fiscal_year(code: str) -> int:
    """The year of "FY24", "FY2024" or "3Q24"."""
    digits = re.sub(r"\A\dQ|\D", "", code)
    return int(digits) if len(digits) == 4 else full_year(int(digits))


def told_year(parts: Any) -> int | None:
    """The year among a match's parts, in four figures or two."""
    if "year" in parts:
        return int(parts["year"])
    if "short_year" in parts:
        return full_year(int(parts["short_year"][1:]))
    return full_year(int(parts["year2"])) if "year2" in parts else None


_YEAR_TOLD_AFTER = re.compile(
    r"\s*(?:and|to|or|through|until|till|[-–—,])\s*(?:(?:early|late|mid)[\s-]+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?,)?\s+(?:(?:of|in)\s+)?"
    r"(?P<year>(?:19|20)\d\d)\b"
)


def year_of(found: RuleMatch, context: Context) -> int | None:
    """The year that is told with a day or a month: among its parts, as that in focus, or with the month that follows it
    ("from March to August 2011"). None where there is none."""
    year = told_year(found.parts)
    if year is not None:
        return year
    if found.settings.get("anchor") == "focus":
        years = {"following": 1, "previous": -1}.get(found.text.lower().split()[-2], 0)
        return (context.focus.start if context.focus else context.published).year + years
    after = _YEAR_TOLD_AFTER.match(context.after(48))
    if after is None or "month" not in found.parts or "sense" in found.parts:
        return None
    return int(after["year"]) - (int(found.parts["month"]) > SHORT_MONTHS.index(after["month"]) + 1)


def numbered_day(found: RuleMatch, context: Context) -> Resolved | None:
    """A day by its number, with or without month and year: the nearest such day the way the words look."""
    parts = found.parts
    if not 1 <= int(parts["day"]) <= 31:
        return None
    year = year_of(found, context)
    if year is not None and "month" in parts:
        return dated(date(year, parts["month"], int(parts["day"])).isoformat())
    days = _days_so_numbered(parts, context.published)
    return dated(_choose(days, parts, context).isoformat(), document_anchor(context)) if days else None


def _days_so_numbered(parts: Mapping[str, Any], published: date) -> list[date]:
    """The days of that number, and that month where one is told, around the document's date, in order."""
    day = int(parts["day"])
    if "month" not in parts:
        return _of_months([almanac.shift_months(published.replace(day=1), n) for n in range(-14, 15)], day)
    days = _of_months([date(published.year + n, parts["month"], 1) for n in (-1, 0, 1)], day)
    # 29 February: the last that was
    return days or _of_months([date(published.year + n, parts["month"], 1) for n in range(-8, 1)], day)[-1:]


def _choose(days: list[date], parts: Mapping[str, Any], context: Context) -> date:
    """Of days in order the one that is meant: by the weekday told, as the end of a range, or the way the words look."""
    published = context.published
    named = [d for d in days if d.isoweekday() == parts.get("weekday")]
    if named:
        return min(named, key=lambda d: abs((d - published).days))
    begun = context.range_start("day")
    later = [d for d in days if begun is not None and 0 < (d - begun.start).days <= 300]
    if later:
        return later[0]
    if "month" in parts:
        return _nearest_named(days, context)
    direction = context.direction(AHEAD)
    right = [d for d in days if (d - published).days * direction >= 0] or days
    return min(right, key=lambda d: abs((d - published).days))


def _of_months(firsts: list[date], day: int) -> list[date]:
    """The `day` of each month that has one."""
    return [f.replace(day=day) for f in firsts if day <= almanac.month_interval(f.year, f.month).end.day]


def _nearest_named(days: list[date], context: Context) -> date:
    """Of the same day in several years, the nearest; the tense decides only between two that are both far."""
    published = context.published
    nearest = min(days, key=lambda d: abs((d - published).days))
    away = (nearest - published).days
    if abs(away) <= 75:
        return nearest
    direction = context.direction()
    right = [d for d in days if (d - published).days * direction >= 0] or days
    return min(right, key=lambda d: abs((d - published).days))


def day_in_figures(found: RuleMatch, context: Context) -> Resolved | None:
    """A day in figures: ISO, or in the order that the text's other dates show (month first where nothing tells)."""
    if "iso" in found.parts:
        text = str(found.parts["iso"])
        return timed(text[:16]) if len(text) > 10 else dated(text)
    separator = re.sub(r"\d", "", found.parts["numdate"])[0]
    first, second, third = map(int, re.split(r"[/.-]", found.parts["numdate"]))
    year = full_year(third) if third < 100 else third
    month_first = context.month_first and separator != "."
    month, day = (first, second) if month_first else (second, first)
    if month > 12:
        month, day = day, month
    return dated(date(year, month, day).isoformat())


_NAME_BEFORE = re.compile(r"\w\s(?:[A-Z][A-Za-z]*|\d+)\s\Z|\A(?:USA|VOA)\s\Z")
_SENTENCE_AFTER = re.compile(r"[.,]|['’]s|\s[a-z]")
"""Together they tell that "Today" is part of a name in running text ("Radio 4 Today said"), and no word of a headline."""


def day_word(found: RuleMatch, context: Context) -> Resolved | None:
    """ "today", "yesterday", "tonight", "the day after tomorrow"."""
    if (
        found.text.istitle()
        and _NAME_BEFORE.search(context.before(24))
        and _SENTENCE_AFTER.match(context.after(3))
    ):
        return None
    days = int(found.parts["day_word"]) + int(found.settings.get("shift", 0))
    value = (context.published + timedelta(days=days)).isoformat()
    if found.text.lower().endswith("tonight"):
        return timed(value + "TNI", document_anchor(context))
    return dated(value, document_anchor(context))


def weekday(found: RuleMatch, context: Context) -> Resolved | None:
    """A day of the week: the nearest the way the words look, the document's own day included."""
    number = int(found.parts["weekday"])
    published = context.published
    sense = found.parts.get("sense")
    if found.settings.get("anchor") == "focus":
        base = context.focus.start if context.focus else published
        day = almanac.weekday_near(
            base, number, BACK if sense in (-1, None, 0) else AHEAD, same=sense in (None, 0)
        )
        return dated(day.isoformat(), focus_anchor(context))
    if found.settings.get("weeks"):
        way = int(found.settings.get("sense", AHEAD))
        day = almanac.weekday_near(published, number, way, same=way == AHEAD) + timedelta(
            weeks=int(found.settings["weeks"])
        )
    elif sense == -1:
        day = almanac.weekday_near(published, number, BACK, same=False)
    elif sense == 1:
        day = almanac.weekday_near(published, number, AHEAD, same=False)
    elif sense == 0:
        iso = published.isocalendar()
        day = date.fromisocalendar(iso.year, iso.week, number)
        if day < published and "coming" in found.text:
            day += timedelta(7)
    elif (begun := context.range_start("day")) is not None:
        day = almanac.weekday_near(begun.start, number, AHEAD, same=False)
    else:
        day = almanac.weekday_near(published, number, context.direction())
    return dated(day.isoformat(), document_anchor(context))


def offset(found: RuleMatch, context: Context) -> Resolved | None:
    """ "two weeks ago", "a year earlier", "two days later": a unit counted from the document's date or the focus."""
    parts, settings = found.parts, found.settings
    direction = int(parts.get("way", settings.get("direction", -1)))
    letter = str(parts.get("unit", "D"))
    count = counted(parts) if "unit" in parts else 1.0
    if "-" in found.text and "number" not in parts:
        count = 1.0  # "year-ago"
    from_focus = settings["anchor"] == "focus" and context.focus is not None
    base = context.focus.start if from_focus and context.focus else context.published
    anchor = focus_anchor(context) if from_focus else document_anchor(context)
    if isinstance(count, str):
        plain = "vague" not in parts and letter not in _YEARS  # "months ago", not "several years ago"
        if "unit" in parts and (from_focus or settings["anchor"] == "focus" or plain):
            return Resolved("DURATION", duration_value("X", letter))
        return Resolved("DATE", "PAST_REF" if direction < 0 else "FUTURE_REF")
    if letter in almanac.CLOCK_UNITS:
        if settings["anchor"] == "focus":
            return Resolved("DURATION", duration_value(count, letter))
        day = almanac.shift(base, letter, direction * int(count))
        return Resolved("TIME", duration_value(count, letter), None, almanac.covered(day.isoformat()), anchor)
    if letter == "Y" and count == 1 and direction < 0 and (quarter := context.recent_quarter()):
        return dated(f"{int(quarter[:4]) - 1:04d}{quarter[4:]}", f"the quarter in focus, {quarter}")
    whole = int(count)
    day = almanac.shift(base, letter, direction * whole)
    if count != whole and letter == "Y":
        day = almanac.shift(day, "M", direction * 6)
        letter = "M"
    return dated(almanac.value_at(day, letter), anchor)


def offset_within(found: RuleMatch, context: Context) -> Resolved | None:
    """ "two years ago this month", "a week ago today": a day or month as many units away from the second part."""
    ago, at = found.parts["ago"], found.parts["at"]
    if ago.interval is None or at.interval is None:
        return None
    base = at.interval.start
    target = ago.interval
    if target.granularity in almanac.LONG | {"year"}:
        moved = base.replace(year=target.start.year, day=min(base.day, 28))
    elif target.granularity == "month":
        moved = target.start.replace(day=min(base.day, target.end.day))
    elif target.granularity == "week":
        moved = target.start + timedelta(days=base.isoweekday() - 1)
    else:
        moved = target.start
    letter = {"day": "D", "week": "W", "month": "M", "year": "Y"}.get(at.interval.granularity, "D")
    return dated(almanac.value_at(moved, letter), ago.anchor)


_FEAST_AS_MODIFIER = re.compile(
    r"\s(?!(?:and|or|in|at|to|for|as|when|the|but|is|was|will|that|after|by|on|with|this|last|next|before|until|from|a|an|he"
    r"|she|they|we|it|has|had|if|because|while|since|falls|fell|came|comes|morning|night|evening)\b)[a-z]+"
)

_ONE_DAY = (" day", " eve", " weekend")
"""How feasts end of which what is named after them is a part: "the New Year's Eve party", not "the Christmas lights"."""


def holiday(found: RuleMatch, context: Context) -> Resolved | None:
    """A feast: of the year told, or the nearest the way the words look."""
    name = re.sub(
        r"\A(?:last|this|next|past|coming|current|upcoming)\s+|[\s,]+\d{4}\Z",
        "",
        found.text,
        flags=re.IGNORECASE,
    )
    if _FEAST_AS_MODIFIER.match(context.after(16)) and not name.lower().endswith(_ONE_DAY):
        return None
    year = told_year(found.parts)
    published = context.published
    sense = found.parts.get("sense")
    if year is not None:
        days = [day for day in [feasts.day_of(name, year)] if day]
    else:
        days = [day for n in (-1, 0, 1, 2) if (day := feasts.day_of(name, published.year + n))]
        if sense == -1:
            days = [d for d in days if d < published][-1:]
        elif sense == 1:
            days = [d for d in days if d > published][:1]
        elif sense == 0:
            days = [d for d in days if d.year == published.year]
    if not days:
        return None
    near = min(days, key=lambda d: abs((d - published).days))
    if len(days) > 1 and abs((near - published).days) > 75:
        direction = context.direction()
        right = [d for d in days if (d - published).days * direction >= 0] or days
        near = min(right, key=lambda d: abs((d - published).days))
    return dated(near.isoformat(), document_anchor(context) if year is None else None)
