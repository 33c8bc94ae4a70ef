"""What every format shares: options, warnings, dates as they are written in the wild, and an article's id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath

from dateline.errors import BadDate
from dateline.records import Article


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read sources.

    `published` dates the articles that bear no date of their own; `columns` maps our fields (text, title, published,
    url, publisher, language) to the names that a table uses for them; `passed_over` are real paths of files
    in a folder that are not meant.
    """

    published: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    passed_over: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """Something in a source that a reader should know, though its articles were kept."""

    message: str


def article_id(source: str, published: date, title: str | None, text: str) -> str:
    """A stable id of 12 hexadecimal digits: the same file read from another folder keeps its id."""
    name = source if "://" in source else PurePath(source).name
    digest = hashlib.sha256(
        "\0".join((name, published.isoformat(), title or "", text)).encode("utf-8", "surrogatepass")
    )
    return digest.hexdigest()[:12]


def make_article(
    source: str,
    published: date | datetime,
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
) -> Article:
    """An article with its id. A `datetime` is kept as `published_at`; its own day is the article's day."""
    day = published.date() if isinstance(published, datetime) else published
    # a lone surrogate (from a broken \ud83d escape in JSON) can be stored by no database
    text = text.encode("utf-8", "replace").decode("utf-8")
    title = title.encode("utf-8", "replace").decode("utf-8").strip() or None if title else None
    return Article(
        id=article_id(source, day, title, text),
        source=source,
        published=day,
        text=text,
        title=title,
        url=url or None,
        publisher=publisher or None,
        language=language or None,
        published_at=published if isinstance(published, datetime) else None,
    )


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z|(\d{4})(\d{2})(\d{2})\Z")
_DAY_MONTH_YEAR = re.compile(r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+(\d{4})\Z")
_MONTH_DAY_YEAR = re.compile(r"(?:[A-Za-z]+,?\s+)??([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z")


def parse_published(value: object, where: str) -> date | datetime | None:
    """The day or moment that `value` tells, or None where it tells none.

    Reads ISO 8601, `20240301`, RFC 2822, `1 March 2024`, `March 1, 2024` and seconds or milliseconds since 1970.
    Raises BadDate, naming `where`, for a date that does not exist.
    """
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(float(value))
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    try:
        return _from_words(text)
    except ValueError as error:
        raise BadDate(
            f"{where}: there is no such day as {text!r}; mend the date or give one with --date"
        ) from error


def _from_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number > 1e11 else number
    # below 1973 a bare number is likelier a year or a count than a moment
    return datetime.fromtimestamp(seconds, UTC) if 1e8 <= seconds < 4.1e9 else None


def _from_words(text: str) -> date | datetime | None:
    if match := _ISO_DAY.match(text):
        year, month, day = (int(part) for part in match.groups() if part)
        return date(year, month, day)
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text):
        return datetime.fromisoformat(text)
    if match := _DAY_MONTH_YEAR.match(text):
        if month_number := _MONTHS.get(match[2].lower()):
            return date(int(match[3]), month_number, int(match[1]))
    elif (match := _MONTH_DAY_YEAR.match(text)) and (month_number := _MONTHS.get(match[1].lower())):
        return date(int(match[3]), month_number, int(match[2]))
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", text):
        return _from_epoch(float(text))
    if re.search(r"\d{1,2} [A-Z][a-z]{2} \d{2,4} \d", text):
        return parsedate_to_datetime(text)
    return None
