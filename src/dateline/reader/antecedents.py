"""What a pronoun or a definite noun goes back to: one of the phrases around it, by signs that are weighed (choices.toml).

The phrases are names, common nouns and earlier pronouns, each with what it goes back to itself; signs as Lappin and Leass (1994) and
Bergsma and Lin (2006) have them, fitted on coreference.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.reader.choices import Candidate, likeliest
from dateline.reader.model.interface import Place
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.roles import Roles, agreement
from dateline.reader.span_index import SpanIndex
from dateline.records import Mention, Span

Referent = str | Place
"""A name, or where the head of a phrase without one stands."""
PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "theirs": "they",
    "themselves": "they",
}  # fmt: skip
"""Personal pronouns of the third person, with their nominative."""
SUBJECTS = frozenset(["nsubj", "nsubj:pass"])
_ROLES = {"nsubj": "subject", "nsubj:pass": "subject", "obj": "object", "iobj": "object", "nmod:poss": "possessor"}  # fmt: skip
_INSIDE_NOUN = frozenset(["compound", "flat", "fixed", "amod", "nummod", "goeswith"])
_NEAR, _FAR = 2, 5
"""Sentences back to a common noun, and to a name or pronoun."""
SIGNS = (
    "none", "none clausal", "none source", "same sentence", "sentence before", "distance", "between", "subject", "object", "possessor",
    "main subject", "parallel", "above", "own clause", "own subject", "behind", "around", "named behind", "quoted", "source",
    "both sources", "focus", "named", "name", "pronoun", "same pronoun", "other pronoun", "given name", "other given name", "called so", "called otherwise", "person",
    "organisation", "place", "noun of person", "noun of organisation", "noun of place", "plural", "joined", "definite",
)  # fmt: skip
"""What is looked at of a phrase that a pronoun may go back to."""


KIND_OF = {"he": "he", "she": "he", "it": "it", "they": "they"}
"""The kind of choice for a nominative."""


def is_reference(clause: ParsedSentence, word: int) -> bool:
    """True for a personal pronoun that stands for something: not the "it" of "it rains"."""
    return (
        clause.lower(word) in PRONOUNS
        and clause.analysis.upos[word] in ("PRON", "DET")
        and clause.analysis.deprels[word] != "expl"
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """What may be gone back to: its head word, its name where it has one, or the nominative where it is a pronoun."""

    place: Place
    start: int
    name: str | None
    pronoun: str | None
    role: str
    signs: Mapping[str, float]


class Antecedents:
    """The pronouns and definite nouns of an article, and what they go back to."""

    def __init__(
        self, document: Document, mentions: SpanIndex[Mention], quotations: SpanIndex[Span], roles: Roles
    ) -> None:
        self.document = document
        self._mentions = mentions
        self._quotations = quotations
        self._roles = roles
        self._sources = SpanIndex(
            [Span(s.start, s.end) for a in document.analysis.attributions for s in a.sources], lambda s: s
        )
        self._phrases: dict[int, list[Phrase]] = {}
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        self._read = 0
        self._called: dict[Referent, str] = {}
        self.referents: dict[Place, Referent | None] = {}
        for mention in mentions.starting(0, len(document.text)):
            self._named[mention.entity].append(mention.span.start)

    def of(
        self,
        number: int,
        word: int,
        *,
        focus: str | None = None,
        fits: Callable[[Phrase], bool] | None = None,
        least: float | None = None,
    ) -> Referent | None:
        """What a pronoun goes back to, None where that is nothing told nearby, or less likely than `least` (by default than nothing); of the phrases that
        `fits` lets pass, and `focus` spoke last. The pronouns before it are gone through once."""
        while self._read < number:
            for phrase in self.phrases(self._read):
                if phrase.pronoun:
                    self.settle(phrase.place, self._choose(self.candidates(phrase.place), phrase.pronoun))
            self._read += 1
        place = Place(number, word)
        for phrase in self.phrases(number):
            if phrase.pronoun and phrase.place < place and phrase.place not in self.referents:
                self.settle(phrase.place, self._choose(self.candidates(phrase.place), phrase.pronoun))
        found = self.candidates(place, focus)
        if fits is not None:
            found = [c for c in found if c.value is None or fits(c.value)]
        return self._choose(found, self._nominative(place), least)

    def _choose(
        self, found: Sequence[Candidate[Phrase | None]], nominative: str, least: float | None = None
    ) -> Referent | None:
        chosen = likeliest(found, KIND_OF[nominative], lambda p: p and self.referent(p), least)
        if chosen is None:
            return None
        # "they" are all that is joined, and not the first of them alone
        return chosen.place if nominative == "they" and "joined" in chosen.signs else self.referent(chosen)

    def is_outside(self, phrase: Phrase) -> bool:
        """True for a phrase that no quotation holds."""
        return not self._quotations.overlapping(phrase.start, phrase.start + 1)

    def settle(self, place: Place, referent: Referent | None) -> None:
        """What the pronoun at a place goes back to, for those behind it."""
        self.referents[place] = referent
        if referent is not None:
            self._called[referent] = self._nominative(place)

    def _nominative(self, place: Place) -> str:
        return PRONOUNS[self.document.clauses[place.sentence].lower(place.token)]

    def referent(self, phrase: Phrase) -> Referent:
        """What a phrase stands for, as far as it has been told."""
        return phrase.name or self.referents.get(phrase.place) or phrase.place

    def candidates(self, place: Place, focus: str | None = None) -> list[Candidate[Phrase | None]]:
        """What a pronoun may go back to: nothing first, then the phrases before it, the nearest first, and those behind it."""
        clause = self.document.clauses[place.sentence]
        at = clause.tokens[place.token].start
        pronoun = PRONOUNS[clause.lower(place.token)]
        near = self._near(place)
        if focus is not None and not any(self.referent(p) == focus for p in near):
            near += self._last_named(focus, at)
        near = [p for p in near if self._roles.titled(self.referent(p)) in (None, pronoun)]
        head = clause.analysis.heads[place.token]
        clausal = head >= 0 and clause.child(head, "ccomp", "csubj", "xcomp", "advcl") is not None
        nothing: Phrase | None = None
        found = [
            Candidate(
                nothing,
                SIGNS,
                {
                    "none": 1.0,
                    "none clausal": float(clausal),
                    "none source": float(bool(self._sources.overlapping(at, at + 1))),
                },
            )
        ]
        here = self._signs_of(clause, place, pronoun)
        for between, phrase in enumerate(near):
            signs = {**phrase.signs, "between": math.log1p(between), **here(phrase)}
            if focus is not None and self.referent(phrase) == focus:
                signs["focus"] = 1.0
            found.append(Candidate(phrase, SIGNS, signs))
        return found

    def _near(self, place: Place) -> list[Phrase]:
        """The phrases before a place, the nearest first, then those behind it in its sentence but for pronouns."""
        near = [
            phrase
            for number in range(max(0, place.sentence - _FAR), place.sentence + 1)
            for phrase in self.phrases(number)
            if phrase.name or phrase.pronoun or number >= place.sentence - _NEAR
        ]
        behind = [p for p in near if p.place > place and not p.pronoun]
        return [p for p in reversed(near) if p.place < place] + behind

    def _last_named(self, name: str, at: int) -> list[Phrase]:
        """Where a name stands last before a place, if anywhere."""
        starts = self._named.get(name, [])
        before = bisect_left(starts, at)
        number = self.document.sentence_at(starts[before - 1]) if before else None
        return (
            [p for p in self.phrases(number) if p.name == name and p.start < at][-1:]
            if number is not None
            else []
        )

    def _signs_of(
        self, clause: ParsedSentence, place: Place, pronoun: str
    ) -> Callable[[Phrase], dict[str, float]]:
        """The signs of how a phrase lies to a pronoun."""
        number, word = place.sentence, place.token
        at = clause.tokens[word].start
        role = _ROLES.get(clause.analysis.deprels[word], "")
        above = list(clause.ancestors(word))
        predicates = [w for w in above if clause.is_predicate(w)]
        below = set(clause.subtree(predicates[0])) if predicates else set()
        behind = {
            self.referent(p)
            for p in self.phrases(number)
            if p.name and p.place.token > word and p.place.token in below
        }
        quoted = self._quotations.overlapping(at, at + 1)
        source = bool(self._sources.overlapping(at, at + 1))

        def signs(phrase: Phrase) -> dict[str, float]:
            distance = number - phrase.place.sentence
            referent = self.referent(phrase)
            told = {
                "same sentence": float(distance == 0),
                "sentence before": float(distance == 1),
                "distance": math.log1p(distance),
                "parallel": float(bool(role) and role == phrase.role),
                "behind": float(phrase.place > place),
                "named behind": float(referent in behind and phrase.place < place),
                "both sources": float(source and "source" in phrase.signs),
            }
            if isinstance(referent, str):
                told["named"] = math.log1p(bisect_left(self._named[referent], at))
                given = (
                    agreement()["given names"].get(referent.split()[0].lower()) if " " in referent else None
                )
                if given is not None:
                    told["given name" if given == pronoun else "other given name"] = 1.0
            if not phrase.pronoun and referent in self._called:
                told["called so" if self._called[referent] == pronoun else "called otherwise"] = 1.0
            if phrase.pronoun:
                told["same pronoun" if phrase.pronoun == pronoun else "other pronoun"] = 1.0
            marks = self._quotations.overlapping(phrase.start, phrase.start + 1)
            told["quoted"] = float(bool(marks) and marks != quoted)
            if not distance:
                theirs = clause.analysis.heads[phrase.place.token]
                told["around"] = float(phrase.place.token in above)
                if phrase.role == "subject" and theirs in predicates[1:]:
                    told["above"] = 1.0
                if predicates and theirs == predicates[0]:
                    told[
                        "own subject" if role == "possessor" and phrase.role == "subject" else "own clause"
                    ] = float(role != "possessor" or phrase.role == "subject")
            return told

        return signs

    def phrases(self, number: int) -> list[Phrase]:
        """The phrases of a sentence in text order."""
        if number not in self._phrases:
            self._phrases[number] = list(self._found(number))
        return self._phrases[number]

    def _found(self, number: int) -> list[Phrase]:
        clause = self.document.clauses[number]
        upos, deprels = clause.analysis.upos, clause.analysis.deprels
        names: dict[int, Mention] = {}
        inside: set[int] = set()
        for mention in self._mentions.starting(clause.sentence.start, clause.sentence.end):
            words = clause.words_in(mention.span)
            if words and mention.kind != "nationality":
                names[clause.head_of(words)] = mention
                inside.update(words)
        for time in clause.analysis.times:
            inside.update(clause.words_in(Span(time.start, time.end)))
        first = min(
            (w for w in range(len(upos)) if deprels[w] in SUBJECTS),
            key=lambda w: sum(1 for _ in clause.ancestors(w)),
            default=None,
        )
        found = []
        for word, token in enumerate(clause.tokens):
            name = names.get(word)
            pronoun = PRONOUNS.get(clause.lower(word)) if upos[word] in ("PRON", "DET") else None
            if (
                name is None
                and pronoun is None
                and (upos[word] not in ("NOUN", "PROPN") or word in inside or deprels[word] in _INSIDE_NOUN)
            ):
                continue
            role = _ROLES.get(deprels[word], "")
            signs: dict[str, float] = {role: 1.0} if role else {}
            if word == first:
                signs["main subject"] = 1.0
            if self._sources.overlapping(token.start, token.end):
                signs["source"] = 1.0
            if name is not None:
                signs |= {"name": 1.0, name.kind: 1.0}
            elif pronoun is not None:
                signs["pronoun"] = 1.0
            else:
                lemma = clause.analysis.lemmas[word].lower()
                kind = agreement()["nouns"].get(lemma)
                if kind is not None:
                    signs[f"noun of {kind}"] = 1.0
                if upos[word] == "NOUN" and lemma != clause.lower(word):
                    signs["plural"] = 1.0
                article = clause.child(word, "det", "nmod:poss")
                if article is not None and clause.lower(article) not in ("a", "an"):
                    signs["definite"] = 1.0
            if clause.child(word, "conj") is not None:
                signs["joined"] = 1.0
            found.append(
                Phrase(Place(number, word), token.start, name.entity if name else None, pronoun, role, signs)
            )
        return found
