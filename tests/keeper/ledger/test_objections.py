"""Why a sentence cannot tell that what a claim expects happened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dateline.keeper.ledger.claims import claims, passages
from dateline.keeper.ledger.objections import LONG_AFTER, to_day, to_happening
from dateline.records import StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.ledger.test_status import vowed
from tests.keeper.stories_by_hand import Report, days


@pytest.mark.parametrize(
    ("told", "announces", "why"),
    [
        (bridge.opened(), False, ""),
        (bridge.put_off(), False, "looks ahead"),
        (bridge.opened(), True, "announces it"),
    ],
)
def test_a_plan_and_the_announcement_tell_nothing(told: StoryArticle, announces: bool, why: str) -> None:
    (claim,) = claims([bridge.announced()])
    passage = passages(told)[0]
    assert to_happening(claim, passage, {passage.place} if announces else set()) == why


def test_without_days_the_own_report_tells_nothing() -> None:
    report = (
        vowed().say("The union fought the closure of the pool before.").happened("fought", "fight").file()
    )
    claim = next(claims([report]))
    assert to_happening(claim, passages(report)[1], set()) == "stands in the report that announces it"


def test_before_its_days_only_a_day_among_them_tells() -> None:
    (claim,) = claims([bridge.announced()])
    early = passages(bridge.opened("2024-05-09", None))[0]
    assert to_day(claim, early, claim.due) == "told before its days began"
    assert to_day(claim, early, None) == ""
    assert to_day(claim, early, days("2024-05-09")) == ""
    assert to_day(claim, passages(bridge.opened("2024-05-09"))[0], claim.due) != ""
    assert to_day(claim, passages(bridge.opened())[0], claim.due) == ""


def test_long_after_its_days_only_a_day_among_them_tells() -> None:
    (claim,) = claims([bridge.announced()])
    assert claim.due is not None
    for published, day, why in (
        (claim.due.end + LONG_AFTER, None, ""),
        (claim.due.end + LONG_AFTER + timedelta(days=1), None, "told long after its days"),
        (claim.due.end + 3 * LONG_AFTER, claim.due.start, ""),
        (claim.due.end + 3 * LONG_AFTER, claim.due.end + 2 * LONG_AFTER, "told long after its days"),
    ):
        report = Report("late", published.isoformat()).say("The Orrin footbridge opened, the council said.")
        report.happened("opened", "open", days(day.isoformat()) if day else None)
        assert to_day(claim, passages(report.file())[0], claim.due) == why
