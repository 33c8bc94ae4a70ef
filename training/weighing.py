"""Fit how likely it is that a sentence tells that an expected event happened: `python -m training.weighing --data ../shared/data`.

A logistic regression over the signs of `dateline.keeper.ledger.verdicts`, in two steps, since the judge has seen all labelled stories but
those for validation: its weights but the judge's on all stories, then how that and the judge weigh, on the validation stories and the judged
topics that were held back. Prints the
weights for settings.toml and, by stories held out in eight parts: the average precision of the judge alone, of the signs without it, and
of both; the highest probability that the judge gives (`surest` is to be about that); and at some thresholds how many expectations are
given as met or met late, how many of those rightly, and how often the evidence stands in a report that tells it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper.judge import VERDICTS, Judge
from dateline.keeper.ledger.claims import Claim, Passage, Rarities
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import SIGNS, signs
from dateline.reader import Reader
from dateline.reader.model.pairs import PairReader
from training import logistic
from training.asked import Judged, asked
from training.judged_pairs import told_in_stories
from training.news_labels import Story, own_stories, shared_stories
from training.pairs import read_story
from training.topics import Topic, topics

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
PARTS, DECAY, STEPS = 8, 3e-3, 40
MOST = 30
"""The telling sentences that count as one, of a story, as much as so many."""
LEAST = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
_EVEN = {v: 1 / len(VERDICTS) for v in VERDICTS}


@dataclass(frozen=True)
class Example:
    """A labelled expectation with a sentence that the ledger holds against it; `reports` are those that tell that it happened."""

    signs: tuple[float, ...]
    tells: bool
    claim: int
    published: date
    report: int
    may_settle: bool
    reports: frozenset[int]
    status: str


def examples(story: Story, reader: Reader, judge: Judge | None, judged: Judged) -> Iterator[Example]:
    """The pairs that the ledger asks about, of the story's labelled expectations; without a judge its sign is even."""
    voiced, questions = asked(story, read_story(story, reader), judged)
    status = {row["id"]: row["status"] for row in story.rows["expectations"]}
    rarity = Rarities(voiced)
    pairs = [q.claim.pair(q.passage) for q in questions]
    answers = judge.verdicts(pairs) if judge is not None else [_EVEN] * len(pairs)
    for q, chances in zip(questions, answers, strict=True):
        yield Example(
            signs(q.claim, q.passage, chances, rarity),
            q.verdict == "happened",
            q.number,
            q.passage.published,
            q.report,
            _may_settle(q.claim, q.passage),
            q.reports,
            status[q.row.id],
        )


def topic_examples(topic: Topic, judge: Judge) -> Iterator[Example]:
    """The judged pairs of a topic; what became of its claims was not judged."""
    rarity = Rarities(topic.claims)
    answers = judge.verdicts([topic.claims[n].pair(passage) for n, passage, _ in topic.told])
    for (n, passage, verdict), chances in zip(topic.told, answers, strict=True):
        claim = topic.claims[n]
        found = signs(claim, passage, chances, rarity)
        yield Example(found, verdict == "happened", n, passage.published, 0, False, frozenset(), "")


def _may_settle(claim: Claim, passage: Passage) -> bool:
    if claim.due is None:
        return passage.filed.article.id != claim.filed.article.id
    return passage.published >= claim.due.start


# ------------------------------------------------------------------------------------------------------ fitting


@dataclass(frozen=True)
class Told:
    """A story's examples as numbers: its signs, the judge's apart, and which sentences tell."""

    examples: Sequence[Example]
    is_validation: bool
    signs: Floats
    judge: Floats
    tells: Bools

    @classmethod
    def of(cls, found: Sequence[Example], is_validation: bool) -> Told:
        """Of a story that has any."""
        x = np.array([e.signs for e in found])
        return cls(found, is_validation, x[:, 1:], x[:, 0], np.array([e.tells for e in found]))


def fit(x: Floats, tells: Bools, counts: Floats) -> tuple[Floats, float]:
    """(signs,) weights and the bias, regularised on signs scaled to unit variance."""
    scale = x.std(0) + 1e-6
    decay = np.array([DECAY] * len(scale) + [0.0])
    weights, bias = logistic.fit(x / scale, tells, counts / counts.sum(), decay, STEPS)
    return weights / scale, bias


def fit_signs(stories: Sequence[Told]) -> tuple[Floats, float]:
    """The weights of all signs but the judge's."""
    counts = [np.where(s.tells, min(1.0, MOST / max(1, s.tells.sum())), 1.0) for s in stories]
    x, tells = (np.concatenate([getattr(s, name) for s in stories]) for name in ("signs", "tells"))
    return fit(x, tells, np.concatenate(counts))


