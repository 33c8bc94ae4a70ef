"""What a page tells of days: each with how it is told, none of what stands beside the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

import lxml.html
from lxml import etree

from dateline.errors import BadDate
from dateline.sources.dates import AmbiguousDate, Order, find_days, parse_published
from dateline.sources.linked_data import ArticleNode, article_node

# names of <meta> that tell when the article came out, the plainest first
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publishdate", "pubdate", "publication_date",
    "published_time_telegram", "article.published", "dc.date.issued", "dcterms.issued", "dcterms.date", "citation_publication_date",
    "citation_online_date", "bt:pubdate", "rnews:datepublished", "cxenseparse:recs:publishtime", "shareaholic:article_published_time",
    "dc.date", "date", "dc.date.created", "dcterms.created", "og:pubdate", "timestamp", "article_date_original", "originalpublicationdate",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified", "last-modified",
    "lastmod", "revision_date", "article:updated_time",
)  # fmt: skip
# of what stands beside the article, and of what comments on it or is drawn into it
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:related|rel|sidebar|side|aside|recommend\w*|comments?|replies|footer|foot|nav|navigation|menu|teasers?|promo"
    r"|trending|popular|most-?read|more-?(?:news|stories|from)|carousel|widget|archive|calendar|copyright|events?|gallery"
    r"|masthead|logo|topbar|slider|slideshow|latest|newsletter|breadcrumbs?|weather|ticker|similar|recirc\w*|readmore|also)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:date|time|publi(?:sh|cation|cado|é)|posted|byline|meta|stamp|datum|fecha|created|pub(?:$|[\s_-])|info|kicker|dateline|credit)",
    re.IGNORECASE,
)
# the foot of the article itself, where weblogs say when it was written
_OWN_FOOT = re.compile(r"(?:^|\s)(?:post|entry|article|asset|story)[-_]?footer(?:$|[\s_-])", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:comment|repl(?:y|ies)|respond|discussion)", re.IGNORECASE)
_SAYS_PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|erschienen|veröffentlicht|erstellt|publié|publicado|pubblicato|geplaatst|stand|vom)\b",
    re.IGNORECASE,
)
_SAYS_CHANGED = re.compile(
    r"\b(?:updated|modified|last reviewed|revised|aktualisiert|geändert|letzte änderung|aktualisierung|mis à jour|modifié|actualizado|aggiornato|edited)\b",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"\b(?:copyright|©|received|accepted|born|died|expires?|retrieved|accessed|since)\b|\(c\)", re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.?-]|$)")
_MONTH_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(\d{1,2})(?=[/_.?-]|$)",
    re.IGNORECASE,
)
_TAGS_BESIDE = ("aside", "nav", "footer", "figcaption", "figure")
_WHOLE = ("html", "body", "main")
_TEXT_TAGS = (
    "p", "div", "span", "li", "time", "td", "h1", "h2", "h3", "h4", "h5", "h6", "em", "small", "address", "dd", "i", "b", "strong", "a",
)  # fmt: skip
# elements with text that are looked at, so that a page of a million is as soon read as one of thousands
_ELEMENTS_SEARCHED = 20_000
# blocks of text after the headline in which a day may be the article's
_BLOCKS_SEARCHED = 14
_LONGEST_BYLINE = 220
_LONGEST_STAMP = 400
# share of a page's paragraphs from which on an element holds the article, whatever its name
_MOST_OF_THE_TEXT = 0.5
_NAMED_BY = ("property", "name", "itemprop", "http-equiv")
"""Attributes of <meta> that say what its content is."""


@dataclass(frozen=True, slots=True)
class PageDate:
    """One day that the page tells: every day it may mean, the value as written, and how it was told."""

    days: tuple[date, ...]
    value: date | datetime
    how: str

    @property
    def is_change(self) -> bool:
        """True where it is the day of the last change."""
        return self.how.startswith("changed")

    @property
    def is_utc(self) -> bool:
        """True where it is a moment by the clock of Greenwich, whose day may not be the paper's own."""
        return isinstance(self.value, datetime) and self.value.utcoffset() == timedelta(0)


@dataclass(slots=True)
class Page:
    """A page with its title and address, and what in it stands beside its article."""

    tree: lxml.html.HtmlElement
    title: str
    address: str | None
    node: ArticleNode | None = field(init=False)
    beside: set[lxml.html.HtmlElement] = field(init=False)

    def __post_init__(self) -> None:
        self.node = article_node(self.tree, self.title)
        self.beside = beside(self.tree, self.title)


