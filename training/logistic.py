"""Logistic regression for the few signs that the ledger weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def fit(signs: Floats, tells: Bools, weight: Floats, decay: Floats, steps: int) -> tuple[Floats, float]:
    """(signs,) weights and the bias, by Newton's method on the log loss.

    `signs` is (examples, signs), `weight` what each example counts, `decay` the penalty on each weight and, last, on the bias.
    """
    x = np.hstack([signs, np.ones((len(signs), 1))])
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - tells)) + decay * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(decay)
        w -= np.linalg.solve(hessian, gradient)
    return w[:-1], float(w[-1])


def likelihoods(signs: Floats, weights: Floats, bias: float) -> Floats:
    """(examples,) the probabilities that `fit`'s weights give to `signs`, (examples, signs)."""
    return np.asarray(1 / (1 + np.exp(-(signs @ weights + bias))))


def balanced(tells: Bools) -> Floats:
    """What each example counts where those that tell weigh as much in all as the others."""
    return np.where(tells, 0.5 / max(1, tells.sum()), 0.5 / max(1, (~tells).sum()))


def settings_of(
    names: Sequence[str], weights: Floats, bias: float, both: tuple[Floats, float]
) -> Iterator[str]:
    """The lines of the settings file: the bias, and each sign's weight, of which the judge's is the first.

    `weights` and `bias` are those of the other signs, `both` what their sum and the judge's sign weigh together, and the rest.
    """
    (of_signs, of_judge), rest = both
    yield f"bias = {bias * of_signs + rest:.2f}"
    for name, weight in zip(names, (of_judge, *(weights * of_signs)), strict=True):
        yield f'"{name}" = {weight:.2f}'
