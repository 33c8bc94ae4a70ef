"""Dated text: a file whose first line begins `date YYYY-MM-DD`; all that follows, stripped, is the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from dateline.errors import BadDate, SourceError, UndatedArticle
from dateline.language.datelines import OPENING_WITH_DAY
from dateline.records import Article
from dateline.sources.articles import BY_OPTION, SourceItem, SourceOptions, make_article
from dateline.sources.bounds import can_be_seen
from dateline.sources.dates import AmbiguousDate, find_days, parse_published
from dateline.sources.inputs import Input
from dateline.sources.paragraphs import headline
from dateline.sources.posts import LiveBlog, find_posts, post_articles

_HEADER = re.compile(
    r"\s*date[ \t]+(\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?Z\b|\s?[+-]\d{2}:?\d{2}\b)?)?)(?=\s|\Z)"
)
# a header in a spelling that has to be settled first
_OTHER_HEADER = re.compile(r"\s*date:?[ \t]+(\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?=\s|\Z)", re.IGNORECASE)
_LABEL = re.compile(r"(?:published|updated|posted|released?|date)\s*(?:on)?\s*:?\s*", re.IGNORECASE)
# how many lines from the top may hold a date that stands alone
_LINES_SEARCHED = 8
# words before the first post of a live blog that are a text of their own
_LEAST_LEAD = 8
_REPORT_BEGINS = re.compile(r"^date[ \t]+\d{4}-\d{2}-\d{2}\b", re.MULTILINE)


def fits(given: Input) -> bool:
    """Any text may be one."""
    del given
    return True


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The article of a text file; of standard input each report that begins with a header of its own."""
    text = given.text(options.bounds.document_bytes)
    yield from given.warnings
    if given.source != "-" or len(starts := [m.start() for m in _REPORT_BEGINS.finditer(text)]) < 2:
        yield from read_text(text, given.source, options)
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1):
        try:
            yield from read_text(text[start:end], f"-#{number}", options)
        except SourceError as error:
            yield error


def read_text(text: str, source: str, options: SourceOptions) -> list[Article]:
    """The article of `text`; of a live blog one a post, after one of what stands before them.

    Raises BadDate for a date that does not exist or may be two, UndatedArticle where none is found and
    `options.published` gives none, SourceError for a text without words.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise SourceError(f"{source}: the file is empty")
    options.bounds.check_text(text, source)
    header = _HEADER.match(text) or _OTHER_HEADER.match(text)
    found: tuple[date | datetime, str] | None
    if header:
        published = parse_published(header[1], source, options.date_order)
        found = (published, "header") if published else None
        body = text[header.end() :].strip()
    else:
        body = text.strip()
        found = day_of_text(body, source, options)
    if found is None:
        raise UndatedArticle(f"{source}: no date found in the first line or the text; give one with --date")
    if not body:
        raise SourceError(f"{source}: there is a date and no text after it")
    options.bounds.check_text(body, source)
    return _articles(body, source, *found)


def _articles(body: str, source: str, published: date | datetime, dated_by: str) -> list[Article]:
    day = published.date() if isinstance(published, datetime) else published
    title = headline(body)
    live = find_posts(body, day)
    if live is None:
        return [make_article(source, published, body, title=title, dated_by=dated_by)]
    seen = [post for post in live.posts if can_be_seen(post.text)]
    posts = post_articles(seen, LiveBlog(source, day, dated_by, title if live.lead else None))
    if len(live.lead.split()) - len((title or "").split()) < _LEAST_LEAD:
        return posts
    return [make_article(source, published, live.lead, title=title, dated_by=dated_by), *posts]


def day_of_text(text: str, source: str, options: SourceOptions) -> tuple[date | datetime, str] | None:
    """The day that a text tells near its top, on a line of its own or in its dateline; else the given one.

    Raises BadDate where a line of its own tells a day that does not exist or may be two.
    """
    for line in text.lstrip().splitlines()[:_LINES_SEARCHED]:
        words = _LABEL.sub("", line.strip()[:400], count=1)
        if not words:
            continue
        try:
            published = parse_published(words, source, options.date_order)
        except AmbiguousDate:
            if options.published:
                continue
            raise
        except BadDate:
            # prose with digits in it, unless it is nothing but the date
            if len(words) < 24:
                raise
            continue
        if published:
            return published, "date line"
        if (
            OPENING_WITH_DAY.match(words)
            and (written := next(find_days(words[:160]), None))
            and len(written.days) == 1
        ):
            return written.value, "dateline"
    return (options.published, BY_OPTION) if options.published else None
