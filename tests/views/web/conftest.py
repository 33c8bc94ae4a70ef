"""A server on loopback over notebooks of our own, and a browser to look at it with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

import dateline
from dateline.records import Article
from dateline.sources import make_article
from dateline.views import web
from dateline.views.web.connection import Connection
from tests.stopwatch import PATIENCE, wait_for

expect.set_options(timeout=PATIENCE * 1000)

HOSTILE = (
    '<script>window.hit = 1</script><img src=x onerror="window.hit = 2"> "><svg onload=window.hit=3> '
    "The mayor \u202egnp.exe will resign on Friday, the council said. <a href='javascript:window.hit=4'>more</a> "
    "{{ 7 * 7 }} ${7 * 7} </title></style></script><script>window.hit = 5</script>"
)


@contextmanager
def serving(path: Path, token: str | None = None) -> Iterator[str]:
    """The address of a server that runs inside."""
    app = web.create(str(path), token=token)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", http=Connection))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started or not thread.is_alive(), "the server did not start")
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def site(demo_notebook: Path) -> Iterator[str]:
    with serving(demo_notebook) as address:
        yield address


def hostile_articles() -> list[Article]:
    long = "Harbour " * 12_500
    return [
        make_article("news/<b>one</b>.txt", date(2024, 5, 2), HOSTILE, title=HOSTILE),
        make_article(
            "javascript:alert(1)",
            date(2024, 5, 3),
            "The mayor resigned on Friday. " + HOSTILE,
            title="‮desrever",
        ),
        make_article(
            "three.txt",
            date(2024, 5, 4),
            "The harbour of Hartvik closed on Friday, Ada Holt said.",
            title=long,
        ),
    ]


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "h.db"
    with dateline.open(path) as notebook:
        notebook.add_articles(hostile_articles())
    with serving(path) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may neither complain on the console nor throw, nor ask another host for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    opened.on("console", heard)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request", lambda r: None if "//127.0.0.1:" in r.url else complaints.append(f"asked for {r.url}")
    )
    yield opened
    context.close()
    assert complaints == []
