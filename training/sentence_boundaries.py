"""Train the network of `dateline.reader.segmentation.boundaries`: `python -m training.sentence_boundaries --data ../shared/data`.

Two phases. The first reads news whose certain sentence ends have lost their marks, so that the network learns where a
clause begins without one; the second reads EWT and GUM (their documents as they are, joined by spaces) and a little news
as it stands. What is kept is the moving average of the weights in the second phase.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from dateline.bench.model import raw_text, score_boundaries
from dateline.bench.model_data import Tree, trees
from dateline.reader.segmentation import paragraphs, tokenize
from dateline.reader.segmentation.abbreviations import TITLES
from dateline.reader.segmentation.boundaries import DILATIONS, GAP, ROWS, WEIGHTS, WIDTH, bundled, features
from training.sentences import lines_of

MARKS = frozenset(".!?…")
CLOSERS = frozenset(('"', "'", "”", "’", "»", "''", ")", "]"))
OPENERS = {
    "The", "This", "That", "These", "He", "She", "They", "It", "We", "You", "His", "Her",
    "Its", "Their", "But", "And", "In", "On", "At", "As", "When", "If", "After",
}  # fmt: skip
"""Words with a capital that seldom stand in a name."""
ROW = 256
"""Tokens of a training row."""


@dataclass
class Settings:
    """How the network is trained; rates fall to nothing within a phase."""

    dimensions: int = 32
    hidden: int = 64
    drop: float = 0.2
    drop_words: float = 0.15
    news_rounds: int = 16
    news_articles: int = 1000
    rounds: int = 8
    news_beside: int = 150
    news_rate: float = 3e-3
    rate: float = 2e-3
    average: float = 0.004
    batch: int = 16
    seed: int = 11


@dataclass
class Document:
    """A text's tokens as rows of the vocabulary; whether a space follows, whether a sentence ends, whether that is known."""

    words: np.ndarray
    spaces: np.ndarray
    ends: np.ndarray
    known: np.ndarray


@dataclass
class Vocabulary:
    """Every token seen, once, with its features."""

    rows: dict[str, int] = field(default_factory=dict)

    def row(self, word: str) -> int:
        """The number of `word`."""
        return self.rows.setdefault(word, len(self.rows))

    def close(self) -> None:
        """Add what is needed of tokens changed in training, and lay out the tables."""
        for word in list(self.rows):
            self.row(word.lower())
        self.features = np.array([features(w) for w in self.rows])
        self.lower = np.array([self.rows[w.lower()] for w in self.rows])
        self.marks = np.array([bool(w) and set(w) <= MARKS for w in self.rows])
        self.closers = np.array([w in CLOSERS for w in self.rows])


# ---------------------------------------------------------------- corpora


def treebank(path: Path, vocabulary: Vocabulary) -> list[Document]:
    """The documents of a UD file, their sentences joined by spaces."""
    documents: dict[int, list[Tree]] = {}
    for tree in trees(path):
        documents.setdefault(tree.paragraph, []).append(tree)
    found = []
    for document in documents.values():
        text, places, _ = raw_text(document)
        tokens = tokenize(text, 0, len(text))
        ends = {end for _, end in places}
        found.append(
            Document(
                np.array([vocabulary.row(t.text) for t in tokens]),
                np.array([*(a.end < b.start for a, b in itertools.pairwise(tokens)), True]),
                np.array([t.end in ends for t in tokens]),
                np.ones(len(tokens)),
            )
        )
    return found


