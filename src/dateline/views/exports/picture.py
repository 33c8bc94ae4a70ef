"""A story as a picture: an SVG of its reports, entries, expectations and disagreements on one axis of days.

Marks differ by shape and word, never by colour alone; colours come from the page's style sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from dateline.records import LedgerEntry
from dateline.views.exports.contents import StoryContents, disagreement_id, entry_id
from dateline.views.exports.words import day_label, days_label, one_line, outcome_label

_WIDTH, _LEFT, _RIGHT = 960, 305, 140
_ROW, _AXIS, _STACK = 24, 44, 10
# marks in one stack before a number says how many more there are
_HIGHEST = 6
_MOST_ROWS = 40
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# a mark for each outcome; the word stands beside it
_MARK = {"met": "✓", "met late": "✓", "missed": "✕", "overdue": "!", "open": "…"}


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days to x: `first` stands at the left edge of the plot, `last` at the right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where the middle of `day` stands; days beyond the axis stand at its ends."""
        day = min(max(day, self.first), self.last)
        share = ((day - self.first).days + 0.5) / ((self.last - self.first).days + 1)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def holds(self, day: date) -> bool:
        """True where `day` is on the axis."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark in a band: its day, the id of the line it leads to, its shape and the words that a pointer shows."""

    day: date
    anchor: str
    shape: str
    words: str


def draw(story: StoryContents, as_of: date | None = None) -> str:
    """The picture as an `<svg>` element, each mark a link to its line on the page."""
    axis = _axis(story)
    parts: list[str] = []
    y: float = _AXIS
    for name, marks in _bands(story, axis):
        highest = min(max(Counter(mark.day for mark in marks).values()), _HIGHEST + 1)
        y += (highest + 1.5) * _STACK
        parts += [
            f'<text class="band" x="{_LEFT - 14}" y="{y}" text-anchor="end">{name}</text>',
            *_stacks(axis, y - 4, marks),
        ]
    y += 1.5 * _STACK
    due = sorted((x.due.start, x.due.end, x.id, x) for x in story.expectations if x.due is not None)
    for *_, entry in due[:_MOST_ROWS]:
        parts.extend(_expectation(entry, axis, y + _ROW / 2))
        y += _ROW
    height = y + _STACK
    title = escape(f"{one_line(story.summary.title, 100)}: {day_label(axis.first)} to {day_label(axis.last)}")
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{title}">\n'
        + "\n".join([*_grid(axis, height, as_of), *parts])
        + "\n</svg>"
    )


