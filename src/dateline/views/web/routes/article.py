"""An article's page: its text with what was found in it, and a rail of the findings; the same beside a story."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dateline.notebook import Notebook
from dateline.records import Evidence, Span
from dateline.views.contents import StoryContents
from dateline.views.web.annotations import find, marked, passages
from dateline.views.web.params import AsOf
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site, evidence_of

_LISTED = ("expectation", "statement", "time", "event")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})\Z")


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/articles/{article:path}")
    def article_page(
        request: Request,
        article: str,
        as_of: AsOf = None,
        at: Annotated[str | None, Query(max_length=40)] = None,
        pane: bool = False,
    ) -> Response:
        """An article with what was found in it, the evidence highlighted; with `pane` alone, to stand beside a story."""
        with site.shared.notebook() as book:
            key = book.article_summary(article, as_of).id
            story_id = book.story_of(key, as_of)
            story = StoryContents(book.story(story_id, as_of)) if story_id else None
            shown = pane_of(book, key, at, story, as_of)
            view = site.view(book, request, as_of, address(f"articles/{key}", as_of=as_of))
            return render(
                "pane.html" if pane else "article.html",
                **view,
                story=story.summary if story else None,
                changes=[] if pane else book.changes(key, as_of),
                **shown,
            )


def pane_of(
    book: Notebook, article: str, at: str | None, story: StoryContents | None, as_of: date | None
) -> dict[str, Any]:
    """An article (by id) in pieces, with the passage `at` ("START-END") highlighted and its neighbours among the story's evidence."""
    filed = book.article(article, as_of)
    told = _SPAN.match(at or "")
    evidence = Span(int(told[1]), int(told[2])) if told else None
    before, after = _neighbours(story, article, evidence) if story else (None, None)
    marks = list(find(filed.reading))
    shown = marked(marks)
    return {
        "article": filed.article,
        "filed": filed,
        "at": at if told else None,
        "found": {kind: [m for m in marks if m.kind == kind] for kind in _LISTED},
        "with_events": len(shown) == len(marks),
        "passages": passages(filed.reading, shown, evidence),
        "before": before,
        "after": after,
    }


def _neighbours(
    story: StoryContents, article: str, at: Span | None
) -> tuple[Evidence | None, Evidence | None]:
    """The passages before and after `at` among those that a story's lines rest on."""
    told = evidence_of([*story.entries, *story.expectations, *story.disagreements])
    rows = sorted(set(told), key=lambda e: (e.published, e.article, e.span))
    if not rows or at is None:
        return None, None
    here = next((i for i, e in enumerate(rows) if (e.article, e.span) == (article, at)), None)
    if here is None:
        published = next((e.published for e in rows if e.article == article), None)
        if published is None:
            return None, None
        place = (published, article, at)
        after = next((i for i, e in enumerate(rows) if (e.published, e.article, e.span) > place), len(rows))
        return (rows[after - 1] if after else None), (rows[after] if after < len(rows) else None)
    return (rows[here - 1] if here else None), (rows[here + 1] if here + 1 < len(rows) else None)
