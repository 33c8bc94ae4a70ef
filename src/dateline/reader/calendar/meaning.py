"""What resolvers are given and what they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.reader.calendar import almanac
from dateline.reader.calendar.anchoring import Context
from dateline.records import Interval, TimeType


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A match to resolve: its words, the values of its named parts (a part that a rule made is a `Resolved`), and the
    settings of its rule."""

    text: str
    parts: Mapping[str, Any]
    settings: Mapping[str, Any]
    rule: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """The meaning of one expression. `anchor` says what it was counted from."""

    type: TimeType
    value: str
    mod: str | None = None
    interval: Interval | None = None
    anchor: str | None = None


def dated(value: str, anchor: str | None = None, mod: str | None = None) -> Resolved:
    """A DATE with the days that its value covers. Raises ValueError where there are no such days."""
    interval = almanac.covered(value)
    if interval is None:
        raise ValueError(value)
    return Resolved("DATE", value, mod, almanac.narrowed(interval, mod), anchor)


def timed(value: str, anchor: str | None = None) -> Resolved:
    """A TIME of a day. Raises ValueError where there is no such day."""
    interval = almanac.covered(value)
    if interval is None:
        raise ValueError(value)
    return Resolved("TIME", value, None, interval, anchor)


def document_anchor(context: Context) -> str:
    """How an explanation names the document's date."""
    return context.document


def focus_anchor(context: Context) -> str:
    """How an explanation names the time in focus."""
    return f"the time in focus, {context.focus_value}" if context.focus_value else document_anchor(context)
