"""Work on several articles goes as far as it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.keeper.fault_isolation import isolate_faults
from dateline.records import Article, Fault, Reading, StoryArticle


def filed(*names: str) -> list[StoryArticle]:
    return [StoryArticle(Reading(Article(name, f"{name}.txt", date(2024, 3, 5), name))) for name in names]


def names(some: Sequence[StoryArticle]) -> list[str]:
    """Their ids; fails on one of that name."""
    found = [f.article.id for f in some]
    if "bad" in found:
        raise ValueError("no such thing")
    return found


def test_what_goes_through_has_no_faults() -> None:
    assert isolate_faults("timeline", names, filed("a", "b"), []) == (["a", "b"], ())


def test_each_article_that_fails_by_itself_is_left_out_and_named() -> None:
    found, faults = isolate_faults("timeline", names, filed("a", "bad", "b"), [])
    assert found == ["a", "b"]
    assert faults == (Fault("timeline", "bad", "bad.txt", "ValueError: no such thing"),)


def test_an_article_that_fails_only_beside_another_is_found() -> None:
    def one_of_each(some: Sequence[StoryArticle]) -> int:
        if {"a", "b"} <= {f.article.id for f in some}:
            raise RuntimeError("two of them")
        return len(some)

    found, faults = isolate_faults("ledger", one_of_each, filed("a", "c", "b"), 0)
    assert found == 2
    assert [f.article for f in faults] == ["a"]


def test_where_nothing_goes_through_there_is_nothing_and_one_fault() -> None:
    assert isolate_faults("ledger", names, filed("bad"), ["nothing"]) == (
        ["nothing"],
        (Fault("ledger", None, None, "ValueError: no such thing"),),
    )
