"""What is asked of the judge, and which of its answers are taken."""

from __future__ import annotations

import pytest

from dateline.keeper.judge import VERDICTS
from dateline.keeper.ledger.claims import claims, order, passages
from dateline.keeper.ledger.sameness import grouped
from dateline.keeper.ledger.verdicts import SentenceVerdict, judged
from dateline.records import StoryArticle, Verdict
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import Report, TableJudge, days


def ask(judge: TableJudge | None, *filed: StoryArticle) -> dict[int, list[tuple[str, Verdict]]]:
    known = sorted(filed, key=order)
    voiced = list(claims(known))
    found = judged(known, voiced, grouped(voiced), judge)
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


def test_the_judge_is_not_asked_where_no_answer_would_be_taken() -> None:
    class Listening(TableJudge):
        def __init__(self) -> None:
            super().__init__()
            self.asked: list[str] = []

        def verdicts(self, pairs):  # type: ignore[no-untyped-def]
            self.asked += [second for _, second in pairs]
            return super().verdicts(pairs)

    weather = Report("w", "2024-05-06").say("Rain fell on the northern hills all of Monday.").file()
    judge = Listening()
    assert ask(judge, bridge.announced(), weather, bridge.opened()).keys() == {0}
    assert judge.asked
    assert not any("Rain" in second for second in judge.asked)


def test_a_sentence_that_may_give_another_day_is_asked_about_however_little_it_tells() -> None:
    announced = bridge.announced()
    june = days("2024-06-01", "2024-06-30")
    later = Report("june", "2024-05-09").say("It will now be June, the mayor wrote.")
    put_off = later.expects("be", "be", "It will be June", june).file()
    judge = TableJudge({("* open *", "now be June"): "moved"})
    voiced = list(claims([announced, put_off]))
    assert judged([announced, put_off], voiced, [0, 1], judge) == {}
    together = judged([announced, put_off], voiced, [0, 0], judge)
    assert [t.verdict for t in together[0]] == ["moved"]
