"""What was read in a report, by its sentences: each kind of record is looked through once for all of them, when it is first asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from dateline.records import Event, Expectation, Mention, Reading, Span

T = TypeVar("T")


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
    def events(self) -> dict[int, list[Event]]:
        """In the order of the text."""
        return _grouped((event.sentence, event) for event in self._reading.events)

    @cached_property
    def expectations(self) -> dict[int, list[Expectation]]:
        """In the order of the text."""
        return _grouped((expected.sentence, expected) for expected in self._reading.expectations)

    @cached_property
    def mentions(self) -> dict[int, list[Mention]]:
        """Those that lie within one sentence, in the order of the text."""
        found = ((self.holding(mention.span), mention) for mention in self._reading.mentions)
        return _grouped((number, mention) for number, mention in found if number is not None)

    @cached_property
    def said(self) -> frozenset[int]:
        """The sentences of which somebody says a part."""
        return frozenset(n for s in self._reading.statements for n in self.touching(s.content))


def _grouped(records: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    """By the number of their sentence, in their order."""
    found: dict[int, list[T]] = {}
    for number, record in records:
        found.setdefault(number, []).append(record)
    return found
