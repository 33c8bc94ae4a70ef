"""How pairs are written for the judge."""

from __future__ import annotations

import pytest

from dateline.keeper.judge import (
    LIKENESSES,
    SAMENESS,
    VERDICTS,
    again_text,
    expectation_text,
    fact_text,
    marked,
    telling_text,
)
from dateline.records import Interval, Span
from tests.keeper.stories_by_hand import day, days


def test_words_are_marked_and_white_space_is_folded() -> None:
    assert marked("The  bridge\nopens.", Span(12, 17)) == "The bridge * opens * ."
    assert marked(" The  bridge\nopens. ", None) == "The bridge opens."


def test_an_expectation_says_when_it_is_due() -> None:
    said = day("2024-05-06")
    assert expectation_text("It * opens * .", said, days("2024-05-10")) == "due in 4 days: It * opens * ."
    wide = days("2024-05-10", "2024-05-12")
    assert expectation_text("It * opens * .", said, wide) == "due in 4 to 6 days: It * opens * ."
    assert expectation_text("It * opens * .", said, None) == "no day: It * opens * ."


@pytest.mark.parametrize(
    ("due", "other", "says"),
    [
        (days("2024-05-10"), days("2024-05-10"), "2 days later, due in 2 days, the same days: It is to * open * ."),
        (days("2024-05-10"), days("2024-05-09", "2024-05-12"), "2 days later, due in 2 days, days in common: It is to * open * ."),
        (days("2024-05-10"), days("2024-05-11"), "2 days later, due in 2 days, other days: It is to * open * ."),
        (None, days("2024-05-11"), "2 days later, no day, days in one: It is to * open * ."),
        (None, None, "2 days later, no day, no days: It is to * open * ."),
    ],
)  # fmt: skip
def test_a_second_expectation_says_how_its_days_lie(
    due: Interval | None, other: Interval | None, says: str
) -> None:
    assert again_text("It is to * open * .", day("2024-05-08"), due, day("2024-05-06"), other) == says


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
    assert SAMENESS == ("same", "another")
    assert LIKENESSES == ("same", "differs", "update", "other")
