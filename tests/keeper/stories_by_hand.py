"""Stories made by hand: reports with the events and expectations that a reader would find in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dateline.records import (
    Article,
    Event,
    Expectation,
    Filed,
    Interval,
    Reading,
    Realis,
    Span,
    Strength,
    TimeExpression,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(start: str, end: str | None = None) -> Interval:
    return Interval(day(start), day(end or start))


@dataclass
class Report:
    """A report under construction: sentences are added with what is found in them."""

    name: str
    published: str
    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)

    def say(self, sentence: str) -> Report:
        """Add a sentence."""
        start = len(self.text) + (1 if self.text else 0)
        self.text += (" " if self.text else "") + sentence
        self.sentences.append(Span(start, start + len(sentence)))
        return self

    def _span(self, words: str) -> Span:
        start = self.text.index(words, self.sentences[-1].start)
        return Span(start, start + len(words))

    def happened(
        self, trigger: str, predicate: str, on: Interval | None = None, realis: Realis = "actual"
    ) -> Report:
        """The last sentence tells of an event."""
        self.events.append(
            Event(self._span(trigger), len(self.sentences) - 1, predicate, realis, interval=on, score=0.9)
        )
        return self

    def expects(
        self,
        trigger: str,
        predicate: str,
        event: str,
        due: Interval | None,
        holder: str | None = None,
        strength: Strength = "expected",
    ) -> Report:
        """The last sentence holds an expectation."""
        self.expectations.append(
            Expectation(
                self.sentences[-1],
                len(self.sentences) - 1,
                event,
                predicate,
                self._span(trigger),
                holder,
                due=due,
                strength=strength,
            )
        )
        return self

    def file(self, *, duplicate_of: str | None = None, revision_of: str | None = None) -> Filed:
        """The report as it stands in the story."""
        article = Article(self.name, self.name, day(self.published), self.text)
        reading = Reading(
            article,
            tuple(self.sentences),
            times=tuple(self.times),
            events=tuple(self.events),
            expectations=tuple(self.expectations),
        )
        return Filed(reading, duplicate_of, revision_of)
