"""Affairs: the stories that are chapters of one long affair, linked more loosely than reports are filed into stories.

A story goes by its profile: the words that tell it from other news, names above all. Stories are taken in the order in which they
began; each becomes a chapter of the affair whose profiles, added up, it is closest to (cosine), if that is close enough, and begins an
affair of its own if not. Then each is taken once more, now that all affairs are known. That is all, so it hangs on nothing but the
stories as they stand on a day.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from dateline.keeper import features
from dateline.keeper.document_frequencies import table
from dateline.records import Affair, StoryArticle, StorySummary

CLOSE = 0.17
"""Cosine from which a story is a chapter of an affair."""
_TERMS = 30
"""Words of a profile that are kept."""
_ROUNDS = 2
_KEYWORDS = 6
_COMMON, _RAREST = 0.3, 0.0005
"""Words that a larger share of reports holds tell nothing; rarer ones tell no more than that."""

Profile = Mapping[str, float]
"""Stems with their weights, of unit length."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story as affairs see it: its first day, how many reports it has (copies left out), and its profile."""

    story: str
    first: date
    reports: int
    profile: Profile


def profile(filed: Sequence[StoryArticle]) -> dict[str, float]:
    """What a story is about: the words of its reports, and once more their names, the rarest of the most frequent first; copies left out."""
    total: defaultdict[str, float] = defaultdict(float)
    for f in filed:
        if f.duplicate_of is None:
            heading = features.stems(features.headline(f.reading))
            found = features.extract(features.body(f.reading), heading, features.mentioned(f.reading))
            for counts in (found.words, found.names):
                for term, weight in _unit(counts).items():
                    total[term] += weight
    top = heapq.nsmallest(_TERMS, total.items(), key=lambda item: (-item[1], item[0]))
    norm = math.sqrt(math.fsum(w * w for _, w in top)) or 1.0
    return {term: round(w / norm, 4) for term, w in top}


def _unit(counts: Mapping[str, float]) -> dict[str, float]:
    common = table()
    weights = {
        term: (1 + math.log(count)) * -math.log(max(common.get(term, 0.0), _RAREST))
        for term, count in sorted(counts.items())
        if common.get(term, 0.0) < _COMMON
    }
    norm = math.sqrt(math.fsum(w * w for w in weights.values())) or 1.0
    return {term: w / norm for term, w in weights.items()}


def link(chapters: Sequence[Chapter], close: float = CLOSE) -> list[list[str]]:
    """The affairs: the ids of their stories in the order in which these began, the affair that began first foremost.

    Every story is in one; an affair of one story is none yet.
    """
    ordered = sorted(chapters, key=lambda c: (c.first, c.story))
    linking = _Linking(close)
    for _ in range(_ROUNDS):
        for chapter in ordered:
            linking.place(chapter)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for chapter in ordered:
        found[linking.homes[chapter.story]].append(chapter.story)
    return list(found.values())


def find(stories: Iterable[tuple[StorySummary, Profile]]) -> list[Affair]:
    """The affairs of two stories or more, the latest first."""
    given = {summary.id: (summary, told) for summary, told in stories}
    chapters = [Chapter(s.id, s.first, _reports(s), told) for s, told in given.values()]
    found = [
        _affair([given[story][0] for story in stories_of])
        for stories_of in link(chapters)
        if len(stories_of) > 1
    ]
    return sorted(found, key=lambda a: (a.last, a.first, a.id), reverse=True)


def _affair(chapters: Sequence[StorySummary]) -> Affair:
    """The affair is known by its first story, whose id stays, and called as its largest."""
    largest = max(chapters, key=_reports)
    shared: Counter[str] = Counter()
    for chapter in chapters:
        for word in chapter.keywords:
            shared[word] += _reports(chapter)
    return Affair(
        id="a" + chapters[0].id[1:],
        title=largest.title,
        first=min(c.first for c in chapters),
        last=max(c.last for c in chapters),
        reports=sum(map(_reports, chapters)),
        stories=tuple(c.id for c in chapters),
        keywords=tuple(word for word, _ in shared.most_common(_KEYWORDS)),
    )


