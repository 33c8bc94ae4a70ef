"""Affairs: stories that share what tells them from other news are chapters of one; the order in which they are given is nothing."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.keeper import affairs
from dateline.keeper.affairs import Chapter
from dateline.notebook import affairs_by_story
from dateline.records import Member, StoryArticle, StorySummary
from tests.keeper.stories_by_hand import Report

START = date(2024, 1, 1)


def chapter(name: str, after: int, *words: str, reports: int = 1) -> Chapter:
    weight = 1 / math.sqrt(len(words))
    return Chapter(name, START + timedelta(days=after), reports, dict.fromkeys(words, weight))


def test_stories_that_share_rare_words_are_one_affair_and_others_are_not() -> None:
    found = affairs.link(
        [
            chapter("s3", 200, "isolde", "court", "owner", "jail"),
            chapter("s1", 0, "isolde", "orlen", "ferry", "storm"),
            chapter("s2", 5, "tarn", "milk", "tractor", "motorway"),
        ]
    )
    assert found == [["s1", "s3"], ["s2"]]


def test_a_story_joins_through_what_an_affair_has_gathered() -> None:
    """The last chapter shares nothing with the first, and enough with the second."""
    found = affairs.link(
        [
            chapter("s1", 0, "isolde", "ferry", "storm"),
            chapter("s2", 50, "isolde", "ferry", "owner", "court"),
            chapter("s3", 99, "owner", "court", "appeal"),
        ]
    )
    assert found == [["s1", "s2", "s3"]]


def test_a_story_taken_up_too_early_is_put_right_in_the_second_round() -> None:
    """When it began only one affair shared a word with it; the one that it belongs to began later."""
    found = affairs.link(
        [
            chapter("s1", 0, "price", *"abcdefgh"),
            chapter("s2", 1, "price", "milk", "quota"),
            chapter("s3", 2, "milk", "tarn", "tractor", "motorway", "barn", "hay"),
            chapter("s4", 3, "milk", "quota", "tarn", "tractor", "motorway"),
        ]
    )
    assert found == [["s1"], ["s2", "s3", "s4"]]


_WORDS = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=5, unique=True)


@given(st.lists(_WORDS, max_size=12), st.randoms())
def test_every_story_is_in_one_affair_whatever_the_order(stories: list[list[str]], dice: object) -> None:
    chapters = [chapter(f"s{n:02}", n // 2, *words, reports=1 + n % 3) for n, words in enumerate(stories)]
    found = affairs.link(chapters)
    assert sorted(s for some in found for s in some) == sorted(c.story for c in chapters)
    dice.shuffle(chapters)  # type: ignore[attr-defined]
    assert affairs.link(chapters) == found


def test_a_profile_is_of_names_and_rare_words_and_leaves_copies_out() -> None:
    report = Report("a", "2024-03-05").say("The ferry Isolde sank off Orlen and the Isolde was lost.")
    told = affairs.profile([report.file()])
    assert math.fsum(w * w for w in told.values()) == pytest.approx(1, abs=0.01)
    assert max(told, key=lambda word: told[word]) == "isolde"
    assert "the" not in told
    copy = Report("b", "2024-03-05").say("Tractors blocked the motorway near Tarn.").file()
    assert affairs.profile([report.file(), StoryArticle(copy.reading, duplicate_of="a")]) == told


def summary(name: str, after: int, reports: int, title: str, *keywords: str) -> StorySummary:
    day = START + timedelta(days=after)
    members = tuple(Member(f"{name}{n}", f"{name}{n}", day, None, None) for n in range(reports))
    return StorySummary(name, title, day, day, members, keywords)


def test_an_affair_is_called_as_its_largest_chapter_and_known_by_its_first() -> None:
    (found,) = affairs.find(
        [
            (summary("s77", 40, 3, "Owner of Isolde jailed", "Isolde", "court"), {"isolde": 1.0}),
            (summary("s11", 0, 1, "Isolde sinks", "Isolde", "storm"), {"isolde": 1.0}),
            (summary("s22", 3, 9, "Milk prices", "milk"), {"milk": 1.0}),
        ]
    )
    assert (found.id, found.stories, found.title) == ("a11", ("s11", "s77"), "Owner of Isolde jailed")
    assert (found.first, found.last, found.reports) == (START, START + timedelta(days=40), 4)
    assert found.keywords[0] == "Isolde"
    assert affairs_by_story([found]).keys() == {"s11", "s77"}


def test_a_story_without_a_profile_stands_alone_and_takes_no_other_in() -> None:
    nothing = Chapter("s1", START, 1, {})
    found = affairs.link([nothing, chapter("s2", 1, "isolde", "ferry"), chapter("s3", 2, "isolde", "ferry")])
    assert found == [["s1"], ["s2", "s3"]]


def test_more_affairs_than_there_was_room_for_at_first() -> None:
    stories = [chapter(f"s{n:03}", n, f"place{n % 150}", f"name{n % 150}") for n in range(300)]
    assert affairs.link(stories) == [[f"s{n:03}", f"s{n + 150:03}"] for n in range(150)]
