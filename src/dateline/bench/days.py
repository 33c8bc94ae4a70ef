"""The day of a page: found on saved web pages, beside a table of right days as htmldate or fundus keep theirs.

htmldate (https://github.com/adbar/htmldate) has tables `{address: {"file": …, "date": …}}` with its pages in `cache` and `eval`; fundus
(https://github.com/flairNLP/fundus) a JSON file an outlet with the `publishing_date` of each version, and `OUTLET_DAY.html.gz` beside it.
Pages are read as files are: without their address.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.errors import SourceError
from dateline.records import Article
from dateline.sources import open_source

TARGETS = {"htmldate": 0.94, "fundus": 0.98}
"""Shares of right days to reach."""

_VERSION = re.compile(r"V\d+(?:_\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page, the right day of its article, and whose table says so."""

    path: Path
    day: date
    table: str


@dataclass(frozen=True, slots=True)
class FoundDay:
    """What was found of a page: the day and how; of one that was refused neither, and the reason."""

    page: Page
    day: date | None
    how: str

    @property
    def is_right(self) -> bool:
        """True where the day is the article's."""
        return self.day == self.page.day


def pages(folder: Path) -> list[Page]:
    """The pages under `folder` of which a table there tells the day. Raises SourceError where there is none."""
    at = {path.name: path for path in sorted(folder.rglob("*.htm*")) if path.is_file()}
    found = [page for table in sorted(folder.rglob("*.json")) for page in _told_by(table, at)]
    if not found:
        raise SourceError(
            f"{folder}: no page with a day; lay saved pages there, and a table {{address: {{file, date}}}} of their days as JSON"
        )
    return found


def _told_by(table: Path, at: Mapping[str, Path]) -> Iterator[Page]:
    try:
        told = json.loads(table.read_text(encoding="utf-8"))
    except ValueError:
        return
    if not isinstance(told, dict):
        return
    versions = {k: v for k, v in told.items() if _VERSION.match(k) and isinstance(v, dict)}
    if versions:
        yield from _of_fundus(table, versions)
        return
    for entry in told.values():
        if (
            isinstance(entry, dict)
            and (path := at.get(str(entry.get("file"))))
            and (day := _day(entry.get("date")))
        ):
            yield Page(path, day, "htmldate")


def _of_fundus(table: Path, versions: Mapping[str, Any]) -> Iterator[Page]:
    """The newest page of the outlet with its newest version's day, and so on back."""
    own = sorted(p for p in table.parent.glob(f"{table.stem}_*.html.gz") if _is_of(p.name, table.stem))
    days = [_day(versions[v].get("publishing_date")) for v in sorted(versions, key=_number)]
    for path, day in zip(reversed(own), reversed(days), strict=False):
        if day:
            yield Page(path, day, "fundus")


def _is_of(name: str, outlet: str) -> bool:
    return re.fullmatch(re.escape(outlet) + r"_\d{4}_\d\d_\d\d\.html\.gz", name) is not None


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", version))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def find(page: Page) -> FoundDay:
    """The day of a page as `dateline add` finds it."""
    reason = "refused"
    for found in open_source(str(page.path)):
        if isinstance(found, Article):
            return FoundDay(page, found.published, found.dated_by or "")
        reason = str(found).removeprefix(f"{page.path}: ")
    return FoundDay(page, None, reason)


def figures(found: Iterable[FoundDay]) -> Iterator[tuple[str, float, float | None]]:
    """By table how many pages there are, the share with the right day, and how many were refused; then by how the day was found."""
    every = list(found)
    for table in sorted({f.page.table for f in every}):
        of = [f for f in every if f.page.table == table]
        yield f"{table}: pages", len(of), None
        yield f"{table}: right day", sum(f.is_right for f in of) / len(of), TARGETS[table]
        yield f"{table}: refused", sum(f.day is None for f in of), None
    counts = Counter(f.how for f in every if f.day is not None)
    for how, count in counts.most_common():
        yield f"right of {count} by {how}", sum(f.is_right for f in every if f.how == how), None


def wrong(found: Iterable[FoundDay]) -> Iterator[str]:
    """A line a page whose day was not found: the file, its day, what was found instead, and how."""
    for f in found:
        if not f.is_right:
            yield f"{f.page.path.name}: {f.page.day}, found {f.day or 'none'} ({f.how})"
