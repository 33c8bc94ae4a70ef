"""The ledger as a whole: nothing from the future, no order of arrival, copies add nothing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.keeper import track_record
from dateline.keeper.ledger import ledger, on_day
from dateline.records import LedgerEntry, StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.ledger.test_status import held_up, not_to_open, vowed
from tests.keeper.stories_by_hand import day

POOL = [
    bridge.announced(),
    bridge.announced("2024-05-07", "a2"),
    bridge.repeated(),
    bridge.put_off(),
    bridge.called_off(),
    bridge.opened("2024-05-21", "2024-05-20"),
    bridge.opened(),
    bridge.elsewhere(),
    held_up(),
    not_to_open(),
    vowed().file(),
]
chosen_reports = st.lists(st.sampled_from(range(len(POOL))), unique=True, min_size=1)


def of(filed: list[StoryArticle], as_of: date) -> list[LedgerEntry]:
    return ledger("s", filed, as_of, bridge.JUDGE)


@settings(max_examples=80, deadline=None)
@given(chosen_reports, st.integers(0, 20))
def test_a_view_as_of_a_day_is_the_view_of_the_reports_up_to_it(chosen: list[int], after: int) -> None:
    filed = [POOL[i] for i in chosen]
    as_of = date(2024, 5, 1) + timedelta(days=after)
    found = of(filed, as_of)
    assert found == of([f for f in filed if f.article.published <= as_of], as_of)
    for entry in found:
        shown = [s.evidence for s in entry.sources] + list(entry.outcome.told_by)
        shown += [w.evidence for w in entry.outcome.weighed]
        assert all(e.published <= as_of for e in shown)
        assert all(e.span.of(text(filed, e.article)) == e.text for e in shown)


def text(filed: list[StoryArticle], article: str) -> str:
    return next(f.article.text for f in filed if f.article.id == article)


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(len(POOL))))
def test_the_order_of_arrival_has_no_effect(order: list[int]) -> None:
    assert of([POOL[i] for i in order], day("2024-06-01")) == of(POOL, day("2024-06-01"))


@settings(max_examples=40, deadline=None)
@given(chosen_reports)
def test_ids_stay_when_later_reports_come(chosen: list[int]) -> None:
    filed = sorted((POOL[i] for i in chosen), key=lambda f: f.article.published)
    first = filed[0].article.published
    early = {e.id for e in of(filed, first)}
    assert early <= {e.id for e in of(filed, day("2024-06-01"))}


@settings(max_examples=40, deadline=None)
@given(chosen_reports, st.integers(0, 40), st.integers(0, 40))
def test_rows_of_the_same_articles_can_be_brought_to_another_day(
    chosen: list[int], first: int, second: int
) -> None:
    filed = [POOL[i] for i in chosen]
    last = max(f.article.published for f in filed)
    a, b = last + timedelta(days=first), last + timedelta(days=second)
    assert on_day(of(filed, a), b) == of(filed, b)


def test_a_copy_adds_nothing() -> None:
    copy = StoryArticle(bridge.opened(name="copy").reading, duplicate_of="opened-2024-05-11")
    filed = [bridge.announced(), bridge.opened()]
    assert of([*filed, copy], day("2024-05-12")) == of(filed, day("2024-05-12"))


def test_without_a_judge_no_outcome_is_claimed() -> None:
    found = ledger("s", POOL, day("2024-06-01"))
    assert {e.outcome.status for e in found} == {"open", "overdue"}
    assert all(e.outcome.evidence is None and not e.outcome.weighed for e in found)


def test_a_holder_is_judged_by_what_was_settled() -> None:
    entries = of([bridge.announced(), bridge.opened(), vowed().file()], day("2024-05-12"))
    records = {r.holder: r for r in track_record.by_holder(entries)}
    assert (records["the council"].settled, records["the council"].total) == (1, 1)
    assert (records["the union"].settled, records["the union"].total) == (0, 1)
    assert list(records) == ["the council", "the union"]
