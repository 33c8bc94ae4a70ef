"""Web pages, by trafilatura: main text, title, date, site and language."""

from __future__ import annotations

from collections.abc import Iterator

import trafilatura

from dateline.errors import SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources.articles import SourceOptions, make_article, parse_published


def read(text: str, source: str, options: SourceOptions) -> Iterator[Article]:
    """The one article of a page. Raises SourceError where it has no article text, UndatedArticle where it has no date."""
    page = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    found = page if isinstance(page, dict) else page.as_dict() if page is not None else {}
    body = (found.get("text") or "").strip()
    if not body:
        raise SourceError(f"{source}: no article text was found in this page")
    published = parse_published(found.get("date"), source) or options.published
    if published is None:
        raise UndatedArticle(
            f"{source}: the page does not say when it was published; give a date with --date"
        )
    yield make_article(
        source,
        published,
        body,
        title=found.get("title"),
        url=found.get("url"),
        publisher=found.get("sitename") or found.get("hostname"),
        language=found.get("language"),
    )
