"""What pronouns go back to."""

from __future__ import annotations

import pytest

from dateline.reader.antecedents import Antecedents, Referent
from dateline.reader.model.interface import Place
from dateline.reader.roles import Roles
from dateline.reader.span_index import SpanIndex
from dateline.records import MentionKind
from tests.reader.analyses import document, mentions, place

NAMES: dict[str, str | tuple[str, MentionKind]] = {
    "Rachel Orme": "Rachel Orme",
    "Tomas Weld": "Tomas Weld",
    "Harbour Trust": ("Harbour Trust", "organisation"),
}
MET = """
Rachel PROPN nsubj met
Orme PROPN flat Rachel
met VERB root - meet
Tomas PROPN obj met
Weld PROPN flat Tomas
. PUNCT punct met

{}
"""
LEFT = """{} PRON nsubj left
left VERB root - leave
. PUNCT punct left
"""


def antecedents(text: str, tree: str) -> Antecedents:
    """Of a text with these names, no quotation and no source."""
    made = document(text, tree)
    names = SpanIndex(mentions(text, NAMES), lambda m: m.span)
    return Antecedents(made, names, SpanIndex((), lambda s: s), Roles(made, names))


@pytest.mark.parametrize(("pronoun", "whom"), [("She", "Rachel Orme"), ("He", "Rachel Orme")])
def test_the_subject_of_the_sentence_before_is_meant(pronoun: str, whom: str) -> None:
    known = antecedents(f"Rachel Orme met Tomas Weld. {pronoun} left.", MET.format(LEFT.format(pronoun)))
    assert known.of(1, 0) == whom


def test_a_pronoun_goes_on_with_what_the_one_before_stood_for() -> None:
    text = "Rachel Orme met Tomas Weld. She left. She left."
    known = antecedents(text, MET.format(LEFT.format("She") + "\n" + LEFT.format("She")))
    assert [known.of(n, 0) for n in (2, 1)] == ["Rachel Orme", "Rachel Orme"]


def test_many_are_meant_by_they_and_need_no_name() -> None:
    text = "Two teachers met Tomas Weld. They left."
    tree = MET.replace("Rachel PROPN nsubj met\nOrme PROPN flat Rachel", "Two NUM nummod teachers\nteachers NOUN nsubj met teacher")  # fmt: skip
    assert antecedents(text, tree.format(LEFT.format("They"))).of(1, 0) == Place(0, 1)


def test_whom_the_article_calls_mr_is_no_she() -> None:
    text = "Mr Tomas Weld met Rachel Orme. She left."
    tree = """
Mr PROPN compound Tomas
Tomas PROPN nsubj met
Weld PROPN flat Tomas
met VERB root - meet
Rachel PROPN obj met
Orme PROPN flat Rachel
. PUNCT punct met

"""
    assert antecedents(text, tree + LEFT.format("She")).of(1, 0) == "Rachel Orme"
    he = antecedents(text.replace("She", "He"), tree + LEFT.format("He"))
    assert he.of(1, 0) == "Tomas Weld"


def test_it_is_a_body_and_not_a_person() -> None:
    text = "Harbour Trust met Tomas Weld. It left."
    tree = MET.replace("Rachel PROPN nsubj met\nOrme PROPN flat Rachel", "Harbour PROPN compound Trust\nTrust PROPN nsubj met")  # fmt: skip
    assert antecedents(text, tree.format(LEFT.format("It"))).of(1, 0) == "Harbour Trust"


def test_what_does_not_fit_is_left_out_and_less_than_the_least_is_nothing() -> None:
    known = antecedents("Rachel Orme met Tomas Weld. She left.", MET.format(LEFT.format("She")))
    assert known.of(1, 0, fits=lambda p: p.name != "Rachel Orme") == "Tomas Weld"
    assert known.of(1, 0, least=1.0) is None


def test_the_focus_is_a_candidate_however_far_back() -> None:
    rain = "It left. " * 8
    text = f"Rachel Orme met Tomas Weld. {rain}She left."
    tree = MET.format("\n".join(LEFT.format(word) for word in [*["It"] * 8, "She"]))
    known = antecedents(text, tree)

    def named(focus: str | None) -> set[Referent]:
        found = known.candidates(place(known.document, "She"), focus)
        return {known.referent(c.value) for c in found if c.value is not None and c.value.name}

    assert named(None) == set()
    assert named("Tomas Weld") == {"Tomas Weld"}
