"""Participants from hand-made trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader import mentions, participants
from dateline.reader.parsed import Document
from dateline.records import Argument
from tests.reader.building import parsed, place


def arguments(document: Document, word: str) -> tuple[Argument, ...]:
    at = place(document, word)
    found = participants.find(document.clauses[at.sentence], at.token, mentions.find(document), document.text)
    for argument in found:
        assert argument.span.of(document.text) == argument.text
        assert argument.span.contains(argument.head)
    return found


def roles(tree: str, word: str, **names: str) -> dict[str, str]:
    return {a.role: a.text for a in arguments(parsed(tree, names), word)}


SIGNED = """
Varga Varga PROPN 2 nsubj
signed sign VERB 0 root
two two NUM 4 nummod
treaties treaty NOUN 2 obj
in in ADP 6 case
Hartvik Hartvik PROPN 2 obl
on on ADP 8 case
Monday Monday PROPN 2 obl
. . PUNCT 2 punct
"""


def test_an_active_verb() -> None:
    found = roles(SIGNED, "signed", Varga="PER", Hartvik="LOC")
    assert found == {"agent": "Varga", "patient": "two treaties", "place": "Hartvik"}


def test_a_place_is_a_name_and_no_time() -> None:
    assert "place" not in roles(SIGNED, "signed")
    assert "place" not in {a.role for a in arguments(parsed(SIGNED, {"Monday": "LOC"}, times={"Monday": "DATE"}), "signed")}  # fmt: skip


PASSIVE = """
Nine nine NUM 2 nummod
people people NOUN 4 nsubj:pass
were be AUX 4 aux:pass
killed kill VERB 0 root
by by ADP 7 case
a a DET 7 det
storm storm NOUN 4 obl:agent
and and CCONJ 9 cc
buried bury VERB 4 conj
. . PUNCT 4 punct
"""


def test_a_passive_verb_and_its_conjunct() -> None:
    assert roles(PASSIVE, "killed") == {"agent": "a storm", "patient": "Nine people"}
    assert roles(PASSIVE, "buried") == {"patient": "Nine people"}


JOINED = """
She she PRON 2 nsubj
flew fly VERB 0 root
over over ADP 4 case
Hartvik Hartvik PROPN 2 obl
but but CCONJ 8 cc
did do AUX 8 aux
not not PART 8 advmod
land land VERB 2 conj
. . PUNCT 2 punct
"""


def test_a_conjunct_shares_its_subject() -> None:
    assert roles(JOINED, "flew", Hartvik="LOC") == {"agent": "She", "place": "Hartvik"}
    assert roles(JOINED, "land", Hartvik="LOC") == {"agent": "She"}


WHO = """
The the DET 2 det
soldiers soldier NOUN 7 nsubj
who who PRON 4 nsubj
fled flee VERB 2 acl
and and CCONJ 6 cc
hid hide VERB 4 conj
returned return VERB 0 root
. . PUNCT 7 punct
"""


def test_relative_clauses() -> None:
    assert roles(WHO, "fled") == {"agent": "The soldiers"}
    assert roles(WHO, "hid") == {"agent": "The soldiers"}


REDUCED = """
Treaties treaty NOUN 5 nsubj
signed sign VERB 1 acl
by by ADP 4 case
Varga Varga PROPN 2 obl
lapsed lapse VERB 0 root
. . PUNCT 5 punct
"""

STOLEN = """
Police police NOUN 2 nsubj
found find VERB 0 root
stolen steal VERB 4 amod
boats boat NOUN 2 obj
"""


def test_participles_beside_a_noun() -> None:
    assert roles(REDUCED, "signed") == {"agent": "Varga", "patient": "Treaties"}
    assert roles(STOLEN, "stolen") == {"patient": "stolen boats"}


CONTROL = """
They they PRON 2 nsubj
{verb} VERB 0 root
the the DET 4 det
council council NOUN 2 obj
to to PART 6 mark
meet meet VERB 2 xcomp
. . PUNCT 2 punct
"""

PLAN = """
Their they PRON 2 nmod:poss
plan plan NOUN 5 nsubj
to to PART 4 mark
leave leave VERB 2 acl
failed fail VERB 0 root
"""

BLAMED = """
Varga Varga PROPN 2 nsubj
{verb} VERB 0 root
the the DET 4 det
council council NOUN 2 obj
{of} SCONJ 6 mark
hiding hide VERB 2 advcl
files file NOUN 6 obj
. . PUNCT 2 punct
"""


def test_control() -> None:
    assert roles(CONTROL.format(verb="asked ask"), "meet") == {"agent": "the council"}
    assert roles(PLAN, "leave") == {}


@pytest.mark.parametrize(
    ("verb", "of", "agent"),
    [
        ("accused accuse", "of of", "the council"),
        ("thanked thank", "for for", "the council"),
        ("stopped stop", "from from", "the council"),
        ("dissolved dissolve", "after after", "Varga"),
    ],
)
def test_who_is_blamed_did_it(verb: str, of: str, agent: str) -> None:
    assert roles(BLAMED.format(verb=verb, of=of), "hiding") == {"agent": agent, "patient": "files"}


RAINED = """
He he PRON 2 nsubj
left leave VERB 0 root
because because SCONJ 5 mark
it it PRON 5 expl
rained rain VERB 2 advcl
"""


def test_a_dummy_subject_does_nothing_and_borrows_nobody() -> None:
    assert roles(RAINED, "rained") == {}


NOMINAL = """
The the DET 2 det
annexation annexation NOUN 8 nsubj:pass
of of ADP 4 case
Kelmar Kelmar PROPN 2 nmod
by by ADP 6 case
Ostria Ostria PROPN 2 nmod
was be AUX 8 aux:pass
condemned condemn VERB 0 root
. . PUNCT 8 punct
"""

OWNED = """
Ostria Ostria PROPN 3 nmod:poss
's 's PART 1 case
attack attack NOUN 6 nsubj
on on ADP 5 case
Kelmar Kelmar PROPN 3 nmod
failed fail VERB 0 root
"""

COMPOUND = """
The the DET 3 det
dam dam NOUN 3 compound
collapse collapse NOUN 4 nsubj
spread spread VERB 0 root
"""


def test_a_noun_that_names_an_event() -> None:
    assert roles(NOMINAL, "annexation") == {"agent": "Ostria", "patient": "Kelmar"}
    assert roles(OWNED, "attack") == {"agent": "Ostria", "patient": "Kelmar"}
    assert roles(COMPOUND, "collapse") == {"patient": "dam"}


TOLD = """
She she PRON 2 nsubj
told tell VERB 0 root
reporters reporter NOUN 2 iobj
it it PRON 2 obj
"""


def test_recipients() -> None:
    assert roles(TOLD, "told") == {"agent": "She", "patient": "it", "recipient": "reporters"}


MET = """
The the DET 2 det
mayor mayor NOUN 6 nsubj
, , PUNCT 4 punct
Orvo Orvo PROPN 2 appos
Stark Stark PROPN 4 flat
wept weep VERB 0 root
at at ADP 9 case
a a DET 9 det
hospital hospital NOUN 6 obl
in in ADP 11 case
Hartvik Hartvik PROPN 9 nmod
. . PUNCT 6 punct
"""


def test_an_entity_stands_at_the_head_or_beside_it() -> None:
    agent, where = arguments(parsed(MET, {"Orvo Stark": "PER", "Hartvik": "LOC"}), "wept")
    assert (agent.text, agent.entity) == ("The mayor", "Orvo Stark")
    assert (where.role, where.text, where.entity) == ("place", "a hospital in Hartvik", None)


RELATIONS = ["nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "acl", "advcl", "xcomp", "conj", "case", "appos", "compound", "punct"]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(RELATIONS), st.sampled_from(["VERB", "NOUN", "PRON", "ADP"])), max_size=30))  # fmt: skip
def test_any_tree_is_survived(rows: list[tuple[int, str, str]]) -> None:
    words = ["w0 w0 VERB 0 root"]
    words += [
        f"w{i} w{i} {upos} {head % i + 1} {relation}" for i, (head, relation, upos) in enumerate(rows, 1)
    ]
    document = parsed("\n".join(words))
    for i in range(len(words)):
        found = arguments(document, f"w{i}")
        assert len({a.role for a in found}) == len(found) == len({a.head for a in found})
