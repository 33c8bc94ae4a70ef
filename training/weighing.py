"""Fit how likely it is that a sentence tells that an expected event happened: `python -m training.weighing --data ../shared/data`.

A logistic regression over the signs of `dateline.keeper.ledger.verdicts`, on the validation stories of the labels: the judge has seen
the others. Prints the weights for settings.toml and, by stories held out in eight parts, the average precision of the judge alone and
of the weighed signs, and how many tellings are right above some thresholds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper.judge import Judge
from dateline.keeper.ledger.candidates import Register
from dateline.keeper.ledger.claims import Claim, claims, order, passages
from dateline.keeper.ledger.verdicts import SIGNS, likelihood, signs
from dateline.reader import Reader
from dateline.reader.model.pairs import PairReader
from training import logistic
from training.news_labels import Story, own_stories, shared_stories
from training.pairs import Row, read_story, rows

Floats = npt.NDArray[np.float64]
PARTS = 8
DECAY, STEPS = 3e-3, 40


def examples(story: Story, reader: Reader, judge: Judge) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The signs of each pair that the ledger has judged of the story's labelled expectations, and whether the sentence tells that it happened."""
    filed = sorted(read_story(story, reader), key=order)
    number = {report.id: i for i, report in enumerate(story.reports)}
    voiced = list(claims(filed))
    wanted = matched(voiced, list(rows(story)), number)
    register = Register(voiced)
    chosen = [pair for report in filed for pair in register.ranked(passages(report))]
    answers = judge.verdicts([voiced[i].pair(passage) for i, passage in chosen])
    for (i, passage), chances in zip(chosen, answers, strict=True):
        if i not in wanted:
            continue
        report, span = number[passage.filed.article.id], passage.span
        told = {
            verdict
            for r, (a, b), verdict in wanted[i].told
            if r == report and a < span.end and span.start < b
        }
        yield signs(voiced[i], passage, chances), "happened" in told


def matched(voiced: Sequence[Claim], labelled: Sequence[Row], number: dict[str, int]) -> dict[int, Row]:
    """The labelled expectation of each claim that has one, by the claim's number: of the same sentence, best by trigger, then by days."""
    fits = []
    for i, claim in enumerate(voiced):
        trigger, span = claim.expectation.trigger, claim.passage.span
        for j, row in enumerate(labelled):
            if (
                number[claim.filed.article.id] == row.report
                and span.start < row.sentence[1]
                and row.sentence[0] < span.end
            ):
                other = not (trigger.start < row.trigger[1] and row.trigger[0] < trigger.end)
                fits.append((other, claim.due != row.due, i, j))
    found: dict[int, Row] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(fits):
        if i not in found and j not in used:
            found[i] = labelled[j]
            used.add(j)
    return found


def fit(x: Floats, tells: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """(signs,) weights and the bias, regularised on signs scaled to unit variance."""
    scale = x.std(0) + 1e-6
    decay = np.array([DECAY] * len(scale) + [0.0])
    weights, bias = logistic.fit(x / scale, tells, np.full(len(x), 1 / len(x)), decay, STEPS)
    return weights / scale, bias


def average_precision(scores: Floats, tells: npt.NDArray[np.bool_]) -> float:
    """The mean, over what tells, of the share that tells among all that stand as high."""
    right = tells[np.argsort(-scores, kind="stable")].astype(float)
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right > 0].mean())


def main() -> None:
    """Read the stories, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    reader, judge = Reader(), PairReader()
    stories = [s for s in (*shared_stories(data), *own_stories(data)) if s.is_validation]
    found = [list(examples(s, reader, judge)) for s in stories]
    x = np.array([x for story in found for x, _ in story])
    tells = np.array([told for story in found for _, told in story])
    part = np.array([n % PARTS for n, story in enumerate(found) for _ in story])
    held_out = np.zeros(len(x))
    for p in range(PARTS):
        weights, bias = fit(x[part != p], tells[part != p])
        held_out[part == p] = 1 / (1 + np.exp(-(x[part == p] @ weights + bias)))
    print(f"{len(x)} pairs, {tells.sum()} tell that it happened")
    print(f"average precision: judge {average_precision(x[:, 0], tells):.3f}, now "
          f"{average_precision(np.array([likelihood(list(r)) for r in x]), tells):.3f}, "
          f"fitted, on stories held out {average_precision(held_out, tells):.3f}")  # fmt: skip
    for least in (0.2, 0.3, 0.4, 0.5):
        taken = held_out >= least
        print(f"from {least}: {taken.sum()} taken, {tells[taken].mean() if taken.any() else 0:.2f} right")
    weights, bias = fit(x, tells)
    print(f"bias = {bias:.2f}")
    for name, weight in zip(SIGNS, weights, strict=True):
        print(f'"{name}" = {weight:.2f}')


if __name__ == "__main__":
    main()
