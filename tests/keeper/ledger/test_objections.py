"""Why a sentence cannot tell that what a claim expects happened."""

from __future__ import annotations

import pytest

from dateline.keeper.ledger.claims import claims, passages
from dateline.keeper.ledger.objections import is_too_early, to_happening
from dateline.records import StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.ledger.test_status import vowed
from tests.keeper.stories_by_hand import days


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
    assert is_too_early(claim, early, claim.due)
    assert not is_too_early(claim, early, None)
    assert not is_too_early(claim, early, days("2024-05-09"))
    assert is_too_early(claim, passages(bridge.opened("2024-05-09"))[0], claim.due)
    assert not is_too_early(claim, passages(bridge.opened())[0], claim.due)
