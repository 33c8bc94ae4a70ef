"""Who speaks: from the words that name a source to a name, through surnames, pronouns and roles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reader.document import Clause, Document
from dateline.records import Mention, Span

PRONOUNS = frozenset(["he", "she", "they", "it", "who"])
_PLURAL = frozenset(["they"])
# a phrase about a source is cut before what merely describes it
_CUT = frozenset(["acl:relcl", "acl", "appos", "parataxis", "punct", "advcl", "dep", "conj", "cc"])
_FEMALE = frozenset(["ms", "mrs", "miss", "madam", "lady", "queen", "princess", "duchess", "baroness", "mother", "sister", "daughter", "wife", "widow", "actress", "woman", "businesswoman", "congresswoman", "chairwoman", "spokeswoman", "policewoman"])  # fmt: skip
_MALE = frozenset(["mr", "sir", "lord", "king", "prince", "duke", "baron", "father", "brother", "son", "husband", "widower", "actor", "man", "businessman", "congressman", "policeman"])  # fmt: skip
# a bare "the president" is the one person named so far, where there is just one
_SHORT_ROLES = {
    "gov": "governor", "sen": "senator", "gen": "general", "pres": "president", "rep": "representative",
    "capt": "captain", "col": "colonel", "lt": "lieutenant", "sgt": "sergeant", "prof": "professor", "dr": "doctor",
    "insp": "inspector", "supt": "superintendent", "cllr": "councillor",
}  # fmt: skip
_OFFICES = frozenset(["president", "premier", "minister", "governor", "mayor", "chancellor", "king", "queen", "director", "chairman", "chairwoman", "chief", "leader", "spokesman", "spokeswoman", "commander", "general", "judge", "bishop", "pope", "senator", "secretary", "ambassador", "coach", "captain", "prosecutor"])  # fmt: skip
_LEADING = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)


class Speakers:
    """The people and bodies of one article, as sources of what is said."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._mentions = sorted(mentions, key=lambda m: m.span)
        self._roles: dict[str, list[tuple[int, str]]] = {}
        self._gender: dict[str, str] = {}
        for number, clause in enumerate(document.clauses):
            for mention in self._in(document.sentences[number].span):
                if mention.kind == "person":
                    self._learn(clause, mention)

    def _in(self, span: Span) -> list[Mention]:
        return [m for m in self._mentions if span.contains(m.span)]

    def _learn(self, clause: Clause, mention: Mention) -> None:
        """What the article calls a person: "spokesman Anton Beck", "Lize Lindner, the prime minister"."""
        words = clause.words_in(mention.span)
        if not words:
            return
        around: list[int] = []
        before = words[0] - 1
        while (
            before >= 0
            and clause.analysis.upos[before] in ("NOUN", "PROPN", "ADJ")
            and not self._named(clause, before)
        ):
            around.append(before)
            before -= 1
        head = next((w for w in words if clause.analysis.heads[w] not in words), words[-1])
        around += clause.children(head, "appos")
        above = clause.analysis.heads[head]
        if above >= 0 and clause.analysis.deprels[head] in ("appos", "flat") and above not in words:
            around.append(above)
        for word in around:
            role = _SHORT_ROLES.get(clause.lower(word).rstrip("."), clause.analysis.lemmas[word].lower())
            if clause.analysis.upos[word] in ("NOUN", "PROPN") and role:
                self._roles.setdefault(role, []).append((mention.span.start, mention.entity))
                if role in _FEMALE or role in _MALE:
                    self._gender.setdefault(mention.entity, "she" if role in _FEMALE else "he")

    def _named(self, clause: Clause, word: int) -> bool:
        token = clause.tokens[word]
        return any(
            m.span.start <= token.start < m.span.end for m in self._mentions if m.kind != "nationality"
        )

    def resolve(self, number: int, words: list[int], focus: str | None) -> str | None:
        """The name for a source phrase (token indices of sentence `number`): the fullest form of the name in it, the
        person whose role it tells, whom a pronoun stands for (`focus` where that fits), else its own words."""
        clause = self._document.clauses[number]
        head = next((w for w in words if clause.analysis.heads[w] not in words), words[-1])
        if clause.analysis.upos[head] == "PRON" and clause.lower(head) in PRONOUNS:
            return self.pronoun(number, clause, head, focus)
        if clause.analysis.upos[head] == "PRON" and clause.lower(head) in (
            "i",
            "we",
            "you",
            "this",
            "that",
            "which",
            "what",
        ):
            return focus if clause.lower(head) in ("i", "we") else None
        named = self._person(clause, words)
        if named:
            return named
        kept = self._core(clause, head, words)
        span = clause.span(kept)
        inside = [m for m in self._mentions if m.span.overlaps(span) and m.kind != "nationality"]
        bodies = [
            m
            for m in inside
            if self._is_head(clause, m, head, kept) and m.span.contains(self._token(clause, head))
        ]
        if bodies:
            return bodies[-1].entity
        known = self._by_role(clause, head, kept, number)
        if known:
            return known
        return _LEADING.sub("", " ".join(span.of(self._document.text).split()), count=1) or None

    def _token(self, clause: Clause, word: int) -> Span:
        return Span(clause.tokens[word].start, clause.tokens[word].end)

    def _core(self, clause: Clause, head: int, words: list[int]) -> list[int]:
        """The phrase without what merely describes its head."""
        below = set(clause.subtree(head, without=_CUT))
        kept = [w for w in words if w in below]
        return kept or words

    def _is_head(self, clause: Clause, mention: Mention, head: int, kept: list[int]) -> bool:
        """True where a name is what the phrase is about, not an owner or a place in it."""
        words = [w for w in clause.words_in(mention.span) if w in kept]
        if not words:
            return False
        if head in words:
            return True
        top = next((w for w in words if clause.analysis.heads[w] not in words), words[-1])
        return clause.analysis.heads[top] == head and clause.analysis.deprels[top] in ("flat", "compound", "appos", "nsubj", "name") and mention.kind == "person" and not any(
            clause.lower(k) in ("'s", "’s", "of") for k in clause.children(top)
        )  # fmt: skip

    def _person(self, clause: Clause, words: list[int]) -> str | None:
        """The first person that the phrase names as its head or beside it: "Corvania's premier, Lize Lindner," is Lindner,
        "a spokesman for Lindner" and "Lindner's lawyer" are not."""
        span = clause.span(words)
        for mention in self._mentions:
            if mention.kind != "person" or not span.contains(mention.span):
                continue
            inside = clause.words_in(mention.span)
            if not inside:
                continue
            before, after = inside[0] - 1, inside[-1] + 1
            while before >= words[0] and clause.analysis.upos[before] in ("NOUN", "PROPN", "ADJ"):
                before -= 1
            governed = before >= words[0] and clause.analysis.upos[before] in ("ADP", "SCONJ", "VERB")
            owner = after < len(clause.tokens) and clause.lower(after) in ("'s", "’s", "'", "’")
            if not governed and not owner:
                return mention.entity
        return None

    def _by_role(self, clause: Clause, head: int, kept: list[int], number: int) -> str | None:
        """Whoever the article introduced with this role, where the phrase is definite and tells no other one."""
        start = clause.tokens[kept[0]].start
        definite = clause.lower(kept[0]) in ("the", "his", "her", "its", "their", "this", "that")
        if not definite or clause.analysis.lemmas[head].lower() != clause.lower(head):
            return None
        role = clause.analysis.lemmas[head].lower()
        known = self._roles.get(role, [])
        before = [(at, name) for at, name in known if at < start]
        if before:
            return max(before)[1]
        if known:  # named later: "the minister said … Amélie Diarra, the minister, added"
            names = {name for _, name in known}
            return next(iter(names)) if len(names) == 1 else None
        if role in _OFFICES and not clause.child(head, "nmod", "nmod:poss"):
            people = {m.entity for m in self._mentions if m.kind == "person" and m.span.end <= start}
            return next(iter(people)) if len(people) == 1 else None
        return None

    def pronoun(self, number: int, clause: Clause, word: int, focus: str | None) -> str | None:
        """Whom "he" stands for: the speaker in focus, else the last person named in this sentence or the two before."""
        text = clause.lower(word)
        at = clause.tokens[word].start
        if text == "who":
            before = [m for m in self._mentions if m.span.end <= at and m.kind == "person"]
            return before[-1].entity if before else None
        if text in ("it", *_PLURAL):
            near = [m for m in self._mentions if m.kind == "organisation" and self._near(number, m, at)]
            return focus or (near[-1].entity if near else None)
        people = [m for m in self._mentions if m.kind == "person" and self._near(number, m, at)]
        people = [m for m in people if self._gender.get(m.entity, text) == text]
        if focus and any(m.entity == focus and m.kind != "person" for m in self._mentions):
            focus = None  # a body is no "he"
        if focus and self._gender.get(focus, text) == text and (not people or self._since(number, focus)):
            return focus
        subjects = [m for m in people if self._is_subject(m)]
        chosen = (subjects or people)[-1:] if people else []
        return chosen[0].entity if chosen else focus

    def _since(self, number: int, focus: str) -> bool:
        """True where the focus was named within the last few sentences, or nobody else was since."""
        first = self._document.sentences[max(0, number - 3)].start
        return any(m.entity == focus and m.span.start >= first for m in self._mentions)

    def _near(self, number: int, mention: Mention, at: int) -> bool:
        return self._document.sentences[max(0, number - 2)].start <= mention.span.start < at

    def _is_subject(self, mention: Mention) -> bool:
        number = next(i for i, s in enumerate(self._document.sentences) if s.span.overlaps(mention.span))
        clause = self._document.clauses[number]
        return any(
            clause.analysis.deprels[w] in ("nsubj", "nsubj:pass") for w in clause.words_in(mention.span)
        )

    def subject_in_focus(self, number: int) -> str | None:
        """The person who is the subject of sentence `number`, or None."""
        people = [
            m
            for m in self._in(self._document.sentences[number].span)
            if m.kind == "person" and self._is_subject(m)
        ]
        return people[0].entity if people else None
