"""What one part of the reader takes from another."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.reader import Reader
from dateline.records import Article
from tests.plain_model import PlainModel


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The song was by Sunday Marlowe. It was played on Monday.", ["Monday"]),
        ("They asked Wednesday Harbour to play in June.", ["June"]),
        ("The song was played on Sunday.", ["Sunday"]),
    ],
)
def test_a_day_in_a_name_is_no_time(text: str, times: list[str]) -> None:
    reading = Reader(PlainModel()).read(Article("a", "a.txt", date(2024, 3, 6), text))
    assert [time.text for time in reading.times] == times
