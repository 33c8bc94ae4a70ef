"""Words cut to what their forms share."""

from __future__ import annotations

import pytest

from dateline.language.stems import singular, stem


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("Ferries", "ferry"),
        ("ferry's", "ferry"),
        ("bridges", "bridge"),
        ("glass", "glass"),
        ("crisis", "crisis"),
        ("bus", "bus"),
        ("O’Hara’s", "ohara"),
    ],
)
def test_endings_of_possessives_and_plurals_are_cut(word: str, stemmed: str) -> None:
    assert singular(word) == stemmed


def test_the_forms_of_a_verb_have_one_stem() -> None:
    assert {stem(word) for word in ("ratify", "Ratified", "ratifies", "ratifying")} == {"ratifi"}
