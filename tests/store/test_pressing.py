"""What is pressed comes back; what is damaged is told; the table of words stays what it is."""

from __future__ import annotations

import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.store import pressing


@given(st.binary(max_size=3000), st.none() | st.binary(max_size=70_000))
def test_bytes_come_back(data: bytes, beside: bytes | None) -> None:
    assert pressing.unpress(pressing.press(data, beside), beside) == data


def test_what_was_pressed_without_the_table_is_read() -> None:
    assert pressing.unpress(zlib.compress(b"The ferry sank.")) == b"The ferry sank."


def test_short_texts_take_less_beside_the_table() -> None:
    text = (
        b"The government said on Monday that the hospital would be opened again before the end of the year."
    )
    assert len(pressing.press(text)) < 0.7 * len(zlib.compress(text, 9))


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 9, pressing.press(b"The ferry sank.")[:-2], pressing.press(b"x", b"other")]
)
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="compressed"):
        pressing.unpress(data)


def test_the_table_is_the_one_of_all_notebooks() -> None:
    assert (
        sha256(pressing._words()).hexdigest()
        == "6f64e84d6045fdc8b020feafd709625843badf2d2dd443eebdbdb3cf32a141a3"
    )
