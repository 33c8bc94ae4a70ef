"""A short wording of what is expected: who, what, whom, without the words that say when it is told.

"President Varga, 61, will sign the treaties on Thursday, his office said" is worded "President Varga signs the treaties".
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dateline.reader.document import Clause

_LEFT_OUT = frozenset(
    [
        "acl",
        "acl:relcl",
        "appos",
        "parataxis",
        "punct",
        "advcl",
        "cc",
        "conj",
        "dep",
        "discourse",
        "vocative",
        "orphan",
        "list",
        "csubj",
        "reparandum",
    ]
)
_ADVERBS = frozenset(
    [
        "now",
        "also",
        "then",
        "still",
        "again",
        "however",
        "instead",
        "therefore",
        "formally",
        "already",
        "only",
        "just",
        "there",
        "here",
        "once",
    ]
)
_MOST_WORDS = 14
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_NAMED_PLURAL = re.compile(r"(?:[^s]s|men|women|people|police|children|teeth|feet|mice)\Z", re.IGNORECASE)

OBJECT_PRONOUNS = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}


def third_person(lemma: str) -> str:
    """The present form after "he": "sign" is "signs", "pass" is "passes"."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if re.search(r"(?:s|x|z|ch|sh|o)\Z", lemma):
        return lemma + "es"
    if re.search(r"[^aeiou]y\Z", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def phrase(clause: Clause, head: int, left_out: Collection[int] = ()) -> str:
    """The phrase below `head`, without relative clauses, appositions and the words of `left_out`."""
    words = [
        w
        for w in _below(clause, head)
        if w not in left_out
        and not (clause.analysis.deprels[w] in ("case", "mark", "cc") and clause.analysis.heads[w] == head)
    ]
    return join(clause, words)


def _below(clause: Clause, head: int) -> list[int]:
    found = [head]
    for child in clause.children(head):
        relation = clause.analysis.deprels[child]
        coordinated = relation == "conj" and clause.analysis.upos[child] in ("NOUN", "PROPN", "NUM", "ADJ")
        if relation in _LEFT_OUT and not coordinated and not (relation == "cc"):
            continue
        if (
            relation == "cc"
            and not any(clause.analysis.deprels[k] == "conj" for k in clause.children(head))
            and clause.analysis.deprels[head] != "conj"
        ):
            continue
        found.extend(_below(clause, child))
    return sorted(set(found))


def join(clause: Clause, words: list[int]) -> str:
    """The words as text; spaces as in the article."""
    text = ""
    for position, word in enumerate(words):
        token = clause.tokens[word]
        if position and (
            token.start > clause.tokens[words[position - 1]].end or words[position - 1] != word - 1
        ):
            text += " "
        text += token.text
    return re.sub(r"\s+([,.;’'])", r"\1", text).strip(' ,;:.—–-"“”')


def is_plural(clause: Clause, head: int) -> bool:
    """True where the noun phrase of `head` takes a plural verb."""
    if any(clause.analysis.deprels[k] == "conj" for k in clause.children(head)):
        return True
    word = clause.lower(head)
    if word in ("they", "we", "you", "i", "these", "those", "both", "many", "some", "most", "few"):
        return True
    if clause.analysis.upos[head] != "NOUN":
        return False
    return clause.analysis.lemmas[head] != word and bool(_NAMED_PLURAL.search(word))


def event(
    clause: Clause, trigger: int, subject: tuple[int, str] | None, left_out: Collection[int], *, passive: bool
) -> str:
    """The expected event in a clause of its own.

    `subject` is the head of its subject with the wording that stands for it; `left_out` are words of times and of
    the announcement. A noun as trigger is worded as it stands.
    """
    upos = clause.analysis.upos[trigger]
    cop = clause.child(trigger, "cop")
    if upos in ("NOUN", "PROPN", "NUM", "PRON") and cop is None:
        return phrase(clause, trigger, left_out)
    parts: list[str] = []
    plural = subject is not None and subject[0] >= 0 and is_plural(clause, subject[0])
    if subject is not None:
        parts.append(subject[1])
    kept = [w for w in _predicate_words(clause, trigger, left_out)]
    lemma = clause.analysis.lemmas[trigger]
    words: list[str] = []
    be = "are" if plural else "is"
    if cop is not None:
        words.append(be)
    for word in kept:
        if word == trigger and cop is None:
            if passive:
                words.append(f"{be} {clause.tokens[word].text}")
            else:
                words.append(lemma if plural or not subject else third_person(lemma))
        else:
            words.append(clause.tokens[word].text)
    parts.append(" ".join(words[:_MOST_WORDS]))
    if not any(parts):
        return clause.tokens[trigger].text
    text = " ".join(parts)
    text = re.sub(r"\s+(['’]s\b|[,.;%])", r"\1", text)
    text = re.sub(r"(?<=\w) - (?=\w)", "-", text)
    return re.sub(r"\s+", " ", text).strip(' ,;:.—–-"“”')


def _predicate_words(clause: Clause, trigger: int, left_out: Collection[int]) -> list[int]:
    relations, kept = clause.analysis.deprels, [trigger]
    for child in clause.children(trigger):
        relation = relations[child]
        if relation in (
            "obj",
            "iobj",
            "obl",
            "obl:agent",
            "xcomp",
            "compound",
            "compound:prt",
            "amod",
            "det",
            "nmod",
            "nmod:poss",
            "case",
            "nummod",
            "flat",
            "expl",
            "obl:npmod",
        ):
            below = [w for w in _below(clause, child) if w not in left_out]
            if any(relations[w] not in ("case", "mark", "det", "punct") for w in below):
                kept.extend(below)
        elif relation == "advmod" and clause.lower(child) not in _ADVERBS and child not in left_out:
            kept.append(child)
        elif relation == "ccomp":
            kept.extend(w for w in _below(clause, child) if w not in left_out)
    return sorted(set(kept))
