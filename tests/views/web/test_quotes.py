"""The order of statements, what is folded, and who is named."""

from __future__ import annotations

from datetime import date

from dateline.records import Evidence, Span, StatementKind, StoryStatement
from dateline.views.web.quotes import by_report, newest_first, speakers


def _said(
    report: str,
    start: int,
    text: str,
    kind: StatementKind = "indirect",
    speaker: str | None = None,
    cue: str = "said",
) -> StoryStatement:
    day = date(2024, 3, 1 if report == "old" else 2)
    return StoryStatement(
        "s1", speaker, kind, Evidence(report, "", Span(start, start + len(text)), text, day), cue
    )


def test_the_newest_report_comes_first_and_each_is_read_from_its_start() -> None:
    said = [
        _said("old", 9, "the trams would run again"),
        _said("new", 5, "a"),
        _said("old", 0, "b"),
        _said("new", 0, "c"),
    ]
    assert [s.evidence.text for s in newest_first(said)] == ["c", "a", "b", "the trams would run again"]


def test_scraps_are_folded_behind_what_can_be_read_alone() -> None:
    said = [
        _said("new", 0, "the depot would close on Friday"),
        _said("new", 40, "to end it"),
        _said("new", 60, "We will not", "direct"),
        _said("new", 90, "madness", "mixed"),
    ]
    (report,) = by_report(newest_first(said))
    assert [s.evidence.text for s in report.whole] == ["the depot would close on Friday", "We will not"]
    assert [s.evidence.text for s in report.scraps] == ["to end it", "madness"]


def test_a_number_is_no_speaker() -> None:
    said = [_said("new", i, "x", speaker=who) for i, who in enumerate(("Ada Quill", "74", None, "Ada Quill"))]
    assert speakers(said) == [("Ada Quill", 2)]
