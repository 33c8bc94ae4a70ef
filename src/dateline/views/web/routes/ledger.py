"""The ledger: what is expected, by when, and what became of it; holders' records on top."""

from __future__ import annotations

from collections import Counter
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dateline.notebook import ledger_sections, track_records
from dateline.views.web.ledger import Wanted, choose, voiced
from dateline.views.web.params import AsOf, Day, PageNumber, SortBy, StatusIs, StoryKey, Who, Words
from dateline.views.web.rendering import address, render
from dateline.views.web.site import Site, evidence_of, part
from dateline.views.web.small_pictures import shares

# a source is judged from so many expectations that a report settled
_ENOUGH, _JUDGED = 4, 8


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/expectations")
    def expectations(
        request: Request,
        as_of: AsOf = None,
        story: StoryKey = None,
        who: Who = None,
        what: Words = None,
        status: StatusIs = None,
        due_after: Day = None,
        due_before: Day = None,
        sort: SortBy | None = None,
        down: bool = True,
        page: PageNumber = 1,
    ) -> Response:
        """In sections by when it is due, or sorted by a column."""
        wanted = Wanted(who, what, status, due_after, due_before)
        with site.shared.notebook() as book:
            chosen = book.story(story, as_of) if story else None
            everything = chosen.expectations(as_of) if chosen else site.ledger(book, as_of)
            judged = (
                track_records(everything)
                if chosen
                else site.shared.kept(book, "sources", as_of, lambda: track_records(everything))
            )
            story_id = chosen.id if chosen else None
            view = site.view(book, request, as_of, address("expectations", as_of=as_of, story=story_id, status=status, due_before=due_before, due_after=due_after), files=("csv:expectations", "ics"), story=story_id)  # fmt: skip
            found = choose(everything, wanted, sort or "due", descending=down)
            sections = ledger_sections(found, view["day"] or date.min)
            if sort is None:
                found = [x for _, rows in sections for x in rows]
            shown = part(found, page)
            view["names"].load(e.article for e in evidence_of(shown.rows))
            without_status = Wanted(who, what, None, due_after, due_before)
            return render(
                "expectations.html",
                **view,
                story=chosen.summary if chosen else None,
                entries=shown,
                sections=ledger_sections(shown.rows, view["day"] or date.min) if sort is None else [],
                section_counts={name: len(rows) for name, rows in sections},
                status_counts=Counter(x.outcome.status for x in everything if without_status.holds(x)),
                total=len(everything),
                wanted=wanted,
                sort=sort,
                down=down,
                voiced=voiced,
                titles=site.titles(book, as_of),
                judged=[r for r in judged if r.settled >= _ENOUGH][:_JUDGED],
                shares=shares,
                enough=_ENOUGH,
            )
