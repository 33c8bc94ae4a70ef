"""Who said what, by person over time."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dateline.records import StoryStatement
from dateline.story import Story
from dateline.views.labels import telling_cue
from dateline.views.web.params import AsOf, PageNumber, StoryKey, Who
from dateline.views.web.quotes import by_report, is_name, newest_first, speakers
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
        with site.shared.notebook() as book:
            chosen: Story | None = book.story(story, as_of) if story else None
            if chosen:
                said, people = _listed(chosen.statements(as_of))
            else:
                said, people = site.shared.kept(
                    book, "statements", as_of, lambda: _listed(book.statements(as_of))
                )
            if by:
                said = newest_first(
                    chosen.statements(as_of, by=by) if chosen else book.statements(as_of, by=by)
                )
            shown = part(said, page, _PER_PAGE)
            story_id = chosen.id if chosen else None
            view = site.view(book, request, as_of, address("statements", as_of=as_of, story=story_id, by=by), files=("csv:statements",), story=story_id)  # fmt: skip
            view["names"].load(s.evidence.article for s in shown.rows)
            return render(
                "statements.html",
                **view,
                story=chosen.summary if chosen else None,
                by=by,
                people=people[:_PEOPLE],
                statements=shown,
                quoted=by_report(shown.rows),
                telling_cue=telling_cue,
                is_name=is_name,
                titles=site.titles(book, as_of),
            )


def _listed(said: Sequence[StoryStatement]) -> tuple[list[StoryStatement], list[tuple[str, int]]]:
    """Statements in order, and who made them with how many."""
    return newest_first(said), speakers(said)
