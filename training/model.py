"""The network: a MiniLM encoder that sees how words are written, and one small head a task."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.heads.labels import (
    ATTRIBUTION,
    BLOCKS,
    CASES,
    DAYS,
    DEPRELS,
    EXPECTS,
    FACTUALITY_STYLES,
    LINKS,
    NAMES,
    REALIS,
    TIMES,
    TRIGGER_STYLES,
    UPOS,
)

WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536


class Layer(nn.Module):
    """A post-norm transformer layer, as in BERT; MiniLM's sizes where no others are given."""

    def __init__(self, dropout: float, width: int = WIDTH, inner: int = INNER, eps: float = 1e-12) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.last_norm = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` is (batch, pieces, width); `bias` is added to the attention's scores, (batch, heads, pieces, pieces) or what spreads to that."""
        return self.mixed(x, *self.heads(self.qkv(x), 3), bias)

    def first(self, x: Tensor, bias: Tensor) -> Tensor:
        """What `forward` gives for the first piece, (batch, 1, width), without most of the work for the others."""
        q, k, v = self.heads(self.qkv(x), 3)
        return self.mixed(x[:, :1], q[:, :, :1], k, v, bias)

    def heads(self, x: Tensor, count: int) -> tuple[Tensor, ...]:
        """(batch, pieces, count * width) to `count` times (batch, heads, pieces, width of a head)."""
        n, p, _ = x.shape
        return x.view(n, p, count, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4).unbind(0)

    def mixed(self, x: Tensor, q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
        """The layer's output for `x`, whose queries are `q`; all queries, keys and values as `heads` gives them."""
        n, p, width = x.shape
        if x.is_cuda:
            mixed = F.scaled_dot_product_attention(
                q, k, v, bias.to(q.dtype).expand(n, *q.shape[1:3], k.shape[2])
            )
        else:
            # on CPUs this trains faster than torch's fused attention, whose gradient is slow there
            weights = torch.softmax(q @ k.transpose(-1, -2) / (width / ATTENTION_HEADS) ** 0.5 + bias, -1)
            mixed = weights.to(v.dtype) @ v
        x = self.norm(x + self.dropout(self.output(mixed.transpose(1, 2).reshape(n, p, width))))
        out: Tensor = self.last_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))
        return out

    def load(self, source: dict[str, Tensor], base: str, attention: tuple[str, str, str, str, str]) -> None:
        """Take published weights, whose names begin with `base`; `attention` names queries, keys, values, output and norm there."""
        *projections, output, norm = (f"attention.{name}" for name in attention)
        with torch.no_grad():
            for kind in ("weight", "bias"):
                getattr(self.qkv, kind).copy_(torch.cat([source[f"{base}{n}.{kind}"] for n in projections]))
                for ours, theirs in (
                    (self.output, output),
                    (self.norm, norm),
                    (self.up, "intermediate.dense"),
                    (self.down, "output.dense"),
                    (self.last_norm, "output.LayerNorm"),
                ):
                    getattr(ours, kind).copy_(source[f"{base}{theirs}.{kind}"])


class Encoder(nn.Module):
    """MiniLM-L6-H384 with an embedding of each word's casing added at the input (zero at first)."""

    width, depth = WIDTH, LAYERS

    def __init__(self, vocabulary: int = 30522, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.cases = nn.Embedding(len(CASES), WIDTH)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.frozen = 0

    def forward(self, pieces: Tensor, cases: Tensor) -> Tensor:
        """`pieces` and `cases` are (batch, pieces) ids, 0 is padding. Returns (batch, pieces, width)."""
        return self.layer_states(pieces, cases)[-1]

    def layer_states(self, pieces: Tensor, cases: Tensor) -> list[Tensor]:
        """The embeddings and every layer's output, each (batch, pieces, width)."""
        bias = (pieces == 0).to(self.segment.dtype)[:, None, None, :] * -1e4
        states = [self.embedded(pieces, cases, self.positions.weight[: pieces.shape[1]])]
        for i in range(LAYERS):
            states.append(self.layer(i, states[-1], bias))
        return states

    def embedded(self, pieces: Tensor, cases: Tensor, positions: Tensor) -> Tensor:
        """What the lowest layer takes, (batch, pieces, width); `positions` are the embeddings of the places of the pieces."""
        x = self.words(pieces) + positions + self.segment + self.cases(cases)
        embedded: Tensor = self.dropout(self.norm(x))
        return embedded

    def layer(self, i: int, x: Tensor, bias: Tensor) -> Tensor:
        """The output of the `i`th layer; both as `Layer` takes them."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and i >= self.frozen):
            states: Tensor = self.layers[i](x, bias)
        return states

    def settle(self, layers: int) -> None:
        """From now on the embeddings and the lowest `layers` stay as they are, and nothing is dropped out there."""
        self.frozen = layers
        still = [self.words, self.positions, self.cases, self.norm, *self.layers[:layers]]
        for parameter in (self.segment, *(p for module in still for p in module.parameters())):
            parameter.requires_grad_(False)
        for layer in self.layers[:layers]:
            layer.dropout.p = 0.0
        self.dropout.p = 0.0

    def load(self, path: Path) -> None:
        """Take the published weights (safetensors in Hugging Face's names)."""
        source = load_file(str(path))
        with torch.no_grad():
            self.words.weight.copy_(source["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(source["embeddings.position_embeddings.weight"])
            self.segment.copy_(source["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(source["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(source["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                names = ("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm")
                layer.load(source, f"encoder.layer.{i}.", names)


def gather_rows(x: Tensor, index: Tensor) -> Tensor:
    """Rows of `x` (batch, n, width) at `index` (batch, m)."""
    return torch.gather(x, 1, index.unsqueeze(-1).expand(-1, -1, x.shape[-1]))


class Tagger(nn.Module):
    """A hidden layer and a linear one."""

    def __init__(self, width: int, hidden: int, labels: int, dropout: float) -> None:
        super().__init__()
        self.hidden = nn.Linear(width, hidden)
        self.out = nn.Linear(hidden, labels)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, words, width) to (batch, words, labels)."""
        return self.out(self.dropout(F.gelu(self.hidden(x))))


class Links(nn.Module):
    """Arcs of one kind between the words of a window, whichever their sentences; column 0 is the root.

    To what the words say comes how far apart they are, in steps that grow with the distance.
    """

    SIZE, STEPS = 96, 15

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Linear(width, self.SIZE)
        self.head = nn.Linear(width, self.SIZE)
        self.weight = nn.Linear(self.SIZE, self.SIZE, bias=False)
        self.bias = nn.Linear(self.SIZE, 1)
        self.root = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.apart = nn.Embedding(2 * self.STEPS + 1, 1)
        nn.init.zeros_(self.apart.weight)
        self.dropout = nn.Dropout(dropout)

    def distances(self, words: Tensor) -> Tensor:
        """(words, words) of what the distance from a word to another adds."""
        places = torch.arange(words.shape[1], device=words.device)
        gap = (places[None, :] - places[:, None]).float()
        steps = (torch.sign(gap) * torch.round(2 * torch.log2(gap.abs() + 1))).clamp(-self.STEPS, self.STEPS)
        return self.apart(steps.long() + self.STEPS).squeeze(-1)

    def forward(self, words: Tensor) -> Tensor:
        """(batch, words, width) to scores (batch, words, 1 + words)."""
        heads = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)
        dependent = self.dropout(F.gelu(self.dependent(words)))
        head = self.dropout(F.gelu(self.head(heads)))
        scores = self.weight(dependent) @ head.transpose(1, 2) + self.bias(head).transpose(1, 2)
        apart = F.pad(self.distances(words), (1, 0))
        return scores * (self.SIZE**-0.5) + apart


class Network(nn.Module):
    """Encoder and heads. Dependents and heads of arcs are words of one sentence; column 0 of the arcs is the root.

    The label of an arc is scored by a low-rank bilinear form and a hidden layer over the sum of both ends, so that the
    runtime can score the labels of whichever tree it decodes from two vectors a word.
    """

    ARC, BILINEAR, ADDITIVE, CASE = 256, 192, 128, 24

    def __init__(self, dropout: float = 0.2, encoder: nn.Module | None = None) -> None:
        """`encoder` is another than MiniLM: a teacher's, with its `width`, `depth` and `layer_states`."""
        super().__init__()
        self.encoder = encoder or Encoder()
        self.cases = nn.Embedding(len(CASES), self.CASE)
        inner, depth = self.encoder.width, self.encoder.depth
        width = inner + self.CASE
        self.dropout = nn.Dropout(dropout)
        self.upos = Tagger(width, 128, len(UPOS), dropout)
        self.names = Tagger(width, 192, len(NAMES), dropout)
        self.times = Tagger(width, 96, len(TIMES), dropout)
        self.attribution = Tagger(width, 192, len(ATTRIBUTION), dropout)
        self.triggers = Tagger(width, 128, len(TRIGGER_STYLES), dropout)
        self.realis = Tagger(width, 128, len(REALIS), dropout)
        self.factuality = Tagger(width, 128, len(FACTUALITY_STYLES), dropout)
        self.expects = Tagger(width, 192, len(EXPECTS), dropout)
        self.polarity = Tagger(width, 96, 2, dropout)
        self.days = Tagger(width, 128, len(DAYS), dropout)
        self.blocks = Tagger(inner, 96, len(BLOCKS), dropout)
        self.links = nn.ModuleDict({link: Links(width, dropout) for link in LINKS})
        self.arc_dependent = nn.Linear(width, self.ARC)
        self.arc_head = nn.Linear(width, self.ARC)
        self.arc_weight = nn.Linear(self.ARC, self.ARC, bias=False)
        self.arc_bias = nn.Linear(self.ARC, 1)
        self.root = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.arc_dropout = nn.Dropout(0.33)
        label = self.BILINEAR + self.ADDITIVE
        self.label_dependent = nn.Linear(width, label)
        self.label_head = nn.Linear(width, label)
        self.label_out = nn.Linear(label, len(DEPRELS))
        # the sentence vector is told by every layer, so that the last ones are free for the other heads
        self.vector = nn.Linear((depth + 1) * inner, WIDTH)
        with torch.no_grad():
            self.vector.weight.zero_()
            self.vector.weight[:, -inner:] = torch.eye(WIDTH, inner)
            self.vector.bias.zero_()

    def encode(
        self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor, word_cases: Tensor
    ) -> tuple[list[Tensor], Tensor]:
        """Every layer's piece states (batch, pieces, width), and word states (batch, words, width + case)."""
        layers = self.encoder.layer_states(pieces, cases)
        states = layers[-1]
        words = (gather_rows(states, first) + gather_rows(states, last)) * 0.5
        return layers, self.dropout(torch.cat([words, self.cases(word_cases)], -1))

    def arcs(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores (batch, words, 1 + words), and label vectors of dependents and of heads with the root first."""
        heads = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)
        dependent = self.arc_dropout(F.gelu(self.arc_dependent(words)))
        head = self.arc_dropout(F.gelu(self.arc_head(heads)))
        scores = self.arc_weight(dependent) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        return scores * (self.ARC**-0.5), self.label_dependent(words), self.label_head(heads)

    def labels(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Label scores of arcs from the vectors of their ends (..., label)."""
        b = self.BILINEAR
        product = dependent[..., :b] * head[..., :b]
        total = F.relu(dependent[..., b:] + head[..., b:])
        return self.label_out(self.arc_dropout(torch.cat([product, total], -1)))

    def block_scores(self, layers: list[Tensor], pool: Tensor) -> Tensor:
        """(batch, sentences, BLOCKS) from the mean of each sentence's last states."""
        return self.blocks(self.dropout(pool @ layers[-1]))

    def sentence_vectors(self, layers: list[Tensor], pool: Tensor) -> Tensor:
        """Unit vectors (batch, sentences, width); `pool` (batch, sentences, pieces) holds the weights of the mean."""
        return F.normalize(self.vector(torch.cat([pool @ states for states in layers], -1)), dim=-1)

    def set_vector(self, weights: Tensor) -> None:
        """Take the (inputs + 1, width) weights that `training.vectors.fit` gives."""
        with torch.no_grad():
            self.vector.weight.copy_(weights[:-1].T)
            self.vector.bias.copy_(weights[-1])


def load_checkpoint(path: Path) -> Network:
    """The network of a run: the average of its weights, with the sentence vectors fitted beside it where they are."""
    network = Network()
    state = torch.load(path, map_location="cpu")
    network.load_state_dict(state["network"] | state["average"], strict=False)
    fitted = path.parent / "vectors.npy"
    if fitted.exists():
        network.set_vector(torch.from_numpy(np.load(fitted)))
    return network
