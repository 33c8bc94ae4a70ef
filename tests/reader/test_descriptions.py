"""What a bare noun is, in the words that the report had for it before."""

from __future__ import annotations

import pytest

from dateline.reader.descriptions import Descriptions
from tests.reader.analyses import document

BILL = """
Members NOUN nsubj saw member
saw VERB root - see
a DET det bill
new ADJ amod bill
ferry NOUN compound bill
bill NOUN obj saw
. PUNCT punct saw

The DET det bill
bill NOUN nsubj pass
will AUX aux pass
pass VERB root -
. PUNCT punct pass
"""


def fuller(text: str, tree: str, word: str = "bill") -> str | None:
    made = document(text, tree)
    last = made.clauses[-1]
    return Descriptions(made).fuller(len(made.clauses) - 1, [t.text for t in last.tokens].index(word))


def test_a_bare_noun_is_told_by_what_it_was_called_before() -> None:
    assert fuller("Members saw a new ferry bill. The bill will pass.", BILL) == "new ferry bill"


@pytest.mark.parametrize(("of", "told"), [("of", "bill of the town"), ("to", "bill to spend"), ("in", None)])
def test_what_stands_behind_a_noun_tells_it_where_it_is_of_it_or_to_be_done(
    of: str, told: str | None
) -> None:
    behind = (
        "to PART mark spend\nspend VERB acl bill"
        if of == "to"
        else f"{of} ADP case town\nthe DET det town\ntown NOUN nmod bill"
    )
    tree = BILL.replace("new ADJ amod bill\nferry NOUN compound bill\n", "").replace(
        "bill NOUN obj saw", f"bill NOUN obj saw\n{behind}", 1
    )
    words = "to spend" if of == "to" else f"{of} the town"
    assert fuller(f"Members saw a bill {words}. The bill will pass.", tree) == told


def test_what_a_noun_merely_stands_behind_does_not_tell_it() -> None:
    tree = """
Hours NOUN nmod vote hour
before ADP case vote
a DET det vote
vote NOUN obl left
Members NOUN nsubj left member
left VERB root - leave
. PUNCT punct left

The DET det vote
vote NOUN nsubj pass
will AUX aux pass
pass VERB root -
. PUNCT punct pass
"""
    assert fuller("Hours before a vote Members left. The vote will pass.", tree, "vote") is None


def test_what_does_not_tell_one_from_others_is_left_out() -> None:
    plain = BILL.replace("ferry NOUN compound bill\n", "")
    assert fuller("Members saw a new bill. The bill will pass.", plain) is None
    of_a_people = plain.replace("new ADJ", "Corvanian ADJ")
    assert fuller("Members saw a Corvanian bill. The bill will pass.", of_a_people) == "Corvanian bill"
    whose = BILL.replace("new ADJ amod bill", "her PRON nmod:poss bill")
    assert fuller("Members saw a her ferry bill. The bill will pass.", whose) is None


def test_a_noun_with_words_of_its_own_and_one_that_is_not_definite_are_told() -> None:
    own = BILL.replace("The DET det bill", "The DET det bill\nsecond ADJ amod bill")
    assert fuller("Members saw a new ferry bill. The second bill will pass.", own) is None
    any_one = BILL.replace("The DET", "A DET")
    assert fuller("Members saw a new ferry bill. A bill will pass.", any_one) is None


def test_of_different_ones_none_is_told() -> None:
    first, last = BILL.strip().split("\n\n")
    other = first.replace("ferry NOUN", "harbour NOUN")
    text = "Members saw a new ferry bill. Members saw a new harbour bill. The bill will pass."
    assert fuller(text, "\n\n".join([first, other, last])) is None
    again = "Members saw a new ferry bill. Members saw a new ferry bill. The bill will pass."
    assert fuller(again, "\n\n".join([first, first, last])) == "new ferry bill"


def test_a_time_is_no_thing_that_goes_on() -> None:
    tree = BILL.replace("ferry NOUN compound bill", "ferry NOUN compound week").replace("bill", "week")
    assert fuller("Members saw a new ferry week. The week will pass.", tree, "week") is None


def test_an_owner_behind_its_preposition_is_not_told_in_pieces() -> None:
    pieces = BILL.replace("ferry NOUN compound bill", "of ADP case Vell\nVell PROPN nmod bill")
    assert fuller("Members saw a new of Vell bill. The bill will pass.", pieces) is None
    whose = BILL.replace("ferry NOUN compound bill", "Vell PROPN nmod:poss bill\n's PART case Vell")
    assert fuller("Members saw a new Vell 's bill. The bill will pass.", whose) == "new Vell 's bill"
