"""From a word of a time to the time, and the preposition before it."""

from __future__ import annotations

import pytest

from dateline.reader.model import Arc
from dateline.reader.timing import chosen_time, preposition
from tests.reader.analyses import clause, document, place, time

TEXT = "The gate opens by early next June, or on Monday."
TREE = """
The DET det gate
gate NOUN nsubj opens
opens VERB root - open
by ADP case June
early ADJ amod June
next ADJ amod June
June PROPN obl opens
, PUNCT punct Monday
or CCONJ cc Monday
on ADP case Monday
Monday PROPN conj June
. PUNCT punct opens
"""
JUNE = time(TEXT, "early next June", "2024-06", "2024-06-01", "2024-06-30")
MONDAY = time(TEXT, "Monday", "2024-05-13", "2024-05-13")


def chosen(*arcs: tuple[str | None, float], number: int = 0) -> str | None:
    made = document(TEXT, TREE)
    found = [Arc(place(made, word) if word else None, chance) for word, chance in arcs]
    time = chosen_time(made, [JUNE, MONDAY], found, number).time
    return time.text if time is not None else None


def test_the_arcs_to_all_words_of_a_time_count_together() -> None:
    assert chosen(("next", 0.3), ("June", 0.3), ("Monday", 0.4)) == "early next June"
    assert chosen(("Monday", 0.7), ("June", 0.3)) == "Monday"


def test_without_a_likely_time_there_is_none() -> None:
    assert chosen((None, 0.9), ("June", 0.1)) is None
    assert chosen(("gate", 0.9)) is None
    assert chosen() is None


def test_the_preposition_stands_before_the_time() -> None:
    sentence = clause(TEXT, TREE)
    assert preposition(sentence, JUNE) == "by"
    assert preposition(sentence, MONDAY) == "on"


def test_a_time_may_hold_its_preposition_or_have_none() -> None:
    text = "Within days the gate opens Monday."
    tree = """
Within ADP case days
days NOUN obl opens day
the DET det gate
gate NOUN nsubj opens
opens VERB root - open
Monday PROPN obl opens
. PUNCT punct opens
"""
    sentence = clause(text, tree)
    assert preposition(sentence, time(text, "Within days", "PXD")) == "within"
    assert preposition(sentence, time(text, "Monday", "2024-05-13", "2024-05-13")) == ""
    assert preposition(sentence, time(text + " June", "June", "2024-06")) == ""


def test_a_phrase_that_holds_a_day_may_make_it_a_limit() -> None:
    text = "They vote before the May 9th regatta."
    tree = """
They PRON nsubj vote
vote VERB root -
before ADP case regatta
the DET det regatta
May PROPN compound regatta
9th NOUN nummod May
regatta NOUN obl vote
. PUNCT punct vote
"""
    sentence, day = clause(text, tree), time(text, "May 9th", "2024-05-09", "2024-05-09")
    regatta = next(w for w in range(len(sentence.tokens)) if sentence.lower(w) == "regatta")
    assert preposition(sentence, day) == "before"
    assert preposition(sentence, day, regatta) == ""  # the regatta itself begins on that day


AHEAD = """
They PRON nsubj vote
vote VERB root -
ahead ADV case Sunday
of ADP fixed ahead
Sunday PROPN obl vote
. PUNCT punct vote
"""
REST = """
They PRON nsubj work
work VERB root -
for ADP case rest
the DET det rest
rest NOUN obl work
of ADP case 2024
2024 NUM nmod rest
. PUNCT punct work
"""


@pytest.mark.parametrize(
    ("text", "tree", "words", "days", "told"),
    [
        ("They vote ahead of Sunday.", AHEAD, "Sunday", ("2024-05-12", "2024-05-12"), "before"),
        ("They work for the rest of 2024.", REST, "2024", ("2024-01-01", "2024-12-31"), "until"),
    ],
)
def test_two_words_are_one_preposition(
    text: str, tree: str, words: str, days: tuple[str, str], told: str
) -> None:
    assert preposition(clause(text, tree), time(text, words, *days)) == told
