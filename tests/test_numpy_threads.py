"""NumPy computes on one core inside, and on as many as before outside."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from dateline.numpy_threads import one_thread
from dateline.reader import Reader
from dateline.records import Article
from tests.plain_model import PlainModel

MANY = 3


def threads() -> set[int]:
    assert np.__version__
    return {
        library["num_threads"] for library in ThreadpoolController().info() if library["user_api"] == "blas"
    }


@pytest.fixture(autouse=True)
def _many() -> object:
    if not threads():
        pytest.skip("NumPy's library of linear algebra is none that can be told how many threads to use")
    with ThreadpoolController().limit(limits=MANY, user_api="blas"):
        yield


def test_inside_it_is_one_and_outside_as_many_as_before() -> None:
    with one_thread():
        with one_thread():
            assert threads() == {1}
        assert threads() == {1}
    assert threads() == {MANY}
    with pytest.raises(ValueError, match="wrong"), one_thread():
        raise ValueError("wrong")
    assert threads() == {MANY}


def test_an_article_is_read_on_one() -> None:
    seen: list[set[int]] = []

    class Watching(PlainModel):
        def analyse(self, text: str, sentences: object) -> object:  # type: ignore[override]
            seen.append(threads())
            return super().analyse(text, sentences)  # type: ignore[arg-type]

    Reader(Watching()).read(Article("a", "a.txt", np.datetime64("2024-05-02").item(), "It sank on Monday."))  # type: ignore[arg-type]
    assert seen == [{1}]
    assert threads() == {MANY}
