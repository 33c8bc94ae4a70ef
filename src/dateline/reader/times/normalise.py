"""What a matched rule means: the TIMEX3 type and value, and the days covered.

Every function here is named by `resolve` in a table; it takes the node and the context and gives a `Resolved`, or None
where the words turn out to be no time expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dateline.reader.times import calendar
from dateline.reader.times.anchoring import AHEAD, BACK, Context
from dateline.reader.times.calendar import covered
from dateline.reader.times.engine import Node
from dateline.records import Granularity, Interval, TimeType


@dataclass(frozen=True)
class Resolved:
    """The meaning of one expression. `anchor` says what it was counted from."""

    type: TimeType
    value: str
    mod: str | None = None
    interval: Interval | None = None
    anchor: str | None = None


def resolve(node: Node, context: Context) -> Resolved | None:
    """The meaning of `node`, or None where it has none on this calendar (years 1-9999)."""
    if node.rule.resolve is None:
        return None
    try:
        return RESOLVERS[node.rule.resolve](node, context)
    except (ValueError, OverflowError):
        return None  # a day that the calendar does not have, such as 31 June


def dated(value: str, anchor: str | None = None, mod: str | None = None) -> Resolved:
    """A DATE with the days that its value covers. Raises ValueError where there are no such days."""
    interval = covered(value)
    if interval is None:
        raise ValueError(value)
    return Resolved("DATE", value, mod, calendar.narrowed(interval, mod), anchor)


def _document(context: Context) -> str:
    return f"the document's date, {context.published}"


def _year_of(parts: dict[str, Any]) -> int | None:
    if "year" in parts:
        return int(parts["year"])
    if "year2" in parts:
        return full_year(int(parts["year2"]))
    return None


def full_year(two_digits: int) -> int:
    """The year that two digits stand for: 1940 to 2039."""
    return two_digits + (1900 if two_digits >= 40 else 2000)


def date_(node: Node, context: Context) -> Resolved | None:
    """A day by its number, with or without month and year: the nearest such day the way the words look."""
    parts = dict(node.parts)
    day = int(parts["day"])
    if not 1 <= day <= 31:
        return None
    year = _year_of(parts)
    if year is not None and "month" in parts:
        return dated(date(year, parts["month"], day).isoformat())
    published = context.published
    direction = context.direction()
    if "month" not in parts:
        months = [calendar.shift_months(published.replace(day=1), n) for n in range(-14, 15)]
        found = [
            date(m.year, m.month, day)
            for m in months
            if day <= calendar.month_interval(m.year, m.month).end.day
        ]
    else:
        found = _possible(parts["month"], day, published.year)
    if "weekday" in parts:
        right = [d for d in found if d.isoweekday() == parts["weekday"]]
        if right:
            return dated(min(right, key=lambda d: abs((d - published).days)).isoformat(), _document(context))
    return dated(_choose(found, published, direction, near="month" in parts).isoformat(), _document(context))


def _possible(month: int, day: int, year: int) -> list[date]:
    found = []
    for y in (year - 1, year, year + 1):
        try:
            found.append(date(y, month, day))
        except ValueError:
            continue
    return found or [date(year + n, month, day) for n in range(-4, 5) if (year + n) % 4 == 0][:1]


def _choose(found: list[date], published: date, direction: int, *, near: bool) -> date:
    """Of possible days, the nearest; one that the tense speaks against only where it is far nearer."""
    right = [d for d in found if (d - published).days * direction >= 0]
    nearest = min(found, key=lambda d: abs((d - published).days))
    if not right:
        return nearest
    best = min(right, key=lambda d: abs((d - published).days))
    if near and abs((nearest - published).days) < 45 and abs((best - published).days) > 200:
        return nearest
    return best


def month(node: Node, context: Context) -> Resolved | None:
    """A month: with its year, with "last", "this" or "next", or the nearest the way the words look."""
    parts = dict(node.parts)
    number = int(parts["month"])
    published = context.published
    year = _year_of(parts)
    if year is not None:
        return dated(f"{year:04d}-{number:02d}")
    months_ahead = number - published.month
    sense = parts.get("sense")
    if sense == 0:
        year = published.year
    elif sense == 1:
        year = published.year + (months_ahead <= 0)
    elif sense == -1:
        year = published.year - (months_ahead >= -1)
    elif _not_a_month(context):
        return None
    elif context.direction() == AHEAD:
        year = published.year + (months_ahead < 0)
    else:
        year = published.year - (months_ahead > 0)
    return dated(f"{year:04d}-{number:02d}", _document(context))


_LEADS_TO_MONTH = re.compile(
    r"\b(?:in|since|by|until|till|of|last|this|next|early|late|mid|from|to|through|during|before|after|for|and|between|on|every|each|or|around|-)[\s-]*\Z",
    re.IGNORECASE,
)


def _not_a_month(context: Context) -> bool:
    """True for "May" and "March" that the words before do not make months, and for a short form without its stop."""
    word = context.text[context.start : context.end]
    if word in ("May", "March", "MAY", "MARCH", "August", "April", "June") or len(word) <= 4:
        if word in ("June", "July", "August", "April"):
            return word != "July" and bool(re.match(r"\s+[A-Z][a-z]", context.after(3) or ""))
        return not _LEADS_TO_MONTH.search(context.before(12))
    return False


def numeric(node: Node, context: Context) -> Resolved | None:
    """A day in figures: ISO, or in the order that the text's other dates show (month first where nothing tells)."""
    if "iso" in node.parts:
        text = str(node.parts["iso"])
        interval = covered(text[:10])
        if interval is None:
            return None
        return Resolved("TIME" if len(text) > 10 else "DATE", text[:16], None, interval)
    a, b, c = map(int, re.split(r"[/.-]", node.parts["numdate"]))
    year = full_year(c) if c < 100 else c
    month_, day = (a, b) if context.month_first else (b, a)
    if month_ > 12:
        month_, day = day, month_
    return dated(date(year, month_, day).isoformat())


