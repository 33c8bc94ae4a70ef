"""The pair reader's network, and what its teacher shares with it: two texts in, the scores of each task out, over whichever encoder."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from dateline.reader.model.segments import DAYS, FIRST, SENTENCE, segments
from training.batches import padded
from training.model import LAYERS, WIDTH, Encoder
from training.pairs import TASKS, Pair

SPLIT = 4
"""The layers that read each part of a pair by itself, where no other number is given."""
Row = tuple[list[int], ...]
"""The pieces of a pair, with the encoder's marks; parts that are first read each by itself stand apart."""


def size(row: Row) -> int:
    """The pieces of a pair."""
    return sum(map(len, row))


class PairHeads(nn.Module):
    """An encoder's first state and a mean of its states tell the labels of each of TASKS; kinds of encoders give both as `summary`."""

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.hidden = nn.Linear(2 * width, 256)
        self.dropout = nn.Dropout(0.2)
        for task, labels in TASKS.items():
            setattr(self, task, nn.Linear(256, len(labels)))

    def encode(self, tokenizer: Tokenizer, pair: Pair) -> Row:
        """The pieces of a pair."""
        raise NotImplementedError

    def inputs(self, rows: Sequence[Row]) -> tuple[Tensor, ...]:
        """What `summary` takes, for encoded pairs; the ids (batch, pieces) come first, 0 is padding."""
        return (padded([list(chain(*row)) for row in rows]),)

    def summary(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """What `inputs` gives, to what `told` takes."""
        raise NotImplementedError

    def read(self, rows: Sequence[Row]) -> tuple[Tensor, ...]:
        """The scores of encoded pairs, a task each."""
        scores: tuple[Tensor, ...] = self(*self.inputs(rows))
        return scores

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """What `inputs` gives, to (batch, labels) of each of TASKS."""
        return self.told(*self.summary(*inputs))

    def told(self, first: Tensor, mean: Tensor) -> tuple[Tensor, ...]:
        """The first state and the mean, both (batch, width), to (batch, labels) of each of TASKS."""
        hidden = self.dropout(F.gelu(self.hidden(torch.cat([first, mean], -1))))
        return tuple(getattr(self, task)(hidden) for task in TASKS)


class PairNetwork(PairHeads):
    """The network that ships: its lower `split` layers read each part of a pair by itself, the upper ones all of it."""

    encoder: Encoder

    def __init__(self, split: int = SPLIT, dropout: float = 0.1) -> None:
        super().__init__(Encoder(dropout=dropout), WIDTH)
        self.split = split

    def encode(self, tokenizer: Tokenizer, pair: Pair) -> Row:
        """As `PairHeads` has it: the parts that the program reads."""

        def ids(text: str) -> list[int]:
            found: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
            return found

        return tuple(part.pieces(ids) for part in segments(pair.first, pair.second, ids))

    def inputs(self, rows: Sequence[Row]) -> tuple[Tensor, ...]:
        """As `PairHeads` has it; then the place and the part of each piece, counted from 1."""
        kinds = FIRST, DAYS, SENTENCE
        places = [
            [kind.place + i for kind, part in zip(kinds, row, strict=True) for i in range(len(part))]
            for row in rows
        ]
        parts = [[number for number, part in enumerate(row, 1) for _ in part] for row in rows]
        return *super().inputs(rows), padded(places), padded(parts)

    def summary(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """As `PairHeads` has it. The mean is that of what the last layer takes, which so is worked out for the first piece alone."""
        pieces, places, parts = inputs
        encoder = self.encoder
        x = encoder.embedded(pieces, torch.zeros_like(pieces), encoder.positions(places))
        apart = _unseen(parts[:, None, :] != parts[:, :, None], x)
        padding = _unseen((parts == 0)[:, None, :], x)
        for i in range(LAYERS - 1):
            x = encoder.layer(i, x, apart if i < self.split else padding)
        return encoder.layers[-1].first(x, padding)[:, 0], mean(x, pieces)


def _unseen(hidden: Tensor, states: Tensor) -> Tensor:
    """What is added to attention's scores where a piece is hidden from another, (batch, pieces or 1, pieces)."""
    return hidden[:, None].to(states.dtype) * -1e4


def mean(states: Tensor, pieces: Tensor) -> Tensor:
    """(batch, pieces, width) to (batch, width), padding left out."""
    mask = (pieces > 0).unsqueeze(-1).to(states.dtype)
    return (states * mask).sum(1) / mask.sum(1)


def word_pieces(path: Path) -> Tokenizer:
    """A tokenizer that neither pads nor cuts."""
    found = Tokenizer.from_file(str(path))
    found.no_padding()
    found.no_truncation()
    return found
