"""A document: what is left of a page, and what is asked of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.model import Analysis, Arc, Attribution, Place, Trigger
from dateline.reader.parsed import Document
from dateline.records import Realis, Span
from tests.reader.analyses import (
    announcement,
    attribution,
    clause,
    document,
    place,
    span,
    with_announcements,
    with_attributions,
    with_blocks,
)

PAGE = "Ferry to sail again. A photo by Vell Press. The ferry sails on Monday. Mira Solt hopes so. Buy boats here."
BLOCKS = ("headline", "caption", "report", "report", "advert")
REALIS: dict[Realis, float] = {
    "actual": 0.9,
    "expected": 0.1,
    "possible": 0.0,
    "negated": 0.0,
    "generic": 0.0,
}


def of(made: Document, *blocks: str) -> Document:
    return Document.of(made.article, made.sentences, with_blocks(made, *blocks))


def told(made: Document) -> list[str]:
    return [s.span.of(made.text) for s in made.sentences]


def words(made: Document, arcs: Sequence[Arc]) -> list[str]:
    return [made.token(arc.place).text for arc in arcs if arc.place is not None]


def with_trigger(made: Document, word: str, time: Place) -> Document:
    at = place(made, word)
    analyses = list(made.analysis.sentences)
    trigger = Trigger(at.token, 0.9, REALIS, 2.0, (Arc(time, 0.9),), "included", 0.9)
    analyses[at.sentence] = replace(analyses[at.sentence], triggers=(trigger,))
    return replace(made, analysis=replace(made.analysis, sentences=tuple(analyses)))


# ------------------------------------------------------------------------------------------------- page furniture


def test_a_document_is_its_headline_and_report() -> None:
    found = of(document(PAGE), *BLOCKS)
    assert told(found) == ["Ferry to sail again.", "The ferry sails on Monday.", "Mira Solt hopes so."]
    assert found.text == PAGE
    assert [found.is_headline(n) for n in range(3)] == [True, False, False]


@pytest.mark.parametrize("block", ["caption", "byline", "related", "comment", "advert"])
def test_what_is_furniture_throughout_is_read_all_the_same(block: str) -> None:
    assert len(of(document(PAGE), *[block] * 5).sentences) == 5


def test_where_all_is_headlines_they_are_what_there_is_to_read() -> None:
    found = of(document(PAGE), *["headline"] * 5)
    assert not any(found.is_headline(n) for n in range(5))


def test_places_are_counted_in_the_sentences_that_are_kept() -> None:
    made = document(PAGE)
    made = with_announcements(made, [announcement(made, "sails", holder="Solt", time="Monday")])
    found = of(with_trigger(made, "hopes", place(made, "Monday")), *BLOCKS)
    (announced,) = found.clauses[1].analysis.announcements
    assert [words(found, arcs) for arcs in (announced.holders, announced.times)] == [["Solt"], ["Monday"]]
    (trigger,) = found.clauses[2].analysis.triggers
    assert words(found, trigger.times) == ["Monday"]


def test_an_arc_into_furniture_points_nowhere_and_says_nothing_for_sure() -> None:
    made = document(PAGE)
    made = with_announcements(
        made, [announcement(made, "sails", holder="Press", held=0.9, time="photo", timed=0.9)]
    )
    found = of(with_trigger(made, "hopes", place(made, "photo")), *BLOCKS)
    (announced,) = found.clauses[1].analysis.announcements
    assert (announced.holders, announced.times) == ((), ())
    (trigger,) = found.clauses[2].analysis.triggers
    # without an arc nothing is sure, not even the document's date
    assert trigger.times == ()


def test_attributions_keep_what_stands_in_the_report() -> None:
    made = document(PAGE)
    made = with_attributions(
        made,
        attribution(PAGE, source="Mira Solt", cue="hopes", content=["The ferry sails", "Buy boats"]),
        attribution(PAGE, source="Vell Press", cue="photo", content="Buy boats"),
    )
    (found,) = of(made, *BLOCKS).analysis.attributions
    assert isinstance(found, Attribution)
    assert [PAGE[c.start : c.end] for c in found.contents] == ["The ferry sails"]


def test_an_empty_article_is_a_document() -> None:
    made = document("")
    found = Document.of(made.article, (), Analysis(()))
    assert found.clauses == ()
    assert found.sentence_at(0) is None
    assert found.place_at(0) is None


# ------------------------------------------------------------------------------------------------- asking for places


@given(st.text(alphabet="ab. ,\n“”", max_size=60), st.integers(-2, 70))
def test_places_are_where_the_characters_are(text: str, offset: int) -> None:
    made = document(text)
    inside = [n for n, s in enumerate(made.sentences) if s.start <= offset < s.end]
    assert made.sentence_at(offset) == (inside[0] if inside else None)
    found = made.place_at(offset)
    tokens = [t for s in made.sentences for t in s.tokens if t.start <= offset < t.end]
    assert (found is None) == (not tokens)
    if found is not None:
        assert made.token(found) == tokens[0]


TREE = """
Anton PROPN nsubj opens
Beck PROPN flat Anton
opens VERB root - open
the DET det gate
old ADJ amod gate
gate NOUN obj opens
. PUNCT punct opens
"""
TEXT = "Anton Beck opens the old gate."


def test_a_sentence_is_asked_for_its_tree() -> None:
    sentence = clause(TEXT, TREE)
    assert sentence.children(2) == (0, 5, 6)
    assert sentence.children(2, "obj", "nsubj") == (0, 5)
    assert sentence.head_of([0, 2, 5]) == 2
    assert sentence.head_of([0, 5]) == 0
    assert sentence.child(2, "obj") == 5
    assert sentence.child(5, "nsubj") is None
    assert sentence.subtree(2, without=frozenset(["punct", "flat"])) == [0, 2, 3, 4, 5]
    assert list(sentence.ancestors(3)) == [5, 2]
    assert sentence.lower(0) == "anton"
    assert sentence.span([5, 3]).of(TEXT) == "the old gate"


def test_words_are_found_by_characters() -> None:
    sentence = clause(TEXT, TREE)
    assert [sentence.word_at(at) for at in (-1, 0, 4, 5, 6, 29, 30)] == [None, 0, 0, None, 1, 6, None]
    assert sentence.words_in(span(TEXT, "eck op")) == [1, 2]
    assert sentence.words_in(Span(5, 6)) == []
    assert sentence.words_in(Span(0, 100)) == list(range(7))
