"""Where reports give different values for one fact, or one denies what another states, by a judge that reads pairs of sentences.

Compared are reports with one another and sources within one report. A copy adds nothing and a newer version stands for the older.
Asked about are the few pairs of a report that are likeliest to contradict each other (`contradiction.py`); not numbers that hedges or
rounding allow to be one, nor numbers that lie days apart, which have changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dateline.keeper import contradiction, questions, stated_values
from dateline.keeper.contradiction import Floats, Sentences, bounds
from dateline.keeper.judge import Judge
from dateline.keeper.ledger.claims import cosines, order, passages, unit, whole_vectors
from dateline.keeper.stated_values import StatedValue
from dateline.keeper.versions import evidence, latest_versions
from dateline.records import Disagreement, DisagreementValue, StoryArticle

_NEAR = timedelta(days=2)
"""How far apart two reports of one number, day, place or name at one time may lie."""
_GOES_ON = timedelta(days=7)
"""How far apart two reports of what is claimed and denied may lie."""
_LONGEST = 400
"""The most sentences of a report that are looked at, those that likeliest take a side: each is held against each other."""
_LOOKED_AT = 4
"""How many times as many pairs as are asked about are looked at, the likeliest."""
ValuePair = tuple[StatedValue, StatedValue]


def find(
    story: str, filed: Sequence[StoryArticle], as_of: date, judge: Judge | None = None
) -> list[Disagreement]:
    """The disagreements among a story's articles as known on `as_of`, in the order of their first report.

    Of each the two values that most surely contradict each other come first, then the others as surely. Without a judge there are none.
    """
    if judge is None:
        return []
    known = sorted(latest_versions([f for f in filed if f.article.published <= as_of]), key=order)
    reports = [_Report(f) for f in known]
    asked = [pair for number in range(len(reports)) for pair in _worth_asking(reports, number)]
    answers = judge.contradictions([a.passage.beside(b.passage) for (a, b), _ in asked])
    differing = []
    for (pair, odds), chances in zip(asked, answers, strict=True):
        chance = contradiction.likelihood(chances["differs"], odds)
        if chance >= bounds().kept:
            differing.append((chance, pair))
    return [_row(story, fact) for fact in _facts(differing)]


def is_shown(found: Disagreement) -> bool:
    """False for a row that is kept, and listed only where all is asked for."""
    return found.score >= bounds().shown


# --------------------------------------------------------------------------------------------- what is asked


class _Report:
    """A report's sentences, but for headlines and the most of very many, with their values."""

    def __init__(self, filed: StoryArticle) -> None:
        self.day = filed.article.published.toordinal()
        told = [p for p in passages(filed) if not p.is_headline]
        vectors = whole_vectors(told)
        sentences = Sentences.of(unit(vectors), [p.is_said for p in told], self.day)
        chosen = np.sort(np.argsort(-sentences.sides, kind="stable")[:_LONGEST])
        self.passages = [told[i] for i in chosen]
        self.vectors, self.sentences = vectors[chosen], sentences.of_some(chosen)

    @cached_property
    def values(self) -> list[list[StatedValue]]:
        """Those that each sentence gives."""
        return [stated_values.find(p) for p in self.passages]


