"""Bytes made small, and back: zlib beside a table of common English words, which short texts have no room to tell.

What was compressed without the table, or with none of it in use, is read as well. The table is a part of the file's format: one word
changed, and no notebook can be read any more.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

_LEVEL = 4
"""The best, 9, takes three times as long for 3 % less of a text."""


@cache
def _words() -> bytes:
    """Common words, the commonest last."""
    return files("dateline.store").joinpath("common_words.txt").read_bytes()


@cache
def _beside_words() -> zlib._Compress:
    """What compresses beside common words, to be copied: to take them in costs more than most of what is compressed."""
    return zlib.compressobj(_LEVEL, zdict=_words())


def compress(data: bytes, beside: bytes | None = None) -> bytes:
    """`data`, compressed beside common words, or beside other bytes (of which zlib sees the last 32 kB)."""
    code = _beside_words().copy() if beside is None else zlib.compressobj(_LEVEL, zdict=beside)
    return code.compress(data) + code.flush()


def decompress(data: bytes, beside: bytes | None = None) -> bytes:
    """What `compress` compressed beside the same bytes. Raises ValueError where `data` is damaged."""
    code = zlib.decompressobj(zdict=_words() if beside is None else beside)
    try:
        found = code.decompress(data)
    except zlib.error as fault:
        raise ValueError(f"what is compressed is damaged ({fault})") from fault
    if not code.eof:
        raise ValueError("what is compressed is cut short")
    return found
