"""Anything dated -> articles: one module a format, and `open_source` to choose among them."""

from dateline.sources.articles import SourceOptions, SourceWarning, article_id, make_article
from dateline.sources.opening import open_source

__all__ = ["SourceOptions", "SourceWarning", "article_id", "make_article", "open_source"]
