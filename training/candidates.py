"""Fit which sentences are worth holding against an expectation: `python -m training.candidates --data ../shared/data`.

A logistic regression over the signs of `dateline.keeper.ledger.candidates`, on the labelled training stories: right are the
sentences that tell what became of an expectation or expect it again. Prints the weights for settings.toml, and what share of the
telling sentences the best pairs of a report hold, on training and on validation stories.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper.ledger.candidates import FEATURES, features
from dateline.keeper.ledger.claims import Claim, Passage, likenesses, passages
from dateline.reader import Reader
from dateline.reader.model import load
from dateline.records import Expectation, Span, StoryArticle
from training import logistic
from training.news_labels import Story, own_stories, shared_stories
from training.pairs import Row, read_story, rows

KEPT = (4, 8, 16, 24, 48)
DECAY, STEPS = 1e-3, 30
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """The pairs of one report: signs (pairs, features), whether a sentence tells, and which claim it is held against."""

    signs: Floats
    tells: npt.NDArray[np.bool_]
    claim: npt.NDArray[np.int64]


def examples(story: Story, reader: Reader) -> list[Examples]:
    """Every claim of a story with every sentence of its own and later days, a report at a time."""
    filed = read_story(story, reader)
    labelled = [(row, claim) for row in rows(story) if (claim := _claim(row, filed)) is not None]
    found = []
    for number, report in enumerate(filed):
        open_ = [(i, r, c) for i, (r, c) in enumerate(labelled) if c.published <= report.article.published]
        mine = passages(report)
        if not open_ or not mine:
            continue
        cosines = likenesses([c.passage for _, _, c in open_], mine)
        signs, tells, claim_of = [], [], []
        for k, (i, row, claim) in enumerate(open_):
            told = {span for other, span, _ in row.told if other == number}
            told |= {twin.sentence for twin, _ in labelled if twin.report == number and _is_twin(twin, row)}
            for j, passage in enumerate(mine):
                if claim.filed is report and passage.number == claim.passage.number:
                    continue
                signs.append(features(claim, passage, float(cosines[k, j])))
                tells.append(any(a < passage.span.end and passage.span.start < b for a, b in told))
                claim_of.append(i)
        if signs:
            found.append(Examples(np.array(signs), np.array(tells), np.array(claim_of)))
    return found


def _is_twin(one: Row, other: Row) -> bool:
    """True for two rows that state one expectation."""
    return one is not other and (one.same_as or one.id) == (other.same_as or other.id)


def _claim(row: Row, filed: Sequence[StoryArticle]) -> Claim | None:
    report = filed[row.report]
    number = report.reading.sentence_at(row.trigger[0])
    if number is None:
        return None
    trigger = Span(*row.trigger)
    sentence = report.reading.sentences[number]
    expectation = Expectation(
        sentence, number, "", trigger.of(report.article.text).lower(), trigger, due=row.due
    )
    return Claim(Passage(report, number), expectation)


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
    sides: dict[bool, list[Examples]] = {False: [], True: []}
    for story in (*shared_stories(options.data), *own_stories(options.data)):
        sides[story.is_validation] += examples(story, reader)
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
