"""Copies, trimmed copies, revisions and page furniture."""

from __future__ import annotations

import random
from datetime import date, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.keeper.copies import Copies, DayCopies, overlap
from dateline.keeper.reports import Report
from dateline.keeper.shingles import shingles
from dateline.records import Article, Reading

DAY = date(2024, 5, 6)
WORDS = [
    a + b
    for a in ("bar", "ten", "mil", "sor", "kel", "dun", "pra", "vos")
    for b in ("ra", "lo", "min", "tek", "san", "du")
]


def prose(seed: int, sentences: int = 14) -> str:
    """Sentences of made-up words, different for each seed."""
    dice = random.Random(seed)
    lines = [" ".join(dice.choices(WORDS, k=12)).capitalize() + "." for _ in range(sentences)]
    return " ".join(lines)


def article(
    name: str,
    text: str,
    title: str | None = None,
    publisher: str | None = None,
    day: date = DAY,
    at: datetime | None = None,
) -> Reading:
    return Reading(Article(name, f"{name}.txt", day, text, title=title, publisher=publisher, published_at=at))


def placed(copies: Copies, *readings: Reading, day: date = DAY) -> DayCopies:
    return copies.place_day(day, [Report.of(reading) for reading in readings])


def links(*readings: Reading) -> dict[str, tuple[str | None, str | None]]:
    found = placed(Copies(), *readings).links
    return {name: (link.duplicate_of, link.revision_of) for name, link in found.items()}


def test_the_same_text_is_a_copy() -> None:
    assert links(article("a", prose(1)), article("b", prose(1))) == {"b": ("a", None)}


def test_other_texts_are_not() -> None:
    assert links(article("a", prose(1)), article("b", prose(2))) == {}


def test_small_edits_and_a_new_headline_leave_a_copy() -> None:
    text = prose(3, 20)
    edited = text.replace("barra", "barro", 2).replace(". Ten", ", and ten", 1)
    found = links(
        article("a", text, "Council votes for the bridge", "Agency"),
        article("b", edited, "Bridge gets its vote", "The Herald"),
    )
    assert found == {"b": ("a", None)}


def test_a_trimmed_copy_is_found_whichever_came_first() -> None:
    text = prose(4, 30)
    short = " ".join(text.split()[:120])
    assert links(article("a", text), article("b", short)) == {"b": ("a", None)}
    assert links(article("a", short), article("b", text)) == {"b": ("a", None)}


def test_a_quoted_passage_is_no_copy() -> None:
    quoted = " ".join(prose(5).split()[:40])
    assert links(article("a", prose(5, 30)), article("b", prose(6, 20) + " " + quoted)) == {}


def test_a_later_version_by_the_same_outlet_is_a_revision() -> None:
    text = prose(7, 20)
    found = links(
        article("a", text, "Ferry runs aground", "The Herald", at=datetime(2024, 5, 6, 9)),
        article(
            "b",
            text + " " + prose(8, 6),
            "Ferry runs aground off Sill",
            "The Herald",
            at=datetime(2024, 5, 6, 15),
        ),
    )
    assert found == {"b": (None, "a")}


def test_where_the_outlet_is_unknown_the_wording_tells_a_revision() -> None:
    text = prose(9, 20)
    first = article("z", "SILL (AGE) - " + text + "\n\nThis story is being updated.")
    later = article(
        "a", "SILL (AGE) - " + text + " " + prose(10, 6) + "\n\n(Updates with number of passengers)"
    )
    assert links(first, later) == {"a": (None, "z")}, "the mark of an update counts, not the order of ids"


def test_a_copy_of_a_revision_goes_with_the_first_version() -> None:
    text, more = prose(11, 20), prose(12, 9)
    copies = Copies()
    found = placed(
        copies,
        article("a", text, "Ferry runs aground", "The Herald", at=datetime(2024, 5, 6, 9)),
        article("b", text + " " + more, "Ferry runs aground", "The Herald", at=datetime(2024, 5, 6, 12)),
        article("c", text + " " + more, "Ship on rocks", "Daily Post", at=datetime(2024, 5, 6, 13)),
    ).links
    assert found["b"].revision_of == "a"
    assert found["c"].duplicate_of == "b"
    assert found["c"].root == "a"


def test_pages_of_furniture_are_no_copies_of_each_other() -> None:
    page = "\n".join(prose(s, 3) for s in range(20, 26))
    titles = [
        "Mayor resigns over bridge",
        "Flood closes the harbour",
        "Cup final goes to penalties",
        "Wheat price falls",
    ]
    pages = [article(f"p{i}", page, title, "The Herald") for i, title in enumerate(titles)]
    assert links(*pages) == {}


def test_recurring_lines_are_left_out_of_the_comparison() -> None:
    foot = "\n".join(prose(s, 2) for s in range(30, 38))
    titles = [
        "Mayor resigns over bridge",
        "Flood closes the harbour",
        "Cup final goes to penalties",
        "Wheat price falls",
    ]
    pages = [
        article(f"p{i}", prose(40 + i, 4) + "\n" + foot, title, "The Herald")
        for i, title in enumerate(titles)
    ]
    bodies = placed(Copies(), *pages).bodies
    assert [b.text.strip() for b in bodies.values()] == [prose(40 + i, 4) for i in range(4)]


def test_an_original_is_remembered_for_days_and_then_let_go() -> None:
    for later, expected in ((date(2024, 5, 10), {"b"}), (date(2024, 7, 1), set())):
        copies = Copies()
        placed(copies, article("a", prose(1)))
        assert placed(copies, article("b", prose(1), day=later), day=later).links.keys() == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1), st.lists(st.integers(0, 300), min_size=1))
def test_overlap_is_exact(a: list[int], b: list[int]) -> None:
    one, two = set(a), set(b)
    jaccard, contained = overlap(np.array(sorted(one), np.uint32), np.array(sorted(two), np.uint32))
    assert jaccard == len(one & two) / len(one | two)
    assert contained == len(one & two) / min(len(one), len(two))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_shingles_are_the_distinct_runs_of_five_words(words: list[str]) -> None:
    runs = {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))}
    assert len(shingles(", ".join(words).upper())) == len(runs)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_a_days_articles_does_not_matter(order: list[int]) -> None:
    texts = [prose(1), prose(1) + " " + prose(50, 2), prose(2), prose(2), prose(3), prose(4)]
    readings = [article(f"n{i}", text) for i, text in enumerate(texts)]
    assert links(*(readings[i] for i in order)) == links(*readings)
