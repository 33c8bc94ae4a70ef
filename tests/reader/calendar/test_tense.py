"""Which way a weekday looks, told by hand-made trees."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.reader import calendar
from tests.reader.building import parsed

TREE = """
She she PRON {verb} nsubj
{said}that that SCONJ {fourth} mark
it it PRON {fourth} nsubj
would would AUX {fourth} aux
open open VERB {verb} ccomp
on on ADP {last} case
Friday Friday PROPN {fourth} obl
. . PUNCT {verb} punct
"""


@pytest.mark.parametrize(
    ("pluperfect", "day"),
    [(False, "2024-03-08"), (True, "2024-03-01")],
)
def test_what_had_been_said_to_come_is_over(pluperfect: bool, day: str) -> None:
    """Of a Tuesday: "She said that it would open on Friday" looks ahead, "She had said" so looks back."""
    said = "had have AUX 3 aux\nsaid say VERB 0 root\n" if pluperfect else "said say VERB 0 root\n"
    verb = 3 if pluperfect else 2
    tree = TREE.format(said=said, verb=verb, fourth=verb + 4, last=verb + 6)
    document = parsed(tree, published="2024-03-05")
    (friday,) = calendar.find(document.text, date(2024, 3, 5), document=document)
    assert friday.value == day


@pytest.mark.parametrize(
    ("preposition", "verb", "value"),
    [
        ("in", "resigned resign VERB 0 root", "2023-10"),
        ("in", "resigns resign VERB 0 root", "2024-10"),
        # what was planned "for October" may lie ahead
        ("for", "resigned resign VERB 0 root", "2024-10"),
    ],
)
def test_a_month_that_a_verb_of_the_past_is_dated_to_is_over_however_near_the_next_is(
    preposition: str, verb: str, value: str
) -> None:
    tree = f"""
She she PRON 2 nsubj
{verb}
{preposition} {preposition} ADP 4 case
October October PROPN 2 obl
. . PUNCT 2 punct
"""
    document = parsed(tree, published="2024-09-20")
    (month,) = calendar.find(document.text, date(2024, 9, 20), document=document)
    assert month.value == value
