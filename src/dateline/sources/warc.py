"""WARC archives as crawlers write them: pages one after another, whatever the archive's size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal, cast

from dateline.errors import SourceError
from dateline.language.counting import counted
from dateline.records import Article
from dateline.sources.articles import SourceItem, SourceOptions, SourceWarning
from dateline.sources.bounds import Bounds
from dateline.sources.decoding import decode
from dateline.sources.extras import needed_for
from dateline.sources.html import read_page
from dateline.sources.inputs import Input
from dateline.sources.rows import Complaints

_PAGES = ("text/html", "application/xhtml+xml")
# bytes of an answer's headers at the most
_HEADERS = 64 * 1024
_RECORD = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n"


def fits(given: Input) -> bool:
    """By its first bytes."""
    return given.head.startswith(b"WARC/")


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The article of every HTML page that was fetched well; of the others one message a kind of fault.

    An answer that is damaged or crosses a bound is refused by itself: it is taken out of the archive as it is, and parsed and unpacked apart.
    """
    with needed_for("a WARC archive", "sources"):
        import fastwarc  # noqa: F401
    complaints, passed_over, count = Complaints(), 0, 0
    try:
        for address, answer in _answers(given, options.bounds):
            count += 1
            where = f"{given.source}#{address}"
            try:
                articles = _read_answer(answer, where, address, options)
            except SourceError as error:
                complaints.add(_kind(error, where), where, error)
                continue
            passed_over += articles is None
            yield from articles or ()
    except SourceError as error:
        yield error
    except BaseException as error:
        if not _is_librarys(error):
            raise
        yield SourceError(
            f"{given.source}: the archive is damaged behind {counted(count, 'answer')} ({error}); what came before was read"
        )
    yield from complaints.all()
    if passed_over:
        yield SourceWarning(
            f"{given.source}: passed over {counted(passed_over, 'answer')} without a page: other kinds of files, or not found"
        )


def _answers(given: Input, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """Each server's answer with its address, as it lies in the archive and as far as a page may reach."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    records = ArchiveIterator(
        cast(Any, _Plain(given.stream)),
        record_types=WarcRecordType.response,
        parse_http=False,
        stream_detect=False,
    )
    for record in records:
        address = record.headers.get("WARC-Target-URI") or ""
        yield address, record.reader.read(_longest(bounds) + 1) if record.is_http else b""


def _longest(bounds: Bounds) -> int:
    return bounds.page_bytes + _HEADERS


def _is_librarys(error: BaseException) -> bool:
    """True for what the library raises on damaged data; its own panics are no Exceptions."""
    return isinstance(error, OSError | ValueError | EOFError) or type(error).__name__ == "PanicException"


class _Plain:
    """A stream that can be read and nothing else: the library seeks in one that says it can be sought in."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at


def _read_answer(answer: bytes, where: str, address: str, options: SourceOptions) -> list[Article] | None:
    """The articles of a page; None where the answer holds none. Raises SourceError where it is damaged or crosses a bound."""
    limit = options.bounds.page_bytes
    try:
        if not _is_page(_parsed(answer, "none")):
            return None
        if len(answer) > _longest(options.bounds):
            raise _too_long(where, limit)
        with options.bounds.in_time(where):
            page = _parsed(answer, "all")
            data = page.reader.read(limit + 1)
        charset = page.http_charset
    except BaseException as error:
        if not _is_librarys(error):
            raise
        raise SourceError(f"{where}: this answer is damaged ({error})") from None
    if len(data) > limit:
        raise _too_long(where, limit)
    text, _ = decode(data, where, charset)
    return read_page(text, where, options, address or None)


def _parsed(answer: bytes, unpacked: Literal["none", "all"]) -> Any:
    """The answer as a record of its own. It is read from a stream: of bytes at hand the library unpacks all at once, however much that is."""
    from fastwarc.warc import WarcRecord

    head = _RECORD % len(answer)
    record = WarcRecord.from_reader(cast(Any, _Plain(io.BytesIO(head + answer + b"\r\n\r\n"))))
    record.parse_http(auto_decode=unpacked, max_header_len=_HEADERS)
    return record


def _is_page(record: Any) -> bool:
    return bool(
        record.http_headers
        and record.http_headers.status_code == 200
        and (record.http_content_type or "").lower() in _PAGES
    )


def _too_long(where: str, limit: int) -> SourceError:
    return SourceError(f"{where}: the page is longer than {limit:,} bytes")


def _kind(error: SourceError, where: str) -> str:
    """An error without what is special to one page."""
    return f"{type(error).__name__} {str(error).removeprefix(where).split('(')[0][:40]}"
