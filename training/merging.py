"""Fit how likely two claims are to expect one thing: `python -m training.merging --data ../shared/data`.

A logistic regression over the signs of `dateline.keeper.ledger.sameness`, in two steps as in `training.weighing`: its weights but the judge's on
all labelled stories, then how that and the judge weigh, on the validation stories and the judged topics that were held back, which
the judge has not seen. Prints the weights for settings.toml and, by stories held out in eight parts, the average precision over pairs and the
pairwise F1 of the rows at some thresholds, on all stories and on those for validation.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper.judge import Judge
from dateline.keeper.ledger.claims import Claim, claims, order
from dateline.keeper.ledger.sameness import SIGNS, Pair, Signs, can_be_one, clusters, days_agree
from dateline.keeper.logistic import log_odds
from dateline.reader import Reader
from dateline.reader.model.pairs import PairReader
from training import logistic, weighing
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
    judge: Floats | None = None

    def asked(self, judge: Judge) -> Examples:
        """With the judge's log odds that the pairs are one."""
        answers = judge.sameness([self.claims[a].beside(self.claims[b]) for a, b in self.pairs])
        return replace(self, judge=np.array([log_odds(answer["same"]) for answer in answers]))

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
        signs = of.of(later) if later else np.zeros((0, len(SIGNS) - 1))
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
    return weighing.fit(x, same, counts)


def _beside(score: Floats, story: Examples) -> Floats:
    assert story.judge is not None
    return np.column_stack([score, story.judge])


def fit_both(scores: Sequence[Floats], stories: Sequence[Examples]) -> tuple[Floats, float]:
    """How the log odds of the signs and the judge's weigh."""
    x = np.vstack([_beside(score, s) for score, s in zip(scores, stories, strict=True)])
    counts = np.concatenate([s.weights for s in stories])
    weights, bias = logistic.fit(
        x,
        np.concatenate([s.same for s in stories]),
        counts / counts.sum(),
        np.array([DECAY, DECAY, 0.0]),
        STEPS,
    )
    return weights, bias


def held_out(stories: Sequence[Examples]) -> list[Floats]:
    """The log odds of each story's pairs, by what was fitted on seven eighths without it."""
    found = []
    for n, story in enumerate(stories):
        weights, bias = fit([s for k, s in enumerate(stories) if k % PARTS != n % PARTS])
        found.append(story.signs @ weights + bias)
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
    reader, judge = Reader(), PairReader()
    read = (examples(story, reader) for story in (*shared_stories(data), *own_stories(data)))
    stories = [found.asked(judge) if found.is_validation else found for found in read if found is not None]
    odds = held_out(stories)
    same = np.concatenate([s.same for s in stories])
    print(f"{len(same)} pairs, {same.sum()} are one")
    print(f"average precision on stories held out: {average_precision(np.concatenate(odds), same):.3f}")
    weights, bias = fit(stories)
    found = (topic_examples(t) for t in topics(data, reader, validation=True))
    judged = [t.asked(judge) for t in found if t is not None]
    seen = [*(s for s in stories if s.is_validation), *judged]
    known = [*(o for o, s in zip(odds, stories, strict=True) if s.is_validation)]
    known += [t.signs @ weights + bias for t in judged]
    both = []
    for n, (story, score) in enumerate(zip(seen, known, strict=True)):
        weight, rest = fit_both([*known[:n], *known[n + 1 :]], [*seen[:n], *seen[n + 1 :]])
        both.append(_beside(score, story) @ weight + rest)
    largest = max(range(len(seen)), key=lambda n: int(seen[n].same.sum()))
    count = len(seen) - len(judged)
    parts = {
        "validation": list(range(count)),
        "validation without the largest": [n for n in range(count) if n != largest],
        "judged topics": list(range(count, len(seen))),
    }
    for name, part in parts.items():
        same = np.concatenate([seen[n].same for n in part])
        signed, weighed = (
            average_precision(np.concatenate([x[n] for n in part]), same) for x in (known, both)
        )
        print(f"average precision, {name}: {len(same)} pairs, {same.sum()} one: signs {signed:.3f}, both {weighed:.3f}")  # fmt: skip
    for least in LEAST:
        for kind, scores in (("signs", known), ("both", both)):
            said = {n: joined(s, 1 / (1 + np.exp(-scores[n])), least) for n, s in enumerate(seen)}
            print(f"from {least}, {kind}: " + "; ".join(
                f"{name} {f1(seen, {n: said[n] for n in part})}" for name, part in parts.items()
            ))  # fmt: skip
    print("\n".join(logistic.settings_of(SIGNS, weights, bias, fit_both(known, seen))))


if __name__ == "__main__":
    main()
