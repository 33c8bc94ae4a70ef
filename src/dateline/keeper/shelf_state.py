"""State as bytes: JSON for what is named, raw arrays for what is many. Versioned; the same state gives the same bytes.

Whoever keeps them compresses them.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

VERSION = 7
"""Raised with every change of what is kept or of how filing goes on from it."""
_MAGIC = b"dateline shelf\n"

Arrays = dict[str, npt.NDArray[Any]]


def pack(meta: dict[str, Any], arrays: Arrays) -> bytes:
    """`meta` (JSON values) and one-dimensional `arrays`, by name, as bytes."""
    shapes = [[name, array.dtype.str, len(array)] for name, array in arrays.items()]
    head = _to_json({"version": VERSION, "meta": meta, "arrays": shapes})
    parts = [_MAGIC, len(head).to_bytes(8, "little"), head, *(array.tobytes() for array in arrays.values())]
    return b"".join(parts)


def _to_json(value: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        # half a character, which has to be escaped: four times as slow
        return json.dumps(value, separators=(",", ":")).encode()


def _from_json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError:
        return json.loads(data)


def by_place(numbers: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """The bytes of `numbers`, the lowest of all first, then the next: those of one place are alike and can be compressed."""
    return np.ascontiguousarray(numbers.view(np.uint8).reshape(-1, numbers.itemsize).T).ravel()


def from_places(data: npt.NDArray[np.uint8], kind: type[np.generic]) -> npt.NDArray[Any]:
    """The numbers of `kind` that `by_place` took apart."""
    size = np.dtype(kind).itemsize
    return np.ascontiguousarray(data.reshape(size, -1).T).view(kind).ravel()


class UnreadableState(ValueError):
    """A kept state that is damaged or of another version: what it held must be worked out again."""


def unpack(data: bytes) -> tuple[dict[str, Any], Arrays]:
    """What `pack` packed. Raises UnreadableState where `data` is damaged or of another version."""
    if not data.startswith(_MAGIC):
        raise UnreadableState("the kept state of filing is damaged; file the articles again")
    begin = len(_MAGIC) + 8
    offset = begin + int.from_bytes(data[begin - 8 : begin], "little")
    try:
        head = _from_json(data[begin:offset])
        if head["version"] != VERSION:
            raise UnreadableState(
                f"the kept state of filing is of version {head['version']}, this program reads {VERSION}"
            )
        arrays: Arrays = {}
        for name, kind, length in head["arrays"]:
            dtype = np.dtype(kind)
            arrays[name] = np.frombuffer(data, dtype, length, offset).copy()
            offset += length * dtype.itemsize
    except UnreadableState:
        raise
    except (ValueError, TypeError, LookupError) as fault:
        raise UnreadableState(
            f"the kept state of filing is damaged ({fault}); file the articles again"
        ) from fault
    return head["meta"], arrays
