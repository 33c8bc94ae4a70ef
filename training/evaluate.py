"""Quick figures on the dev sets as training goes (greedy arcs, gold tokens); `dateline bench model` gives the true ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from training.batches import Batch, Pieces, dev_batches
from training.heads.labels import (
    ATTRIBUTION,
    BLOCKS,
    EXPECTS,
    FACTUALITY_STYLES,
    LINKS,
    NAMES,
    REALIS,
    TIMES,
    TRIGGER_STYLES,
)
from training.heads.losses import arc_mask
from training.model import Network, gather_rows
from training.sentences import Paragraph

Span = tuple[int, int, int, str]


def spans_of(tags: Sequence[int], labels: tuple[str, ...], row: int) -> set[Span]:
    """(row, start, end, kind) of BIO tags; an I- that continues nothing opens a span."""
    found: set[Span] = set()
    start, kind = -1, ""
    for i, tag in enumerate([*tags, 0]):
        position, _, current = labels[max(0, tag)].partition("-")
        if kind and (position != "I" or current != kind):
            found.add((row, start, i, kind))
            kind = ""
        if current and not kind:
            start, kind = i, current
    return found


def words_of(spans: set[Span]) -> set[Span]:
    """Every word of spans as a span of its own."""
    return {(row, i, i + 1, kind) for row, start, end, kind in spans for i in range(start, end)}


def f1(gold: set[Span], found: set[Span]) -> float:
    """F1 of exact spans in percent."""
    return 200 * len(gold & found) / max(1, len(gold) + len(found))


def percent(counts: np.ndarray) -> float:
    """F1 in percent of (right, gold, told)."""
    right, gold, told = counts
    return float(200 * right / max(1, gold + told))


def counted(gold: Tensor, told: Tensor) -> np.ndarray:
    """(right, gold, told) of two boolean tensors."""
    return np.array([int((gold & told).sum()), int(gold.sum()), int(told.sum())])


@dataclass
class Encoded:
    """A batch with what the encoder makes of it: every layer's piece states, and the word states."""

    network: Network
    batch: Batch
    layers: list[Tensor]
    words: Tensor


class Score(Protocol):
    """The figures of one head on one dev set."""

    def add(self, given: Encoded) -> None:
        """Count what the head makes of a batch."""

    def figures(self) -> dict[str, float]:
        """By name; none where the set has no labels for the head."""


class Trees:
    """Parts of speech, arcs (the best one of each word alone), and arcs with their labels."""

    def __init__(self) -> None:
        self.counts = np.zeros(4)

    def add(self, given: Encoded) -> None:
        """Count the words, and those with the right part of speech, head, and head with its label."""
        network, batch, words = given.network, given.batch, given.words
        known = batch.upos >= 0
        if known.any():
            scores, dependent, head = network.arcs(words)
            best = scores.masked_fill(~arc_mask(batch.sentence), -1e4).argmax(-1)
            relation = network.labels(dependent, gather_rows(head, best)).argmax(-1)
            right = (best == batch.heads) & known
            told = (network.upos(words).argmax(-1) == batch.upos) & known
            labelled = right & (relation == batch.deprels)
            self.counts += [int(x.sum()) for x in (known, told, right, labelled)]

    def figures(self) -> dict[str, float]:
        """Accuracies."""
        words, *right = self.counts
        return {key: 100 * n / words for key, n in zip(("upos", "uas", "las"), right, strict=True) if words}