def fit_both(scores: Sequence[Floats], stories: Sequence[Told]) -> tuple[Floats, float]:
    """How the score of the signs and the judge weigh; where topics stand among the stories, of whose sentences the likeliest were
    judged, they have a bias of their own."""
    x = np.vstack(
        [np.column_stack([score, s.judge, _flag(s)]) for score, s in zip(scores, stories, strict=True)]
    )
    weights, bias = fit(x, np.concatenate([s.tells for s in stories]), np.ones(len(x)))
    return weights[:2], bias


def _flag(story: Told) -> Floats:
    return np.full(len(story.tells), float(not story.examples[0].status))


def held_out(stories: Sequence[Told]) -> list[Floats]:
    """Each story's log odds by the signs, fitted on the parts that do not hold it."""
    found = []
    for n, story in enumerate(stories):
        weights, bias = fit_signs([s for k, s in enumerate(stories) if k % PARTS != n % PARTS])
        found.append(story.signs @ weights + bias)
    return found


def average_precision(scores: Floats, tells: Bools) -> float:
    """The mean, over what tells, of the share that tells among all that stand as high."""
    right = tells[np.argsort(-scores, kind="stable")].astype(float)
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right > 0].mean())


def outcomes(stories: Sequence[Told], scores: Sequence[Floats], least: float) -> str:
    """What is given as met at a threshold, and how often that and the evidence are right."""
    given = right = shown = 0
    for story, score in zip(stories, scores, strict=True):
        chances = 1 / (1 + np.exp(-score))
        telling: defaultdict[int, list[tuple[date, float, Example]]] = defaultdict(list)
        for example, chance in zip(story.examples, chances, strict=True):
            if example.may_settle and chance >= least:
                telling[example.claim].append((example.published, -chance, example))
        for found in telling.values():
            found.sort(key=lambda t: t[:2])
            surest = max(-chance for _, chance, _ in found)
            first = next(e for _, chance, e in found if -chance >= settings().as_sure * surest)
            given += 1
            right += first.status in ("met", "met late")
            shown += first.report in first.reports
    return f"{given} met, {right / max(1, given):.2f} rightly, evidence in {shown / max(1, given):.2f}"


def main() -> None:
    """Read the stories, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    reader, judge, verdicts = Reader(), PairReader(), told_in_stories(data)
    stories = []
    for story in (*shared_stories(data), *own_stories(data)):
        found = list(examples(story, reader, judge if story.is_validation else None, verdicts))
        if found:
            stories.append(Told.of(found, story.is_validation))
    scores = held_out(stories)
    held = [n for n, s in enumerate(stories) if s.is_validation]
    blind, ours = [stories[n] for n in held], [scores[n] for n in held]
    weights, bias = fit_signs(stories)
    judged = [Told.of(list(topic_examples(t, judge)), True) for t in topics(data, reader, validation=True)]
    of_topics = [t.signs @ weights + bias for t in judged]
    seen, known = [*blind, *judged], [*ours, *of_topics]
    both = []
    for n, (own, score) in enumerate(zip(seen, known, strict=True)):
        weight, rest = fit_both([*known[:n], *known[n + 1 :]], [*seen[:n], *seen[n + 1 :]])
        both.append(np.column_stack([score, own.judge]) @ weight + rest)
    print(
        f"{sum(len(s.tells) for s in stories)} pairs, {sum(s.tells.sum() for s in stories)} tell that it happened"
    )
    for name, part in (("the validation stories", slice(len(blind))), ("the judged topics", slice(len(blind), None))):  # fmt: skip
        told, tells = seen[part], np.concatenate([s.tells for s in seen[part]])
        alone, signed, weighed = (
            average_precision(np.concatenate(x), tells)
            for x in ([s.judge for s in told], known[part], both[part])
        )
        print(f"average precision on {len(tells)} pairs of {name}, {tells.sum()} of which tell: "
              f"judge {alone:.3f}, signs {signed:.3f}, both {weighed:.3f}")  # fmt: skip
    print(f"the judge's surest: {1 / (1 + np.exp(-max(s.judge.max() for s in blind))):.2f}")
    for least in LEAST:
        print(f"from {least}: all stories, signs alone: {outcomes(stories, scores, least)}; "
              f"validation, both: {outcomes(blind, both[: len(blind)], least)}")  # fmt: skip
    print("\n".join(logistic.settings_of(SIGNS, weights, bias, fit_both(known, seen))))


if __name__ == "__main__":
    main()