def _worth_asking(reports: Sequence[_Report], number: int) -> list[tuple[ValuePair, float]]:
    """The pairs of one report with the reports before it, and within it, that are likeliest to contradict each other, with their log odds."""
    report = reports[number]
    # in ordinals: the calendar's first days have none before them
    first = bisect_left(reports, report.day - _GOES_ON.days, key=lambda r: r.day)
    found: list[tuple[float, int, int, int]] = []
    for k in range(first, number + 1):
        other = reports[k]
        likeness = cosines(other.vectors, report.vectors)
        signs = contradiction.signs(other.sentences, report.sentences, likeness, one_report=k == number)
        odds = contradiction.odds(signs)
        odds[likeness < bounds().alike] = -np.inf
        if k == number:
            odds[np.tril_indices(len(odds))] = -np.inf
        best = _largest(odds, _LOOKED_AT * bounds().pairs)
        rows, columns = np.unravel_index(best, odds.shape)
        found += [(-float(odds[i, j]), k, int(i), int(j)) for i, j in zip(rows, columns, strict=True)]
    chosen: list[tuple[ValuePair, float]] = []
    for odds_against, k, i, j in sorted(f for f in found if f[0] < np.inf):
        if not contradiction.is_worth_asking(-odds_against):
            break
        pair = _rivals(reports[k], i, report, j)
        if pair is not None:
            chosen.append((pair, -odds_against))
            if len(chosen) == bounds().pairs:
                break
    return chosen


def _largest(odds: Floats, count: int) -> npt.NDArray[np.int64]:
    """Where the `count` largest numbers of a matrix stand in it, row after row, in no order."""
    flat = odds.ravel()
    return np.argpartition(-flat, count - 1)[:count] if len(flat) > count else np.arange(len(flat))


def _rivals(a: _Report, i: int, b: _Report, j: int) -> ValuePair | None:
    """What of two sentences cannot both be right: values that may rival, or else all that they claim.

    None where they give numbers that can be one, or that may have changed.
    """
    near = b.day - a.day <= _NEAR.days
    mine, others = a.values[i], b.values[j]
    rivals = [(x, y) for x in mine for y in others if stated_values.can_rival(x, y)]
    rivals.sort(key=lambda pair: pair[0].kind != "count")
    if rivals:
        return rivals[0] if near else None
    if any(x.kind == y.kind == "count" and stated_values.is_one(x, y) for x in mine for y in others):
        return None
    return stated_values.claimed(a.passages[i], b.passages[j])


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
        both = *self.values, *values
        days = [v.passage.published for v in both]
        return max(days) - min(days) <= (_GOES_ON if all(v.kind == "claim" for v in both) else _NEAR)


def _facts(differing: Sequence[tuple[float, ValuePair]]) -> list[_Fact]:
    """One row a fact: pairs that share a value are of one fact; the surest pairs come first, in the values too, and bring in no doubtful ones."""
    facts: list[_Fact] = []
    for score, pair in sorted(differing, key=lambda d: -d[0]):
        doubtful = score < bounds().shown
        homes = [f for f in facts if any(f.holds(v) for v in pair)]
        if doubtful and any(f.score >= bounds().shown for f in homes):
            continue
        homes = [f for f in homes if f.is_near(pair)]
        home = homes[0] if homes else _Fact(score)
        if not homes:
            facts.append(home)
        for other in homes[1:]:
            if home.is_near(other.values):
                facts.remove(other)
                home.values += [v for v in other.values if not home.holds(v)]
        home.values += [v for v in sorted(pair, key=_place) if not home.holds(v)]
    return sorted(facts, key=lambda f: min(map(_place, f.values)))


def _place(value: StatedValue) -> tuple[object, ...]:
    return *order(value.passage.filed), value.span, value.kind


def _is_repeated(a: StatedValue, b: StatedValue) -> bool:
    if a.passage.filed is not b.passage.filed or a.kind != b.kind:
        return False
    same = a.kind in ("count", "claim") or a.event.predicate == b.event.predicate
    return same and stated_values.is_one(a, b)


def _row(story: str, fact: _Fact) -> Disagreement:
    first = fact.values[0]
    days = first.event.interval
    is_dated = (
        first.kind not in ("day", "claim")
        and days is not None
        and days.start == days.end <= first.passage.published
    )
    return Disagreement(
        story=story,
        about=questions.ask(first),
        day=days.start if is_dated and days is not None else first.passage.published,
        values=tuple(
            DisagreementValue(v.value, evidence(v.passage.filed, v.passage.span)) for v in fact.values
        ),
        score=round(fact.score, 4),
    )
