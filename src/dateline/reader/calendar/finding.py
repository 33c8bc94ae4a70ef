"""Time expressions of a text: words to nodes, nodes to values, in text order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dateline.reader.calendar import engine
from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.engine import Node
from dateline.reader.calendar.meaning import Resolved
from dateline.reader.calendar.normalise import resolve
from dateline.reader.calendar.tense import GoverningTense
from dateline.reader.parsed import Document
from dateline.records import Span, TimeExpression, TimeType

_LOOKS_BACK = frozenset(["AGO", "EARLIER"])
_YEARS_COMPARED = frozenset(["P6M", "P9M"])
"""Lengths of which a report goes on to compare half-years or three quarters."""
_POINTS: frozenset[TimeType] = frozenset(["DATE", "TIME"])


def find(
    text: str, published: date, *, document: Document | None = None, explain: bool = False
) -> list[TimeExpression]:
    """TIMEX3 expressions of `text`, in order, resolved against `published` (the DCT).

    Spans are character offsets into `text`. With `document` its parse tells the tense; without, the words around do.
    `explain` fills `rule` and `anchor`. Never raises on any text.
    """
    tense = GoverningTense(document) if document is not None else None
    context = Context(text, published, month_first=_month_first(text), tense=tense)
    found: list[TimeExpression] = []
    for node, resolved in _meanings(engine.parse(text), context):
        if resolved.type == "DURATION" and resolved.value in _YEARS_COMPARED:
            context.quarter = None
        if resolved.interval is not None and resolved.type in _POINTS:
            _remember(resolved, node.rule.kind, context)
        found.append(
            TimeExpression(
                Span(node.start, node.end),
                text[node.start : node.end],
                resolved.type,
                resolved.value,
                resolved.mod,
                resolved.interval,
                f"{node.rule.family}: {node.rule.name}" if explain else None,
                resolved.anchor if explain else None,
            )
        )
    return found


def _meanings(nodes: Iterable[Node], context: Context) -> Iterator[tuple[Node, Resolved]]:
    """The nodes that mean something, each with its meaning; where one does not, those that it was made of."""
    for node in nodes:
        context.start, context.end = node.start, node.end
        resolved = resolve(node, context)
        if resolved is not None:
            yield node, resolved
            continue
        inner = [part for part in node.parts.values() if isinstance(part, Node)]
        yield from _meanings(sorted(inner, key=lambda part: part.start), context)


_FIGURES = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b")


def _month_first(text: str) -> bool:
    """The order of days told in figures: as in the first that can be read one way only, month first where none can."""
    for figures in _FIGURES.finditer(text):
        first, second = int(figures[1]), int(figures[2])
        if first > 12 >= second:
            return False
        if second > 12 >= first:
            return True
    return True


def _remember(resolved: Resolved, kind: str, context: Context) -> None:
    """Put what was found in focus."""
    context.focus, context.focus_value, context.focus_at = resolved.interval, resolved.value, context.end
    quarter = resolved.interval if resolved.interval and resolved.interval.granularity == "quarter" else None
    if quarter is None or kind in _LOOKS_BACK:
        return
    if context.quarter is not None and _is_compared(resolved.value, context.quarter[1]):
        return
    if context.quarter is None or quarter.end <= context.published:
        context.quarter = context.start, resolved.value


def _is_compared(value: str, focus: str) -> bool:
    """True for the quarter a year before the one in focus: reports name it to compare, and go on about the later."""
    return value[4:] == focus[4:] and int(value[:4]) == int(focus[:4]) - 1
