"""Products of stories' weights, many at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.keeper import weight_rows
from dateline.keeper.weight_rows import WeightRows

TERMS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.25, 4), max_size=5)
STORIES = st.lists(st.tuples(TERMS, TERMS), min_size=1, max_size=5)


def _product(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)


@given(STORIES)
def test_products_are_those_of_two_and_two(stories: list[tuple[dict[str, float], ...]]) -> None:
    rows = WeightRows(2)
    names = [f"s{number}" for number in range(len(stories))]
    for name, weights in zip(names, stories, strict=True):
        rows.put(name, weights)
    # twice, since the first leaves nothing behind
    for _ in range(2):
        for name, weights in zip(names, stories, strict=True):
            assert rows.products(name, names).tolist() == [
                pytest.approx([_product(*pair) for pair in zip(weights, other, strict=True)])
                for other in stories
            ]


def test_against_nothing_there_is_nothing() -> None:
    rows = WeightRows(1)
    rows.put("s", [{"ferry": 1.0}])
    assert rows.products("s", []).shape == (0, 1)


def test_terms_of_no_story_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight_rows, "_LEAST_SHED", 8)
    rows = WeightRows(2)
    rows._shed_at = 8
    rows.put("kept", [{"ferry": 2.0}, {"Arlen": 3.0}])
    for number in range(100):
        rows.put("other", [{"ferry": 1.0, f"word {number}": 1.0}, {f"name {number}": 1.0, "Arlen": 0.5}])
        assert rows.products("kept", ["other"]).tolist() == [[2.0, 1.5]]
    assert len(rows._numbers) < 20
    rows.remove("other")
    rows.remove("other")
    assert rows.products("kept", ["kept"]).tolist() == [[4.0, 9.0]]
