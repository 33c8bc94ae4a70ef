"""WordPress exports (WXR): the posts that were published, a post at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from lxml import etree

from dateline.errors import SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources.articles import SourceItem, SourceOptions, make_article
from dateline.sources.dates import parse_published
from dateline.sources.inputs import Input
from dateline.sources.markup import plain_text

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_NAMESPACE = "http://wordpress.org/export/"
_KINDS = frozenset(["post", "page"])


def fits(given: Input) -> bool:
    """By the namespace that an export declares."""
    return _NAMESPACE in given.beginning()


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The published posts and pages with text; drafts, pictures and menus are left out."""
    publisher: str | None = None
    number = 0
    stream = io.BufferedReader(cast(io.RawIOBase, given.stream))
    try:
        # entities are not resolved, so that none can name a file or grow
        events = etree.iterparse(
            cast(BinaryIO, stream),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            recover=True,
        )
        for _, element in events:
            if element.tag == "title" and publisher is None and element.getparent().tag == "channel":
                publisher = (element.text or "").strip() or None
            if element.tag != "item":
                continue
            number += 1
            where = f"{given.source}#{number}"
            try:
                if article := _post(element, where, publisher, options):
                    yield article
            except SourceError as error:
                yield error
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        yield SourceError(
            f"{given.source}: the export is damaged here ({error}); the posts before it were read"
        )


def _post(item: etree._Element, where: str, publisher: str | None, options: SourceOptions) -> Article | None:
    told: dict[str, str] = {}
    for child in item:
        if isinstance(child.tag, str):
            name = child.tag.rpartition("}")[2] if _NAMESPACE in child.tag else child.tag
            told.setdefault(name, child.text or "")
    if told.get("post_type", "post") not in _KINDS or told.get("status", "publish") != "publish":
        return None
    title = told.get("title", "").strip() or None
    text = plain_text(told.get(_CONTENT, "")) or plain_text(told.get("description", ""))
    if not text:
        return None
    options.bounds.check_text(text, where)
    # post_date is the blog's own clock, pubDate that of Greenwich
    own = told.get("post_date", "")
    value = own if own and not own.startswith("0000") else told.get("pubDate")
    published = parse_published(value, where) or options.published
    if published is None:
        raise UndatedArticle(f"{where}: the post bears no date; give one with --date")
    return make_article(
        where, published, text, title=title, url=told.get("link"), publisher=publisher, dated_by="post"
    )
