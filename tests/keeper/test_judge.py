"""How pairs are written for the judge."""

from __future__ import annotations

import pytest

from dateline.keeper.judge import (
    LIKENESSES,
    VERDICTS,
    expectation_text,
    fact_text,
    marked,
    telling_text,
)
from dateline.records import Span
from tests.keeper.stories_by_hand import day, days


def test_words_are_marked_and_white_space_is_folded() -> None:
    assert marked("The  bridge\nopens.", Span(12, 17)) == "The bridge * opens * ."
    assert marked(" The  bridge\nopens. ", None) == "The bridge opens."


def test_an_expectation_says_when_it_is_due() -> None:
    due = days("2024-05-10", "2024-05-12")
    assert expectation_text("It * opens * .", day("2024-05-06"), due) == (
        "due 2024-05-10 to 2024-05-12, said 2024-05-06: It * opens * ."
    )
    assert expectation_text("It * opens * .", day("2024-05-06"), None).startswith("no day, said 2024-05-06")


@pytest.mark.parametrize(
    ("published", "says"),
    [
        ("2024-05-06", "the same day before it is due: It opened."),
        ("2024-05-11", "5 days later in time: It opened."),
        ("2024-05-13", "7 days later after it was due: It opened."),
    ],
)
def test_a_telling_sentence_says_how_its_day_lies(published: str, says: str) -> None:
    due = days("2024-05-10", "2024-05-12")
    assert telling_text("It opened.", day(published), day("2024-05-06"), due) == says


def test_a_fact_has_its_day_and_the_answers_have_their_names() -> None:
    assert fact_text("Two died.", day("2024-05-06")) == "2024-05-06: Two died."
    assert VERDICTS == ("happened", "did not happen", "moved", "again", "unrelated")
    assert LIKENESSES == ("same", "differs", "update", "other")
