"""What is known of a story so far, on one page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dateline.views import briefs
from dateline.views.web.params import AsOf, Day
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/brief/{story}")
    def brief(request: Request, story: str, as_of: AsOf = None, since: Day = None) -> Response:
        """Happened, expected next, disputed, new: each line with its reports."""
        with site.shared.notebook() as book:
            found = book.story(story, as_of)
            twin = address("brief", story=found.id, as_of=as_of, since=since)
            view = site.view(book, request, as_of, twin)
            view["names"].load(m.id for m in found.summary.members)
            page = found.briefing(since, view["day"])
            return render(
                "brief.html", **view, story=found.summary, page=page, sections=briefs.sections(page)
            )
