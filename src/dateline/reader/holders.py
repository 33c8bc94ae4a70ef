"""Who holds an expectation: the speaker of the words that it stands in, or whoever plans, promises or expects it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reader import wording
from dateline.reader.candidate import Candidate
from dateline.reader.document import Clause, Document
from dateline.reader.expectation_cues import cues
from dateline.records import Mention, Span, Statement

_PERSONAL = frozenset(["he", "she", "they", "we", "i", "it"])
_QUOTED = re.compile(r"“[^”“]*(?:”|\Z)|\"[^\"\n]*(?:\"|\Z)|‘[^’‘\n]{12,}’(?!\w)")
_DAY_WORDS = frozenset(["today", "yesterday", "tonight", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "earlier", "this", "last", "reporters"])  # fmt: skip


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
        """The verb of speech in whose scope the candidate stands, or None.

        "Officials said on Monday that it would open", "It will open, officials said": the nearest one before it with
        nothing but its own complement in between, else one behind the comma or quotation mark after it.
        """
        low, high = min(candidate.cue, candidate.trigger), max(candidate.cue, candidate.trigger)
        for verb in range(low - 1, -1, -1):
            if clause.lower(verb) == ";":
                break
            if verb != candidate.cue and self._reports(clause, verb) and self._governs(clause, verb, low):
                return verb
        for verb in range(high + 1, len(clause.tokens)):
            if clause.lower(verb) == ";":
                break
            if self._reports(clause, verb) and self._stands_behind(clause, verb, high):
                return verb
        return None

    def _reports(self, clause: Clause, word: int) -> bool:
        if (
            clause.analysis.upos[word] not in ("VERB", "AUX")
            or clause.analysis.lemmas[word].lower() not in cues().reporting | cues().denying
        ):
            return False
        if word and clause.lower(word - 1) in (
            "to",
            "will",
            "would",
            "'ll",
            "is",
            "are",
            "be",
            "was",
            "were",
            "been",
            "by",
        ):
            return False
        return not clause.lower(word).endswith("ing") or (word > 0 and clause.lower(word - 1) == ",")

    def _governs(self, clause: Clause, verb: int, trigger: int) -> bool:
        """True where a clause that holds `trigger` opens behind `verb`: "said it would", "said on Monday that …"."""
        opened = False
        for word in range(verb + 1, trigger):
            text = clause.lower(word)
            if text in ("that", ":", "“", '"'):
                opened = True
            finite = wording.is_finite(clause, word) and clause.lower(word) not in ("had", "was", "were")
            if finite and not opened and self._reports(clause, word):
                return False
            if (
                text == ","
                and word + 1 < len(clause.tokens)
                and clause.lower(word + 1) in ("and", "but")
                and not opened
            ):
                following = range(word + 2, trigger)
                if any(clause.analysis.upos[w] in ("NOUN", "PROPN", "PRON") for w in following) and not any(
                    clause.lower(w) == "that" for w in following
                ):
                    return False
        return not (clause.lower(trigger - 1) in ("and", "but") and False)

    def _stands_behind(self, clause: Clause, verb: int, trigger: int) -> bool:
        """True for ", officials said", "” said Anna Berg": a comma or closing quote, a name, the verb."""
        for word in range(verb - 1, trigger, -1):
            if clause.lower(word) in (",", "”", '"', "—", "–"):
                between = range(word + 1, verb)
                if any(
                    clause.analysis.upos[w] in ("VERB", "AUX")
                    and clause.lower(w) not in ("has", "have", "had")
                    for w in between
                ):
                    return False
                return not any(
                    clause.lower(w) in ("who", "which", "that", "as", "and", "but", "while", "when")
                    for w in between
                )
        return False

    def of(self, number: int, clause: Clause, candidate: Candidate) -> str | None:
        """The name or description of the holder; None for the reporter's own voice."""
        above = self.reporting_verb(clause, candidate)
        if above is not None:
            name = self.name(number, clause, speaker_words(clause, above))
            if name is not None:
                return name
        statement = self._statement(clause, candidate)
        if statement is not None:
            return self._speaker(statement, number)
        source = _according_to(clause)
        if source:
            return self.name(number, clause, source)
        if candidate.kind in ("intention", "object"):
            aside = _name_aside(clause, candidate.cue)
            subject = aside or wording.subject_words(clause, candidate.cue)
            name = self.name(number, clause, subject)
            if name is not None:
                return name
        if candidate.holder is not None:
            return self.name(
                number, clause, wording.subject_words(clause, candidate.cue) or [candidate.holder]
            )
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
        """The speaker of the sentence before, for "She'll open the fair on Friday" right after what he said."""
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
                    speaker = speaker_words(previous, word)
                    return self.name(number - 1, previous, speaker) if speaker else None
        return None

    # ------------------------------------------------------------------------------------------------------ names

    def name(self, number: int, clause: Clause, words: list[int]) -> str | None:
        """The fullest name for a noun phrase, or its words; a pronoun is resolved where that is easy."""
        if not words:
            return None
        if len(words) == 1 and clause.analysis.upos[words[0]] == "PRON":
            return self.pronoun(number, clause, words[0])
        span = clause.span(words)
        named = [m for m in self._mentions if m.span.overlaps(span)]
        people = [m for m in named if m.kind == "person"]
        head = wording.head_of(clause, words)
        if people and not any(clause.lower(w) in ("'s", "’s") for w in words):
            return people[-1].entity
        if head is not None:
            at = Span(clause.tokens[head].start, clause.tokens[head].end)
            exact = next((m for m in named if m.span.overlaps(at)), None)
            if exact is not None:
                return exact.entity
        return wording.join(clause, words) or None

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


def speaker_words(clause: Clause, verb: int) -> list[int]:
    """The words that name who speaks: before the verb ("the union said"), or behind it (", said Anna Berg")."""
    if verb and clause.lower(verb - 1) in (",", "”", '"', "’"):
        behind: list[int] = []
        for word in range(verb + 1, min(verb + 9, len(clause.tokens))):
            upos = clause.analysis.upos[word]
            if upos not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART") or (
                upos == "ADP" and clause.lower(word) not in ("of", "for")
            ):
                break
            if clause.lower(word) in _DAY_WORDS:
                break
            behind.append(word)
        if any(clause.analysis.upos[w] in ("NOUN", "PROPN", "PRON") for w in behind):
            last = behind[-1] + 1
            if last >= len(clause.tokens) or not wording.is_finite(clause, last):
                return behind
    return _name_aside(clause, verb) or wording.subject_words(clause, verb)


def _name_aside(clause: Clause, verb: int) -> list[int]:
    """The name between commas before the verb: "the mayor, Lena Orth, said"."""
    if not verb or clause.lower(verb - 1) != ",":
        return []
    opening = next((w for w in range(verb - 2, max(-1, verb - 9), -1) if clause.lower(w) == ","), None)
    if opening is None or opening == 0:
        return []
    aside = list(range(opening + 1, verb - 1))
    names = all(clause.analysis.upos[w] == "PROPN" for w in aside)
    return aside if aside and names and clause.analysis.upos[opening - 1] == "NOUN" else []


def _according_to(clause: Clause) -> list[int]:
    """The source of "according to …"."""
    for word in range(len(clause.tokens) - 2):
        if clause.lower(word) == "according" and clause.lower(word + 1) == "to":
            source = []
            for noun in range(word + 2, min(word + 10, len(clause.tokens))):
                if clause.analysis.upos[noun] in ("PUNCT", "VERB", "AUX", "SCONJ"):
                    break
                source.append(noun)
            return source
    return []
