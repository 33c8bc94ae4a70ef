"""The parts of a story's page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.records import Briefing, Outcome, Strength
from dateline.views.briefs import sections
from tests.test_watching import MONDAY, expected, state


@pytest.mark.parametrize(
    ("strength", "searched", "told"),
    [
        ("certain", 5, " (certain, 5 reports since)"),
        ("expected", 1, " (1 report since)"),
        ("expected", 0, ""),
    ],
)
def test_what_no_report_tells_of_says_how_many_were_looked_through(
    strength: Strength, searched: int, told: str
) -> None:
    entry = replace(expected("overdue"), strength=strength, outcome=Outcome("overdue", searched=searched))
    page = Briefing(state().stories[0].summary, MONDAY, MONDAY, (), (), (entry,), (), ())
    (section,) = [s for s in sections(page) if s.heading == "Was due, no report found"]
    assert [line.text for line in section.lines] == [f"the lock opens{told}"]
