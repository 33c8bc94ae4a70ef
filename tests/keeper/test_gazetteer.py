"""Places by name, where they are, and when there is no telling."""

from __future__ import annotations

import math

import pytest

from dateline.keeper.gazetteer import Place, candidates, countries_of, distance, kilometres, locate


@pytest.mark.parametrize(
    ("name", "spoken_of", "country", "kind"),
    [
        ("Norway", (), "NO", "country"),
        ("the Netherlands", (), "NL", "country"),
        ("Iran", (), "IR", "country"),
        ("Paris", (), "FR", "city"),
        ("Valencia", ("VE",), "VE", "city"),
        ("Valencia", ("ES",), "ES", "city"),
        ("Texas", (), "US", "region"),
        ("Oslo city", (), "NO", "city"),
    ],
)
def test_a_place_is_located_by_its_name_and_what_is_spoken_of(
    name: str, spoken_of: tuple[str, ...], country: str, kind: str
) -> None:
    found = locate(name, spoken_of)
    assert found is not None
    assert (found.country, found.kind) == (country, kind)


@pytest.mark.parametrize("name", ["Springfield", "Hartvikmoor", "", "the"])
def test_where_there_is_no_telling_there_is_none(name: str) -> None:
    assert locate(name) is None


def test_without_being_sure_the_likeliest_is_given() -> None:
    found = locate("Springfield", sure=False)
    assert found is not None
    assert found.country == "US"
    assert found in candidates("Springfield")


def test_distances_are_those_of_the_great_circle() -> None:
    assert kilometres(0, 0, 0, 90) == pytest.approx(6371 * math.pi / 2)
    assert kilometres(59.91, 10.75, 59.91, 10.75) == 0
    oslo, paris = locate("Oslo"), locate("Paris")
    assert oslo is not None
    assert paris is not None
    assert distance(oslo, paris) == distance(paris, oslo) == pytest.approx(1344, abs=15)
    assert distance(oslo, Place("Nowhere", "city", "NO", None, None, 0)) == math.inf


def test_countries_are_those_named_and_those_of_places_beyond_doubt() -> None:
    assert countries_of(["Norway", "Paris", "Springfield", "Hartvikmoor"]) == {"NO", "FR"}
    assert countries_of([]) == frozenset()