class Tags:
    """Spans of BIO tags: without those of nationalities where `norp` is false, whatever their kinds where `kinds` is."""

    def __init__(self, key: str, labels: tuple[str, ...], norp: bool = True, kinds: bool = True) -> None:
        self.key, self.labels, self.norp, self.kinds = key, labels, norp, kinds
        self.gold: set[Span] = set()
        self.found: set[Span] = set()
        self.row = 0

    def add(self, given: Encoded) -> None:
        """Take the spans of every window."""
        allowed = getattr(given.batch, self.key).cpu().numpy()
        if allowed.any():
            tags = getattr(given.network, self.key)(given.words).argmax(-1).cpu().numpy()
            for i in range(len(tags)):
                size = int((given.batch.sentence[i] > 0).sum())
                gold = [0 if a & 1 else int(a).bit_length() - 1 for a in allowed[i, :size]]
                answer = tags[i, :size].tolist()
                if not self.norp:
                    answer = [0 if "NORP" in self.labels[t] else t for t in answer]
                self.gold |= self.spans(gold, self.row + i)
                self.found |= self.spans(answer, self.row + i)
        self.row += len(allowed)

    def spans(self, tags: Sequence[int], row: int) -> set[Span]:
        """The spans of one window's tags."""
        found = spans_of(tags, self.labels, row)
        return found if self.kinds else {(*span[:3], "") for span in found}

    def figures(self) -> dict[str, float]:
        """F1 of the spans."""
        return {self.key: f1(self.gold, self.found)} if self.gold else {}


class Attributions(Tags):
    """Sources, cues and contents, by the span and by the word."""

    def __init__(self) -> None:
        super().__init__("attribution", ATTRIBUTION)

    def figures(self) -> dict[str, float]:
        """F1 of all spans, then of each kind's words and spans."""
        out = super().figures()
        if out:
            for kind in ("source", "cue", "content"):
                gold, found = ({s for s in x if s[3] == kind.upper()} for x in (self.gold, self.found))
                out[f"{kind}.token"] = f1(words_of(gold), words_of(found))
                out[f"{kind}.span"] = f1(gold, found)
        return out


class Expects:
    """Words that announce something; neutral words count for nothing."""

    def __init__(self) -> None:
        self.counts = np.zeros(3)

    def add(self, given: Encoded) -> None:
        """Count the words told to announce something."""
        expects = given.batch.expects
        known = (expects >= 0) & (expects != EXPECTS.index("neutral"))
        if known.any():
            told = torch.softmax(given.network.expects(given.words), -1)[..., 2:].sum(-1)[known] > 0.5
            self.counts += counted(expects[known] >= 2, told)

    def figures(self) -> dict[str, float]:
        """F1 by the word."""
        return {"expects": percent(self.counts)} if self.counts[1] else {}


class Furniture:
    """Sentences of a page that are not the report's; headlines count for nothing."""

    def __init__(self) -> None:
        self.counts = np.zeros(3)

    def add(self, given: Encoded) -> None:
        """Count the sentences told to be furniture."""
        blocks = given.batch.blocks
        known = (blocks > 0) & (blocks != 1 << BLOCKS.index("headline"))
        if known.any():
            told = given.network.block_scores(given.layers, given.batch.pool).argmax(-1)[known] > 1
            self.counts += counted(blocks[known] > 2, told)

    def figures(self) -> dict[str, float]:
        """F1 by the sentence."""
        return {"furniture": percent(self.counts)} if self.counts[1] else {}


class Arcs:
    """Arcs beside the tree, of the words that have any."""

    def __init__(self) -> None:
        self.counts = np.zeros((len(LINKS), 2))

    def add(self, given: Encoded) -> None:
        """Count the words whose best arc is one of the right ones."""
        for number, link in enumerate(LINKS):
            gold = given.batch.links[number]
            known = gold.any(-1)
            if known.any():
                scores = given.network.links[link](given.words)
                scores[..., 1:].masked_fill_((given.batch.sentence == 0)[:, None, :], -1e4)
                right = gold.gather(-1, scores.argmax(-1, keepdim=True))[..., 0][known]
                self.counts[number] += [int(right.sum()), int(known.sum())]

    def figures(self) -> dict[str, float]:
        """Accuracies."""
        found = zip(LINKS, self.counts, strict=True)
        return {f"{link}.arcs": 100 * right / words for link, (right, words) in found if words}


