"""The application: pages, their JSON twins, style sheet and script, and what is said when something is wrong."""

from __future__ import annotations

import logging
from collections.abc import Collection

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from dateline.errors import DatelineError, SearchError, UnknownArticle, UnknownStory
from dateline.views.web import api, routes
from dateline.views.web.rendering import render
from dateline.views.web.safety import Admission, Guard
from dateline.views.web.shared_notebook import SharedNotebook
from dateline.views.web.site import Site

_log = logging.getLogger(__name__)
_OWN_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))
_ABOUT = (
    "The rows of the command line's `--json`, for other programs. Every listing takes `as_of`: the view is then that of "
    "the day's close, and holds nothing from later articles."
)


def create(path: str, *, token: str | None = None, hosts: Collection[str] = ()) -> FastAPI:
    """The application for the notebook at `path`. With a `token` every request must carry it or its cookie; without,
    only requests to this machine's own names, or to `hosts`, are answered.

    Raises NotebookError where the notebook cannot be read.
    """
    shared = SharedNotebook(path)
    admission = Admission(token, _OWN_NAMES | {h.strip("[]").casefold() for h in hosts})
    app = FastAPI(
        title="dateline",
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    # added last it is the outermost
    app.add_middleware(Guard, admission=admission, failed=_failed)
    app.include_router(api.router(shared))
    app.include_router(routes.router(Site(shared, admission, app.openapi)))
    app.mount("/static", StaticFiles(packages=[("dateline.views", "static")]), name="static")
    app.add_exception_handler(DatelineError, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(HTTPException, _not_there)
    # the views of the last day, should another version have made the notebook
    shared.refresh_views(None)
    return app


def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, UnknownStory | UnknownArticle):
        return _say(request, 404, str(error))
    if isinstance(error, SearchError):
        return _say(request, 400, str(error))
    # it may name the notebook's file, which is nobody's business but the server's own
    _log.warning("%s: %s", request.url.path, error)
    return _say(
        request, 503, "the notebook cannot be read just now; the terminal of `dateline serve` says why"
    )


def _misunderstood(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    said = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in faults)
    return _say(request, 400, f"the address asks for what cannot be: {said}")


def _not_there(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    what = "there is no such page" if status == 404 else str(getattr(error, "detail", error))
    return _say(request, status, f"{request.url.path}: {what}")


def _failed(request: Request, error: Exception) -> Response:
    # the server's log has the rest
    return _say(
        request,
        500,
        f"dateline failed at {request.url.path} ({type(error).__name__}); this is a fault of its own",
    )


def _say(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status)
    return render(
        "error.html",
        status,
        request=request,
        title="Not found" if status == 404 else "Not possible",
        message=message,
    )
