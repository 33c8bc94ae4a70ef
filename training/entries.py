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
DECAY, STEPS = 0.05, 40
LEAST = (0.4, 0.5, 0.6, 0.65)


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
    """The signs of entries, (entries, signs); which are faultless, and the story of each."""

    signs: Floats
    faultless: Bools
    stories: npt.NDArray[np.str_]


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
        texts |= {r.article.id: r.article for r in stories.load(data / "stories" / f"{corpus}.dev.jsonl.gz")}
    # that another entry tells it is no fault of the sentence
    single = [e for e in some if e.label != "repeats"]
    pairs = [(e, t) for e in single if (t := told(e, read(texts[e.article]))) is not None]
    return Examples(
        np.array([signs(t) for _, t in pairs]),
        np.array([e.label == "faultless" for e, _ in pairs]),
        np.array([e.story for e, _ in pairs]),
    )


def fit(some: Examples) -> tuple[Floats, float]:
    """(signs,) weights and the bias, regularised on signs scaled to unit variance."""
    scale = some.signs.std(0) + 1e-6
    even = np.full(len(some.signs), 1 / len(some.signs))
    decay = np.array([DECAY] * len(scale) + [1e-6])
    weights, bias = logistic.fit(some.signs / scale, some.faultless, even, decay, STEPS)
    return weights / scale, bias


def held_out(some: Examples) -> Floats:
    """The probability of each entry by what was fitted on the other stories."""
    found = np.zeros(len(some.signs))
    for story in np.unique(some.stories):
        own = some.stories == story
        rest = Examples(some.signs[~own], some.faultless[~own], some.stories[~own])
        found[own] = logistic.likelihoods(some.signs[own], *fit(rest))
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
    weights, bias = fit(fitting)
    print("stories held out:", *shares(held_out(fitting), fitting.faultless), sep="\n  ")
    if len(back.signs):
        chances = logistic.likelihoods(back.signs, weights, bias)
        print("held back:", *shares(chances, back.faultless), sep="\n  ")
    print(f"bias = {bias:.2f}")
    for name, weight in zip(SIGNS, weights, strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
