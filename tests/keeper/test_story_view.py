"""A story's view, the same in outline, and its row on the front page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.keeper import story_view
from dateline.records import ExpectationOutline, StoryOutline
from tests.keeper.ledger.bridge import FRIDAY, JUDGE, announced, opened
from tests.keeper.stories_by_hand import Report, days

MAY_6, MAY_10, MAY_11, MAY_12 = (date(2024, 5, d) for d in (6, 10, 11, 12))


def test_a_sheet_holds_all_that_is_shown_of_its_articles() -> None:
    view = story_view.build("s", [announced(), opened()], JUDGE)
    assert [(x.event, x.due, x.outcome.status) for x in view.expectations] == [
        ("The Orrin footbridge opens", FRIDAY, "met")
    ]
    assert "footbridge" in view.title
    assert view.faults == ()
    assert view.profile


def test_without_a_judge_no_outcome_is_claimed() -> None:
    (row,) = story_view.build("s", [announced(), opened()]).expectations
    assert row.outcome.status == "overdue"


def test_a_story_without_articles_has_none() -> None:
    with pytest.raises(ValueError, match="without articles"):
        story_view.build("s", [])


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
    view = story_view.build("s", [announced(), replace(broken, reading=spoilt)], JUDGE)
    (fault,) = [f for f in view.faults if f.part == "expectations"]
    assert fault.article == "b"
    assert [x.event for x in view.expectations] == ["The Orrin footbridge opens"]


def test_in_brief_it_keeps_what_a_list_needs() -> None:
    view = story_view.build("s", [announced(), opened()], JUDGE)
    outline = story_view.outline(view)
    assert (outline.title, outline.keywords, outline.profile) == (view.title, view.keywords, view.profile)
    assert outline.expectations == (ExpectationOutline(MAY_6, MAY_10, "met", MAY_11),)
    hidden = replace(view, expectations=(replace(view.expectations[0], score=0.01),))
    assert story_view.outline(hidden).expectations == ()


DAILY = [(MAY_6, 2, 1), (MAY_11, 3, 0)]
KNOWN = StoryOutline(
    "Footbridge",
    (),
    (
        ExpectationOutline(MAY_6, MAY_10, "met", MAY_11),
        ExpectationOutline(MAY_6, MAY_10, "open", None),
        ExpectationOutline(MAY_11, MAY_12, "open", None),
    ),
    (MAY_11,),
)


def test_an_overview_counts_what_is_new_on_its_day() -> None:
    found = story_view.overview("s", DAILY, KNOWN, "-", MAY_11)
    assert (found.title, found.first, found.last) == ("Footbridge", MAY_6, MAY_11)
    assert (found.reports, found.copies, found.daily) == (4, 1, ((MAY_6, 1), (MAY_11, 3)))
    assert (found.open, found.overdue) == (1, 1)
    assert (found.new_reports, found.new_expectations, found.new_disagreements) == (3, 1, 1)
    assert found.new_outcomes == (("met", 1), ("overdue", 1))


def test_a_day_later_nothing_is_new_but_the_day_is_another() -> None:
    found = story_view.overview("s", DAILY, KNOWN, "-", MAY_12)
    assert (found.new_reports, found.new_expectations, found.new_outcomes) == (0, 0, ())
    assert (found.open, found.overdue) == (1, 1)


def test_what_is_still_to_be_worked_out_counts_reports_alone() -> None:
    found = story_view.overview("s", DAILY, None, "Bridge", MAY_11)
    assert (found.title, found.reports, found.new_reports) == ("Bridge", 4, 3)
    assert (found.open, found.overdue, found.new_expectations, found.new_outcomes) == (0, 0, 0, ())
