"""Fetching addresses: politely (robots.txt, a pause for each host, Retry-After) and within bounds of size, time and redirects."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from importlib import metadata
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from dateline.errors import SourceError
from dateline.records import Validators
from dateline.sources.addresses import Place, resolve
from dateline.sources.extras import needed_for

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"dateline/{metadata.version('dateline')}"
_REDIRECTS = (301, 302, 303, 307, 308)
_AGAIN = (429, 500, 502, 503, 504)


_RULES_HOLD = 24 * 3600.0
"""Seconds for which a robots.txt is believed."""
_FAILURE_HOLDS = 300.0
"""Seconds after which a robots.txt that could not be had is asked for again."""
_LONGEST_REST = 24 * 3600.0
"""Seconds that a server which asks for longer is left alone, at the most."""
_PLAIN = frozenset(["", "identity"])
_PACKED = frozenset(["gzip", "x-gzip", "deflate"])
"""Content encodings that are read."""


class NothingNew(SourceError):
    """The server says that an address has not changed since it was last fetched."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the data unpacked, from which address, and as what."""

    address: str
    data: bytes
    media_type: str | None
    charset: str | None
    validators: Validators


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a site's robots.txt says, until when that holds, and what was wrong with it, if anything was."""

    parser: RobotFileParser
    until: float
    fault: str = ""


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses, one at a time. `sleep` and `clock` may be replaced to test the pauses.

    It remembers each site's robots.txt, when it was last asked and how long it wants to be left alone: whoever asks the same
    sites again keeps it.

    `delay` are the seconds between two requests to a host, `most_bytes` the size of an answer, `seconds` the time for
    one request with all its answer, `patience` the longest pause that a server may ask for.
    """

    allow_private: bool = False
    delay: float = 1.0
    most_bytes: int = 64 * 1024 * 1024
    seconds: float = 60.0
    redirects: int = 5
    tries: int = 3
    patience: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, _Rules] = field(default_factory=dict)
    _rests: dict[str, float] = field(default_factory=dict)

    def fetch(self, address: str, validators: Validators | None = None) -> Answer:
        """What lies at `address`; with the last `validators` only if it has changed since.

        Raises NothingNew where it has not, SourceError where it may not be fetched or could not be.
        """
        where = address
        for _ in range(self.redirects + 1):
            place = resolve(address, allow_private=self.allow_private)
            if (rest := self._rests.get(place.site, 0.0) - self.clock()) > 0:
                raise SourceError(f"{where}: its server asks to wait {rest:.0f} seconds more; try then")
            rules = self._rules_of(place)
            if rules.fault:
                raise SourceError(
                    f"{address}: the site's robots.txt could not be read ({rules.fault}); try again later"
                )
            if not rules.parser.can_fetch(USER_AGENT, place.address):
                raise SourceError(f"{address}: the site's robots.txt asks programs not to fetch this")
            status, headers, data = self._patiently(place, _conditions(validators), where)
            if status in _REDIRECTS and "location" in headers:
                address = urljoin(place.address, headers["location"])
                continue
            if status == 304:
                raise NothingNew(f"{where}: nothing new")
            if status != 200:
                raise SourceError(f"{where}: the server answered {status}")
            kind = Message()
            kind["content-type"] = headers.get("content-type", "")
            return Answer(
                place.address,
                data,
                kind.get_content_type() if headers.get("content-type") else None,
                kind.get_content_charset(),
                Validators(headers.get("etag"), headers.get("last-modified")),
            )
        raise SourceError(f"{where}: more than {self.redirects} redirects")

    def _patiently(self, place: Place, conditions: dict[str, str], where: str) -> tuple[int, Any, bytes]:
        """One answer, asked for again where the server is busy or gone, after the pause that it asks for."""
        fault: SourceError | None = None
        for attempt in range(self.tries):
            self._wait_for(place)
            pause = 2.0**attempt
            try:
                status, headers, data = self._once(place, conditions, where)
            except _Unreached as error:
                fault = SourceError(str(error))
            else:
                if status not in _AGAIN:
                    return status, headers, data
                fault = SourceError(f"{where}: the server answered {status}")
                if (asked := _retry_after(headers.get("retry-after"))) is not None:
                    if asked > self.patience:
                        self._rests[place.site] = self.clock() + min(asked, _LONGEST_REST)
                        raise SourceError(
                            f"{where}: the server answered {status} and asks to wait {asked:.0f} seconds; try then"
                        )
                    pause = max(pause, asked)
            if attempt + 1 < self.tries:
                self.sleep(pause)
        raise fault or SourceError(f"{where}: not tried")

    def _wait_for(self, place: Place) -> None:
        rules = self._rules.get(place.site)
        asked = rules.parser.crawl_delay(USER_AGENT) if rules else None
        pause = max(self.delay, min(float(asked or 0), self.patience))
        now = self.clock()
        due = self._last.get(place.site, now - pause) + pause
        if due > now:
            self.sleep(due - now)
        self._last[place.site] = self.clock()

    def _rules_of(self, place: Place) -> _Rules:
        """The robots.txt of a site, asked for once a day: none means that all is allowed, a failing server that nothing is."""
        known = self._rules.get(place.site)
        if known is None or known.until <= self.clock():
            self._rules.pop(place.site, None)
            known = self._rules[place.site] = self._read_rules(place)
        return known

    def _read_rules(self, place: Place) -> _Rules:
        robots, status, data = urljoin(place.address, "/robots.txt"), 0, b""
        for _ in range(self.redirects):
            found = resolve(robots, allow_private=self.allow_private)
            status, headers, data = self._patiently_or(found, robots)
            if status not in _REDIRECTS or "location" not in headers:
                break
            robots = urljoin(found.address, headers["location"])
        rules, now = RobotFileParser(), self.clock()
        if status in (0, 429) or status >= 500:
            return _Rules(rules, now + _FAILURE_HOLDS, f"the server answered {status}")
        rules.parse(data[:500_000].decode("utf-8", "replace").splitlines() if status == 200 else [])
        rules.modified()
        return _Rules(rules, now + _RULES_HOLD)

    def _patiently_or(self, place: Place, where: str) -> tuple[int, Any, bytes]:
        try:
            return self._once(place, {}, where)
        except _Unreached as error:
            raise SourceError(str(error)) from error

    def _once(self, place: Place, conditions: dict[str, str], where: str) -> tuple[int, Any, bytes]:
        """Status, headers and unpacked body of one request. Raises _Unreached where there was no whole answer."""
        with needed_for("an address", "sources"):
            import httpx
        headers = {
            "host": place.host if place.port in (80, 443) else f"{place.host}:{place.port}",
            "user-agent": USER_AGENT,
            "accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
            "accept-encoding": "gzip, deflate",
            **conditions,
        }
        with _deadline(self.seconds) as watch:
            extensions = {"sni_hostname": place.host, "trace": watch.trace}
            try:
                with (
                    httpx.Client(
                        timeout=min(20.0, self.seconds), trust_env=False, follow_redirects=False
                    ) as client,
                    client.stream("GET", place.by_number, headers=headers, extensions=extensions) as response,
                ):
                    wanted = response.status_code == 200
                    body = self._body(response, where) if wanted else b""
                    # an answer that tells no length looks whole where it was cut
                    if watch.over:
                        raise self._too_slow(where)
                    return response.status_code, response.headers, body
            except httpx.HTTPError as error:
                if watch.over:
                    raise self._too_slow(where) from error
                raise _Unreached(
                    f"{where}: the server could not be reached ({error or type(error).__name__})"
                ) from error

    def _too_slow(self, where: str) -> SourceError:
        return SourceError(f"{where}: it took longer than {self.seconds:.0f} seconds")

    def _body(self, response: httpx.Response, where: str) -> bytes:
        parts, size = [], 0
        for part in _unpacked(response, where, self.most_bytes):
            parts.append(part)
            size += len(part)
            if size > self.most_bytes:
                raise SourceError(f"{where}: the answer is longer than {self.most_bytes:,} bytes")
        return b"".join(parts)


class _Unreached(Exception):
    """No answer, or not a whole one: worth another try."""


def _unpacked(response: httpx.Response, where: str, most: int) -> Iterator[bytes]:
    """The body piece by piece, with no piece larger than `most` however well it was packed."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in _PLAIN:
        yield from response.iter_raw()
        return
    if encoding not in _PACKED:
        raise SourceError(
            f"{where}: the server packed its answer as {encoding[:40]!r}, which it was not asked to"
        )
    unpacker = zlib.decompressobj(wbits=47 if encoding != "deflate" else 15)
    begun = False
    try:
        for raw in response.iter_raw():
            begun = True
            yield unpacker.decompress(raw, most + 1)
    except zlib.error as error:
        raise SourceError(f"{where}: the answer is damaged ({error})") from error
    if begun and not unpacker.eof:
        raise SourceError(f"{where}: the answer is damaged (it ends before its end)")


