"""The pages. Each renders what the notebook gives; the day that it shows is in its address."""

from __future__ import annotations

import asyncio
import re
from calendar import Calendar
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import parse_qs

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from dateline.language.days import moved
from dateline.notebook import Notebook, Story, track_records
from dateline.records import Evidence, LedgerEntry, Span, StoryStatement
from dateline.views import picture
from dateline.views.contents import StoryContents, disagreement_id, entry_id
from dateline.views.web.desk import Desk
from dateline.views.web.ledger import Wanted, choose, voiced
from dateline.views.web.marks import found, passages
from dateline.views.web.params import AsOf, Day, PageNumber, SortBy, StatusIs, StoryKey, Who, Words
from dateline.views.web.rendering import render
from dateline.views.web.safety import COOKIE, Admission
from dateline.views.web.small_pictures import shares, sparkline

T = TypeVar("T")

_PER_PAGE = 100
# rows of each kind on a story's page; the rest stand on pages of their own
_MOST_EXPECTATIONS, _MOST_STATEMENTS, _MOST_REPORTS = 40, 30, 40
# a source is judged from so many expectations that a report settled
_ENOUGH = 4
_HITS = 30
"""Articles that a search shows."""
_FORM_MOST, _FORM_SECONDS = 10_000, 10
"""Bytes of a form, and how long it may take to come."""
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A page's share of a long list."""

    rows: Sequence[T]
    number: int
    pages: int
    total: int


