"""Packed inputs: gzip, and zip files of anything that is read, without letting a small file grow into a flood."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from dateline.errors import SourceError
from dateline.sources import warc
from dateline.sources.articles import SourceOptions
from dateline.sources.bounds import MEGABYTE, Bounds
from dateline.sources.inputs import Input

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
# zip files that are documents of a program
_OFFICE = {
    "xl/workbook.xml": "an Excel workbook; save it as CSV",
    "ppt/presentation.xml": "a PowerPoint file; save it as PDF",
    "META-INF/container.xml": "an e-book",
    "mimetype": "an OpenDocument file; save it as DOCX or PDF",
}
# how the library names bytes behind the last packed ones that are packed in no way
_JUNK = "Not a gzipped file"
# what the library raises on a damaged file: a place before its beginning (ValueError), a method, a version or a password that it does not know
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)


def fits(given: Input) -> bool:
    """By its first bytes."""
    return given.head.startswith((_GZIP, _ZIP, b"PK\x05\x06"))


def unpack(given: Input, options: SourceOptions) -> Iterator[Input | SourceError]:
    """What lies in a packed input, part by part; each is read before the next is opened."""
    if given.depth >= options.bounds.packed_depth:
        raise SourceError(f"{given.source}: packed more than {options.bounds.packed_depth} times over")
    if given.head.startswith(_GZIP):
        counted = _Counted(given.stream)
        stream = gzip.GzipFile(fileobj=cast(BinaryIO, counted))
        metered = _Metered(stream, counted, options.bounds, given.source)
        yield _part(metered, given)
        if metered.followed_by_junk:
            yield SourceError(
                f"{given.source}: behind what is packed in it lies something else, which was left out; what came before was read"
            )
    else:
        yield from _unzip(given, options)


def _part(metered: _Metered, within: Input) -> Input:
    part = Input(metered.source, cast(BinaryIO, metered), depth=within.depth + 1)
    # a page that repeats itself must not end the archive that it lies in: its pages are bounded one by one, and none is held whole
    metered.by_ratio = not warc.fits(part)
    return part


def _unzip(given: Input, options: SourceOptions) -> Iterator[Input | SourceError]:
    file = Path(given.source)
    # a zip file is read from its end; one that came by another way is held in memory
    seekable = (
        io.BytesIO(given.data(options.bounds.table_bytes)) if given.depth or not file.is_file() else file
    )
    try:
        archive = zipfile.ZipFile(seekable)
    except _DAMAGED as error:
        raise SourceError(f"{given.source}: the zip file is damaged ({error})") from error
    with archive:
        # `is_dir` fails on a name that is empty
        members = [
            m for m in archive.infolist() if not m.filename.endswith("/") and not _is_hidden(m.filename)
        ]
        for name, what in _OFFICE.items():
            if any(m.filename == name for m in members):
                raise SourceError(f"{given.source}: this is {what}")
        if len(members) > options.bounds.members:
            raise SourceError(f"{given.source}: more than {options.bounds.members:,} files in one zip file")
        total = 0
        for member in sorted(members, key=lambda m: m.filename):
            source = f"{given.source}/{member.filename}"
            total += member.file_size
            if total > options.bounds.unpacked_bytes:
                raise SourceError(
                    f"{source}: the zip file unpacks to more than {options.bounds.unpacked_bytes:,} bytes; split it"
                )
            try:
                with archive.open(member) as stream:
                    yield _part(_Metered(stream, member.compress_size, options.bounds, source), given)
            except _DAMAGED as error:
                yield SourceError(f"{source}: it cannot be unpacked ({error})")
            except SourceError as error:
                yield error


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


class _Counted(io.RawIOBase):
    """A stream that knows how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Metered(io.RawIOBase):
    """An unpacking stream that stops where more comes out than the bounds allow for what went in."""

    def __init__(
        self, stream: gzip.GzipFile | IO[bytes], packed: _Counted | int, bounds: Bounds, source: str
    ) -> None:
        self._stream = cast(io.BufferedIOBase, stream)
        self._packed = packed
        self._bounds = bounds
        self.source = source
        self._count = 0
        self.by_ratio = True
        self.followed_by_junk = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self.followed_by_junk:
            return 0
        try:
            # what comes before the damage is handed on: `read` would lose it
            data = self._stream.read1(len(view))
        except _DAMAGED as error:
            if self._count and str(error).startswith(_JUNK):
                self.followed_by_junk = True
                return 0
            raise SourceError(f"{self.source}: the packed file is damaged ({error})") from error
        self._count += len(data)
        went_in = self._packed if isinstance(self._packed, int) else self._packed.count
        if self.by_ratio and self._count > self._bounds.ratio * went_in + MEGABYTE:
            raise SourceError(
                f"{self.source}: it grows more than {self._bounds.ratio}-fold when unpacked; unpack it yourself if it is safe"
            )
        if self._count > self._bounds.unpacked_bytes:
            raise SourceError(
                f"{self.source}: it unpacks to more than {self._bounds.unpacked_bytes:,} bytes; split it"
            )
        view[: len(data)] = data
        return len(data)
