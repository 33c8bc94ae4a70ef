"""Which names may stand for one thing, and that the keys find what comparing finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.name_forms import keys, may_stand_for, parts
from dateline.records import MentionKind


def is_found(kind: MentionKind, short: str, full: str) -> bool:
    """Whether a name is looked up under a key of another one."""
    return not keys(kind, short).isdisjoint(keys(kind, full))


@pytest.mark.parametrize(
    ("kind", "short", "full"),
    [
        ("person", "Holt", "Ada Holt"),
        ("person", "Ada", "Ada Holt"),
        ("person", "Dr Holt", "Ada Holt"),
        ("person", "A. Holt", "Ada Holt"),
        ("nationality", "Velians", "Velian"),
        ("organisation", "Orlen", "Orlen Ferries"),
        ("organisation", "Ferries", "Orlen Ferries"),
        ("organisation", "NRU", "Northern Rail Union"),
        ("place", "Lugansk", "Luhansk"),
    ],
)
def test_a_short_form_may_stand_for_the_full_one(kind: MentionKind, short: str, full: str) -> None:
    assert may_stand_for(kind, short, full)
    assert is_found(kind, short, full)


@pytest.mark.parametrize(
    ("kind", "short", "full"),
    [
        ("person", "Ada Holt", "Per Holt"),
        ("person", "Al", "Al Mounir"),
        ("place", "Orana", "Orana Bridge"),
        ("place", "North", "North Velia"),
        ("organisation", "Council", "Council of Skelby"),
        ("organisation", "Orlen Ferries", "Orlen"),
        ("place", "Skelby", "Skelby North"),
        ("nationality", "Swiss", "Swis"),
        ("place", "", "Skelby"),
    ],
)
def test_a_form_that_stands_for_something_else(kind: MentionKind, short: str, full: str) -> None:
    assert not may_stand_for(kind, short, full)


def test_titles_and_suffixes_are_no_part_of_a_person() -> None:
    assert parts("person", "President Ada Holt Jr.") == ("ada", "holt")
    assert parts("organisation", "Orlen Ferries") == ("orlen", "ferries")


WORDS = st.sampled_from(
    ["Ada", "Per", "Holt", "Hollt", "A.", "Orlen", "North", "Ferries", "province", "NRU", "Union", "Rail"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(st.sampled_from(["person", "organisation", "place", "nationality"]), NAMES, NAMES)
def test_whatever_may_stand_for_a_name_is_looked_up_under_a_key_of_it(
    kind: MentionKind, short: str, full: str
) -> None:
    if may_stand_for(kind, short, full):
        assert is_found(kind, short, full)
