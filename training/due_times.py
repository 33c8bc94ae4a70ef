"""Fit which time an expectation falls due at: `python -m training.due_times --data ../shared/data`.

The weights of `dateline.reader.due_times.SIGNS`, by the probability that they give to the labelled days, on the training stories. Prints
them for due_times.toml, and how often the likeliest days are the labelled ones: on training stories held out in five parts, and on the
validation stories.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from dateline.reader import Reader, calendar
from dateline.reader.due_times import SIGNS, candidates
from dateline.records import Article
from training.news_labels import Story, own_stories, shared_stories
from training.pairs import rows

Floats = npt.NDArray[np.float64]
PARTS, DECAY = 5, 2.0
Days = tuple[date, date] | None


@dataclass(frozen=True)
class Example:
    """An announcement of a labelled expectation: the signs of its candidates, (candidates, signs), their days, and the labelled ones."""

    story: str
    signs: Floats
    days: tuple[Days, ...]
    due: Days

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """(candidates,) which give the labelled days."""
        return np.array([days == self.due for days in self.days])


def examples(story: Story, reader: Reader) -> Iterator[Example]:
    """The labelled expectations of a story whose word the model announces, however unlikely."""
    labelled = list(rows(story))
    for number, report in enumerate(story.reports):
        wanted = {row.trigger: row.due for row in labelled if row.report == number}
        article = Article(report.id, report.id, date.fromisoformat(report.published), report.text)
        document = reader.document(article)
        times = calendar.find(article.text, article.published, document=document)
        for index, sentence in enumerate(document.clauses):
            for announced in sentence.analysis.announcements:
                token = sentence.tokens[announced.token]
                if (token.start, token.end) not in wanted:
                    continue
                due = wanted[token.start, token.end]
                found = candidates(document, times, index, announced)
                yield Example(
                    story.id,
                    np.array([c.signs for c in found]),
                    tuple((c.days.start, c.days.end) if c.days else None for c in found),
                    (due.start, due.end) if due else None,
                )


def fit(given: Sequence[Example]) -> Floats:
    """(signs,) the weights that make the labelled days likeliest; examples none of whose candidates give them teach nothing."""
    known = [example for example in given if example.right.any()]
    signs = np.vstack([example.signs for example in known])
    right = np.concatenate([example.right for example in known])
    sizes = [len(example.days) for example in known]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of = np.repeat(np.arange(len(known)), sizes)
    # the arcs are probabilities, which count for themselves before anything is learned
    prior = np.array([float(sign in ("arc", "none")) for sign in SIGNS])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = signs @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        whole, told = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        gradient = signs.T @ (odds / whole[of] - odds * right / told[of]) + DECAY * (weights - prior)
        penalty = DECAY * float(((weights - prior) ** 2).sum()) / 2
        return float((np.log(whole) - np.log(told)).sum()) + penalty, gradient

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)


def is_right(example: Example, weights: Floats) -> bool:
    """True where the days that are likeliest in all are the labelled ones."""
    odds = np.exp(example.signs @ weights)
    likely: dict[Days, float] = {}
    for days, share in zip(example.days, odds.tolist(), strict=True):
        likely[days] = likely.get(days, 0.0) + share
    return max(likely, key=lambda days: likely[days]) == example.due


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    reader = Reader()
    train: list[Example] = []
    held: list[Example] = []
    for story in (*shared_stories(data), *own_stories(data)):
        (held if story.is_validation else train).extend(examples(story, reader))
    names = sorted({example.story for example in train})
    right = []
    for part in range(PARTS):
        out = set(names[part::PARTS])
        weights = fit([example for example in train if example.story not in out])
        right += [is_right(example, weights) for example in train if example.story in out]
    weights = fit(train)
    for sign, weight in zip(SIGNS, weights, strict=True):
        print(f"{sign:12} {weight:6.2f}")
    print(f"training stories held out: {np.mean(right):.3f} of {len(right)}")
    print(f"validation stories: {np.mean([is_right(e, weights) for e in held]):.3f} of {len(held)}")


if __name__ == "__main__":
    main()
