"""How the judge's answers are weighed, and which of them are taken."""

from __future__ import annotations

import pytest

from dateline.keeper.judge import VERDICTS
from dateline.keeper.ledger.claims import Rarities, claims, passages
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import (
    SIGNS,
    SentenceVerdict,
    cheap_signs,
    least_to_happen,
    likelihood,
    signs,
    told_day,
)
from dateline.keeper.logistic import log_odds
from dateline.records import StoryArticle, Verdict
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import days


def told(**chances: float) -> SentenceVerdict:
    (claim,) = claims([bridge.announced()])
    given = {name.replace("_", " "): chance for name, chance in chances.items()}
    rest = (1 - sum(given.values())) / (len(VERDICTS) - len(given))
    return SentenceVerdict(claim, passages(bridge.opened())[0], {v: given.get(v, rest) for v in VERDICTS})


@pytest.mark.parametrize(
    ("chances", "verdict", "is_taken"),
    [
        ({"happened": 0.9}, "happened", True),
        ({"happened": 0.17, "unrelated": 0.16}, "happened", False),
        ({"happened": 0.15, "unrelated": 0.7}, "unrelated", False),
        ({"did_not_happen": 0.9, "moved": 0.05}, "did not happen", False),
        ({"did_not_happen": 0.97, "moved": 0.01}, "did not happen", True),
        ({"happened": 0.5, "did_not_happen": 0.4}, "did not happen", False),
    ],
)
def test_a_verdict_is_taken_from_its_probability_on(
    chances: dict[str, float], verdict: Verdict, is_taken: bool
) -> None:
    assert (told(**chances).verdict, told(**chances).is_taken) == (verdict, is_taken)


def test_without_days_more_is_like_what_was_expected_so_it_must_be_surer() -> None:
    dated = told(happened=(settings().happened + settings().undated) / 2, unrelated=0.1)
    (claim,) = claims([bridge.undated()])
    undated = SentenceVerdict(claim, dated.passage, dated.chances)
    assert least_to_happen(dated.claim) < least_to_happen(claim)
    assert (dated.is_taken, undated.is_taken) == (True, False)


def found(second: StoryArticle, judge: float = 0.5, first: StoryArticle | None = None) -> tuple[float, ...]:
    """The signs of an announcement and the first sentence of a report, given how sure the judge is that it tells."""
    announced = list(claims([first or bridge.announced()]))
    given = {v: (1 - judge) / (len(VERDICTS) - 1) for v in VERDICTS} | {"happened": judge}
    return signs(announced[0], passages(second)[0], given, Rarities(announced))


def chance(second: StoryArticle, judge: float) -> float:
    return likelihood(found(second, judge))


def sign(name: str, second: StoryArticle) -> float:
    return found(second)[SIGNS.index(name)]


def test_the_judge_is_not_all_that_counts() -> None:
    assert chance(bridge.elsewhere(), 0.8) < chance(bridge.opened(), 0.6)
    assert chance(bridge.called_off(), 0.6) < chance(bridge.opened(), 0.6)


def test_the_more_the_judge_is_sure_the_likelier_it_is_and_certainty_does_no_harm() -> None:
    rising = [chance(bridge.opened(), judge) for judge in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert rising == sorted(rising)
    assert 0 < rising[0] < rising[-1] < 1


def test_there_is_a_weight_for_each_sign() -> None:
    assert len(found(bridge.opened())) == len(SIGNS) == len(settings().happened_by.weights)


def test_what_is_told_as_done_on_its_day() -> None:
    opened = bridge.opened()
    assert [sign(n, opened) for n in ("told", "denied", "on its days", "after", "in time")] == [1, 0, 1, 1, 0]
    assert sign("late", opened) == pytest.approx(0.693, abs=0.001)
    assert 0 < sign("event", opened) <= sign("shorter event", opened) <= 1


def test_what_is_expected_once_more_is_not_told() -> None:
    again = bridge.repeated()
    assert [sign(n, again) for n in ("told", "expects", "expects the same", "before")] == [0, 1, 1, 1]
    assert chance(again, 0.5) < chance(bridge.opened(), 0.5)


def test_something_else_of_the_same_name_shares_nothing_else() -> None:
    assert sign("told", bridge.elsewhere()) == 1
    assert sign("event", bridge.elsewhere()) < sign("event", bridge.opened())


def test_the_day_of_the_expected_predicate_goes_before_another() -> None:
    (claim,) = claims([bridge.announced()])
    assert told_day(claim, passages(bridge.opened())[0]) == days("2024-05-10")
    assert told_day(claim, passages(bridge.opened(on=None))[0]) is None


def test_certainty_has_finite_odds() -> None:
    assert log_odds(0.5) == 0
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0))


def cheap(second: StoryArticle) -> tuple[float, ...]:
    announced = list(claims([bridge.announced()]))
    return cheap_signs(announced[0], passages(second)[0], Rarities(announced))


def test_all_signs_but_the_first_are_cheap() -> None:
    assert found(bridge.opened(), 0.7) == (log_odds(0.7), *cheap(bridge.opened()))
