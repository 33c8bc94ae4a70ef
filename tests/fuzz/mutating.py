"""Mutated inputs from seeds: the same seed of chance gives the same inputs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

_LONGEST = 4096
_BYTES = (0, 9, 10, 13, 32, 34, 39, 44, 47, 60, 62, 91, 92, 123, 127, 128, 192, 237, 255)
_WORDS = (
    b"date 2023-08-04", b"0000-00-00", b"9999-12-31", b"0001-01-01", b"2024-02-30", b"-1", b"1e999", b"9" * 40, b"NaN", b"null", b"[]", b"{}",
    b'""', b"\r\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"&#0;", b"&#x10ffff;", b"&#xd800;", b"<!--", b"-->", b"<![CDATA[",
    b"]]>", b"<!DOCTYPE", b"<?xml", b"<script>", b"</", b"<time datetime=", b"charset=utf-16", b"charset=idna", b"Content-Length: ", b"Transfer-Encoding: chunked",
    b"Content-Encoding: gzip", b"WARC/1.1\r\n", b"boundary=", b"=?utf-8?q?=ff?=", b"Monday", b"next Friday", b"31 February", b"the year 0", b"24:60", b"+99:99",
)  # fmt: skip


def mutations(seeds: Sequence[bytes], chance: random.Random) -> Iterator[bytes]:
    """Inputs without end, each a seed changed in one to eight places."""
    while True:
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 8)):
            _change(data, seeds, chance)
        yield bytes(data[:_LONGEST])


def _change(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randint(0, len(data))
    end = min(len(data), at + chance.choice((1, 2, 4, 16, 64, 256)))
    match chance.randrange(8):
        case 0 if at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        case 1 if at < len(data):
            data[at] = chance.choice(_BYTES)
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = data[at:end] * chance.choice((1, 2, 30))
        case 4:
            data[at:at] = chance.choice(_WORDS)
        case 5:
            data[at:end] = chance.choice(_WORDS)
        case 6:
            other = chance.choice(seeds)
            start = chance.randint(0, len(other))
            data[at:end] = other[start : start + chance.choice((4, 32, 256))]
        case 7:
            del data[at : at + chance.choice((1, len(data)))]
