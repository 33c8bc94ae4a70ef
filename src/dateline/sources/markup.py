"""Markup inside other formats (feeds, tables, mails) to plain text with its paragraphs."""

from __future__ import annotations

import html
import re

import lxml.html
from lxml import etree

ENTITIES_REFUSED = (
    "it declares entities of its own (<!ENTITY …>), which are not read, for they may name files or grow without end; "
    "write what they stand for in their place and take the declarations out"
)
"""Why a document is refused that brings its own entities, and what to do."""
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|figure|blockquote|table|tr|td)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|nbsp|apos|#\d{1,6}|#x[0-9a-f]{1,6}|[lr][sd]quo|hellip|[mn]dash);", re.IGNORECASE
)
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table", "tr", "section", "article", "header", "footer", "figure", "figcaption", "pre", "hr", "dl", "dt", "dd")
)  # fmt: skip
_DROPPED = frozenset(("script", "style", "noscript", "iframe", "svg", "template", "head", "title"))


def looks_like_markup(text: str) -> bool:
    """True where `text` holds tags or entities of HTML."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def plain_text(text: str) -> str:
    """The text of a fragment of HTML: a blank line between blocks, entities resolved; plain text comes back stripped."""
    if not _TAG.search(text):
        return (html.unescape(text) if _ENTITY.search(text) else text).strip()
    try:
        tree = lxml.html.fragment_fromstring(text.replace("\0", " "), create_parent="div")
    except (etree.LxmlError, ValueError):
        return html.unescape(re.sub(r"<[^<>]*>", " ", text)).strip()
    return text_of(tree)


def text_of(tree: lxml.html.HtmlElement) -> str:
    """The text of an element, block after block; scripts and styles left out."""
    parts: list[str] = []
    depth_dropped = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if event == "comment" and not depth_dropped and node.tail:
                parts.append(_spaced(node.tail))
            continue
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            depth_dropped += name in _DROPPED
            if name == "br":
                parts.append("\n")
            elif name in _BLOCKS:
                parts.append("\n\n")
            if not depth_dropped and node.text:
                parts.append(_spaced(node.text))
        else:
            depth_dropped -= name in _DROPPED
            if name in _BLOCKS:
                parts.append("\n\n")
            if node is not tree and not depth_dropped and node.tail:
                parts.append(_spaced(node.tail))
    lines = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t\xa0]+", " ", "".join(parts)))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
