"""What the records say of themselves."""

from __future__ import annotations

from datetime import date

from dateline.records import Evidence, Interval, Span, TimelineEntry

DAY = date(2024, 3, 11)


def told(text: str, day: int) -> Evidence:
    return Evidence(f"a{day}", f"{day}.txt", Span(0, len(text)), text, date(2024, 3, day))


def entry(text: str, *sources: Evidence) -> TimelineEntry:
    return TimelineEntry("s", Interval(DAY, DAY), text, "actual", 0.5, sources)


def test_an_entry_is_cited_by_the_passage_that_it_is_taken_from() -> None:
    early, own, late = (
        told("The lock will open.", 9),
        told("The lock\nopened at noon.", 11),
        told("It opened.", 12),
    )
    assert entry("The lock opened at noon.", early, own, late).cited == (own, early, late)


def test_an_entry_in_other_words_than_its_passages_is_cited_by_the_earliest() -> None:
    early, late = told("The lock will open.", 9), told("It opened.", 12)
    assert entry("[The lock] opened.", early, late).cited == (early, late)
    assert entry("[The lock] opened.").cited == ()
