"""What a sentence may announce, and what the finders of it share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.reader.document import Clause
from dateline.records import Strength

Kind = Literal[
    "modal",
    "be to",
    "raising",
    "intention",
    "object",
    "dated noun",
    "moved",
    "present",
    "fragment",
    "headline",
]

NOUN = ("NOUN", "PROPN")
PREDICATES = ("VERB", "NOUN", "ADJ", "PROPN", "AUX", "ADV", "PRON", "NUM")
BE = frozenset(["is", "are", "was", "were", "'s", "’s", "'re", "’re", "be", "been", "am"])
PAST_BE = frozenset(["was", "were", "had"])
TO = frozenset(["to", "until", "till", "for"])
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
REACH = 7
"""Words between a cue and what it announces."""
NOT = frozenset(["not", "n't", "n’t", "never"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicate (word index) that may be expected, the word that says so, and how.

    `subject` is the head of what it is said of, where that is no child of the trigger; `past` tells that the cue is in
    the past ("was to meet", "had been due"); `holder` is the word that holds it ("engineers" of "engineers expect").
    """

    trigger: int
    cue: int
    kind: Kind
    strength: Strength
    subject: int | None = None
    holder: int | None = None
    past: bool = False
    negated: bool = False


def subject_of(clause: Clause, word: int, cue: int) -> int | None:
    """The subject of a predicate, or of the one above that it shares it with; the noun that it modifies."""
    for _ in range(4):
        subject = clause.child(word, *SUBJECTS)
        if subject is not None and not (
            clause.lower(subject) == "there" and clause.analysis.deprels[subject] == "expl"
        ):
            if clause.lower(subject) in ("who", "which", "that") and clause.analysis.deprels[word].startswith(
                "acl"
            ):
                return clause.analysis.heads[word]
            return subject
        relation, head = clause.analysis.deprels[word], clause.analysis.heads[word]
        if relation in ("acl", "acl:relcl", "amod") and head >= 0:
            return head
        if relation not in ("conj", "xcomp", "ccomp", "advcl", "root", "parataxis") or head < 0:
            return None
        if relation in ("ccomp", "parataxis"):
            return None
        word = head
    return None


def is_denied(clause: Clause, cue: int, trigger: int) -> bool:
    """True where a negation stands between the announcing word and the predicate, or right before them."""
    low, high = min(cue, trigger), max(cue, trigger)
    return any(
        clause.lower(w) in NOT and clause.analysis.upos[w] in ("PART", "ADV")
        for w in range(max(0, low - 1), high + 1)
    )
