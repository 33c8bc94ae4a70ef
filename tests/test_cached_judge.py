"""What a judge was asked before is read from the notebook, exactly as it was answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.cached_judge import CachedJudge
from dateline.store import Store, open_store
from tests.keeper.stories_by_hand import TableJudge

ONE, TWO = ("it will open", "it opened"), ("it will open", "it rained")
TABLE = {("open", "opened"): ("happened", 1 / 3)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "n.db")
    yield opened
    opened.close()


def kept(store: Store, version: str = "one") -> tuple[CachedJudge, TableJudge]:
    judge = TableJudge(TABLE, {("open", "opened"): "same"})  # type: ignore[arg-type]
    return CachedJudge(judge, lambda: version, store), judge


def test_answers_are_those_of_the_judge(store: Store) -> None:
    judge, asked = kept(store)
    for found, wanted in (
        (judge.verdicts([ONE, TWO]), asked.verdicts([ONE, TWO])),
        (judge.facts([TWO, ONE]), asked.facts([TWO, ONE])),
    ):
        assert found == [pytest.approx(answer, abs=1e-5) for answer in wanted]


def test_nothing_is_asked_twice(store: Store) -> None:
    judge, asked = kept(store)
    first = judge.verdicts([ONE, TWO, ONE])
    assert asked.asked == [ONE, TWO]
    assert judge.verdicts([TWO, ONE]) == first[1:]
    store.save_verdicts(judge.take())
    later, asked_later = kept(store)
    assert later.verdicts([ONE, TWO, ONE]) == first
    assert asked_later.asked == []


def test_a_view_writes_nothing(store: Store) -> None:
    judge, _ = kept(store)
    with store.snapshot():
        judge.verdicts([ONE])
    fresh, asked = kept(store)
    fresh.verdicts([ONE])
    assert asked.asked == [ONE]
    store.save_verdicts(judge.take())


def test_another_version_or_kind_is_asked_anew(store: Store) -> None:
    judge, _ = kept(store)
    judge.verdicts([ONE])
    store.save_verdicts(judge.take())
    for other, ask in ((kept(store, "two"), "verdicts"), (kept(store), "facts")):
        getattr(other[0], ask)([ONE])
        assert other[1].asked == [ONE]


def test_texts_do_not_run_into_one_another(store: Store) -> None:
    judge, asked = kept(store)
    judge.verdicts([("ab", "c"), ("a", "bc")])
    assert asked.asked == [("ab", "c"), ("a", "bc")]


def test_many_answers_are_read_and_written_at_once(store: Store) -> None:
    judge, _ = kept(store)
    pairs = [(f"it will open {n}", f"it opened \udc80 {n}") for n in range(1203)]
    found = judge.verdicts(pairs)
    store.save_verdicts(judge.take())
    later, asked = kept(store)
    assert later.verdicts(pairs) == found
    assert asked.asked == []


def test_no_model_is_needed_where_nothing_is_asked(store: Store) -> None:
    def missing() -> str:
        raise AssertionError("the version was asked for")

    assert CachedJudge(TableJudge(), missing, store).verdicts([]) == []
