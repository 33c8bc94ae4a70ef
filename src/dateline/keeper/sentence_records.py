"""What was read in a report, by its sentences: each kind of record is looked through once for all of them, when it is first asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property

from dateline.records import Event, Expectation, Mention, Reading, Span


class SentenceRecords:
    """The records of a reading by the number of the sentence that they stand in."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self._reading.sentences]

    def holding(self, span: Span) -> int | None:
        """The number of the sentence that `span` lies within, None where there is none."""
        number = bisect_right(self._starts, span.start) - 1
        return number if number >= 0 and self._reading.sentences[number].contains(span) else None

    def touching(self, span: Span) -> list[int]:
        """The numbers of the sentences that share a character with `span`."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [n for n in range(first, last) if self._reading.sentences[n].overlaps(span)]

    @cached_property
    def events(self) -> defaultdict[int, list[Event]]:
        """In the order of the text."""
        found: defaultdict[int, list[Event]] = defaultdict(list)
        for event in self._reading.events:
            found[event.sentence].append(event)
        return found

    @cached_property
    def expectations(self) -> defaultdict[int, list[Expectation]]:
        """In the order of the text."""
        found: defaultdict[int, list[Expectation]] = defaultdict(list)
        for expectation in self._reading.expectations:
            found[expectation.sentence].append(expectation)
        return found

    @cached_property
    def mentions(self) -> defaultdict[int, list[Mention]]:
        """Those that lie within one sentence, in the order of the text."""
        found: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in self._reading.mentions:
            number = self.holding(mention.span)
            if number is not None:
                found[number].append(mention)
        return found

    @cached_property
    def said(self) -> frozenset[int]:
        """The sentences of which somebody says a part."""
        return frozenset(n for s in self._reading.statements for n in self.touching(s.content))
