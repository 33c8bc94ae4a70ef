"""A story's page in three bands: what it is in brief, its picture, and its lists; and all passages behind one line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.errors import UnknownStory
from dateline.language.days import moved
from dateline.notebook import Notebook, lead_of
from dateline.records import Disagreement, LedgerEntry, TimelineEntry
from dateline.story import Story
from dateline.views import picture
from dateline.views.contents import StoryContents, disagreement_id, entry_id
from dateline.views.labels import telling_cue
from dateline.views.picture.links import Kind
from dateline.views.web.ledger import Wanted, choose
from dateline.views.web.params import AsOf, Day, DueAfter, DueBefore, PageNumber, StatusIs, Who
from dateline.views.web.quotes import by_report, is_name, newest_first, speakers
from dateline.views.web.rendering import address, render
from dateline.views.web.routes.article import pane_of
from dateline.views.web.site import FILES, PER_PAGE, Site, evidence_of, part

Tab = Literal["timeline", "expected", "disputed", "quotes", "reports"]
TABS: tuple[Tab, ...] = ("timeline", "expected", "disputed", "quotes", "reports")
_TWINS = {"expected": "expectations", "disputed": "disagreements", "quotes": "statements", "timeline": "timeline"}  # fmt: skip
_TABLES: dict[Tab, str] = {"timeline": "entries", "expected": "expectations", "disputed": "disagreements", "quotes": "statements", "reports": "articles"}  # fmt: skip
_KINDS: dict[str, Tab] = {"entry": "timeline", "expectation": "expected", "disagreement": "disputed"}
_NEW, _NAMES = 4, 14
_OPEN = re.compile(r"([0-9a-f]{1,40})(?::(\d{1,9}-\d{1,9}))?\Z")


@dataclass(frozen=True, slots=True)
class _Links:
    """Where the marks of a story's picture lead: to tabs of its page, of the same day and days."""

    story: str
    as_of: date | None
    axis: picture.Axis | None

    def _tab(self, tab: Tab, anchor: str, **query: object) -> str:
        kept = {"from_": self.axis.first, "to": self.axis.last} if self.axis else {}
        return address(f"/stories/{self.story}", as_of=self.as_of, tab=tab, **{**kept, **query}) + anchor

    def one(self, kind: Kind, key: str) -> str:
        tabs: dict[Kind, Tab] = {"entry": "timeline", "expectation": "expected", "disagreement": "disputed", "report": "reports"}  # fmt: skip
        return self._tab(tabs[kind], f"#{kind}-{key}", line=key)

    def many(self, kind: Kind, keys: Sequence[str], first: date, last: date) -> str:
        if kind == "report":
            return self.one(kind, keys[-1])
        if kind == "expectation":
            return self._tab("expected", "#tabs", due_after=first, due_before=moved(last, 1))
        if kind == "disagreement":
            return self._tab("disputed", f"#disagreement-{keys[0]}", line=keys[0])
        return self._tab("timeline", "#picture", from_=first, to=last)

    def lane(self, status: str, keys: Sequence[str]) -> str:
        return self._tab("expected", "#tabs", status=status)


def add(pages: APIRouter, site: Site) -> None:
    """Its routes."""

    @pages.get("/stories/{story}")
    def story_page(
        request: Request,
        story: str,
        as_of: AsOf = None,
        from_: Annotated[Day, Query(alias="from")] = None,
        to: Day = None,
        tab: Tab = "timeline",
        by: Who = None,
        status: StatusIs = None,
        due_after: DueAfter = None,
        due_before: DueBefore = None,
        page: PageNumber = 1,
        line: Annotated[str | None, Query(max_length=80)] = None,
        open_: Annotated[str | None, Query(alias="open", max_length=80)] = None,
    ) -> Response:
        """A story: in brief, as a picture, and as lists."""
        with site.shared.notebook() as book:
            try:
                found = book.story(story, as_of)
            except UnknownStory:
                return _not_yet(site, book, request, story, as_of)
            contents = StoryContents(found)
            summary = found.summary
            view = site.view(book, request, as_of, _twin_of(tab, summary.id, as_of), files=("html", f"csv:{_TABLES[tab]}"), story=summary.id)  # fmt: skip
            view["names"].load(m.id for m in summary.members)
            whole = picture.whole(contents)
            axis = picture.Axis(min(from_, to), max(from_, to)) if from_ and to else whole
            zoomed = axis if axis != whole else None
            brief = found.briefing(as_of=view["day"])
            wanted = Wanted(by, None, status, due_after, due_before)
            entries = [e for e in contents.entries if not zoomed or axis.holds(e.interval.start)]
            return render(
                "story.html",
                **view,
                story=summary,
                contents=contents,
                lead=lead_of(brief),
                new=brief.new[:_NEW],
                news_day=brief.since,
                drawing=picture.draw(contents, view["day"], axis, _Links(summary.id, as_of, zoomed)),
                axis=axis,
                zoomed=zoomed,
                tab=tab,
                tabs=_tabs(contents),
                entities=[e for e in found.entities(as_of) if is_name(e.name) and e.mentions > 1][:_NAMES],
                telling_cue=telling_cue,
                is_name=is_name,
                wanted=wanted,
                by=by,
                entry_id=entry_id,
                disagreement_id=disagreement_id,
                downloads=[(key, name) for key, (_, _, name) in FILES.items()],
                pane=_pane(book, open_, contents, as_of),
                **_rows(tab, contents, entries, wanted, page, line),
            )  # fmt: skip

    @pages.get("/stories/{story}/reports")
    def reports(story: str, as_of: AsOf = None) -> Response:
        """The reports are a tab of the story's page."""
        return RedirectResponse(address(f"/stories/{story}", as_of=as_of, tab="reports"), 308)

    @pages.get("/stories/{story}/lines/{line}")
    def line(request: Request, story: str, line: str, as_of: AsOf = None, pane: bool = False) -> Response:
        """All passages that one line rests on, report by report; with `pane` to stand beside the story."""
        with site.shared.notebook() as book:
            found = book.story(story, as_of)
            row = line_of(StoryContents(found), line)
            if row is None:
                raise UnknownStory(f"{line}: the story has no such line as of that day")
            view = site.view(book, request, as_of, _twin_of(_KINDS[line.partition("-")[0]], found.id, as_of))
            return render("line_pane.html" if pane else "line.html", **view, **about_line(found, line, row))


