"""A report's records by the sentence that they stand in."""

from __future__ import annotations

from dataclasses import replace

from dateline.keeper.sentence_records import SentenceRecords
from dateline.records import Span, Statement
from tests.keeper.stories_by_hand import Report


def test_a_span_stands_in_the_sentence_that_holds_it_and_touches_those_that_it_crosses() -> None:
    report = Report("a", "2024-05-06").say("Anna Holt came.").names("Anna Holt").happened("came", "come")
    reading = report.say("Nobody else did.").file().reading
    text = reading.article.text
    crossing = Span(text.index("came"), text.index(" else"))
    records = SentenceRecords(replace(reading, statements=(Statement(crossing, "indirect"),)))
    assert records.holding(reading.mentions[0].span) == 0
    assert records.holding(crossing) is None
    assert records.touching(crossing) == [0, 1]
    assert records.touching(reading.sentences[1]) == [1]
    assert {n: [m.entity for m in found] for n, found in records.mentions.items()} == {0: ["Anna Holt"]}
    assert {n: [e.predicate for e in found] for n, found in records.events.items()} == {0: ["come"]}
    assert records.said == {0, 1}
    assert not records.expectations


def test_a_report_without_sentences_has_none() -> None:
    records = SentenceRecords(replace(Report("a", "2024-05-06").file().reading, sentences=()))
    assert records.holding(Span(0, 1)) is None
    assert records.touching(Span(0, 1)) == []