def _told(value: object, how: str, order: Order | None) -> Iterator[PageDate]:
    """`value` as a day told, or nothing where it is no day (a bare month, 30 February)."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str | int | float):
        return
    try:
        parsed = parse_published(value, how, order)
    except AmbiguousDate:
        written = next(find_days(str(value)), None)
        if written:
            yield PageDate(written.days, written.value, how)
        return
    except BadDate:
        return
    if parsed is not None:
        yield PageDate((parsed.date() if isinstance(parsed, datetime) else parsed,), parsed, how)


def stated(page: Page, order: Order | None) -> list[PageDate]:
    """What the page's machines say of the article's publication, the plainest first."""
    found: list[PageDate] = []
    if page.node and page.node.published:
        found += _told(page.node.published, "json-ld", order)
    found += _microdata(page, order)
    found += _meta(page, _META, "meta {}", order)
    return found + time_elements(page, order, labelled=True)


def changed(page: Page, order: Order | None) -> list[PageDate]:
    """What they say of its last change."""
    found: list[PageDate] = []
    if page.node and page.node.modified:
        found += _told(page.node.modified, "changed, by json-ld", order)
    found += _meta(page, _META_MODIFIED, "changed, by meta", order)
    for element in page.tree.xpath("//*[@itemprop='dateModified']"):
        if element not in page.beside:
            value = element.get("datetime") or element.get("content") or element.text_content()
            found += _told(value, "changed, by the page", order)
    return found


def near_headline(page: Page, order: Order | None) -> Iterator[PageDate]:
    """Days in short lines around the headline: bylines, stamps, `Published 3 March 2024`; how they are told says of a change."""
    for text, is_stamp in _short_blocks(page):
        if _OTHER_DAY.search(text) and not _SAYS_PUBLISHED.search(text):
            continue
        for written in find_days(text, order):
            before = text[max(0, written.start - 40) : written.start]
            said_published, said_changed = (_last(p, before) for p in (_SAYS_PUBLISHED, _SAYS_CHANGED))
            if (other := _last(_OTHER_DAY, before)) > said_published and other >= 0:
                continue
            if not is_stamp and said_published < 0 and said_changed < 0 and _is_prose(text):
                continue
            how = "changed, by the byline" if said_changed > said_published else "byline"
            yield PageDate(written.days, written.value if len(written.days) == 1 else written.days[0], how)


def in_address(page: Page) -> Iterator[PageDate]:
    """Days in the page's own address: /2024/03/08/, /2024/mar/08/."""
    own = page.tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    for url in dict.fromkeys([*([page.address] if page.address else []), *own]):
        if match := _IN_ADDRESS.search(url):
            yield from _told("-".join(match.groups()), "address", None)
        elif match := _MONTH_IN_ADDRESS.search(url):
            yield from _told(f"{match[3]} {match[2]} {match[1]}", "address", None)


def beside(tree: lxml.html.HtmlElement, title: str) -> set[lxml.html.HtmlElement]:
    """The elements that lie in what stands beside the article: related links, comments, footers, captions, a paper's own head.

    What holds the headline, or most of the page's text, is none of these though its name says so: a page "with sidebar".
    """
    found: set[lxml.html.HtmlElement] = set()
    holders = _holders(tree, title)
    for node in tree.iter(etree.Element):
        parent = node.getparent()
        within = parent is not None and parent in found
        if node.tag in _WHOLE or node in holders:
            continue
        if node.tag == "article":
            # an article in a list of articles is a teaser; a whole one is none, wherever it stands
            is_teaser = parent is not None and parent.tag not in _WHOLE and _is_named_beside(parent)
            if (is_teaser and parent not in holders) or (
                within and len(node.xpath("(.//p)[position() < 4]")) < 3
            ):
                found.add(node)
        elif within or _is_named_beside(node):
            found.add(node)
    return found


def _is_named_beside(element: lxml.html.HtmlElement) -> bool:
    """True where an element by its kind, class or id is none of the article."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _OWN_FOOT.search(name) or (
        element.tag == "footer" and next(element.iterancestors("article"), None) is not None
    ):
        return False
    return element.tag in _TAGS_BESIDE or bool(_BESIDE.search(name))


def _holders(tree: lxml.html.HtmlElement, title: str) -> set[lxml.html.HtmlElement]:
    """The elements around the headline, and those around most of the page's paragraphs."""
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        wanted = set(re.findall(r"\w{3,}", title.casefold()))
        headings = [
            h
            for h in tree.iter("h1", "h2", "h3")
            if wanted
            and len(wanted & set(re.findall(r"\w{3,}", h.text_content().casefold()))) * 2 > len(wanted)
        ][:1]
    found = {holder for heading in headings for holder in heading.iterancestors()}
    lengths: dict[lxml.html.HtmlElement, int] = {}
    whole = 0
    for number, paragraph in enumerate(tree.iter("p")):
        if number > _ELEMENTS_SEARCHED:
            break
        length = len(paragraph.text_content())
        whole += length
        for holder in paragraph.iterancestors():
            lengths[holder] = lengths.get(holder, 0) + length
    return found | {
        holder
        for holder, length in lengths.items()
        if length > _MOST_OF_THE_TEXT * whole
        and not _COMMENTS.search(f"{holder.get('class') or ''} {holder.get('id') or ''}")
    }


