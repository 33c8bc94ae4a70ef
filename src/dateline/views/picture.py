"""A story as a picture: an SVG of its reports, entries, disagreements and expectations on one axis of days.

Marks differ by shape and word, never by colour alone; colours come from the style sheet (`static/picture.css`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from dateline.language.days import SHORT_MONTHS, moved
from dateline.records import Interval, LedgerEntry
from dateline.views.contents import StoryContents, disagreement_id, entry_id
from dateline.views.words import day_label, days_label, one_line, outcome_label, status_label

_WIDTH, _LEFT, _RIGHT = 1080, 300, 128
_ROW, _AXIS, _STACK, _LANE = 24, 48, 10, 19
# reports in one stack before a number says how many more there are
_HIGHEST = 6
_MOST_ROWS = 40
_MOST_LANES = 9
# width of a letter of a label, and the longest label
_LETTER, _LONGEST = 6.1, 44
# a mark for each outcome; the word stands beside it
_MARK = {"met": "✓", "met late": "✓", "missed": "✕", "overdue": "!", "open": "…"}


@dataclass(frozen=True, slots=True)
class Axis:
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

    def zoomed(self, factor: float) -> Axis:
        """The axis about the same middle with `factor` times as many days, at least one."""
        days = max(round(((self.last - self.first).days + 1) * factor), 1)
        middle = self.first.toordinal() + (self.last - self.first).days / 2
        first = moved(date.min, round(middle - (days - 1) / 2) - 1)
        return Axis(first, moved(first, days - 1))

    def moved(self, share: float) -> Axis:
        """The axis moved by a share of its length, by a day at least."""
        days = round(((self.last - self.first).days + 1) * share) or (1 if share > 0 else -1)
        return Axis(moved(self.first, days), moved(self.last, days))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark: its day, the id of the line it leads to, its shape, the words beside it and those that a pointer shows."""

    day: date
    anchor: str
    shape: str
    label: str
    words: str


