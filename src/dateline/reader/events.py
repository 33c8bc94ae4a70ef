"""Events: the predicates that report something that happens, with their participants, days and realis.

The model says which words are events, whether they happened, and which time dates them and how; the days themselves come
from the calendar.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.reader import due, participants, quantities
from dateline.reader.model.interface import Announcement, Trigger
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.thresholds import thresholds
from dateline.reader.timing import chosen_time, preposition
from dateline.records import Event, Interval, Mention, Quantity, Realis, Span, TimeExpression

_AHEAD = frozenset(["expected", "possible"])
_VAGUE = frozenset(["PRESENT_REF", "PAST_REF", "FUTURE_REF"])
_PARTICLES = frozenset(["ADP", "ADV"])


def find(
    document: Document, times: Sequence[TimeExpression], mentions: Sequence[Mention]
) -> tuple[Event, ...]:
    """The events of the article, in text order; a headline above a report tells none of its own.

    An event's `interval` is that of the time that dates it, the report's day where the model is sure that it happened on
    it, and None where the text gives no day.
    """
    finder = _Finder(document, times, mentions)
    numbers = (n for n in range(len(document.clauses)) if not document.is_headline(n))
    return tuple(event for number in numbers for event in finder.in_sentence(number))


@dataclass(frozen=True, slots=True)
class _Finder:
    document: Document
    times: Sequence[TimeExpression]
    mentions: Sequence[Mention]

    def in_sentence(self, number: int) -> Iterator[Event]:
        """The events of one sentence, in text order."""
        sentence = self.document.clauses[number]
        triggers = {t.token: t for t in sentence.analysis.triggers if t.score >= thresholds().event}
        announced = {
            a.token: a for a in sentence.analysis.announcements if a.score >= thresholds().expectation
        }
        words = sorted({*triggers, *announced})
        named = self._named(sentence.sentence.span)
        counted = quantities.find(sentence)
        for word in words:
            trigger = triggers.get(word)
            realis = _realis(trigger, announced.get(word))
            yield Event(
                span=_span(sentence, word),
                sentence=number,
                predicate=sentence.analysis.lemmas[word].lower(),
                realis=realis,
                arguments=participants.find(sentence, word, named, self.document.text),
                quantities=_quantities(sentence, word, counted, words),
                interval=None
                if realis == "generic"
                else self._interval(number, trigger, announced.get(word), realis),
                score=round(max(trigger.score if trigger else 0.0, 0.05), 4),
            )

    def _named(self, span: Span) -> Sequence[Mention]:
        """The names in a sentence; those of the article are in text order."""
        first = bisect_left(self.mentions, span.start, key=lambda m: m.span.end - 1)
        return self.mentions[first : bisect_left(self.mentions, span.end, key=lambda m: m.span.start)]

    def _interval(
        self,
        number: int,
        trigger: Trigger | None,
        announced: Announcement | None,
        realis: Realis,
    ) -> Interval | None:
        arcs = announced.times if announced is not None else trigger.times if trigger is not None else ()
        chosen = chosen_time(self.document, self.times, arcs, number)
        if announced is None and trigger is not None and chosen.time is None:
            today = trigger.day == "included" and chosen.chance * trigger.sure >= thresholds().dated
            published = self.document.article.published
            return Interval(published, published) if today else None
        return self._days(chosen.time, realis)

    def _days(self, time: TimeExpression | None, realis: Realis) -> Interval | None:
        """The days of a time; of what lies ahead, those in which it falls due."""
        if time is None or time.type == "SET":
            return None
        published = self.document.article.published
        if realis in _AHEAD:
            home = self.document.sentence_at(time.span.start)
            before = preposition(self.document.clauses[home], time) if home is not None else ""
            return due.window(time, before, published) or time.interval
        if time.type == "DURATION" or time.value in _VAGUE:
            return None
        interval = time.interval
        if interval is not None and realis == "actual" and interval.start <= published < interval.end:
            return Interval(interval.start, published, interval.granularity)
        return interval


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
