"""Fit how likely a sentence makes a faultless timeline entry: `python -m training.entries --data ../shared/data --readings FOLDER`.

A logistic regression over the signs of `dateline.keeper.entries`, on entries that were judged by hand (training/entries). Prints the
weights for entries.toml, and how many of the entries are faultless from some probabilities on: by stories held out, and of those held back.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.bench import stories
from dateline.bench.timeline_corpora import CORPORA, KeptReadings, articles
from dateline.keeper import dated_sentences
from dateline.keeper.dated_sentences import DatedSentence
from dateline.keeper.entries import SIGNS, signs
from dateline.reader import Reader
from dateline.records import Article, Reading, StoryArticle
from training import logistic

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
JUDGED = Path(__file__).parent / "entries" / "judged.tsv"
DECAY, VECTOR_DECAY, STEPS = 0.05, 0.5, 8
FOLDS = 8
LEAST = (0.35, 0.4, 0.5, 0.6, 0.65)


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry that was judged: its place, its days, and what it is."""

    corpus: str
    topic: str
    story: str
    split: str
    article: str
    start: int
    end: int
    first: date
    last: date
    label: str

    @classmethod
    def of(cls, row: dict[str, str]) -> Judged:
        """A row of the table."""
        return cls(
            row["corpus"], row["topic"], row["story"], row["split"], row["article"], int(row["start"]), int(row["end"]),
            date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["label"],
        )  # fmt: skip


@dataclass(frozen=True)
class Examples:
    """The signs of entries, (entries, signs), and their vectors, (entries, dimensions); which are faultless, and the story of each."""

    signs: Floats
    vectors: Floats
    faultless: Bools
    stories: npt.NDArray[np.str_]

    def of(self, chosen: Bools) -> Examples:
        """Those that are chosen."""
        return Examples(
            self.signs[chosen], self.vectors[chosen], self.faultless[chosen], self.stories[chosen]
        )


def judged(path: Path = JUDGED) -> list[Judged]:
    """The entries that were judged, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Judged.of(row) for row in csv.DictReader(lines, delimiter="\t")]


def told(entry: Judged, reading: Reading) -> DatedSentence | None:
    """What the report tells in the entry's sentence of the entry's days, or None where it is now read otherwise."""
    place, days = (entry.start, entry.end), (entry.first, entry.last)
    return next(
        (
            t
            for t in dated_sentences.find(StoryArticle(reading))
            if (t.span.start, t.span.end) == place and (t.interval.start, t.interval.end) == days
        ),
        None,
    )


def examples(some: Sequence[Judged], data: Path, read: Callable[[Article], Reading]) -> Examples:
    """The entries whose sentence still tells of their days."""
    texts = {a.id: a for corpus in CORPORA for found in articles(data, corpus).values() for a in found}
    for corpus in {e.corpus for e in some} - set(CORPORA):
        for path in data.glob(f"*/{corpus}.*jsonl.gz"):
            texts |= {r.article.id: r.article for r in stories.load(path)}
    # that another entry tells it is no fault of the sentence
    single = [e for e in some if e.label != "repeats"]
    pairs = [(e, t) for e in single if (t := told(e, read(texts[e.article]))) is not None]
    return Examples(
        np.array([signs(t) for _, t in pairs]),
        np.array([t.vector for _, t in pairs], np.float64),
        np.array([e.label == "faultless" for e, _ in pairs]),
        np.array([e.story for e, _ in pairs]),
    )


@dataclass(frozen=True)
class Fitted:
    """What was fitted: a weight a sign, the bias, what each component of a vector counts, and what they come to for the mean vector."""

    weights: Floats
    bias: float
    direction: Floats
    middle: float

    def likelihoods(self, some: Examples) -> Floats:
        """(entries,) the probabilities."""
        told = some.signs @ self.weights + some.vectors @ self.direction
        return np.asarray(1 / (1 + np.exp(self.middle - self.bias - told)))


def fit(some: Examples) -> Fitted:
    """Regularised on signs scaled to unit variance, and on vectors scaled alike in all directions."""
    scale, centre = some.signs.std(0) + 1e-6, some.vectors.mean(0)
    spread = some.vectors.std() + 1e-6
    columns = np.hstack([some.signs / scale, (some.vectors - centre) / spread])
    even = np.full(len(columns), 1 / len(columns))
    decay = np.array([DECAY] * len(scale) + [VECTOR_DECAY] * len(centre) + [1e-6])
    weights, bias = logistic.fit(columns, some.faultless, even, decay, STEPS)
    direction = weights[len(scale) :] / spread
    return Fitted(weights[: len(scale)] / scale, bias, direction, float(direction @ centre))


def held_out(some: Examples) -> Floats:
    """The probability of each entry by what was fitted on other stories: these come in FOLDS parts."""
    found = np.zeros(len(some.signs))
    parts = {story: number % FOLDS for number, story in enumerate(np.unique(some.stories))}
    part = np.array([parts[story] for story in some.stories])
    for number in range(FOLDS):
        own = part == number
        found[own] = fit(some.of(~own)).likelihoods(some.of(own))
    return found


def shares(chances: Floats, faultless: Bools) -> Iterator[str]:
    """What is left from some probabilities on."""
    yield f"all {len(faultless)}: {faultless.mean():.2f} faultless"
    for least in LEAST:
        kept = chances >= least
        if kept.any():
            yield f"from {least}, {kept.sum()}: {faultless[kept].mean():.2f} faultless"


def main() -> None:
    """Read the articles, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--readings", type=Path, required=True, help="folder of readings, read or written")
    arguments = parser.parse_args()
    kept, reader = KeptReadings(arguments.readings, metadata.version("dateline")), Reader()

    def read(article: Article) -> Reading:
        return next(kept.read([article], reader.read))

    entries = judged()
    fitting = examples([e for e in entries if e.split == "fitting"], arguments.data, read)
    back = examples([e for e in entries if e.split == "held back"], arguments.data, read)
    fitted = fit(fitting)
    print("stories held out:", *shares(held_out(fitting), fitting.faultless), sep="\n  ")
    if len(back.signs):
        print("held back:", *shares(fitted.likelihoods(back), back.faultless), sep="\n  ")
    print(f"bias = {fitted.bias:.2f}")
    print(f"middle = {fitted.middle:.3f}")
    print(f"vector = [{', '.join(f'{w:.2f}' for w in fitted.direction)}]")
    for name, weight in zip(SIGNS, fitted.weights, strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
