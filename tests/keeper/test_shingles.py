"""Hashes of runs of five words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.keeper.shingles import LONGEST, RUN, shingles

SENTENCE = "The ferry to Orlen sank in a storm off the coast of Skelby on Sunday"


def test_there_is_one_for_each_run_of_five_words_in_order() -> None:
    found = shingles(SENTENCE)
    assert len(found) == len(SENTENCE.split()) - RUN + 1
    assert found.tolist() == sorted(set(found.tolist()))


def test_case_marks_and_places_do_not_count() -> None:
    again = "«" + SENTENCE.upper().replace(" ", " -- ") + "»!"
    assert shingles(again).tolist() == shingles(SENTENCE).tolist()
    assert set(shingles(SENTENCE).tolist()) <= set(shingles(f"It was said before: {SENTENCE}.").tolist())


def test_the_order_of_words_and_each_letter_count() -> None:
    one = set(shingles("alpha beta gamma delta epsilon").tolist())
    assert one.isdisjoint(shingles("beta alpha gamma delta epsilon").tolist())
    assert one.isdisjoint(shingles("alpha beta gamma delta epsilom").tolist())


def test_few_words_are_one_run_and_none_are_none() -> None:
    assert len(shingles("The ferry sank")) == 1
    assert shingles(" …!? ").tolist() == []
    assert shingles("").tolist() == []


def test_what_stands_further_on_than_is_looked_at_makes_no_difference() -> None:
    text = "word " * (LONGEST // 5 + 1)
    assert shingles(text + "another end of it all").tolist() == shingles(text).tolist()


@given(
    st.lists(st.sampled_from(["ferry", "Straße", "sank", "4,000", "İ", "\ud800", "\U0001f6a2x"]), max_size=12)
)
def test_any_text_has_as_many_as_its_distinct_runs(words: list[str]) -> None:
    text = " | ".join(words)
    found = shingles(text)
    assert len(found) == len(set(found.tolist())) <= max(1, 2 * len(words))
    assert shingles(text.lower()).tolist() == found.tolist()
