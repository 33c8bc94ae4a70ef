"""Live blogs on web pages: their posts, as the page lists them for machines or as they stand under their `<time>` stamps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import lxml.html
from lxml import etree

from dateline.errors import BadDate
from dateline.sources.dates import parse_published
from dateline.sources.linked_data import live_posts
from dateline.sources.markup import plain_text, text_of
from dateline.sources.page_dates import beside
from dateline.sources.posts import Post, in_order, stamp_of

_NAMED_LIVE = re.compile(r"live[-_]?(?:blog|ticker|feed|updates?|coverage|posts?|stream|entr)", re.IGNORECASE)
_TITLED_LIVE = re.compile(
    r"^live\b\s*[:–—|-]|[-–—:|]\s*live\b|\blive[- ]?(?:blog|updates?|coverage|reports?|ticker)\b|\bas it happened\b",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|repl(?:y|ies)|respond|discussion|related|recommend", re.IGNORECASE)
_CHANGED = re.compile(r"modified|updated", re.IGNORECASE)
_BESIDE_TEXT = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|permalink|toolbar|tools)(?:$|[\s_-])", re.IGNORECASE
)
_ASIDE = ("aside", "nav", "footer")
_DROPPED = ("time", "button", "nav", "aside", "footer", "figcaption", "form", "script", "style", "svg")
_LEAST_STAMPS = 3
_LEAST_WORDS = 3
Stamp = tuple[time, date | None]
"""The time of day that a stamp tells, and its day where it tells one."""


def find_page_posts(
    tree: lxml.html.HtmlElement, title: str, body: str, day: Callable[[], date]
) -> list[Post]:
    """The posts of a page that is a live blog, the earliest first; empty for any other page.

    `body` is the page's main text, most of which the posts must be; `day` finds the page's day, near which the days of stamps without a
    year lie.
    """
    updates = live_posts(tree)
    listed = [p for u in updates if (p := _listed(u))]
    # some list headlines alone, and the words stand on the page
    is_whole = 2 * sum(bool(_body(u)) for u in updates) >= len(updates) > 0
    stamped = [] if is_whole else _stamped(tree, title, day)
    if 2 * sum(len(p.text.split()) for p in stamped) < len(body.split()):
        stamped = []  # a ticker beside a report
    posts = _by_local_clock(tree, stamped or listed)
    # a post that is pinned to the top stands out of order
    days = [datetime.combine(p.day, p.clock.replace(tzinfo=None)) for p in posts if p.day]
    if len(days) == len(posts):
        return [posts[i] for i in sorted(range(len(posts)), key=lambda i: days[i])]
    return in_order(posts) or []


def _listed(update: dict[str, Any]) -> Post | None:
    """A post as JSON-LD writes it, or None where it gives no moment or no text."""
    moment = _moment(update.get("datePublished") or update.get("dateCreated"))
    body = _body(update)
    heading = _text(update.get("headline") or update.get("name"))
    text = body if not heading or body.startswith(heading) else f"{heading}\n\n{body}".strip()
    if moment is None or not text:
        return None
    address = update.get("url") or update.get("@id") or update.get("mainEntityOfPage")
    page, _, anchor = address.partition("#") if isinstance(address, str) else ("", "", "")
    own = page if page.startswith(("http://", "https://")) else None
    return Post(moment.timetz(), moment.date(), text, anchor or None, own)


def _body(update: dict[str, Any]) -> str:
    return next((t for name in ("articleBody", "text", "description") if (t := _text(update.get(name)))), "")


def _text(value: object) -> str:
    return plain_text(value) if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        told = parse_published(value, "post")
    except BadDate:
        return None
    return told if isinstance(told, datetime) else None


def _by_local_clock(tree: lxml.html.HtmlElement, posts: list[Post]) -> list[Post]:
    """Posts by the paper's own clock where they are told by that of Greenwich, and one other zone is told on the page."""
    zones = {m.utcoffset() for m in _moments_told(tree)} - {None, timedelta()}
    offset = zones.pop() if len(zones) == 1 else None
    if offset is None or not all(p.day and p.clock.utcoffset() == timedelta() for p in posts):
        return posts
    try:
        moments = [datetime.combine(p.day, p.clock).astimezone(timezone(offset)) for p in posts if p.day]
    except OverflowError:
        return posts
    return [replace(p, clock=m.timetz(), day=m.date()) for p, m in zip(posts, moments, strict=True)]


def _moments_told(tree: lxml.html.HtmlElement) -> Iterator[datetime]:
    """The moments that the page tells in its stamps, its `<meta>` and its JSON-LD."""
    values = tree.xpath("//time/@datetime | //meta[contains(@property, '_time')]/@content")
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        values += re.findall(r'"(?:date\w+|coverage\w+Time)"\s*:\s*"([^"]{10,40})"', script.text_content())
    for value in dict.fromkeys(map(str, values)):
        if moment := _moment(value):
            yield moment


