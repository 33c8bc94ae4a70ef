"""The shipped int8 weights as a network to train further: `python -m training.restore FOLDER CHECKPOINT`.

Checkpoints are not kept in the repository. The quantised weights stand within half a step of the trained ones, and a short
run finds back what that costs.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from dateline.reader.model.segments import MOST_PLACES
from training.model import LAYERS, Encoder, Network
from training.pair_network import PairNetwork


def _arrays(path: Path, prefix: str = "network.") -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
    """Parameters by their name, and the nameless matrices of the products in the order of the graph."""
    found = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    named, matrices = {}, []
    for name, array in found.items():
        if name.endswith("_quantized"):
            stem = name.removesuffix("_quantized")
            scale, zero = found[stem + "_scale"], found[stem + "_zero_point"]
            array, name = (array.astype(np.float32) - zero) * scale, stem
        elif name.endswith(("_scale", "_zero_point")):
            continue
        if name.startswith("onnx::MatMul"):
            matrices.append((int(name.split("_")[1]), array))
        elif name.endswith("_Transposed"):
            named[name.removesuffix("_Transposed")] = array.T
        elif name.startswith(prefix):
            named[name.removeprefix(prefix)] = array
    return named, [array for _, array in sorted(matrices, key=lambda m: m[0])]


def _products(encoder: Encoder) -> list[nn.Linear]:
    """The encoder's modules whose weights lost their names, in the order in which the exported graph runs them."""
    return [part for layer in encoder.layers for part in (layer.qkv, layer.output, layer.up, layer.down)]


def _linears(network: Network) -> list[nn.Linear]:
    """The modules whose weights lost their names, in the order in which the exported graph runs them."""
    found = _products(network.encoder)
    found += [network.arc_dependent, network.arc_head, network.arc_weight, network.arc_bias]
    found += [network.label_dependent, network.label_head]
    for name in ("upos", "names", "times", "attribution", "triggers", "realis", "factuality"):
        found += [getattr(network, name).hidden, getattr(network, name).out]
    found.append(network.vector)
    for name in ("expects", "polarity", "days", "blocks"):
        found += [getattr(network, name).hidden, getattr(network, name).out]
    for links in network.links.values():
        found += [links.dependent, links.head, links.weight, links.bias]
    return found


def restore(folder: Path) -> Network:
    """A network with the weights of an exported model; heads that it does not have start anew."""
    network = Network()
    named, matrices = _arrays(folder / "model.onnx")
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in named:
                parameter.copy_(torch.from_numpy(named[name].reshape(parameter.shape)))
        for linear, matrix in zip(_linears(network), matrices, strict=True):
            linear.weight.copy_(torch.from_numpy(matrix.T))
        with np.load(folder / "labels.npz") as arrays:
            network.label_out.weight.copy_(torch.from_numpy(arrays["weight"].T))
            network.label_out.bias.copy_(torch.from_numpy(arrays["bias"]))
    return network


def restore_pairs(folder: Path) -> PairNetwork:
    """The pair reader with the weights of an exported one; heads that it does not have start anew."""
    about = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
    named, matrices = _arrays(folder / "segments.onnx", prefix="")
    above, matrices_above = _arrays(folder / "pairs.onnx", prefix="")
    return _pair_network(about["split"], named | above, matrices + matrices_above)


def restore_contradictions(folder: Path) -> PairNetwork:
    """The network that tells contradictions, as `restore_pairs`."""
    return _pair_network(0, *_arrays(folder / "contradictions.onnx", prefix=""))


def _pair_network(split: int, found: dict[str, np.ndarray], matrices: list[np.ndarray]) -> PairNetwork:
    network = PairNetwork(split)
    named = {name.removeprefix("network."): array for name, array in found.items()}
    # the last layer's query has a product of its own
    last, own = f"encoder.layers.{LAYERS - 1}.qkv.bias", 4 * (LAYERS - 1)
    named[last] = np.concatenate([named["query.bias"], named["others.bias"]])
    matrices[own : own + 2] = [np.concatenate(matrices[own : own + 2], 1)]
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in named:
                parameter.copy_(torch.from_numpy(named[name].reshape(parameter.shape).copy()))
        # what every piece has in common is in its places
        network.encoder.positions.weight[:MOST_PLACES] = torch.from_numpy(named["places"].copy())
        for linear, matrix in zip(_products(network.encoder), matrices, strict=True):
            linear.weight.copy_(torch.from_numpy(matrix.T.copy()))
    return network


def main() -> None:
    """Write a checkpoint that `training.run --start`, or with `--pairs` or `--contradictions` `training.train_pairs --start`, takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pairs", action="store_true", help="the pair reader's weights")
    parser.add_argument("--contradictions", action="store_true", help="those of what tells contradictions")
    options = parser.parse_args()
    options.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    if options.pairs or options.contradictions:
        pairs = restore_pairs if options.pairs else restore_contradictions
        torch.save(pairs(options.folder).state_dict(), options.checkpoint)
        return
    network = restore(options.folder)
    average: dict[str, Tensor] = {}
    torch.save({"network": network.state_dict(), "average": average}, options.checkpoint)


if __name__ == "__main__":
    main()
