"""Sentence vectors as a notebook keeps them: directions in small whole numbers, a tenth of what single precision takes.

A vector's largest component becomes `_MOST` or its opposite and the others the nearest whole numbers beside it; read back it has unit
length again, so that no scale is kept. What was read back once comes back the same ever after. The numbers are written as what they
differ by from their mean over the sentences, which comes first, in a Huffman code (zlib's): near to what they tell.
"""

from __future__ import annotations

import zlib

import numpy as np

from dateline.records import Vector

_MOST = 7
"""Twice as fine takes a third more room (docs/safety.md has what it changes)."""
_BY_MEAN = b"\x01"
"""Begins what is written as differences; before, the whole numbers stood as they are."""


def pack(vectors: Vector) -> bytes:
    """(rows, dimensions) vectors as bytes."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    whole = np.rint(vectors / np.where(largest > 0, largest, 1) * _MOST).astype(np.int8)
    mean = np.rint(whole.sum(axis=0) / max(1, len(whole))).astype(np.int8)
    code = zlib.compressobj(strategy=zlib.Z_HUFFMAN_ONLY)
    return _BY_MEAN + code.compress(np.vstack((mean, whole - mean)).tobytes()) + code.flush()


def unpack(data: bytes, dimensions: int) -> Vector:
    """What `pack` packed, (rows, dimensions), each row of unit length or zero. Raises ValueError where `data` is damaged."""
    by_mean = data.startswith(_BY_MEAN)
    try:
        found = zlib.decompress(data[len(_BY_MEAN) :] if by_mean else data)
    except zlib.error as fault:
        raise ValueError(f"vectors are damaged ({fault})") from fault
    whole = np.frombuffer(found, np.int8).reshape(-1, dimensions).astype(np.float32)
    if by_mean:
        whole = whole[1:] + whole[:1]
    length = np.sqrt((whole * whole).sum(axis=1, keepdims=True))
    kept: Vector = whole / np.maximum(length, 1)
    return kept


def rounded(vectors: Vector) -> Vector:
    """`vectors` as they are read back from a notebook."""
    return unpack(pack(vectors), vectors.shape[1])
