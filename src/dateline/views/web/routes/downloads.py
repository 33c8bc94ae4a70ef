"""Exports to take away: the files that `dateline export` writes."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dateline.views import exports
from dateline.views.web.params import AsOf, StoryKey
from dateline.views.web.site import FILES, Site

_TABLES = f"^(?:{'|'.join(kind.name for kind in exports.KINDS)})$"
Most = Annotated[int, Query(ge=1, le=1000)]


def add(pages: APIRouter, site: Site) -> None:
    """Its routes."""

    @pages.get("/stories/{story}/export/{to}")
    def download(
        request: Request,
        story: str,
        to: str,
        as_of: AsOf = None,
        most: Most = exports.MOST,
        full_texts: bool = False,
    ) -> Response:
        """A story in a format of FILES, to be saved."""
        return _file(site, request, to, story, as_of, most=most, full_texts=full_texts)

    @pages.get("/export/{to}")
    def download_all(
        request: Request,
        to: str,
        as_of: AsOf = None,
        story: StoryKey = None,
        table: Annotated[str | None, Query(pattern=_TABLES)] = None,
        most: Most = exports.MOST,
    ) -> Response:
        """All stories, or one, in a format of FILES; of a table its kind of record."""
        return _file(site, request, to, story, as_of, most=most, table=table if to == "csv" else None)


def _file(
    site: Site, request: Request, to: str, story: str | None, as_of: date | None, **settings: Any
) -> Response:
    if to not in FILES:
        return Response(f"no such format; choose one of {', '.join(FILES)}\n", 404, media_type="text/plain")
    ending, kind, _ = FILES[to]
    written = BytesIO()
    with site.shared.notebook() as book:
        key = book.story(story, as_of).id if story else None
        exports.export(book, to, story=key, as_of=as_of, page=str(request.base_url), out=written, **settings)
    name = f"{key or 'stories'}-{settings.get('table') or to}.{ending}"
    return Response(
        written.getvalue(),
        media_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
