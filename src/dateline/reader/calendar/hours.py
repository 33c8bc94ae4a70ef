"""Resolvers for clock times and parts of the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.meaning import Resolved, RuleMatch, document_anchor, focus_anchor, timed

_NOT_ONLY_HOURS = frozenset(["sunset", "sunrise", "dawn", "lunchtime"])
"""Words that name an hour only where the words before them say so ("at dawn")."""
_AFTER_NOON = frozenset(["TAF", "TEV", "TNI"])
"""Parts of a day whose hours are told from noon on."""


def clock_value(parts: Mapping[str, Any]) -> str | None:
    """HH:MM of a clock time, or a part of the day for "dawn" and the like; None where there is no such time."""
    if "hour_name" in parts:
        return str(parts["hour_name"])
    hour, minute = _hour_and_minute(parts)
    ampm = parts.get("ampm") or {"MO": "am", "AF": "pm", "EV": "pm", "NI": "pm"}.get(
        parts.get("ampm_part", "")
    )
    if ampm == "pm" and hour < 12:
        hour += 12
    if ampm == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if 0 <= hour <= 24 and 0 <= minute < 60 else None


def _hour_and_minute(parts: Mapping[str, Any]) -> tuple[int, int]:
    if "clock" in parts:
        figures = [int(n) for n in re.split(r"[:.]", parts["clock"])]
        return figures[0], figures[1]
    if "hundreds" in parts:
        return divmod(int(parts["hundreds"]), 100)
    if "half_hour" in parts:
        return int(parts["half_hour"]), 30
    hour, minute = int(parts["hour"]), int(parts.get("minute", 0))
    return (hour - 1, 60 - minute) if parts.get("past") == -1 and minute else (hour, minute)


def clock(found: RuleMatch, context: Context) -> Resolved | None:
    """A clock time without its day: of the day in focus where that is near, or of the document's."""
    value = clock_value(found.parts)
    if value is None:
        return None
    bare = "clock" in found.parts and "ampm" not in found.parts and "zone" not in found.parts
    if bare and ("." in found.parts["clock"] or re.search(r"\d\s\Z", context.before(3))):
        return None  # a number with a decimal point, a score
    if "hour_name" in found.parts and found.text.lower() in _NOT_ONLY_HOURS:
        if not context.leads("at", "by", "until", "before", "after", "from", "since", "around", "to", "of"):
            return None
        if re.match(r"\s+of\b", context.after(5)):
            return None
    return timed(f"{context.published.isoformat()}T{value}", document_anchor(context))


def part_of_day(found: RuleMatch, context: Context) -> Resolved | None:
    """A part of a day: of the day named, of the day in focus, or of the document's."""
    text = found.text.lower()
    name = (
        found.parts.get("part") or found.parts.get("hour_name") or ("MO" if text.endswith("hours") else "NI")
    )
    name = f"T{name}"
    if "told" in found.parts:
        name = found.parts["told"].value[10:]
    if "at" in found.parts:
        at = found.parts["at"]
        if at.interval is None or not at.interval.is_one_day:
            return None
        return timed(at.value[:10] + name, at.anchor)
    day, anchor = context.published, document_anchor(context)
    focus = context.focus if found.settings.get("anchor") == "focus" else None
    if focus is not None and focus.is_one_day:
        day, anchor = focus.start, focus_anchor(context)
    return timed((day + timedelta(days=int(found.parts.get("sense", 0)))).isoformat() + name, anchor)


def moment(found: RuleMatch, context: Context) -> Resolved | None:
    """A clock time with its day, or with a part of a day ("six yesterday morning")."""
    at, time = found.parts["at"], found.parts["clock"].value.partition("T")[2]
    if at.interval is None or not at.interval.is_one_day or not re.match(r"\d{4}-\d\d-\d\d", at.value):
        return None
    part = at.value[10:]
    if part in _AFTER_NOON and re.match(r"\d\d:", time) and int(time[:2]) < 12:
        time = f"{int(time[:2]) + 12:02d}{time[2:]}"
    return timed(f"{at.value[:10]}T{time}", at.anchor)
