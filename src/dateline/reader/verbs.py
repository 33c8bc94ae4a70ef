"""The verb group: tense, modality, polarity and voice of a predicate, told from its words and its tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.reader.document import Clause
from dateline.reader.predicates import predicates

Tense = Literal["past", "present", "future", "base", "participle"]

MODALS: dict[str, str] = {
    "will": "will",
    "'ll": "will",
    "’ll": "will",
    "wo": "will",
    "shall": "will",
    "would": "would",
    "'d": "would",
    "’d": "would",
    "may": "may",
    "might": "may",
    "could": "could",
    "can": "can",
    "ca": "can",
    "should": "should",
    "must": "must",
    "ought": "should",
}
_BE = frozenset(
    ["be", "is", "are", "was", "were", "am", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m"]
)
_PAST_BE = frozenset(("was", "were"))
_HAVE = frozenset(["have", "has", "had", "having", "'ve", "’ve", "'d", "’d"])
_DO = frozenset(("do", "does", "did"))


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A predicate with its auxiliaries.

    `modal` is one of will, would, may, could, can, should, must, be_to ("were to meet") or None. `perfect` counts
    from a past auxiliary too: `tense` is "past" for "had left", "present" for "has left".
    """

    tense: Tense
    modal: str | None = None
    negated: bool = False
    passive: bool = False
    perfect: bool = False
    progressive: bool = False

    @property
    def finite(self) -> bool:
        """True where the group has a tense of its own."""
        return self.tense in ("past", "present", "future") or self.modal is not None


def lemma(clause: Clause, word: int) -> str:
    """The lemma, with a verb's particle: "call_off"."""
    base = clause.analysis.lemmas[word].lower()
    particle = particle_of(clause, word)
    return base if particle is None else f"{base}_{clause.lower(particle)}"


def particle_of(clause: Clause, word: int) -> int | None:
    """The particle of a phrasal verb ("called off"), or None."""
    if clause.analysis.upos[word] != "VERB":
        return None
    for child in clause.children(word, "compound", "compound:prt"):
        if child > word and clause.analysis.upos[child] in ("ADP", "ADV", "PART"):
            return child
    for child in clause.children(word, "advmod"):
        if child == word + 1 and clause.lower(child) in ("off", "out", "down", "up", "away", "apart", "back"):
            return child
    return None


def verb_group(clause: Clause, word: int) -> VerbGroup:
    """The verb group headed by `word`; a conjunct borrows the auxiliaries it shares with the verb before it."""
    helpers = [
        c for c in clause.children(word, "aux", "aux:pass", "cop") if c < word or clause.lower(c) in _BE
    ]
    negated = is_negated(clause, word)
    relation = clause.analysis.deprels[word]
    if not helpers and relation == "conj" and clause.child(word, "nsubj", "nsubj:pass", "csubj") is None:
        shared = _shared_group(clause, word, negated)
        if shared is not None:
            return shared
    texts = [clause.lower(h) for h in helpers]
    if "being" not in texts and any(t in ("'d", "’d") for t in texts) and _form(clause, word) == "participle":
        texts = ["had" if t in ("'d", "’d") else t for t in texts]
    modal = next((MODALS[t] for t in texts if t in MODALS), None)
    passive = clause.child(word, "aux:pass", "nsubj:pass") is not None
    marked = clause.child(word, "mark") is not None and clause.lower(clause.children(word, "mark")[0]) == "to"
    finite_be = [t for t in texts if t in _BE and t not in ("be", "been", "being")]
    if (
        modal is None
        and finite_be
        and marked
        and clause.analysis.upos[word] in ("VERB", "AUX", "ADJ", "NOUN")
    ):
        to = clause.children(word, "mark")[0]
        if any(h < to for h in helpers) and clause.child(word, "nsubj", "nsubj:pass", "expl") is not None:
            past = any(t in _PAST_BE for t in finite_be)
            return VerbGroup("past" if past else "future", "be_to", negated, passive)
    perfect = any(t in _HAVE for t in texts)
    progressive = clause.tokens[word].text.lower().endswith("ing") and any(t in _BE for t in texts)
    tense: Tense
    if modal in ("will",):
        tense = "future"
    elif modal is not None:
        tense = "base"
    elif texts and texts[0] in ("had", "did", *_PAST_BE):
        tense = "past"
    elif texts and (texts[0] in _HAVE - {"having"} or texts[0] in _DO or texts[0] in finite_be):
        tense = "present"
    elif marked:
        tense = "base"
    else:
        tense = _bare_tense(clause, word)
    return VerbGroup(tense, modal, negated, passive, perfect, progressive)


def _shared_group(clause: Clause, word: int, negated: bool) -> VerbGroup | None:
    head = clause.analysis.heads[word]
    form = _form(clause, word)
    above = verb_group(clause, head)
    if form == "base" and (above.modal is not None or above.tense == "base"):
        return VerbGroup(
            above.tense, above.modal, negated or (above.negated and _joined_by_or(clause, word)), False
        )
    if (
        form == "participle"
        and (above.perfect or above.passive)
        and not _has_object_like(clause, word, above)
    ):
        return VerbGroup(above.tense, above.modal, negated, above.passive, above.perfect, above.progressive)
    return None


