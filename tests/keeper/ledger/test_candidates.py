"""Which sentences are worth holding against an expectation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.keeper.ledger import candidates
from dateline.keeper.ledger.candidates import FEATURES, Register, features
from dateline.keeper.ledger.claims import claims, likenesses, order, passages
from dateline.keeper.ledger.settings import settings as fitted
from dateline.records import StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import Report, days

POOL = [
    bridge.announced(),
    bridge.repeated(),
    bridge.put_off(),
    bridge.called_off(),
    bridge.opened(),
    bridge.elsewhere(),
    Report("long", "2024-05-12").say("Anna Holt spoke.").names("Anna Holt").happened("spoke", "speak").file(),
    Report("who", "2024-05-08")
    .say("Anna Holt will speak on Sunday.")
    .names("Anna Holt")
    .expects("speak", "speak", "Anna Holt speaks", days("2024-05-12"))
    .file(),
]


def register(filed: list[StoryArticle]) -> Register:
    return Register(list(claims(sorted(filed, key=order))))


def test_the_signs_of_all_claims_at_once_are_those_of_each() -> None:
    filed = sorted(POOL, key=order)
    every = list(claims(filed))
    for report in filed:
        mine = passages(report)
        known = [c for c in every if c.published <= report.article.published]
        signs = Register(every).signs(mine)
        cosine = likenesses([c.passage for c in known], mine)
        for i, claim in enumerate(known):
            for j, passage in enumerate(mine):
                expected = features(claim, passage, float(cosine[i, j]))
                assert [float(s[i, j]) for s in signs] == expected, (claim.text, passage.text)
    assert len(signs) == len(FEATURES)


def test_the_sentence_that_tells_comes_before_one_that_does_not() -> None:
    report = Report("m", "2024-05-11").say("The weather was fine.").say("The Orrin footbridge opened.")
    found = register([bridge.announced()]).ranked(passages(report.file()))
    assert found[0][1].text == "The Orrin footbridge opened."


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_long_report_is_looked_at_in_parts(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report("m", "2024-05-11")
    for number in range(8):
        report.say(f"The Orrin footbridge opened after {number} days.").happened("opened", "open")
    report.expects("opened", "open", "the footbridge opens", days("2024-05-12"))
    mine, known = passages(report.file()), register([*POOL, report.file()])
    whole = [(number, p.number) for number, p in known.ranked(mine)]
    monkeypatch.setattr(candidates, "_AT_ONCE", at_once)
    assert len(whole) > at_once
    assert [(number, p.number) for number, p in known.ranked(mine)] == whole


def test_no_sentence_is_held_against_a_later_claim_or_its_own() -> None:
    found = register(POOL)
    assert found.ranked(passages(bridge.announced())) == []
    assert {number for number, _ in found.ranked(passages(bridge.repeated()))} <= {0}


def test_its_own_sentence_is_read_where_its_days_were_over() -> None:
    report = (
        Report("r", "2024-05-08")
        .say("The bridge was due to open on Monday but was held up.")
        .expects("open", "open", "The bridge opens", days("2024-05-06"))
        .happened("held up", "hold")
        .file()
    )
    assert [(n, p.number) for n, p in register([report]).ranked(passages(report))] == [(0, 0)]


def test_at_most_so_many_pairs_of_a_report_are_read() -> None:
    filed = [bridge.announced(name=f"a{n}") for n in range(3 * fitted().pairs)]
    assert len(register(filed).ranked(passages(bridge.opened()))) == fitted().pairs


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, len(POOL) - 1), min_size=1))
def test_what_is_read_of_a_report_does_not_hang_on_later_ones(chosen: set[int]) -> None:
    filed = sorted((POOL[i] for i in chosen), key=order)
    whole = Register(list(claims(filed)))
    for report in filed:
        known = [f for f in filed if f.article.published <= report.article.published]
        then = Register(list(claims(known)))
        pairs = lambda r: [(n, p.number) for n, p in r.ranked(passages(report))]  # noqa: E731, B023
        assert pairs(whole) == pairs(then)


def test_nothing_is_ranked_where_there_is_nothing() -> None:
    assert Register([]).ranked(passages(bridge.opened())) == []
    assert register(POOL).ranked([]) == []
    assert np.isfinite(np.array(fitted().ranking.weights)).all()
