"""The parts of a pair."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.keeper.judge import again_text, fact_text, telling_text
from dateline.reader.model.network import WEIGHTS
from dateline.reader.model.segments import DAYS, FIRST, MOST_PLACES, SENTENCE, segments
from dateline.reader.model.wordpiece import CLS, SEP, WordPiece
from dateline.records import Interval

MONDAY, FRIDAY = date(2024, 5, 6), date(2024, 5, 10)
DUE = Interval(FRIDAY, FRIDAY)
OPENED = "It opened: nobody came."
encode = WordPiece(WEIGHTS / "tokenizer.json").encode


@pytest.mark.parametrize(
    "second",
    [
        telling_text(OPENED, FRIDAY, MONDAY, DUE),
        telling_text(OPENED, MONDAY, MONDAY, None),
        again_text(OPENED, FRIDAY, Interval(MONDAY, FRIDAY), MONDAY, DUE),
        fact_text(OPENED, FRIDAY),
    ],
)
def test_the_sentence_is_one_part_whatever_its_days(second: str) -> None:
    first, days, sentence = segments("due in 4 days: It will open.", second, encode)
    assert (first.kind, days.kind, sentence.kind) == (FIRST, DAYS, SENTENCE)
    assert first.text == "due in 4 days: It will open."
    assert sentence.text == OPENED
    assert days.text + sentence.text == second


def test_what_is_longer_than_days_are_belongs_to_the_sentence() -> None:
    long = "word " * (DAYS.longest - 1)
    assert segments("", f"{long}: It opened.", encode)[1].text == f"{long}: "
    for second in (f"word {long}: It opened.", "It opened.", ""):
        _, days, sentence = segments("", second, encode)
        assert (days.text, sentence.text) == ("", second)


def test_parts_are_cut_at_their_ends_and_have_places_of_their_own() -> None:
    long = "word " * 200
    (first, days, sentence) = (part.pieces(encode) for part in segments(long, f"2024-05-10: {long}", encode))
    assert (first[0], first[-1], days[-1], sentence[-1]) == (CLS, SEP, SEP, SEP)
    assert (len(first), len(days), len(sentence)) == (98, len(encode("2024-05-10:")) + 1, 97)
    assert [part.pieces(encode) for part in segments("", "", encode)] == [[CLS, SEP], [SEP], [SEP]]
    ends = [kind.place + kind.longest + len(kind.opening) + 1 for kind in (FIRST, DAYS, SENTENCE)]
    assert ends[0] <= DAYS.place
    assert ends[1] <= SENTENCE.place
    assert ends[2] == MOST_PLACES
