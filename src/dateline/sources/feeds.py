"""Feeds (RSS, Atom, JSON Feed) from a file or an address; with `follow`, the pages that they link to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.records import Article, Validators
from dateline.sources.articles import BY_OPTION, SourceItem, SourceOptions, SourceWarning, make_article
from dateline.sources.dates import parse_published
from dateline.sources.decoding import decode
from dateline.sources.extras import needed_for
from dateline.sources.fetching import Fetcher, NothingNew
from dateline.sources.html import read_page
from dateline.sources.inputs import Input
from dateline.sources.markup import ENTITIES_REFUSED, plain_text
from dateline.sources.posts import is_running

_ROOT = re.compile(
    r"(?:<\?(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:rss|feed|rdf:RDF|RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed gives it."""

    title: str | None
    text: str
    link: str | None
    published: object
    dated_by: str


def fits(given: Input) -> bool:
    """By the root element, or JSON Feed's version."""
    start = given.beginning()
    return (
        given.media_type in _TYPES
        or bool(_ROOT.match(start))
        or (start[:1] == "{" and bool(_JSON_FEED.search(start)))
    )


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The entries of a feed, as the feed gives them."""
    title, language, entries = _parse(given, options)
    for number, entry in enumerate(entries, start=1):
        where = f"{given.source}#{number}"
        try:
            yield _article(entry, where, title, language, options)
        except SourceError as error:
            yield error


def follow(given: Input, options: SourceOptions, fetcher: Fetcher) -> Iterator[SourceItem]:
    """The pages that a feed links to, each fetched once; where a page cannot be had, what the feed gives of it.

    A page that was remembered is not fetched again. Each is remembered once its article was taken, a live blog when it has ended.
    """
    title, language, entries = _parse(given, options)
    for number, entry in enumerate(entries, start=1):
        where = f"{given.source}#{number}"
        try:
            article = _article(entry, where, title, language, options)
        except SourceError as error:
            article, fault = None, error
        if not entry.link or (options.memory is not None and options.memory.recall(entry.link)):
            if not entry.link:
                yield article or fault
            continue
        otherwise = (article.published_at or article.published, "feed") if article else None
        try:
            answer = fetcher.fetch(entry.link)
            text, _ = decode(answer.data, entry.link, answer.charset)
            read = read_page(text, entry.link, options, answer.address, otherwise)
            yield from read
        except NothingNew:
            continue
        except SourceError as error:
            if article is None:
                yield error
                continue
            yield SourceWarning(f"{error}; what the feed says of it was read")
            yield article
            continue
        # a live blog gets more posts
        if options.memory is not None and not is_running(read, date.today()):
            options.memory.remember(entry.link, Validators())


def _parse(given: Input, options: SourceOptions) -> tuple[str | None, str | None, list[Entry]]:
    """The feed's title, its language, and its entries. Raises SourceError where it is no whole feed."""
    data = given.data(options.bounds.document_bytes)
    if given.beginning()[:1] == "{":
        return _parse_json(data, given)
    # a feed has no use for entities of its own, which may name files or grow without end
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise SourceError(f"{given.source}: {ENTITIES_REFUSED}")
    with needed_for("a feed", "sources"):
        import feedparser
    try:
        with options.bounds.in_time(given.source):
            feed: Any = feedparser.parse(data, response_headers=_headers(given))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise SourceError(f"{given.source}: the feed is damaged ({type(error).__name__}: {error})") from error
    if not feed.entries and (feed.get("bozo") or not feed.get("version")):
        raise SourceError(
            f"{given.source}: the feed is damaged ({feed.get('bozo_exception') or 'no entries'})"
        )
    about = feed.feed
    return about.get("title"), about.get("language"), [_entry(e) for e in feed.entries]


def _headers(given: Input) -> dict[str, str]:
    kind = given.media_type or "application/xml"
    headers = {"content-type": f"{kind}; charset={given.charset}" if given.charset else kind}
    if given.address:
        headers["content-location"] = given.address
    return headers


def _entry(entry: Any) -> Entry:
    contents = [c.get("value") or "" for c in entry.get("content") or []]
    text = max((plain_text(t) for t in [*contents, entry.get("summary") or ""]), key=len)
    published, dated_by = entry.get("published"), "feed"
    if not published:
        published, dated_by = entry.get("updated") or entry.get("created"), "feed, changed"
    return Entry(plain_text(entry.get("title") or "") or None, text, entry.get("link"), published, dated_by)


def _parse_json(data: bytes, given: Input) -> tuple[str | None, str | None, list[Entry]]:
    try:
        feed = json.loads(decode(data, given.source)[0])
        entries = [
            Entry(
                _string(item.get("title")),
                plain_text(
                    _string(item.get("content_text"))
                    or _string(item.get("content_html"))
                    or _string(item.get("summary"))
                    or ""
                ),
                _string(item.get("url")) or _string(item.get("external_url")),
                item.get("date_published") or item.get("date_modified"),
                "feed" if item.get("date_published") else "feed, changed",
            )
            for item in feed.get("items") or []
            if isinstance(item, dict)
        ]
    except (ValueError, RecursionError, TypeError, AttributeError) as error:
        raise SourceError(f"{given.source}: the feed is damaged ({type(error).__name__}: {error})") from error
    return _string(feed.get("title")), _string(feed.get("language")), entries


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _article(
    entry: Entry, where: str, publisher: str | None, language: str | None, options: SourceOptions
) -> Article:
    published: date | datetime | None = None
    fault: BadDate | None = None
    try:
        published = parse_published(entry.published, where, options.date_order)
    except BadDate as error:
        fault = error
    dated_by = entry.dated_by if published else BY_OPTION
    published = published or options.published
    if published is None:
        raise fault or UndatedArticle(f"{where}: the entry bears no date; give one with --date")
    text = entry.text or entry.title
    if not text:
        raise SourceError(f"{where}: there is no text in this entry")
    options.bounds.check_text(text, where)
    return make_article(
        where,
        published,
        text,
        title=entry.title,
        url=entry.link,
        publisher=publisher,
        language=language,
        dated_by=dated_by,
    )
