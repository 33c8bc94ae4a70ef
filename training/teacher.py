"""A larger pair reader: MPNet over both texts, as a teacher of the one that ships, or to show what size can learn.

The lowest layers stay as they are published, so that what they say of a pair is worked out once and kept; the rest and the heads are
trained. The two texts are pooled apart, since the published encoder was made to compare such pools.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.mpnet import END, LAYERS, PADDING, SHIFT, START, WIDTH, MPNet
from training.pairs import FACTS, VERDICTS, Pair

LONGEST = 56
"""Word pieces of each of the two texts."""
_SAID = re.compile(r"(?:due (\S+) to (\S+)|no day), said (\S+): ")


def brief(pair: Pair) -> tuple[str, str]:
    """Both texts with the expectation's days told by how far off they are, as the second text tells its own: fewer word pieces."""
    found = _SAID.match(pair.first)
    if found is None:
        return pair.first, pair.second
    first, last, said = found.groups()
    if first is None:
        return f"no day: {pair.first[found.end() :]}", pair.second
    near, far = ((date.fromisoformat(day) - date.fromisoformat(said)).days for day in (first, last))
    days = f"{near}" if near == far else f"{near} to {far}"
    return f"in {days} days: {pair.first[found.end() :]}", pair.second


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """(batch, pieces) ids."""
    out = torch.full((len(rows), max(map(len, rows))), PADDING)
    for i, ids in enumerate(rows):
        out[i, : len(ids)] = torch.tensor(ids)
    return out


def sides(pieces: Tensor) -> tuple[Tensor, Tensor]:
    """(batch, pieces) of 1 where a piece is of the first, or of the second text."""
    ends = (pieces == END).cumsum(1)
    words = (pieces != END) & (pieces != START) & (pieces != PADDING)
    return (words & (ends == 0)).float(), (words & (ends == 2)).float()


class Teacher(nn.Module):
    """Two texts in, the scores of the verdicts and of the facts out."""

    def __init__(self, still: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = MPNet(dropout=dropout, still=still)
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1 - still))
        self.norm = nn.LayerNorm(5 * WIDTH)
        self.hidden = nn.Linear(5 * WIDTH, 256)
        self.dropout = nn.Dropout(0.1)
        self.verdict = nn.Linear(256, len(VERDICTS))
        self.fact = nn.Linear(256, len(FACTS))
        self._kept: dict[tuple[int, ...], Tensor] = {}

    def encode(self, tokenizer: Tokenizer, pair: Pair) -> list[int]:
        """<s> first </s></s> second </s>, each text cut at its end; `tokenizer` is MiniLM's."""
        first, second = (
            [i + SHIFT for i in tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST]]
            for text in brief(pair)
        )
        return [START, *first, END, END, *second, END]

    def read(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """The scores of encoded pairs; what the still layers say of each is kept, 120 KB a pair."""
        pieces = padded(rows)
        with torch.autocast("cpu", torch.bfloat16):
            return self(pieces, self._below(rows, pieces.shape[1]))

    def _below(self, rows: Sequence[Sequence[int]], length: int) -> Tensor:
        fresh = [row for row in rows if tuple(row) not in self._kept]
        if fresh:
            for row, states in zip(fresh, self.encoder.below(padded(fresh)), strict=True):
                self._kept[tuple(row)] = states[: len(row)].bfloat16()
        return torch.stack(
            [F.pad(self._kept[tuple(row)].float(), (0, 0, 0, length - len(row))) for row in rows]
        )

    def forward(self, pieces: Tensor, below: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, pieces) ids and what the still layers say of them, to (batch, verdicts) and (batch, facts)."""
        states = torch.stack(self.encoder.above(pieces, below)).float()
        mixed = (torch.softmax(self.mix, 0)[:, None, None, None] * states).sum(0)
        first, second = (
            (mixed * side[..., None]).sum(1) / side.sum(1).clamp(min=1)[:, None] for side in sides(pieces)
        )
        seen = torch.cat([mixed[:, 0], first, second, first * second, (first - second).abs()], -1)
        hidden = self.dropout(F.gelu(self.hidden(self.dropout(self.norm(seen)))))
        return self.verdict(hidden), self.fact(hidden)