def _microdata(page: Page, order: Order | None) -> Iterator[PageDate]:
    named = "//*[contains(concat(' ', @itemprop, ' '), ' datePublished ') or @property='datePublished']"
    for element in page.tree.xpath(named):
        if element not in page.beside and not _in_other_item(element):
            value = element.get("datetime") or element.get("content") or element.text_content().strip()
            yield from _told(value, "microdata", order)


def _in_other_item(element: lxml.html.HtmlElement) -> bool:
    """True where the nearest item that holds an element is a picture, a video or a comment."""
    holder = next(iter(element.xpath("ancestor::*[@itemtype][1]/@itemtype")), "")
    return bool(
        re.search(r"(?:Image|Video|Audio|Media|Comment|Person|Event|Offer|Product|Review)\w*$", holder)
    )


def _meta(page: Page, names: tuple[str, ...], how: str, order: Order | None) -> Iterator[PageDate]:
    by_name: dict[str, str] = {}
    for element in page.tree.iter("meta"):
        content = element.get("content") or element.get("value")
        for attribute in _NAMED_BY:
            if (name := element.get(attribute)) and content:
                by_name.setdefault(name.strip().lower(), content)
    for name in names:
        if name in by_name:
            yield from _told(by_name[name], how.format(name), order)


def time_elements(page: Page, order: Order | None, *, labelled: bool) -> list[PageDate]:
    """The first <time> of the article that tells a day and says nothing of a change: of those marked as the day of publication,
    by their own attributes or the name of what they stand in, or of the others."""
    for element in page.tree.iter("time", "abbr"):
        if element in page.beside or (
            element.tag == "abbr" and "published" not in (element.get("class") or "")
        ):
            continue
        shown = element.text_content().strip()[:80]
        if _in_other_item(element) or _is_of_change(element, shown) or _is_labelled(element) != labelled:
            continue
        values = (element.get("datetime"), element.get("title"), shown)
        for told in (told for value in values for told in _told(value, "time element", order)):
            return [_as_shown(told, shown, order)]
    return []


def _is_of_change(element: lxml.html.HtmlElement, shown: str) -> bool:
    about = f"{element.get('itemprop') or ''} {element.get('class') or ''} {shown} {_text_before(element)}"
    return "modified" in about.lower() or bool(_SAYS_CHANGED.search(about))


def _is_labelled(element: lxml.html.HtmlElement) -> bool:
    if element.get("itemprop") or element.get("pubdate") is not None:
        return True
    if _SAYS_PUBLISHED.search(element.text_content()[:80]):
        return True
    around = list(islice(element.iterancestors(), 3))
    if any(_BYLINE.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in [element, *around[:1]]):
        return True
    return any(e.tag not in _WHOLE and e.find(".//h1") is not None for e in around)


def _as_shown(told: PageDate, shown: str, order: Order | None) -> PageDate:
    """What people read, where a machine is told a day that is far from it."""
    for written in find_days(shown, order):
        if len(written.days) == 1 and abs(written.days[0] - told.days[0]) > timedelta(days=1):
            return PageDate(written.days, written.value, told.how)
    return told


def _text_before(element: lxml.html.HtmlElement) -> str:
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (before or "")[-40:]


def _is_prose(text: str) -> bool:
    """True where a line is a sentence rather than a stamp."""
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(text) > 80 or len(words) > 9 or (text.endswith(".") and text.count(" ") > 5)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def _short_blocks(page: Page) -> Iterator[tuple[str, bool]]:
    """Short blocks of text with a digit, from before the headline to some way below it; True with those marked as stamps."""
    headings = page.tree.xpath("//h1")
    heading = (
        headings[-1]
        if len(headings) == 1
        else next((h for h in headings if len(h.text_content().split()) > 2), None)
    )
    below = 0
    for number, element in enumerate(page.tree.iter(*_TEXT_TAGS)):
        if number > _ELEMENTS_SEARCHED:
            return
        if element is heading:
            below = 1
        if element in page.beside:
            continue
        named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        is_stamp = bool(_BYLINE.search(named) or _OWN_FOOT.search(named))
        text = _short_text(element, _LONGEST_STAMP if is_stamp else _LONGEST_BYLINE)
        if text is None:
            below += below > 0 and element.tag == "p"
            continue
        if not re.search(r"\d", text):
            continue
        if is_stamp or 0 < below < _BLOCKS_SEARCHED or (heading is None and len(text) < 60):
            below += below > 0 and not is_stamp
            yield text, is_stamp


def _short_text(element: lxml.html.HtmlElement, most: int) -> str | None:
    """The text of an element, or None where it is longer than a byline may be."""
    if len(element) > 12:
        return None
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > most:
            return None
    return " ".join("".join(parts).split())
