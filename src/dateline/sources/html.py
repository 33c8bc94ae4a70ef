"""Web pages: main text, title, site and language by trafilatura, the day by what the page says of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import lxml.html
from lxml import etree

from dateline.errors import SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources.articles import BY_OPTION, SourceItem, SourceOptions, make_article
from dateline.sources.bounds import can_be_seen
from dateline.sources.dates import AmbiguousDate
from dateline.sources.inputs import Input
from dateline.sources.live_pages import find_page_posts
from dateline.sources.page_day import drop_neighbours, find_page_day, guess_page_day
from dateline.sources.posts import LiveBlog, Post, post_articles

_MARKUP = re.compile(
    r"(?:<!--(?:(?!-->).)*-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAY_BE_LIVE = re.compile(r"live|as it happened", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_TYPES = frozenset(["text/html", "application/xhtml+xml"])


def fits(given: Input) -> bool:
    """By its name, its media type, or how it begins."""
    if given.media_type in _TYPES or given.has_ending(".html", ".htm", ".xhtml"):
        return True
    return bool(_MARKUP.match(given.beginning()))


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The article of a page; of a live blog one a post."""
    text = given.text(options.bounds.page_bytes)
    yield from given.warnings
    yield from read_page(text, given.source, options, given.address)


def read_page(
    text: str,
    source: str,
    options: SourceOptions,
    address: str | None = None,
    otherwise: tuple[date | datetime, str] | None = None,
) -> list[Article]:
    """The article of a page, of a live blog one a post; `otherwise` is its day, and who says so, where the page tells none.

    Raises SourceError where there is no article text or it takes longer than its bound, UndatedArticle where there is no day,
    BadDate where it may be two.
    """
    with options.bounds.in_time(source):
        return _read_page(text, source, options, address, otherwise)


def _read_page(
    text: str,
    source: str,
    options: SourceOptions,
    address: str | None,
    otherwise: tuple[date | datetime, str] | None,
) -> list[Article]:
    # it takes longer to load than all else that reads inputs, and only pages need it
    import trafilatura

    _check(text, source, options)
    tree = _parse(text, source)
    _check_tree(tree, source, options)
    try:
        page = trafilatura.bare_extraction(
            text,
            url=address,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError) as error:
        raise SourceError(
            f"{source}: the page could not be taken apart ({type(error).__name__}: {error})"
        ) from error
    found: dict[str, Any] = page if isinstance(page, dict) else page.as_dict() if page is not None else {}
    body = (found.get("text") or "").strip()
    publisher = found.get("sitename") or found.get("hostname")
    language = found.get("language") or tree.get("lang")
    if posts := [p for p in _posts(tree, text, found, address, options) if can_be_seen(p.text)]:
        for post in posts:
            options.bounds.check_text(post.text, source)
        # posts with days of their own need none of the page
        own = posts[0].day
        day, dated_by = (own, "") if own else _day(tree, found, source, options, address, otherwise)
        first = day.date() if isinstance(day, datetime) else day
        url = (address or found.get("url") or "").partition("#")[0]
        return post_articles(
            posts, LiveBlog(source, first, dated_by, found.get("title"), url or None, publisher, language)
        )
    if not body:
        raise SourceError(f"{source}: no article text was found in this page")
    options.bounds.check_text(body, source)
    published, dated_by = _day(tree, found, source, options, address, otherwise)
    return [
        make_article(
            source,
            published,
            body,
            title=found.get("title"),
            url=address or found.get("url"),
            publisher=publisher,
            language=language,
            dated_by=dated_by,
        )
    ]


def _posts(
    tree: lxml.html.HtmlElement, text: str, found: dict[str, Any], address: str | None, options: SourceOptions
) -> list[Post]:
    """The posts of a page that is a live blog, in order of time; most pages are none, and soon told."""
    if not _MAY_BE_LIVE.search(text):
        return []
    title, today = found.get("title") or "", date.today()

    def day() -> date:
        try:
            told = find_page_day(tree, address or found.get("url"), title, today, options.date_order)
        except AmbiguousDate:
            told = None
        if told is None:
            return options.published or today
        return told[0].date() if isinstance(told[0], datetime) else told[0]

    return find_page_posts(tree, title, found.get("text") or "", day)


def _day(
    tree: lxml.html.HtmlElement,
    found: dict[str, Any],
    source: str,
    options: SourceOptions,
    address: str | None,
    otherwise: tuple[date | datetime, str] | None,
) -> tuple[date | datetime, str]:
    today = date.today()
    try:
        told = find_page_day(
            tree, address or found.get("url"), found.get("title") or "", today, options.date_order
        )
    except AmbiguousDate as error:
        told = otherwise or ((options.published, BY_OPTION) if options.published else None)
        if told is None:
            raise AmbiguousDate(
                f"{source}: the day of the page may be {error}; say which with --date-order dmy or mdy"
            ) from None
    if told is None:
        told = otherwise or ((options.published, BY_OPTION) if options.published else None)
    if told is None:
        drop_neighbours(tree, found.get("title") or "")
        told = guess_page_day(tree, today)
    if told is None:
        raise UndatedArticle(
            f"{source}: the page does not say when it was published; give a date with --date"
        )
    return told


def _parse(text: str, source: str) -> lxml.html.HtmlElement:
    # lxml takes no text that declares an encoding of its own
    data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", " "), count=1)
    try:
        return lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(f"{source}: this is no page of HTML ({error})") from error


def _check_tree(tree: lxml.html.HtmlElement, source: str, options: SourceOptions) -> None:
    """Raises SourceError where a page is built of more elements than is worth the hours of taking it apart."""
    bounds = options.bounds
    for elements, element in enumerate(tree.iter(etree.Element), start=1):
        if len(element) > bounds.siblings or elements > bounds.elements:
            raise SourceError(
                f"{source}: the page is built of more than {bounds.elements:,} elements, or {bounds.siblings:,} in a row; "
                "it was not read"
            )


def _check(text: str, source: str, options: SourceOptions) -> None:
    """Raises SourceError where one tag has more attributes than any page needs, for reading it takes minutes."""
    most = options.bounds.attributes
    for tag in _LONG_TAG.finditer(text):
        outside_quotes = re.sub(r"\"[^\"]*\"|'[^']*'", "", tag[0])
        if len(outside_quotes.split()) > most:
            raise SourceError(
                f"{source}: one tag of this page has more than {most:,} attributes; it was not read"
            )
