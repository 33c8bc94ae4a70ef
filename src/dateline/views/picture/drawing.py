"""The drawing: bands of marks on one axis of days. Whatever the story holds is drawn, or counted in a mark that tells how many.

Marks differ by shape and word, never by colour alone; colours come from the style sheet (`static/picture.css`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dateline.language.counting import counted
from dateline.records import LedgerEntry, Status
from dateline.views.contents import StoryContents, disagreement_id, entry_id
from dateline.views.labels import day_label, days_label, one_line, outcome_label, status_label
from dateline.views.picture.axis import LEFT, LETTER, RIGHT, WIDTH, Axis, whole
from dateline.views.picture.links import InPage, Kind, Links

_HEAD, _BARS, _NAMES, _LANE = 20, 52, 20, 19
# entries that are told in words, the lanes for them, and a label's letters where many want room, and where there is room
_LABELLED, _MOST_LANES, _SHORT, _LONG = 12, 8, 34, 84
# the columns of marks that are counted; a bar of reports is at least so wide
_COLUMN, _THINNEST = 36, 4
# kept for arrows between the names of the lanes and the days
_ARROW = 46
_STATUSES: tuple[Status, ...] = ("overdue", "open", "met", "met late", "missed")
# a mark for each outcome; the word stands beside it
_MARK = {"met": "✓", "met late": "✓", "missed": "✕", "overdue": "!", "open": "…"}
_THINGS = {"report": "report", "entry": "entry", "disagreement": "disagreement", "expectation": "expectation"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A thing of the story: its day, its id, its shape, the words beside it and those that a pointer shows."""

    day: date
    key: str
    shape: str
    label: str
    words: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class _Band:
    """Marks of a kind, and how tall they are drawn: what is drawn hangs below `top`."""

    kind: Kind
    axis: Axis
    links: Links

    def inside(self, marks: Sequence[_Mark]) -> list[_Mark]:
        """The marks of days on the axis."""
        return [m for m in marks if self.axis.holds(m.day)]

    def edges(self, marks: Sequence[_Mark], y: float) -> Iterator[str]:
        """Arrows that count what lies before the axis and after it."""
        for beyond, x, anchor, words in (
            ([m for m in marks if m.day < self.axis.first], LEFT - 8, "end", "◂ {}"),
            ([m for m in marks if m.day > self.axis.last], WIDTH - RIGHT + 4, "start", "{} ▸"),
        ):
            if beyond:
                told = counted(len(beyond), _THINGS[self.kind], _plural(self.kind))
                side = "earlier" if x < WIDTH / 2 else "later"
                drawing = f'<text class="edge" x="{x}" y="{round(y + 4, 1)}" text-anchor="{anchor}">{words.format(len(beyond))}</text>'
                days = [m.day for m in beyond]
                href = self.links.many(self.kind, [m.key for m in beyond], min(days), max(days))
                yield self.link(href, f"{told} {side}", drawing, len(beyond))

    def link(self, href: str, words: str, drawing: str, count: int, *, stop: bool = False) -> str:
        """A drawing that stands for `count` things and leads to them; with `stop` the keyboard halts at it."""
        halted = "" if stop else ' tabindex="-1"'
        return (
            f'<a href="{escape(href)}"{halted} data-kind="{self.kind}" data-count="{count}">'
            f"<title>{escape(words)}</title>{drawing}</a>"
        )

    def columns(self, marks: Sequence[_Mark], y: float) -> Iterator[str]:
        """Marks in columns: one alone has its own shape, several are a box that counts them."""
        binned: defaultdict[int, list[_Mark]] = defaultdict(list)
        for mark in marks:
            binned[int((self.axis.x(mark.day) - LEFT) // _COLUMN)].append(mark)
        for number, some in sorted(binned.items()):
            left = LEFT + number * _COLUMN
            if len(some) == 1:
                # clear of a count in the next column
                x = round(min(max(self.axis.x(some[0].day), left + 6), left + _COLUMN - 6), 1)
                yield self.link(
                    self.links.one(self.kind, some[0].key), some[0].words, _shape(some[0].shape, x, y), 1
                )
                continue
            x = left + _COLUMN / 2
            first, last = min(m.day for m in some), max(m.day for m in some)
            told = counted(len(some), _THINGS[self.kind], _plural(self.kind))
            half = len(f"+{len(some)}") * LETTER / 2 + 4
            drawing = (
                f'<rect class="box {some[0].shape}" x="{round(x - half, 1)}" y="{round(y - 8, 1)}" width="{round(2 * half, 1)}" height="16" rx="8"/>'
                f'<text class="count" x="{x}" y="{round(y + 4, 1)}" text-anchor="middle">+{len(some)}</text>'
            )
            href = self.links.many(self.kind, [m.key for m in some], first, last)
            yield self.link(
                href, f"{told}, {day_label(first)} to {day_label(last)}", drawing, len(some), stop=True
            )


def draw(
    story: StoryContents, as_of: date | None = None, axis: Axis | None = None, links: Links | None = None
) -> str:
    """The picture as an `<svg>` element, each mark a link to its line (`links`); of all days, or of those of `axis`."""
    axis, links = axis or whole(story), links or InPage()
    parts = [*_reports(story, _Band("report", axis, links))]
    y: float = _HEAD + _BARS + _NAMES
    drawn, y = _entries(story, _Band("entry", axis, links), y)
    parts += drawn
    for lane in (_disputed(story, _Band("disagreement", axis, links)), *_statuses(story, axis, links)):
        if lane:
            parts += lane(y + _LANE / 2)
            y += _LANE
    height = round(y + 6)
    title = escape(f"{one_line(story.summary.title, 100)}: {day_label(axis.first)} to {day_label(axis.last)}")
    return (
        f'<svg class="picture" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{title}"'
        f' data-from="{axis.first}" data-to="{axis.last}" data-left="{LEFT}" data-right="{WIDTH - RIGHT}" data-width="{WIDTH}">\n'
        + "\n".join([*_grid(axis, height, as_of), *parts])
        + "\n</svg>"
    )


def _plural(kind: Kind) -> str:
    return "entries" if kind == "entry" else f"{_THINGS[kind]}s"


def _name(y: float, words: str) -> str:
    return f'<text class="band" x="{LEFT - _ARROW}" y="{round(y + 4, 1)}" text-anchor="end">{escape(words)}</text>'


def _grid(axis: Axis, height: float, as_of: date | None) -> Iterator[str]:
    top = _HEAD + _BARS
    for day, words in axis.ticks():
        x = axis.x(day)
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="{top}" y2="{height}"/>'
        yield f'<text class="when" x="{x}" y="{top + 14}" text-anchor="middle">{words}</text>'
    if as_of and axis.holds(as_of):
        x, words = axis.x(as_of), f"as of {day_label(as_of)}"
        half = len(words) * LETTER / 2 + 4
        middle = min(max(x, half), WIDTH - half)
        yield f'<line class="as-of" x1="{x}" x2="{x}" y1="15" y2="{height}"/>'
        yield f'<text class="when as-of" x="{round(middle, 1)}" y="11" text-anchor="middle">{words}</text>'


def _reports(story: StoryContents, band: _Band) -> Iterator[str]:
    """A bar a day, or for several days where there are too many; the highest tells its count."""
    marks = [_Mark(m.published, m.id, "report", "", "") for m in story.summary.members]
    base, axis = _HEAD + _BARS, band.axis
    per_bar = -(-axis.days * _THINNEST // (WIDTH - LEFT - RIGHT))
    binned: defaultdict[int, list[_Mark]] = defaultdict(list)
    for mark in band.inside(marks):
        binned[(mark.day - axis.first).days // per_bar].append(mark)
    yield _name(base - 12, counted(len(marks), "report"))
    yield from band.edges(marks, base - 12)
    highest = max((len(some) for some in binned.values()), default=1)
    wide = (WIDTH - LEFT - RIGHT) / axis.days * per_bar
    for number, some in sorted(binned.items()):
        high = max(len(some) / highest * (_BARS - 16), 3)
        x, bar = LEFT + number * wide, min(max(wide - 1, 1.5), 26)
        x += (wide - bar) / 2
        first, last = min(m.day for m in some), max(m.day for m in some)
        days = day_label(first) if first == last else f"{day_label(first)} to {day_label(last)}"
        drawing = f'<rect class="report" x="{round(x, 1)}" y="{round(base - high, 1)}" width="{round(bar, 1)}" height="{round(high, 1)}"/>'
        if len(some) == highest:
            drawing += f'<text class="count" x="{round(x + bar / 2, 1)}" y="{round(base - high - 3, 1)}" text-anchor="middle">{len(some)}</text>'
        yield band.link(
            band.links.many("report", [m.key for m in some], first, last),
            f"{counted(len(some), 'report')}, {days}",
            drawing,
            len(some),
        )


def _entries(story: StoryContents, band: _Band, top: float) -> tuple[list[str], float]:
    """The weightiest entries with their words in lanes, the others counted below them; and where the band ends."""
    marks = [
        _Mark(
            e.interval.start,
            entry_id(e),
            "happened" if e.realis == "actual" else "foreseen",
            one_line(e.text, _LONG),
            f"{days_label(e.interval)}: {one_line(e.text, 160)}",
            e.weight,
        )
        for e in story.entries
    ]
    if not marks:
        return [], top
    inside = sorted(band.inside(marks), key=lambda m: (-m.weight, m.day, m.key))
    lanes: list[list[_Label]] = [[] for _ in range(_MOST_LANES)]
    parts: list[str] = []
    rest = inside[_LABELLED:] + [m for m in inside[:_LABELLED] if not _place(lanes, m, band.axis.x(m.day))]
    for lane, labels in enumerate(lanes):
        for label in labels:
            drawing = _labelled(label, _room(label, labels), top + (lane + 0.5) * _LANE)
            parts.append(
                band.link(band.links.one("entry", label.mark.key), label.mark.words, drawing, 1, stop=True)
            )
    used = max((n + 1 for n, labels in enumerate(lanes) if labels), default=0)
    parts.append(_name(top + _LANE / 2, counted(len(marks), "entry", "entries")))
    y = top + used * _LANE
    if rest or len(inside) < len(marks):
        parts += [*band.columns(rest, y + _LANE / 2), *band.edges(marks, y + _LANE / 2)]
        y += _LANE
    return parts, y + 6


@dataclass(frozen=True, slots=True)
class _Label:
    """A mark with its words, right of it or left, and what it takes of its lane at the least."""

    mark: _Mark
    x: float
    right: bool
    start: float
    end: float


def _place(lanes: list[list[_Label]], mark: _Mark, x: float) -> bool:
    """True where a lane has room for the mark and the first of its words, right of it or left; the room is taken."""
    width = len(one_line(mark.label, _SHORT)) * LETTER + 12
    for right, start, end in ((True, x - 6, x + width), (False, x - width, x + 6)):
        if start < LEFT - 8 or end > WIDTH:
            continue
        for labels in lanes:
            if all(end < other.start or other.end < start for other in labels):
                labels.append(_Label(mark, x, right, start, end))
                return True
    return False


def _room(label: _Label, lane: Sequence[_Label]) -> int:
    """How many letters the words may have before they meet the next label of the lane, or the edge; those left of their mark do not
    grow where another stands before them, which grows towards them."""
    if not label.right:
        alone = all(other.start >= label.start for other in lane)
        return max(int((label.x - LEFT - 4) / LETTER), _SHORT) if alone else _SHORT
    end = min((other.start for other in lane if other.start > label.start), default=float(WIDTH))
    return max(int((end - label.x - 12) / LETTER), _SHORT)


def _labelled(label: _Label, letters: int, y: float) -> str:
    mark, x = label.mark, label.x
    place = f'x="{round(x + 8, 1)}"' if label.right else f'x="{round(x - 8, 1)}" text-anchor="end"'
    words = escape(one_line(mark.label, letters))
    return _shape(mark.shape, x, y) + (
        f'<text class="label {mark.shape}-label" {place} y="{round(y + 4, 1)}">{words}</text>'
    )


def _shape(kind: str, x: float, y: float) -> str:
    if kind == "differ":
        return f'<path class="differ" d="M{x} {round(y - 5, 1)}l5 5l-5 5l-5-5z"/>'
    if kind.startswith("due"):
        return f'<rect class="{kind}" x="{round(x - 5, 1)}" y="{round(y - 5, 1)}" width="10" height="10" rx="3"/>'
    return f'<circle class="{kind}" cx="{x}" cy="{round(y, 1)}" r="4.5"/>'


@dataclass(frozen=True, slots=True)
class _Lane:
    """A lane: its name, which may lead to its list, its marks, and how many things have no day to stand on."""

    band: _Band
    name: str
    href: str | None
    marks: list[_Mark]
    undated: int

    def __call__(self, y: float) -> Iterator[str]:
        """The lane about the height `y`."""
        name = _name(y, self.name)
        if self.href:
            name = f'<a href="{escape(self.href)}">{name}</a>'
        yield name
        if self.undated:
            words = f'<text class="edge" x="{WIDTH - 2}" y="{round(y + 4, 1)}" text-anchor="end">{self.undated} no day</text>'
            yield f'<g data-kind="{self.band.kind}" data-count="{self.undated}">{words}</g>'
        yield from self.band.columns(self.band.inside(self.marks), y)
        yield from self.band.edges(self.marks, y)


def _disputed(story: StoryContents, band: _Band) -> _Lane | None:
    marks = [
        _Mark(
            d.day,
            disagreement_id(d),
            "differ",
            "",
            f"{day_label(d.day)}: {one_line(d.about, 160)}: {one_line(' or '.join(v.value for v in d.values), 160)}",
        )
        for d in story.disagreements
        if d.day
    ]
    total = len(story.disagreements)
    return _Lane(band, f"◆ {total} disputed", None, marks, total - len(marks)) if total else None


def _statuses(story: StoryContents, axis: Axis, links: Links) -> Iterator[_Lane]:
    """A lane for each status: its expectations on the last of their due days."""
    by_status: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
    for x in story.expectations:
        by_status[x.outcome.status].append(x)
    for status in _STATUSES:
        if rows := by_status[status]:
            marks = [
                _Mark(
                    x.due.end,
                    x.id,
                    f"due {status.replace(' ', '-')}",
                    "",
                    f"{one_line(x.event, 160)}, due {days_label(x.due)}: {outcome_label(x)}",
                )
                for x in rows
                if x.due
            ]
            name = f"{_MARK[status]} {len(rows)} {status_label(status)}"
            href = links.lane(status, [x.id for x in rows])
            yield _Lane(_Band("expectation", axis, links), name, href, marks, len(rows) - len(marks))
