"""Which of a story's articles count."""

from __future__ import annotations

from datetime import date

from dateline.keeper.versions import evidence, latest_versions
from dateline.records import Article, Reading, Span, StoryArticle

TEXT = "The ferry sank. It was raised."


def filed(name: str, *, duplicate_of: str | None = None, revision_of: str | None = None) -> StoryArticle:
    return StoryArticle(
        Reading(Article(name, f"{name}.txt", date(2024, 3, 5), TEXT)), duplicate_of, revision_of
    )


def test_copies_and_replaced_versions_do_not_count() -> None:
    first, copy = filed("first"), filed("copy", duplicate_of="first")
    second, third = filed("second", revision_of="first"), filed("third", revision_of="second")
    assert latest_versions([first, copy, second, third]) == [third]
    assert latest_versions([first, copy]) == [first]


def test_a_version_counts_whose_predecessor_is_not_there() -> None:
    second = filed("second", revision_of="first")
    assert latest_versions([second]) == [second]


def test_evidence_is_the_passage_as_it_stands() -> None:
    found = evidence(filed("a"), Span(16, 30))
    assert (found.article, found.source, found.text) == ("a", "a.txt", "It was raised.")
    assert found.published == date(2024, 3, 5)
