"""What the pair reader and its teacher share: two texts in, the scores of each task out, over whichever encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.batches import padded
from training.pairs import TASKS, Pair

LONGEST = 96
"""Word pieces of each of the two texts."""


class PairHeads(nn.Module):
    """An encoder's first state and the mean of its states tell the labels of each of TASKS; kinds of encoders give `states`."""

    cls: int
    sep: int

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.hidden = nn.Linear(2 * width, 256)
        self.dropout = nn.Dropout(0.2)
        for task, labels in TASKS.items():
            setattr(self, task, nn.Linear(256, len(labels)))

    def states(self, pieces: Tensor) -> Tensor:
        """(batch, pieces) ids, 0 is padding, to (batch, pieces, width)."""
        raise NotImplementedError

    def encode(self, tokenizer: Tokenizer, pair: Pair) -> list[int]:
        """[CLS] first [SEP] second [SEP], each text cut at its end."""
        first, second = (
            tokenizer.encode(t, add_special_tokens=False).ids[:LONGEST] for t in (pair.first, pair.second)
        )
        return [self.cls, *first, self.sep, *second, self.sep]

    def read(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, ...]:
        """The scores of encoded pairs, a task each."""
        scores: tuple[Tensor, ...] = self(padded(rows))
        return scores

    def forward(self, pieces: Tensor) -> tuple[Tensor, ...]:
        """(batch, pieces) ids, 0 is padding, to (batch, labels) of each of TASKS."""
        states = self.states(pieces)
        mask = (pieces > 0).unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        hidden = self.dropout(F.gelu(self.hidden(torch.cat([states[:, 0], mean], -1))))
        return tuple(getattr(self, task)(hidden) for task in TASKS)


def word_pieces(path: Path) -> Tokenizer:
    """A tokenizer that neither pads nor cuts."""
    found = Tokenizer.from_file(str(path))
    found.no_padding()
    found.no_truncation()
    return found