def iso(node: Node, context: Context) -> Resolved | None:
    """A month or a week in ISO figures."""
    text = next(str(v) for v in node.parts.values()).replace("/", "-")
    match = re.match(r"(\d{4})-?W(\d{2})", text)
    return dated(f"{match[1]}-W{match[2]}" if match else text)


_YEAR_CUE = re.compile(
    r"\b(?:in|since|until|till|by|from|of|to|during|before|after|between|and|for|early|late|mid|through|year|the|circa|around|about)\W{0,2}\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:people|persons|men|women|children|members|troops|soldiers|workers|jobs|shares|points|miles|kilomet\w+|km|metres|meters|feet|tons|tonnes|pounds|dollars|euros|homes|houses|employees|seats|votes|cases|deaths|barrels|acres|hectares|megawatts|mw|kg|times|or so|more|others|of the|of them)\b",
    re.IGNORECASE,
)


def year(node: Node, context: Context) -> Resolved | None:
    """A year in four figures or in words; a plain number of that size is none."""
    value = int(node.parts["year"])
    if node.rule.name == "year":
        if _COUNTED.match(context.after(16)):
            return None
        cue = _YEAR_CUE.search(context.before(12))
        if not 1900 <= value <= 2059 and not cue:
            return None
    return dated(f"{value:04d}")


def decade(node: Node, context: Context) -> Resolved | None:
    """A decade, three figures: "the 1960s", "the '80s", "the Fifties"."""
    name = node.parts["decade"]
    if isinstance(name, int):
        return dated(_decade_near(name, context))
    digits = re.sub(r"\D", "", name)
    if len(digits) == 4:
        return dated(digits[:3])
    return dated(_decade_near(int(digits[0]), context))


def _decade_near(tens: int, context: Context) -> str:
    century = 20 if tens <= 2 else 19
    return f"{century}{tens}"


def century(node: Node, context: Context) -> Resolved | None:
    """A century, two figures: "the 20th century" is 19."""
    parts = node.parts
    now = context.published.year // 100
    if "sense" in parts:
        return dated(f"{now + parts['sense']:02d}", _document(context))
    if "ordinal" not in parts:
        return dated(f"{now:02d}", _document(context))
    number = int(parts["ordinal"]) + int(parts.get("tens", 0))
    return dated(f"{number - 1:02d}") if 1 <= number <= 30 else None


