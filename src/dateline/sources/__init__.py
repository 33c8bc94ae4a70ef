"""Anything dated -> articles: one module a format, and `open_sources` to choose among them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dateline.sources.articles import (
    Memory,
    SourceItem,
    SourceOptions,
    SourceWarning,
    article_id,
    make_article,
)
from dateline.sources.bounds import Bounds
from dateline.sources.languages import is_english, read_english

if TYPE_CHECKING:
    from dateline.sources.fetching import Fetcher
    from dateline.sources.opening import open_source, open_sources

__all__ = [
    "Bounds",
    "Fetcher",
    "Memory",
    "SourceItem",
    "SourceOptions",
    "SourceWarning",
    "article_id",
    "is_english",
    "make_article",
    "open_source",
    "open_sources",
    "read_english",
]

_HOMES = {"Fetcher": "fetching", "open_source": "opening", "open_sources": "opening"}


def __getattr__(name: str) -> Any:
    # loaded when asked for: who looks at a notebook opens no source, and the formats take longer to load than that
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