def _joined_by_or(clause: Clause, word: int) -> bool:
    return any(clause.lower(c) in ("or", "nor") for c in clause.children(word, "cc"))


def _has_object_like(clause: Clause, word: int, above: VerbGroup) -> bool:
    """True where a passive's conjunct has an object, and so is active: "was freed and left the country"."""
    return above.passive and not above.perfect and clause.child(word, "obj") is not None


def _form(clause: Clause, word: int) -> Literal["base", "third", "ing", "participle"]:
    text, base = clause.lower(word), clause.analysis.lemmas[word].lower()
    if text == base:
        return "base"
    if text.endswith("ing") and not base.endswith("ing"):
        return "ing"
    if (text.endswith("s") and not base.endswith("s")) or text in ("has", "goes", "does"):
        return "third"
    return "participle"


_SAME_PAST = frozenset(
    [
        "put",
        "set",
        "hit",
        "cut",
        "let",
        "shut",
        "cost",
        "hurt",
        "quit",
        "split",
        "spread",
        "burst",
        "cast",
        "bid",
        "bet",
        "shed",
        "rid",
        "thrust",
        "broadcast",
        "forecast",
        "upset",
        "beat",
        "read",
    ]
)


def _bare_tense(clause: Clause, word: int) -> Tense:
    """The tense of a verb without auxiliaries, by its form and its subject."""
    form = _form(clause, word)
    if form == "ing":
        return "participle"
    if form == "third":
        return "present"
    subject = clause.child(word, "nsubj", "nsubj:pass")
    if form == "participle":
        return (
            "past"
            if clause.analysis.deprels[word] not in ("acl", "amod", "advcl") or subject is not None
            else "participle"
        )
    if clause.analysis.lemmas[word].lower() in _SAME_PAST:
        relation = clause.analysis.deprels[word]
        if relation in ("acl", "amod") and subject is None:
            return "participle"
        if relation == "xcomp":
            return "base"
        return "present" if subject is not None and _is_plural_present(clause, word, subject) else "past"
    return "present" if subject is not None or clause.analysis.deprels[word] == "root" else "base"


def _is_plural_present(clause: Clause, word: int, subject: int) -> bool:
    """True where nothing tells a past "put" from a present one and the sentence has another verb in the present."""
    if clause.lower(subject) in ("he", "she", "it") or clause.analysis.upos[subject] == "PROPN":
        return False
    return any(
        clause.analysis.upos[i] in ("VERB", "AUX")
        and clause.lower(i) in ("are", "is", "have", "has", "do", "say", "says")
        for i in range(len(clause.tokens))
        if i != word
    )


def is_negated(clause: Clause, word: int) -> bool:
    """True where a negation stands beside the predicate, or its subject or object denies it ("no one", "nothing")."""
    table = predicates()
    children = clause.children(word)
    for child in children:
        relation, text = clause.analysis.deprels[child], clause.lower(child)
        if text in table.negation and relation in ("advmod", "neg", "aux", "cc", "det", "discourse"):
            if text == "not" and _focuses_elsewhere(clause, word, child):
                continue
            return True
        if text == "no" and relation == "det" and clause.analysis.upos[word] == "NOUN":
            return True
        if (
            text in ("longer", "more")
            and relation == "advmod"
            and (child + 1 == len(clause.tokens) or clause.lower(child + 1) != "than")
            and any(clause.lower(k) == "no" for k in clause.children(child))
        ):
            return True
        if relation in ("nsubj", "nsubj:pass", "obj") and _is_none(clause, child):
            return True
        if (
            relation == "obl"
            and child < word
            and _is_none(clause, child)
            and clause.lower(child) in ("circumstances", "way", "account")
        ):
            return True
    return False


def _focuses_elsewhere(clause: Clause, word: int, negation: int) -> bool:
    """True for "not only …" and for a "not" far behind the predicate ("on Sunday, not by the Wednesday promised")."""
    following = clause.lower(negation + 1) if negation + 1 < len(clause.tokens) else ""
    if following in (
        "only",
        "just",
        "merely",
        "least",
        "all",
        "every",
        "everyone",
        "everything",
        "always",
        "to",
        "including",
        "counting",
    ):
        return True
    return negation > word + 1


def _is_none(clause: Clause, noun: int) -> bool:
    """True for "nobody", "nothing", "no ships", "not one family"."""
    table = predicates()
    if clause.lower(noun) in table.negative_subjects:
        return True
    if clause.lower(noun) == "one" and noun > 0 and clause.lower(noun - 1) == "no":
        return True
    for child in clause.children(noun, "det", "advmod", "nummod", "neg", "cc", "amod"):
        if clause.lower(child) == "no" or (clause.lower(child) in ("neither", "not") and child < noun):
            return True
        if clause.lower(child) in ("one", "single", "a") and any(
            clause.lower(k) == "not" for k in clause.children(child)
        ):
            return True
    return False
