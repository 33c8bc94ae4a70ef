"""Whose a document is that speaks for somebody."""

from __future__ import annotations

import pytest

from dateline.reader.issuers import is_document, owner_of
from tests.reader.analyses import clause, document, place

SAID_IN = """
Solt PROPN nsubj replied
replied VERB root - reply
in ADP case statement
a DET det statement
statement NOUN obl replied
. PUNCT punct replied
"""
THE_STATEMENT = """
The DET det statement
statement NOUN nsubj went
went VERB root - go
on ADV advmod went
. PUNCT punct went
"""


def owner(text: str, tree: str, word: str = "statement", nth: int = 1) -> str | None:
    """The word that tells whose the document `word` is, at its nth occurrence."""
    made = document(text, tree)
    found = owner_of(made, place(made, word, nth))
    return made.token(found).text if found is not None else None


@pytest.mark.parametrize(
    ("text", "tree", "told"),
    [
        (
            "Solt's statement went on.",
            "Solt PROPN nmod:poss statement\n's PART case Solt\nstatement NOUN nsubj went\nwent VERB root - go\non ADV advmod went\n. PUNCT punct went",
            "Solt",
        ),
        (
            "A statement from Solt went on.",
            "A DET det statement\nstatement NOUN nsubj went\nfrom ADP case Solt\nSolt PROPN nmod statement\nwent VERB root - go\non ADV advmod went\n. PUNCT punct went",
            "Solt",
        ),
        (
            "A statement on Solt went on.",
            "A DET det statement\nstatement NOUN nsubj went\non ADP case Solt\nSolt PROPN nmod statement\nwent VERB root - go\non ADV advmod went\n. PUNCT punct went",
            None,
        ),
        (
            "A statement Solt wrote went on.",
            "A DET det statement\nstatement NOUN nsubj went\nSolt PROPN nsubj wrote\nwrote VERB acl:relcl statement write\nwent VERB root - go\non ADV advmod went\n. PUNCT punct went",
            "Solt",
        ),
    ],
)
def test_it_is_told_beside_the_document(text: str, tree: str, told: str | None) -> None:
    assert owner(text, tree) == told


def test_a_bare_one_is_whose_it_was_before() -> None:
    text, tree = (
        "Solt replied in a statement. The statement went on.",
        SAID_IN + "\n\n" + THE_STATEMENT.strip(),
    )
    assert owner(text, tree, nth=2) == "Solt"
    far = "\n\n".join(
        (
            SAID_IN.strip(),
            *["It PRON nsubj went\nwent VERB root - go\n. PUNCT punct went"] * 7,
            THE_STATEMENT.strip(),
        )
    )
    assert (
        owner("Solt replied in a statement. " + "It went. " * 7 + "The statement went on.", far, nth=2)
        is None
    )


def test_a_new_one_is_nobody_s_yet() -> None:
    text = "Solt replied in a statement. A statement went on."
    assert owner(text, SAID_IN + "\n\n" + THE_STATEMENT.replace("The DET", "A DET").strip(), nth=2) is None


def test_a_statement_is_a_document_and_a_minister_is_none() -> None:
    made = clause("The statement went on.", THE_STATEMENT)
    assert [is_document(made, word) for word in range(3)] == [False, True, False]
