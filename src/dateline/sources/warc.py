"""WARC archives as crawlers write them: pages one after another, whatever the archive's size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from dateline.errors import SourceError
from dateline.language.counting import counted
from dateline.records import Article
from dateline.sources.articles import SourceItem, SourceOptions, SourceWarning
from dateline.sources.decoding import decode
from dateline.sources.extras import needed_for
from dateline.sources.html import read_page
from dateline.sources.inputs import Input
from dateline.sources.rows import Complaints

_PAGES = ("text/html", "application/xhtml+xml")


def fits(given: Input) -> bool:
    """By its first bytes."""
    return given.head.startswith(b"WARC/")


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The article of every HTML page that was fetched well; of the others one message a kind of fault."""
    with needed_for("a WARC archive", "sources"):
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    complaints, passed_over = Complaints(), 0
    try:
        records = ArchiveIterator(
            cast(Any, _Plain(given.stream)),
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="all",
            stream_detect=False,
        )
        for record in records:
            if not _is_page(record):
                passed_over += 1
                continue
            address = record.headers.get("WARC-Target-URI") or ""
            where = f"{given.source}#{address}"
            try:
                yield from _read_record(record, where, address, options)
            except SourceError as error:
                complaints.add(_kind(error, where), where, error)
    except (OSError, ValueError, EOFError) as error:
        yield SourceError(f"{given.source}: the archive is damaged here ({error}); what came before was read")
    except BaseException as error:
        # the library's own panics are no Exceptions
        if type(error).__name__ != "PanicException":
            raise
        yield SourceError(f"{given.source}: the archive could not be read further; what came before was read")
    yield from complaints.all()
    if passed_over:
        yield SourceWarning(
            f"{given.source}: passed over {counted(passed_over, 'answer')} without a page: other kinds of files, or not found"
        )


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


def _is_page(record: Any) -> bool:
    return bool(
        record.http_headers
        and record.http_headers.status_code == 200
        and (record.http_content_type or "").lower() in _PAGES
    )


def _read_record(record: Any, where: str, address: str, options: SourceOptions) -> list[Article]:
    limit = options.bounds.page_bytes
    data = record.reader.read(limit + 1)
    if len(data) > limit:
        raise SourceError(f"{where}: the page is longer than {limit:,} bytes")
    text, _ = decode(data, where, record.http_charset)
    return read_page(text, where, options, address or None)


def _kind(error: SourceError, where: str) -> str:
    """An error without what is special to one page."""
    return f"{type(error).__name__} {str(error).removeprefix(where).split('(')[0][:40]}"
