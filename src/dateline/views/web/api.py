"""The JSON twins of the pages: the same rows as the command line's `--json`, as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse

from dateline.notebook import Notebook, affairs_by_story, track_records
from dateline.story import Story
from dateline.views import rows
from dateline.views.web.ledger import Wanted
from dateline.views.web.params import (
    After,
    All,
    AsOf,
    Before,
    DueAfter,
    DueBefore,
    Limit,
    Offset,
    Since,
    StatusIs,
    StoryKey,
    Who,
)
from dateline.views.web.shared_notebook import SharedNotebook

Rows = list[dict[str, Any]]


def _each(book: Notebook, story: str | None, as_of: date | None) -> list[Story]:
    return book.stories(as_of) if story is None else [book.story(story, as_of)]


def _part(found: Iterable[rows.Row], limit: int | None, offset: int) -> Rows:
    return list(islice(found, offset, None if limit is None else offset + limit))


class _Rows(JSONResponse):
    """Rows for whoever may see the page: of a file on this machine its name is told, not where it lies."""

    def render(self, content: Any) -> bytes:
        return super().render(rows.without_folders(content))


def router(shared: SharedNotebook) -> APIRouter:
    """The routes under `/api`."""
    api = APIRouter(prefix="/api", tags=["api"], default_response_class=_Rows)
    for add in (_add_stories, _add_expectations, _add_claims, _add_articles):
        add(api, shared)
    return api


def _add_stories(api: APIRouter, shared: SharedNotebook) -> None:
    """The notebook, its stories and their timelines."""

    @api.get("/status")
    def status() -> dict[str, Any]:
        """How many articles there are, and the first and last of their days."""
        with shared.notebook() as book:
            first, last = book.first_day(), book.last_day()
            return {
                "articles": len(book),
                "first": first.isoformat() if first else None,
                "last": last.isoformat() if last else None,
                "filings": book.filings(),
            }

    @api.get("/overview")
    def overview(as_of: AsOf = None) -> Rows:
        """The storylines with counts and what is new, the latest first."""
        with shared.notebook() as book:
            found, waiting = book.overview(as_of)
            if waiting:
                shared.refresh_views(as_of)
            return [{**rows.story_overview(s), "worked_out": s.id not in waiting} for s in found]

    @api.get("/stories")
    def stories(as_of: AsOf = None, limit: Limit = None, offset: Offset = 0) -> Rows:
        """The rows of `dateline stories`."""
        with shared.notebook() as book:
            listed = book.listing(as_of)
            homes = affairs_by_story(listed.affairs)
            return _part((rows.listed_story(s, homes) for s in listed.stories), limit, offset)

    @api.get("/stories/{story}")
    def story(story: str, as_of: AsOf = None) -> dict[str, Any]:
        """One row of `dateline stories`."""
        with shared.notebook() as book:
            homes = affairs_by_story(book.affairs(as_of))
            return rows.listed_story(book.story(story, as_of).summary, homes)

    @api.get("/timeline")
    def timeline(story: StoryKey = None, as_of: AsOf = None, limit: Limit = None, offset: Offset = 0) -> Rows:
        """The rows of `dateline timeline`."""
        with shared.notebook() as book:
            found = (rows.timeline_entry(e) for s in _each(book, story, as_of) for e in s.timeline(as_of))
            return _part(found, limit, offset)

    @api.get("/brief")
    def brief(story: StoryKey = None, as_of: AsOf = None, since: Since = None) -> Rows:
        """The rows of `dateline brief`."""
        with shared.notebook() as book:
            return [rows.briefing(s.briefing(since, as_of)) for s in _each(book, story, as_of)]


def _add_expectations(api: APIRouter, shared: SharedNotebook) -> None:
    """The ledger, and how the expectations of each source turned out."""

    @api.get("/expectations")
    def expectations(
        story: StoryKey = None,
        as_of: AsOf = None,
        status: StatusIs = None,
        due_before: DueBefore = None,
        due_after: DueAfter = None,
        everything: All = False,
        limit: Limit = None,
        offset: Offset = 0,
    ) -> Rows:
        """The rows of `dateline expectations`."""
        wanted = Wanted(status=status, due_before=due_before, due_after=due_after)
        with shared.notebook() as book:
            found = (
                rows.ledger_entry(e)
                for s in _each(book, story, as_of)
                for e in s.expectations(as_of, everything=everything)
                if wanted.holds(e)
            )
            return _part(found, limit, offset)

    @api.get("/sources")
    def sources(story: StoryKey = None, as_of: AsOf = None) -> Rows:
        """The rows of `dateline expectations --by-source`."""
        with shared.notebook() as book:
            found = [e for s in _each(book, story, as_of) for e in s.expectations(as_of)]
            return [rows.track_record(r) for r in track_records(found)]


def _add_claims(api: APIRouter, shared: SharedNotebook) -> None:
    """Who said what, and where reports differ."""

    @api.get("/statements")
    def statements(
        story: StoryKey = None, as_of: AsOf = None, by: Who = None, limit: Limit = None, offset: Offset = 0
    ) -> Rows:
        """The rows of `dateline statements`."""
        with shared.notebook() as book:
            found = (rows.statement(x) for s in _each(book, story, as_of) for x in s.statements(as_of, by=by))
            return _part(found, limit, offset)

    @api.get("/disagreements")
    def disagreements(
        story: StoryKey = None,
        as_of: AsOf = None,
        everything: All = False,
        limit: Limit = None,
        offset: Offset = 0,
    ) -> Rows:
        """The rows of `dateline disagreements`."""
        with shared.notebook() as book:
            found = (
                rows.disagreement(d)
                for s in _each(book, story, as_of)
                for d in s.disagreements(as_of, everything=everything)
            )
            return _part(found, limit, offset)


def _add_articles(api: APIRouter, shared: SharedNotebook) -> None:
    """Articles, and what is found in them by words."""

    @api.get("/articles/{article}")
    def article(article: str, as_of: AsOf = None) -> dict[str, Any]:
        """An article with all that was found in it: the row of `dateline show`."""
        with shared.notebook() as book:
            return rows.reading(book.article(article, as_of).reading)

    @api.get("/articles/{article}/changes")
    def changes(article: str, as_of: AsOf = None) -> Rows:
        """The rows of `dateline show --changes`."""
        with shared.notebook() as book:
            return [rows.change(c) for c in book.changes(article, as_of)]

    @api.get("/search")
    def search(
        q: Annotated[
            str, Query(max_length=500, description='Words that must all occur; "quoted words" are a phrase.')
        ],
        after: After = None,
        before: Before = None,
        as_of: AsOf = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 20,
    ) -> Rows:
        """The rows of `dateline search`."""
        with shared.notebook() as book:
            found = book.search(q, after=after, before=before, as_of=as_of, limit=limit)
            return [rows.search_hit(h) for h in found]

    @api.get("/names")
    def names(
        q: Annotated[str, Query(max_length=500, description="Words that the name must hold.")],
        as_of: AsOf = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 20,
    ) -> Rows:
        """People, organisations and places, those in most articles first."""
        with shared.notebook() as book:
            return [rows.name_hit(h) for h in book.names(q, as_of, limit)]
