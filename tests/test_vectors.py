"""Vectors in small whole numbers: what is read back stays, has unit length, and points nearly where it did."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import vectors
from dateline.records import Vector


def some(rows: int, dimensions: int, seed: int = 5) -> Vector:
    found = np.random.default_rng(seed).normal(size=(rows, dimensions)).astype(np.float32)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@given(st.integers(0, 5), st.integers(1, 400), st.integers(0, 99))
def test_what_is_read_back_once_comes_back_the_same(rows: int, dimensions: int, seed: int) -> None:
    packed = vectors.pack(some(rows, dimensions, seed))
    kept = vectors.unpack(packed, dimensions)
    assert kept.shape == (rows, dimensions)
    assert kept.dtype == np.float32
    assert vectors.pack(kept) == packed
    assert np.array_equal(vectors.rounded(kept), kept)


def test_they_have_unit_length_and_keep_their_cosines() -> None:
    given = some(200, 384)
    kept = vectors.rounded(given)
    assert np.allclose(np.linalg.norm(kept, axis=1), 1, atol=1e-6)
    assert np.abs(given @ given.T - kept @ kept.T).max() < 0.06
    assert len(vectors.pack(given)) < given.nbytes / 9


def test_a_vector_of_nothing_stays_one() -> None:
    assert not vectors.rounded(np.zeros((2, 5), np.float32)).any()


@pytest.mark.parametrize("data", [b"", bytes(5), zlib.compress(bytes(5)), vectors.pack(some(2, 8))[:-3]])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"reshape|damaged"):
        vectors.unpack(data, 8)
