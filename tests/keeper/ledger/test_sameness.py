"""How likely claims are to expect one thing, and what average linkage makes of that."""

from __future__ import annotations

import random

import pytest

from dateline.keeper.ledger.claims import Claim, claims, order
from dateline.keeper.ledger.sameness import SIGNS, Signs, clusters, likelihoods
from dateline.keeper.ledger.settings import settings
from dateline.records import Interval, StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import Report, TableJudge, days


def voiced(*filed: StoryArticle) -> list[Claim]:
    return list(claims(sorted(filed, key=order)))


def far_apart(count: int) -> list[Claim]:
    """Claims of as many reports, alike in nothing that matters here."""
    reports = [bridge.announced("2024-05-06", f"r{number}") for number in range(count)]
    return voiced(*reports)


def sign(name: str, a: StoryArticle, b: StoryArticle) -> float:
    return float(Signs(voiced(a, b)).of(1)[0][SIGNS.index(name) - 1])


def test_there_is_a_weight_for_each_sign() -> None:
    assert len(settings().same.weights) == len(SIGNS)


def test_signs_of_the_same_in_other_words() -> None:
    first, second = bridge.announced(), bridge.repeated()
    assert sign("predicate", first, second) == sign("same days", first, second) == 1
    assert 0 < sign("event", first, second) <= sign("shorter event", first, second) <= 1
    assert sign("holder", first, second) == 0
    assert sign("apart", first, second) == pytest.approx(0.693, abs=0.001)


def test_days_a_day_apart_are_near_and_not_the_same() -> None:
    first = bridge.announced()
    report = Report("c", "2024-05-07").say("The Orrin footbridge will open.")
    later = report.expects("open", "open", "The Orrin footbridge opens", days("2024-05-11")).file()
    assert (sign("same days", first, later), sign("one day off", first, later)) == (0, 1)


def test_words_in_common_count_less_within_one_report() -> None:
    apart = voiced(bridge.announced(), bridge.repeated())
    report = Report("b", "2024-05-06")
    for text in ("The Orrin footbridge will open on Friday.", "The footbridge is to open then."):
        report.say(text).expects("open", "open", "The Orrin footbridge opens", bridge.FRIDAY)
    together = voiced(report.file())
    name = SIGNS.index("event in one report") - 1
    assert Signs(apart).of(1)[0][name] == 0 < Signs(together).of(1)[0][name]


def test_one_predicate_says_more_where_neither_gives_days() -> None:
    def opens(day: str, due: Interval | None) -> StoryArticle:
        report = Report(day, day).say("The Orrin footbridge will open.")
        return report.expects("open", "open", "The Orrin footbridge opens", due).file()

    first, second = opens("2024-05-06", None), opens("2024-05-07", None)
    assert sign("predicate without days", first, second) == 1
    assert sign("predicate without days", first, opens("2024-05-07", bridge.FRIDAY)) == 0


def test_words_in_common_make_it_likelier() -> None:
    fair = Report("f", "2024-05-07").say("The spring fair is to be held on Friday.")
    fair.expects("held", "hold", "the spring fair is held", bridge.FRIDAY)
    likely = likelihoods(voiced(bridge.announced(), bridge.repeated(), fair.file()))
    assert likely[0, 1] > settings().same_least > likely.get((0, 2), 0.0)


def test_a_judge_is_heard_of_pairs_that_may_be_one() -> None:
    found = voiced(bridge.announced(), bridge.repeated())
    pair = ("will * open *", "footbridge")
    ask = settings().same.weights[0]
    sure, unsure = (TableJudge(sames={pair: (answer, 0.9)}) for answer in ("same", "another"))
    even = likelihoods(found)[0, 1]
    assert (likelihoods(found, sure)[0, 1] > even > likelihoods(found, unsure)[0, 1]) == (ask > 0)
    assert sure.asked == [found[0].beside(found[1])]


def test_no_judge_is_asked_of_what_cannot_be_one() -> None:
    bread = Report("f", "2024-05-07").say("Bread is to cost more in the spring.")
    bread.expects("cost", "cost", "bread costs more", None)
    judge = TableJudge()
    assert likelihoods(voiced(bridge.announced(), bread.file()), judge) == {}
    assert judge.asked == []


def test_a_copy_is_the_same_whatever_else_is_said_of_it() -> None:
    likely = likelihoods(voiced(bridge.announced(), bridge.announced("2024-05-08", "z")))
    assert likely == {(0, 1): 1.0}


def test_one_likeness_does_not_chain() -> None:
    found = far_apart(4)
    chain = {(0, 1): 0.9, (1, 2): 0.6, (2, 3): 0.9}
    assert clusters(found, chain, 0.25) == [[0, 1], [2, 3]]
    assert clusters(found, chain | {(0, 2): 0.3, (1, 3): 0.3}, 0.25) == [[0, 1, 2, 3]]


def test_two_claims_of_one_sentence_stay_apart_though_a_third_is_like_both() -> None:
    both = Report("b", "2024-05-07").say("The fair will open and close on Friday.")
    both.expects("open", "open", "The fair opens", bridge.FRIDAY)
    both.expects("close", "close", "The fair closes", bridge.FRIDAY)
    found = voiced(bridge.announced(), both.file())
    assert clusters(found, {(0, 1): 0.8, (0, 2): 0.7}, 0.1) == [[0, 1], [2]]


def test_groups_do_not_hang_on_the_order_in_which_likenesses_are_given() -> None:
    found, chance = far_apart(12), random.Random(3)
    likely = [((a, b), chance.random()) for b in range(12) for a in range(b)]
    first = clusters(found, dict(likely), 0.65)
    assert 1 < len(first) < 12
    for _ in range(5):
        chance.shuffle(likely)
        assert clusters(found, dict(likely), 0.65) == first
