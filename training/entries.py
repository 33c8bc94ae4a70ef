"""Teach how likely a sentence makes a faultless timeline entry: `python -m training.entries --data ../shared/data --readings FOLDER`.

The network of `dateline.keeper.entries`, on entries that were judged by hand (training/entries). Writes entries.npz with `--out`, and
prints how many of the entries are faultless from some probabilities on: by stories held out, and of those held back.
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
from dateline.keeper.entries import LABELS, Network, signs
from dateline.reader import Reader
from dateline.records import Article, Reading, StoryArticle
from training.news_labels import own_stories, shared_stories

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
JUDGED = Path(__file__).parent / "entries" / "judged.tsv"
MEMBERS, HIDDEN = 3, 64
"""Networks whose probabilities are averaged, and the hidden units of each."""
ROUNDS, BATCH, RATE, DECAY = 16, 128, 2e-3, 1.0
"""Times that all entries are seen, entries a step, and AdamW's learning rate and weight decay."""
UNSEEN, ASLEEP, BARE = 0.2, 0.5, 0.1
"""The shares of inputs and of hidden units that are left out of a step, and of entries whose vector is."""
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
    """The signs of entries, (entries, signs), and their vectors, (entries, dimensions); the number of each one's label, and its story."""

    signs: Floats
    vectors: Floats
    labels: npt.NDArray[np.int64]
    stories: npt.NDArray[np.str_]

    @property
    def faultless(self) -> Bools:
        """(entries,) which of them are."""
        return np.asarray(self.labels == 0)

    def of(self, chosen: Bools) -> Examples:
        """Those that are chosen."""
        return Examples(self.signs[chosen], self.vectors[chosen], self.labels[chosen], self.stories[chosen])


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
    texts |= {r.id: r.article for s in (*shared_stories(data), *own_stories(data)) for r in s.reports}
    for corpus in {e.corpus for e in some} - {*CORPORA, "labels"}:
        for path in data.glob(f"*/{corpus}.*jsonl.gz"):
            texts |= {r.article.id: r.article for r in stories.load(path)}
    # that another entry tells it is no fault of the sentence
    single = [e for e in some if e.label != "repeats"]
    pairs = [(e, t) for e in single if (t := told(e, read(texts[e.article]))) is not None]
    return Examples(
        np.array([signs(t) for _, t in pairs]),
        np.array([t.vector for _, t in pairs], np.float64),
        np.array([LABELS.index(e.label) for e, _ in pairs]),
        np.array([e.story for e, _ in pairs]),
    )


def fit(some: Examples) -> Network:
    """The network, taught its members one after another from different beginnings, always the same ones."""
    middle = some.vectors.mean(0)
    scale = np.concatenate(
        [some.signs.std(0) + 1e-6, np.full(some.vectors.shape[1], some.vectors.std() + 1e-6)]
    )
    offset = np.concatenate([some.signs.mean(0), middle])
    inputs = (np.hstack([some.signs, some.vectors]) - offset) / scale
    members = [_taught(inputs, some.labels, some.signs.shape[1], member) for member in range(MEMBERS)]
    first, hidden, second, biases = (np.stack(arrays) for arrays in zip(*members, strict=True))
    first = first / scale[:, None]
    count = some.signs.shape[1]
    # the signs are weighed as they are, so what was taken off them goes into the bias
    hidden = hidden - np.einsum("s,msh->mh", offset[:count], first[:, :count])
    arrays = (first[:, :count], first[:, count:], hidden, second, biases, middle)
    return Network(*(np.asarray(a, np.float16).astype(np.float32) for a in arrays))


