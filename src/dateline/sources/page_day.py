"""The day of a page: what the page says of its own article, before what its address, its text or its changes tell."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import lxml.html
from lxml import etree

from dateline.sources import page_dates
from dateline.sources.articles import GUESSED
from dateline.sources.dates import AmbiguousDate, Order, find_days
from dateline.sources.page_dates import Page, PageDate, beside

_LOCAL = frozenset(["byline", "time element"])
"""How a day is told that is the paper's own, by no clock but its own."""
_DAY_FIRST = frozenset(["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr"])
"""Languages in which a day in figures begins with the day."""
_MACHINES = frozenset(["script", "style", "meta", "link", "img"])


def find_page_day(
    tree: lxml.html.HtmlElement, address: str | None, title: str, today: date, order: Order | None = None
) -> tuple[date | datetime, str] | None:
    """The day of the article of a page and how it was found, or None where the page does not say.

    Raises AmbiguousDate where all it tells may be two days.
    """
    # what programs write into a page follows their own order, not that of the page's language
    spoken = order or _order_of(tree)
    page = Page(tree, title, address)
    near = list(page_dates.near_headline(page, spoken))
    stated = page_dates.stated(page, order)
    # a <time> with nothing that says of what is less than a stamp near the headline
    in_text = [
        *(told for told in near if not told.is_change),
        *page_dates.time_elements(page, order, labelled=False),
    ]
    by_address = list(page_dates.in_address(page))
    changed = [*page_dates.changed(page, order), *(told for told in near if told.is_change)]
    everything = [*stated, *in_text, *by_address, *changed]
    for group in (stated, in_text, by_address, changed):
        possible = [t for t in group if any(d <= today + timedelta(days=1) for d in t.days)] or group
        for told in possible:
            settled = _settle(told, everything, spoken)
            if settled is not None:
                return _local(settled, everything)
    ambiguous = next((t for t in everything if len(t.days) > 1), None)
    if ambiguous:
        raise AmbiguousDate(f"{ambiguous.days[0]} or {ambiguous.days[1]}")
    return None


def _settle(told: PageDate, everything: list[PageDate], spoken: Order | None) -> PageDate | None:
    """`told` with its one day; where it may mean two, the one that something else on the page tells, too, or its language."""
    if len(told.days) == 1:
        return told
    for other in everything:
        if len(other.days) == 1 and other.days[0] in told.days:
            return PageDate(other.days, other.days[0], told.how)
    if spoken is None:
        return None
    day = told.days[0 if spoken == "dmy" else -1]
    return PageDate((day,), day, told.how)


def _local(told: PageDate, others: list[PageDate]) -> tuple[date | datetime, str]:
    """The paper's own day: a moment of Greenwich counts by the day that the page shows beside it."""
    if not told.is_utc or not isinstance(told.value, datetime):
        return told.value, told.how
    for other in others:
        if other is told or len(other.days) > 1 or other.is_change:
            continue
        if isinstance(other.value, datetime) and other.value.tzinfo and not other.is_utc:
            # the same moment by the local clock
            if abs(other.value - told.value) < timedelta(minutes=10):
                return other.value, other.how
        elif other.how in _LOCAL and not other.is_utc and _a_day_apart(other, told):
            return other.days[0], other.how
    # a change told with its zone tells the zone of the paper
    for other in others:
        if isinstance(other.value, datetime) and other.value.tzinfo and not other.is_utc:
            return told.value.astimezone(other.value.tzinfo), told.how
    return told.value, told.how


def _a_day_apart(one: PageDate, other: PageDate) -> bool:
    return abs(one.days[0] - other.days[0]) == timedelta(days=1)


def _order_of(tree: lxml.html.HtmlElement) -> Order | None:
    """How the page's own language writes 3/8/2024; English alone does not tell."""
    language = (
        tree.get("lang")
        or next(iter(tree.xpath("//html/@lang | //meta[@property='og:locale']/@content")), "")
    ).lower()
    language = language.replace("_", "-")
    if language.startswith(("en-us", "en-ph")):
        return "mdy"
    return "dmy" if language[:2] in _DAY_FIRST or "-" in language else None


def guess_page_day(tree: lxml.html.HtmlElement, today: date) -> tuple[date, str] | None:
    """A day that stands somewhere in what is left of a page without its neighbours; a bare year or month is none."""
    from htmldate import find_date

    found = find_date(
        tree, extensive_search=True, original_date=True, max_date=(today + timedelta(days=1)).isoformat()
    )
    if not found:
        return None
    day = date.fromisoformat(found)
    # made of "Copyright 2016" or "May 2020"
    if day.day == 1 and not any(day in written.days for written in find_days(tree.text_content())):
        return None
    return day, f"the page's text{GUESSED}"


def drop_neighbours(tree: lxml.html.HtmlElement, title: str) -> None:
    """Take what stands beside the article out of a page, and what its machines say."""
    neighbours = beside(tree, title)
    for element in list(tree.iter(etree.Element)):
        machine = element.tag in _MACHINES
        if (machine or element in neighbours) and element.getparent() is not None:
            element.drop_tree()
