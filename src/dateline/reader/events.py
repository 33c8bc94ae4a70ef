"""Events: the predicates that report something that happens, with their participants, days and realis.

The model says which words are events, whether they happened, and which time dates them and how; the days themselves come
from the calendar.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dateline.reader import participants, quantities
from dateline.reader.event_days import EventDays, Happening
from dateline.reader.model.interface import Announcement, Place, Trigger
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.thresholds import thresholds
from dateline.records import Event, Mention, Quantity, Realis, Span, TimeExpression

_PARTICLES = frozenset(["ADP", "ADV"])


def find(
    document: Document, times: Sequence[TimeExpression], mentions: Sequence[Mention]
) -> tuple[Event, ...]:
    """The events of the article, in text order; a headline above a report tells none of its own.

    An event's `interval` is that of the days on which it lies (`event_days`), None where the text gives none.
    """
    named = happenings(document)
    finder = _Finder(document, mentions, EventDays(document, times, named))
    return tuple(
        event
        for number, found in groupby(named, lambda h: h.place.sentence)
        for event in finder.in_sentence(number, tuple(found))
    )


def happenings(document: Document) -> list[Happening]:
    """The words of an article that name an event, in text order."""
    return [h for number in range(len(document.clauses)) for h in _in_sentence(document, number)]


def _in_sentence(document: Document, number: int) -> Iterator[Happening]:
    """The words of a sentence that name an event, in text order."""
    if document.is_headline(number):
        return
    sentence = document.clauses[number]
    triggers = {t.token: t for t in sentence.analysis.triggers if t.score >= thresholds().event}
    announced = {a.token: a for a in sentence.analysis.announcements if a.score >= thresholds().expectation}
    for word in sorted({*triggers, *announced}):
        if sentence.analysis.upos[word] == "PUNCT":
            continue
        trigger, told = triggers.get(word), announced.get(word)
        yield Happening(Place(number, word), trigger, told, _realis(trigger, told))


@dataclass(frozen=True, slots=True)
class _Finder:
    document: Document
    mentions: Sequence[Mention]
    days: EventDays

    def in_sentence(self, number: int, found: Sequence[Happening]) -> Iterator[Event]:
        """The events of one sentence, in text order."""
        sentence = self.document.clauses[number]
        words = [h.place.token for h in found]
        named = self._named(sentence.sentence.span)
        counted = quantities.find(sentence)
        for happening, word in zip(found, words, strict=True):
            score = happening.trigger.score if happening.trigger is not None else 0.0
            yield Event(
                span=_span(sentence, word),
                sentence=number,
                predicate=sentence.analysis.lemmas[word].lower(),
                realis=happening.realis,
                arguments=participants.find(sentence, word, named, self.document.text),
                quantities=_quantities(sentence, word, counted, words),
                interval=self.days.choose(happening),
                score=round(max(score, 0.05), 4),
            )

    def _named(self, span: Span) -> Sequence[Mention]:
        """The names in a sentence; those of the article are in text order."""
        first = bisect_left(self.mentions, span.start, key=lambda m: m.span.end - 1)
        return self.mentions[first : bisect_left(self.mentions, span.end, key=lambda m: m.span.start)]


def _realis(trigger: Trigger | None, announced: Announcement | None) -> Realis:
    """What is announced is expected, unless it is expected not to happen or hangs on a condition; else the model's realis.

    The training counted the few generic events for more than the many others, so "generic" must be the surer.
    """
    if announced is not None:
        if announced.negated >= 0.5:
            return "negated"
        firm = announced.firmness
        open_ = announced.conditional >= 0.5 or max(firm, key=lambda f: firm[f]) == "possible"
        return "possible" if open_ else "expected"
    assert trigger is not None
    told = dict(trigger.realis)
    if told["generic"] < thresholds().generic:
        del told["generic"]
    return max(told, key=lambda r: told[r])


def _span(sentence: ParsedSentence, word: int) -> Span:
    """The trigger, with its particle where that stands beside it ("called off")."""
    particle = next(
        (c for c in sentence.children(word, "compound") if sentence.analysis.upos[c] in _PARTICLES), None
    )
    return sentence.span([word, particle] if particle is not None and 0 < particle - word <= 2 else [word])


def _quantities(
    sentence: ParsedSentence, word: int, counted: Sequence[tuple[int, Quantity]], events: Sequence[int]
) -> tuple[Quantity, ...]:
    """The quantities below an event and below no other event nearer to them."""
    found = []
    for noun, quantity in counted:
        owner = noun if noun in events else next((a for a in sentence.ancestors(noun) if a in events), None)
        if owner == word:
            found.append(quantity)
    return tuple(found)
