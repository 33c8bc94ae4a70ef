"""Timelines: which days a sentence is a line of, what stands for many reports, and what weighs how much."""

from __future__ import annotations

from datetime import date

from dateline.keeper import timeline
from dateline.records import Filed, Interval, TimelineEntry
from tests.keeper.stories_by_hand import Report, days

LATE = date(2024, 12, 31)


def built(*filed: Filed, as_of: date = LATE) -> list[TimelineEntry]:
    return timeline.build("s", filed, as_of)


def opened(name: str, published: str) -> Report:
    return (
        Report(name, published)
        .say("The bridge of Arlen opened on Monday.")
        .happened("opened", "open", days("2024-03-04"))
    )


def test_an_age_named_in_passing_is_no_line_of_its_own() -> None:
    year = Interval(date(1662, 1, 1), date(1662, 12, 31), "year")
    report = Report("a", "2024-03-05").say("Thieves took a painting of 1662 on Monday.")
    report.happened("took", "take", days("2024-03-04")).happened("painting", "paint", year)
    assert [e.interval for e in built(report.file())] == [days("2024-03-04")]
    alone = Report("b", "2024-03-05").say("The hall was built in 1662.").happened("built", "build", year)
    assert [e.interval for e in built(alone.file())] == [year]


def test_reports_of_one_thing_on_one_day_are_one_line_with_all_its_sources() -> None:
    (line,) = built(opened("a", "2024-03-05").file(), opened("b", "2024-03-06").file())
    assert sorted(s.article for s in line.sources) == ["a", "b"]
    assert (line.text, line.realis) == ("The bridge of Arlen opened on Monday.", "actual")


def test_a_copy_adds_nothing_and_a_new_version_stands_for_the_old() -> None:
    once = built(opened("a", "2024-03-05").file())
    assert built(opened("a", "2024-03-05").file(), opened("b", "2024-03-05").file(duplicate_of="a")) == once
    newer = (
        Report("c", "2024-03-06")
        .say("The bridge of Arlen opened on Tuesday.")
        .happened("opened", "open", days("2024-03-05"))
    )
    lines = built(opened("a", "2024-03-05").file(), newer.file(revision_of="a"))
    assert [e.interval for e in lines] == [days("2024-03-05")]


def test_what_was_expected_is_told_by_the_report_that_it_happened() -> None:
    before = (
        Report("a", "2024-03-01")
        .say("The bridge of Arlen opens on Monday.")
        .happened("opens", "open", days("2024-03-04"), realis="expected")
    )
    assert [e.realis for e in built(before.file())] == ["expected"]
    (line,) = built(before.file(), opened("b", "2024-03-05").file())
    assert (line.realis, line.text) == ("actual", "The bridge of Arlen opened on Monday.")


def test_lines_come_in_order_and_the_weightiest_has_weight_one() -> None:
    first = (
        Report("a", "2024-03-05")
        .say("The ferry to Isk sank on Sunday.")
        .happened("sank", "sink", days("2024-03-03"))
    )
    lines = built(opened("b", "2024-03-05").file(), opened("c", "2024-03-05").file(), first.file())
    assert [e.interval.start.day for e in lines] == [3, 4]
    assert max(e.weight for e in lines) == 1.0
    assert lines[1].weight > lines[0].weight