class Triggers:
    """Words that are events, by what each corpus calls one."""

    def __init__(self) -> None:
        self.counts = np.zeros((len(TRIGGER_STYLES), 3))

    def add(self, given: Encoded) -> None:
        """Count the words told to be events."""
        gold = given.batch.triggers
        if (gold >= 0).any():
            told = given.network.triggers(given.words) > 0
            for style, counts in enumerate(self.counts):
                known = gold[..., style] >= 0
                counts += counted(gold[..., style][known] > 0, told[..., style][known])

    def figures(self) -> dict[str, float]:
        """F1 by the word."""
        return {f"triggers{i}": percent(counts) for i, counts in enumerate(self.counts) if counts[1]}


class Realis:
    """What kind of event, of words with one allowed kind."""

    def __init__(self) -> None:
        self.counts = np.zeros((len(REALIS), 3))

    def add(self, given: Encoded) -> None:
        """Count the words of every kind."""
        realis = given.batch.realis
        single = (realis > 0) & ((realis & (realis - 1)) == 0)
        if single.any():
            gold = realis[single].float().log2().round().long()
            told = given.network.realis(given.words)[single].argmax(-1)
            for kind, counts in enumerate(self.counts):
                counts += counted(gold == kind, told == kind)

    def figures(self) -> dict[str, float]:
        """The mean of the kinds' F1, of those that are there."""
        scores = [percent(counts) for counts in self.counts if counts[1]]
        return {"realis": float(np.mean(scores))} if scores else {}


class Facts:
    """How far events are told as facts: the mean absolute error and Pearson's r on the corpus's own scale."""

    def __init__(self) -> None:
        self.pairs: list[list[tuple[float, float]]] = [[] for _ in FACTUALITY_STYLES]

    def add(self, given: Encoded) -> None:
        """Take the words' gold and told values."""
        gold, told = given.batch.factuality, given.network.factuality(given.words)
        for style, pairs in enumerate(self.pairs):
            known = ~torch.isnan(gold[..., style])
            pairs += zip(gold[..., style][known].tolist(), told[..., style][known].tolist(), strict=True)

    def figures(self) -> dict[str, float]:
        """Of the last scale that the set has; a set has one."""
        out: dict[str, float] = {}
        for pairs in self.pairs:
            if len(pairs) > 2:
                gold, told = np.array(pairs).T
                out |= {"mae": float(np.abs(gold - told).mean()), "r": float(np.corrcoef(gold, told)[0, 1])}
        return out


def scores_for(name: str) -> list[Score]:
    """All that is measured on a dev set."""
    return [
        Trees(),
        # EWT's names have no nationalities, and TDG's times no kinds
        Tags("names", NAMES, norp=name != "ewt"),
        Tags("times", TIMES, kinds=name != "tdg"),
        Attributions(),
        Expects(),
        *([Furniture()] if name == "labels" else []),
        Arcs(),
        Triggers(),
        *([Realis()] if name in ("meantime", "labels") else []),
        Facts(),
    ]


@torch.no_grad()
def evaluate(
    network: Network, sets: dict[str, list[Paragraph]], pieces: Pieces, device: str, limit: int | None = None
) -> dict[str, float]:
    """A figure per head and dev set, in percent but for factuality's MAE and r."""
    network.eval()
    out: dict[str, float] = {}
    for name, paragraphs in sets.items():
        if limit is not None:
            paragraphs = paragraphs[:: max(1, len(paragraphs) // limit)]
        out |= figures_of(network, name, (batch.to(device) for batch in dev_batches(paragraphs, pieces)))
    network.train()
    return out


def figures_of(
    network: Network, name: str, batches: Iterable[Batch], brain_float: bool = False
) -> dict[str, float]:
    """The figures of one dev set, of batches on the network's device; the encoder may work in brain floats."""
    scores = scores_for(name)
    for batch in batches:
        with torch.autocast(batch.pieces.device.type, torch.bfloat16, enabled=brain_float):
            layers, words = network.encode(
                batch.pieces, batch.cases, batch.first, batch.last, batch.word_cases
            )
        given = Encoded(network, batch, [x.float() for x in layers], words.float())
        for score in scores:
            score.add(given)
    return {f"{name}.{key}": float(value) for score in scores for key, value in score.figures().items()}


__all__ = ["evaluate", "f1", "spans_of"]
