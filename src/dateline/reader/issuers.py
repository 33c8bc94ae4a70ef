"""Whose a document is that speaks for somebody: "the ministry's statement", "a letter from Solt", "the report", told of before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from dateline.reader.definite_nouns import DEFINITE, FAR, bare_article
from dateline.reader.model.interface import Place
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.roles import agreement

_WITHIN = frozenset(["obl", "obj"])
_ISSUING = frozenset(["by", "from", "of"])
_RELATIVE = frozenset(["this", "that", "which", "what", "who"])


def is_document(clause: ParsedSentence, word: int) -> bool:
    """True for what speaks for somebody: a statement, a report."""
    return agreement()["roles"].get(clause.analysis.lemmas[word].lower()) == "document"


def owner_of(document: Document, place: Place) -> Place | None:
    """The head of the phrase that tells whose the document at a place is, there or, of a bare "the statement", where it was told of
    before; None where nothing does."""
    clause = document.clauses[place.sentence]
    article, noun = bare_article(clause, place.token), clause.analysis.lemmas[place.token]
    if article is None or clause.lower(article) not in DEFINITE or noun != clause.lower(place.token):
        owner = _owner_beside(clause, place.token) if clause.analysis.upos[place.token] == "NOUN" else None
        return Place(place.sentence, owner) if _speaks(owner, clause) else None
    for before in _before(document, place, noun):
        sentence = document.clauses[before.sentence]
        owner = _owner_beside(sentence, before.token)
        owner = owner if owner is not None else _doer(sentence, before.token)
        if _speaks(owner, sentence):
            return Place(before.sentence, owner)
    return None


def _before(document: Document, place: Place, noun: str) -> Iterator[Place]:
    """Where a noun stands before a place, the nearest first, no further than one goes back."""
    for number in range(place.sentence, max(-1, place.sentence - FAR - 1), -1):
        analysis = document.clauses[number].analysis
        end = place.token if number == place.sentence else len(analysis.lemmas)
        for word in reversed(range(end)):
            if analysis.lemmas[word] == noun and analysis.upos[word] == "NOUN":
                yield Place(number, word)


def _speaks(owner: int | None, clause: ParsedSentence) -> TypeGuard[int]:
    """True for an owner that is told and is no document itself."""
    return owner is not None and not is_document(clause, owner)


def _owner_beside(clause: ParsedSentence, document: int) -> int | None:
    """Whose a document is said to be beside it: "Solt's report", "a statement by the ministry", "a lawsuit she brought"."""
    for child in clause.children(document, "nmod:poss", "nmod", "compound"):
        case, relation = clause.child(child, "case"), clause.analysis.deprels[child]
        if (
            relation == "nmod:poss"
            or (relation == "nmod" and case is not None and clause.lower(case) in _ISSUING)
            or (relation == "compound" and clause.analysis.upos[child] == "PROPN")
        ):
            return child
    doers = (clause.child(told, "nsubj") for told in clause.children(document, "acl:relcl"))
    return next((d for d in doers if d is not None and clause.lower(d) not in _RELATIVE), None)


def _doer(clause: ParsedSentence, document: int) -> int | None:
    """Who does what is told to be done with a document or in it: "the ministry said in a statement"."""
    above = clause.analysis.heads[document]
    within = above >= 0 and clause.analysis.deprels[document] in _WITHIN
    return clause.child(above, "nsubj") if within else None
