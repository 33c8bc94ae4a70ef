"""The verbs around a time, and where its clause begins and ends."""

from __future__ import annotations

import pytest

from dateline.reader.calendar.cues import AHEAD, BACK, REACH, Surroundings

TEXT = "The ferry sank on Sunday. It will be raised on Friday; the harbour is shut."


def clause(text: str, at: int) -> str:
    around = Surroundings(text)
    return text[around.clause_start(at) : around.clause_end(at)]


def test_a_clause_ends_with_its_sentence_or_a_semicolon() -> None:
    assert clause(TEXT, TEXT.index("Sunday")) == "The ferry sank on Sunday"
    assert clause(TEXT, TEXT.index("Friday")) == "It will be raised on Friday"
    assert clause(TEXT, TEXT.index("shut")) == "the harbour is shut."


@pytest.mark.parametrize(
    "text", ["Gov. Holt spoke at 9 a.m. Sunday", "It is run by J. Moe and Prof. Stark today"]
)
def test_the_dot_of_an_abbreviation_ends_none(text: str) -> None:
    assert clause(text, len(text) - 3) == text


def test_nothing_is_looked_for_beyond_its_reach() -> None:
    text = "word " * 200
    around = Surroundings(text)
    assert around.clause_start(600) == 600 - REACH
    assert around.clause_end(300) == 300 + REACH


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("The ferry sank", BACK),
        ("The ferry will sail", AHEAD),
        ("It was closed", BACK),
        ("The bridge is closed", AHEAD),
        ("The council expects to vote", AHEAD),
        ("The council had to vote", BACK),
        ("They plan a march", AHEAD),
        ("The occupied districts", None),
        ("A harbour of some size", None),
    ],
)
def test_a_verb_tells_the_way(words: str, way: int | None) -> None:
    assert Surroundings(words).last_cue(0, len(words)) == way


def test_the_nearest_cue_counts_on_either_side() -> None:
    text = "They met and will meet again; he said that"
    around = Surroundings(text)
    end = text.index(";")
    assert around.last_cue(0, end) == AHEAD
    assert around.first_cue(0, end) == BACK
    assert around.first_cue(end, len(text)) == BACK
    assert around.first_cue(0, 5) is None


def test_text_whose_small_letters_are_more_is_read_as_it_stands() -> None:
    text = "İ" * 3 + " The ferry sank"
    assert Surroundings(text).last_cue(0, len(text)) == BACK
