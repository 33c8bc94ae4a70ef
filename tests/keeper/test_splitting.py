"""When a story is two: two lines of reports side by side that have little to do with each other."""

from __future__ import annotations

import pytest

from dateline.keeper.splitting import MOST, ReportVector, links_of, newest, part, within


def report(name: str, day: int) -> ReportVector:
    return ReportVector([name], day, {}, {}, {})


def kind(one: ReportVector, other: ReportVector) -> float:
    """Reports whose names begin alike are alike."""
    return 0.8 if one.articles[0][0] == other.articles[0][0] else 0.1


def parted(*reports: ReportVector, bar: float = 0.3) -> list[str]:
    """The names of those that are parted from the first."""
    return [reports[i].articles[0] for i in part(reports, links_of(reports, kind), bar)]


FERRY = [report(f"f{d}", d) for d in (1, 3, 5)]
BRIDGE = [report(f"b{d}", d) for d in (2, 4, 6)]


def side_by_side() -> list[ReportVector]:
    return newest([*FERRY, *BRIDGE])


def test_two_strands_side_by_side_are_parted() -> None:
    assert parted(*side_by_side()) == ["b2", "b4", "b6"]


def test_a_story_that_goes_on_is_one() -> None:
    later = [report(f"b{d}", d) for d in (12, 14, 16)]
    assert parted(*newest([*FERRY, *later])) == []


def test_strands_that_are_linked_are_one() -> None:
    assert parted(*side_by_side(), bar=0.05) == []


def test_parts_whose_own_reports_are_hardly_closer_are_one() -> None:
    reports = side_by_side()
    loose = {pair: 0.2 if link > 0.5 else 0.1 for pair, link in links_of(reports, kind).items()}
    assert part(reports, loose, 0.3) == []
    assert part(reports, {pair: 2 * link if link > 0.15 else link for pair, link in loose.items()}, 0.3) == [
        1,
        3,
        5,
    ]


def test_a_strand_of_one_day_or_of_two_reports_is_none() -> None:
    assert parted(*newest([*FERRY, *(report(f"b{n}", 4) for n in range(3))])) == []
    assert parted(*newest([*FERRY, report("f7", 7), *BRIDGE[:2]])) == []


def test_the_latest_are_looked_at_in_order_of_their_days() -> None:
    many = [report(f"f{d:02}", d) for d in range(MOST + 5, 0, -1)]
    chosen = newest(many)
    assert [s.day for s in chosen] == list(range(6, MOST + 6))


def test_the_average_link_within_a_group() -> None:
    reports = [FERRY[0], FERRY[1], BRIDGE[0]]
    assert within([0, 1, 2], links_of(reports, kind)) == pytest.approx((0.8 + 0.1 + 0.1) / 3)
