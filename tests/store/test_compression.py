"""What is compressed comes back; what is damaged is told; the table of words stays what it is."""

from __future__ import annotations

import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.store import compression


@given(st.binary(max_size=3000), st.none() | st.just(b"") | st.binary(max_size=70_000))
def test_bytes_come_back(data: bytes, beside: bytes | None) -> None:
    assert compression.decompress(compression.compress(data, beside), beside) == data


def test_what_was_compressed_without_the_table_is_read() -> None:
    assert compression.decompress(zlib.compress(b"The ferry sank.")) == b"The ferry sank."


def test_short_texts_take_less_beside_the_table() -> None:
    text = (
        b"The government said on Monday that the hospital would be opened again before the end of the year."
    )
    assert len(compression.compress(text)) < 0.7 * len(zlib.compress(text, 9))


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 9, compression.compress(b"The ferry sank.")[:-2], compression.compress(b"x", b"other")],
)
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="compressed"):
        compression.decompress(data)


def test_the_table_is_the_one_of_all_notebooks() -> None:
    assert (
        sha256(compression._words()).hexdigest()
        == "6f64e84d6045fdc8b020feafd709625843badf2d2dd443eebdbdb3cf32a141a3"
    )
