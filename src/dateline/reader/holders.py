"""Who holds an expectation: the speaker of the words that it stands in, or whoever plans, promises or expects it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reader import wording
from dateline.reader.announcements import Candidate
from dateline.reader.document import Clause, Document
from dateline.reader.expectation_cues import cues
from dateline.records import Mention, Span, Statement

_PERSONAL = frozenset(["he", "she", "they", "we", "i", "it"])
_QUOTED = re.compile(r"“[^”“]*(?:”|\Z)|\"[^\"\n]*(?:\"|\Z)|‘[^’‘\n]{12,}’(?!\w)")
_WORDS_OF_SPEECH = frozenset(["accord"])


class Holders:
    """The people and bodies of one article, and what they say in it."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], statements: Sequence[Statement]
    ) -> None:
        self._document = document
        self._mentions = sorted(mentions, key=lambda m: m.span)
        self._statements = statements
        self._quotes = [Span(*m.span()) for m in _QUOTED.finditer(document.text)]

    # ----------------------------------------------------------------------------------------------------- quotes

    def direct_quote(self, offset: int) -> Span | None:
        """The stretch in quotation marks around `offset`, or None."""
        return next((q for q in self._quotes if q.start <= offset < q.end), None)

    def in_direct_quote(self, offset: int) -> bool:
        """True where `offset` stands in quotation marks."""
        return self.direct_quote(offset) is not None

    # ---------------------------------------------------------------------------------------------------- holders

    def reported(self, number: int, clause: Clause, candidate: Candidate) -> bool:
        """True where somebody is said to say it."""
        return (
            self.reporting_verb(clause, candidate) is not None
            or self._statement(clause, candidate) is not None
        )

    def reporting_verb(self, clause: Clause, candidate: Candidate) -> int | None:
        """The verb of speech that governs the candidate, or stands beside it ("…, officials said"), or None."""
        for start in dict.fromkeys((candidate.cue, candidate.trigger)):
            word = start
            for above in clause.ancestors(start):
                relation = clause.analysis.deprels[word]
                if (
                    above != candidate.cue
                    and self._reports(clause, above)
                    and relation in ("ccomp", "xcomp", "parataxis", "csubj", "acl", "obj", "dep", "advcl")
                ):
                    if not (relation in ("advcl", "acl") and clause.child(word, "mark") is None):
                        return above
                if relation in ("acl:relcl",):
                    break
                word = above
            top = word
            for node in dict.fromkeys((start, candidate.trigger, top)):
                for child in clause.children(node, "parataxis", "conj", "dep", "discourse"):
                    if (
                        child not in (candidate.cue, candidate.trigger)
                        and clause.analysis.deprels[child] != "conj"
                        and self._reports(clause, child)
                    ):
                        return child
        return None

    def _reports(self, clause: Clause, word: int) -> bool:
        return (
            clause.analysis.upos[word] == "VERB"
            and clause.analysis.lemmas[word].lower() in cues().reporting | cues().denying
        )

    def of(self, number: int, clause: Clause, candidate: Candidate) -> str | None:
        """The name or description of the holder; None for the reporter's own voice."""
        statement = self._statement(clause, candidate)
        if statement is not None:
            return self._speaker(statement, number)
        above = self.reporting_verb(clause, candidate)
        if above is not None:
            subject = _speaker_word(clause, above)
            if subject is not None:
                return self.name(number, clause, subject)
        source = _according_to(clause)
        if source is not None:
            return self.name(number, clause, source)
        if candidate.holder is not None:
            return self.name(number, clause, candidate.holder)
        if candidate.kind == "modal":
            return self._continued(number, clause, candidate)
        return None

    def _statement(self, clause: Clause, candidate: Candidate) -> Statement | None:
        start = clause.tokens[candidate.trigger].start
        cue = clause.tokens[candidate.cue].start
        around = [
            s
            for s in self._statements
            if s.content.start <= start < s.content.end or s.content.start <= cue < s.content.end
        ]
        around = [s for s in around if s.speaker is not None or s.source is not None]
        return min(around, key=lambda s: s.content.end - s.content.start, default=None)

    def _speaker(self, statement: Statement, number: int) -> str | None:
        if statement.speaker is not None:
            return statement.speaker
        if statement.source is None:
            return None
        text = statement.source.of(self._document.text)
        if text.lower() in _PERSONAL:
            return self._person_before(statement.source.start)
        return text

    def _continued(self, number: int, clause: Clause, candidate: Candidate) -> str | None:
        """The speaker of the sentence before, for "He'll tour the coast next week" right after what he said."""
        subject = clause.child(candidate.trigger, "nsubj")
        if subject is None or clause.lower(subject) not in ("he", "she") or number == 0:
            return None
        before = self._document.sentences[number - 1]
        name = self.pronoun(number, clause, subject)
        told = [s for s in self._statements if before.start <= s.content.start < before.end and s.speaker]
        if any(name is not None and s.speaker is not None and _shares_word(s.speaker, name) for s in told):
            return told[-1].speaker
        if not self._statements:
            previous = self._document.clauses[number - 1]
            for word in range(len(previous.tokens)):
                if self._reports(previous, word):
                    speaker = _speaker_word(previous, word)
                    return self.name(number - 1, previous, speaker) if speaker is not None else None
        return None

    # ------------------------------------------------------------------------------------------------------ names

    def name(self, number: int, clause: Clause, word: int) -> str | None:
        """The fullest name for the noun phrase of `word`, or its words; a pronoun is resolved where that is easy."""
        if clause.analysis.upos[word] == "PRON":
            resolved = self.pronoun(number, clause, word)
            return resolved
        span = clause.span(self._noun_words(clause, word))
        head = Span(clause.tokens[word].start, clause.tokens[word].end)
        named = next((m for m in self._mentions if m.span.overlaps(head)), None)
        if named is not None:
            return named.entity
        titled = [m for m in self._mentions if m.kind == "person" and span.contains(m.span)]
        if titled and clause.child(word, "appos", "flat") is not None:
            return titled[0].entity
        text = wording.phrase(clause, word)
        return text or span.of(self._document.text)

    def _noun_words(self, clause: Clause, word: int) -> list[int]:
        return clause.subtree(word, without=frozenset(["acl", "acl:relcl", "parataxis", "punct"]))

    def pronoun(self, number: int, clause: Clause, word: int) -> str | None:
        """The name that a personal pronoun stands for: the last person (or body, for "it") named before; else None."""
        text = clause.lower(word)
        if clause.analysis.upos[word] != "PRON" or text not in _PERSONAL:
            return None
        offset = clause.tokens[word].start
        quote = self.direct_quote(offset)
        if text in ("i", "we"):
            for statement in self._statements:
                if statement.content.start <= offset < statement.content.end and statement.speaker:
                    return statement.speaker
            return None
        if quote is not None:
            return None
        if text in ("he", "she"):
            return self._person_before(offset)
        if text == "it":
            return self._last(offset, ("organisation", "place"), sentences=2)
        return None

    def _person_before(self, offset: int) -> str | None:
        return self._last(offset, ("person",), sentences=4)

    def _last(self, offset: int, kinds: Sequence[str], *, sentences: int) -> str | None:
        number = next((i for i, s in enumerate(self._document.sentences) if s.start <= offset < s.end), 0)
        low = self._document.sentences[max(0, number - sentences)].start if self._document.sentences else 0
        before = [m for m in self._mentions if low <= m.span.start < offset and m.kind in kinds]
        same = [m for m in before if self._document.sentences[number].start <= m.span.start]
        return (same or before)[-1].entity if before else None


def _shares_word(a: str, b: str) -> bool:
    return bool(set(a.lower().split()) & set(b.lower().split()))


def _speaker_word(clause: Clause, verb: int) -> int | None:
    """The subject of a verb of speech, also for "said Anna Berg" and a verb that shares its subject."""
    word = verb
    for _ in range(4):
        subject = clause.child(word, "nsubj", "obl:agent")
        if subject is not None:
            return subject
        if clause.analysis.deprels[word] not in ("conj", "xcomp"):
            return None
        word = clause.analysis.heads[word]
    return None


def _according_to(clause: Clause) -> int | None:
    """The source of "according to …"."""
    for word in range(len(clause.tokens) - 2):
        if clause.lower(word) == "according" and clause.lower(word + 1) == "to":
            for noun in range(word + 2, len(clause.tokens)):
                if clause.analysis.upos[noun] in ("NOUN", "PROPN") and clause.analysis.heads[noun] <= word:
                    return noun
                if clause.analysis.upos[noun] in ("NOUN", "PROPN") and clause.analysis.deprels[noun] in (
                    "obl",
                    "nmod",
                    "root",
                ):
                    return noun
            return None
    return None
