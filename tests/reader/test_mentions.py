"""Names in an article and what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader import mentions
from dateline.reader.model.interface import Labelled
from dateline.reader.parsed import Document
from tests.reader.building import flat, parsed
from tests.stopwatch import grows_with_the_size


def entities(text: str, spans: dict[str, str]) -> list[tuple[str, str]]:
    found = mentions.find(flat(text, spans))
    for mention in found:
        assert mention.text == mention.span.of(text)
    return [(m.text, m.entity) for m in found]


def test_a_surname_stands_for_the_full_name() -> None:
    found = entities("Orvo Stark spoke. Stark left.", {"Orvo Stark": "PER", "Stark": "PER"})
    assert found == [("Orvo Stark", "Orvo Stark"), ("Stark", "Orvo Stark")]


def test_a_fuller_form_may_come_later() -> None:
    assert entities("Stark spoke. Orvo Stark left.", {"Orvo Stark": "PER", "Stark": "PER"})[0] == (
        "Stark",
        "Orvo Stark",
    )


def test_titles_and_possessives_stay_outside() -> None:
    found = entities(
        "President Orvo Stark's plan. Gen. Stark left.",
        {"President Orvo Stark's": "PER", "Gen. Stark": "PER"},
    )
    assert found == [("Orvo Stark", "Orvo Stark"), ("Stark", "Orvo Stark")]


def test_a_person_or_a_farther_place_is_no_part_of_a_body_s_name() -> None:
    spans = {"Halden": "ORG", "Norland": "LOC"}
    assert len(entities("Halden, a builder of Norland, spoke.", spans)) == 2
    assert len(entities("Orvo Stark of Norland spoke.", {"Orvo Stark": "PER", "Norland": "LOC"})) == 2


def test_a_politician_s_party_and_state_are_no_name() -> None:
    spans = {"Orvo Stark": "PER", "R-Wis.": "PER"}
    assert entities("Orvo Stark (R-Wis.) spoke.", spans) == [("Orvo Stark", "Orvo Stark")]


def test_people_of_one_surname_stay_apart() -> None:
    text = "Ada Moe spoke. Moe left. Per Moe came. Moe sat."
    found = entities(text, {"Ada Moe": "PER", "Per Moe": "PER", "Moe": "PER"})
    assert [e for _, e in found] == ["Ada Moe", "Ada Moe", "Per Moe", "Per Moe"]


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("Brakka", "Brakka Mining", "ORG"),
        ("Security Council", "UN Security Council", "ORG"),
        ("N.R.U.", "Northern Rail Union", "ORG"),
    ],
)
def test_short_forms_join(short: str, full: str, kind: str) -> None:
    assert {e for _, e in entities(f"They saw {full}. Then {short} came.", {short: kind, full: kind})} == {
        full
    }


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ozer", "Ozer Bridge", "LOC"),
        ("National", "National Bank", "ORG"),
        ("Ada Moe", "Ada Roe", "PER"),
        ("Port Ash", "Port Elm", "LOC"),
    ],
)
def test_other_names_stay_apart(one: str, other: str, kind: str) -> None:
    assert {e for _, e in entities(f"They saw {other}. Then {one} came.", {one: kind, other: kind})} == {
        one,
        other,
    }


def test_one_name_has_one_kind() -> None:
    document = flat("Stark spoke to Stark. Stark left.", {"Stark": "PER"})
    assert {m.kind for m in mentions.find(document)} == {"person"}


def test_a_name_that_the_model_missed_is_found_where_it_is_sure_elsewhere() -> None:
    document = flat("Hartvik fell. Nobody left Hartvik before.", {})
    first = Labelled(0, len("Hartvik"), "LOC", 0.9)
    sure = replace(document.analysis.sentences[0], names=(first,))
    analysis = replace(document.analysis, sentences=(sure, *document.analysis.sentences[1:]))
    assert [m.text for m in mentions.find(replace(document, analysis=analysis))] == ["Hartvik", "Hartvik"]


def test_no_two_names_overlap() -> None:
    text = "Orvo Stark of Hartvik wept."
    found = mentions.find(flat(text, {"Orvo Stark": "PER", "Stark of Hartvik": "LOC"}))
    assert [m.text for m in found] == ["Stark of Hartvik"]


def test_nothing_is_found_in_nothing() -> None:
    assert mentions.find(flat("It rained.", {})) == ()


@given(
    st.lists(
        st.sampled_from(["Ada", "Moe", "Per", "NRU", "the", "of", "(", ")", "'s", ".", "Bank"]), max_size=25
    )
)
def test_names_lie_in_the_text_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    found = mentions.find(
        flat(text, {"Ada Moe": "PER", "Moe": "PER", "NRU": "ORG", "Bank": "ORG", "Per Moe": "PER"})
    )
    assert found == mentions.find(
        flat(text, {"Ada Moe": "PER", "Moe": "PER", "NRU": "ORG", "Bank": "ORG", "Per Moe": "PER"})
    )
    end = 0
    for mention in found:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text) == mention.text
        end = mention.span.end


def _many(count: int) -> str:
    """Different names, each told once: "Aaak", "Aabk" …"""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "".join(
        f"{letters[i // 676 % 26].upper()}{letters[i // 26 % 26]}{letters[i % 26]}k{letters[i * 7 % 26]} met. "
        for i in range(count)
    )


@pytest.mark.parametrize("kind", ["PER", "ORG", "LOC", "NORP"])
@pytest.mark.parametrize(
    "write", [lambda n: "Monday, Tuesday and " * n, _many], ids=["two names", "many names"]
)
def test_the_work_grows_with_the_text_and_not_with_its_square(kind: str, write: Callable[[int], str]) -> None:
    documents = {size: labelled(write(size), kind) for size in (200, 1_600)}
    assert grows_with_the_size(lambda size: mentions.find(documents[size]), *documents)


def labelled(text: str, kind: str) -> Document:
    """A document in which every word with a capital is a name of one kind."""
    document = flat(text, {})
    sentences = tuple(
        replace(a, names=tuple(Labelled(t.start, t.end, kind, 0.9) for t in s.tokens if t.text[0].isupper()))
        for a, s in zip(document.analysis.sentences, document.sentences, strict=True)
    )
    return replace(document, analysis=replace(document.analysis, sentences=sentences))


def test_a_sentence_that_ends_within_a_longer_name_has_the_shorter_one() -> None:
    names = {"Arlen": "LOC", "Arlen Bridge Trust": "ORG"}
    text = "The Arlen Bridge Trust met in Arlen. Nobody came to Arlen"
    assert [m.text for m in mentions.find(flat(text, names))] == ["Arlen Bridge Trust", "Arlen", "Arlen"]


def test_what_stands_before_a_title_written_short_is_no_name() -> None:
    assert entities("Vell Liberal Sen. Orvo Stark spoke.", {"Vell Liberal Sen. Orvo Stark": "PER"}) == [
        ("Orvo Stark", "Orvo Stark")
    ]
    assert entities("Orvo King Jr. spoke.", {"Orvo King Jr.": "PER"})[0][0].startswith("Orvo King")


def test_an_adjective_before_a_name_is_no_person() -> None:
    tree = """
Liberal liberal ADJ 3 amod
Rep. rep. PROPN 3 nmod
Orvo Orvo PROPN 5 nsubj
Stark Stark PROPN 3 flat
spoke speak VERB 0 root
of of ADP 8 case
the the DET 8 det
Liberals Liberals PROPN 5 obl
"""
    found = mentions.find(parsed(tree, {"Liberal": "PER", "Orvo Stark": "PER", "Liberals": "PER"}))
    assert [(m.text, m.kind) for m in found] == [
        ("Liberal", "nationality"),
        ("Orvo Stark", "person"),
        ("Liberals", "person"),
    ]


def test_a_preposition_begins_no_name() -> None:
    tree = "of of ADP 2 case\nOrvo Orvo PROPN 4 nsubj\nStark Stark PROPN 2 flat\nspoke speak VERB 0 root"
    (found,) = mentions.find(parsed(tree, {"of Orvo Stark": "PER"}))
    assert found.text == "Orvo Stark"
