"""What is asked of the judge about expectations, in which order, and when no more is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from dateline.keeper.judge import Pair
from dateline.keeper.ledger import asking, forecast
from dateline.keeper.ledger.asking import hopes, judged, odds, questions
from dateline.keeper.ledger.claims import Passage, Rarities, claims, order, passages
from dateline.keeper.ledger.rows import parted
from dateline.keeper.ledger.sameness import grouped
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import SIGNS, cheap_signs
from dateline.keeper.logistic import log_odds
from dateline.records import StoryArticle, Verdict
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import Report, TableJudge, days


def ask(judge: TableJudge | None, *filed: StoryArticle) -> dict[int, list[tuple[str, Verdict]]]:
    known = sorted(filed, key=order)
    voiced = list(claims(known))
    found = judged(known, voiced, parted(voiced, grouped(voiced)), judge)
    return {n: [(t.passage.filed.article.id, t.verdict) for t in told] for n, told in found.items()}


def test_without_a_judge_nothing_is_told() -> None:
    assert ask(None, bridge.announced(), bridge.opened()) == {}


def test_each_sentence_tells_of_each_earlier_claim() -> None:
    found = ask(bridge.JUDGE, bridge.announced(), bridge.put_off(), bridge.opened())
    opened = bridge.opened().article.id
    assert found == {0: [("new-day", "moved"), (opened, "happened")], 1: [(opened, "happened")]}


class Listening(TableJudge):
    """Keeps the sentences that it is asked about, and the texts of the claims, a list for each time that it is asked."""

    def __init__(self, verdicts: dict[tuple[str, str], Verdict]) -> None:
        super().__init__(verdicts)
        self.times: list[list[str]] = []
        self.claims: list[set[str]] = []

    def verdicts(self, pairs: Sequence[Pair]):  # type: ignore[no-untyped-def]
        if pairs:
            self.claims.append({first for first, _ in pairs})
            self.times.append([second.split(": ", 1)[1] for _, second in pairs])
        return super().verdicts(pairs)


def tellings(name: str, published: str, count: int) -> StoryArticle:
    """A report whose first sentence is likelier to tell of the bridge than the others, of which each comes with another number."""
    report = Report(name, published).say("The Orrin footbridge did open on Friday.")
    report.happened("open", "open", bridge.FRIDAY)
    for number in range(1, count):
        report.say(
            f"People could cross the Orrin footbridge, which opened for crossing number {number} of {name}."
        )
        report.happened("opened", "open", bridge.FRIDAY)
    return report.file()


def test_the_likeliest_sentences_are_read_first_and_no_more_once_one_tells() -> None:
    report = tellings("many", "2024-05-11", 9)
    first = passages(report)[0].text
    deaf, hearing = Listening({}), Listening({("will * open", "did open"): "happened"})
    for judge in (deaf, hearing):
        ask(judge, bridge.announced(), report)
    assert [len(some) for some in deaf.times] == [2, 4, 3]
    assert hearing.times == deaf.times[:1]
    assert first in hearing.times[0]


def test_of_later_reports_the_likeliest_sentence_is_a_further_source_and_the_others_are_not_read() -> None:
    early, late = (tellings(name, day, 5) for name, day in (("early", "2024-05-11"), ("late", "2024-05-12")))
    judge = Listening({("will * open", "did open"): "happened"})
    found = ask(judge, bridge.announced(), early, late)
    assert [report for report, verdict in found[0] if verdict == "happened"] == ["early", "late"]
    assert [len(some) for some in judge.times] == [2, 1]


def test_reports_are_searched_in_their_order_whatever_the_order_of_arrival() -> None:
    early, late = (tellings(name, day, 5) for name, day in (("early", "2024-05-11"), ("late", "2024-05-12")))
    known = [bridge.announced(), early, late]
    one, other = (Listening({("will * open", "number 3"): "happened"}) for _ in range(2))
    assert ask(one, *known) == ask(other, *known[::-1])
    assert one.times == other.times


def test_what_is_asked_up_to_a_day_does_not_hang_on_later_reports() -> None:
    known = [bridge.announced(), tellings("early", "2024-05-11", 5)]
    before, after = Listening({}), Listening({})
    ask(before, *known)
    ask(after, *known, tellings("late", "2024-05-12", 5))
    assert after.times[: len(before.times)] == before.times


def test_all_rows_are_asked_about_at_once() -> None:
    fair = Report("f", "2024-05-06").say("The spring fair will be held on Friday.")
    fair.expects("held", "hold", "the spring fair is held", bridge.FRIDAY)
    held = (
        Report("h", "2024-05-11")
        .say("The spring fair was held on Friday.")
        .happened("held", "hold", bridge.FRIDAY)
    )
    judge = Listening({})
    ask(judge, bridge.announced(), fair.file(), bridge.opened(), held.file())
    of_bridge, of_fair = (announced.text for announced in claims([bridge.announced(), fair.file()]))
    assert judge.claims[0] == {of_bridge, of_fair}


def test_the_judge_is_not_asked_where_no_answer_would_be_taken() -> None:
    weather = Report("w", "2024-05-06").say("Rain fell on the northern hills all of Monday.").file()
    judge = Listening({})
    assert ask(judge, bridge.announced(), weather, bridge.opened()).keys() == {0}
    assert judge.times
    assert not any("Rain" in second for some in judge.times for second in some)


def test_a_sentence_that_may_give_another_day_is_asked_about_however_little_it_tells() -> None:
    announced = bridge.announced()
    june = days("2024-06-01", "2024-06-30")
    later = Report("june", "2024-05-09").say("It will now be June, the mayor wrote.")
    put_off = later.expects("be", "be", "It will be June", june).file()
    judge = TableJudge({("* open *", "now be June"): "moved"})
    voiced = list(claims([announced, put_off]))
    assert judged([announced, put_off], voiced, parted(voiced, [0, 1]), judge) == {}
    together = judged([announced, put_off], voiced, parted(voiced, [0, 0]), judge)
    assert [t.verdict for t in together[0]] == ["moved"]


def cheap(second: StoryArticle) -> tuple[float, ...]:
    announced = list(claims([bridge.announced()]))
    return cheap_signs(announced[0], passages(second)[0], Rarities(announced))


def test_what_may_tell_that_it_happened_or_did_not_or_was_put_off_is_worth_asking_about() -> None:
    sure = np.array([log_odds(settings().surest)])
    least = log_odds(settings().happened)
    for second in (bridge.opened(), bridge.called_off()):
        assert hopes(np.array([cheap(second)]), sure) >= least
    assert hopes(np.zeros((1, len(SIGNS) - 1)), sure) < least


def test_hope_is_never_less_than_the_odds() -> None:
    told = (bridge.opened(), bridge.repeated(), bridge.put_off(), bridge.called_off(), bridge.elsewhere())
    signs = np.array([cheap(second) for second in told])
    answers = np.full(len(told), log_odds(settings().surest))
    assert (hopes(signs, answers) >= odds(signs, answers)).all()
    assert hopes(signs, answers)[1] > odds(signs, answers)[1]


def test_what_is_expected_of_the_judge_says_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [bridge.announced(), tellings("many", "2024-05-11", 3)]
    voiced = list(claims(known))

    def sure_of_the_last(pairs: Sequence[tuple[Passage, Passage]], signs: np.ndarray) -> np.ndarray:
        return np.array([9.0 if passage.number == 2 else -9.0 for _, passage in pairs])

    monkeypatch.setattr(forecast, "expected", sure_of_the_last)
    assert [(q.passage.number, q.counts) for q in questions(known, voiced) if q.may_count] == [(2, True)]
    judge = Listening({})
    ask(judge, *known)
    assert [len(some) for some in judge.times] == [1]
    monkeypatch.setattr(asking.forecast, "expected", lambda pairs, signs: np.full(len(pairs), -9.0))
    assert ask(judge, *known) == {}


def test_what_can_settle_nothing_is_asked_about_only_where_it_is_expected_to_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    headline = Report("h", "2024-05-11").say("Orrin footbridge open at last").happened("open", "open")
    known = [bridge.announced(), headline.file()]
    least = log_odds(settings().happened)
    (question,) = questions(known, list(claims(known)))
    needed = (least - odds(np.array([question.signs]), np.zeros(1))[0]) / settings().happened_by.weights[0]
    for off, asked in ((-settings().margin / 2, 0), (0.1, 1)):
        monkeypatch.setattr(
            forecast, "expected", lambda pairs, signs, off=off: np.full(len(pairs), needed + off)
        )
        judge = Listening({})
        ask(judge, *known)
        assert len(judge.times) == asked
