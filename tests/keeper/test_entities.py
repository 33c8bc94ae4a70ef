"""Names across articles, and places."""

from datetime import date

import pytest

from dateline.keeper import entities, gazetteer
from dateline.records import Article, Mention, MentionKind, Reading, Span, StoryArticle


def filed(
    *names: tuple[str, str, MentionKind], published: str = "2024-03-05", key: str = "a"
) -> StoryArticle:
    """An article that mentions (surface, entity, kind)."""
    text = " ".join(n[0] for n in names)
    mentions, at = [], 0
    for surface, entity, kind in names:
        mentions.append(Mention(Span(at, at + len(surface)), surface, kind, entity))
        at += len(surface) + 1
    return StoryArticle(
        Reading(Article(key, key, date.fromisoformat(published), text), mentions=tuple(mentions))
    )


def person(*names: str, key: str = "a") -> StoryArticle:
    return filed(*((n, n, "person") for n in names), key=key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stark", "Orvo Stark"),
        ("Lize Lindner", "Lise Lindner"),
        ("O. Stark", "Orvo Stark"),
        ("Lugansk", "Luhansk"),
        ("Kulembe", "Koulembé"),
        ("Kiev", "Kyiv"),
        ("NRU", "Northern Rail Union"),
        ("U.S.", "United States"),
        ("President Orvo Stark", "Orvo Stark"),
        ("Brakka", "Brakka Mining"),
    ],
)
def test_names_of_one_thing(one: str, other: str) -> None:
    assert entities.same_name(one, other)
    assert entities.same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Moe", "Per Moe"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
        ("Bank", "Norr Bank"),
        ("", "Moe"),
        ("Mali", "Bali"),
    ],
)
def test_names_of_different_things(one: str, other: str) -> None:
    assert not entities.same_name(one, other)


def test_people_join_across_articles() -> None:
    found = entities.group([person("Orvo Stark", "Ada Moe", key="a"), person("Stark", key="b")])
    assert [(e.name, e.mentions) for e in found] == [("Orvo Stark", 2), ("Ada Moe", 1)]


def test_people_of_one_surname_stay_apart() -> None:
    found = entities.group([person("Ada Moe", key="a"), person("Per Moe", key="b"), person("Moe", key="c")])
    assert {e.name for e in found} == {"Ada Moe", "Per Moe", "Moe"}


def test_spellings_of_a_place_join() -> None:
    found = entities.group(
        [filed(("Zelmova", "Zelmova", "place"), key="a"), filed(("Zelmowa", "Zelmowa", "place"), key="b")]
    )
    assert [(len(e.forms), e.country) for e in found] == [(2, None)]


def test_order_of_articles_does_not_matter() -> None:
    items = [person("Orvo Stark", key="a"), person("Stark", key="b"), person("Ada Moe", key="c")]
    assert entities.group(items) == entities.group(items[::-1])


def test_places_get_coordinates() -> None:
    (found,) = entities.group([filed(("Lugansk", "Lugansk", "place"))])
    assert found.country == "UA"
    assert found.latitude == pytest.approx(48.57, abs=0.1)


def test_context_chooses_among_like_names() -> None:
    assert gazetteer.locate("Valencia", {"VE"}).country == "VE"  # type: ignore[union-attr]
    assert gazetteer.locate("Paris").country == "FR"  # type: ignore[union-attr]


def test_doubt_is_none() -> None:
    assert gazetteer.locate("Springfield") is None
    assert gazetteer.locate("Hartvikmoor") is None


def test_nothing_from_nothing() -> None:
    assert entities.group([]) == []
