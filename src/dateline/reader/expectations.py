"""Expectations: events that a report, or somebody in it, expects after the day on which that was said.

The model says which words announce something, how firmly, whose expectation it is and which words tell when; here the
announcements are selected, given a holder and days, and worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reader import due, phrasing
from dateline.reader.descriptions import Descriptions
from dateline.reader.model.interface import Announcement, Place
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.span_index import SpanIndex
from dateline.reader.speakers import Speakers
from dateline.reader.thresholds import thresholds
from dateline.reader.timing import chosen_time, preposition
from dateline.records import (
    Event,
    Expectation,
    Interval,
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
    sourced = [s for s in statements if s.source is not None]
    finder = _Finder(
        document,
        times,
        SpanIndex(events, lambda e: e.span),
        SpanIndex(sourced, lambda s: s.content),
        SpanIndex(sourced, lambda s: s.source or s.content),
        Speakers(document, mentions),
        Descriptions(document),
    )
    return tuple(e for number in range(len(document.clauses)) for e in finder.in_sentence(number))


@dataclass(frozen=True, slots=True)
class _Finder:
    document: Document
    times: Sequence[TimeExpression]
    events: SpanIndex[Event]
    by_content: SpanIndex[Statement]
    by_source: SpanIndex[Statement]
    speakers: Speakers
    descriptions: Descriptions

    def in_sentence(self, number: int) -> list[Expectation]:
        """The expectations of one sentence; a headline above a report announces nothing of its own."""
        if self.document.is_headline(number):
            return []
        sentence = self.document.clauses[number]
        return [self._expectation(number, sentence, a) for a in _selected(sentence)]

    def _expectation(self, number: int, sentence: ParsedSentence, announced: Announcement) -> Expectation:
        token = sentence.tokens[announced.token]
        # what a spokesperson announces is expected by those who sent them
        holder = self.speakers.for_whom(self._holder(number, announced))

        def resolve(word: int) -> str | None:
            speaker = self._speaker_at(sentence.tokens[word].start)
            if sentence.lower(word) in _SPEAKING:
                alone = sentence.lower(word) in _ALONE
                return (speaker if alone else self.speakers.for_whom(speaker)) or holder
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
                lambda word: self.descriptions.fuller(number, word),
                self._before(number),
            ),
            predicate=sentence.analysis.lemmas[announced.token].lower(),
            trigger=Span(token.start, token.end),
            holder=holder,
            arguments=event.arguments if event else (),
            due=self._due(number, announced),
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

    def _speaker_at(self, at: int) -> str | None:
        """Whose words in quotation marks hold a place, or None."""
        quoted = (s for s in self.by_content.overlapping(at, at + 1) if s.kind != "indirect")
        return next((s.speaker for s in quoted if s.content.start <= at), None)

    # ---------------------------------------------------------------------------------------------- holder

    def _holder(self, number: int, announced: Announcement) -> str | None:
        """Whoever the arcs choose: the source of a statement, whose content the announcement may stand in, another phrase, or
        nobody but the reporter."""
        place = Place(number, announced.token)
        at = self.document.token(place).start
        chances: dict[Statement | Place | None, float] = {None: 0.0}
        for statement in self.by_content.overlapping(at, at + 1):
            chances[statement] = thresholds().said
        for arc in announced.holders:
            key = self._source_at(arc.place, at) if arc.place is not None else None
            far = key is None and arc.place is not None and arc.place.sentence != number
            chance = arc.chance * thresholds().other_sentence if far else arc.chance
            chances[key or arc.place] = chances.get(key or arc.place, 0.0) + chance
        best = max(chances, key=lambda k: chances[k])
        if isinstance(best, Statement):
            home = self.document.place_at(best.source.start) if best.source is not None else None
            return best.speaker or (self.speakers.phrase_at(home) if home is not None else None)
        return self.speakers.phrase_at(best, plans=place) if best is not None else None

    def _source_at(self, place: Place, at: int) -> Statement | None:
        """The statement whose source holds a word, rather the one whose content holds the announcement."""
        token = self.document.token(place)
        found = self.by_source.overlapping(token.start, token.start + 1)
        inside = [s for s in found if s.content.start <= at < s.content.end]
        return next(iter([*inside, *found]), None)

    # ------------------------------------------------------------------------------------------------ days

    def _due(self, number: int, announced: Announcement) -> Interval | None:
        """The days of the time that the arcs choose, None where they choose none or they cannot be told."""
        chosen = chosen_time(self.document, self.times, announced.times, number)
        time = chosen.time
        if time is None:
            return None
        home = self.document.sentence_at(time.span.start)
        before = preposition(self.document.clauses[number if home is None else home], time)
        anchor = self.document.article.published
        window = due.window(time, before, anchor)
        over = time.interval is not None and time.interval.end < anchor
        if window is None and over and time.interval is not None and chosen.chance >= thresholds().past_due:
            # "had been due on Monday": told when it was over
            window = due.window(time, before, time.interval.start, past=True)
        return window


def _selected(sentence: ParsedSentence) -> list[Announcement]:
    """The announcements above the threshold, one for each event: of two words that share their predicate the likelier."""
    likely = [a for a in sentence.analysis.announcements if a.score >= thresholds().expectation]
    kept: list[Announcement] = []
    for announced in sorted(likely, key=lambda a: (-a.score, a.token)):
        if not any(_one_event(sentence, announced.token, other.token) for other in kept):
            kept.append(announced)
    return sorted(kept, key=lambda a: a.token)


_SPEAKING = frozenset(["i", "we", "my", "our"])
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
