"""One input by whatever way it came, and the protocol of those who read it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO, Protocol, cast
from urllib.parse import urlsplit

from dateline.errors import SourceError
from dateline.sources.articles import SourceItem, SourceOptions, SourceWarning
from dateline.sources.decoding import BOMS, decode

# enough to tell formats apart
HEAD = 8192


@dataclass(slots=True)
class Input:
    """A file, a part of an archive or what a server sent, to be read once.

    `source` is the path or address as given; `stream` begins at its first byte; `address` and `media_type` are told
    by a server; `depth` says in how many archives it lay.
    """

    source: str
    stream: BinaryIO
    address: str | None = None
    media_type: str | None = None
    charset: str | None = None
    depth: int = 0
    head: bytes = field(init=False)
    warnings: list[SourceWarning] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.head = _read(self.stream, HEAD)
        self.stream = cast(BinaryIO, _Rejoined(self.head, self.stream))

    @property
    def name(self) -> str:
        """The file's name in small letters, without folders, query and what packed it."""
        path = urlsplit(self.source).path if "://" in self.source else self.source
        return PurePath(path).name.lower().removesuffix(".gz")

    def has_ending(self, *endings: str) -> bool:
        """True where the name ends in one of `endings`."""
        return self.name.endswith(endings)

    def beginning(self) -> str:
        """The first characters, without marks and blanks before them."""
        encoding = next((name for mark, name in BOMS if self.head.startswith(mark)), "utf-8")
        return self.head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")

    def data(self, limit: int) -> bytes:
        """All bytes. Raises SourceError where they are more than `limit`, or none."""
        data = _read(self.stream, limit + 1)
        if len(data) > limit:
            raise SourceError(
                f"{self.source}: more than {limit:,} bytes, the most that is read of one such input; split it"
            )
        if not data.strip():
            raise SourceError(f"{self.source}: the file is empty")
        return data

    def text(self, limit: int) -> str:
        """All text, once; what was odd about its bytes is added to `warnings`."""
        text, warning = decode(self.data(limit), self.source, self.charset)
        if warning:
            self.warnings.append(warning)
        return text


class Source(Protocol):
    """A format: a module that knows its own inputs, and yields their articles or the reasons why not."""

    def fits(self, given: Input) -> bool:
        """True where `given` is in this format, by its first bytes, its name or its media type."""

    def read(self, given: Input, options: SourceOptions) -> Iterator[SourceItem]:
        """The articles of `given`; what cannot be read is yielded, or raised, as the SourceError that says why."""


class _Rejoined(io.RawIOBase):
    """The bytes that were looked at, and those after them."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._head:
            part, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            part = self._rest.read(len(view))
        view[: len(part)] = part
        return len(part)


def _read(stream: BinaryIO, most: int) -> bytes:
    """Up to `most` bytes, fewer only at the end (a pipe gives them in pieces)."""
    parts = []
    while most > 0 and (part := stream.read(min(most, 1 << 20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
