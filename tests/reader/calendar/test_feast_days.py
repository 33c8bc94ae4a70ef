"""The table of days of feasts, and what it is made of."""

from __future__ import annotations

from datetime import date
from importlib import metadata, resources

import pytest

from dateline.reader.calendar import feast_days, feasts


def test_feasts_by_the_moon_have_their_days() -> None:
    assert feasts.day_of("Lunar New Year", 2024) == date(2024, 2, 10)
    assert feasts.day_of("Yom Kippur", 2023) == date(2023, 9, 25)
    assert feasts.day_of("Ramadan", 2024) == date(2024, 3, 10)


def test_a_law_that_moved_a_feast_is_known() -> None:
    assert feasts.day_of("Memorial Day", 1960) == date(1960, 5, 30)
    assert feasts.day_of("Memorial Day", 2022) == date(2022, 5, 30)
    assert feasts.day_of("Memorial Day", 2023) == date(2023, 5, 29)


def test_a_year_that_the_table_does_not_have_has_no_day() -> None:
    assert feasts.day_of("Martin Luther King Day", 1950) is None
    assert feast_days.day_of("US", "no such feast", 2024) is None


def test_it_is_what_the_library_that_it_is_made_of_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    if metadata.version("holidays") != "0.109":
        pytest.skip("the table was made of another version")
    # a year takes long to work out
    monkeypatch.setattr(feast_days, "_YEARS", (1960, 2024))
    bundled = resources.files("dateline.reader.calendar").joinpath("tables/feast_days.tsv").read_text("utf-8")
    held = [line.split("\t") for line in bundled.splitlines()]
    expected = [
        "\t".join([*line[:2], *(day for day in line[2:] if day[:4] in ("1960", "2024"))]) for line in held
    ]
    assert feast_days.make().splitlines() == expected