def whole(story: StoryContents) -> Axis:
    """The axis from the first report or what lies shortly before it, to the last report or what lies ahead of it.

    A year mentioned in passing (1662) would squeeze the story itself to a line, so the margins grow with its length.
    """
    first, last = story.summary.first, story.summary.last
    length = (last - first).days
    earliest, latest = moved(first, -max(14, length // 2)), moved(last, max(45, length))
    days = [d for e in story.entries for d in (e.interval.start, e.interval.end)]
    days += [d for x in story.expectations if x.due for d in (x.due.start, x.due.end)]
    inside = [d for d in days if earliest <= d <= latest]
    return Axis(min([first, *inside]), moved(max([last, *inside]), 1))


def draw(story: StoryContents, as_of: date | None = None, axis: Axis | None = None) -> str:
    """The picture as an `<svg>` element, each mark a link to its line on the page; of all days, or of those of `axis`."""
    axis = axis or whole(story)
    parts: list[str] = []
    y: float = _AXIS
    reports = _reports(story, axis)
    if reports:
        highest = min(max(Counter(mark.day for mark in reports).values()), _HIGHEST + 1)
        y += (highest + 1.2) * _STACK
        parts += [_band(y - 4, "reports ■"), *_stacks(axis, y - 8, reports)]
    for name, marks in (
        ("happened ● expected ○", _entries(story, axis)),
        ("reports disagree ◆", _disagreements(story, axis)),
    ):
        if marks:
            drawn, lanes = _in_lanes(axis, y + _LANE, marks)
            parts += [_band(y + _LANE + 4, name), *drawn]
            y += lanes * _LANE + 8
    y += 8
    due = sorted(
        (x.due.start, x.due.end, x.id, x)
        for x in story.expectations
        if x.due is not None and _on(axis, x, x.due)
    )
    for *_, entry in due[:_MOST_ROWS]:
        parts.extend(_expectation(entry, axis, y + _ROW / 2))
        y += _ROW
    if len(due) > _MOST_ROWS:
        parts.append(_band(y + _ROW / 2, f"{len(due) - _MOST_ROWS} more below"))
        y += _ROW
    height = round(y + _STACK)
    title = escape(f"{one_line(story.summary.title, 100)}: {day_label(axis.first)} to {day_label(axis.last)}")
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{title}"'
        f' data-from="{axis.first}" data-to="{axis.last}">\n'
        + "\n".join([*_grid(axis, height, as_of), *parts])
        + "\n</svg>"
    )


def _band(y: float, name: str) -> str:
    return f'<text class="band" x="{_LEFT - 14}" y="{round(y, 1)}" text-anchor="end">{name}</text>'


def _grid(axis: Axis, height: float, as_of: date | None) -> Iterator[str]:
    for day, words in _ticks(axis):
        x = axis.x(day)
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="{_AXIS - 6}" y2="{height}"/>'
        yield f'<text class="when" x="{x}" y="{_AXIS - 12}" text-anchor="middle">{words}</text>'
    if as_of and axis.holds(as_of):
        x = axis.x(as_of)
        yield f'<line class="as-of" x1="{x}" x2="{x}" y1="16" y2="{height}"/>'
        yield f'<text class="when as-of" x="{x}" y="12" text-anchor="middle">as of {day_label(as_of)}</text>'


def _ticks(axis: Axis) -> Iterator[tuple[date, str]]:
    """At most about ten days with their names: days, weeks, months or years apart."""
    span = (axis.last - axis.first).days + 1
    if span <= 120:
        step = 1 if span <= 10 else 7 if span <= 70 else 14
        # weeks are told by their Monday
        day = axis.first if step == 1 else moved(axis.first, -axis.first.weekday() % 7)
        while day <= axis.last:
            yield day, f"{day.day} {SHORT_MONTHS[day.month - 1]}"
            if (date.max - day).days < step:
                return
            day += timedelta(days=step)
        return
    months = next(m for m in (1, 3, 6, 12, 60, 120, 600, 1200, 12000) if span / 30.4 / m <= 11)
    index = -(-(axis.first.year * 12 + axis.first.month - 1 + (axis.first.day > 1)) // months) * months
    while index // 12 <= axis.last.year:
        day = date(max(index // 12, 1), index % 12 + 1, 1)
        if day > axis.last:
            return
        yield day, f"{day.year}" if months >= 12 else f"{SHORT_MONTHS[day.month - 1]} {day.year}"
        index += months


def _reports(story: StoryContents, axis: Axis) -> list[_Mark]:
    return [
        _Mark(
            m.published,
            f"article-{m.id}",
            "report",
            "",
            f"{day_label(m.published)}: {one_line(m.source, 120)}",
        )
        for m in story.summary.members
        if axis.holds(m.published)
    ]


def _entries(story: StoryContents, axis: Axis) -> list[_Mark]:
    """The entries of the axis, the weightiest first: they have the first choice of a place for their label."""
    return [
        _Mark(
            e.interval.start,
            f"entry-{entry_id(e)}",
            "happened" if e.realis == "actual" else "foreseen",
            one_line(e.text, _LONGEST),
            f"{days_label(e.interval)}: {one_line(e.text, 160)}",
        )
        for e in sorted(story.entries, key=lambda e: (-e.weight, e.interval.start, e.text))
        if axis.holds(e.interval.start)
    ]


def _disagreements(story: StoryContents, axis: Axis) -> list[_Mark]:
    return [
        _Mark(
            d.day,
            f"disagreement-{disagreement_id(d)}",
            "differ",
            one_line(" or ".join(v.value for v in d.values), _LONGEST),
            f"{day_label(d.day)}: {one_line(d.about, 160)}: {one_line(' or '.join(v.value for v in d.values), 160)}",
        )
        for d in story.disagreements
        if d.day and axis.holds(d.day)
    ]


def _stacks(axis: Axis, base: float, marks: Sequence[_Mark]) -> Iterator[str]:
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


def _in_lanes(axis: Axis, top: float, marks: Sequence[_Mark]) -> tuple[list[str], int]:
    """Marks in lanes, each with its label to the right (or the left) of it where there is room, else without; and the lanes used."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_LANES)]
    drawn = []
    for mark in marks:
        x = axis.x(mark.day)
        width = len(mark.label) * _LETTER + 12
        right, left, bare = (x - 6, x + width), (x - width, x + 6), (x - 6, x + 6)
        choices = [(n, span) for span in (right, left) for n in range(_MOST_LANES)]
        choices += [(n, bare) for n in range(_MOST_LANES)]
        for lane, span in choices:
            inside = span[1] <= _WIDTH and (span[0] >= _LEFT - 8)
            if inside and all(span[1] < a or b < span[0] for a, b in taken[lane]):
                taken[lane].append(span)
                y = top + lane * _LANE
                drawn.append(
                    _linked(mark.anchor, mark.words, _labelled(mark, x, y, span is right, span is left))
                )
                break
    return drawn, max((n + 1 for n, spans in enumerate(taken) if spans), default=0)


def _labelled(mark: _Mark, x: float, y: float, right: bool, left: bool) -> str:
    shape = _shape(mark.shape, x, y)
    if not (right or left):
        return shape
    place = f'x="{round(x + 8, 1)}"' if right else f'x="{round(x - 8, 1)}" text-anchor="end"'
    return f'{shape}<text class="label {mark.shape}-label" {place} y="{round(y + 4, 1)}">{escape(mark.label)}</text>'


def _shape(kind: str, x: float, y: float) -> str:
    if kind == "report":
        return f'<rect class="report" x="{round(x - 4, 1)}" y="{round(y - 4, 1)}" width="8" height="8"/>'
    if kind == "differ":
        return f'<path class="differ" d="M{x} {round(y - 5, 1)}l5 5l-5 5l-5-5z"/>'
    return f'<circle class="{kind}" cx="{x}" cy="{round(y, 1)}" r="4.5"/>'


def _linked(anchor: str, words: str, drawing: str) -> str:
    return f'<a href="#{escape(anchor)}"><title>{escape(words)}</title>{drawing}</a>'


def _on(axis: Axis, entry: LedgerEntry, due: Interval) -> bool:
    """True where any part of an expectation's row lies on the axis."""
    settled = entry.outcome.evidence
    days = [s.evidence.published for s in entry.sources] + [due.start, due.end]
    days += [settled.published] if settled else []
    return min(days) <= axis.last and max(days) >= axis.first


def _expectation(entry: LedgerEntry, axis: Axis, middle: float) -> Iterator[str]:
    """A row: from the day it was voiced (a ring) an arrow to its due days (a bar), and one to its outcome (mark and word)."""
    if entry.due is None:
        return
    voiced = axis.x(min((s.evidence.published for s in entry.sources), default=entry.due.start))
    start, end = axis.x(entry.due.start) - 5, axis.x(entry.due.end) + 5
    evidence = entry.outcome.evidence
    # what is settled is marked on the day of the report that settles it, the rest where its days end
    outcome = axis.x(evidence.published) if evidence else end
    status = entry.outcome.status
    told = status_label(status)
    kind = status.replace(" ", "-")
    bar = f'<rect class="due {kind}" x="{round(start, 1)}" y="{middle - 5}" width="{round(end - start, 1)}" height="10" rx="3"/>'
    if not axis.holds(entry.due.start) and not axis.holds(entry.due.end):
        # its days lie off the picture: they are told in words
        bar, told = "", f"{told}, {SHORT_MONTHS[entry.due.start.month - 1]} {entry.due.start.year}"
    words = f"{one_line(entry.event, 160)}, due {days_label(entry.due)}: {outcome_label(entry)}"
    name = escape(one_line(entry.event, 42))
    last = max(outcome, end)
    drawing = [
        f'<text class="what" x="{_LEFT - 14}" y="{middle + 4}" text-anchor="end">{name}</text>',
        _arrow(voiced + 5, start, middle) if start > voiced + 5 else "",
        bar,
        _arrow(end, outcome - 2, middle) if outcome > end + 8 else "",
        f'<circle class="voiced" cx="{voiced}" cy="{middle}" r="4.5"/>',
        # the report that settles it
        f'<path class="settled" d="M{outcome} {middle - 8}v16"/>' if evidence else "",
        f'<text class="outcome {kind}" x="{round(last + 8, 1)}" y="{middle + 4}">{_MARK[status]} {told}</text>',
    ]
    yield _linked(f"expectation-{entry.id}", words, "".join(drawing))


def _arrow(start: float, end: float, y: float) -> str:
    head = f'<path class="head" d="M{round(end - 6, 1)} {y - 3.5}l6 3.5l-6 3.5z"/>' if end - start > 8 else ""
    return f'<line class="wait" x1="{round(start, 1)}" x2="{round(end - (5 if head else 0), 1)}" y1="{y}" y2="{y}"/>{head}'
