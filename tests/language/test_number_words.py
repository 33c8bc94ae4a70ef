"""What number words are worth."""

from __future__ import annotations

import pytest

from dateline.language.number_words import leading_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zero", 0),
        ("Seven", 7),
        ("twenty-five", 25),
        ("a hundred", 100),
        ("two hundred and six", 206),
        ("three thousand four hundred", 3400),
        ("two hundred thousand", 200_000),
        ("a million and one", 1_000_001),
        ("two dozen", 24),
        ("nineteen ninety-six", None),
        ("seven twenty", None),
        ("twenty eleven", None),
        ("five hundred hundred", None),
        ("an", None),
        ("and five", None),
        ("boat", None),
        ("", None),
    ],
)
def test_words_that_are_one_number_and_words_that_are_not(words: str, value: int | None) -> None:
    row = words.lower().replace("-", " ").split()
    assert (leading_number(row) == (value, len(row))) is (value is not None)


@pytest.mark.parametrize(
    ("words", "value", "used"),
    [
        ("twenty - six boats", 26, 3),
        ("4,000 houses", 4000, 1),
        ("2.5 - million tonnes", 2_500_000, 3),
        ("4 bn euros", 4 * 10**9, 2),
        ("half a million trees", 500_000, 3),
        ("half a tree", None, 0),
        ("two and a half million trees", 2_500_000, 5),
        ("two dozen boats", 24, 2),
        ("a score of boats", 20, 2),
        ("three hundred and five boats", 305, 4),
        ("three hundred and boats", 300, 2),
        ("five and six", 5, 1),
        ("20 six", 20, 1),
        ("a boat", None, 0),
        ("m 4", None, 0),
        ("score", None, 0),
    ],
)
def test_a_number_at_the_head_of_words(words: str, value: float | None, used: int) -> None:
    assert leading_number(words.split()) == (None if value is None else (value, used))
