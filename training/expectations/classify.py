"""A learned classifier of sentences that announce something, measured beside the rules: python training/expectations/classify.py

Logistic regression over what the bundled model says of a sentence (the probabilities of realis of its triggers, their
factuality) and over its wording. Half of the sentences are held out by the hash of their text.
"""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path

import numpy as np

from dateline.reader import Reader
from dateline.records import Article

CUES = ("will", "'ll", "would", "to", "due", "expected", "set", "plans", "hopes", "promised", "vowed", "threatened", "said", "if", "should", "next", "not", "may", "could", "?")  # fmt: skip
REALIS = ("actual", "expected", "possible", "negated", "generic")


def features(reader: Reader, article: Article) -> tuple[list[float], bool]:
    """What the classifier sees of a sentence, and whether the rules find an expectation in it."""
    analysis = reader.document(article).analysis
    reading = reader.read(article)
    triggers = [t for s in analysis.sentences for t in s.triggers]
    words = article.text.lower().replace(".", " ").replace("?", " ?").split()
    seen = [max((t.score * t.realis.get(r, 0.0) for t in triggers), default=0.0) for r in REALIS]
    seen += [
        max((t.factuality for t in triggers), default=0.0),
        min((t.factuality for t in triggers), default=0.0),
    ]
    seen += [float(cue in words) for cue in CUES]
    seen += [float(any(t.interval and t.interval.end >= article.published for t in reading.times)), 1.0]
    return seen, bool(reading.expectations)


def fit(x: np.ndarray, y: np.ndarray, *, decay: float = 1.0, steps: int = 4000) -> np.ndarray:
    """Weights of shape (features,) by gradient descent on the regularised log loss."""
    weights = np.zeros(x.shape[1])
    for _ in range(steps):
        wrong = 1 / (1 + np.exp(-x @ weights)) - y
        weights -= 0.3 * (x.T @ wrong + decay * weights) / len(y)
    return weights


def f1(found: np.ndarray, wanted: np.ndarray) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * float((found & wanted).sum()) / float(found.sum() + wanted.sum())


def main() -> None:
    """Print detection F1 on the held-out half for the rules, the classifier and the two together."""
    reader = Reader()
    with (Path(__file__).parent / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    seen = [
        features(reader, Article("a", "a", date.fromisoformat(r["published"]), r["sentence"])) for r in rows
    ]
    x, rules = np.array([s for s, _ in seen]), np.array([r for _, r in seen])
    wanted = np.array([r["label"] == "1" for r in rows])
    held = np.array([hashlib.sha256(r["sentence"].encode()).digest()[0] % 2 == 0 for r in rows])
    chance = 1 / (1 + np.exp(-x @ fit(x[~held], wanted[~held].astype(float))))
    both = (rules & (chance > 0.1)) | (chance > 0.9)
    print(f"{held.sum()} held out, {wanted[held].sum()} expectations")
    for name, found in (("rules", rules), ("classifier", chance > 0.5), ("both", both)):
        print(f"{name:12}{f1(found[held], wanted[held]):.3f}")


if __name__ == "__main__":
    main()
