"""How likely two claims are to expect one thing, whatever their words, and which claims that makes one.

A logistic regression over signs of the pair, fitted on labelled stories (`training.merging`), and average linkage over its
probabilities: claims are one where they are likely to be so with each other on the whole, so that no single likeness chains.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from dateline.keeper.judge import Judge
from dateline.keeper.ledger.claims import (
    LEAST_WEIGHT,
    Claim,
    Rarities,
    cosines,
    is_one,
    stems,
    whole_vectors,
)
from dateline.keeper.ledger.settings import settings
from dateline.keeper.logistic import log_odds, probability, summed
from dateline.language.stems import stem
from dateline.records import Interval

SIGNS = (
    "judge", "cosine", "event", "shorter event", "predicate", "same days", "one day off", "holder", "patient", "apart", "strength",
    "one report", "event in one report", "predicate without days",
)  # fmt: skip
"""What is weighed: the judge's log odds that both are one; the cosine of the sentences; the share of the events' words that both have, of all and of the shorter event's,
each word by its rarity; one predicate; the same due days; days at most one apart; one holder; one patient; the logarithm of the
days between the reports; words as firm; one report, and the share of the events' words in one (whose sentences are of one matter,
so that common words say less); one predicate where neither gives days."""
SLACK = timedelta(days=1)
"""How far two reports' days for one event may lie apart and still be one day, told from two zones."""
_FLOOR = 0.02
"""A probability that counts as none."""
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
Pair = tuple[int, int]


def days_agree(a: Interval | None, b: Interval | None) -> bool:
    """True where both may be of one day, or either gives none."""
    if a is None or b is None:
        return True
    # compared as distances: the calendar's first and last days have none beyond them
    return a.start - b.end <= SLACK and b.start - a.end <= SLACK


# -------------------------------------------------------------------------------------------------- likelihood


class Signs:
    """The signs of each pair of claims, which are in the order of their reports, for which no judge is asked: all but the first."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._events = [stems(c.expectation.event) for c in claims]
        self._rarity = Rarities(claims)
        self._vectors = whole_vectors([c.passage for c in claims])
        self._weights = np.array([math.fsum(map(self._rarity, words)) for words in self._events])
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._events):
            for word in words:
                self._postings[word].append(number)
        self._predicates = _codes([c.predicate for c in claims])
        self._lemmas = _codes([stem(c.expectation.predicate) for c in claims])
        self._holders = _codes([c.expectation.holder for c in claims])
        self._strengths = _codes([c.expectation.strength for c in claims])
        self._reports = _codes([c.filed.article.id for c in claims])
        self._published = np.array([c.published.toordinal() for c in claims], np.int64)
        self._first = np.array([c.due.start.toordinal() if c.due else 0 for c in claims], np.int64)
        self._last = np.array([c.due.end.toordinal() if c.due else 0 for c in claims], np.int64)
        patients = [c.participant("patient") for c in claims]
        self._distinct = list(dict.fromkeys(patients))
        self._patients = np.array([self._distinct.index(p) for p in patients], np.int64)

    def of(self, number: int) -> Floats:
        """(number, signs): a claim with each before it."""
        shared = np.zeros(number)
        for word in sorted(self._events[number]):
            places = self._postings[word]
            shared[places[: bisect_left(places, number)]] += self._rarity(word)
        mine, others = self._weights[number], self._weights[:number]
        event = shared / np.maximum(mine + others - shared, LEAST_WEIGHT)
        predicate = self._equal(self._predicates, number) | self._equal(self._lemmas, number)
        report = self._equal(self._reports, number)
        return np.column_stack(
            [
                cosines(self._vectors[number : number + 1], self._vectors[:number])[0],
                event,
                shared / np.maximum(np.minimum(mine, others), LEAST_WEIGHT),
                predicate,
                *self._days(number),
                self._equal(self._holders, number),
                self._one_patient(number),
                np.log1p(self._published[number] - self._published[:number]),
                self._equal(self._strengths, number),
                report,
                report * event,
                predicate & (self._first[:number] == 0) & (self._first[number] == 0),
            ]
        )

    @staticmethod
    def _equal(codes: Whole, number: int) -> Bools:
        same: Bools = (codes[:number] == codes[number]) & (codes[number] >= 0)
        return same

    def _days(self, number: int) -> tuple[Bools, Bools]:
        """Where both give the same days, and where these lie a day apart at most."""
        first, last = self._first[:number], self._last[:number]
        mine = self._first[number], self._last[number]
        dated = (first > 0) & (mine[0] > 0)
        near = (first - mine[1] <= SLACK.days) & (mine[0] - last <= SLACK.days)
        return dated & (first == mine[0]) & (last == mine[1]), dated & near

    def _one_patient(self, number: int) -> Bools:
        mine = self._distinct[self._patients[number]]
        same: Bools = np.array([is_one(mine, other) for other in self._distinct], np.bool_)
        return same[self._patients[:number]]


def _codes(values: Sequence[str | None]) -> Whole:
    """A number for each value, the same for the same; less than 0 for none."""
    known: dict[str, int] = {}
    return np.array([-1 if v is None else known.setdefault(v, len(known)) for v in values], np.int64)


def grouped(claims: Sequence[Claim], judge: Judge | None = None) -> list[int]:
    """A number for each claim: claims of one number are likely to expect one thing, whatever days they give."""
    groups = clusters(claims, likelihoods(claims, judge), settings().same_least)
    group_of = {number: group for group, members in enumerate(groups) for number in members}
    return [group_of[number] for number in range(len(claims))]


def likelihoods(claims: Sequence[Claim], judge: Judge | None = None) -> dict[Pair, float]:
    """For pairs of claims by their numbers, the earlier first, how likely they are to expect one thing; a pair that is left out is not.

    The judge is asked only where its answer may make them one; without one its sign is even.
    """
    found: dict[Pair, float] = {(a, b): 1.0 for b, a in _copied(claims)}
    open_ = {pair: odds for pair, odds in cheap_odds(claims) if pair not in found}
    heard = settings().same.weights[0]
    if judge is not None:
        least = log_odds(settings().same_asked) - heard * log_odds(settings().same_surest)
        open_ = {pair: odds for pair, odds in open_.items() if odds >= least}
        answers = judge.sameness([claims[a].beside(claims[b]) for a, b in open_])
        for pair, answer in zip(open_, answers, strict=True):
            open_[pair] += heard * log_odds(answer["same"])
    return found | {pair: probability(odds) for pair, odds in open_.items()}


def cheap_odds(claims: Sequence[Claim]) -> Iterator[tuple[Pair, float]]:
    """The log odds by all signs but the judge's, of the pairs that may be one and are not likely to be none."""
    weigh, signs = settings().same, Signs(claims)
    for number in range(1, len(claims)):
        total = summed(weigh.bias, weigh.weights[1:], [*signs.of(number).T])
        for other in map(int, np.flatnonzero(total > log_odds(_FLOOR))):
            if can_be_one(claims[other], claims[number]):
                yield (other, number), float(total[other])


