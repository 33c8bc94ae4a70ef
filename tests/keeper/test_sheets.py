"""A story's sheet, the same in brief, and its row on the front page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.keeper import sheets
from dateline.records import Brief, Foreseen
from tests.keeper.ledger.bridge import FRIDAY, JUDGE, announced, opened
from tests.keeper.stories_by_hand import Report, days

MAY_6, MAY_10, MAY_11, MAY_12 = (date(2024, 5, d) for d in (6, 10, 11, 12))


def test_a_sheet_holds_all_that_is_shown_of_its_articles() -> None:
    sheet = sheets.make("s", [announced(), opened()], JUDGE)
    assert [(x.event, x.due, x.outcome.status) for x in sheet.expectations] == [
        ("The Orrin footbridge opens", FRIDAY, "met")
    ]
    assert "footbridge" in sheet.title
    assert sheet.faults == ()
    assert sheet.profile


def test_without_a_judge_no_outcome_is_claimed() -> None:
    (row,) = sheets.make("s", [announced(), opened()]).expectations
    assert row.outcome.status == "overdue"


def test_a_story_without_articles_has_none() -> None:
    with pytest.raises(ValueError, match="without articles"):
        sheets.make("s", [])


def test_what_the_keeper_fails_on_is_left_out_and_said() -> None:
    broken = (
        Report("b", "2024-05-07")
        .say("The Orrin footbridge was painted.")
        .happened("painted", "paint", days("2024-05-07"))
        .file()
    )
    # an event of a sentence that is not there
    spoilt = replace(
        broken.reading, events=(replace(broken.reading.events[0], sentence=99),), expectations=None
    )
    sheet = sheets.make("s", [announced(), replace(broken, reading=spoilt)], JUDGE)
    (fault,) = [f for f in sheet.faults if f.part == "expectations"]
    assert fault.article == "b"
    assert [x.event for x in sheet.expectations] == ["The Orrin footbridge opens"]


def test_in_brief_it_keeps_what_a_list_needs() -> None:
    sheet = sheets.make("s", [announced(), opened()], JUDGE)
    brief = sheets.brief(sheet)
    assert (brief.title, brief.keywords, brief.profile) == (sheet.title, sheet.keywords, sheet.profile)
    assert brief.expectations == (Foreseen(MAY_6, MAY_10, "met", MAY_11),)
    hidden = replace(sheet, expectations=(replace(sheet.expectations[0], score=0.01),))
    assert sheets.brief(hidden).expectations == ()


DAILY = [(MAY_6, 2, 1), (MAY_11, 3, 0)]
KNOWN = Brief(
    "Footbridge",
    (),
    (
        Foreseen(MAY_6, MAY_10, "met", MAY_11),
        Foreseen(MAY_6, MAY_10, "open", None),
        Foreseen(MAY_11, MAY_12, "open", None),
    ),
    (MAY_11,),
)


def test_an_overview_counts_what_is_new_on_its_day() -> None:
    found = sheets.overview("s", DAILY, KNOWN, "-", MAY_11)
    assert (found.title, found.first, found.last) == ("Footbridge", MAY_6, MAY_11)
    assert (found.reports, found.copies, found.daily) == (4, 1, ((MAY_6, 1), (MAY_11, 3)))
    assert (found.open, found.overdue) == (1, 1)
    assert (found.new_reports, found.new_expectations, found.new_disagreements) == (3, 1, 1)
    assert found.new_outcomes == (("met", 1), ("overdue", 1))


def test_a_day_later_nothing_is_new_but_the_day_is_another() -> None:
    found = sheets.overview("s", DAILY, KNOWN, "-", MAY_12)
    assert (found.new_reports, found.new_expectations, found.new_outcomes) == (0, 0, ())
    assert (found.open, found.overdue) == (1, 1)


def test_what_is_still_to_be_worked_out_counts_reports_alone() -> None:
    found = sheets.overview("s", DAILY, None, "Bridge", MAY_11)
    assert (found.title, found.reports, found.new_reports) == ("Bridge", 4, 3)
    assert (found.open, found.overdue, found.new_expectations, found.new_outcomes) == (0, 0, 0, ())
