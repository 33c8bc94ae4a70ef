"""Days of feasts and observances: some by a rule of the calendar, the rest from a table of days."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from dateline.reader.calendar import feast_days
from dateline.reader.calendar.almanac import weekday_near


@cache
def _table() -> dict[str, dict[str, Any]]:
    content = (resources.files(__package__) / "tables" / "feasts.toml").read_text(encoding="utf-8")
    return {name: rule for rule in tomllib.loads(content)["feast"] for name in rule["names"]}


def day_of(name: str, year: int) -> date | None:
    """The day of the feast `name` (as written in `tables/feasts.toml`) in `year`, None where it is not known."""
    rule = _table().get(re.sub(r"[’`]", "'", " ".join(name.lower().split())))
    if rule is None or not 1583 <= year <= 4099:
        return None
    day = _base(rule, year)
    return day + timedelta(days=int(rule.get("shift", 0))) if day else None


def _base(rule: dict[str, Any], year: int) -> date | None:
    if "library" in rule:
        return feast_days.day_of(rule["library"], rule["called"], year)
    if rule.get("easter"):
        return easter(year)
    if "nth" in rule:
        first = date(year, rule["month"], rule.get("from", 1))
        return weekday_near(first, rule["weekday"], 1) + timedelta(weeks=rule["nth"] - 1)
    return date(year, rule["month"], rule["day"])


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)
