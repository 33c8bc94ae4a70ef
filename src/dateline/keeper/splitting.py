"""Whether a story holds two chains of events: its latest articles, parted by what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

LEAST = 3
"""Articles that a part must have."""
MOST = 24
"""Latest articles of a story that are looked at."""
APART = 0.4
"""Share of the looser part's own average link that the link between the parts must stay below."""


class ReportVector(NamedTuple):
    """An article of a story, or what is known as one: its ids (the first, then its copies), its day, and its weights by term."""

    articles: list[str]
    day: int
    words: dict[str, float]
    names: dict[str, float]
    title: dict[str, float]


Links = dict[tuple[int, int], float]
"""The link of each pair of reports, the lower place first."""


def newest(reports: Sequence[ReportVector]) -> list[ReportVector]:
    """The latest `MOST` reports, in order of their days."""
    return sorted(reports, key=_order)[-MOST:]


def links_of(reports: Sequence[ReportVector], link: Callable[[ReportVector, ReportVector], float]) -> Links:
    """The link of each pair, by their places."""
    return {(i, j): link(reports[i], reports[j]) for i, j in combinations(range(len(reports)), 2)}


def part(reports: Sequence[ReportVector], links: Links, bar: float) -> list[int]:
    """The places of the reports that tell of another chain of events than the first one does; none where all tell of one.

    `reports`, twice `LEAST` or more, are in the order of `newest`. They are joined by average link until two parts are left. Those are two stories
    where they are linked by less than `bar`, run side by side (what comes after is a story going on), on two days each at
    least, and hold together far better than with each other.
    """
    first, other = sorted(_two_parts(len(reports), links), key=min)
    if min(len(first), len(other)) < LEAST:
        return []
    across = _sum(first, other, links) / (len(first) * len(other))
    if across >= min(bar, APART * min(within(first, links), within(other, links))):
        return []
    days = [{reports[i].day for i in group} for group in (first, other)]
    if min(map(len, days)) < 2 or max(map(min, days)) > min(map(max, days)):
        return []
    return sorted(other)


def within(group: Sequence[int], links: Links) -> float:
    """The average link of the pairs of a group of two or more."""
    pairs = [links[pair] for pair in combinations(sorted(group), 2)]
    return sum(pairs) / len(pairs)


def _order(report: ReportVector) -> tuple[int, str]:
    return report.day, report.articles[0]


def _two_parts(count: int, links: Links) -> list[list[int]]:
    """The last two clusters of average linkage over `count` (two or more) reports."""
    groups = {i: [i] for i in range(count)}
    sums = dict(links)
    while len(groups) > 2:
        one, two = max(sums, key=lambda p: (sums[p] / (len(groups[p[0]]) * len(groups[p[1]])), p))
        gone = groups.pop(two)
        for other in groups:
            if other != one:
                kept, lost = tuple(sorted((one, other))), tuple(sorted((two, other)))
                sums[kept[0], kept[1]] += sums.pop((lost[0], lost[1]))
        del sums[one, two]
        groups[one] += gone
    return list(groups.values())


def _sum(one: Sequence[int], two: Sequence[int], links: Links) -> float:
    return sum(links[min(i, j), max(i, j)] for i in one for j in two)