def can_be_one(a: Claim, b: Claim) -> bool:
    """False for two things in one sentence, and where the one is expected to be and the other not to be."""
    return a.passage.place != b.passage.place and a.expectation.negated == b.expectation.negated


def _copied(claims: Sequence[Claim]) -> Iterator[Pair]:
    """Claims that stand in the same words as an earlier sentence, the later first."""
    first: dict[tuple[str, str, bool], int] = {}
    for number, claim in enumerate(claims):
        words = claim.predicate, " ".join(claim.passage.text.split()), claim.expectation.negated
        other = first.setdefault(words, number)
        if claims[other].passage.place != claim.passage.place:
            yield number, other


# ---------------------------------------------------------------------------------------------------- clusters


@dataclass
class _Cluster:
    members: list[int]
    places: set[tuple[str, int]]
    links: dict[int, float] = field(default_factory=dict)
    """The sums of the members' probabilities with those of other clusters."""


def clusters(claims: Sequence[Claim], likely: Mapping[Pair, float], least: float) -> list[list[int]]:
    """The claims' numbers in groups, by average linkage down to a mean probability of `least`; groups by their first claim."""
    groups = {n: _Cluster([n], {c.passage.place}) for n, c in enumerate(claims)}
    for (a, b), chance in likely.items():
        groups[a].links[b] = groups[b].links[a] = chance
    queue = [(-chance, a, b) for (a, b), chance in likely.items() if chance >= least]
    heapq.heapify(queue)
    while queue:
        chance, a, b = heapq.heappop(queue)
        if a not in groups or b not in groups or -chance != _mean(groups, a, b):
            continue
        if not groups[a].places.isdisjoint(groups[b].places):
            continue
        _merge(groups, a, b)
        for other in groups[a].links:
            mean = _mean(groups, a, other)
            if mean >= least:
                heapq.heappush(queue, (-mean, min(a, other), max(a, other)))
    return [sorted(g.members) for _, g in sorted(groups.items())]


def _mean(groups: Mapping[int, _Cluster], a: int, b: int) -> float:
    return groups[a].links.get(b, 0.0) / (len(groups[a].members) * len(groups[b].members))


def _merge(groups: dict[int, _Cluster], a: int, b: int) -> None:
    """`b`, which begins later, goes into `a`."""
    mine, other = groups[a], groups.pop(b)
    mine.members += other.members
    mine.places |= other.places
    del mine.links[b]
    for n, chance in other.links.items():
        if n != a:
            mine.links[n] = mine.links.get(n, 0.0) + chance
            groups[n].links[a] = mine.links[n]
            del groups[n].links[b]
