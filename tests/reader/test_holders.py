"""Who holds an expectation, of those who may."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dateline.reader.holders import SIGNS, Holders
from dateline.reader.model.interface import Announcement, Arc
from dateline.reader.speakers import Speakers
from dateline.records import Statement
from tests.reader.analyses import announcement, document, mentions, place, span, with_announcements

TEXT = "Solt said that Beck hopes to leave. He was tired."
TREE = """
Solt PROPN nsubj said
said VERB root - say
that SCONJ mark hopes
Beck PROPN nsubj hopes
hopes VERB ccomp said hope
to PART mark leave
leave VERB xcomp hopes
. PUNCT punct said

He PRON nsubj tired
was AUX cop tired be
tired ADJ root -
. PUNCT punct tired
"""
SAID = Statement(span(TEXT, "that Beck hopes to leave"), "indirect", span(TEXT, "said"), span(TEXT, "Solt"), "Mira Solt")  # fmt: skip


def holders(word: str, *said: Statement, **more: Any) -> tuple[Holders, int, Announcement]:
    """Those who may hold what `word` announces, its sentence and the announcement."""
    made = document(TEXT, TREE)
    made = with_announcements(made, [announcement(made, word, **more)])
    names = mentions(TEXT, {"Solt": "Mira Solt", "Beck": "Anton Beck"})
    where = place(made, word)
    (announced,) = made.clauses[where.sentence].analysis.announcements
    return Holders.of(made, said, Speakers(made, names)), where.sentence, announced


def chosen(word: str, *said: Statement, **more: Any) -> str | None:
    made, number, announced = holders(word, *said, **more)
    return made.choose(number, announced)


def test_the_likeliest_arc_tells_who() -> None:
    assert chosen("hopes", holder="Beck") == "Anton Beck"
    assert chosen("hopes", holder="Solt") == "Mira Solt"


def test_without_arcs_or_with_one_to_the_root_it_is_the_reporters_own() -> None:
    assert chosen("hopes") is None
    assert chosen("hopes", SAID, holders=(Arc(None, 0.9),)) is None


def test_who_says_it_is_taken_before_another_whom_the_arcs_like_a_little_better() -> None:
    made = document(TEXT, TREE)
    even = tuple(Arc(place(made, name), chance) for name, chance in (("Solt", 0.46), ("Beck", 0.5)))
    assert chosen("leave", holders=even) == "Anton Beck"
    assert chosen("leave", SAID, holders=even) == "Mira Solt"


def test_whose_words_tell_something_else_is_hardly_who_expects_it() -> None:
    made = document(TEXT, TREE)
    arcs = tuple(Arc(place(made, name), chance) for name, chance in (("Solt", 0.5), ("Beck", 0.46)))
    elsewhere = Statement(span(TEXT, "He was tired"), "indirect", None, span(TEXT, "Solt"), "Mira Solt")
    assert chosen("hopes", holders=arcs) == "Mira Solt"
    assert chosen("hopes", elsewhere, holders=arcs) == "Anton Beck"


@pytest.mark.parametrize(("solt", "beck", "holder"), [(0.6, 0.3, "Mira Solt"), (0.3, 0.6, "Anton Beck")])
def test_of_two_the_surer_arc_is_taken(solt: float, beck: float, holder: str) -> None:
    made = document(TEXT, TREE)
    arcs = tuple(Arc(place(made, name), chance) for name, chance in (("Solt", solt), ("Beck", beck)))
    assert chosen("hopes", holders=arcs) == holder


def test_another_sentence_must_be_told_more_surely() -> None:
    made = document(TEXT, TREE)
    solt = place(made, "Solt")
    assert chosen("tired", holders=(Arc(solt, 0.9), Arc(None, 0.1))) == "Mira Solt"
    assert chosen("tired", holders=(Arc(solt, 0.5), Arc(None, 0.4))) is None


def test_we_are_those_in_whose_words_it_stands() -> None:
    text = "We will leave, Solt said."
    rows = "We PRON nsubj leave\nwill AUX aux leave\nleave VERB root -\n, PUNCT punct leave\nSolt PROPN nsubj said\nsaid VERB parataxis leave say\n. PUNCT punct leave"
    made = document(text, rows)
    made = with_announcements(made, [announcement(made, "leave", holder="We")])
    said = Statement(
        span(text, "We will leave"), "indirect", span(text, "said"), span(text, "Solt"), "Mira Solt"
    )
    (announced,) = made.clauses[0].analysis.announcements
    assert Holders.of(made, [said], Speakers(made, ())).choose(0, announced) == "Mira Solt"
    assert Holders.of(made, [], Speakers(made, ())).choose(0, announced) is None


def test_every_candidate_has_a_finite_number_for_each_sign() -> None:
    made, number, announced = holders("hopes", SAID, holder="Beck")
    reporter, *others = made.candidates(number, announced)
    assert reporter.value is None
    assert {c.value for c in others} == {"Mira Solt", "Anton Beck"}
    for candidate in (reporter, *others):
        assert len(candidate.signs) == len(SIGNS)
        assert all(map(math.isfinite, candidate.signs))
