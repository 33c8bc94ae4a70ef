"""What is fuzzed: each target takes any bytes, and returns, or raises where dateline fails on them.

Reading is tried below the place where whatever a format's reader raises is put into words (`sources.opening`), so that a fault of
dateline's own is not taken for a file that is damaged.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from dateline.errors import SourceError
from dateline.reader import calendar
from dateline.records import Article
from dateline.sources import SourceOptions, SourceWarning
from dateline.sources.fetching import Fetcher
from dateline.sources.inputs import Input
from dateline.sources.opening import _articles, read_input

SEEDS = Path(__file__).parent / "seeds"
FOUND = Path(__file__).parent / "found"
"""Inputs that dateline failed on once."""

Target = Callable[[bytes], None]
_FETCHER = Fetcher()
_PUBLISHED = date(2023, 8, 4)
_PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><html><head><title>Lock</title></head><body><article>"
    b"<h1>Lock</h1><p>The lock at Merrow will be drained on Monday, so that divers can look at its gates.</p></article></body></html>"
)
_GENERIC = "it could not be read ("


def _reading(name: str) -> Target:
    def read(data: bytes) -> None:
        try:
            given = Input(name, io.BytesIO(data))
            if not given.head.strip():
                return
            for found in _articles(given, SourceOptions(published=_PUBLISHED), _FETCHER):
                _check(found, name)
        except SourceError as error:
            if name not in str(error):
                raise
        except RecursionError:
            return  # put into words a floor above

    return read


def _check(found: Article | SourceError | SourceWarning, name: str) -> None:
    if not isinstance(found, Article):
        said = found.message if isinstance(found, SourceWarning) else str(found)
        assert name in said, said
        return
    assert isinstance(found.published, date)
    assert found.text.strip()
    for value in (found.text, found.source, found.title, found.url, found.publisher, found.language):
        if value is not None:
            value.encode("utf-8")


def a_record(address: str, answer: bytes) -> bytes:
    """A record of a WARC archive: what a server answered, byte for byte."""
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _warc(data: bytes) -> None:
    """An archive, damaged; and a damaged answer in a sound one, of which what follows must be read."""
    _reading("a.warc")(data)
    answer = data[max(data.find(b"HTTP/"), 0) :]
    archive = a_record("https://echo.example/damaged", answer) + a_record("https://echo.example/next", _PAGE)
    read = list(read_input("a.warc", io.BytesIO(archive), SourceOptions(published=_PUBLISHED), _FETCHER))
    for found in read:
        _check(found, "a.warc")
    assert "https://echo.example/next" in [f.url for f in read if isinstance(f, Article)], read


def _packed(data: bytes) -> None:
    """A packed file, damaged; and the bytes as they are, well packed."""
    for name, packed in (
        ("a.gz", data),
        ("a.zip", data),
        ("b.zip", _zipped(data)),
        ("b.gz", gzip.compress(data)),
    ):
        for found in read_input(name, io.BytesIO(packed), SourceOptions(published=_PUBLISHED), _FETCHER):
            _check(found, name)
            assert _GENERIC not in str(found), found


def _zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", data)
    return out.getvalue()


def _times(data: bytes) -> None:
    """The calendar: any text, of any day."""
    text = data[2:].decode("utf-8", "replace")
    day = date.min + timedelta(days=int.from_bytes(data[:2], "big") * 56 % (date.max - date.min).days)
    for published in (_PUBLISHED, day):
        for time in calendar.find(text, published):
            assert text[time.span.start : time.span.end].strip()


TARGETS: dict[str, Target] = {
    "text": _reading("a.txt"),
    "html": _reading("a.html"),
    "feed": _reading("a.xml"),
    "jsonl": _reading("a.jsonl"),
    "csv": _reading("a.csv"),
    "warc": _warc,
    "mail": _reading("a.eml"),
    "packed": _packed,
    "times": _times,
}


def seeds(name: str) -> list[bytes]:
    """The kept seeds of a target, in order; of what is packed, packed ones of all the others."""
    if name != "packed":
        return [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]
    plain = [data for other in ("text", "jsonl", "csv") for data in seeds(other)]
    return [gzip.compress(plain[0], mtime=0), _zipped(plain[1]), *plain]


def found(name: str) -> Iterator[bytes]:
    """Inputs on which the target failed once."""
    folder = FOUND / name
    yield from (path.read_bytes() for path in (sorted(folder.iterdir()) if folder.is_dir() else ()))
