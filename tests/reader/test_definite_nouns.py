"""Who "the minister", "the company" or "the singer" is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dateline.reader.antecedents import Antecedents
from dateline.reader.definite_nouns import DefiniteNouns
from dateline.reader.descriptions import Descriptions
from dateline.reader.quotations import scan
from dateline.reader.roles import Roles
from dateline.reader.span_index import SpanIndex
from dateline.records import MentionKind
from tests.reader.analyses import document, mentions

Names = Mapping[str, str | tuple[str, MentionKind]]
HOLT: Names = {"Ada Holt": "Ada Holt"}
SANG = "Ada PROPN nsubj sang\nHolt PROPN flat Ada\nsang VERB root - sing\n. PUNCT punct sang"


def left(noun: str, article: str = "The", before: str = "") -> str:
    """ "The singer left." as a tree; `before` is a word between both."""
    between = f"{before} ADJ amod {noun}\n" if before else ""
    return f"{article} DET det {noun}\n{between}{noun} NOUN nsubj left\nleft VERB root - leave\n. PUNCT punct left"


def nouns(text: str, trees: tuple[str, ...], names: Names) -> tuple[DefiniteNouns, int, int, list[int]]:
    """Those of a text, with the number of its last sentence, and there the noun before "left" with all words before that."""
    made = document(text, "\n\n".join(trees))
    found = SpanIndex(mentions(text, names), lambda m: m.span)
    quoted = SpanIndex([q.span for q in scan(text, made.sentences)], lambda q: q)
    roles = Roles(made, found)
    last = made.clauses[-1]
    verb = next(w for w in range(len(last.tokens)) if last.lower(w) == "left")
    antecedents = Antecedents(made, found, quoted, roles)
    known = DefiniteNouns(made, found, quoted, roles, antecedents, Descriptions(made))
    return known, len(made.clauses) - 1, verb - 1, list(range(verb))


@pytest.mark.parametrize(
    ("noun", "article", "focus", "told"),
    [
        ("singer", "The", "Ada Holt", "Ada Holt"),
        ("singer", "A", "Ada Holt", None),
        ("singer", "The", None, None),
        ("committee", "The", "Ada Holt", None),  # no person
        ("minister", "The", "Ada Holt", None),  # an office has its holder
        ("table", "The", "Ada Holt", None),
    ],
)
def test_an_epithet_is_whoever_spoke_last(
    noun: str, article: str, focus: str | None, told: str | None
) -> None:
    known, *place = nouns(f"Ada Holt sang. {article} {noun} left.", (SANG, left(noun, article)), HOLT)
    assert known.by_words(*place, focus) == told


def test_somebody_told_of_with_an_article_before_is_himself() -> None:
    text, trees = (
        "A singer left. Ada Holt sang. The singer left.",
        (left("singer", "A"), SANG, left("singer")),
    )
    known, *place = nouns(text, trees, HOLT)
    assert known.by_words(*place, "Ada Holt") is None


def test_the_one_person_named_holds_the_office() -> None:
    known, *place = nouns("Ada Holt sang. The mayor left.", (SANG, left("mayor")), HOLT)
    assert known.by_role(*place) == "Ada Holt"


def test_a_body_is_the_one_that_last_did_something() -> None:
    text = "Vell Lines sang. The company left."
    trees = (
        "Vell PROPN compound Lines\nLines PROPN nsubj sang\nsang VERB root - sing\n. PUNCT punct sang",
        left("company"),
    )
    known, *place = nouns(text, trees, {"Vell Lines": ("Vell Lines", "organisation")})
    assert known.by_role(*place) == "Vell Lines"


def test_a_bare_noun_has_the_words_that_it_had() -> None:
    text = "The Vell army left. The army left."
    first = "The DET det army\nVell PROPN compound army\narmy NOUN nsubj left\nleft VERB root - leave\n. PUNCT punct left"
    known, *place = nouns(text, (first, left("army")), {})
    assert known.by_words(*place, None) == "Vell army"
