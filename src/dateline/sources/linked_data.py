"""What a page says of itself in JSON-LD: the article's own node, and none of its pictures', videos' or neighbours'."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html

_ARTICLE = re.compile(
    r"(?:^|[/#:])(?:\w*Article|\w*Posting|Report|ReviewNewsArticle|AnalysisNewsArticle|PressRelease)$"
)
_PAGE = re.compile(r"(?:^|[/#:])(?:WebPage|ItemPage|AboutPage|CreativeWork)$")
# where an article's own node may lie; what hangs on any other property belongs to something else
_INTO = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "mainContentOfPage")
_MOST_SCRIPTS = 60
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """The dates of one node as they are written; `is_page` where it is only the page that holds the article."""

    published: object
    modified: object
    headline: str
    is_page: bool


def article_node(tree: lxml.html.HtmlElement, title: str) -> ArticleNode | None:
    """The node that is the page's article: the one whose headline shares most words with `title`, articles before pages."""
    nodes = [node for script in _scripts(tree) for node in _nodes(script)]
    dated = [n for n in nodes if n.published or n.modified]
    wanted = _words(title)
    return max(
        dated,
        key=lambda n: (not n.is_page, len(_words(n.headline) & wanted), bool(n.published)),
        default=None,
    )


def live_posts(tree: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    """The posts that a page lists as those of its live blog, as they are written; empty where it tells of none."""
    for script in _scripts(tree):
        for node in _dicts(script):
            if "LiveBlogPosting" in _kinds(node):
                updates = node.get("liveBlogUpdate")
                return [
                    u for u in (updates if isinstance(updates, list) else [updates]) if isinstance(u, dict)
                ]
    return []


def _dicts(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The nodes of a script, from the outside in, where articles may lie."""
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _dicts(item, depth + 1)
    if isinstance(data, dict):
        yield data
        for name in _INTO:
            yield from _dicts(data.get(name), depth + 1)


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]


def _scripts(tree: lxml.html.HtmlElement) -> Iterator[Any]:
    found = tree.xpath('//script[contains(translate(@type, "LDJSON", "ldjson"), "ld+json")]')
    for script in found[:_MOST_SCRIPTS]:
        text = re.sub(
            r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$",
            "",
            script.text_content(),
        )
        try:
            yield json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            yield from _mended(text)


def _mended(text: str) -> Iterator[dict[str, object]]:
    """The dates of a script that is no JSON (a comma too many, a quotation mark in a headline), where it tells one article."""
    types = re.findall(r'"@type"\s*:\s*"(\w+)"', text)
    published = re.findall(r'"datePublished"\s*:\s*"([^"]{8,40})"', text)
    if len(set(published)) == 1 and (kind := next((t for t in types if _ARTICLE.search(t)), None)):
        yield {"@type": kind, "datePublished": published[0]}


def _nodes(data: Any) -> Iterator[ArticleNode]:
    for node in _dicts(data):
        kinds = _kinds(node)
        is_article = any(_ARTICLE.search(k) for k in kinds)
        if is_article or any(_PAGE.search(k) for k in kinds):
            yield ArticleNode(
                node.get("datePublished") or node.get("dateCreated"),
                node.get("dateModified"),
                str(node.get("headline") or node.get("name") or ""),
                not is_article,
            )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))