def _taught(
    inputs: Floats, labels: npt.NDArray[np.int64], signs: int, seed: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Weights and biases of the hidden layer and of the labels, by AdamW (Loshchilov & Hutter 2019) on the cross-entropy."""
    dice = np.random.default_rng(seed)
    width = inputs.shape[1]
    told = [
        dice.uniform(-1, 1, (width, HIDDEN)) / np.sqrt(width),
        np.zeros(HIDDEN),
        dice.uniform(-1, 1, (HIDDEN, len(LABELS))) / np.sqrt(HIDDEN),
        np.zeros(len(LABELS)),
    ]
    mean, square = [np.zeros_like(w) for w in told], [np.zeros_like(w) for w in told]
    step = 0
    for _ in range(ROUNDS):
        order = dice.permutation(len(inputs))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            seen = inputs[chosen] * (dice.random((len(chosen), width)) >= UNSEEN) / (1 - UNSEEN)
            seen[dice.random(len(chosen)) < BARE, signs:] = 0
            step += 1
            for n, slope in enumerate(_slopes(told, seen, labels[chosen], dice)):
                mean[n] = 0.9 * mean[n] + 0.1 * slope
                square[n] = 0.999 * square[n] + 0.001 * slope**2
                size = (mean[n] / (1 - 0.9**step)) / (np.sqrt(square[n] / (1 - 0.999**step)) + 1e-8)
                told[n] = told[n] * (1 - RATE * DECAY) - RATE * size
    return told[0], told[1], told[2], told[3]


def _slopes(
    told: Sequence[Floats], seen: Floats, labels: npt.NDArray[np.int64], dice: np.random.Generator
) -> list[Floats]:
    """The gradients of the cross-entropy of a step's entries by each of the weights and biases."""
    first, hidden, second, biases = told
    inner = seen @ first + hidden
    awake = (inner > 0) * (dice.random(inner.shape) >= ASLEEP) / (1 - ASLEEP)
    inner = inner * awake
    guess = inner @ second + biases
    guess = np.exp(guess - guess.max(1, keepdims=True))
    wrong = guess / guess.sum(1, keepdims=True)
    wrong[np.arange(len(labels)), labels] -= 1
    wrong /= len(labels)
    back = (wrong @ second.T) * awake
    return [seen.T @ back, back.sum(0), inner.T @ wrong, wrong.sum(0)]


def likelihoods(network: Network, some: Examples) -> Floats:
    """(entries,) the probabilities that they are faultless."""
    found = network.probabilities(some.signs.astype(np.float32), some.vectors.astype(np.float32))
    return np.asarray(found[:, 0], np.float64)


def held_out(some: Examples) -> Floats:
    """The probability of each entry by what was taught on other stories: these come in FOLDS parts."""
    found = np.zeros(len(some.signs))
    parts = {story: number % FOLDS for number, story in enumerate(np.unique(some.stories))}
    part = np.array([parts[story] for story in some.stories])
    for number in range(FOLDS):
        own = part == number
        found[own] = likelihoods(fit(some.of(~own)), some.of(own))
    return found


def shares(chances: Floats, faultless: Bools) -> Iterator[str]:
    """What is left from some probabilities on."""
    yield f"all {len(faultless)}: {faultless.mean():.2f} faultless"
    for least in LEAST:
        kept = chances >= least
        if kept.any():
            yield f"from {least}, {kept.sum()}: {faultless[kept].mean():.2f} faultless"


def main() -> None:
    """Read the articles, teach, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--readings", type=Path, required=True, help="folder of readings, read or written")
    parser.add_argument("--out", type=Path, help="where the network is written")
    arguments = parser.parse_args()
    kept, reader = KeptReadings(arguments.readings, metadata.version("dateline")), Reader()

    def read(article: Article) -> Reading:
        return next(kept.read([article], reader.read))

    entries = judged()
    fitting = examples([e for e in entries if e.split == "fitting"], arguments.data, read)
    back = examples([e for e in entries if e.split == "held back"], arguments.data, read)
    network = fit(fitting)
    print("stories held out:", *shares(held_out(fitting), fitting.faultless), sep="\n  ")
    if len(back.signs):
        print("held back:", *shares(likelihoods(network, back), back.faultless), sep="\n  ")
    if arguments.out:
        arrays = {name: getattr(network, name).astype(np.float16) for name in Network.__dataclass_fields__}
        np.savez_compressed(arguments.out, **arrays)


if __name__ == "__main__":
    main()
