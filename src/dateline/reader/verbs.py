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
_FINITE_BE = _PAST_BE | {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"}
_BE = _FINITE_BE | {"be", "been", "being"}
_HAVE = frozenset(["have", "has", "had", "having", "'ve", "’ve"])
_PAST_HELPERS = _PAST_BE | {"had", "did"}
_PRESENT_HELPERS = (_FINITE_BE | _HAVE | {"do", "does"}) - {"having"}
_HAD_OR_WOULD = frozenset(["'d", "’d"])
_THIRD = frozenset(["has", "goes", "does"])
_SUBJECTS = ("nsubj", "nsubj:pass")
_HELPERS = ("aux", "aux:pass", "cop")
_DEPTH = 6
"""Conjuncts that a tree may stack; a sound one has all of them on the first."""
_PREDICATIVE = frozenset(["VERB", "AUX", "ADJ", "NOUN"])
_OF_ACTIVES = ("nsubj", "aux", "obj", "mark")
_BESIDE_NOUNS = frozenset(["acl", "amod"])
_REDUCED = _BESIDE_NOUNS | {"advcl"}
_UNCHANGED_PASTS = frozenset(
    """beat bet bid broadcast burst cast cost cut fit forecast hit hurt let put quit read rid set shed shut slit split spread thrust
    upset""".split()  # noqa: SIM905
)
"""Verbs whose past looks like their base."""
_LIKE_PARTICIPLES = _UNCHANGED_PASTS | {"become", "come", "overcome", "run", "overrun"}
"""Verbs whose participle looks like their base."""


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
    """The verb group headed by `word`; a conjunct borrows the auxiliaries it shares with the verb before it."""
    return _shared_group(sentence, word) or _own_group(sentence, word)


def _own_group(sentence: ParsedSentence, word: int) -> VerbGroup:
    helpers = [c for c in sentence.children(word, *_HELPERS) if c < word or sentence.lower(c) in _FINITE_BE]
    texts = [sentence.lower(h) for h in helpers]
    if "being" not in texts and form(sentence, word) == "past":
        texts = ["had" if t in _HAD_OR_WOULD else t for t in texts]
    modal = next((_MODALS[t] for t in texts if t in _MODALS), None)
    passive = is_passive(sentence, word)
    to = _infinitive_mark(sentence, word)
    finite_be = [t for t in texts if t in _FINITE_BE]
    if modal is None and finite_be and to is not None and helpers[0] < to and _has_subject(sentence, word):
        past = any(t in _PAST_BE for t in finite_be)
        return VerbGroup("past" if past else "future", "be_to", passive)
    perfect = any(t in _HAVE for t in texts)
    progressive = sentence.lower(word).endswith("ing") and any(t in _BE for t in texts)
    return VerbGroup(_tense(sentence, word, texts, modal, to), modal, passive, perfect, progressive)


def is_passive(sentence: ParsedSentence, word: int) -> bool:
    """True for a passive verb, with or without its auxiliary ("treaties signed by Varga", "was signed and sealed")."""
    if sentence.child(word, "aux:pass", "nsubj:pass", "obl:agent") is not None:
        return True
    if sentence.analysis.upos[word] != "VERB" or sentence.child(word, *_OF_ACTIVES) is not None:
        return False
    if form(sentence, word) != "past" and sentence.lower(word) not in _LIKE_PARTICIPLES:
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
    return "third" if (text.endswith("s") and not base.endswith("s")) or text in _THIRD else "past"


def _tense(
    sentence: ParsedSentence, word: int, helpers: list[str], modal: str | None, to: int | None
) -> Tense:
    if modal is not None:
        return "future" if modal == "will" else "base"
    if helpers and helpers[0] in _PAST_HELPERS:
        return "past"
    if helpers and helpers[0] in _PRESENT_HELPERS:
        return "present"
    return "base" if to is not None else _bare_tense(sentence, word)


def _bare_tense(sentence: ParsedSentence, word: int) -> Tense:
    """The tense of a verb without auxiliaries, by its form, its subject and where it hangs."""
    shape, relation = form(sentence, word), sentence.analysis.deprels[word]
    if shape == "ing":
        return "participle"
    if shape == "third":
        return "present"
    alone = sentence.child(word, *_SUBJECTS) is None
    if shape == "past":
        return "participle" if alone and relation in _REDUCED else "past"
    if sentence.analysis.lemmas[word].lower() in _UNCHANGED_PASTS and relation != "xcomp":
        return "participle" if alone and relation in _REDUCED else "past"
    return "base" if alone and relation != "root" else "present"


def _shared_group(sentence: ParsedSentence, word: int) -> VerbGroup | None:
    """The group of the verb before a conjunct without a subject: "will go and see", "was seized and sold", or None."""
    if (
        sentence.analysis.deprels[word] != "conj"
        or sentence.child(word, *_SUBJECTS, "csubj", *_HELPERS) is not None
    ):
        return None
    first = word
    for first in islice(sentence.ancestors(word), _DEPTH):
        if sentence.analysis.deprels[first] != "conj" or sentence.child(first, *_HELPERS) is not None:
            break
    shape, above = form(sentence, word), _own_group(sentence, first)
    if shape == "base" and (above.modal is not None or above.tense == "base"):
        return VerbGroup(above.tense, above.modal)
    active = above.passive and not above.perfect and sentence.child(word, "obj") is not None
    if (
        shape == "past" and (above.perfect or above.passive) and not active
    ):  # not "was freed and left the country"
        return VerbGroup(above.tense, above.modal, above.passive, above.perfect, above.progressive)
    return None


def _infinitive_mark(sentence: ParsedSentence, word: int) -> int | None:
    mark = sentence.child(word, "mark")
    return mark if mark is not None and sentence.lower(mark) == "to" else None


def _has_subject(sentence: ParsedSentence, word: int) -> bool:
    return (
        sentence.analysis.upos[word] in _PREDICATIVE
        and sentence.child(word, "nsubj", "nsubj:pass", "expl") is not None
    )
