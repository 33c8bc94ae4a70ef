"""Days of feasts that no rule of the calendar gives, bundled: as the `holidays` library has them for a country.

The table has 24 kB where that library installs 14 MB. `python -m dateline.reader.calendar.feast_days` makes it anew from the library,
which only who makes it needs. A line is a country, the name of a feast, and its first day in each year that is known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

_TABLES = resources.files(__package__) / "tables"
_FILE = "feast_days.tsv"
_YEARS = range(1583, 4100)


def day_of(country: str, name: str, year: int) -> date | None:
    """The first day of the feast of that name in `year`, None where the table does not know it."""
    return _days_of_feasts().get((country, name), {}).get(year)


@cache
def _days_of_feasts() -> dict[tuple[str, str], dict[int, date]]:
    found = {}
    for line in (_TABLES / _FILE).read_text(encoding="utf-8").splitlines():
        country, name, *days = line.split("\t")
        found[country, name] = {day.year: day for day in map(date.fromisoformat, days)}
    return found


def make() -> str:
    """The content of the table, from `holidays`; the same from the same version of it."""
    feasts = tomllib.loads((_TABLES / "feasts.toml").read_text(encoding="utf-8"))["feast"]
    asked = sorted({(feast["library"], feast["called"]) for feast in feasts if "library" in feast})
    return "".join("\t".join((*feast, *_from_library(*feast))) + "\n" for feast in asked)


def _from_library(country: str, called: str) -> Iterator[str]:
    import holidays

    for year in _YEARS:
        named = holidays.country_holidays(country, years=year, observed=False, language="en_US")
        days = [day for day, names in named.items() if called.lower() in str(names).lower()]
        if days:
            yield min(days).isoformat()


if __name__ == "__main__":
    (Path(__file__).parent / "tables" / _FILE).write_text(make(), encoding="utf-8")