def _reports(story: StorySummary) -> int:
    return sum(m.duplicate_of is None for m in story.members)


@dataclass(slots=True)
class _Weights:
    """What a term weighs in the affairs that have held it, side by side; nothing in those that it has left."""

    affairs: array[int] = field(default_factory=lambda: array("q"))
    weights: array[float] = field(default_factory=lambda: array("d"))
    places: dict[int, int] = field(default_factory=dict)

    def place_of(self, affair: int) -> int:
        """The place of an affair, a new one where it has none."""
        place = self.places.get(affair)
        if place is None:
            place = self.places[affair] = len(self.affairs)
            self.affairs.append(affair)
            self.weights.append(0.0)
        return place


@dataclass(slots=True)
class _Linking:
    """The affairs in the making: by term, what it weighs in each affair; and each affair's length, as it is and squared."""

    close: float
    homes: dict[str, int] = field(default_factory=dict)
    _weights: defaultdict[str, _Weights] = field(default_factory=lambda: defaultdict(_Weights))
    _squares: dict[int, float] = field(default_factory=dict)
    _lengths: npt.NDArray[np.float64] = field(default_factory=lambda: np.ones(64))
    _sizes: dict[int, int] = field(default_factory=dict)
    _made: int = 0

    def place(self, chapter: Chapter) -> None:
        """Make a story a chapter of the closest affair, or the first of a new one; it leaves the one that it is in."""
        home = self.homes.get(chapter.story)
        best, likeness = self._closest(chapter, home)
        if likeness < self.close:
            if home is not None and self._sizes[home] == 1:
                return
            best = self._made
            self._made += 1
        if best == home:
            return
        if home is not None:
            self._count(chapter, home, -1)
        self._count(chapter, best, 1)
        self.homes[chapter.story] = best

    def _closest(self, chapter: Chapter, home: int | None) -> tuple[int, float]:
        """The affair that a story is closest to, of several that which was made first, and the cosine; of its `home` without itself."""
        profile = chapter.profile
        listed = [(self._weights[term], weight) for term, weight in profile.items() if term in self._weights]
        if not listed:
            return -1, 0.0
        # all terms at once, since this is done millions of times; each affair's sum is in the order of the terms
        affairs = np.frombuffer(b"".join([held.affairs for held, _ in listed]), np.int64)
        weights = np.frombuffer(b"".join([held.weights for held, _ in listed]))
        told = np.repeat([weight for _, weight in listed], [len(held.affairs) for held, _ in listed])
        products = np.bincount(affairs, told * weights)
        likenesses = products / self._lengths[: len(products)]
        if home is not None and home < len(products):
            likenesses[home] = self._without(chapter, home, float(products[home]))
        best = int(likenesses.argmax())
        return best, float(likenesses[best])

    def _without(self, chapter: Chapter, home: int, product: float) -> float:
        """The cosine of a story and the rest of the affair that it is in, from its product with the whole."""
        if self._sizes[home] == 1:
            return 0.0
        share = math.sqrt(chapter.reports)
        own = share * math.fsum(w * w for w in chapter.profile.values())
        square = self._squares[home] - 2 * share * product + share * own
        # nothing is close to what weighs nothing
        return (product - own) / (math.sqrt(max(0.0, square)) or 1.0)

    def _count(self, chapter: Chapter, affair: int, sign: int) -> None:
        """Add a story's profile to an affair, or take it away; a story counts by the root of its reports."""
        self._sizes[affair] = self._sizes.get(affair, 0) + sign
        share = sign * math.sqrt(chapter.reports)
        square = self._squares.get(affair, 0.0)
        for term, weight in chapter.profile.items():
            listed = self._weights[term]
            place = listed.place_of(affair)
            before = listed.weights[place]
            after = before + share * weight
            square += after * after - before * before
            listed.weights[place] = after if self._sizes[affair] and after > 1e-9 else 0.0
        self._squares[affair] = square if self._sizes[affair] else 0.0
        if affair == len(self._lengths):
            self._lengths = np.concatenate([self._lengths, np.ones(affair)])
        # nothing is close to what weighs nothing
        self._lengths[affair] = math.sqrt(max(0.0, self._squares[affair])) or 1.0
