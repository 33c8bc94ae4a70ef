"""What a report is about: enough of the words in its text, and whether its head says so."""

from __future__ import annotations

import pytest

from dateline.errors import SearchError
from dateline.keeper import topic
from tests.keeper.stories_by_hand import Report


def report(*sentences: str, title: str | None = None) -> Report:
    found = Report("a", "2024-03-05", title=title)
    for sentence in sentences:
        found.say(sentence)
    return found


@pytest.mark.parametrize(
    ("words", "text", "holds"),
    [
        ("ferry", "A ferry sank.", True),
        ("ferry", "A bridge fell.", False),
        ("Arlen bridge", "The bridge of Isk fell.", False),
        ("Arlen bridge", "ARLEN lost its bridge.", True),
        # two of three will do, and forms of one name are one word
        ("arlen bridge flood", "The bridge of Arlen fell.", True),
        ("vellmar vellmarian", "It rained in Vellmar.", True),
        ("quake arlen", "An earthquake shook Arlen.", True),
    ],
)
def test_a_report_is_about_words_that_it_mostly_holds(words: str, text: str, holds: bool) -> None:
    assert topic.is_about(report(text).file().reading, topic.subject(words)) is holds


def test_the_head_of_a_report_says_what_all_of_it_is_about() -> None:
    asked = topic.subject("ferry")
    late = report("Rain fell.", "Prices rose.", "Nobody came.", "A ferry sank.").file().reading
    assert topic.is_about(late, asked)
    assert not topic.opens_with(late, asked)
    assert topic.opens_with(report("Rain fell.", title="Ferry lost").file().reading, asked)


def test_no_words_and_too_many_are_refused() -> None:
    for words in ("", " ?! ", "word " * 51):
        with pytest.raises(SearchError, match="1 to 50 words"):
            topic.subject(words)


def test_what_is_typed_is_no_query_syntax() -> None:
    assert topic.full_text_query(topic.subject('ferry" OR *')) == '"ferry"* OR "or"*'


def test_words_name_somebody_where_most_names_that_hold_them_are_of_people() -> None:
    found = report("Ada Merrow spoke.").names("Ada Merrow").say("Merrow left.").names("Merrow")
    found.say("The lock at Merrow is shut.").names("Merrow", "place")
    readings = [found.file().reading]
    assert topic.names_somebody(readings, topic.subject("ada merrow"))
    assert not topic.names_somebody(readings, topic.subject("lock"))
    assert not topic.names_somebody([], topic.subject("merrow"))
