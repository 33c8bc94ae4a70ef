"""Fit how likely two claims are to expect one thing: `python -m training.merging --data ../shared/data`.

A logistic regression over the signs of `dateline.keeper.ledger.sameness`, on all labelled stories: the judge, who has seen some of them,
has no part in it. Prints the weights for settings.toml and, by stories held out in eight parts, the average precision over pairs and the
pairwise F1 of the rows at some thresholds, on all stories and on those for validation.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper.ledger.claims import Claim, claims, order
from dateline.keeper.ledger.sameness import SIGNS, Pair, Signs, can_be_one, clusters, days_agree
from dateline.reader import Reader
from training import logistic
from training.asked import matched
from training.news_labels import Story, own_stories, shared_stories
from training.pairs import read_story, rows
from training.topics import Topic, topics
from training.weighing import average_precision

Floats = npt.NDArray[np.float64]
PARTS, DECAY, STEPS = 8, 3e-3, 40
MOST = 20
"""The pairs that are one count, of a story, as much as so many: one story has a third of all."""
LEAST = (0.12, 0.16, 0.2, 0.22, 0.25, 0.3, 0.4)


@dataclass(frozen=True)
class Examples:
    """The pairs of a story's claims that have a label: signs (pairs, signs), whether both are one, and which they are."""

    claims: Sequence[Claim]
    signs: Floats
    same: npt.NDArray[np.bool_]
    pairs: Sequence[Pair]
    is_validation: bool

    @property
    def weights(self) -> Floats:
        """What each pair counts."""
        return np.where(self.same, min(1.0, MOST / max(1, self.same.sum())), 1.0)


def examples(story: Story, reader: Reader) -> Examples | None:
    """None where no two labelled expectations were found."""
    filed = sorted(read_story(story, reader), key=order)
    voiced = list(claims(filed))
    number = {report.id: i for i, report in enumerate(story.reports)}
    wanted = matched(voiced, list(rows(story)), number)
    groups = {n: row.same_as or row.id for n, row in wanted.items()}
    return _paired(voiced, groups, story.is_validation)


def topic_examples(topic: Topic) -> Examples | None:
    """The pairs of a topic's judged claims; None where there are none."""
    return _paired(topic.claims, topic.same, is_validation=True)


def _paired(claims: Sequence[Claim], groups: Mapping[int, object], is_validation: bool) -> Examples | None:
    """Claims that have a group, by their numbers, two by two; those of one group are one."""
    of, found = Signs(claims), []
    for later in sorted(groups):
        signs = of.of(later) if later else np.zeros((0, len(SIGNS)))
        for other in range(later):
            if other in groups and can_be_one(claims[other], claims[later]):
                found.append(((other, later), signs[other], groups[other] == groups[later]))
    if not found:
        return None
    pairs, signs_of, same = zip(*found, strict=True)
    return Examples(claims, np.array(signs_of), np.array(same), pairs, is_validation)


def fit(stories: Sequence[Examples]) -> tuple[Floats, float]:
    """(signs,) weights and the bias, regularised on signs scaled to unit variance."""
    x = np.concatenate([s.signs for s in stories])
    same, counts = (np.concatenate([getattr(s, name) for s in stories]) for name in ("same", "weights"))
    scale = x.std(0) + 1e-6
    decay = np.array([DECAY] * len(scale) + [0.0])
    weights, bias = logistic.fit(x / scale, same, counts / counts.sum(), decay, STEPS)
    return weights / scale, bias


def held_out(stories: Sequence[Examples]) -> list[Floats]:
    """The probabilities of each story's pairs, by what was fitted on seven eighths without it."""
    found = []
    for n, story in enumerate(stories):
        weights, bias = fit([s for k, s in enumerate(stories) if k % PARTS != n % PARTS])
        found.append(logistic.likelihoods(story.signs, weights, bias))
    return found


def joined(story: Examples, chances: Floats, least: float) -> npt.NDArray[np.bool_]:
    """Which pairs stand in one row."""
    likely = {pair: float(chance) for pair, chance in zip(story.pairs, chances, strict=True)}
    row_of: dict[int, tuple[int, int]] = {}
    for number, members in enumerate(clusters(story.claims, likely, least)):
        days: list[int] = []
        for m in members:
            due = story.claims[m].due
            k = next((k for k, other in enumerate(days) if days_agree(story.claims[other].due, due)), None)
            if k is None:
                k = len(days)
                days.append(m)
            elif due is not None:
                days[k] = m
            row_of[m] = number, k
    return np.array([row_of[a] == row_of[b] for a, b in story.pairs])


def f1(stories: Sequence[Examples], said: Mapping[int, npt.NDArray[np.bool_]]) -> str:
    """Pairwise precision, recall and F1."""
    right = sum(int((said[n] & stories[n].same).sum()) for n in said)
    told, same = (
        sum(int(x.sum()) for x in each) for each in (said.values(), [stories[n].same for n in said])
    )
    return (
        f"P {right / max(1, told):.3f} R {right / max(1, same):.3f} F1 {2 * right / max(1, told + same):.3f}"
    )


def main() -> None:
    """Read the stories, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    reader = Reader()
    read = (examples(story, reader) for story in (*shared_stories(data), *own_stories(data)))
    stories = [found for found in read if found is not None]
    chances = held_out(stories)
    same = np.concatenate([s.same for s in stories])
    print(f"{len(same)} pairs, {same.sum()} are one")
    print(f"average precision on stories held out: {average_precision(np.concatenate(chances), same):.3f}")
    largest = max(range(len(stories)), key=lambda n: int(stories[n].same.sum()))
    for least in LEAST:
        said = {n: joined(s, chances[n], least) for n, s in enumerate(stories)}
        rest = {n: found for n, found in said.items() if n != largest}
        held = {n: found for n, found in rest.items() if stories[n].is_validation}
        print(f"from {least}: all {f1(stories, said)}; without the largest {f1(stories, rest)}; "
              f"validation without it {f1(stories, held)}")  # fmt: skip
    weights, bias = fit(stories)
    read = (topic_examples(t) for t in topics(data, reader, validation=True))
    judged = [found for found in read if found is not None]
    likely = [logistic.likelihoods(t.signs, weights, bias) for t in judged]
    same = np.concatenate([t.same for t in judged])
    print(f"judged topics: {len(same)} pairs, {same.sum()} are one: average precision "
          f"{average_precision(np.concatenate(likely), same):.3f}")  # fmt: skip
    for least in LEAST:
        said = {n: joined(t, likely[n], least) for n, t in enumerate(judged)}
        print(f"from {least}: {f1(judged, said)}")
    print(f"bias = {bias:.2f}")
    for name, weight in zip(SIGNS, weights, strict=True):
        print(f'"{name}" = {weight:.2f}')


if __name__ == "__main__":
    main()
