"""Resolvers for days: by number, in figures, by name, and counted from another day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from dateline.reader.times import almanac, feasts
from dateline.reader.times.anchoring import Context
from dateline.reader.times.cues import AHEAD, BACK
from dateline.reader.times.lengths import counted, duration_value
from dateline.reader.times.meaning import Found, Resolved, dated, document_anchor, focus_anchor, timed


def full_year(two_digits: int) -> int:
    """The year that two digits stand for: 1940 to 2039."""
    return two_digits + (1900 if two_digits >= 40 else 2000)


def told_year(parts: Any) -> int | None:
    """The year among a match's parts, in four figures or two."""
    if "year" in parts:
        return int(parts["year"])
    return full_year(int(parts["year2"])) if "year2" in parts else None


def numbered_day(found: Found, context: Context) -> Resolved | None:
    """A day by its number, with or without month and year: the nearest such day the way the words look."""
    parts = found.parts
    day = int(parts["day"])
    if not 1 <= day <= 31:
        return None
    year = told_year(parts)
    if year is not None and "month" in parts:
        return dated(date(year, parts["month"], day).isoformat())
    published = context.published
    if "month" in parts:
        days = _of_months([date(published.year + n, parts["month"], 1) for n in (-1, 0, 1)], day)
        days = (
            days or _of_months([date(published.year + n, parts["month"], 1) for n in range(-8, 1)], day)[-1:]
        )
    else:
        days = _of_months([almanac.shift_months(published.replace(day=1), n) for n in range(-14, 15)], day)
    if not days:
        return None
    if "weekday" in parts:
        named = [d for d in days if d.isoweekday() == parts["weekday"]]
        if named:
            return dated(
                min(named, key=lambda d: abs((d - published).days)).isoformat(), document_anchor(context)
            )
    if "month" in parts:
        chosen = _nearest_named(days, context)
    else:
        direction = context.direction(AHEAD)
        right = [d for d in days if (d - published).days * direction >= 0] or days
        chosen = min(right, key=lambda d: abs((d - published).days))
    return dated(chosen.isoformat(), document_anchor(context))


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


def day_in_figures(found: Found, context: Context) -> Resolved | None:
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


def day_word(found: Found, context: Context) -> Resolved | None:
    """ "today", "yesterday", "tonight", "the day after tomorrow"."""
    days = int(found.parts["day_word"]) + int(found.settings.get("shift", 0))
    value = (context.published + timedelta(days=days)).isoformat()
    if found.text.lower().endswith("tonight"):
        return timed(value + "TNI", document_anchor(context))
    return dated(value, document_anchor(context))


def weekday(found: Found, context: Context) -> Resolved | None:
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
        day = almanac.weekday_near(published, number, AHEAD) + timedelta(weeks=int(found.settings["weeks"]))
    elif sense == -1:
        day = almanac.weekday_near(published, number, BACK, same=False)
    elif sense == 1:
        day = almanac.weekday_near(published, number, AHEAD, same=False)
    elif sense == 0:
        iso = published.isocalendar()
        day = date.fromisocalendar(iso.year, iso.week, number)
        if day < published and "coming" in found.text:
            day += timedelta(7)
    else:
        day = almanac.weekday_near(published, number, context.direction())
    return dated(day.isoformat(), document_anchor(context))


def offset(found: Found, context: Context) -> Resolved | None:
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
        plain = "vague" not in parts and letter not in ("Y", "DE")  # "months ago", not "several years ago"
        if "unit" in parts and (from_focus or settings["anchor"] == "focus" or plain):
            return Resolved("DURATION", duration_value("X", letter))
        return Resolved("DATE", "PAST_REF" if direction < 0 else "FUTURE_REF")
    if letter in ("TS", "TM", "TH"):
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


def offset_within(found: Found, context: Context) -> Resolved | None:
    """ "two years ago this month", "a week ago today": a day or month as many units away from the second part."""
    ago, at = found.parts["ago"], found.parts["at"]
    if ago.interval is None or at.interval is None:
        return None
    base = at.interval.start
    target = ago.interval
    if target.granularity in ("year", "decade", "century"):
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


def holiday(found: Found, context: Context) -> Resolved | None:
    """A feast: of the year told, or the nearest the way the words look."""
    name = re.sub(
        r"\A(?:last|this|next|past|coming|current|upcoming)\s+|[\s,]+\d{4}\Z",
        "",
        found.text,
        flags=re.IGNORECASE,
    )
    if _FEAST_AS_MODIFIER.match(context.after(16)):
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
