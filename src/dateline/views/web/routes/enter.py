"""The way in where the notebook needs a token."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dateline.views.web.rendering import render
from dateline.views.web.safety import COOKIE
from dateline.views.web.site import Site

FORM_MOST, FORM_SECONDS = 10_000, 10.0
"""Bytes of a form, and how long it may take to come."""


def add(pages: APIRouter, site: Site) -> None:
    """Its routes."""

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
            async with asyncio.timeout(FORM_SECONDS):
                body = await _body(request)
        except TimeoutError:
            return PlainTextResponse("the form took too long to come\n", 408, {"Connection": "close"})
        if body is None:
            return PlainTextResponse("this form is far too long\n", 413, {"Connection": "close"})
        form = parse_qs(body.decode("utf-8", "replace"))
        onward = form.get("next", ["/"])[0]
        if not site.admission.is_token(form.get("token", [""])[0].strip()):
            return render("enter.html", 403, request=request, next=onward, wrong=True)
        local = onward.startswith("/") and not onward.startswith(("//", "/\\"))
        response = RedirectResponse(onward if local else "/", 303)
        response.set_cookie(
            COOKIE, site.admission.ticket, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
        return response


async def _body(request: Request) -> bytes | None:
    """What a form sends, None where that is more than a token needs."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_MOST:
            return None
    return body