def day_word(node: Node, context: Context) -> Resolved | None:
    """ "today", "yesterday", "the day after tomorrow"."""
    days = int(node.parts["day_word"]) + int(node.rule.settings.get("shift", 0))
    value = (context.published + timedelta(days=days)).isoformat()
    if context.text[context.start : context.end].lower().endswith("tonight"):
        return _timed(value + "TNI", _document(context))
    return dated(value, _document(context))


def _timed(value: str, anchor: str | None, mod: str | None = None) -> Resolved:
    return Resolved("TIME", value, mod, covered(value), anchor)


def weekday(node: Node, context: Context) -> Resolved | None:
    """A day of the week: the nearest the way the words look, the document's own day included."""
    number = int(node.parts["weekday"])
    published = context.published
    sense = node.parts.get("sense")
    weeks = int(node.rule.settings.get("weeks", 0))
    if weeks:
        day = calendar.weekday_near(published, number, AHEAD) + timedelta(weeks=weeks)
    elif sense == -1:
        day = calendar.weekday_near(published, number, BACK, same=False)
    elif sense == 1:
        day = calendar.weekday_near(published, number, AHEAD, same=False)
    elif sense == 0:
        day = date.fromisocalendar(*published.isocalendar()[:2], number)
    else:
        direction = context.direction()
        day = calendar.weekday_near(published, number, direction)
    return dated(day.isoformat(), _document(context))


def unit(node: Node, context: Context) -> Resolved | None:
    """ "last week", "this month", "next year": the unit before, around or after the document's date."""
    letter = str(node.parts["unit"])
    sense = int(node.parts["sense"])
    if letter in ("TS", "TM", "TH"):
        return None
    if letter == "D":
        if sense == 0:
            return dated(context.published.isoformat(), _document(context))
        base = context.focus.start if context.focus else context.published
        return dated((base + timedelta(days=sense)).isoformat(), "the time in focus")
    base = calendar.shift(
        context.published.replace(day=1) if letter in _LONG else context.published, letter, sense
    )
    return dated(calendar.value_at(base, letter), _document(context))


_LONG = frozenset(["M", "Q", "Y", "DE", "CE", "ML"])


def _count(parts: Any) -> float | str:
    if "number" in parts:
        return float(parts["number"])
    if "article" in parts:
        return 1.0
    return "X"


def offset(node: Node, context: Context) -> Resolved | None:
    """ "two weeks ago", "a year earlier", "two days later": a unit counted from the document's date or the focus."""
    settings, parts = node.rule.settings, node.parts
    direction = int(parts.get("way", settings.get("direction", -1)))
    letter = str(parts.get("unit", "D"))
    count = _count(parts) if "unit" in parts else 1.0
    if settings["anchor"] == "focus" and context.focus is not None:
        base, anchor = context.focus.start, "the time in focus"
    else:
        base, anchor = context.published, _document(context)
    if isinstance(count, str):
        if settings["anchor"] == "document":
            return Resolved("DATE", "PAST_REF")
        return Resolved("DURATION", duration_value("X", letter))
    if letter in ("TS", "TM", "TH"):
        return Resolved("DURATION", duration_value(count, letter))
    day = calendar.shift(base, letter, direction * int(count))
    if count != int(count):
        day = calendar.shift(day, "M", direction * 6) if letter == "Y" else day
    return dated(calendar.value_at(day, letter), anchor)


def duration_value(count: float | str, letter: str) -> str:
    """A duration as TIMEX3 writes it: P2W, PT9M, PXD, P2Y6M."""
    time = "T" if letter.startswith("T") else ""
    name = letter.removeprefix("T")
    if name == "2W":
        name, count = "W", count if isinstance(count, str) else count * 2
    if name == "ML":
        name, count = "Y", count if isinstance(count, str) else count * 1000
    if name == "WE":
        name = "WE"
    if isinstance(count, str):
        return f"P{time}X{name}"
    whole, rest = int(count), count - int(count)
    if not rest:
        return f"P{time}{whole}{name}"
    finer = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S"), "W": (7, "D"), "D": (24, "H")}
    if letter in finer and count < 1e6:
        times, smaller = finer[letter]
        part = round(rest * times)
        mark = "T" if letter == "D" else ""
        head = f"{whole}{name}" if whole else ""
        return f"P{time}{head}{mark}{part}{smaller}" if part else f"P{time}{whole}{name}"
    return f"P{time}{count:g}{name}"


