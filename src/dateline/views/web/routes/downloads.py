"""Exports to take away: the files that `dateline export` writes."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dateline.views import exports
from dateline.views.web.params import AsOf
from dateline.views.web.site import Site

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


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/stories/{story}/export/{to}")
    def download(
        request: Request,
        story: str,
        to: str,
        as_of: AsOf = None,
        most: Annotated[int, Query(ge=1, le=1000)] = exports.MOST,
        full_texts: bool = False,
    ) -> Response:
        """A story in a format of FILES, to be saved."""
        if to not in FILES:
            return Response(
                f"no such format; choose one of {', '.join(FILES)}\n", 404, media_type="text/plain"
            )
        ending, kind, _ = FILES[to]
        written = BytesIO()
        with site.desk.notebook() as book:
            key = book.story(story, as_of).id
            exports.export(
                *(book, to),
                story=key,
                as_of=as_of,
                most=most,
                full_texts=full_texts,
                page=str(request.base_url),
                out=written,
            )
        name = f"{key}-{to}.{ending}"
        return Response(
            written.getvalue(),
            media_type=kind,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
