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
