"""Where reports were read to disagree, and what is fitted on it: `python -m training.disagreements --data ../shared/data`.

`labels/disagreements.jsonl` names, topic by topic, the reports that were read (the first READ sentences of each), each fact that they give
otherwise with the sentences of every side, and pairs that only look like one. The fit is of `dateline.keeper.contradiction`: which
sentences take sides, how the signs of two weigh (on training topics), and what they and the judge weigh together (on those held back, which the
judge has not seen). Prints the table, and how many rows would be right from some probabilities on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.keeper import contradiction
from dateline.keeper.contradiction import SIGNS, Sentences
from dateline.keeper.judge import Judge, contrast
from dateline.keeper.ledger.claims import order, passages, unit, whole_vectors
from dateline.keeper.logistic import log_odds, probability
from dateline.reader import Reader
from dateline.reader.model.pairs import PairReader
from dateline.records import Article, StoryArticle
from training import logistic
from training.judged_pairs import digest, held_topics, judged_articles, judged_pairs, written_pairs
from training.news_labels import OWN
from training.pairs import FACTS, Pair
from training.pairs import pairs as training_pairs
from training.weighing import average_precision

PATH = OWN / "disagreements.jsonl"
READ = 34
"""The sentences of a report that were read."""
Place = tuple[str, int, int]
Floats = npt.NDArray[np.float64]
PARTS, DECAY, STEPS = 5, 1e-4, 12
ASKED = 8
"""The pairs a report that the judge is asked about."""
MOST = 14
"""The pairs of one disagreement count as much as so many at most."""
SAMPLE = 4000
"""The other pairs of a topic that the signs are fitted on."""
HARD = 40
"""The pairs a report, the likeliest by the signs, of which those that do not disagree are taught."""


@dataclass
class Topic:
    """The reports that were read, and what was found: of each disagreement the sentences of its sides, and the look-alikes."""

    name: str
    reports: tuple[str, ...]
    is_validation: bool = False
    disagreements: list[tuple[tuple[Place, ...], ...]] = field(default_factory=list)
    alike: list[tuple[Place, Place]] = field(default_factory=list)


def labelled(texts: dict[str, Article], path: Path = PATH) -> list[Topic]:
    """The topics in the order of the file. Raises ValueError where a text is not the one that was read."""
    found: dict[str, Topic] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "read" in row:
            found[row["topic"]] = Topic(row["topic"], tuple(row["read"]), row.get("validation", False))
            continue
        sides = [
            [tuple(p) for p in side]
            for side in (row.get("not") and [row["not"]]) or [s["at"] for s in row["sides"]]
        ]
        told = [texts[article].text[start:end] for side in sides for article, start, end in side]
        if digest(*told) != row["sha256"]:
            raise ValueError(f"{path}: {row}: the text is not the one that was read")
        topic = found[row["topic"]]
        if "not" in row:
            topic.alike.append((sides[0][0], sides[0][1]))  # type: ignore[arg-type]
        else:
            topic.disagreements.append(tuple(tuple(side) for side in sides))  # type: ignore[arg-type]
    return list(found.values())


class Read:
    """A topic's sentences as they are read, those that were judged, in the order of their reports."""

    def __init__(self, topic: Topic, reader: Reader, texts: dict[str, Article]) -> None:
        self.topic = topic
        filed = sorted((StoryArticle(reader.read(texts[r])) for r in topic.reports), key=order)
        self.passages = [p for f in filed for p in passages(f)[:READ]]
        self.vectors = unit(whole_vectors(self.passages))
        self.report = np.array([p.filed.article.id for p in self.passages])
        self.labels: dict[tuple[int, int], tuple[str, int | None, float]] = {}
        for n, sides in enumerate(topic.disagreements):
            self._label(n, [[i for place in side for i in self._at(place)] for side in sides])
        for a, b in topic.alike:
            for i in self._at(a):
                for j in self._at(b):
                    if i != j:
                        self.labels.setdefault((min(i, j), max(i, j)), ("other", None, 1.0))

    def _at(self, place: Place) -> list[int]:
        """The sentences that are most of a labelled one, or it of them."""
        article, start, end = place
        return [
            i
            for i, p in enumerate(self.passages)
            if p.filed.article.id == article
            and 2 * (min(p.span.end, end) - max(p.span.start, start)) > end - start
        ]

    def _label(self, number: int, sides: Sequence[Sequence[int]]) -> None:
        across, within = set(), set()
        for n, side in enumerate(sides):
            for i in side:
                across |= {(min(i, j), max(i, j)) for other in sides[n + 1 :] for j in other if i != j}
                within |= {(min(i, j), max(i, j)) for j in side if i != j}
        for pair in across:
            self.labels[pair] = "differs", number, min(1.0, MOST / len(across))
        for pair in within - across:
            self.labels.setdefault(pair, ("same", number, min(1.0, MOST / 2 / len(within))))

    @property
    def takes_side(self) -> npt.NDArray[np.bool_]:
        """(sentences,) whether each is a side of a disagreement."""
        told = np.zeros(len(self.passages), bool)
        told[[i for pair, (label, n, _) in self.labels.items() if n is not None for i in pair]] = True
        return told

    def pairs(self, sides: Floats) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
        """Both sentences of every pair, and their SIGNS, (pairs, signs); `sides` are the log odds of each sentence."""
        a, b = np.triu_indices(len(self.passages), 1)
        said = np.array([p.is_said for p in self.passages], np.float64)
        mine = Sentences(sides, said, np.array([p.published.toordinal() for p in self.passages]))
        one_report = self.report[:, None] == self.report
        signs = contradiction.signs(mine, mine, self.vectors @ self.vectors.T, one_report=one_report)
        return a, b, np.column_stack([sign[a, b] for sign in signs])


