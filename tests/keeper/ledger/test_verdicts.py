"""What is asked of the judge, and which of its answers are taken."""

from __future__ import annotations

import pytest

from dateline.keeper.judge import VERDICTS
from dateline.keeper.ledger.claims import claims, order, passages
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import SIGNS, Told, judged, likelihood, signs
from dateline.records import Filed, Verdict
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import TableJudge


def ask(judge: TableJudge | None, *filed: Filed) -> dict[int, list[tuple[str, Verdict]]]:
    known = sorted(filed, key=order)
    found = judged(known, list(claims(known)), judge)
    return {n: [(t.passage.filed.article.id, t.verdict) for t in told] for n, told in found.items()}


def test_without_a_judge_nothing_is_told() -> None:
    assert ask(None, bridge.announced(), bridge.opened()) == {}


def test_each_sentence_tells_of_each_earlier_claim() -> None:
    found = ask(bridge.JUDGE, bridge.announced(), bridge.put_off(), bridge.opened())
    opened = bridge.opened().article.id
    assert found == {0: [("new-day", "moved"), (opened, "happened")], 1: [(opened, "happened")]}


def test_all_pairs_are_asked_about_at_once() -> None:
    class Counting(TableJudge):
        calls = 0

        def verdicts(self, pairs):  # type: ignore[no-untyped-def]
            self.calls += 1
            return super().verdicts(pairs)

    judge = Counting()
    ask(judge, bridge.announced(), bridge.put_off(), bridge.opened(), bridge.elsewhere())
    assert judge.calls == 1


def told(**chances: float) -> Told:
    (claim,) = claims([bridge.announced()])
    given = {name.replace("_", " "): chance for name, chance in chances.items()}
    rest = (1 - sum(given.values())) / (len(VERDICTS) - len(given))
    return Told(claim, passages(bridge.opened())[0], {v: given.get(v, rest) for v in VERDICTS})


@pytest.mark.parametrize(
    ("chances", "verdict", "is_taken"),
    [
        ({"happened": 0.9}, "happened", True),
        ({"happened": 0.35, "unrelated": 0.3}, "happened", False),
        ({"happened": 0.3, "unrelated": 0.6}, "unrelated", False),
        ({"did_not_happen": 0.6, "moved": 0.3}, "did not happen", False),
        ({"did_not_happen": 0.8, "moved": 0.1}, "did not happen", True),
    ],
)
def test_a_verdict_is_taken_from_its_probability_on(
    chances: dict[str, float], verdict: Verdict, is_taken: bool
) -> None:
    assert (told(**chances).verdict, told(**chances).is_taken) == (verdict, is_taken)


def chance(second: Filed, judge: float) -> float:
    """How likely it is that the first sentence of a report tells that the footbridge opened, given what the judge says."""
    (claim,) = claims([bridge.announced()])
    given = {v: (1 - judge) / (len(VERDICTS) - 1) for v in VERDICTS} | {"happened": judge}
    return likelihood(signs(claim, passages(second)[0], given))


def test_the_judge_alone_settles_nothing() -> None:
    assert chance(bridge.elsewhere(), 0.95) < chance(bridge.opened(), 0.6)
    assert chance(bridge.called_off(), 0.6) < chance(bridge.opened(), 0.6)


def test_the_more_the_judge_is_sure_the_likelier_it_is_and_certainty_does_no_harm() -> None:
    rising = [chance(bridge.opened(), judge) for judge in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert rising == sorted(rising)
    assert 0 < rising[0] < rising[-1] < 1


def test_there_is_a_weight_for_each_sign() -> None:
    (claim,) = claims([bridge.announced()])
    even = {v: 1 / len(VERDICTS) for v in VERDICTS}
    found = signs(claim, passages(bridge.opened())[0], even)
    assert len(found) == len(SIGNS) == len(settings().happened_by.weights)
    assert found[SIGNS.index("told")] == 1.0
