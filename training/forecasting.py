"""Teach what the judge is likely to answer before it is asked: `python -m training.forecasting --data ../shared/data FORECAST.npz`.

The pair reader is asked about sentences and expectations of the labelled stories and judged topics for training, and a small network over their signs
and vectors (`dateline.keeper.ledger.forecast`) learns its log odds of "happened". Prints, on the validation stories and the topics held back, how
much of their variance it tells, and at some numbers of questions a report how many of the sentences that are taken for telling are asked about,
beside the constant answer that is allowed for without it. `--examples FILE` keeps what was asked, and takes it from there the next time.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from dateline.keeper.judge import Judge
from dateline.keeper.ledger.asking import hopes, odds
from dateline.keeper.ledger.candidates import Register
from dateline.keeper.ledger.claims import Rarities, claims, order, passages, unit, whole_vectors
from dateline.keeper.ledger.forecast import Forecast
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import SIGNS, cheap_signs
from dateline.keeper.logistic import log_odds
from dateline.reader import Reader
from dateline.reader.model.pairs import PairReader
from dateline.records import StoryArticle
from training.news_labels import own_stories, shared_stories
from training.pairs import read_story
from training.topics import topics

Floats = npt.NDArray[np.float32]
SUREST = 0.93
"""Nothing is learned of pairs that so sure an answer would not make an outcome."""
MOST = 1500
"""The pairs of one story that are learned, by lot."""
RANK, HIDDEN, DROPPED = 32, 64, 0.2
STEPS, BATCH, RATE, DECAY = 6000, 512, 2e-3, 1e-2
LEAST_SPREAD = 0.05
ASKED = (2, 4, 6, 8, 12, 16, 24)


@dataclass(frozen=True)
class Examples:
    """Pairs with the judge's answers: signs (pairs, signs), both sentences' vectors (pairs, dimensions), log odds of "happened"; and of how many reports
    they are."""

    signs: Floats
    first: Floats
    second: Floats
    answers: Floats
    reports: npt.NDArray[np.int64]

    @classmethod
    def of(cls, parts: Sequence[Examples]) -> Examples:
        """All of the parts."""
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))


def examples(name: str, filed: Sequence[StoryArticle], judge: Judge, most: int = MOST) -> Examples:
    """Those of one story, at most so many."""
    voiced = list(claims(filed))
    register, rarity = Register(voiced), Rarities(voiced)
    ranked = [(voiced[n], p) for report in filed for n, p in register.ranked(passages(report))]
    signs = np.array([cheap_signs(c, p, rarity) for c, p in ranked]).reshape(len(ranked), len(SIGNS) - 1)
    worth = hopes(signs, np.full(len(ranked), log_odds(SUREST))) >= log_odds(settings().happened)
    chosen = np.flatnonzero(worth).tolist()
    if len(chosen) > most:
        chosen = sorted(random.Random(name).sample(chosen, most))
    pairs = [ranked[n] for n in chosen]
    told = judge.verdicts([claim.pair(passage) for claim, passage in pairs])
    return Examples(
        signs[chosen].astype(np.float32),
        unit(whole_vectors([claim.passage for claim, _ in pairs])).astype(np.float32),
        unit(whole_vectors([passage for _, passage in pairs])).astype(np.float32),
        np.array([log_odds(chances["happened"]) for chances in told], np.float32),
        np.array([len(filed)]),
    )


def stories(data: Path, reader: Reader, *, validation: bool) -> Iterator[tuple[str, list[StoryArticle]]]:
    """The labelled stories."""
    for story in (*shared_stories(data), *own_stories(data)):
        if story.is_validation == validation:
            yield story.id, sorted(read_story(story, reader), key=order)


def judged_topics(
    data: Path, reader: Reader, *, validation: bool
) -> Iterator[tuple[str, list[StoryArticle]]]:
    """The judged topics."""
    for topic in topics(data, reader, validation=validation):
        yield topic.name, sorted({c.filed.article.id: c.filed for c in topic.claims}.values(), key=order)


class Network(torch.nn.Module):
    """What `Forecast` works out, on signs of unit variance."""

    def __init__(self, examples: Examples) -> None:
        super().__init__()
        size, seen = examples.first.shape[1], examples.signs.shape[1] + 3 * RANK
        self.first, self.second = (torch.nn.Linear(size, RANK, bias=False) for _ in range(2))
        self.straight, self.bent = torch.nn.Linear(seen, 1), torch.nn.Linear(HIDDEN, 1, bias=False)
        self.hidden = torch.nn.Linear(seen, HIDDEN)
        self.register_buffer("mean", torch.tensor(examples.signs.mean(0)))
        spread = examples.signs.std(0)
        # nothing is known of a sign that never varied
        self.register_buffer(
            "scale", torch.tensor(np.where(spread > 0, np.maximum(spread, LEAST_SPREAD), np.inf))
        )
        torch.nn.init.constant_(self.straight.bias, float(examples.answers.mean()))

    def forward(self, signs: torch.Tensor, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        """(pairs,) log odds."""
        dropped = torch.nn.functional.dropout
        a = self.first(dropped(first, DROPPED, self.training))
        b = self.second(dropped(second, DROPPED, self.training))
        seen = torch.cat([(signs - self.mean) / self.scale, a, b, a * b], 1)
        bent = dropped(torch.relu(self.hidden(seen)), DROPPED / 2, self.training)
        return (self.straight(seen) + self.bent(bent))[:, 0]

    def forecast(self) -> Forecast:
        """As it runs, in half precision."""
        scale = torch.cat([self.scale, torch.ones(3 * RANK)])
        mean = torch.cat([self.mean, torch.zeros(3 * RANK)])
        straight, hidden = (layer.weight / scale for layer in (self.straight, self.hidden))
        found = {
            "first": self.first.weight.T,
            "second": self.second.weight.T,
            "straight": straight[0],
            "hidden": hidden.T,
            "hidden_bias": self.hidden.bias - hidden @ mean,
            "bent": self.bent.weight[0],
            "bias": self.straight.bias[0] - straight[0] @ mean,
        }
        return Forecast(
            **{name: x.detach().numpy().astype(np.float16).astype(np.float64) for name, x in found.items()}
        )


def fit(found: Examples, steps: int = STEPS) -> Forecast:
    """Learn the answers."""
    torch.manual_seed(0)
    network = Network(found)
    inputs = [torch.tensor(x) for x in (found.signs, found.first, found.second)]
    answers = torch.tensor(found.answers)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps)
    for _ in range(steps):
        some = torch.randint(0, len(answers), (BATCH,))
        loss = ((network(*(x[some] for x in inputs)) - answers[some]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        rates.step()
    return network.eval().forecast()


def told(by: Forecast, found: Examples) -> npt.NDArray[np.float64]:
    """(pairs,) what is expected of the examples."""
    return by.of(found.signs.astype(np.float64), found.first @ by.first, found.second @ by.second)


def report(name: str, found: Examples, by: Forecast) -> Iterator[str]:
    """What the forecast tells of examples that it has not seen."""
    signs, expected = found.signs.astype(np.float64), told(by, found)
    rest = float(((expected - found.answers) ** 2).mean() / found.answers.var())
    yield f"{name}: {len(signs)} pairs, {1 - rest:.3f} of the variance is told"
    taken = odds(signs, found.answers.astype(np.float64)) >= log_odds(settings().happened)
    for count in ASKED:
        asked = int(count * found.reports.sum())
        lines = []
        for way, answers in (("a constant answer", np.zeros(len(signs))), ("the forecast", expected)):
            best = np.argsort(-hopes(signs, answers), kind="stable")[:asked]
            lines.append(f"{way} {taken[best].sum() / max(1, taken.sum()):.3f}")
        yield f"  {count} questions a report hold, of what is taken: {', '.join(lines)}"


def main() -> None:
    """Ask, learn, print, and write the network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--examples", type=Path, help="a file to keep what was asked")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    sides = {"training": [(stories, False), (judged_topics, False)],
             "validation stories": [(stories, True)], "topics held back": [(judged_topics, True)]}  # fmt: skip
    if options.examples and options.examples.exists():
        with np.load(options.examples) as kept:
            found = {name: Examples(*(kept[f"{name} {f.name}"] for f in fields(Examples))) for name in sides}
    else:
        reader, judge = Reader(), PairReader()
        found = {
            name: Examples.of([
                examples(story, filed, judge, most=MOST if name == "training" else 10**9)
                for read, validation in ways
                for story, filed in read(options.data, reader, validation=validation)
            ])
            for name, ways in sides.items()
        }  # fmt: skip
        if options.examples:
            np.savez(
                options.examples,
                **{f"{n} {f.name}": getattr(e, f.name) for n, e in found.items() for f in fields(e)},
            )
    learned = fit(found["training"], options.steps)
    for name in list(sides)[1:]:
        print("\n".join(report(name, found[name], learned)))
    np.savez_compressed(
        options.out, **{f.name: getattr(learned, f.name).astype(np.float16) for f in fields(learned)}
    )


if __name__ == "__main__":
    main()