def duration(node: Node, context: Context) -> Resolved | None:
    """A length of time; with "in" before and the words looking ahead, it ends on a day that can be told."""
    parts = node.parts
    letter = str(parts["unit"])
    count = _count(parts)
    value = duration_value(count, letter)
    sense = parts.get("sense")
    interval = None
    if not isinstance(count, str) and 0 < count < 10_000:
        interval = _duration_interval(letter, int(count), sense, context)
    return Resolved("DURATION", value, None, interval)


_IN = re.compile(
    r"\b(?P<in>in|over in)\s+(?:about |another |just )?\Z|\b(?P<within>within)\s+(?:about |the next )?\Z",
    re.IGNORECASE,
)


def _duration_interval(letter: str, count: int, sense: int | None, context: Context) -> Interval | None:
    granularity: Granularity = calendar.UNIT_GRANULARITY.get(letter, "year")
    published = context.published
    if sense is not None:
        other = calendar.shift(published, letter, sense * count)
        return Interval(min(other, published), max(other, published), "span")
    lead = _IN.search(context.before(24))
    if lead is None:
        return None
    if lead["within"]:
        return Interval(published, calendar.shift(published, letter, count), "span")
    if context.direction() != AHEAD:
        return None
    day = calendar.shift(published, letter, count)
    return Interval(day, day, granularity)


def fixed(node: Node, context: Context) -> Resolved | None:
    """A value that the table gives: PRESENT_REF and the like."""
    return Resolved(node.rule.settings.get("type", "DATE"), node.rule.settings["value"])


def clock_value(parts: Any) -> str | None:
    """HH:MM of a clock time, or a part of the day for "dawn" and the like; None where there is no such time."""
    if "hour_name" in parts:
        return str(parts["hour_name"])
    minute = int(parts.get("minute", 0))
    if "clock" in parts:
        figures = [int(n) for n in re.split(r"[:.]", parts["clock"])]
        hour, minute = figures[0], figures[1]
    else:
        hour = int(parts["hour"])
    ampm = parts.get("ampm")
    if ampm == "pm" and hour < 12:
        hour += 12
    if ampm == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if 0 <= hour <= 24 and 0 <= minute < 60 else None


def clock(node: Node, context: Context) -> Resolved | None:
    """A clock time without its day: of the day in focus, or of the document's."""
    value = clock_value(node.parts)
    if value is None:
        return None
    if "clock" in node.parts and "ampm" not in node.parts and "." in node.parts["clock"]:
        return None
    day = context.published
    return _timed(f"{day.isoformat()}T{value}", _document(context))


def part(node: Node, context: Context) -> Resolved | None:
    """A part of a day: of the day named, or of the document's."""
    name = str(node.parts.get("part", "NI"))
    if "at" in node.parts:
        day = resolve(node.parts["at"], context)
        if day is None or day.interval is None:
            return None
        return _timed(f"{day.value[:10]}T{name}", day.anchor)
    sense = int(node.parts.get("sense", 0))
    day_ = context.published + timedelta(days=sense)
    return _timed(f"{day_.isoformat()}T{name}", _document(context))


def moment(node: Node, context: Context) -> Resolved | None:
    """A clock time with its day."""
    day = resolve(node.parts["at"], context)
    value = clock_value(node.parts["clock"].parts)
    if day is None or value is None:
        return None
    return _timed(f"{day.value[:10]}T{value}", day.anchor)


RESOLVERS: dict[str, Callable[[Node, Context], Resolved | None]] = {
    "date": date_,
    "month": month,
    "numeric": numeric,
    "iso": iso,
    "year": year,
    "decade": decade,
    "century": century,
    "day_word": day_word,
    "weekday": weekday,
    "unit": unit,
    "offset": offset,
    "duration": duration,
    "fixed": fixed,
    "clock": clock,
    "part": part,
    "moment": moment,
}

__all__ = ["RESOLVERS", "Resolved", "dated", "replace", "resolve"]
