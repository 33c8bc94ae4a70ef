"""An article's text in pieces, each with what was found in it: sentences hold pieces, and a piece may be of many things."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.records import Interval, Reading, Span
from dateline.views.labels import clean, days_label, one_line

_MOST_EVENTS = 700
"""Events up to which each is marked."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A thing found in the text: what kind it is, what is told of it, and what a list tells besides."""

    span: Span
    kind: str
    note: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with the kinds of all marks that cover it, and what is told of the shortest of them."""

    text: str
    kinds: str
    note: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence (its number) or the text between two (None), in pieces; `here` where the evidence begins in it."""

    sentence: int | None
    pieces: tuple[Piece, ...]
    here: bool = False


def _days(interval: Interval | None) -> str:
    return days_label(interval) if interval else "no date"


def find(reading: Reading) -> Iterator[Annotation]:
    """Everything found in an article, kind by kind in text order."""
    text = reading.article.text
    for t in reading.times:
        value = t.value + (f" ({t.mod})" if t.mod else "")
        yield Annotation(t.span, "time", f"time: {value}" + (f", {_days(t.interval)}" if t.interval else ""))
    for s in reading.statements:
        yield Annotation(s.content, "statement", f"statement by {one_line(s.speaker or 'nobody named')}")
    for e in reading.events:
        who = ", ".join(f"{a.role}: {one_line(a.text, 60)}" for a in e.arguments)
        day = f", {_days(e.interval)}" if e.interval else ""
        # of most there is no more to tell than their mark does
        plain = e.realis == "actual" and not day
        yield Annotation(e.span, "event", "" if plain else f"event: {e.predicate} ({e.realis}{day})", who)
    for x in reading.expectations:
        holder = f"expected by {one_line(x.holder)}" if x.holder else "expected"
        yield Annotation(x.span, "expectation", f"{holder}: {one_line(x.event, 120)}, due {_days(x.due)}")
    for m in reading.mentions:
        same = one_line(m.entity) == one_line(m.span.of(text))
        yield Annotation(m.span, "name", m.kind + ("" if same else f": {one_line(m.entity)}"))


def marked(marks: Sequence[Annotation]) -> list[Annotation]:
    """Those that are marked in the text: of a very long report not its events, which would be most of its page."""
    events = sum(m.kind == "event" for m in marks)
    return [m for m in marks if m.kind != "event" or events <= _MOST_EVENTS]


def passages(reading: Reading, marks: Sequence[Annotation], evidence: Span | None = None) -> list[Passage]:
    """The whole text in order. What lies in `evidence` has the kind "evidence"."""
    text = reading.article.text
    waiting = sorted(
        [*marks, *([Annotation(evidence, "evidence", "")] if evidence else [])], key=_longest_first
    )
    waiting.reverse()
    out: list[Passage] = []
    over: list[Annotation] = []
    end = 0
    for number, sentence in [*enumerate(reading.sentences), (None, Span(len(text), len(text)))]:
        for place, span in ((None, Span(end, sentence.start)), (number, sentence)):
            if span.start == span.end:
                continue
            # of all marks only those that reach into the passage
            over = [m for m in over if m.span.end > span.start]
            while waiting and waiting[-1].span.start < span.end:
                over.append(waiting.pop())
            here = place is not None and evidence is not None and span.start <= evidence.start < span.end
            out.append(Passage(place, _pieces(text, span, over), here))
        end = max(end, sentence.end)
    return out


def _longest_first(mark: Annotation) -> tuple[int, int]:
    return mark.span.start, -mark.span.end


def _pieces(text: str, span: Span, marks: Sequence[Annotation]) -> tuple[Piece, ...]:
    """The text of `span` cut where a mark begins or ends; each piece has the note of the shortest mark that tells something."""
    inside = [m for m in marks if m.span.overlaps(span)]
    cuts = {span.start, span.end}
    for m in inside:
        cuts.update(c for c in (m.span.start, m.span.end) if span.start < c < span.end)
    pieces = []
    for start, end in itertools.pairwise(sorted(cuts)):
        over = [m for m in inside if m.span.start <= start and end <= m.span.end]
        kinds = " ".join(dict.fromkeys(m.kind for m in over))
        noted = [m for m in over if m.note]
        shortest = min((m.span.end - m.span.start for m in noted), default=0)
        note = "; ".join(dict.fromkeys(m.note for m in noted if m.span.end - m.span.start == shortest))
        pieces.append(Piece(clean(text[start:end]), kinds, note))
    return tuple(pieces)
