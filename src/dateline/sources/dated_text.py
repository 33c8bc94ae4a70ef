"""Dated text: a file whose first line begins `date YYYY-MM-DD`; all that follows, stripped, is the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from dateline.errors import SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources.articles import SourceOptions, make_article, parse_published

_HEADER = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?=\s|\Z)")
_LABEL = re.compile(r"(?:published|updated|posted|date)\s*(?:on)?\s*:?\s*", re.IGNORECASE)
# how many lines from the top may hold a date that stands alone
_LINES_SEARCHED = 6


def read(text: str, source: str, options: SourceOptions) -> Iterator[Article]:
    """The one article of a text file.

    Raises BadDate for a date that does not exist, UndatedArticle where none is found and `options.published` gives
    none, SourceError for a file without words.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise SourceError(f"{source}: the file is empty")
    header = _HEADER.match(text)
    published: date | datetime | None
    if header:
        published = parse_published(header[1], source)
        body = text[header.end() :].strip()
    else:
        published = _date_line(text, source) or options.published
        body = text.strip()
    if published is None:
        raise UndatedArticle(f"{source}: no date found in the first line or the text; give one with --date")
    if not body:
        raise SourceError(f"{source}: there is a date and no text after it")
    yield make_article(source, published, body, title=headline(body))


def _date_line(text: str, source: str) -> date | datetime | None:
    """A date that stands on a line of its own near the top."""
    for line in text.lstrip().splitlines()[:_LINES_SEARCHED]:
        words = _LABEL.sub("", line.strip(), count=1)
        if words and (found := parse_published(words, source)):
            return found
    return None


_DATELINE = re.compile(r"[A-Z][A-Z .'-]+(?:,|\s\(|\s[-–—])")


def headline(text: str) -> str | None:
    """The first line of `text`, where it reads as a headline: short, alone, and not a sentence."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    if not rest.strip() or not 3 <= len(first.split()) <= 22 or len(first) > 160:
        return None
    if (
        first.endswith((".", "!”", ".”", '."', ",", ";", ":"))
        or _DATELINE.match(first)
        or first.startswith(("<", "By "))
    ):
        return None
    return first
