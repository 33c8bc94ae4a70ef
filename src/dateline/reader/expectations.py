"""Expectations: events that a report, or somebody in it, expects after the day on which that was said.

The model says which words announce something, how firmly, whose expectation it is and which words tell when; here the
announcements are selected, given a holder and days, and worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reader import due_times, phrasing
from dateline.reader.holders import Holders
from dateline.reader.model.interface import Announcement
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.span_index import SpanIndex
from dateline.reader.speakers import SPEAKING, Speakers
from dateline.reader.thresholds import thresholds
from dateline.records import (
    Event,
    Expectation,
    Mention,
    Span,
    Statement,
    Strength,
    TimeExpression,
)


def find(
    document: Document,
    times: Sequence[TimeExpression] = (),
    mentions: Sequence[Mention] = (),
    events: Sequence[Event] = (),
    statements: Sequence[Statement] = (),
) -> tuple[Expectation, ...]:
    """The expectations of an article, in text order."""
    speakers = Speakers(document, mentions)
    finder = _Finder(
        document,
        times,
        SpanIndex(events, lambda e: e.span),
        Holders.of(document, statements, speakers),
        speakers,
    )
    return tuple(e for number in range(len(document.clauses)) for e in finder.in_sentence(number))


@dataclass(frozen=True, slots=True)
class _Finder:
    document: Document
    times: Sequence[TimeExpression]
    events: SpanIndex[Event]
    holders: Holders
    speakers: Speakers

    def in_sentence(self, number: int) -> list[Expectation]:
        """The expectations of one sentence; a headline above a report announces nothing of its own."""
        if self.document.is_headline(number):
            return []
        sentence = self.document.clauses[number]
        return [self._expectation(number, sentence, a) for a in _selected(sentence)]

    def _expectation(self, number: int, sentence: ParsedSentence, announced: Announcement) -> Expectation:
        token = sentence.tokens[announced.token]
        holder = self.holders.choose(number, announced)

        def resolve(word: int) -> str | None:
            speaker = self.holders.speaker_at(sentence.tokens[word].start)
            if sentence.lower(word) in SPEAKING:
                alone = sentence.lower(word) in _ALONE
                return (speaker if alone else self.speakers.roles.for_whom(speaker)) or holder
            return self.speakers.name_at(number, word, speaker=speaker)

        event = next(iter(self.events.overlapping(token.start, token.start + 1)), None)
        firmest = max(announced.firmness, key=lambda f: announced.firmness[f])
        strength: Strength = "conditional" if announced.conditional >= 0.5 else firmest
        return Expectation(
            span=sentence.sentence.span,
            sentence=number,
            event=phrasing.clause_around(
                sentence,
                announced.token,
                resolve,
                self.document.text,
                lambda word: self.speakers.descriptions.fuller(number, word),
                self._before(number),
            ),
            predicate=sentence.analysis.lemmas[announced.token].lower(),
            trigger=Span(token.start, token.end),
            holder=holder,
            arguments=event.arguments if event else (),
            due=due_times.choose(self.document, self.times, number, announced),
            strength=strength,
            negated=announced.negated >= 0.5,
            score=round(announced.score, 3),
        )

    def _before(self, number: int) -> ParsedSentence | None:
        """The sentence before, None where there is none or a headline."""
        return (
            self.document.clauses[number - 1]
            if number and not self.document.is_headline(number - 1)
            else None
        )


def _selected(sentence: ParsedSentence) -> list[Announcement]:
    """The announcements above the threshold, one for each event: of two words that share their predicate the likelier."""
    likely = [a for a in sentence.analysis.announcements if a.score >= thresholds().expectation]
    kept: list[Announcement] = []
    for announced in sorted(likely, key=lambda a: (-a.score, a.token)):
        if not any(_one_event(sentence, announced.token, other.token) for other in kept):
            kept.append(announced)
    return sorted(kept, key=lambda a: a.token)


_ALONE = frozenset(["i", "my"])
_ONE_PREDICATE = frozenset(
    ["xcomp", "aux", "aux:pass", "cop", "compound", "flat", "fixed", "obj", "nsubj:pass"]
)


def _one_event(sentence: ParsedSentence, one: int, other: int) -> bool:
    """True for words of which one announces the other: "is scheduled to open", "hold a vote"."""
    for word, above in ((one, other), (other, one)):
        if sentence.analysis.heads[word] == above and sentence.analysis.deprels[word] in _ONE_PREDICATE:
            return True
    return False
