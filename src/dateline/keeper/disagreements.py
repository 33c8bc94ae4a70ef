"""Where reports give different values for one fact, by a judge that reads pairs of passages.

Compared are reports with one another and sources within one report. A copy adds nothing and a newer version stands for the older.
Numbers that hedges or rounding allow to be one are not asked about; nor is what lies days apart, which has changed.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import numpy as np

from dateline.keeper import questions, stated_values
from dateline.keeper.judge import Judge
from dateline.keeper.ledger.claims import Passage, cosines, order, passages, whole_vectors
from dateline.keeper.ledger.settings import settings
from dateline.keeper.stated_values import StatedValue
from dateline.keeper.versions import evidence, latest_versions
from dateline.records import Disagreement, DisagreementValue, StoryArticle

_NEAR = timedelta(days=2)
"""How far apart two reports of one fact at one time may lie."""
_COUNTED = 0.15
"""What a pair of quantities has ahead of other pairs."""
ValuePair = tuple[StatedValue, StatedValue]


def find(
    story: str, filed: Sequence[StoryArticle], as_of: date, judge: Judge | None = None
) -> list[Disagreement]:
    """The disagreements among a story's articles as known on `as_of`, in the order of their first report.

    Without a judge there are none.
    """
    if judge is None:
        return []
    known = sorted(latest_versions([f for f in filed if f.article.published <= as_of]), key=order)
    reports = [_Report(f) for f in known]
    asked = [pair for number in range(len(reports)) for pair in _worth_asking(reports, number)]
    answers = judge.facts([(a.text, b.text) for a, b in asked])
    differing = [
        (chances["differs"], pair)
        for pair, chances in zip(asked, answers, strict=True)
        if chances["differs"] >= settings().differs
    ]
    return [_row(story, fact) for fact in _facts(differing)]


def is_shown(found: Disagreement) -> bool:
    """False for a row that is kept, and listed only where all is asked for."""
    return found.score >= settings().shown_disagreements


# --------------------------------------------------------------------------------------------- what is asked


class _Report:
    """A report's passages that state a value, with their values."""

    def __init__(self, filed: StoryArticle) -> None:
        self.published = filed.article.published
        values = [(p, stated_values.find(p)) for p in passages(filed) if not p.is_headline]
        self.passages: list[Passage] = [p for p, found in values if found]
        self.values: list[list[StatedValue]] = [found for _, found in values if found]
        self.vectors = whole_vectors(self.passages)


def _worth_asking(reports: Sequence[_Report], number: int) -> list[ValuePair]:
    """The pairs of one report with the reports before it, and within it, that are most worth reading."""
    report = reports[number]
    order_of = count()
    found: list[tuple[float, int, ValuePair]] = []
    # in ordinals: the calendar's first days have none before them
    since = report.published.toordinal() - _NEAR.days
    first = bisect_left(reports, since, key=lambda r: r.published.toordinal())
    for other in reports[first : number + 1]:
        likeness = cosines(other.vectors, report.vectors)
        for i, j in zip(*np.nonzero(likeness >= settings().alike), strict=True):
            if other is report and j < i:
                continue
            for x, y in _rivals(other.values[i], report.values[j], same=other is report and i == j):
                ahead = _COUNTED if x.kind == "count" else 0.0
                found.append((float(likeness[i, j]) + ahead, -next(order_of), (x, y)))
    best = heapq.nlargest(settings().facts, found, key=lambda f: f[:2])
    return [pair for _, _, pair in best]


def _rivals(a: Sequence[StatedValue], b: Sequence[StatedValue], *, same: bool) -> list[ValuePair]:
    """Values of two passages, or within one (two counts by two sources), that cannot both be right."""
    if same:
        return [
            (x, y)
            for n, x in enumerate(a)
            for y in a[n + 1 :]
            if x.kind == "count" and x.event.span != y.event.span and stated_values.can_rival(x, y)
        ]
    return [(x, y) for x in a for y in b if stated_values.can_rival(x, y)]


# ------------------------------------------------------------------------------------------------------ rows


@dataclass
class _Fact:
    """The values that are given for one fact, and how sure the surest pair is that they differ."""

    score: float
    values: list[StatedValue] = field(default_factory=list)

    def holds(self, value: StatedValue) -> bool:
        """True where the same report gives this value for the fact already, in whichever sentence."""
        return any(_is_repeated(v, value) for v in self.values)

    def is_near(self, values: Sequence[StatedValue]) -> bool:
        """True where all are of one time."""
        days = [v.passage.published for v in (*self.values, *values)]
        return max(days) - min(days) <= _NEAR


def _facts(differing: Sequence[tuple[float, ValuePair]]) -> list[_Fact]:
    """One row a fact: pairs that share a value are of one fact; the surest pairs come first, and bring in no doubtful ones."""
    facts: list[_Fact] = []
    for score, pair in sorted(differing, key=lambda d: -d[0]):
        doubtful = score < settings().shown_disagreements
        homes = [f for f in facts if any(f.holds(v) for v in pair)]
        if doubtful and any(f.score >= settings().shown_disagreements for f in homes):
            continue
        homes = [f for f in homes if f.is_near(pair)]
        home = homes[0] if homes else _Fact(score)
        if not homes:
            facts.append(home)
        for other in homes[1:]:
            if home.is_near(other.values):
                facts.remove(other)
                home.values += [v for v in other.values if not home.holds(v)]
        home.values += [v for v in pair if not home.holds(v)]
    for fact in facts:
        fact.values.sort(key=_place)
    return sorted(facts, key=lambda f: _place(f.values[0]))


def _place(value: StatedValue) -> tuple[object, ...]:
    return *order(value.passage.filed), value.span, value.kind


def _is_repeated(a: StatedValue, b: StatedValue) -> bool:
    same = a.kind == "count" or a.event.predicate == b.event.predicate
    return same and a.passage.filed is b.passage.filed and stated_values.is_one(a, b)


def _row(story: str, fact: _Fact) -> Disagreement:
    first = fact.values[0]
    days = first.event.interval
    is_dated = first.kind != "day" and days is not None and days.start == days.end <= first.passage.published
    return Disagreement(
        story=story,
        about=questions.ask(first),
        day=days.start if is_dated and days is not None else first.passage.published,
        values=tuple(
            DisagreementValue(v.value, evidence(v.passage.filed, v.passage.span)) for v in fact.values
        ),
        score=round(fact.score, 4),
    )
