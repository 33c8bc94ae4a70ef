"""The network of sentence boundaries: what it sees of a token, and that paragraphs do not disturb each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reader.segmentation import Token, tokenize
from dateline.reader.segmentation.boundaries import ROWS, bundled, features

PARAGRAPHS = [
    "The ferry sank on Monday. Nobody was hurt, the harbour master said.",
    "Dear Anna, thanks for the lift Regards Jo Birk",
    "“Is it shut?” she asked.",
    "No.",
]


def tokens(text: str) -> list[Token]:
    return tokenize(text, 0, len(text))


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), min_size=1, max_size=300))
def test_every_token_has_rows_of_the_tables(word: str) -> None:
    rows = features(word)
    names = ("word", "affix", "affix", "shape", "length")
    assert all(0 <= row < ROWS[name] for row, name in zip(rows, names, strict=True))


def test_quotation_marks_and_digits_are_told_alike() -> None:
    assert features("“") == features('"')
    assert features("’s") == features("'s")
    assert features("1998") == features("2024")


def test_a_paragraph_is_scored_as_if_it_stood_alone() -> None:
    found = bundled().scores([tokens(p) for p in PARAGRAPHS])
    for text, scores in zip(PARAGRAPHS, found, strict=True):
        (alone,) = bundled().scores([tokens(text)])
        np.testing.assert_allclose(scores, alone, rtol=1e-4, atol=1e-4)


def test_a_long_text_is_scored_as_its_pieces_are(monkeypatch: pytest.MonkeyPatch) -> None:
    words = tokens(" ".join(PARAGRAPHS) * 20)
    (whole,) = bundled().scores([words])
    monkeypatch.setattr("dateline.reader.segmentation.boundaries._CHUNK", 64)
    (pieces,) = bundled().scores([words])
    np.testing.assert_allclose(whole, pieces, rtol=1e-4, atol=1e-4)


def test_nothing_is_scored_as_nothing() -> None:
    assert bundled().scores([]) == []
