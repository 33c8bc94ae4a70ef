"""Who may look, and what a page may do: hosts, the token, and the headers of every answer.

Article text is hostile. Templates escape everything, and the policy below lets a page run no script but our own file.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from http.cookies import SimpleCookie
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.errors import DatelineError

COOKIE = "dateline"
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Failed = Callable[[Request, Exception], Response]
_log = logging.getLogger(__name__)


def is_loopback(host: str) -> bool:
    """True where only programs on this machine can reach `host`."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def check_address(host: str, token: str | None) -> None:
    """Raises DatelineError where others could reach the page without a token."""
    if not is_loopback(host) and not token:
        raise DatelineError(
            f"{host}: others can reach this address; give a token with --token or DATELINE_TOKEN, or leave --host out"
        )
    if token is not None and len(token) < 12:
        raise DatelineError("the token is too short to be safe; give one of at least 12 characters")


class Admission:
    """Who may look. Without a token only names of this machine are answered (DNS rebinding)."""

    def __init__(self, token: str | None, hosts: frozenset[str]) -> None:
        self._token = token
        self._hosts = hosts
        # what the cookie holds: it proves the token and cannot be used in its place elsewhere
        key = secrets.token_bytes(32)
        self.ticket = hmac.new(key, (token or "").encode(), hashlib.sha256).hexdigest()

    def refusal(self, request: Request) -> Response | None:
        """The answer that turns a request away, or None where it may be answered."""
        host = _host_of(f"//{request.headers.get('host', '')}")
        if self._token is None and host not in self._hosts:
            return PlainTextResponse("this page answers to its own address only\n", 421)
        if request.method not in _SAFE and not self._same_origin(request):
            return PlainTextResponse("this request comes from another page\n", 403)
        if self._token is None or request.url.path.startswith(("/static/", "/enter")):
            return None
        if self.admits(request):
            return None
        if request.url.path.startswith("/api/"):
            return PlainTextResponse(
                "this notebook needs a token: send `Authorization: Bearer TOKEN`\n",
                401,
                {"WWW-Authenticate": "Bearer"},
            )
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/enter?{urlencode({'next': request.url.path + query})}", 303)

    def admits(self, request: Request) -> bool:
        """True where the request carries the token, or the cookie that was given for it. Compared in constant time."""
        if self._token is None:
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer" and self.is_token(given.strip()):
            return True
        cookie = SimpleCookie(request.headers.get("cookie", "")).get(COOKIE)
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.ticket.encode())

    def is_token(self, given: str) -> bool:
        """True where `given` is the token. Compared in constant time."""
        return self._token is not None and hmac.compare_digest(
            given.encode("utf-8", "surrogatepass"), self._token.encode("utf-8", "surrogatepass")
        )

    @staticmethod
    def _same_origin(request: Request) -> bool:
        origin = request.headers.get("origin")
        return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


class Guard:
    """ASGI middleware around everything: turns requests away, answers OPTIONS and HEAD, and puts the headers on each answer, that of a
    failure too. `failed` makes the page that tells of one."""

    def __init__(self, app: ASGIApp, admission: Admission, failed: Failed) -> None:
        self._app = app
        self._admission = admission
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        head = request.method == "HEAD"
        started = False

        async def send_on(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in {**_HEADERS, "Cache-Control": _kept(request, message["status"])}.items():
                    headers.setdefault(name, value)
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            response = self._admission.refusal(request)
            if response is None and request.method == "OPTIONS":
                response = Response(status_code=204, headers={"Allow": _allowed(request)})
            if response is not None:
                await response(scope, receive, send_on)
            else:
                await self._app({**scope, "method": "GET"} if head else scope, receive, send_on)
        except Exception as error:
            if started:
                raise
            _log.exception("%s failed", request.url.path)
            await self._failed(request, error)(scope, receive, send_on)


def _allowed(request: Request) -> str:
    return "GET, HEAD, OPTIONS, POST" if request.url.path == "/enter" else "GET, HEAD, OPTIONS"


def _kept(request: Request, status: int) -> str:
    """How long an answer may be kept: a file for good under the address that tells its content, a page not without asking."""
    if status == 200 and request.url.path.startswith("/static/"):
        return "public, max-age=31536000, immutable" if "v" in request.query_params else "public, no-cache"
    return "private, no-cache"


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
