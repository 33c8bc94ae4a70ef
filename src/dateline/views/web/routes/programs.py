"""What the API offers, from its OpenAPI description."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dateline.views.web.rendering import render
from dateline.views.web.site import Site


def add(pages: APIRouter, site: Site) -> None:
    """Its route."""

    @pages.get("/api")
    def api_page(request: Request) -> Response:
        """The addresses and their parameters."""
        with site.shared.notebook() as book:
            return render("api.html", **site.view(book, request, None), schema=site.openapi())
