"""Resolvers for lengths of time, for what repeats, for fixed values, and for what qualifies another expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dateline.reader.calendar import almanac
from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.cues import AHEAD, BACK
from dateline.reader.calendar.meaning import Resolved, RuleMatch
from dateline.records import Granularity, Interval

_TAKEN_FOR_THREE = frozenset(["W", "M", "Y"])
"""Units that are taken for three where it is not said how many."""
_ENDS_IN_A_DAY: frozenset[Granularity] = frozenset(["week", "month", "quarter"])
"""What has one day for its end."""


def counted(parts: Mapping[str, Any]) -> float | str:
    """How many units: a number, or "X" where it is not said."""
    if "number" in parts:
        return float(parts["number"])
    return 1.0 if "article" in parts else "X"


def duration_value(count: float | str, letter: str) -> str:
    """A duration as TIMEX3 writes it: P2W, PT9M, PXD, P2Y6M. `letter` is a unit of `words.toml`."""
    time = "T" if letter.startswith("T") else ""
    name = letter.removeprefix("T")
    times = {"2W": ("W", 2), "ML": ("Y", 1000)}.get(letter)
    if times:
        name = times[0]
        count = count if isinstance(count, str) else count * times[1]
    if isinstance(count, str):
        return f"P{time}X{name}"
    whole, rest = int(count), count - int(count)
    finer = {
        "Y": (12, "M", ""),
        "TH": (60, "M", ""),
        "TM": (60, "S", ""),
        "W": (7, "D", ""),
        "D": (24, "H", "T"),
    }
    if rest and letter in finer and count < 1e6:
        many, smaller, mark = finer[letter]
        head = f"{whole}{name}" if whole else ""
        part = round(rest * many)
        return f"P{time}{head}{mark}{part}{smaller}" if part else f"P{time}{whole}{name}"
    return f"P{time}{count:.10g}{name}"


_IN = re.compile(
    r"\b(?P<in>in)\s+(?:just\s+|another\s+)?\Z|\b(?P<within>within)\s+(?:just\s+)?\Z", re.IGNORECASE
)
_RATE = re.compile(
    r"\b(?:miles?|kilomet\w+|km|knots|feet|metres|meters|cents|dollars|mph|mm|inches|revolutions|words|cars)\s+\Z|[$£€]\s?[\d.,]+\s+\Z",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"[\s-]+(?:man|woman|boy|girl|son|daughter|child|student|teenager|resident|driver|mother|father|brother|sister|[A-Z]|who|and|,|\.)|\W*\Z"
)


def duration(found: RuleMatch, context: Context) -> Resolved | None:
    """A length of time. Counted from the document's date where the words say so: "the past two months", "in six weeks",
    "within days"."""
    parts = found.parts
    letter = str(parts["unit"]) if "unit" in parts else _letter_in(found.text)
    count = counted(parts)
    text = found.text.lower()
    if letter in almanac.CLOCK_UNITS and "article" in parts and _RATE.search(context.before(24)):
        return None  # miles an hour
    if text.endswith("old") and (letter == "Y" or _PERSON.match(context.after(16))):
        return None  # an age
    if re.match(r"-\s?old|\s+old\b|\s+of\s+age\b", context.after(8)):
        return None
    if text == "one day" and not context.leads(
        "for", "in", "within", "after", "only", "just", "of", "than", "least", "last"
    ):
        return None  # "one day he will"
    if letter == "TS" and "article" in parts:
        return None  # "a second time"
    if letter == "Q" and not isinstance(count, str) and ("article" in parts or "-" in text or count > 100):
        return None  # a fourth part
    if text.startswith("all") and "number" not in parts:
        count = 1.0
    if " half " in f" {text} " and "article" in parts:
        count = 0.5
    if "finer" in parts and not isinstance(count, str):
        return Resolved(
            "DURATION", _in_two_units(count, letter, float(parts["finer_number"]), str(parts["finer"]))
        )
    if re.match(r"(?:recent|future)\b", text) and letter == "D":
        return Resolved("DATE", "PAST_REF")
    interval = _duration_interval(letter, count, found, context)
    if re.fullmatch(r"(?:recent|past) years", text):
        return Resolved("DATE", "PAST_REF", None, interval)
    return Resolved("DURATION", duration_value(count, letter), None, interval)


def _in_two_units(count: float, letter: str, finer_count: float, finer: str) -> str:
    """ "two minutes 30 seconds" as PT2M30S. Raises ValueError where the second unit is not the finer."""
    order = ["ML", "CE", "DE", "Y", "Q", "M", "2W", "W", "WE", "D", "TH", "TM", "TS"]
    if order.index(finer) <= order.index(letter):
        raise ValueError(finer)
    first, second = duration_value(count, letter), duration_value(finer_count, finer)
    return first + (second.removeprefix("PT") if letter.startswith("T") else second.removeprefix("P"))


def _letter_in(text: str) -> str:
    return {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y"}.get(text.split()[1], "M")


def _duration_interval(
    letter: str, count: float | str, found: RuleMatch, context: Context
) -> Interval | None:
    """The days that a length covers, None where nothing ties it to the calendar. A vague count is taken for seven days,
    or three of any longer unit."""
    published = context.published
    if isinstance(count, str):
        if letter == "D":
            whole = 7
        elif letter in _TAKEN_FOR_THREE:
            whole = 3
        else:
            return None
    else:
        whole = int(count)
        if not 0 < whole < 10_000:
            return None
    sense = found.parts.get("sense")
    if sense is not None:
        other = almanac.shift(published, letter, int(sense) * whole)
        return Interval(min(other, published), max(other, published), "span")
    lead = _IN.search(context.before(24))
    if lead is None:
        return None
    if lead["within"]:
        if context.direction() == BACK and context.has_past_verb():
            return None
        return Interval(published, almanac.shift(published, letter, whole), "span")
    if context.direction() != AHEAD or isinstance(count, str):
        return None
    day = almanac.shift(published, letter, whole)
    return Interval(day, day, almanac.UNIT_GRANULARITY.get(letter, "year"))


def each(found: RuleMatch, context: Context) -> Resolved | None:
    """What comes again: "every month", "each July", "on Mondays", "daily"."""
    parts = found.parts
    if "often" in parts:
        return Resolved("SET", str(parts["often"]))
    if "unit" in parts:
        count = float(parts.get("number", 1))
        if re.search(r"\bother\b", found.text):
            count = 2.0
        return Resolved("SET", duration_value(count, str(parts["unit"])))
    if "weekday" in parts:
        nightly = f"T{parts['nightly']}" if "nightly" in parts else ""
        return Resolved("SET", f"XXXX-WXX-{parts['weekday']}{nightly}")
    if "month" in parts:
        return Resolved("SET", f"XXXX-{parts['month']:02d}")
    if "season" in parts:
        return Resolved("SET", f"XXXX-{parts['season']}")
    if "part" in parts:
        return Resolved("SET", f"XXXX-XX-XXT{parts['part']}")
    text = found.text.lower()
    if text.endswith(("weekdays", "weekends")):
        return Resolved("SET", "XXXX-WXX-WE" if text.endswith("ends") else "P1D")
    return Resolved("SET", {"daily": "P1D", "weekly": "P1W", "monthly": "P1M"}.get(text.split()[-1], "P1D"))


def fixed(found: RuleMatch, context: Context) -> Resolved | None:
    """A value that the table gives: PRESENT_REF and the like."""
    return Resolved(found.settings.get("type", "DATE"), found.settings["value"])


def modified(found: RuleMatch, context: Context) -> Resolved | None:
    """ "early next week", "about two weeks", "the end of the year": another expression and what is said about it."""
    of, mod = found.parts["of"], found.settings["mod"]
    interval = of.interval
    if interval is not None and mod in almanac.PARTS:
        if mod == "END" and re.search(r"\b(?:end|close)\s+of\b", found.text, re.IGNORECASE):
            interval = _last_of(interval)
        else:
            interval = almanac.narrowed(interval, mod)
    return Resolved(of.type, of.value, mod, interval, of.anchor)


def _last_of(interval: Interval) -> Interval:
    """What "the end of" leaves: the last day of a week or a month, the last third of what is longer."""
    if interval.granularity in _ENDS_IN_A_DAY:
        return Interval(interval.end, interval.end, "day")
    return almanac.narrowed(interval, "END")
