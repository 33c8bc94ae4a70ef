"""What is expected of the judge before it is asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dateline.keeper.ledger.claims import Passage, claims, passages
from dateline.keeper.ledger.forecast import Forecast, expected, forecast
from dateline.keeper.ledger.verdicts import SIGNS
from dateline.records import StoryArticle
from tests.keeper.ledger import bridge

SIZE = len(forecast().first)


def with_vectors(filed: StoryArticle, seed: int, size: int = SIZE) -> StoryArticle:
    """The report with unit vectors by lot."""
    drawn = np.random.default_rng(seed).normal(size=(len(filed.reading.sentences), size))
    vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return StoryArticle(replace(filed.reading, vectors=vectors.astype(np.float32)))


def pairs(size: int = SIZE) -> list[tuple[Passage, Passage]]:
    (claim,) = claims([with_vectors(bridge.announced(), 0, size)])
    told = (bridge.opened(), bridge.elsewhere(), bridge.called_off(), bridge.put_off(), bridge.repeated())
    return [(claim.passage, passages(with_vectors(f, n, size))[0]) for n, f in enumerate(told, 1)]


def signs(count: int) -> np.ndarray:
    return np.random.default_rng(7).random((count, len(SIGNS) - 1))


def test_it_is_the_same_whatever_is_told_beside_it() -> None:
    some, seen = pairs(), signs(5)
    together = expected(some, seen)
    assert together is not None
    assert len(set(together.tolist())) == len(some)
    for number in range(len(some)):
        alone = expected(some[number : number + 1], seen[number : number + 1])
        assert alone is not None
        assert alone[0] == together[number]


def test_of_the_vectors_of_another_network_it_tells_nothing() -> None:
    assert expected(pairs(SIZE // 2), signs(5)) is None
    (claim,) = claims([bridge.announced()])
    assert expected([(claim.passage, claim.passage)], signs(1)) is None


def test_the_bundled_one_is_of_the_signs_that_are_weighed() -> None:
    told = forecast()
    rank = told.first.shape[1]
    assert told.second.shape == told.first.shape
    assert len(told.straight) == len(told.hidden) == len(SIGNS) - 1 + 3 * rank
    assert told.hidden.shape[1] == len(told.hidden_bias) == len(told.bent)


def test_signs_vectors_and_their_product_are_weighed_straight_and_bent() -> None:
    by = Forecast(
        first=np.eye(1), second=np.eye(1), straight=np.array([1.0, 0, 0, 2.0]), hidden=np.array([[0.0], [1], [0], [0]]),
        hidden_bias=np.array([-1.0]), bent=np.array([10.0]), bias=np.array(0.5),
    )  # fmt: skip
    told = by.of(np.array([[1.0], [1.0]]), np.array([[3.0], [0.5]]), np.array([[2.0], [4.0]]))
    assert told.tolist() == [1 + 2 * 6 + 10 * 2 + 0.5, 1 + 2 * 2 + 0.5]
