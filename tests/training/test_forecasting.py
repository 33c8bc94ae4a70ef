"""What is expected of the judge, as it is learned and as it runs."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.forecasting import Examples, Network, fit, report, told  # noqa: E402

from dateline.keeper.ledger.verdicts import SIGNS  # noqa: E402


def drawn(count: int, seed: int) -> Examples:
    """Pairs whose answer hangs on one sign, and on how alike both vectors are in the first dimension."""
    by_lot = np.random.default_rng(seed)
    signs = by_lot.normal(size=(count, len(SIGNS) - 1)).astype(np.float32)
    signs[:, 3] = 1.0
    first, second = (by_lot.choice([-0.5, 0.5], (count, 8)).astype(np.float32) for _ in range(2))
    answers = signs[:, 0] + 8 * first[:, 0] * second[:, 0] - 3
    return Examples(signs, first, second, answers.astype(np.float32), np.array([10]))


def test_what_runs_is_what_was_learned() -> None:
    some = drawn(40, 1)
    network = Network(some).eval()
    with torch.no_grad():
        learned = network(*(torch.tensor(x) for x in (some.signs, some.first, some.second))).numpy()
    assert told(network.forecast(), some) == pytest.approx(learned, abs=0.02)


def test_signs_and_how_vectors_meet_are_learned_and_a_sign_that_never_varied_counts_for_nothing() -> None:
    some, others = drawn(2000, 2), drawn(500, 3)
    by = fit(some, steps=600)
    assert not by.straight[3]
    assert not by.hidden[3].any()
    assert np.corrcoef(told(by, others), others.answers)[0, 1] > 0.9
    assert report("others", others, by).__next__().startswith("others: 500 pairs")
