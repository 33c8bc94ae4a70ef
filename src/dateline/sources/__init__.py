"""Anything dated -> articles: one module a format, and `open_sources` to choose among them."""

from dateline.sources.articles import (
    Found,
    Memory,
    SourceOptions,
    SourceWarning,
    article_id,
    make_article,
)
from dateline.sources.bounds import Bounds
from dateline.sources.fetching import Fetcher
from dateline.sources.languages import is_english
from dateline.sources.opening import open_source, open_sources

__all__ = [
    "Bounds",
    "Fetcher",
    "Found",
    "Memory",
    "SourceOptions",
    "SourceWarning",
    "article_id",
    "is_english",
    "make_article",
    "open_source",
    "open_sources",
]
