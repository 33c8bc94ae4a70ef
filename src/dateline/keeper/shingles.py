"""Runs of five words as hashes, worked out for a whole text at once.

A text is an array of character codes. The code of a word is the sum of its characters' codes, each times a power of an
odd number by its place in the word, modulo 2^64 (a polynomial hash, Karp & Rabin 1987): with sums kept over the text
from its beginning it is a difference of two of them, so that no word is ever made into a string of its own.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]

RUN = 5
"""Words of a shingle."""
LONGEST = 1 << 17
"""Characters that are looked at."""

_BASE = 0x9E3779B97F4A7C15
_MIX = np.array([pow(0xD6E8FEB86659FD93, k + 1, 1 << 64) for k in range(RUN)], np.uint64)
_HALF = np.uint64(32)
_POWERS = np.multiply.accumulate(np.full(LONGEST, _BASE, np.uint64))
_INVERSES = np.multiply.accumulate(np.full(LONGEST, pow(_BASE, -1, 1 << 64), np.uint64))


@cache
def _in_words() -> npt.NDArray[np.bool_]:
    """By character code, what words are made of; worked out when it is asked for, since most commands do without."""
    return np.fromiter((chr(code).isalnum() for code in range(1 << 16)), np.bool_, 1 << 16)


def shingles(text: str) -> Hashes:
    """The distinct hashes of the runs of five words of `text`, in order; of all its words where it has fewer."""
    letters = np.frombuffer(text[:LONGEST].lower()[:LONGEST].encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = np.zeros(len(letters) + 2, np.bool_)
    inside[1:-1] = _in_words()[np.minimum(letters, 0xFFFF)]
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return np.zeros(0, np.uint32)
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * _POWERS[: len(letters)], out=sums[1:])
    codes = (sums[ends] - sums[starts]) * _INVERSES[starts]
    codes ^= codes >> _HALF
    width = min(RUN, len(codes))
    count = len(codes) - width + 1
    mixed = codes[:count] * _MIX[0]
    for k in range(1, width):
        mixed += codes[k : k + count] * _MIX[k]
    mixed ^= mixed >> _HALF
    mixed *= _MIX[0]
    hashes: Hashes = (mixed >> _HALF).astype(np.uint32)
    hashes.sort()
    distinct: Hashes = hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))]
    return distinct
