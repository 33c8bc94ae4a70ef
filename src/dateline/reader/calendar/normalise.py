"""What a matched rule means: each `resolve` of the tables, and the function that it names."""

from __future__ import annotations

from collections.abc import Callable

from dateline.reader.calendar import days, hours, lengths, periods, quarters, ranges, within
from dateline.reader.calendar.anchoring import Context
from dateline.reader.calendar.engine import Node
from dateline.reader.calendar.meaning import Resolved, RuleMatch

RESOLVERS: dict[str, Callable[[RuleMatch, Context], Resolved | None]] = {
    "date": days.numbered_day,
    "numeric": days.day_in_figures,
    "day_word": days.day_word,
    "weekday": days.weekday,
    "offset": days.offset,
    "offset_within": days.offset_within,
    "holiday": days.holiday,
    "within": within.within,
    "weekday_of_week": within.weekday_of_week,
    "on_from": within.on_from,
    "this_time": within.this_time,
    "month": periods.month,
    "iso": periods.month_in_figures,
    "year": periods.year,
    "period_of_year": periods.period_of_year,
    "decade": periods.decade,
    "century": periods.century,
    "unit": periods.unit,
    "the_unit": periods.the_unit,
    "unit_end": periods.unit_end,
    "week_of": periods.week_of,
    "quarter": quarters.quarter,
    "half": quarters.half,
    "half_of_month": quarters.half_of_month,
    "part_of": quarters.part_of_year,
    "quarter_in_focus": quarters.quarter_in_focus,
    "season": periods.season,
    "range": ranges.span_of_two,
    "clock": hours.clock,
    "part": hours.part_of_day,
    "moment": hours.moment,
    "duration": lengths.duration,
    "each": lengths.each,
    "fixed": lengths.fixed,
    "modified": lengths.modified,
}
"""The resolvers by the name that tables give them. Each gives None where the words are no time expression after all."""


def resolve(node: Node, context: Context) -> Resolved | None:
    """The meaning of `node`, or None where it has none on this calendar (years 1-9999)."""
    if node.rule.resolve is None:
        return None
    parts = {}
    outer = context.start, context.end
    for name, value in node.parts.items():
        if isinstance(value, Node):
            context.start, context.end = value.start, value.end
            value = resolve(value, context)
            context.start, context.end = outer
            if value is None:
                return None
        parts[name] = value
    found = RuleMatch(context.text[node.start : node.end], parts, node.rule.settings, node.rule.name)
    try:
        return RESOLVERS[node.rule.resolve](found, context)
    except (ValueError, OverflowError):
        return None  # no such day on the calendar, such as 31 June or the year 12000
