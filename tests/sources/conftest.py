"""A news site on loopback, and ways to read inputs made in a test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.errors import SourceError
from dateline.records import Article, Validators
from dateline.sources import SourceItem, SourceOptions, SourceWarning, open_source


@dataclass
class Read:
    """What came of an input."""

    articles: list[Article] = field(default_factory=list)
    problems: list[SourceError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def only(self) -> Article:
        """The one article, of an input without problems."""
        assert not self.problems, self.problems
        (article,) = self.articles
        return article

    @property
    def problem(self) -> str:
        """The one problem, of an input without articles."""
        assert not self.articles, self.articles
        (problem,) = self.problems
        return str(problem)


def sort_out(found: Iterator[SourceItem]) -> Read:
    """What was found, by kind."""
    read = Read()
    for one in found:
        if isinstance(one, Article):
            read.articles.append(one)
        elif isinstance(one, SourceWarning):
            read.warnings.append(one.message)
        else:
            read.problems.append(one)
    return read


Reads = Callable[..., Read]


@pytest.fixture
def read(tmp_path: Path) -> Reads:
    """Write `data` to a file of that name and read it."""

    def read_file(name: str, data: str | bytes, **settings: object) -> Read:
        path = tmp_path / name
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        return sort_out(open_source(str(path), SourceOptions(**settings)))  # type: ignore[arg-type]

    return read_file


@dataclass
class Page:
    """What the site answers for one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    # called instead, where a test wants to be slow or odd
    behave: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Site:
    """The site's pages by path, and what was asked for."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def put(
        self, path: str, body: str | bytes, kind: str = "text/html", status: int = 200, **headers: str
    ) -> str:
        """Put a page there; returns its address."""
        data = body.encode("utf-8") if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(data, status, {"Content-Type": kind, **told})
        return self.address + path


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that answers as its pages say, with ETags honoured."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers.get("User-Agent", ""))
            page = site.pages.get(self.path, Page(b"not here", 404))
            if page.behave:
                # whoever asked may have gone
                with suppress(BrokenPipeError, ConnectionResetError):
                    page.behave(self)
                return
            etag = page.headers.get("ETag")
            unchanged = etag is not None and self.headers.get("If-None-Match") == etag
            self.send_response(304 if unchanged else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if unchanged else str(len(page.body)))
            self.end_headers()
            if not unchanged:
                self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()


class Remembered(dict[str, Validators]):
    """A memory for the time of a test."""

    def recall(self, address: str) -> Validators | None:
        return self.get(address)

    def remember(self, address: str, validators: Validators) -> None:
        self[address] = validators


STORY = (
    "<p>The lock at Merrow will be drained on Monday so that divers can look at its gates, the canal trust said on Friday.</p>"
    "<p>Boats that want to pass have until Sunday evening. The trust expects the lock to be open again in ten days, if the "
    "gates are as sound as they were at the last inspection two years ago.</p>"
    "<p>“Nobody likes a closed lock in August, and we have left this as late as we dared,” said Ruth Ansell, who runs the trust.</p>"
)


def a_page(
    head: str = "",
    before: str = "",
    after: str = "",
    title: str = "Lock at Merrow to be drained",
    lang: str = "en",
) -> str:
    """A page with a story: `head` into its head, `before` under its headline, `after` behind the article."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<nav><a href="/">Home</a></nav><article><h1>{title}</h1>{before}{STORY}</article>{after}</body></html>'
    )