@dataclass(frozen=True)
class Fit:
    """How likely a sentence takes a side, by its vector, and how the SIGNS of two weigh."""

    direction: Floats
    middle: float
    weights: Floats
    bias: float

    @classmethod
    def on(cls, topics: Sequence[Read], seed: int = 3) -> Fit:
        """Fitted on topics; for the weights each topic's sides are told by what was fitted on others."""
        folds = [[t for n, t in enumerate(topics) if n % PARTS == part] for part in range(PARTS)]
        chance, signs, tells, counts = np.random.default_rng(seed), [], [], []
        for fold in folds:
            side = _sides([t for t in topics if t not in fold])
            for topic in fold:
                a, b, found = topic.pairs(topic.vectors @ side[0] + side[1])
                chosen, weight = _sample(topic, a, b, chance)
                signs.append(found[chosen])
                counts.append(weight)
                tells.append(weight < 0)
        x, y, c = np.vstack(signs), np.concatenate(tells), np.abs(np.concatenate(counts))
        direction, middle = _sides(topics)
        return cls(direction, middle, *logistic.fit(x, y, c / c.sum(), _decay(x, DECAY / 10), STEPS))

    def ranked(self, topic: Read, most: int) -> list[tuple[int, int, float]]:
        """A topic's likeliest pairs, `most` a report, with their log odds."""
        a, b, signs = topic.pairs(topic.vectors @ self.direction + self.middle)
        told = signs @ self.weights + self.bias
        best = np.argsort(-told, kind="stable")[: most * len(topic.topic.reports)]
        return [(int(a[i]), int(b[i]), float(told[i])) for i in best]


def _sides(topics: Sequence[Read]) -> tuple[Floats, float]:
    x, y = np.vstack([t.vectors for t in topics]), np.concatenate([t.takes_side for t in topics])
    return logistic.fit(x, y, np.full(len(y), 1 / len(y)), _decay(x, DECAY), STEPS)


def _decay(x: Floats, each: float) -> Floats:
    """A penalty as if each sign had unit variance, and none on the bias."""
    return np.append(2 * each * np.maximum(x.var(0), 1e-6), 0.0)