# ---------------------------------------------------------------- posts that stand under their stamps


def _stamped(tree: lxml.html.HtmlElement, title: str, day: Callable[[], date]) -> list[Post]:
    root = _live_root(tree, title)
    if root is None:
        return []
    near = day()
    stamps = _stamps(root, near)
    if len(stamps) < _LEAST_STAMPS:
        return []
    found = []
    for container, following, stamp in _containers(root, stamps):
        text = _own_text([container, *following], near)
        if len(text.split()) >= _LEAST_WORDS:
            found.append(Post(*stamps[stamp], text, _anchor(stamp, container)))
    return found


def _live_root(tree: lxml.html.HtmlElement, title: str) -> lxml.html.HtmlElement | None:
    """What holds the posts: the innermost of the elements that are named for a live blog and hold most stamps, or the whole of a page
    that is headed so; None where nothing says that the page is one."""
    named = [
        (len(e.findall(".//time")), number, e)
        for number, e in enumerate(tree.iter(etree.Element))
        if _NAMED_LIVE.search(f"{e.get('class') or ''} {e.get('id') or ''} {e.get('itemtype') or ''}")
        and not any(h.tag in _ASIDE or _COMMENTS.search(_name(h)) for h in (e, *e.iterancestors()))
    ]
    most, _, root = max(named, default=(0, 0, None), key=lambda n: n[:2])
    if root is not None and most >= _LEAST_STAMPS:
        return root
    heading = " ".join(next((h.text_content() for h in tree.iter("h1")), "").split())
    return tree if _TITLED_LIVE.search(heading) or _TITLED_LIVE.search(title) else None


def _stamps(root: lxml.html.HtmlElement, near: date) -> dict[lxml.html.HtmlElement, Stamp]:
    """The `<time>` elements that tell when a post was written: the clock, and the day where they tell one."""
    outside = beside(root, "") if root.getparent() is None else set()
    found: dict[lxml.html.HtmlElement, Stamp] = {}
    for element in root.iter("time"):
        around = [element, *_within(element, root)]
        names = " ".join(map(_name, around))
        shown = " ".join(element.text_content().split())
        if (
            element in outside
            or any(e.tag in ("blockquote", *_ASIDE) for e in around)
            or _COMMENTS.search(names)
            or _CHANGED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''} {shown}")
        ):
            continue
        if moment := _moment(element.get("datetime")):
            found[element] = (moment.timetz(), moment.date())
        elif stamp := stamp_of(shown, near):
            found[element] = stamp
    return found


def _name(element: lxml.html.HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _within(element: lxml.html.HtmlElement, root: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for holder in element.iterancestors():
        if holder is root:
            return
        yield holder


def _containers(
    root: lxml.html.HtmlElement, stamps: dict[lxml.html.HtmlElement, Stamp]
) -> Iterator[tuple[lxml.html.HtmlElement, list[lxml.html.HtmlElement], lxml.html.HtmlElement]]:
    """The largest element around each stamp that holds no other moment, what follows it up to the next where that is little
    more than a stamp, and the stamp. Two stamps of one moment in one post are one."""
    held: dict[lxml.html.HtmlElement, set[Stamp]] = {}
    for stamp, moment in stamps.items():
        for holder in (stamp, *_within(stamp, root)):
            held.setdefault(holder, set()).add(moment)
    seen = set()
    for stamp in stamps:
        container = stamp
        for holder in _within(stamp, root):
            if len(held[holder]) > 1:
                break
            container = holder
        if container in seen:
            continue
        seen.add(container)
        following = []
        if len(_own_text([container], None).split()) < _LEAST_WORDS:
            for element in container.itersiblings():
                if element in held:
                    break
                following.append(element)
        yield container, following, stamp


def _own_text(elements: list[lxml.html.HtmlElement], near: date | None) -> str:
    """The text of a post without its stamps and what is there to share it by."""
    parts = []
    for element in elements:
        if not isinstance(element.tag, str) or element.tag in _DROPPED:
            continue
        copy = deepcopy(element)
        copy.tail = None
        for inner in list(copy.iter(etree.Element)):
            if inner is not copy and (inner.tag in _DROPPED or _BESIDE_TEXT.search(_name(inner))):
                inner.drop_tree()
        parts.append(text_of(copy))
    lines = "\n\n".join(p for p in parts if p).split("\n")
    kept = [line for line in lines if near is None or not (stamp_of(line, near) or _CHANGED.match(line))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _anchor(stamp: lxml.html.HtmlElement, container: lxml.html.HtmlElement) -> str | None:
    """The name of a post within its page: its element's id, or where its own link leads."""
    around = [stamp, *_within(stamp, container), container]
    for element in reversed(around):
        if element.get("id"):
            return str(element.get("id"))
    for element in around:
        for link in element.xpath("self::a/@href | .//a/@href"):
            if "#" in link and (name := link.rpartition("#")[2]):
                return str(name)
    return None