def part(everything: Sequence[T], number: int, most: int = _PER_PAGE) -> Part[T]:
    """The rows of page `number`, the last page where there are fewer."""
    pages = max(-(-len(everything) // most), 1)
    number = min(number, pages)
    return Part(everything[(number - 1) * most : number * most], number, pages, len(everything))


def _view(book: Notebook, request: Request, as_of: date | None) -> dict[str, Any]:
    """What every page needs: the day shown, and the days the slider runs over."""
    first, last = book.first_day(), book.last_day()
    return {
        "request": request,
        "as_of": as_of,
        "day": as_of or last,
        "span": (first, max(last, as_of or last)) if first and last else None,
        "articles": len(book),
    }


def _evidence(story: StoryContents) -> list[Evidence]:
    """All passages that a story's lines rest on, in order of day and place."""
    rows = [e for entry in story.entries for e in entry.sources]
    for x in story.expectations:
        rows += [s.evidence for s in x.sources] + ([x.outcome.evidence] if x.outcome.evidence else [])
    rows += [v.evidence for d in story.disagreements for v in d.values]
    return sorted(set(rows), key=lambda e: (e.published, e.article, e.span))


def _neighbours(
    story: StoryContents, article: str, at: Span | None
) -> tuple[Evidence | None, Evidence | None]:
    """The passages before and after `at` among those that a story's lines rest on."""
    rows = _evidence(story)
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


def _newest(said: Sequence[StoryStatement]) -> tuple[list[StoryStatement], list[tuple[str, int]]]:
    """Statements with the newest first, and who made them with how many."""
    ordered = sorted(
        said,
        key=lambda s: (s.evidence.published, s.evidence.article, s.evidence.span.start, s.evidence.span.end),
        reverse=True,
    )
    return ordered, _names(ordered)


def _names(statements: Sequence[StoryStatement]) -> list[tuple[str, int]]:
    """Speakers with how many statements they have, the most first."""
    counts = Counter(s.speaker for s in statements if s.speaker)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def router(desk: Desk, admission: Admission, openapi: Callable[[], dict[str, Any]]) -> APIRouter:
    """The routes of the pages."""
    pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def ledger(book: Notebook, as_of: date | None) -> list[LedgerEntry]:
        return desk.kept(book, "ledger", as_of, lambda: book.expectations(as_of))

    def titles(book: Notebook, as_of: date | None) -> dict[str, str]:
        return desk.kept(book, "titles", as_of, lambda: {s.id: s.title for s in book.overview(as_of)[0]})

    @pages.get("/")
    def front(request: Request, as_of: AsOf = None, page: PageNumber = 1) -> Response:
        """The storylines, the latest first."""
        with desk.notebook() as book:
            stories, waiting = desk.kept(book, "overview", as_of, lambda: book.overview(as_of))
            if waiting:
                # counted again when they are worked out: a brief more does not make a filing
                stories, waiting = book.overview(as_of)
                desk.work_out(as_of)
            view = _view(book, request, as_of)
            shown = part(stories, page)
            return render(
                "front.html",
                **view,
                stories=shown,
                waiting=waiting,
                sparkline=sparkline,
                due=sum(s.open for s in stories),
                overdue=sum(s.overdue for s in stories),
            )

    @pages.get("/stories/{story}")
    def story_page(
        request: Request,
        story: str,
        as_of: AsOf = None,
        from_: Annotated[Day, Query(alias="from")] = None,
        to: Day = None,
        page: PageNumber = 1,
    ) -> Response:
        """A story: its picture, and the same as lists."""
        with desk.notebook() as book:
            found_story = book.story(story, as_of)
            contents = StoryContents(found_story)
            view = _view(book, request, as_of)
            whole = picture.whole(contents)
            axis = picture.Axis(min(from_, to), max(from_, to)) if from_ and to else whole
            latest = [m for m in found_story.summary.members if m.duplicate_of is None][::-1]
            copies = Counter(m.duplicate_of for m in found_story.summary.members if m.duplicate_of)
            return render(
                "story.html",
                **view,
                story=found_story.summary,
                entries=part(contents.entries, page),
                expectations=part(contents.expectations, 1, _MOST_EXPECTATIONS),
                statements=part(contents.statements[::-1], 1, _MOST_STATEMENTS),
                disagreements=contents.disagreements,
                reports=part(latest, 1, _MOST_REPORTS),
                copies=copies,
                entities=found_story.entities(as_of)[:12],
                drawing=picture.draw(contents, view["day"], axis),
                axis=axis,
                whole=whole,
                status_counts=Counter(x.outcome.status for x in contents.expectations),
                entry_id=entry_id,
                disagreement_id=disagreement_id,
            )

    @pages.get("/stories/{story}/reports")
    def reports(request: Request, story: str, as_of: AsOf = None, page: PageNumber = 1) -> Response:
        """All reports of a story."""
        with desk.notebook() as book:
            summary = book.story(story, as_of).summary
            return render(
                "reports.html",
                **_view(book, request, as_of),
                story=summary,
                reports=part(summary.members[::-1], page),
            )

    @pages.get("/articles/{article:path}")
    def article_page(
        request: Request,
        article: str,
        as_of: AsOf = None,
        at: Annotated[str | None, Query(max_length=40)] = None,
        pane: bool = False,
    ) -> Response:
        """An article with what was found in it, the evidence highlighted; with `pane` alone, to stand beside a story."""
        with desk.notebook() as book:
            filed = book.article(article, as_of)
            told = _SPAN.match(at or "")
            evidence = Span(int(told[1]), int(told[2])) if told else None
            key = book.story_of(filed.article.id, as_of)
            story = StoryContents(book.story(key, as_of)) if key else None
            before, after = _neighbours(story, filed.article.id, evidence) if story else (None, None)
            marks = list(found(filed.reading))
            return render(
                "pane.html" if pane else "article.html",
                **_view(book, request, as_of),
                article=filed.article,
                filed=filed,
                story=story.summary if story else None,
                passages=passages(filed.reading, marks, evidence),
                marks=marks,
                reading=filed.reading,
                before=before,
                after=after,
                changes=[] if pane else book.changes(filed.article.id, as_of),
            )

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
        sort: SortBy = "due",
        down: bool = True,
        page: PageNumber = 1,
    ) -> Response:
        """The ledger: a table to filter and sort, and how the expectations of each source turned out."""
        wanted = Wanted(who, what, status, due_after, due_before)
        with desk.notebook() as book:
            chosen = book.story(story, as_of) if story else None
            everything = chosen.expectations(as_of) if chosen else ledger(book, as_of)
            judged = (
                track_records(everything)
                if chosen
                else desk.kept(book, "sources", as_of, lambda: track_records(everything))
            )
            judged = [r for r in judged if r.settled >= _ENOUGH]
            return render(
                "expectations.html",
                **_view(book, request, as_of),
                story=chosen.summary if chosen else None,
                entries=part(choose(everything, wanted, sort, descending=down), page),
                total=len(everything),
                wanted=wanted,
                sort=sort,
                down=down,
                voiced=voiced,
                titles=titles(book, as_of),
                judged=judged[:20],
                shares=shares,
                enough=_ENOUGH,
            )

    @pages.get("/calendar")
    def calendar(
        request: Request, as_of: AsOf = None, month: Annotated[str | None, Query(max_length=10)] = None
    ) -> Response:
        """What is due, on a calendar's page."""
        with desk.notebook() as book:
            view = _view(book, request, as_of)
            first = _first_of(month) or (view["day"] or date.today()).replace(day=1)
            weeks = Calendar().monthdatescalendar(first.year, first.month) if 1 < first.year < 9999 else []
            shown = {day for week in weeks for day in week}
            due: defaultdict[date, list[LedgerEntry]] = defaultdict(list)
            for entry in ledger(book, as_of):
                if entry.due and entry.due.end in shown:
                    due[entry.due.end].append(entry)
            return render(
                "calendar.html",
                **view,
                first=first,
                earlier=_month_label(moved(first, -1)),
                later=_month_label(moved(first, 32)),
                weeks=weeks,
                due=due,
                total=sum(len(rows) for day, rows in due.items() if day.month == first.month),
                titles=titles(book, as_of),
            )

    @pages.get("/statements")
    def statements(
        request: Request, as_of: AsOf = None, story: StoryKey = None, by: Who = None, page: PageNumber = 1
    ) -> Response:
        """Who said what, by person over time."""
        with desk.notebook() as book:
            chosen: Story | None = book.story(story, as_of) if story else None
            if chosen:
                said, people = _newest(chosen.statements(as_of))
            else:
                said, people = desk.kept(book, "statements", as_of, lambda: _newest(book.statements(as_of)))
            if by:
                said, _ = _newest(
                    chosen.statements(as_of, by=by) if chosen else book.statements(as_of, by=by)
                )
            return render(
                "statements.html",
                **_view(book, request, as_of),
                story=chosen.summary if chosen else None,
                by=by,
                people=people[:60],
                statements=part(said, page),
                titles=titles(book, as_of),
            )

    @pages.get("/disagreements")
    def disagreements(
        request: Request, as_of: AsOf = None, story: StoryKey = None, page: PageNumber = 1
    ) -> Response:
        """Where reports disagree, by story and day."""
        with desk.notebook() as book:
            chosen = book.story(story, as_of) if story else None
            if chosen:
                rows = chosen.disagreements(as_of)
            else:
                rows = desk.kept(book, "disagreements", as_of, lambda: book.disagreements(as_of))
            rows = sorted(rows, key=lambda d: max(v.evidence.published for v in d.values), reverse=True)
            return render(
                "disagreements.html",
                **_view(book, request, as_of),
                story=chosen.summary if chosen else None,
                disagreements=part(rows, page),
                titles=titles(book, as_of),
                disagreement_id=disagreement_id,
            )

    @pages.get("/search")
    def search(
        request: Request, q: Words = None, as_of: AsOf = None, after: Day = None, before: Day = None
    ) -> Response:
        """Articles, people and places that hold the words."""
        with desk.notebook() as book:
            hits = book.search(q, after=after, before=before, as_of=as_of, limit=_HITS) if q else []
            names = book.names(q, as_of) if q else []
            return render(
                "search.html",
                **_view(book, request, as_of),
                q=q,
                after=after,
                before=before,
                hits=hits,
                names=names,
                titles=titles(book, as_of),
            )

    @pages.get("/api")
    def api_page(request: Request) -> Response:
        """What the API offers, from its OpenAPI description."""
        schema = openapi()
        with desk.notebook() as book:
            return render("api.html", **_view(book, request, None), schema=schema)

    @pages.get("/enter")
    def enter(
        request: Request, next_: Annotated[str, Query(alias="next", max_length=2000)] = "/"
    ) -> Response:
        """Asks for the token."""
        return render("enter.html", request=request, next=next_, wrong=False)

    @pages.post("/enter")
    async def entered(request: Request) -> Response:
        """Takes the token and gives the cookie that stands for it."""
        try:
            async with asyncio.timeout(_FORM_SECONDS):
                body = await _body(request)
        except TimeoutError:
            return PlainTextResponse("the form took too long to come\n", 408, {"Connection": "close"})
        if body is None:
            return PlainTextResponse("this form is far too long\n", 413, {"Connection": "close"})
        form = parse_qs(body.decode("utf-8", "replace"))
        onward = form.get("next", ["/"])[0]
        if not admission.is_token(form.get("token", [""])[0].strip()):
            return render("enter.html", 403, request=request, next=onward, wrong=True)
        local = onward.startswith("/") and not onward.startswith(("//", "/\\"))
        response = RedirectResponse(onward if local else "/", 303)
        response.set_cookie(
            COOKIE, admission.ticket, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
        return response

    return pages


def _first_of(month: str | None) -> date | None:
    told = _MONTH.match(month or "")
    if told is None or not 1 <= int(told[2]) <= 12 or not 2 <= int(told[1]) <= 9998:
        return None
    return date(int(told[1]), int(told[2]), 1)


def _month_label(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


async def _body(request: Request) -> bytes | None:
    """What a form sends, None where that is more than a token needs."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _FORM_MOST:
            return None
    return body
