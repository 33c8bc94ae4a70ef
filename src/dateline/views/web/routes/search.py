"""Articles, people and places that hold the words."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dateline.views.web.params import AsOf, Day, Words
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site

_HITS = 20
"""Articles that a search shows."""


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/search")
    def search(
        request: Request, q: Words = None, as_of: AsOf = None, after: Day = None, before: Day = None
    ) -> Response:
        """The best first."""
        with site.shared.notebook() as book:
            hits = book.search(q, after=after, before=before, as_of=as_of, limit=_HITS) if q else []
            found = book.names(q, as_of) if q else []
            view = site.view(book, request, as_of, address("search", q=q, after=after, before=before, as_of=as_of) if q else None)  # fmt: skip
            view["names"].load(h.evidence.article for h in hits)
            return render(
                "search.html",
                **view,
                q=q,
                after=after,
                before=before,
                hits=hits,
                people=found,
                titles=site.titles(book, as_of),
            )
