"""Handles of articles, and what people type to find articles and stories."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.keeper import handles, lookup
from dateline.records import ArticleSummary, StorySummary

TODAY = date(2024, 4, 19)


def described(**what: object) -> ArticleSummary:
    given = {"id": "a7c3e1f00d12", "source": "in/2024-03-09-talks.txt", "published": date(2024, 3, 9)} | what
    return ArticleSummary(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("article", "name"),
    [
        (described(publisher="Meridian", title="Talks fail"), "Meridian"),
        (described(url="https://www.courier.example/a/1"), "courier.example"),
        (described(opening="TOLLEN, March 9 (Meridian) - Talks failed."), "Meridian"),
        (described(title="Talks fail"), "Talks fail"),
        (described(title="Talks on the trams of Tollen fail"), "Talks on the trams…"),
        (described(), "talks"),
        (described(source="https://b.example/x"), "b.example"),
    ],
)
def test_a_handle_begins_with_what_is_best_known(article: ArticleSummary, name: str) -> None:
    assert handles.handle(article, [article.id], TODAY) == f"{name} 9 Mar a7"


def test_a_handle_is_as_long_as_its_day_needs_and_tells_another_year() -> None:
    article = described(publisher="Meridian")
    assert handles.handle(article, [article.id, "a7c9", "b1"], TODAY) == "Meridian 9 Mar a7c3"
    assert handles.handle(article, [], date(2025, 1, 1)) == "Meridian 9 Mar 2024 a7"


@pytest.mark.parametrize(
    "typed",
    [
        "Meridian 9 Mar a7",
        "meridian 9 march a7",
        "9 Mar a7",
        "Meridian 9 Mar 2024 a7",
        "Meridian 9 Mar a7:533",
        "Mer… 9 Mar a7",
        "Meridian 9 Mar",
    ],
)
def test_a_typed_handle_finds_its_article(typed: str) -> None:
    asked = handles.parse(typed)
    assert asked is not None
    assert handles.answers(described(publisher="Meridian"), asked)


@pytest.mark.parametrize(
    "typed", ["Meridian 8 Mar a7", "Courier 9 Mar a7", "Meridian 9 Mar b2", "9 Mar 2023 a7"]
)
def test_a_handle_of_another_finds_it_not(typed: str) -> None:
    asked = handles.parse(typed)
    assert asked is not None
    assert not handles.answers(described(publisher="Meridian"), asked)


@pytest.mark.parametrize("typed", ["talks.txt", "9 Nonsense a7", "tram strike", ""])
def test_other_words_are_no_handle(typed: str) -> None:
    assert handles.parse(typed) is None


STORIES = [
    StorySummary("s35e7", "Thieves take The Salt Carriers", date(2024, 3, 13), date(2024, 4, 12), (), ("Museum", "Aurel")),
    StorySummary("s9a13", "Vellmar's tram strike ends", date(2024, 3, 7), date(2024, 3, 28), (), ("Trams", "Dahl")),
    StorySummary("sb957", "Divers reach the Sea Heron", date(2024, 3, 5), date(2024, 4, 19), (), ("ferry", "museum")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("s9a13", ["s9a13"]),
        ("s9a", ["s9a13"]),
        ("tram strike", ["s9a13"]),
        ("Vellmar", ["s9a13"]),
        ("DAHL", ["s9a13"]),
        ("2024-03-28", ["s9a13"]),
        ("thie", ["s35e7"]),
        ("museum", ["s35e7", "sb957"]),
        ("museum ferry", ["sb957"]),
        ("zeppelin", []),
        ("", []),
    ],
)
def test_a_story_is_found_by_any_word_that_is_shown(typed: str, ids: list[str]) -> None:
    assert [s.id for s in lookup.stories(typed, STORIES)] == ids


def test_a_slip_is_answered_by_what_may_have_been_meant() -> None:
    assert [s.id for s in lookup.closest_stories("trma strike", STORIES)] == ["s9a13"]
    assert lookup.closest_stories("xyzzy", STORIES) == []
    found = lookup.closest_articles(
        "Meridan", [described(publisher="Meridian"), described(id="b", publisher="Post")]
    )
    assert [a.id for a in found] == ["a7c3e1f00d12"]
