"""What every format shares: options, warnings, and how an article is made with its id and its language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from dateline.errors import SourceError
from dateline.language.days import last_day_of_news
from dateline.records import Article, Validators
from dateline.sources.bounds import Bounds
from dateline.sources.dates import Order
from dateline.sources.languages import find_language

if TYPE_CHECKING:
    from dateline.sources.fetching import Fetcher

# ends what an article says of a day that nobody stated as the day of publication
GUESSED = " (guessed)"
# how an article says that `--date` gave its day
BY_OPTION = "--date"


class Memory(Protocol):
    """Who remembers, between runs, which addresses were fetched."""

    def recall(self, address: str) -> Validators | None:
        """What the server of an address said last, or None where it was never fetched or said nothing."""

    def remember(self, address: str, validators: Validators) -> None:
        """Keep what it said, once the articles that came of it are safe."""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read sources.

    `published` dates the articles that bear no date of their own; `columns` maps our fields (text, title, published,
    url, publisher, language) to the names that a table uses for them; `passed_over` are real paths of files
    in a folder that are not meant. `date_order` reads 3/8/2024; `follow` fetches the pages that a feed links to;
    `allow_private` lets addresses of this machine and its network be fetched; `delay` are the seconds between two
    requests to a host; `memory` knows what was fetched before; a `fetcher` that is given is used again, with what it knows
    of the sites (it has its own `allow_private` and `delay`).
    """

    published: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    passed_over: frozenset[str] = frozenset()
    date_order: Order | None = None
    follow: bool = False
    allow_private: bool = False
    delay: float = 1.0
    memory: Memory | None = None
    fetcher: Fetcher | None = None
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """Something in a source that a reader should know, though its articles were kept."""

    message: str


SourceItem = Article | SourceError | SourceWarning
"""What a source gives, one after another."""

_ROW = re.compile(r"#\d+\Z")


def article_id(source: str, published: date, title: str | None, text: str) -> str:
    """A stable id of 12 hexadecimal digits: the same file read from another folder keeps its id.

    Neither the number of a row nor its place in the file counts, so rows that are put above others add only themselves.
    """
    name = _ROW.sub("", source)
    name = name if "://" in name else PurePath(name).name.removesuffix(".gz")
    digest = hashlib.sha256(
        "\0".join((name, published.isoformat(), title or "", text)).encode("utf-8", "surrogatepass")
    )
    return digest.hexdigest()[:12]


def storable(text: str) -> str:
    """`text` without lone surrogates (of a broken \\ud83d in JSON, or a file name that is not UTF-8)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def make_article(
    source: str,
    published: date | datetime,
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    dated_by: str | None = None,
) -> Article:
    """An article with its id. A `datetime` is kept as `published_at`; its own day is the article's day.

    The language is what the text shows, where it is long enough to tell, else what was declared. A row or page with
    an address of its own is known by that.
    """
    day = published.date() if isinstance(published, datetime) else published
    source, text = storable(source), storable(text)
    title = _line(title)
    url = _line(url)
    key = url if url and "#" in source else source
    return Article(
        id=article_id(key, day, title, text),
        source=source,
        published=day,
        text=text,
        title=title,
        url=url,
        publisher=_line(publisher),
        language=find_language(text, _line(language)),
        published_at=published if isinstance(published, datetime) else None,
        dated_by=dated_by,
    )


def _line(value: str | None) -> str | None:
    return (" ".join(storable(value).split()) or None) if value else None


def doubts(article: Article, today: date | None = None) -> SourceWarning | None:
    """What is to be said of an article's day: guessed, ahead of today, or before there was news."""
    today = today or date.today()
    if article.published > last_day_of_news(today):
        return SourceWarning(
            f"{article.source}: the day {article.published} is in the future; mend it or give another with --date"
        )
    if article.published.year < 1900:
        return SourceWarning(f"{article.source}: the day {article.published} is before 1900; is it right?")
    if article.dated_by and article.dated_by.endswith(GUESSED):
        how = article.dated_by.removesuffix(GUESSED)
        return SourceWarning(f"{article.source}: the day {article.published} is guessed from {how}")
    return None
