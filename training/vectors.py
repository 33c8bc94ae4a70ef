"""Sentence vectors from every layer: after training, a ridge regression of what the trained vectors still miss.

Training moves the last layers far from the original encoder's; the lower ones keep what the heads do not need. The
sentences are others than those that taught the network.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.batches import LONGEST, Pieces, collate, grouped, windows
from training.data import training_sets
from training.model import Network, load_checkpoint
from training.sentences import Paragraph
from training.train import Settings, teach

RIDGES = (3e-2, 1e-1, 3e-1, 1.0, 3.0)
FRESH = Settings(seed=99, taught=6000)


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


def fit(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], ridge: float) -> npt.NDArray[np.float32]:
    """(features + 1, width) weights, the last row the intercept; features are standardised inside."""
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = (x - mean) / scale
    target = y.mean(0)
    gram = z.T @ z / len(z) + ridge * np.eye(z.shape[1])
    weights = np.linalg.solve(gram, z.T @ (y - target) / len(z)) / scale[:, None]
    return np.vstack([weights, target - mean @ weights]).astype(np.float32)


def cosine(weights: npt.NDArray[np.float32], x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> float:
    """The mean cosine of the fitted vectors to the original ones."""
    guess = x @ weights[:-1] + weights[-1]
    return float(((guess / np.linalg.norm(guess, axis=1, keepdims=True)) * y).sum(1).mean())


def fit_vectors(
    network: Network,
    sets: dict[str, list[Paragraph]],
    pieces: Pieces,
    teacher: Tensor,
    path: Path,
    limit: int = 7000,
) -> tuple[float, float]:
    """Fit on nine tenths, the ridge by the last tenth; keep the weights in `path` and set the network's head.

    Returns the mean cosine on the last tenth before and after.
    """
    means, rows = features(network, sets, pieces, limit)
    x, y = means.double().numpy(), teacher[rows].double().numpy()
    held = np.arange(len(y)) % 10 == 0
    head = network.vector
    trained = np.vstack([head.weight.detach().double().numpy().T, head.bias.detach().double().numpy()])
    guess = x @ trained[:-1] + trained[-1]
    trained *= (guess * y).sum() / (guess * guess).sum()
    missed = y - (x @ trained[:-1] + trained[-1])
    found = [(trained + fit(x[~held], missed[~held], ridge)).astype(np.float32) for ridge in RIDGES]
    best = max(found, key=lambda weights: cosine(weights, x[held], y[held]))
    np.save(path, best)
    network.set_vector(torch.from_numpy(best))
    return cosine(trained.astype(np.float32), x[held], y[held]), cosine(best, x[held], y[held])


def main() -> None:
    """Fit the vectors of the checkpoint in a folder."""
    from training.run import BASE

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folder", type=Path, default=Path("training/runs/shipped"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--open-only", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    pieces = Pieces(Tokenizer.from_file(str(BASE / "tokenizer.json")))
    sets = training_sets(options.data, options.open_only)
    taught = teach(sets, pieces, BASE / "model.safetensors", options.folder / "fresh.npy", FRESH)
    network = load_checkpoint(options.folder / "checkpoint.pt")
    before, after = fit_vectors(network, sets, pieces, taught, options.folder / "vectors.npy")
    print(
        f"mean cosine to the original {before:.4f}, fitted {after:.4f}, on sentences held back from the fit"
    )


if __name__ == "__main__":
    main()
