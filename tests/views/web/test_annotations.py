"""What a page marks in a report's text."""

from __future__ import annotations

from datetime import date

import dateline
from dateline.records import Span
from dateline.views.web.annotations import Annotation, find, marked, passages

TEXT = (
    "The council of Arlen will vote on Friday, Mayor Ada Holt said.\n\n"
    "She told reporters that the bridge closed on Monday. Nobody was hurt."
)


def test_the_pieces_are_the_text_whatever_is_marked() -> None:
    reading = dateline.read(TEXT, published=date(2024, 3, 6), source="a.txt")
    marks = list(find(reading))
    assert {m.kind for m in marks} >= {"time", "statement", "name", "expectation"}
    for evidence in (None, Span(0, 20), Span(50, 90), Span(len(TEXT) - 5, len(TEXT))):
        shown = passages(reading, marks, evidence)
        assert "".join(piece.text for p in shown for piece in p.pieces) == TEXT
        lit = "".join(piece.text for p in shown for piece in p.pieces if "evidence" in piece.kinds.split())
        assert lit == (evidence.of(TEXT) if evidence else "")
        assert sum(p.here for p in shown) == (evidence is not None)
        # each piece has the kinds of the marks over it, and no others
        start = 0
        for piece in (piece for p in shown for piece in p.pieces):
            span, start = Span(start, start + len(piece.text)), start + len(piece.text)
            over = {m.kind for m in marks if m.span.overlaps(span)}
            assert set(piece.kinds.split()) - {"evidence"} == over, piece


def test_events_are_not_marked_in_a_report_of_too_many() -> None:
    few = [Annotation(Span(n, n + 1), "event", "") for n in range(300)] + [
        Annotation(Span(0, 9), "statement", "")
    ]
    many = [Annotation(Span(n, n + 1), "event", "") for n in range(2000)] + [
        Annotation(Span(0, 9), "statement", "")
    ]
    assert marked(few) == few
    assert [m.kind for m in marked(many)] == ["statement"]


def test_a_piece_tells_of_the_shortest_mark_over_it() -> None:
    reading = dateline.read(TEXT, published=date(2024, 3, 6), source="a.txt")
    marks = [
        Annotation(Span(0, 40), "statement", "long"),
        Annotation(Span(4, 11), "name", "short"),
        Annotation(Span(12, 14), "event", ""),
    ]
    notes = {piece.text: piece.note for p in passages(reading, marks) for piece in p.pieces if piece.kinds}
    assert notes["council"] == "short"
    assert notes["of"] == "long"