def _sample(
    topic: Read, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64], chance: np.random.Generator
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Where the pairs that differ stand, and some of the others; what each counts, below 0 for those that differ."""
    differs = {p: w for p, (label, _, w) in topic.labels.items() if label == "differs"}
    right = np.array([(int(i), int(j)) in differs for i, j in zip(a, b, strict=True)])
    others = np.flatnonzero(~right)
    some = chance.choice(others, min(len(others), SAMPLE), replace=False)
    told = np.flatnonzero(right)
    weights = [-differs[int(a[i]), int(b[i])] for i in told]
    return np.concatenate([told, some]), np.array([*weights, *[len(others) / max(1, len(some))] * len(some)])


def read_topics(root: Path, reader: Reader) -> tuple[list[Read], list[Read]]:
    """The topics to fit on, and those that are held back."""
    texts = judged_articles(root)
    held = held_topics(root)
    train, kept_back = [], []
    for topic in labelled(texts):
        is_held = topic.is_validation or topic.name in held
        (kept_back if is_held else train).append(Read(topic, reader, texts))
    return train, kept_back


def fact_pairs(topic: Read, fit: Fit, most: int) -> Iterator[Pair]:
    """What the pair reader learns of a topic: all that was labelled, and the likeliest pairs that were not, `most` a report."""
    hard = {(a, b): ("other", None, 1.0) for a, b, _ in fit.ranked(topic, most)}
    for (a, b), (label, _, weight) in (hard | topic.labels).items():
        first, second = (topic.passages[i] for i in (a, b))
        yield Pair(*first.beside(second), "fact", FACTS.index(label), topic.topic.name, weight)


def pairs(root: Path, reader: Reader) -> tuple[list[Pair], list[Pair]]:
    """What is taught, and what is held back."""
    train, held = read_topics(root, reader)
    fit = Fit.on(train)
    taught = [p for topic in train for p in fact_pairs(topic, fit, HARD)]
    kept_back = [p for topic in held for p in fact_pairs(topic, fit, ASKED)]
    older = (*training_pairs(root, validation=False), *written_pairs(), *judged_pairs(root, validation=False))
    return [*taught, *(unmarked(p) for p in older if p.task == "fact")], kept_back


def unmarked(pair: Pair) -> Pair:
    """A pair of passages with marked values as two sentences that may contradict each other."""
    sides = []
    for text in (pair.first, pair.second):
        day, _, sentence = text.partition(": ")
        sides.append((date.fromisoformat(day), " ".join(sentence.replace("*", " ").split())))
    (published, first), (later, second) = sorted(sides, key=lambda side: side[0])
    return replace(
        pair, **dict(zip(("first", "second"), contrast(first, published, second, later), strict=True))
    )


def judged(topics: Sequence[Read], fit: Fit, judge: Judge) -> tuple[Floats, list[tuple[str, int] | None]]:
    """Of what the keeper would ask: the judge's log odds and the signs' (pairs, 2), and the disagreement that each pair is of, if any."""
    found, of = [], []
    for topic in topics:
        asked = fit.ranked(topic, ASKED)
        answers = judge.contradictions([topic.passages[a].beside(topic.passages[b]) for a, b, _ in asked])
        for (a, b, told), answer in zip(asked, answers, strict=True):
            label, number, _ = topic.labels.get((a, b), ("other", None, 1.0))
            found.append((log_odds(answer["differs"]), told))
            of.append((topic.topic.name, number) if number is not None and label == "differs" else None)
    return np.array(found), of


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    train, held = read_topics(options.data, Reader())
    fit = Fit.on(train)
    told, of = judged(held, fit, PairReader())
    right = np.array([d is not None for d in of])
    count = sum(len(t.topic.disagreements) for t in held)
    print(
        f"# {len(train)} topics, {len(held)} held back with {count} disagreements; {right.sum()} of {len(of)} pairs asked are of {len({d for d in of if d})}"
    )
    (judge, signs), bias = logistic.fit(
        told, right, np.full(len(right), 1 / len(right)), np.full(3, 1e-5), 30
    )
    for name, score in (("judge", told[:, 0]), ("signs", told[:, 1]), ("both", told @ [judge, signs])):
        print(f"# {name}: average precision {average_precision(score, right):.3f}")
    chances = np.array([probability(bias + x @ [judge, signs]) for x in told])
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6):
        some = chances >= least
        found = {d for d, given in zip(of, some, strict=True) if given and d}
        print(f"# from {least}: {some.sum()} pairs, {right[some].sum()} right, of {len(found)} disagreements")
    print(f"[ranking]\nbias = {fit.bias:.3f}\n\n[ranking.weights]")
    for name, weight in zip(SIGNS, fit.weights, strict=True):
        print(f'"{name}" = {weight:.3f}')
    print(f"\n[judged]\nbias = {bias:.3f}\njudge = {judge:.3f}\nsigns = {signs:.3f}")
    vector = ", ".join(f"{w:.2f}" for w in fit.direction)
    print(f"\n[side]\nbias = {fit.middle:.3f}\nvector = [{vector}]")


if __name__ == "__main__":
    main()
