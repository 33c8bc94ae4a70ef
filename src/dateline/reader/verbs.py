"""The verb group: tense, modality and voice of a predicate, told from its words and its tree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Literal

from dateline.reader.parsed import ParsedSentence

Tense = Literal["past", "present", "future", "base", "participle"]
Form = Literal["base", "third", "ing", "past"]

_MODALS = {
    "will": "will", "'ll": "will", "’ll": "will", "wo": "will", "shall": "will", "would": "would", "'d": "would", "’d": "would",
    "may": "may", "might": "may", "could": "could", "can": "can", "ca": "can", "should": "should", "ought": "should", "must": "must",
}  # fmt: skip
_PAST_BE = frozenset(["was", "were"])
_PRESENT_BE = frozenset(["is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"])
_FINITE_BE = _PAST_BE | _PRESENT_BE
_BE = _FINITE_BE | {"be", "been", "being"}
_HAVE = frozenset(["have", "has", "had", "having", "'ve", "’ve"])
_PAST_HELPERS = _PAST_BE | {"had", "did"}
_PRESENT_HELPERS = _PRESENT_BE | {"have", "has", "'ve", "’ve", "do", "does"}
_SUBJECTS = ("nsubj", "nsubj:pass")
_HELPERS = ("aux", "aux:pass", "cop")
_DEPTH = 6
"""Conjuncts that a tree may stack; a sound one has all of them on the first."""
_OF_ACTIVES = ("nsubj", "aux", "obj", "mark")
_BESIDE_NOUNS = frozenset(["acl", "amod"])
_REDUCED = _BESIDE_NOUNS | {"advcl"}
_UNCHANGED_PASTS = frozenset(
    """beat bet bid broadcast burst cast cost cut fit forecast hit hurt let put quit read rid set shed shut slit split spread thrust
    upset""".split()  # noqa: SIM905
)
"""Verbs whose past looks like their base."""


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A predicate with its auxiliaries.

    `modal` is one of will, would, may, could, can, should, must, be_to ("were to meet") or None. `perfect` counts
    from a past auxiliary too: `tense` is "past" for "had left", "present" for "has left".
    """

    tense: Tense
    modal: str | None = None
    passive: bool = False
    perfect: bool = False
    progressive: bool = False


def verb_group(sentence: ParsedSentence, word: int) -> VerbGroup:
    """The verb group headed by `word`; a conjunct borrows the auxiliaries of the verb before it that fit its form."""
    if (
        sentence.analysis.deprels[word] != "conj"
        or sentence.child(word, *_SUBJECTS, "csubj", *_HELPERS) is not None
    ):
        return _own_group(sentence, word)
    first = word
    for first in islice(sentence.ancestors(word), _DEPTH):
        if sentence.analysis.deprels[first] != "conj" or sentence.child(first, *_HELPERS) is not None:
            break
    above, shape = _own_group(sentence, first), form(sentence, word)
    if shape == "base" and (above.modal is not None or above.tense == "base"):
        return VerbGroup(above.tense, above.modal)
    # not "was freed and left the country"
    passive = above.passive and sentence.child(word, "obj") is None
    return above if shape == "past" and (above.perfect or passive) else _own_group(sentence, word)


def _own_group(sentence: ParsedSentence, word: int) -> VerbGroup:
    helpers = [c for c in sentence.children(word, *_HELPERS) if c < word or sentence.lower(c) in _FINITE_BE]
    texts = [sentence.lower(h) for h in helpers]
    if form(sentence, word) == "past":
        texts = ["had" if t in ("'d", "’d") else t for t in texts]
    modal = next((_MODALS[t] for t in texts if t in _MODALS), None)
    passive = is_passive(sentence, word)
    to = next((m for m in sentence.children(word, "mark") if sentence.lower(m) == "to"), None)
    if modal is None and to is not None and helpers and helpers[0] < to and not _FINITE_BE.isdisjoint(texts):
        return VerbGroup("future" if _PAST_BE.isdisjoint(texts) else "past", "be_to", passive)
    perfect = not _HAVE.isdisjoint(texts)
    progressive = sentence.lower(word).endswith("ing") and not _BE.isdisjoint(texts)
    tense: Tense = "base" if to is not None else _bare_tense(sentence, word)
    if modal is not None:
        tense = "future" if modal == "will" else "base"
    elif texts and texts[0] in _PAST_HELPERS | _PRESENT_HELPERS:
        tense = "past" if texts[0] in _PAST_HELPERS else "present"
    return VerbGroup(tense, modal, passive, perfect, progressive)


def is_passive(sentence: ParsedSentence, word: int) -> bool:
    """True for a passive verb, with or without its auxiliary ("treaties signed by Varga", "was signed and sealed")."""
    if sentence.child(word, "aux:pass", "nsubj:pass", "obl:agent") is not None:
        return True
    if sentence.analysis.upos[word] != "VERB" or sentence.child(word, *_OF_ACTIVES) is not None:
        return False
    if form(sentence, word) != "past" and sentence.lower(word) not in _UNCHANGED_PASTS:
        return False
    relation, above = sentence.analysis.deprels[word], sentence.analysis.heads[word]
    return relation in _BESIDE_NOUNS or (relation == "conj" and sentence.child(above, "aux:pass") is not None)


def form(sentence: ParsedSentence, word: int) -> Form:
    """The shape of a verb beside its lemma; "past" is what is neither base, third person nor -ing, so participles too."""
    text, base = sentence.lower(word), sentence.analysis.lemmas[word].lower()
    if text == base:
        return "base"
    if text.endswith("ing") and not base.endswith("ing"):
        return "ing"
    return "third" if text.endswith("s") and not base.endswith("s") else "past"


def _bare_tense(sentence: ParsedSentence, word: int) -> Tense:
    """The tense of a verb without auxiliaries, by its form, its subject and where it hangs."""
    shape, relation = form(sentence, word), sentence.analysis.deprels[word]
    if shape in ("ing", "third"):
        return "participle" if shape == "ing" else "present"
    alone = sentence.child(word, *_SUBJECTS) is None
    unchanged = sentence.analysis.lemmas[word].lower() in _UNCHANGED_PASTS and relation != "xcomp"
    if shape == "past" or unchanged:
        return "participle" if alone and relation in _REDUCED else "past"
    return "base" if alone and relation != "root" else "present"