class _Watch:
    """Cuts the connection of a request when its time is over, however slowly its answer drips."""

    def __init__(self) -> None:
        self.over = False
        self._sockets: list[Any] = []

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """httpx's own report of what it does: keeps the connection when there is one."""
        if event == "connection.connect_tcp.complete":
            self._sockets.append(info["return_value"].get_extra_info("socket").dup())
            if self.over:
                self.cut()

    def cut(self) -> None:
        """End it."""
        import socket

        self.over = True
        for connection in self._sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself

    def close(self) -> None:
        """Let the connection go."""
        for connection in self._sockets:
            connection.close()


@contextmanager
def _deadline(seconds: float) -> Iterator[_Watch]:
    watch = _Watch()
    timer = Timer(seconds, watch.cut)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        watch.close()


def _conditions(validators: Validators | None) -> dict[str, str]:
    conditions = {}
    if validators and validators.etag:
        conditions["if-none-match"] = validators.etag
    if validators and validators.modified:
        conditions["if-modified-since"] = validators.modified
    return conditions


def _retry_after(value: str | None) -> float | None:
    """The seconds that a server asks to wait, told as a number or a moment."""
    if not value:
        return None
    if re.fullmatch(r"\d{1,9}", value.strip()):
        return float(value)
    try:
        moment = parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
