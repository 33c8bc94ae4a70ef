"""Verb groups from hand-made trees."""

from __future__ import annotations

import pytest

from dateline.reader.verbs import VerbGroup, is_passive, verb_group
from tests.reader.building import parsed


def group(tree: str, verb: str) -> VerbGroup:
    sentence = parsed(tree).clauses[0]
    return verb_group(sentence, [t.text for t in sentence.tokens].index(verb))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("left leave", VerbGroup("past")),
        ("leave leave", VerbGroup("present")),
        ("leaves leave", VerbGroup("present")),
        ("leaving leave", VerbGroup("participle")),
        ("cut cut", VerbGroup("past")),
        ("will:aux leave leave", VerbGroup("future", "will")),
        ("’ll:aux leave leave", VerbGroup("future", "will")),
        ("might:aux leave leave", VerbGroup("base", "may")),
        ("would:aux have:aux left leave", VerbGroup("base", "would", perfect=True)),
        ("has:aux left leave", VerbGroup("present", perfect=True)),
        ("had:aux left leave", VerbGroup("past", perfect=True)),
        ("’d:aux left leave", VerbGroup("past", perfect=True)),
        ("’d:aux leave leave", VerbGroup("base", "would")),
        ("did:aux leave leave", VerbGroup("past")),
        ("are:aux leaving leave", VerbGroup("present", progressive=True)),
        ("were:aux:pass left leave", VerbGroup("past", passive=True)),
        ("are:aux to:mark leave leave", VerbGroup("future", "be_to")),
        ("were:aux to:mark leave leave", VerbGroup("past", "be_to")),
    ],
)
def test_groups_by_their_helpers(words: str, expected: VerbGroup) -> None:
    *helpers, form, lemma = words.split()
    head = len(helpers) + 2
    rows = ["They they PRON {0} nsubj"]
    for helper in helpers:
        word, _, relation = helper.partition(":")
        rows.append(f"{word} {word} AUX {{0}} {relation}")
    rows.append(f"{form} {lemma} VERB 0 root")
    assert group("\n".join(rows).format(head), form) == expected


JOINED = """
They they PRON 3 nsubj
{helper} be AUX 3 {relation}
seized seize VERB 0 root
and and CCONJ 5 cc
{form} burn VERB 3 conj
"""


def test_a_conjunct_shares_the_helpers_that_fit_its_form() -> None:
    passive = JOINED.format(helper="were", relation="aux:pass", form="burned")
    assert group(passive, "burned") == VerbGroup("past", passive=True)
    modal = JOINED.format(helper="may", relation="aux", form="burn").replace("seized", "seize")
    assert group(modal, "burn") == VerbGroup("base", "may")
    active = passive + "it it PRON 5 obj"
    assert group(active, "burned") == VerbGroup("past")


@pytest.mark.parametrize(
    ("row", "passive"),
    [
        ("signed sign VERB 1 acl", True),
        ("signing sign VERB 1 acl", False),
        ("cut cut VERB 1 acl", True),
        ("stolen steal VERB 1 amod", True),
        ("new new ADJ 1 amod", False),
    ],
)
def test_a_participle_beside_a_noun_is_passive(row: str, passive: bool) -> None:
    sentence = parsed(f"treaties treaty NOUN 0 root\n{row}").clauses[0]
    assert is_passive(sentence, 1) is passive


def test_verbs_stacked_without_end_are_read() -> None:
    rows = [f"sang sing VERB {n} {'conj' if n else 'root'}" for n in range(200)]
    assert group("\n".join(rows), "sang").tense == "past"
    assert verb_group(parsed("\n".join(rows)).clauses[0], 199).tense == "past"
