"""Handles: short names of articles that people can say and type, "Meridian 9 Mar a7": outlet, day and the id's beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from urllib.parse import urlsplit

from dateline.language.datelines import credit
from dateline.language.days import SHORT_MONTHS
from dateline.records import ArticleSummary

_SHORTEST = 2
_OUTLET_MOST = 18
_DATED = re.compile(r"^\d{4}-?\d\d-?\d\d[-_ ]*")
_HANDLE = re.compile(
    r"(?:(?P<outlet>.*?)[\s,]+)?(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3})[a-z]*\.?(?:\s+(?P<year>\d{4}))?(?:\s+(?P<id>[0-9a-f]{2,12}))?\Z"
)
PLACE = re.compile(r"(?<=[0-9a-f]):(\d+)\Z")
"""The character that a listing gives after a handle."""


@dataclass(frozen=True, slots=True)
class HandleQuery:
    """What a typed handle asks for: an article of that day and month (of any year where none is told) whose id begins so,
    whatever its id where that is empty."""

    outlet: str
    day: int
    month: int
    year: int | None
    id: str


def outlet_of(article: ArticleSummary) -> str | None:
    """Who published an article, as far as it tells: its publisher, the credit in its dateline, or the host of its address."""
    if article.publisher:
        return article.publisher
    for address in (article.url, article.source):
        if address and "://" in address and (host := urlsplit(address).hostname):
            return host.removeprefix("www.")
    return credit(article.opening).strip() or None


def name_of(article: ArticleSummary, most: int = _OUTLET_MOST) -> str:
    """What an article goes by in its handle: its outlet, else the first words of its title, else its file's name."""
    name = outlet_of(article) or article.title or _DATED.sub("", PurePath(article.source).stem)
    name = " ".join(name.split()) or "report"
    if len(name) <= most:
        return name
    # whole words where the first one fits
    return (name[: most + 1].rpartition(" ")[0] or name[:most]).rstrip(" ,;:.-–—") + "…"


def handle(article: ArticleSummary, same_day: Iterable[str], today: date) -> str:
    """The handle of an article; `same_day` are the ids of all of its day, from which its own is told apart.

    The year is left out where it is that of `today`.
    """
    others = [i for i in same_day if i != article.id]
    length = _SHORTEST
    while length < len(article.id) and any(i.startswith(article.id[:length]) for i in others):
        length += 1
    day = article.published
    year = f" {day.year}" if day.year != today.year else ""
    return f"{name_of(article)} {day.day} {SHORT_MONTHS[day.month - 1]}{year} {article.id[:length]}"


def parse(key: str) -> HandleQuery | None:
    """What `key` asks for, where it is written as handles are; the character after it (`:533`) does not count."""
    found = _HANDLE.match(PLACE.sub("", " ".join(key.split())))
    if found is None:
        return None
    months = [m.casefold() for m in SHORT_MONTHS]
    month = found["month"].casefold()
    if month not in months:
        return None
    year = int(found["year"]) if found["year"] else None
    return HandleQuery(
        found["outlet"] or "", int(found["day"]), months.index(month) + 1, year, found["id"] or ""
    )


def is_beginning(key: str) -> bool:
    """True where `key` may be the beginning of an id, as a handle's last word is."""
    return re.fullmatch(r"[0-9a-f]{2,12}", key) is not None


def answers(article: ArticleSummary, asked: HandleQuery) -> bool:
    """True where `article` is one that `asked` may mean; the outlet may be cut short."""
    day = article.published
    outlet = asked.outlet.rstrip(" .…").casefold()
    return (
        (day.day, day.month) == (asked.day, asked.month)
        and asked.year in (None, day.year)
        and article.id.startswith(asked.id)
        and (not outlet or name_of(article).casefold().startswith(outlet))
    )