def certain(words: Sequence[str], spaces: Sequence[bool]) -> tuple[list[bool], list[bool]]:
    """Of a paragraph of edited news: where a sentence ends for certain, and where that is known either way.

    A mark (and what closes after it), a space and a capital end a sentence; a title or an initial does not, another
    abbreviation does before a word like "The". Whether it does before other capitals, or a mark like "…", nobody knows.
    """
    ends, known = [False] * len(words), [True] * len(words)
    for i, word in enumerate(words[:-1]):
        back = i
        while back > 0 and words[back] in CLOSERS:
            back -= 1
        mark, following = words[back], next((w for w in words[i + 1 : i + 3] if w[0].isalnum()), "")
        capital = following[:1].isupper() and words[i + 1] not in CLOSERS - {'"', "'"}
        if mark in (".", "?", "!") and spaces[i]:
            ends[i] = (capital and mark == words[i]) or (capital and mark == ".")
            known[i] = ends[i] or (following[:1].islower() and mark == ".")
        elif word in (".", "?", "!") and words[i + 1] == following and capital:
            # a space that a page has lost: "on the ground.He left"
            ends[i] = words[i - 1].islower() and len(following) > 1
            known[i] = ends[i]
        elif word[-1] in MARKS:
            name = word[:-1] in TITLES or len(word) == 2
            ends[i] = spaces[i] and word[0].isalpha() and not name and words[i + 1] in OPENERS
            short = word[0].isalpha() and (name or following[:1].islower())
            known[i] = ends[i] or short or not spaces[i]
    ends[-1] = True
    return ends, known


def news(path: Path, vocabulary: Vocabulary, count: int, seed: int) -> list[list[Document]]:
    """Articles as their titles and paragraphs, labelled where it is certain."""
    rows = [json.loads(line) for line in lines_of(path)]
    articles = []
    for row in random.Random(seed).sample(rows, count):
        text = row["text"][:8000]
        pieces = [(row.get("title") or "", [(0, len(row.get("title") or ""))])]
        pieces += [(text, [(line.start, line.end) for line in p]) for p in paragraphs(text)]
        article = []
        for source, lines in pieces:
            tokens = [t for low, high in lines for t in tokenize(source, low, high)]
            if tokens:
                spaces = [*(a.end < b.start for a, b in itertools.pairwise(tokens)), True]
                ends, known = certain([t.text for t in tokens], spaces)
                words = np.array([vocabulary.row(t.text) for t in tokens])
                article.append(Document(words, np.array(spaces), np.array(ends), np.array(known, float)))
        articles.append(article)
    return articles


def unmarked(article: list[Document], vocabulary: Vocabulary, chance: random.Random) -> list[Document]:
    """An article as one text whose sentences have lost some of their end marks, and some capitals; some are left out."""
    lose, small = chance.choice((0.1, 0.3, 0.6, 1)), chance.choice((0, 0, 0.1, 0.5))
    skip, all_small = chance.choice((0, 0, 0.2, 0.5)), chance.random() < 0.15
    out: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for document in article:
        for sentence in np.split(np.arange(len(document.words)), np.flatnonzero(document.ends) + 1):
            if not len(sentence) or chance.random() < skip:
                continue
            words, size = document.words[sentence].copy(), len(sentence)
            if chance.random() < lose:
                while size > 1 and (vocabulary.marks | vocabulary.closers)[words[size - 1]]:
                    size -= 1
                if size > 4 and chance.random() < 0.1:
                    size = chance.randrange(2, size)
            if all_small:
                words = vocabulary.lower[words]
            elif chance.random() < small:
                words[0] = vocabulary.lower[words[0]]
            spaces, known = document.spaces[sentence][:size].copy(), document.known[sentence][:size].copy()
            spaces[-1], known[-1] = True, 1
            out.append((words[:size], spaces, known))
    if not out:
        return []
    ends = np.zeros(sum(len(words) for words, _, _ in out))
    ends[np.cumsum([len(words) for words, _, _ in out]) - 1] = 1
    words, spaces, known = (np.concatenate(column) for column in zip(*out, strict=True))
    return [Document(words, spaces, ends, known)]


def pieces(document: Document, chance: random.Random) -> Iterator[slice]:
    """A document cut into paragraphs at some of its sentence ends."""
    often = chance.choice((0, 0, 0.1, 0.3, 0.6))
    first = 0
    for end in (np.flatnonzero(document.ends) + 1).tolist():
        if end < len(document.words) and chance.random() < often:
            yield slice(first, end)
            first = end
    yield slice(first, len(document.words))


# ---------------------------------------------------------------- the network


