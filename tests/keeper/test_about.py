"""What a report is about: enough of the words in its text, and whether its head says so."""

from __future__ import annotations

import pytest

from dateline.errors import SearchError
from dateline.keeper import about
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
    assert about.is_about(report(text).file().reading, about.subject(words)) is holds


def test_the_head_of_a_report_says_what_all_of_it_is_about() -> None:
    asked = about.subject("ferry")
    late = report("Rain fell.", "Prices rose.", "Nobody came.", "A ferry sank.").file().reading
    assert about.is_about(late, asked)
    assert not about.opens_with(late, asked)
    assert about.opens_with(report("Rain fell.", title="Ferry lost").file().reading, asked)


def test_no_words_and_too_many_are_refused() -> None:
    for words in ("", " ?! ", "word " * 51):
        with pytest.raises(SearchError, match="1 to 50 words"):
            about.subject(words)


def test_what_is_typed_is_no_query_syntax() -> None:
    assert about.full_text_query(about.subject('ferry" OR *')) == '"ferry"* OR "or"*'
