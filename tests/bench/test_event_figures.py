"""How events, realis and entity grouping are counted."""

from datetime import date

import pytest

from dateline.bench.events import GoldDocument, GoldEvent, grouping, triggers
from dateline.records import Article, Event, Mention, Reading, Span

TEXT = "Orvo Stark left . Stark will return ."
ARTICLE = Article(id="a", source="a", published=date(2024, 3, 5), text=TEXT)


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def document() -> GoldDocument:
    events = [GoldEvent(span("left"), "actual"), GoldEvent(span("return"), "expected")]
    return GoldDocument("a", ARTICLE, events, [(span("Orvo Stark"), "1"), (Span(18, 23), "1")], len(TEXT))


def test_events_are_paired_one_to_one() -> None:
    reading = Reading(
        ARTICLE, events=(Event(span("left"), 0, "leave", "actual"), Event(span("will"), 0, "will", "actual"))
    )
    figures = triggers(lambda _: reading, [document()])
    assert figures["trigger F1"] == pytest.approx(50)
    assert figures["realis accuracy"] == pytest.approx(100)


def test_a_group_that_is_split_loses_recall() -> None:
    split = (
        Mention(span("Orvo Stark"), "Orvo Stark", "person", "Orvo Stark"),
        Mention(Span(18, 23), "Stark", "person", "Stark"),
    )
    figures = grouping(lambda _: Reading(ARTICLE, mentions=split), [document()])
    assert figures["entity grouping B-cubed precision"] == pytest.approx(100)
    assert figures["entity grouping B-cubed recall"] == pytest.approx(50)
