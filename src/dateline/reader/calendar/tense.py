"""Which way an expression looks, told by the verb that governs it in the tree."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice

from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.verbs import verb_group

BACK, AHEAD = -1, 1

_LOOKS_AHEAD = frozenset(
    """expect plan schedule set slate agree promise hope want intend ask order urge vow decide prepare aim propose threaten
    due likely ready pledge invite tell call need have go seek try warn predict forecast await time bind""".split()  # noqa: SIM905
)
"""Lemmas whose infinitive or whose own participle is about what is to come ("agreed to meet", "planned for Monday")."""

_NOUNS = frozenset(["NOUN", "PROPN"])
_CLAUSAL = frozenset(["xcomp", "ccomp", "advcl", "acl", "csubj", "parataxis"])
_TO_NOUN = frozenset(["nmod:poss", "amod", "compound", "appos", "nummod", "nmod", "obl"])


class GoverningTense:
    """Answers, for a place in a document, `BACK`, `AHEAD`, or None where the tree does not tell."""

    def __init__(self, document: Document) -> None:
        self._clauses = document.clauses
        self._starts = [clause.sentence.start for clause in document.clauses]

    def __call__(self, offset: int) -> int | None:
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        clause = self._clauses[at]
        word = clause.word_at(offset)
        if word is None:
            return None
        return _tense_above(clause, word)


def _tense_above(clause: ParsedSentence, word: int) -> int | None:
    """The tense of the verb that the word hangs on, through prepositions and other words of the expression alone."""
    upos = clause.analysis.upos
    below = word
    for above in islice(clause.ancestors(word), 6):
        if clause.is_predicate(above):
            return _looks(clause, above, 0)
        if clause.lower(above) == "due":
            return AHEAD
        relation = clause.analysis.deprels[below]
        if upos[above] in _NOUNS and relation in _TO_NOUN and not _is_time(clause, above):
            return None
        below = above
    return None


def _is_time(clause: ParsedSentence, word: int) -> bool:
    """True where the word lies inside one of the model's time expressions."""
    token = clause.tokens[word]
    return any(t.start <= token.start < t.end for t in clause.analysis.times)


def _looks(clause: ParsedSentence, word: int, depth: int) -> int | None:
    group = verb_group(clause, word)
    lemma = clause.analysis.lemmas[word].lower()
    if group.modal == "be_to":
        return BACK if group.tense == "past" else AHEAD
    if group.modal == "would" and _told_before(clause, word):
        return BACK
    if group.modal is not None:
        return BACK if group.perfect else AHEAD
    if group.tense == "future":
        return AHEAD
    if group.tense == "past" or group.perfect:
        return BACK
    if group.tense == "present":
        helped = clause.child(word, "aux", "aux:pass", "cop") is not None
        return AHEAD if group.progressive or (group.passive and helped) else None
    if group.tense == "participle" and lemma in _LOOKS_AHEAD:
        return AHEAD
    if group.tense == "participle" and not clause.lower(word).endswith("ing"):
        return BACK
    if group.tense == "base" and not any(clause.lower(m) == "to" for m in clause.children(word, "mark")):
        return None  # "burst", "cut": the form does not tell
    head = clause.analysis.heads[word]
    relation = clause.analysis.deprels[word].partition(":")[0]
    if head < 0 or depth > 4 or relation not in _CLAUSAL:
        return AHEAD if group.tense == "base" else None
    if group.tense == "base" and clause.analysis.lemmas[head].lower() in _LOOKS_AHEAD:
        above = verb_group(clause, head)
        return BACK if above.perfect and above.tense == "past" else AHEAD
    if clause.is_predicate(head):
        return _looks(clause, head, depth + 1)
    return AHEAD if group.tense == "base" else None


def _told_before(clause: ParsedSentence, word: int) -> bool:
    """True where the verb says what had been said or thought earlier ("had said that it would open on Friday")."""
    head = clause.analysis.heads[word]
    if head < 0 or clause.analysis.deprels[word].partition(":")[0] != "ccomp":
        return False
    above = verb_group(clause, head)
    return above.perfect and above.tense == "past"
