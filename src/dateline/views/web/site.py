"""What all pages share: the shared that they read from, and what stands at the head and the foot of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from starlette.requests import Request

from dateline.notebook import Notebook
from dateline.records import ArticleSummary, Disagreement, Evidence, LedgerEntry, TimelineEntry
from dateline.views.web.names import Names
from dateline.views.web.rendering import address
from dateline.views.web.safety import Admission
from dateline.views.web.shared_notebook import SharedNotebook

FILES = {
    "timelinejs": ("json", "application/json", "TimelineJS"),
    "embed": ("html", "text/html", "Embed"),
    "html": ("html", "text/html", "HTML page"),
    "brief": ("html", "text/html", "Brief"),
    "markdown": ("md", "text/markdown", "Markdown"),
    "ics": ("ics", "text/calendar", "Calendar"),
    "rss": ("xml", "application/rss+xml", "RSS feed"),
    "csv": ("csv", "text/csv", "CSV"),
}
"""The formats offered: the ending of the file's name, its kind, and what it is called."""
T = TypeVar("T")
PER_PAGE = 80


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A page's share of a long list."""

    rows: Sequence[T]
    number: int
    pages: int
    total: int


def part(everything: Sequence[T], number: int, most: int = PER_PAGE) -> Part[T]:
    """The rows of page `number`, the last page where there are fewer."""
    pages = max(-(-len(everything) // most), 1)
    number = min(number, pages)
    return Part(everything[(number - 1) * most : number * most], number, pages, len(everything))


@dataclass(frozen=True, slots=True)
class Site:
    """The notebook's shared, who is let in, and the description of the API."""

    shared: SharedNotebook
    admission: Admission
    openapi: Callable[[], dict[str, Any]]

    def view(
        self,
        book: Notebook,
        request: Request,
        as_of: date | None,
        twin: str | None = None,
        *,
        files: Sequence[str] = (),
        story: str | None = None,
    ) -> dict[str, Any]:
        """What every page needs: the day shown, the days the slider runs over, names of reports, the address of its JSON `twin`,
        and the `files` in which its list can be saved ("csv:expectations" is a table), those of one `story` where that is told."""
        first, last = book.first_day(), book.view_day()
        day = as_of or last
        known: dict[str, ArticleSummary] = self.shared.kept(book, "known", None, dict)
        return {
            "request": request,
            "as_of": as_of,
            "day": day,
            "span": (first, max(last, as_of or last)) if first and last else None,
            "articles": len(book),
            "left_out": book.count_after(day) if day and not as_of else 0,
            "names": Names(book, day, known),
            "twin": f"/api/{twin}" if twin else None,
            "files": [_file(told, as_of, story) for told in files],
        }

    def ledger(self, book: Notebook, as_of: date | None) -> list[LedgerEntry]:
        """The expectations of all stories."""
        return self.shared.kept(book, "ledger", as_of, lambda: book.expectations(as_of))

    def titles(self, book: Notebook, as_of: date | None) -> dict[str, str]:
        """The titles of all stories by id."""
        return self.shared.kept(
            book, "titles", as_of, lambda: {s.id: s.title for s in book.overview(as_of)[0]}
        )


def _file(told: str, as_of: date | None, story: str | None) -> tuple[str, str]:
    """What a file is called, and its address."""
    to, _, table = told.partition(":")
    return FILES[to][2], address(f"/export/{to}", table=table, story=story, as_of=as_of)


def evidence_of(rows: Iterable[TimelineEntry | LedgerEntry | Disagreement]) -> list[Evidence]:
    """All passages that lines rest on."""
    found: list[Evidence] = []
    for row in rows:
        match row:
            case TimelineEntry():
                found += row.sources
            case LedgerEntry():
                found += [s.evidence for s in row.sources]
                found += [row.outcome.evidence] if row.outcome.evidence else []
            case Disagreement():
                found += [v.evidence for v in row.values]
    return found
