"""Fit which sentences are worth holding against an expectation: `python -m training.candidates --data ../shared/data`.

A logistic regression over the signs of `dateline.keeper.ledger.candidates`, on the labelled training stories: right are the
sentences that tell what became of an expectation. Prints the weights for settings.toml, and what share of the
telling sentences the best pairs of a report hold, on training and on validation stories.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper.ledger.candidates import FEATURES, Register
from dateline.keeper.ledger.claims import claims, order, passages
from dateline.reader import Reader
from dateline.reader.model import load
from training import logistic
from training.asked import Judged, Labels
from training.judged_pairs import told_in_stories
from training.news_labels import Story, own_stories, shared_stories
from training.pairs import read_story

KEPT = (4, 8, 16, 24, 48)
DECAY, STEPS = 1e-3, 30
TELLING = ("happened", "did not happen", "moved")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """The pairs of one report: signs (pairs, features), whether a sentence tells, and which claim it is held against."""

    signs: Floats
    tells: npt.NDArray[np.bool_]
    claim: npt.NDArray[np.int64]


def examples(story: Story, reader: Reader, judged: Judged) -> list[Examples]:
    """Every labelled claim of a story with every sentence of its own and later days but its own, a report at a time."""
    filed = sorted(read_story(story, reader), key=order)
    voiced = list(claims(filed))
    labels, register, found = Labels(story, voiced, judged), Register(voiced), []
    for report in filed:
        mine = passages(report)
        if not mine:
            continue
        signs = np.stack(register.signs(mine), -1)
        pairs = [
            (i, j)
            for i in sorted(labels.rows)
            if i < len(signs)
            for j, passage in enumerate(mine)
            if voiced[i].passage.place != passage.place
        ]
        if pairs:
            tells = [labels.verdict(i, mine[j]) in TELLING for i, j in pairs]
            of = np.array([i for i, _ in pairs])
            found.append(Examples(np.array([signs[pair] for pair in pairs]), np.array(tells), of))
    return found


def recall(reports: Sequence[Examples], weights: Floats, kept: int) -> tuple[float, float]:
    """The share of telling sentences among the `kept` best pairs of their report, and of claims with at least one."""
    found = gold = 0
    claims: dict[tuple[int, int], bool] = {}
    for n, report in enumerate(reports):
        best = np.argsort(-(report.signs @ weights), kind="stable")[:kept]
        inside = np.zeros(len(report.tells), bool)
        inside[best] = True
        gold += int(report.tells.sum())
        found += int((report.tells & inside).sum())
        for i in np.flatnonzero(report.tells):
            key = (n, int(report.claim[i]))
            claims[key] = claims.get(key, False) or bool(inside[i])
    return found / max(1, gold), sum(claims.values()) / max(1, len(claims))


def main() -> None:
    """Read the stories, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--weights", type=Path, help="a folder with the model, the bundled one by default")
    options = parser.parse_args()
    reader = Reader(load(options.weights) if options.weights else None)
    judged = told_in_stories(options.data)
    sides: dict[bool, list[Examples]] = {False: [], True: []}
    for story in (*shared_stories(options.data), *own_stories(options.data)):
        sides[story.is_validation] += examples(story, reader, judged)
    train = sides[False]
    signs, tells = np.vstack([e.signs for e in train]), np.concatenate([e.tells for e in train])
    weights, bias = logistic.fit(
        signs, tells, logistic.balanced(tells), np.full(len(FEATURES) + 1, DECAY), STEPS
    )
    print(f"bias = {bias:.3f}")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f'"{name}" = {weight:.3f}')
    for name, reports in (("training", train), ("validation", sides[True])):
        for kept in KEPT:
            sentences, claims = recall(reports, weights, kept)
            print(
                f"{name}: best {kept} a report hold {sentences:.3f} of telling sentences, {claims:.3f} of claims told there"
            )


if __name__ == "__main__":
    main()
