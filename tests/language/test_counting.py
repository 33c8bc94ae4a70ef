"""Things counted in words."""

from __future__ import annotations

import pytest

from dateline.language.counting import counted


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [(0, ["row"], "0 rows"), (1, ["row"], "1 row"), (1204, ["row"], "1,204 rows"), (2, ["copy", "copies"], "2 copies")],
)  # fmt: skip
def test_a_number_with_what_it_counts(number: int, words: list[str], told: str) -> None:
    assert counted(number, *words) == told
