"""The pages, a module each. Each renders what the notebook gives; the day that it shows is in its address."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from dateline.views.web.routes import (
    article,
    brief,
    calendar,
    disagreements,
    downloads,
    enter,
    front,
    ledger,
    programs,
    search,
    statements,
    story,
)
from dateline.views.web.site import Site


def router(site: Site) -> APIRouter:
    """The routes of all pages."""
    pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    for page in (
        *(front, story, article, ledger, calendar, statements, disagreements),
        *(search, brief, downloads, programs, enter),
    ):
        page.add(pages, site)
    return pages
