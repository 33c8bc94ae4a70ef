"""Where reports disagree: the question in words, and the values side by side."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dateline.views.contents import disagreement_id
from dateline.views.web.params import AsOf, PageNumber, StoryKey
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site, evidence_of, part


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/disagreements")
    def disagreements(
        request: Request, as_of: AsOf = None, story: StoryKey = None, page: PageNumber = 1
    ) -> Response:
        """By story and day, the latest first."""
        with site.shared.notebook() as book:
            chosen = book.story(story, as_of) if story else None
            if chosen:
                rows = chosen.disagreements(as_of)
            else:
                rows = site.shared.kept(book, "disagreements", as_of, lambda: book.disagreements(as_of))
            rows = sorted(rows, key=lambda d: max(v.evidence.published for v in d.values), reverse=True)
            shown = part(rows, page)
            story_id = chosen.id if chosen else None
            twin = address("disagreements", as_of=as_of, story=story_id)
            view = site.view(book, request, as_of, twin, files=("csv:disagreements",), story=story_id)
            view["names"].load(e.article for e in evidence_of(shown.rows))
            return render(
                "disagreements.html",
                **view,
                story=chosen.summary if chosen else None,
                disagreements=shown,
                titles=site.titles(book, as_of),
                disagreement_id=disagreement_id,
            )
