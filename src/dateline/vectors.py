"""Sentence vectors as a notebook keeps them: directions in small whole numbers, a sixth of what single precision takes.

A vector's largest component becomes `_MOST` or its opposite and the others the nearest whole numbers beside it; read back it has unit
length again, so that no scale is kept. What was read back once comes back the same ever after. The numbers are written by a
Huffman code (zlib's), which comes near to what they tell.
"""

from __future__ import annotations

import zlib

import numpy as np

from dateline.records import Vector

_MOST = 15
"""Twice as fine takes a quarter more room (docs/safety.md has what it changes)."""


def pack(vectors: Vector) -> bytes:
    """(rows, dimensions) vectors as bytes."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    whole = np.rint(vectors / np.where(largest > 0, largest, 1) * _MOST).astype(np.int8)
    code = zlib.compressobj(strategy=zlib.Z_HUFFMAN_ONLY)
    return code.compress(whole.tobytes()) + code.flush()


def unpack(data: bytes, dimensions: int) -> Vector:
    """What `pack` packed, (rows, dimensions), each row of unit length or zero. Raises ValueError where `data` is damaged."""
    try:
        whole = np.frombuffer(zlib.decompress(data), np.int8).reshape(-1, dimensions).astype(np.float32)
    except zlib.error as fault:
        raise ValueError(f"vectors are damaged ({fault})") from fault
    length = np.sqrt((whole * whole).sum(axis=1, keepdims=True))
    kept: Vector = whole / np.maximum(length, 1)
    return kept


def rounded(vectors: Vector) -> Vector:
    """`vectors` as they are read back from a notebook."""
    return unpack(pack(vectors), vectors.shape[1])