class Network(nn.Module):
    """The network of `Boundaries`, with dropout."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        size, hidden = settings.dimensions, settings.hidden
        self.tables = nn.ModuleDict({name: nn.Embedding(rows, size) for name, rows in ROWS.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.1)
        self.space = nn.Parameter(torch.zeros(size))
        self.layers = nn.ModuleList(
            nn.Conv1d(size if i == 0 else hidden, hidden, WIDTH, dilation=d, padding=d * (WIDTH // 2))
            for i, d in enumerate(DILATIONS)
        )
        self.out = nn.Linear(2 * hidden, 1)
        self.drop, self.drop_words = nn.Dropout(settings.drop), settings.drop_words

    def forward(self, rows: torch.Tensor, spaces: torch.Tensor) -> torch.Tensor:
        """Scores, shape (rows, tokens); `rows` is (rows, tokens, features), below 0 between paragraphs."""
        inside = (rows[..., 0] >= 0).float()
        rows = rows.clamp(min=0)
        word = self.tables["word"](rows[..., 0])
        if self.training:
            word = word * (torch.rand(word.shape[:2]) >= self.drop_words).float()[..., None]
        seen = word + self.tables["affix"](rows[..., 1]) + self.tables["affix"](rows[..., 2])
        seen = seen + self.tables["shape"](rows[..., 3]) + self.tables["length"](rows[..., 4])
        seen = (seen + spaces[..., None] * self.space) * inside[..., None]
        hidden = self.drop(seen).transpose(1, 2)
        for number, layer in enumerate(self.layers):
            told = functional.relu(layer(hidden))
            hidden = self.drop(told + hidden if number else told) * inside[:, None]
        hidden = hidden.transpose(1, 2)
        following = functional.pad(hidden[:, 1:], (0, 0, 0, 1))
        scores: torch.Tensor = self.out(torch.cat([hidden, following], 2))[..., 0]
        return scores


def batches(
    documents: list[Document], vocabulary: Vocabulary, size: int, chance: random.Random
) -> Iterator[tuple[torch.Tensor, ...]]:
    """The documents in a new order, cut into paragraphs, as rows of `ROW` tokens: features, spaces, ends, known."""
    empty = np.zeros(GAP)
    columns: list[list[np.ndarray]] = [[], [], [], []]
    for document in chance.sample(documents, len(documents)):
        for cut in pieces(document, chance):
            known = document.known[cut].copy()
            known[-1] = 0  # a paragraph ends there anyhow
            row = (document.words[cut], document.spaces[cut], document.ends[cut], known)
            for column, values, between in zip(columns, row, (empty - 1, empty, empty, empty), strict=True):
                column += [values, between]
    joined = [np.concatenate(column) for column in columns]
    shift = chance.randrange(ROW)
    count = (len(joined[0]) - shift) // ROW
    words, spaces, ends, known = (a[shift : shift + count * ROW].reshape(count, ROW) for a in joined)
    order = chance.sample(range(count), count)
    for i in range(0, count, size):
        chosen = order[i : i + size]
        rows = words[chosen].astype(int)
        features_ = np.where(rows[..., None] < 0, -1, vocabulary.features[np.maximum(rows, 0)])
        floats = (torch.tensor(a[chosen].astype(np.float32)) for a in (spaces, ends, known))
        yield torch.tensor(features_), *floats


def train_phase(
    network: Network,
    rounds: int,
    documents: Callable[[], list[Document]],
    vocabulary: Vocabulary,
    rate: float,
    settings: Settings,
    chance: random.Random,
) -> Network:
    """Train `network` for `rounds` over what `documents` gives each time; the moving average of its weights."""
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-2)
    average = copy.deepcopy(network)
    for number in range(rounds):
        network.train()
        drawn = list(batches(documents(), vocabulary, settings.batch, chance))
        total = 0.0
        for i, (rows, spaces, ends, known) in enumerate(drawn):
            done = (number + i / len(drawn)) / rounds
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, done * rounds * 2 + 0.05) * (1 - done) ** 0.7
            losses = functional.binary_cross_entropy_with_logits(
                network(rows, spaces), ends, reduction="none"
            )
            loss = (losses * known).sum() / known.sum().clamp(min=1)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item()
            with torch.no_grad():
                for kept, new in zip(average.parameters(), network.parameters(), strict=True):
                    kept.lerp_(new, settings.average)
        print(f"round {number + 1} of {rounds}: loss {total / len(drawn):.4f}", flush=True)
    return average


def train(
    labelled: list[Document], articles: list[list[Document]], vocabulary: Vocabulary, settings: Settings
) -> Network:
    """Both phases."""
    chance = random.Random(settings.seed)
    torch.manual_seed(settings.seed)
    network = Network(settings)

    def with_news(count: int, whole: float) -> list[Document]:
        found = list(labelled)
        for article in chance.sample(articles, min(count, len(articles))):
            found += article if chance.random() < whole else unmarked(article, vocabulary, chance)
        return found

    train_phase(
        network, settings.news_rounds, lambda: with_news(settings.news_articles, 0.35), vocabulary, settings.news_rate, settings, chance
    )  # fmt: skip
    return train_phase(
        network, settings.rounds, lambda: with_news(settings.news_beside, 0.8), vocabulary, settings.rate, settings, chance
    )  # fmt: skip


def export(network: Network, path: Path, threshold: float = 0.0) -> None:
    """Write what `Boundaries` reads: tables as int8 with one scale each, the rest as float16."""
    arrays: dict[str, np.ndarray] = {"threshold": np.float16(threshold)}
    for name, table in network.tables.items():
        weight = table.weight.detach().numpy()
        scale = np.float32(np.percentile(np.abs(weight), 99.95) / 127)
        arrays[name] = np.clip(np.round(weight / scale), -127, 127).astype(np.int8)
        arrays[f"{name}_scale"] = scale
    arrays["space"] = network.space.detach().numpy().astype(np.float16)
    for i, layer in enumerate(network.layers):
        arrays[f"kernel{i}"] = layer.weight.detach().permute(2, 1, 0).numpy().astype(np.float16)
        arrays[f"bias{i}"] = layer.bias.detach().numpy().astype(np.float16)
    out = torch.cat([network.out.weight[0], network.out.bias]).detach().numpy()
    np.savez_compressed(path, **arrays, out=out.astype(np.float16))


def main() -> None:
    """Parse the options, train, write the weights and tell the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--export", type=Path, default=WEIGHTS)
    parser.add_argument("--articles", type=int, default=4000, help="of news, to learn from")
    parser.add_argument(
        "--held-back", type=float, default=0.0, help="share of EWT and GUM that is measured, not trained on"
    )
    parser.add_argument("--threads", type=int, default=1)
    for name in ("news_rounds", "rounds", "hidden", "seed"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=getattr(Settings, name))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    settings = Settings(
        news_rounds=options.news_rounds, rounds=options.rounds, hidden=options.hidden, seed=options.seed
    )
    vocabulary = Vocabulary()
    labelled: list[Document] = []
    held: list[Document] = []
    for name in ("ewt", "gum"):
        documents = treebank(options.data / f"ud/{name}.train.conllu.gz", vocabulary)
        random.Random(7).shuffle(documents)
        cut = int(len(documents) * options.held_back)
        labelled += documents[cut:] * (2 if name == "gum" else 1)  # the smaller set, and the one with news
        held += documents[:cut]
    articles = news(
        options.data / "news/allsides_2012_2016.jsonl.gz", vocabulary, options.articles, settings.seed
    )
    vocabulary.close()
    network = train(labelled, articles, vocabulary, settings)
    export(network, options.export)
    bundled.cache_clear()
    if held:
        print(f"held back: {gap_f1(network, held, vocabulary):.2f}")
    for name, genre in (("ewt", None), ("gum", "_news")):
        print(score_boundaries(options.data / f"ud/{name}.dev.conllu.gz", f"{name.upper()} dev", genre))


def gap_f1(network: Network, documents: list[Document], vocabulary: Vocabulary) -> float:
    """F1 in percent over sentence ends inside documents."""
    network.eval()
    right = found = gold = 0
    for document in documents:
        rows = torch.tensor(vocabulary.features[document.words])[None]
        with torch.no_grad():
            told = network(rows, torch.tensor(document.spaces[None].astype(np.float32)))[0].numpy()[:-1] > 0
        ends = document.ends[:-1] > 0
        right, found, gold = right + int((told & ends).sum()), found + int(told.sum()), gold + int(ends.sum())
    return 200 * right / max(1, found + gold)


if __name__ == "__main__":
    main()