def line_of(contents: StoryContents, line: str) -> TimelineEntry | LedgerEntry | Disagreement | None:
    """The line that goes by `entry-ID`, `expectation-ID` or `disagreement-ID`."""
    kind, _, key = line.partition("-")
    if kind == "entry":
        return next((e for e in contents.entries if entry_id(e) == key), None)
    if kind == "expectation":
        return next((x for x in contents.expectations if x.id == key), None)
    if kind == "disagreement":
        return next((d for d in contents.disagreements if disagreement_id(d) == key), None)
    return None


def about_line(story: Story, line: str, row: TimelineEntry | LedgerEntry | Disagreement) -> dict[str, Any]:
    """What the page of one line shows."""
    said = row.text if isinstance(row, TimelineEntry) else row.event if isinstance(row, LedgerEntry) else row.about  # fmt: skip
    return {
        "story": story.summary,
        "line": line,
        "said": said,
        "evidence": evidence_of([row]),
    }


def _not_yet(site: Site, book: Notebook, request: Request, story: str, as_of: date | None) -> Response:
    """A story that begins later: its first day is offered. Raises UnknownStory where there is none at all."""
    later = book.story(story).summary
    return render(
        "not_yet.html", 404, **site.view(book, request, as_of), story_id=later.id, first=later.first
    )


def _twin_of(tab: Tab, story: str, as_of: date | None) -> str:
    if tab == "reports":
        return address(f"stories/{story}", as_of=as_of)
    return address(_TWINS[tab], story=story, as_of=as_of)


def _page_of(line: str | None, keys: Sequence[str], page: int) -> int:
    """The page on which the line of that id stands, else `page`."""
    return 1 + keys.index(line) // PER_PAGE if line in keys else page


def _tabs(contents: StoryContents) -> list[tuple[Tab, str, int]]:
    counts = (
        len(contents.entries),
        len(contents.expectations),
        len(contents.disagreements),
        len(contents.statements),
        len(contents.summary.members),
    )
    names = ("Timeline", "Expected", "Disputed", "Quotes", "Reports")
    return list(zip(TABS, names, counts, strict=True))


def _rows(
    tab: Tab,
    contents: StoryContents,
    entries: Sequence[TimelineEntry],
    wanted: Wanted,
    page: int,
    line: str | None,
) -> dict[str, Any]:
    """The rows of the tab that is open, of the page that holds `line` where that is told, and what it needs beside them."""
    if tab == "timeline":
        return {"rows": part(entries, _page_of(line, [entry_id(e) for e in entries] if line else [], page))}
    if tab == "expected":
        found = choose(contents.expectations, wanted, "due", descending=True)
        return {
            "rows": part(found, _page_of(line, [x.id for x in found], page)),
            "status_counts": Counter(x.outcome.status for x in contents.expectations),
        }
    if tab == "disputed":
        disputed = contents.disagreements
        return {"rows": part(disputed, _page_of(line, [disagreement_id(d) for d in disputed], page))}
    if tab == "quotes":
        said = newest_first(contents.statements)
        shown = part([s for s in said if wanted.who is None or s.speaker == wanted.who], page, 40)
        return {"rows": shown, "quoted": by_report(shown.rows), "people": speakers(said)[:12]}
    members = [m for m in contents.summary.members if m.duplicate_of is None][::-1]
    copies: defaultdict[str, list[str]] = defaultdict(list)
    for m in contents.summary.members:
        if m.duplicate_of:
            copies[m.duplicate_of].append(m.id)
            # a copy stands with what it copies
            line = m.duplicate_of if line == m.id else line
    return {"rows": part(members, _page_of(line, [m.id for m in members], page)), "copies": copies}


def _pane(
    book: Notebook,
    open_: str | None,
    contents: StoryContents,
    as_of: date | None,
) -> dict[str, Any] | None:
    """What the source pane shows: an article, the passages of a line, or nothing."""
    if not open_:
        return None
    row = line_of(contents, open_)
    if row is not None:
        return {"line": open_, **about_line(contents.story, open_, row)}  # type: ignore[arg-type]
    told = _OPEN.match(open_)
    if told is None or told[1] not in {m.id for m in contents.summary.members}:
        return None
    return pane_of(book, told[1], told[2], contents, as_of)