def _axis(story: StoryContents) -> _Axis:
    """From the first report or what lies shortly before it, to the last report or what lies ahead of it.

    A year mentioned in passing (1662) would squeeze the story itself to a line, so the margins grow with its length.
    """
    first, last = story.summary.first, story.summary.last
    length = (last - first).days
    earliest, latest = _shifted(first, -max(14, length // 2)), _shifted(last, max(45, length))
    days = [d for e in story.entries for d in (e.interval.start, e.interval.end)]
    days += [d for x in story.expectations if x.due for d in (x.due.start, x.due.end)]
    inside = [d for d in days if earliest <= d <= latest]
    return _Axis(min([first, *inside]), _shifted(max([last, *inside]), 1))


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _grid(axis: _Axis, height: float, as_of: date | None) -> Iterator[str]:
    for day, words in _ticks(axis):
        x = axis.x(day)
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="{_AXIS - 6}" y2="{height}"/>'
        yield f'<text class="when" x="{x}" y="{_AXIS - 12}" text-anchor="middle">{words}</text>'
    if as_of and axis.holds(as_of):
        x = axis.x(as_of)
        yield f'<line class="as-of" x1="{x}" x2="{x}" y1="14" y2="{height}"/>'
        yield f'<text class="when" x="{x}" y="10" text-anchor="middle">as of {day_label(as_of)}</text>'


def _ticks(axis: _Axis) -> Iterator[tuple[date, str]]:
    """At most about ten days with their names: days, weeks, months or years apart."""
    span = (axis.last - axis.first).days + 1
    if span <= 120:
        step = 1 if span <= 10 else 7 if span <= 70 else 14
        # weeks are told by their Monday
        day = axis.first if step == 1 else _shifted(axis.first, -axis.first.weekday() % 7)
        while day <= axis.last:
            yield day, f"{day.day} {_MONTHS[day.month - 1]}"
            if (date.max - day).days < step:
                return
            day += timedelta(days=step)
        return
    months = next(m for m in (1, 3, 6, 12, 60, 120, 600, 1200, 12000) if span / 30.4 / m <= 11)
    index = -(-(axis.first.year * 12 + axis.first.month - 1 + (axis.first.day > 1)) // months) * months
    while index // 12 <= axis.last.year:
        day = date(index // 12, index % 12 + 1, 1)
        if day > axis.last:
            return
        yield day, f"{day.year}" if months >= 12 else f"{_MONTHS[day.month - 1]} {day.year}"
        index += months


def _bands(story: StoryContents, axis: _Axis) -> Iterator[tuple[str, list[_Mark]]]:
    """The bands above the expectations, those that have marks."""
    reports = [
        _Mark(m.published, f"article-{m.id}", "report", f"{day_label(m.published)}: {one_line(m.source)}")
        for m in story.summary.members
    ]
    # the weightiest first: where a stack is too high it keeps those
    entries = [
        _Mark(
            e.interval.start,
            f"entry-{entry_id(e)}",
            "happened" if e.realis == "actual" else "foreseen",
            f"{days_label(e.interval)}: {one_line(e.text, 160)}",
        )
        for e in sorted(story.entries, key=lambda e: -e.weight)
        if axis.holds(e.interval.start)
    ]
    differ = [
        _Mark(
            d.day,
            f"disagreement-{disagreement_id(d)}",
            "differ",
            f"{day_label(d.day)}: {one_line(d.about, 160)}",
        )
        for d in story.disagreements
        if d.day and axis.holds(d.day)
    ]
    for name, marks in (
        ("reports ■", reports),
        ("happened ● expected ○", entries),
        ("reports disagree ◆", differ),
    ):
        if marks:
            yield name, marks


def _stacks(axis: _Axis, base: float, marks: Sequence[_Mark]) -> Iterator[str]:
    """Marks piled up on their days, the first at the height `base`."""
    height: Counter[date] = Counter()
    for mark in marks:
        height[mark.day] += 1
        if height[mark.day] <= _HIGHEST:
            y = base - (height[mark.day] - 1) * _STACK
            yield _linked(mark.anchor, mark.words, _shape(mark.shape, axis.x(mark.day), y))
    for day, count in height.items():
        if count > _HIGHEST:
            y = base - _HIGHEST * _STACK
            yield f'<text class="more" x="{axis.x(day)}" y="{y + 3}" text-anchor="middle">+{count - _HIGHEST}</text>'


def _shape(kind: str, x: float, y: float) -> str:
    if kind == "report":
        return f'<rect class="report" x="{x - 4}" y="{y - 4}" width="8" height="8"/>'
    if kind == "differ":
        return f'<path class="differ" d="M{x} {y - 5}l5 5l-5 5l-5-5z"/>'
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="4"/>'


def _linked(anchor: str, words: str, drawing: str) -> str:
    return f'<a href="#{escape(anchor)}"><title>{escape(words)}</title>{drawing}</a>'


def _expectation(entry: LedgerEntry, axis: _Axis, middle: float) -> Iterator[str]:
    """A row: from the day it was voiced (a ring) along a line to its due days (a bar) and its outcome (mark and word)."""
    if entry.due is None:
        return
    voiced = axis.x(min((s.evidence.published for s in entry.sources), default=entry.due.start))
    start, end = axis.x(entry.due.start) - 4, axis.x(entry.due.end) + 4
    evidence = entry.outcome.evidence
    # what is settled is marked on the day of the report that settles it, the rest where its days end
    outcome = max(axis.x(evidence.published), voiced) if evidence else end
    status = entry.outcome.status
    told: str = status
    kind = status.replace(" ", "-")
    bar = f'<rect class="due {kind}" x="{start}" y="{middle - 5}" width="{round(end - start, 1)}" height="10" rx="3"/>'
    if not axis.holds(entry.due.start):
        # its days lie off the picture: they are told in words
        bar, told = "", f"{status}, {_MONTHS[entry.due.start.month - 1]} {entry.due.start.year}"
    words = f"{one_line(entry.event, 160)}, due {days_label(entry.due)}: {outcome_label(entry)}"
    name = escape(one_line(entry.event, 46))
    drawing = [
        f'<text class="what" x="{_LEFT - 14}" y="{middle + 4}" text-anchor="end">{name}</text>',
        f'<line class="wait" x1="{voiced}" x2="{max(outcome, end)}" y1="{middle}" y2="{middle}"/>',
        bar,
        f'<circle class="voiced" cx="{voiced}" cy="{middle}" r="4"/>',
        # the report that settles it
        f'<path class="settled" d="M{outcome} {middle - 7}v14"/>' if evidence else "",
        f'<text class="outcome {kind}" x="{max(outcome, end) + 8}" y="{middle + 4}">{_MARK[status]} {told}</text>',
    ]
    yield _linked(f"expectation-{entry.id}", words, "".join(drawing))
