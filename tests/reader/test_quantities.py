"""Quantities: every example of the table, and what counts and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.language.number_words import PLURALS
from dateline.reader import quantities
from dateline.records import Quantity
from tests.reader.building import parsed


def found(tree: str, **more: Any) -> list[tuple[str, Quantity]]:
    document = parsed(tree, **more)
    sentence = document.clauses[0]
    return [(sentence.tokens[word].text, quantity) for word, quantity in quantities.find(sentence)]


def tree_of(example: dict[str, Any]) -> str:
    """What is counted before its verb: the words before it and of the number hang on the noun, or on the number's last word."""
    before, number, noun = (example[part].split() for part in ("before", "number", "noun"))
    *noun, lemma = noun or ["", ""]
    words = [w for w in (*before, *number, *noun) if w]
    vague = number[0] in PLURALS
    verb, first = len(words) + 1, len(before) + 1
    head = first if vague else len(words)
    rows = []
    for i, word in enumerate(words, 1):
        is_noun, in_number = i == len(words) and any(noun), first <= i < first + len(number)
        upos = "NOUN" if is_noun or (vague and i == head) else "NUM" if in_number and word != "of" else "ADP"
        above, relation = (
            (verb, example["relation"]) if i == head else (head, "nummod" if upos == "NUM" else "case")
        )
        if vague and i > head:
            above, relation = (head, "nmod") if is_noun else (len(words), "case")
        rows.append(f"{word} {lemma if is_noun else word} {upos} {above} {relation}")
    return "\n".join([*rows, f"{example['verb']} VERB 0 root"])


@pytest.mark.parametrize(
    "example", quantities.read_table()["example"], ids=lambda e: f"{e['before']} {e['number']} {e['noun']}"
)
def test_example_of_the_table(example: dict[str, Any]) -> None:
    ((_, quantity),) = found(tree_of(example))
    told = (quantity.value, quantity.unit, quantity.role, quantity.hedge)
    assert told == (example["value"], example.get("unit"), example.get("role"), example.get("hedge"))


def test_the_tables_hold_what_can_be_found() -> None:
    table = quantities.read_table()
    assert all(sign == sign.lower() for sign in table["currencies"])
    assert len(set(table["hedges"]["words"])) == len(table["hedges"]["words"])
    lemmas = [w for s in table["states"].values() for part in s.values() for w in part.split()]
    assert len(set(lemmas)) == len(lemmas)


LEFT = """
The the DET 2 det
storm storm NOUN 3 nsubj
left leave VERB 0 root
nine nine NUM 5 nummod
villagers villager NOUN 3 obj
dead dead ADJ 3 xcomp
"""

TOLL = """
The the DET 2 det
toll toll NOUN 3 nsubj
rose rise VERB 0 root
to to ADP 5 case
31 31 NUM 3 obl
"""

JOINED = """
It it PRON 2 nsubj
killed kill VERB 0 root
nine nine NUM 4 nummod
men man NOUN 2 obj
and and CCONJ 7 cc
two two NUM 7 nummod
horses horse NOUN 4 conj
"""


def test_a_state_is_told_by_what_stands_near() -> None:
    assert [(w, q.unit, q.role) for w, q in found(LEFT)] == [("villagers", "person", "dead")]
    assert [(w, q.value, q.unit, q.role) for w, q in found(TOLL)] == [("31", 31, "person", "dead")]
    assert [(q.value, q.unit, q.role) for _, q in found(JOINED)] == [
        (9, "person", "dead"),
        (2, "horse", "dead"),
    ]


DATED = """
It it PRON 2 nsubj
lasted last VERB 0 root
four four NUM 4 nummod
days day NOUN 2 obl
until until ADP 6 case
June June PROPN 2 obl
4 4 NUM 6 nummod
"""


def test_a_duration_counts_and_a_date_does_not() -> None:
    assert [q.unit for _, q in found(DATED, times={"four days": "DURATION", "June 4": "DATE"})] == ["day"]


@pytest.mark.parametrize(
    "tree",
    [
        "In in ADP 2 case\n2021 2021 NUM 3 obl\nit it PRON 4 nsubj\nburned burn VERB 0 root",
        "Seven Seven PROPN 2 nsubj\nburned burn VERB 0 root",
        "It it PRON 2 nsubj\nburned burn VERB 0 root\nat at ADP 4 case\nhome home NOUN 2 obl",
        "Several several ADJ 2 amod\nhundred hundred NUM 3 nummod\nhouses house NOUN 4 nsubj\nburned burn VERB 0 root",
    ],
)
def test_what_counts_nothing(tree: str) -> None:
    assert found(tree) == []


def test_a_span_runs_from_the_hedge_to_the_noun() -> None:
    tree = """
    Nearly nearly ADV 2 advmod
    nine nine NUM 3 nummod
    villagers villager NOUN 4 nsubj
    left leave VERB 0 root
    """
    ((_, quantity),) = found(tree)
    assert quantity.span.of(parsed(tree).text) == "Nearly nine villagers"
