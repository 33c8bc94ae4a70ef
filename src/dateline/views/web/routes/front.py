"""The front page, the morning shared: what is new since yesterday, what is due, and all the stories."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dateline.language.days import SHORT_MONTHS, moved
from dateline.notebook import agenda_of
from dateline.records import StoryOverview
from dateline.views.web.params import AsOf, PageNumber, Words
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site, part
from dateline.views.web.small_pictures import changed, sparkline

_DUE, _UNREPORTED, _SINGLE = 10, 6, 200
"""Rows of what is due and of what nobody told of, and stories of one report that are listed."""
_STORIES = 40
_SPARK_DAYS = 45
Sort = Annotated[Literal["latest", "reports", "open"], Query()]


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/")
    def front(
        request: Request, as_of: AsOf = None, q: Words = None, sort: Sort = "latest", page: PageNumber = 1
    ) -> Response:
        """The storylines: those with news first, those of one report folded."""
        with site.shared.notebook() as book:
            everything, waiting = site.shared.kept(book, "overview", as_of, lambda: book.overview(as_of))
            if waiting:
                # counted again when they are worked out: a brief more does not make a filing
                everything, waiting = book.overview(as_of)
                site.shared.refresh_views(as_of)
            view = site.view(
                book, request, as_of, address("overview", as_of=as_of), files=("csv:stories", "rss")
            )
            stories = _sorted([s for s in everything if _has(s, q)], sort)
            several = [s for s in stories if s.reports > 1]
            new = [s for s in several if changed(s)] if sort == "latest" else []
            new.sort(key=lambda s: (-s.new_reports, -s.reports))
            rest = [s for s in several if s not in new]
            day: date = view["day"] or date.min
            first = view["span"][0] if view["span"] else day
            axis = (max(first, moved(day, 1 - _SPARK_DAYS)), day)
            return render(
                "front.html",
                **view,
                q=q,
                sort=sort,
                total=len(everything),
                new=new,
                stories=part(rest, page, _STORIES),
                single=[s for s in stories if s.reports == 1][:_SINGLE],
                waiting=waiting,
                axis=axis,
                axis_names=[f"{d.day} {SHORT_MONTHS[d.month - 1]}" for d in axis],
                sparkline=sparkline,
                changed=changed,
                agenda=agenda_of([] if waiting else site.ledger(book, as_of), day),
                most_due=_DUE,
                most_unreported=_UNREPORTED,
                titles={s.id: s.title for s in everything},
            )


def _has(story: StoryOverview, words: str | None) -> bool:
    title = story.title.casefold()
    return all(word in title for word in (words or "").casefold().split())


def _sorted(stories: list[StoryOverview], sort: str) -> list[StoryOverview]:
    """The latest first as they come; or those with the most reports, or the most that is open."""
    if sort == "reports":
        return sorted(stories, key=lambda s: -s.reports)
    if sort == "open":
        return sorted(stories, key=lambda s: -(s.open + s.overdue))
    return stories
