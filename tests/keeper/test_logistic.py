"""A logistic regression reads its table, and gives a probability."""

from __future__ import annotations

import pytest

from dateline.keeper.logistic import Weights, probability

FITTED = Weights.of({"bias": -1.0, "weights": {"named": 2.0, "quoted": -3.0}})


def test_the_weights_are_those_of_the_table_in_its_order() -> None:
    assert Weights((2.0, -3.0), -1.0) == FITTED


def test_a_likelihood_is_that_of_the_weighed_sum() -> None:
    assert FITTED.likelihood((0.5, 0.0)) == 0.5
    assert FITTED.likelihood((1.0, 0.0)) == probability(1.0) == pytest.approx(0.7311, abs=1e-4)
    assert FITTED.likelihood((1.0, 1.0)) < 0.5


def test_as_many_signs_as_weights_are_asked_for() -> None:
    with pytest.raises(ValueError, match="zip"):
        FITTED.likelihood((1.0,))
