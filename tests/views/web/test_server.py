"""The server itself: what it does with requests that are odd, too long, too slow or turned away, and what it sends with each answer."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.errors import NotebookError
from dateline.notebook import Notebook
from dateline.views import web
from dateline.views.web import connection
from dateline.views.web.server import listen
from tests.views.web.conftest import serving

TOKEN = "correct horse battery"
DAYS = ("0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31")
PAGES = ("/", "/expectations", "/calendar", "/statements", "/disagreements", "/search?q=tram")
TWINS = ("overview", "stories", "timeline", "expectations", "sources", "statements", "disagreements", "search?q=a", "names?q=a")  # fmt: skip


@pytest.fixture(scope="module")
def client(demo_notebook: Path) -> TestClient:
    return TestClient(
        web.create(str(demo_notebook)), base_url="http://localhost", raise_server_exceptions=False
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, demo_notebook: Path) -> Iterator[tuple[str, int]]:
    """A server that waits half a second where it would wait ten."""
    monkeypatch.setattr(connection, "SECONDS", 0.5)
    with serving(demo_notebook) as address:
        host, port = address.removeprefix("http://").split(":")
        yield host, int(port)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("path", [*PAGES, *(f"/api/{twin}" for twin in TWINS)])
def test_the_first_and_the_last_day_of_the_calendar_are_days(client: TestClient, path: str, day: str) -> None:
    assert client.get(f"{path}{'&' if '?' in path else '?'}as_of={day}").status_code == 200


@pytest.mark.parametrize(
    "query", [f"{name}={n}" for name in ("limit", "offset", "page") for n in (0, -1, 2**31, 2**63, 10**30)]
)
@pytest.mark.parametrize("path", [*PAGES, *(f"/api/{twin}" for twin in TWINS)])
def test_numbers_beyond_any_list_are_refused_or_give_what_there_is(
    client: TestClient, path: str, query: str
) -> None:
    assert client.get(f"{path}{'&' if '?' in path else '?'}{query}").status_code in (200, 400)


@pytest.mark.parametrize(
    "path",
    [
        *("/static/%00", "/static/../app.py", "/static/", "/%00", "/articles/%00", "/stories/%ED%A0%80"),
        *("/expectations?who=%ED%A0%80", "/search?q=%00", "/articles/a?at=999999999-999999999", "/?as_of=%00"),
        *(f"/calendar?month={month}" for month in ("0001-01", "0001-12", "9999-12", "9999-01")),
    ],
)  # fmt: skip
def test_odd_addresses_are_no_fault(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (200, 400, 404)


def _is_guarded(headers: object) -> bool:
    return {
        "content-security-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "cache-control",
    } <= {name.lower() for name in headers}  # type: ignore[attr-defined]


def test_every_answer_carries_the_headers_a_failure_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("/secret/place is broken")

    for path in ("/nowhere", "/stories/zzzz", "/?as_of=soon", "/static/none.css", "/api/none"):
        assert _is_guarded(client.get(path).headers), path
    assert _is_guarded(client.get("/", headers={"Host": "evil.example"}).headers)
    assert _is_guarded(client.post("/", headers={"Origin": "http://localhost"}).headers)
    monkeypatch.setattr(Notebook, "search", broken)
    for path in ("/search?q=tram", "/api/search?q=tram"):
        failed = client.get(path)
        assert failed.status_code == 500
        assert _is_guarded(failed.headers)
        assert "RuntimeError" in failed.text
        assert "secret" not in failed.text


def test_a_notebook_that_cannot_be_read_does_not_tell_where_it_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise NotebookError("/home/someone/secret.db: it is locked")

    monkeypatch.setattr(Notebook, "search", locked)
    for path in ("/search?q=tram", "/api/search?q=tram"):
        told = client.get(path)
        assert told.status_code == 503
        assert "cannot be read just now" in told.text
        assert "secret" not in told.text


@pytest.mark.parametrize("path", ["/", "/api/stories", "/static/site.css", "/nowhere", "/stories/zzzz"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers.get("content-type") == got.headers.get("content-type")


def test_options_says_what_can_be_asked(client: TestClient) -> None:
    for path, allowed in (("/", "GET, HEAD, OPTIONS"), ("/enter", "GET, HEAD, OPTIONS, POST")):
        answer = client.options(path)
        assert (answer.status_code, answer.headers["allow"]) == (204, allowed)


def test_long_pages_are_packed_for_those_who_can_unpack(client: TestClient) -> None:
    with client.stream("GET", "/", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert b"<main" in gzip.decompress(b"".join(packed.iter_raw()))
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_files_are_kept_for_good_under_the_address_of_their_content(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["cache-control"] == "private, no-cache"
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert len(files) >= 3
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert "immutable" not in client.get("/static/site.css").headers["cache-control"]
    assert "immutable" not in client.get("/static/none.css?v=1").headers["cache-control"]


def test_the_form_takes_no_more_than_a_token_needs(demo_notebook: Path) -> None:
    app = web.create(str(demo_notebook), token=TOKEN)
    asking = TestClient(app, base_url="http://news.example", follow_redirects=False)
    own = {"Origin": "http://news.example"}
    read = 0

    def body() -> Iterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 10_000
            yield b"x" * 10_000

    assert asking.post("/enter", content=body(), headers=own).status_code == 413
    entered = asking.post("/enter", data={"token": TOKEN}, headers=own)
    assert entered.status_code == 303
    # a link from a chat or a mail leads in without asking again
    assert "samesite=lax" in entered.headers["set-cookie"].lower()


def test_a_form_that_dribbles_is_given_up(demo_notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.views.web.routes.enter.FORM_SECONDS", 0.3)
    with serving(demo_notebook, token=TOKEN) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as slow:
            slow.sendall(
                f"POST /enter HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {address}\r\nContent-Length: 50\r\n\r\ntok".encode()
            )
            assert slow.recv(1000).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost: loc", b"GET"])
def test_half_a_request_does_not_hold_a_connection(quick: tuple[str, int], said: bytes) -> None:
    with socket.create_connection(quick, timeout=30) as half:
        half.sendall(said)
        # nothing comes but the end
        assert half.recv(1000) == b""


def test_half_a_second_request_does_not_hold_it_either(quick: tuple[str, int]) -> None:
    host = f"{quick[0]}:{quick[1]}".encode()
    with socket.create_connection(quick, timeout=30) as kept:
        kept.sendall(b"GET /api/status HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        answer = b""
        while b"filings" not in answer:
            more = kept.recv(1000)
            assert more
            answer += more
        kept.sendall(b"GET /api/sta")
        while more := kept.recv(1000):
            answer += more
    assert answer.count(b"HTTP/1.1") == 1


def test_small_answers_are_sent_at_once() -> None:
    async def without_delay() -> int:
        seen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            theirs = writer.get_extra_info("socket")
            seen.set_result(theirs.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(met, sock=listen("127.0.0.1", 0)) as server:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            told = await seen
            writer.close()
        return told

    # a thread of its own: the browser's tests leave a loop running in this one
    with ThreadPoolExecutor(1) as alone:
        assert alone.submit(asyncio.run, without_delay()).result() != 0
