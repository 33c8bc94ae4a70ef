"""MPNet-base, a larger encoder than the one that ships: a teacher for training, and nothing else.

The published weights are those of all-mpnet-base-v2. Its word pieces are MiniLM's with every id four higher, so that texts are cut once,
by MiniLM's tokenizer.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from training.model import ATTENTION_HEADS, Layer

WIDTH, LAYERS, INNER, VOCABULARY, LONGEST = 768, 12, 3072, 30527, 512
_EPS = 1e-5
START, PADDING, END, SHIFT = 0, 1, 2, 4
_BUCKETS, _FAR = 32, 128


def buckets(length: int) -> Tensor:
    """(length, length) of the bucket, from 0 to 31, of how far each key (column) is from each query (row).

    Half of the buckets are for keys behind the query; of each half the first eight are for one distance each, the others grow with it.
    """
    places = torch.arange(length)
    gap = places[:, None] - places[None, :]
    half, exact = _BUCKETS // 2, _BUCKETS // 4
    size = gap.abs()
    grown = torch.log(size.clamp(min=1) / exact) / math.log(_FAR / exact) * (half - exact)
    far = (exact + grown.long()).clamp(max=half - 1)
    return torch.where(size < exact, size, far) + (gap < 0).long() * half


class MPNet(nn.Module):
    """The encoder; its lowest `still` layers and its embeddings are not trained."""

    def __init__(self, dropout: float = 0.1, still: int = 0) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(LONGEST + 2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPS)
        self.apart = nn.Embedding(_BUCKETS, ATTENTION_HEADS)
        self.layers = nn.ModuleList(
            Layer(dropout if i >= still else 0.0, WIDTH, INNER, _EPS) for i in range(LAYERS)
        )
        self.still = still
        for module in (self.words, self.positions, self.norm, self.apart, *self.layers[:still]):
            module.requires_grad_(False)

    def forward(self, pieces: Tensor) -> Tensor:
        """(batch, pieces) ids, 1 is padding, to the last layer's output (batch, pieces, width)."""
        return self.above(pieces, self.below(pieces))[-1]

    @torch.no_grad()
    def below(self, pieces: Tensor) -> Tensor:
        """What the still layers say: (batch, pieces, width)."""
        places = torch.arange(pieces.shape[1]) + PADDING + 1
        x: Tensor = self.norm(self.words(pieces) + self.positions(places))
        bias = self._bias(pieces)
        for layer in self.layers[: self.still]:
            x = layer(x, bias)
        return x

    def above(self, pieces: Tensor, below: Tensor) -> list[Tensor]:
        """What the still layers say, and the output of each layer above them, each (batch, pieces, width)."""
        states, bias = [below], self._bias(pieces)
        for layer in self.layers[self.still :]:
            states.append(layer(states[-1], bias))
        return states

    @torch.no_grad()
    def _bias(self, pieces: Tensor) -> Tensor:
        apart = self.apart(buckets(pieces.shape[1])).permute(2, 0, 1)[None]
        return apart + (pieces == PADDING)[:, None, None, :].float() * -1e4

    def load(self, path: Path) -> None:
        """Take the published weights (safetensors in Hugging Face's names)."""
        source = load_file(str(path))
        with torch.no_grad():
            for ours, theirs in (
                (self.words, "embeddings.word_embeddings"),
                (self.positions, "embeddings.position_embeddings"),
                (self.norm, "embeddings.LayerNorm"),
                (self.apart, "encoder.relative_attention_bias"),
            ):
                _take(ours, source, theirs)
            for i, layer in enumerate(self.layers):
                base = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    parts = [source[f"{base}attention.attn.{n}.{kind}"] for n in "qkv"]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                for ours, theirs in (
                    (layer.output, "attention.attn.o"),
                    (layer.norm, "attention.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.last_norm, "output.LayerNorm"),
                ):
                    _take(ours, source, base + theirs)


def _take(module: nn.Module, source: dict[str, Tensor], name: str) -> None:
    for kind, parameter in module.named_parameters():
        parameter.copy_(source[f"{name}.{kind}"])
