"""Whose a document is that speaks for somebody: "the ministry's statement", "a letter from Solt", "the report", told of before."""

from __future__ import annotations

from dateline.reader.definite_nouns import DEFINITE, FAR
from dateline.reader.model.interface import Place
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.roles import agreement

_ISSUING = frozenset(["by", "from", "of"])
_RELATIVE = frozenset(["this", "that", "which", "what", "who"])


def is_document(clause: ParsedSentence, word: int) -> bool:
    """True for what speaks for somebody: a statement, a report."""
    return agreement()["roles"].get(clause.analysis.lemmas[word].lower()) == "document"


def owner_of(document: Document, place: Place) -> Place | None:
    """The head of the phrase that tells whose the document at a place is, there or, of a bare "the statement", where it was told of
    before; None where nothing does."""
    clause = document.clauses[place.sentence]
    noun, article = clause.analysis.lemmas[place.token], clause.child(place.token, "det")
    is_bare = (
        article is not None
        and clause.lower(article) in DEFINITE
        and all(clause.analysis.deprels[k] in ("det", "case", "punct") for k in clause.children(place.token))
        and noun == clause.lower(place.token)
    )
    for number in range(
        place.sentence, max(-1, place.sentence - FAR - 1) if is_bare else place.sentence - 1, -1
    ):
        sentence = document.clauses[number]
        last = place.token if number == place.sentence else len(sentence.tokens) - 1
        for word in range(last, -1 if is_bare else place.token - 1, -1):
            if sentence.analysis.lemmas[word] != noun or sentence.analysis.upos[word] != "NOUN":
                continue
            owner = _owner(sentence, word, is_source=Place(number, word) == place)
            if owner is not None and not is_document(sentence, owner):
                return Place(number, owner)
    return None


def _owner(clause: ParsedSentence, document: int, *, is_source: bool) -> int | None:
    """Whose a document is said to be: "Solt's report", "a statement by the ministry", "the ministry said in a statement"."""
    for child in clause.children(document, "nmod:poss", "nmod", "compound"):
        case, relation = clause.child(child, "case"), clause.analysis.deprels[child]
        if (
            relation == "nmod:poss"
            or (relation == "nmod" and case is not None and clause.lower(case) in _ISSUING)
            or (relation == "compound" and clause.analysis.upos[child] == "PROPN")
        ):
            return child
    for told in clause.children(document, "acl:relcl"):
        doer = clause.child(told, "nsubj")
        if doer is not None and clause.lower(doer) not in _RELATIVE:
            return doer  # "a lawsuit she brought"
    above = clause.analysis.heads[document]
    if is_source or above < 0 or clause.analysis.deprels[document] not in ("obl", "obj"):
        return None
    return clause.child(above, "nsubj")
