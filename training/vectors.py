"""Sentence vectors from every layer: after training, a ridge regression from the layers' means to the original vectors.

Training moves the last layers far from the original encoder's; the lower ones keep what the heads do not need.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.batches import LONGEST, Pieces, collate, grouped, windows
from training.data import Paragraph
from training.model import Network

RIDGE = 3e-3


@torch.no_grad()
def features(
    network: Network, sets: dict[str, list[Paragraph]], pieces: Pieces, limit: int
) -> tuple[Tensor, Tensor]:
    """Means of every layer (sentences, layers x width) of taught sentences in their windows, and their rows."""
    chance = random.Random(5)
    pool = []
    for name in sorted(sets):
        for paragraph in sets[name]:
            if any(s.vector >= 0 for s in paragraph):
                longest = chance.choice((1, 64, LONGEST))
                pool += [
                    w for w in windows(paragraph, pieces, longest) if any(s.vector >= 0 for s in w.sentences)
                ]
    pool = [w for w in pool if w.length <= 300]
    chance.shuffle(pool)
    network.eval()
    means, rows, found = [], [], 0
    for group in grouped(pool[:limit], 2000):
        batch = collate(group, pieces)
        known = batch.vectors >= 0
        layers = [batch.pool @ states for states in network.encoder.layer_states(batch.pieces, batch.cases)]
        means.append(torch.cat(layers, -1)[known])
        rows.append(batch.vectors[known])
        found += int(known.sum())
    return torch.cat(means), torch.cat(rows)


def fit(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], ridge: float = RIDGE
) -> npt.NDArray[np.float32]:
    """(features + 1, width) weights, the last row the intercept; features are standardised inside."""
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = (x - mean) / scale
    target = y.mean(0)
    gram = z.T @ z / len(z) + ridge * np.eye(z.shape[1])
    weights = np.linalg.solve(gram, z.T @ (y - target) / len(z)) / scale[:, None]
    return np.vstack([weights, target - mean @ weights]).astype(np.float32)


def fit_vectors(
    network: Network,
    sets: dict[str, list[Paragraph]],
    pieces: Pieces,
    teacher: Tensor,
    path: Path,
    limit: int = 8000,
) -> float:
    """Fit, set the network's `all_layers`, keep the weights in `path`; the mean cosine on a held-back tenth."""
    x, rows = features(network, sets, pieces, limit)
    y = teacher[rows].double().numpy()
    held = np.arange(len(y)) % 10 == 0
    z = x.double().numpy()
    weights = fit(z[~held], y[~held])
    np.save(path, weights)
    network.set_all_layers(torch.from_numpy(weights))
    guess = z[held] @ weights[:-1] + weights[-1]
    guess /= np.linalg.norm(guess, axis=1, keepdims=True)
    return float((guess * y[held]).sum(1).mean())
