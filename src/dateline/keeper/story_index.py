"""An inverted index of stories: which share rare words with a query, found at a bounded cost."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

LONGEST = 300
"""Stories that a term may list; a term that more stories hold tells little and is passed over."""


class StoryIndex:
    """Terms to the stories that hold them, with weights."""

    def __init__(self) -> None:
        self._stories: dict[str, dict[str, float]] = {}
        self._terms: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._terms)

    def put(self, story: str, terms: Mapping[str, float]) -> None:
        """List `story` under `terms`, and under no others."""
        self.remove(story)
        self._terms[story] = tuple(terms)
        for term, weight in terms.items():
            self._stories.setdefault(term, {})[story] = weight

    def remove(self, story: str) -> None:
        """Take `story` off every list."""
        for term in self._terms.pop(story, ()):
            listed = self._stories[term]
            del listed[story]
            if not listed:
                del self._stories[term]

    def nearest(self, terms: Mapping[str, float], count: int) -> list[str]:
        """The `count` stories with the largest weighted overlap with `terms`, the nearest first, ties by id."""
        found: dict[str, float] = {}
        for term, weight in terms.items():
            listed = self._stories.get(term)
            if listed is None or len(listed) > LONGEST:
                continue
            for story, other in listed.items():
                found[story] = found.get(story, 0.0) + weight * other
        return [s for s, _ in heapq.nsmallest(count, found.items(), key=lambda item: (-item[1], item[0]))]
