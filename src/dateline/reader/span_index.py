"""Records by where they stand in the text, so that those at a place are found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from dateline.records import Span

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """`items`, each with the characters that `span` says it covers. What is found is in the order of `items`."""

    def __init__(self, items: Sequence[T], span: Callable[[T], Span]) -> None:
        self._items = items
        self._order = sorted(range(len(items)), key=lambda n: span(items[n]).start)
        spans = [span(items[n]) for n in self._order]
        self._starts = [s.start for s in spans]
        self._ends = [s.end for s in spans]
        # how far any of those up to here reaches
        self._reach = list(accumulate(self._ends, max))

    def overlapping(self, start: int, end: int) -> list[T]:
        """Those that share a character with [start, end)."""
        high = bisect_left(self._starts, end)
        low = high
        while low and self._reach[low - 1] > start:
            low -= 1
        return self._given(n for n in range(low, high) if self._ends[n] > start)

    def starting(self, start: int, end: int) -> list[T]:
        """Those whose first character stands in [start, end)."""
        low = bisect_left(self._starts, start)
        return self._given(range(low, bisect_left(self._starts, end, low)))

    def inside(self, span: Span) -> list[T]:
        """Those that lie within `span`."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end, low)
        return self._given(n for n in range(low, high) if self._ends[n] <= span.end)

    def _given(self, places: Iterable[int]) -> list[T]:
        return [self._items[n] for n in sorted(self._order[p] for p in places)]
