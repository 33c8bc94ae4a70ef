"""Addresses: politely, within bounds, and never into the network of the one who asks."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable
from datetime import date
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler

import pytest

from dateline.errors import SourceError
from dateline.sources import SourceOptions, addresses, open_source
from dateline.sources.fetching import USER_AGENT, Fetcher
from tests.sources.conftest import Page, Site, a_page, sort_out
from tests.stopwatch import PATIENCE

STAMP = '<meta property="article:published_time" content="2023-08-04T09:00:00+01:00">'
LOCAL = SourceOptions(allow_private=True, delay=0)


def fetcher(**settings: object) -> Fetcher:
    return Fetcher(allow_private=True, delay=0, sleep=lambda _: None, **settings)  # type: ignore[arg-type]


def test_a_page_is_added_by_its_address(site: Site) -> None:
    address = site.put("/lock", a_page(STAMP))
    article = sort_out(open_source(address, LOCAL)).only
    assert (article.published, article.source, article.url) == (date(2023, 8, 4), address, address)
    assert site.agents == {USER_AGENT}
    assert USER_AGENT.startswith("dateline/")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0.0.0.0/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::]/", "http://10.0.0.8/", "http://192.168.1.1/", "http://172.16.3.4/",
        "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fd00::1]/", "http://100.64.0.1/", "http://224.0.0.1/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
    ],
)  # fmt: skip
def test_the_network_of_the_one_who_asks_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match="--allow-private"):
        addresses.resolve(address, allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "http:///x",
        "http://user:word@a.example/",
        "http://a.example:99999/",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    found = sort_out(open_source(address))
    assert found.problems
    assert "user:" not in found.problem


def test_a_name_is_judged_by_all_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (n, 80)) for n in ("93.184.216.34", "10.1.2.3")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(SourceError, match=r"10\.1\.2\.3"):
        addresses.resolve("http://news.example/", allow_private=False)


def test_a_redirect_into_the_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # the site stands for the public network here
    monkeypatch.setattr(addresses, "_is_public", lambda number: number == "127.0.0.1")
    for target in (
        "http://127.0.0.2/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://[::1]/",
    ):
        address = site.put("/away", "", status=302, Location=target)
        with pytest.raises(SourceError, match=r"allow-private|only http"):
            Fetcher(delay=0).fetch(address)


def test_what_was_looked_at_is_what_is_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is looked up and private a moment later is looked up once."""
    port = int(site.address.rpartition(":")[2])
    asked = []

    def once(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    site.put("/lock", a_page(STAMP))
    monkeypatch.setattr(addresses, "_is_public", lambda number: True)
    place = addresses.resolve(site.address.replace("127.0.0.1", "localhost") + "/lock", allow_private=False)
    assert place.by_number.startswith("http://127.0.0.1:")
    monkeypatch.setattr(addresses.socket, "getaddrinfo", once)
    assert b"Merrow" in Fetcher(delay=0).fetch(f"http://news.example:{port}/lock").data
    assert set(asked) <= {"news.example", "127.0.0.1"}


def test_redirects_are_followed_and_bounded(site: Site) -> None:
    site.put("/lock", a_page(STAMP))
    first = site.put("/old", "", status=301, Location="/lock")
    assert fetcher().fetch(first).address.endswith("/lock")
    circle = site.put("/circle", "", status=302, Location="/circle")
    with pytest.raises(SourceError, match="redirects"):
        fetcher().fetch(circle)


def test_robots_txt_is_asked_once_and_heeded(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    shut, free = site.put("/private/lock", a_page(STAMP)), site.put("/lock", a_page(STAMP))
    polite = fetcher()
    with pytest.raises(SourceError, match=r"robots\.txt"):
        polite.fetch(shut)
    assert polite.fetch(free).data
    assert site.asked == ["/robots.txt", "/lock"]


def test_a_site_whose_robots_txt_fails_is_left_alone_and_asked_again_later(site: Site) -> None:
    now = [100.0]
    polite = fetcher(clock=lambda: now[0])
    site.put("/robots.txt", "", status=503)
    lock = site.put("/lock", a_page(STAMP))
    for _ in range(2):
        with pytest.raises(SourceError, match=r"robots\.txt could not be read \(the server answered 503\)"):
            polite.fetch(lock)
    assert site.asked == ["/robots.txt"]
    del site.pages["/robots.txt"]
    now[0] += 600
    assert polite.fetch(lock).data


def test_a_robots_txt_is_believed_for_a_day(site: Site) -> None:
    now = [100.0]
    polite = fetcher(clock=lambda: now[0])
    lock = site.put("/lock", a_page(STAMP))
    polite.fetch(lock)
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n", "text/plain")
    now[0] += 20 * 3600
    polite.fetch(lock)
    now[0] += 5 * 3600
    with pytest.raises(SourceError, match=r"robots\.txt asks"):
        polite.fetch(lock)


def test_a_site_that_could_not_be_reached_is_tried_again(site: Site) -> None:
    polite = fetcher()
    lock = site.put("/lock", a_page(STAMP))
    site.pages["/robots.txt"] = Page(behave=lambda handler: handler.connection.close())
    with pytest.raises(SourceError, match="could not be reached"):
        polite.fetch(lock)
    del site.pages["/robots.txt"]
    assert polite.fetch(lock).data


def test_a_host_is_given_a_pause(site: Site) -> None:
    pauses: list[float] = []
    now = [100.0]

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += seconds

    polite = Fetcher(allow_private=True, delay=2.0, sleep=sleep, clock=lambda: now[0])
    for _ in range(3):
        polite.fetch(site.put("/lock", a_page(STAMP)))
    assert pauses == [2.0, 2.0]


def test_a_busy_server_is_asked_again_after_the_pause_it_asks_for(site: Site) -> None:
    pauses: list[float] = []

    def busy_twice(handler: BaseHTTPRequestHandler) -> None:
        if site.asked.count("/lock") > 2:
            site.pages["/lock"] = Page(a_page(STAMP).encode(), 200, {"Content-Type": "text/html"})
        after = "7" if site.asked.count("/lock") == 1 else formatdate(time.time() + 30, usegmt=True)
        handler.send_response(503 if site.asked.count("/lock") < 3 else 200)
        handler.send_header("Retry-After", after)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.pages["/lock"] = Page(behave=busy_twice)
    Fetcher(allow_private=True, delay=0, sleep=pauses.append).fetch(site.address + "/lock")
    assert pauses[0] == 7.0
    assert 20 < pauses[1] <= 30


def test_a_server_that_asks_for_hours_is_told(site: Site) -> None:
    address = site.put("/lock", "", status=429, Retry_After="7200")
    with pytest.raises(SourceError, match="7200 seconds"):
        fetcher().fetch(address)
    assert site.asked.count("/lock") == 1


def test_a_server_that_asks_for_hours_is_left_alone_for_so_long(site: Site) -> None:
    now = [100.0]
    polite = fetcher(clock=lambda: now[0])
    lock, bridge = site.put("/lock", "", status=429, Retry_After="7200"), site.put("/bridge", a_page(STAMP))
    with pytest.raises(SourceError, match="7200 seconds"):
        polite.fetch(lock)
    now[0] += 7000
    for address in (lock, bridge):
        with pytest.raises(SourceError, match="asks to wait 200 seconds more"):
            polite.fetch(address)
    assert site.asked == ["/robots.txt", "/lock"]
    now[0] += 300
    assert polite.fetch(bridge).data


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_page_that_is_not_there_is_named(site: Site, status: int) -> None:
    with pytest.raises(SourceError, match=f"/gone.*{status}"):
        fetcher().fetch(site.put("/gone", "", status=status))


def test_a_long_answer_is_refused(site: Site) -> None:
    address = site.put("/long", b"x" * 300_000)
    with pytest.raises(SourceError, match="longer than 100,000 bytes"):
        fetcher(most_bytes=100_000).fetch(address)


def test_an_answer_that_unpacks_to_a_flood_is_refused(site: Site) -> None:
    address = site.put("/bomb", gzip.compress(b"\0" * 3_000_000), Content_Encoding="gzip")
    with pytest.raises(SourceError, match="longer than 1,000,000 bytes"):
        fetcher(most_bytes=1_000_000).fetch(address)
    twice = site.put("/twice", gzip.compress(gzip.compress(b"\0" * 3_000_000)), Content_Encoding="gzip, gzip")
    with pytest.raises(SourceError, match="was not asked to"):
        fetcher().fetch(twice)
    packed = gzip.compress(a_page(STAMP).encode())
    cut = site.put("/cut", packed[: len(packed) // 2], Content_Encoding="gzip")
    with pytest.raises(SourceError, match="ends before its end"):
        fetcher().fetch(cut)
    whole = site.put("/whole", gzip.compress(a_page(STAMP).encode()), Content_Encoding="gzip")
    assert b"Merrow" in fetcher().fetch(whole).data


ENDLESS = 12_000
"""Twentieths of a second that a slow server goes on for, unless whoever asked goes away: twice what a test waits for."""


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Header after header, slowly and for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(ENDLESS):
        handler.wfile.write(f"X-{number}: x\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.05)


def test_a_slow_answer_is_cut(site: Site) -> None:
    site.put("/robots.txt", "", "text/plain")
    site.pages["/slow"] = Page(behave=drip)
    begun = time.monotonic()
    with pytest.raises(SourceError, match="took longer than 2 seconds"):
        fetcher(seconds=2.0, tries=1).fetch(site.address + "/slow")
    assert time.monotonic() - begun < PATIENCE


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    """A body without end, a letter at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(ENDLESS):
        handler.wfile.write(b"<")
        handler.wfile.flush()
        time.sleep(0.05)


def silence(handler: BaseHTTPRequestHandler) -> None:
    """A connection that is taken and never answered."""
    time.sleep(ENDLESS * 0.05)


@pytest.mark.parametrize("behave", [drip_body, silence])
@pytest.mark.parametrize("path", ["/slow", "/robots.txt"])
def test_however_slow_a_server_is_it_does_not_hold_us(
    site: Site, path: str, behave: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    site.put("/robots.txt", "", "text/plain")
    site.put("/slow", a_page(STAMP))
    site.pages[path] = Page(behave=behave)
    begun = time.monotonic()
    with pytest.raises(SourceError, match=path.replace(".", r"\.")):
        fetcher(seconds=2.0, tries=1).fetch(site.address + "/slow")
    assert time.monotonic() - begun < PATIENCE


def test_a_flood_in_a_feeds_page_loses_that_page_alone(site: Site) -> None:
    site.put("/bomb", gzip.compress(b"<p>x</p>" * 10_000_000), Content_Encoding="gzip")
    site.put("/lock", a_page(STAMP))
    items = "".join(
        f"<item><title>T</title><link>{site.address}{path}</link><pubDate>Fri, 04 Aug 2023 06:00:00 +0000</pubDate></item>"
        for path in ("/bomb", "/lock")
    )
    feed = site.put("/feed", f'<rss version="2.0"><channel>{items}</channel></rss>', "application/rss+xml")
    options = SourceOptions(allow_private=True, delay=0, follow=True)
    found = sort_out(open_source(feed, options))
    assert any("Boats that want to pass" in article.text for article in found.articles)
    assert any("/bomb" in warning and "longer than" in warning for warning in found.warnings)


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = sort_out(open_source(f"http://127.0.0.1:{port}/x", LOCAL))
    assert "could not be reached" in found.problem
