"""Places by name: the countries, US states and cities over 15,000 people of the bundled GeoNames table, and the
regions that news names most.

It holds no other provinces, no rivers, buildings or fronts, and says so by returning None.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from dateline.keeper import place_table
from dateline.keeper.centroids import CENTROIDS, NOWHERE, REGIONS
from dateline.language.spelling import fold

_BIG_LEAD = 0.6
"""How far (in tenfolds of population) the first of several like names must lead to be chosen without context."""
_NEAR = 2.5
"""What a country named in the same reports is worth, in tenfolds of population."""

_REGION_POPULATION = 2_000_000
"""What a region of the table is taken to have."""
_KINDS_OF_PLACE = (" city", " province", " region", " state", " district", " oblast")
"""What may stand behind a place's name without being a part of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. `country` is its ISO 3166 code; `population` 0 where unknown."""

    name: str
    kind: Literal["country", "region", "city"]
    country: str
    latitude: float | None
    longitude: float | None
    population: int
    known_as: bool = False


_OTHER_NAMES: dict[str, str] = {
    "US": "US,USA,U.S.,U.S.A.,America,United States of America,the States",
    "GB": "UK,U.K.,Britain,Great Britain",
    "RU": "Russian Federation",
    "KR": "South Korea,Republic of Korea",
    "KP": "North Korea,DPRK",
    "CD": "DR Congo,Congo,DRC,Congo-Kinshasa",
    "CG": "Congo-Brazzaville,Republic of Congo",
    "CI": "Côte d'Ivoire,Cote d'Ivoire",
    "CZ": "Czech Republic",
    "MM": "Burma",
    "AE": "UAE,U.A.E.,Emirates",
    "MK": "Macedonia",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "VA": "Holy See",
    "PS": "Palestine,Palestinian territories",
    "TR": "Türkiye,Turkiye",
    "CV": "Cape Verde",
    "NL": "Holland,Netherlands",
    "BO": "Bolivia",
    "SY": "Syria",
    "IR": "Iran",
    "LA": "Laos",
    "MD": "Moldova",
    "TZ": "Tanzania",
    "VN": "Vietnam",
    "TW": "Taiwan",
    "HK": "Hong Kong",
}


@cache
def _regions() -> dict[str, tuple[Place, ...]]:
    """Countries, US states and regions by their names' keys."""
    source = place_table.load()
    found: dict[str, list[Place]] = {}

    def add(name: str, place: Place) -> None:
        if key := place_table.key_of(name):
            found.setdefault(key, []).append(place)

    states: dict[str, list[tuple[float, float, int]]] = {}
    for city in source.cities("US"):
        if city.state:
            states.setdefault(city.state, []).append((city.latitude, city.longitude, city.population))
    for code, (country, population) in source.countries.items():
        latitude, longitude = CENTROIDS.get(code, (None, None))
        place = Place(country, "country", code, latitude, longitude, population)
        for name in (country, *_OTHER_NAMES.get(code, "").split(",")):
            add(name, place)
    for code, state in source.states.items():
        cities = states.get(code, [])
        if cities:
            latitude = (min(c[0] for c in cities) + max(c[0] for c in cities)) / 2
            longitude = (min(c[1] for c in cities) + max(c[1] for c in cities)) / 2
            add(state, Place(state, "region", "US", latitude, longitude, sum(c[2] for c in cities)))
    for code, names, latitude, longitude in REGIONS:
        region = Place(names.split(",")[0], "region", code, latitude, longitude, _REGION_POPULATION)
        for name in names.split(","):
            add(name, region)
    return {key: tuple(places) for key, places in found.items()}


@lru_cache(maxsize=20_000)
def _places(key: str) -> tuple[Place, ...]:
    """The places of which a name has that key."""
    found = list(_regions().get(key, ()))
    for city in place_table.load().named(key):
        where = (city.latitude, city.longitude, city.population)
        if place_table.key_of(city.name) == key:
            found.append(Place(city.name, "city", city.country, *where))
        if any(place_table.key_of(name) == key for name in city.other_names):
            found.append(Place(city.name, "city", city.country, *where, True))
    return tuple(found)


def candidates(name: str) -> tuple[Place, ...]:
    """Every place of that name, in no order; empty where the gazetteer has none."""
    bare = fold(name)
    if bare in NOWHERE:
        return ()
    if found := _places(bare):
        return found
    for suffix in _KINDS_OF_PLACE:
        if bare.endswith(suffix) and (found := _places(bare.removesuffix(suffix))):
            return found
    return _places(bare.removeprefix("the "))


def weight(place: Place, countries: Collection[str]) -> float:
    """How likely a name means the place: by its population, and by whether its country is spoken of beside it."""
    importance = math.log10(place.population + 10)
    if place.kind == "country":
        importance += 3.0
    elif place.kind == "region":
        importance += 0.7
    elif place.known_as:
        importance -= 0.8
    return importance + (_NEAR if place.country in countries and place.kind != "country" else 0.0)


def locate(name: str, countries: Collection[str] = (), *, sure: bool = True) -> Place | None:
    """The place that `name` means where `countries` (ISO codes) are spoken of; None where there is none or no telling.

    With `sure` False the likeliest is given even where another comes close.
    """
    found: dict[tuple[str, float | None], Place] = {}
    for place in sorted(candidates(name), key=lambda p: (p.known_as, p.name)):
        found.setdefault((place.country, place.latitude), place)
    ranked = sorted(found.values(), key=lambda p: (-weight(p, countries), p.country, p.name))
    if not ranked:
        return None
    best = ranked[0]
    if sure:
        lead = weight(best, countries) - weight(ranked[1], countries) if len(ranked) > 1 else math.inf
        if lead < _BIG_LEAD and not _is_close(best, ranked[1]):
            return None
        if best.known_as and best.country not in countries and best.population < 100_000:
            return None
    return best


def _is_close(one: Place, other: Place) -> bool:
    """True where two places lie within 50 km: a town and its suburb of one name."""
    return distance(one, other) <= 50


def distance(one: Place, other: Place) -> float:
    """Kilometres between two places along the great circle; infinite where either has no coordinates."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return math.inf
    return kilometres(one.latitude or 0, one.longitude or 0, other.latitude or 0, other.longitude or 0)


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres between two points along the great circle (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def countries_of(names: Iterable[str]) -> frozenset[str]:
    """The countries that the names speak of: those named, those of the states and of cities that are beyond doubt."""
    found = set()
    for name in names:
        place = locate(name)
        if place is not None and (place.kind != "city" or place.population >= 300_000):
            found.add(place.country)
    return frozenset(found)
