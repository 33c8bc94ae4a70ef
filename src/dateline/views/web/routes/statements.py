"""Who said what, by person over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dateline.notebook import Story
from dateline.records import StoryStatement
from dateline.views.web.params import AsOf, PageNumber, StoryKey, Who
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site, part

_PEOPLE, _PER_PAGE = 30, 50


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/statements")
    def statements(
        request: Request, as_of: AsOf = None, story: StoryKey = None, by: Who = None, page: PageNumber = 1
    ) -> Response:
        """The latest first."""
        with site.desk.notebook() as book:
            chosen: Story | None = book.story(story, as_of) if story else None
            if chosen:
                said, people = _newest(chosen.statements(as_of))
            else:
                said, people = site.desk.kept(
                    book, "statements", as_of, lambda: _newest(book.statements(as_of))
                )
            if by:
                said, _ = _newest(
                    chosen.statements(as_of, by=by) if chosen else book.statements(as_of, by=by)
                )
            shown = part(said, page, _PER_PAGE)
            story_id = chosen.id if chosen else None
            view = site.view(book, request, as_of, address("statements", as_of=as_of, story=story_id, by=by))
            view["names"].load(s.evidence.article for s in shown.rows)
            return render(
                "statements.html",
                **view,
                story=chosen.summary if chosen else None,
                by=by,
                people=people[:_PEOPLE],
                statements=shown,
                titles=site.titles(book, as_of),
            )


def _newest(said: Sequence[StoryStatement]) -> tuple[list[StoryStatement], list[tuple[str, int]]]:
    """Statements with the newest first, and who made them with how many, the most first."""
    ordered = sorted(
        said,
        key=lambda s: (s.evidence.published, s.evidence.article, s.evidence.span.start, s.evidence.span.end),
        reverse=True,
    )
    counts = Counter(s.speaker for s in ordered if s.speaker)
    return ordered, sorted(counts.items(), key=lambda item: (-item[1], item[0]))
