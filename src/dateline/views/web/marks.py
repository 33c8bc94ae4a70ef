"""An article's text in pieces, each with what was found in it: sentences hold pieces, and a piece may be of many things."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.records import Interval, Reading, Span
from dateline.views.words import clean, days_label, one_line


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing found in the text: what kind it is, and what is told of it."""

    span: Span
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with the kinds and notes of all marks that cover it."""

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


def found(reading: Reading) -> Iterator[Mark]:
    """Everything found in an article, kind by kind in text order."""
    text = reading.article.text
    for t in reading.times:
        value = t.value + (f" ({t.mod})" if t.mod else "")
        yield Mark(t.span, "time", f"time: {value}" + (f", {_days(t.interval)}" if t.interval else ""))
    for s in reading.statements:
        yield Mark(s.content, "statement", f"statement by {one_line(s.speaker or 'nobody named')}")
        if s.cue:
            yield Mark(s.cue, "cue", f"cue of a statement by {one_line(s.speaker or 'nobody named')}")
    for e in reading.events:
        who = ", ".join(f"{a.role}: {one_line(a.text, 60)}" for a in e.arguments)
        day = f", {_days(e.interval)}" if e.interval else ""
        yield Mark(e.span, "event", f"event: {e.predicate} ({e.realis}{day})" + (f"; {who}" if who else ""))
    for x in reading.expectations:
        holder = f"expected by {one_line(x.holder)}" if x.holder else "expected"
        yield Mark(x.span, "expectation", f"{holder}: {one_line(x.event, 120)}, due {_days(x.due)}")
    for m in reading.mentions:
        same = one_line(m.entity) == one_line(m.span.of(text))
        yield Mark(m.span, "name", m.kind + ("" if same else f": {one_line(m.entity)}"))


def passages(reading: Reading, marks: Sequence[Mark], evidence: Span | None = None) -> list[Passage]:
    """The whole text in order. What lies in `evidence` has the kind "evidence"."""
    text = reading.article.text
    marks = [*marks, *([Mark(evidence, "evidence", "")] if evidence else [])]
    out = []
    end = 0
    for number, sentence in enumerate(reading.sentences):
        if end < sentence.start:
            out.append(_passage(text, Span(end, sentence.start), None, marks, evidence))
        out.append(_passage(text, sentence, number, marks, evidence))
        end = sentence.end
    if end < len(text):
        out.append(_passage(text, Span(end, len(text)), None, marks, evidence))
    return out


def _passage(
    text: str, span: Span, sentence: int | None, marks: Sequence[Mark], evidence: Span | None
) -> Passage:
    inside = [m for m in marks if m.span.overlaps(span)]
    cuts = {span.start, span.end}
    for m in inside:
        cuts.update(c for c in (m.span.start, m.span.end) if span.start < c < span.end)
    edges = sorted(cuts)
    pieces = []
    for start, end in itertools.pairwise(edges):
        over = [m for m in inside if m.span.start <= start and end <= m.span.end]
        kinds = " ".join(dict.fromkeys(m.kind for m in over))
        note = "; ".join(dict.fromkeys(m.note for m in over if m.note))
        pieces.append(Piece(clean(text[start:end]), kinds, note))
    here = evidence is not None and span.start <= evidence.start < span.end
    return Passage(sentence, tuple(pieces), here)
