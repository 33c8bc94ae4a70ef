"""The trained pair reader as ONNX: `python -m training.pair_export STATE FOLDER`, whose STATE is what `training.train_pairs` keeps.

Two graphs of whole numbers: what the lower layers give for a part of a pair (segments.onnx), and what the upper ones tell of all
parts' states (pairs.onnx). With `--contradictions` STATE is one that was trained with that option, and one graph is written, of all its layers (contradictions.onnx).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

import onnx
import torch
from onnx import helper
from torch import Tensor, nn

from dateline.reader.model.segments import MOST_PLACES
from training.export import quantise
from training.model import WIDTH
from training.pair_network import SPLIT, PairNetwork
from training.pairs import TASKS


class Lower(nn.Module):
    """The layers that read a part by itself."""

    def __init__(self, network: PairNetwork) -> None:
        super().__init__()
        self.encoder, self.layers = network.encoder, network.encoder.layers[: network.split]
        self.places = _places(network)

    def forward(self, pieces: Tensor, place: Tensor) -> Tensor:
        """(1, pieces) without padding and the place of the first () to (1, pieces, width)."""
        encoder = self.encoder
        places = self.places.narrow(0, place, pieces.shape[1])
        x = encoder.norm(encoder.words(pieces) + places)
        for layer in self.layers:
            x = layer(x, torch.zeros(1))
        return x


class Upper(nn.Module):
    """The layers that read all parts, and the heads; of the last layer no query but the first piece's is worked out."""

    def __init__(self, network: PairNetwork) -> None:
        super().__init__()
        self.network = network
        self.middle, self.last = network.encoder.layers[network.split : -1], network.encoder.layers[-1]
        self.query, self.others = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        for part, rows in ((self.query, slice(WIDTH)), (self.others, slice(WIDTH, None))):
            part.weight, part.bias = (nn.Parameter(p[rows].detach()) for p in self.last.qkv.parameters())

    def forward(self, *parts: Tensor) -> tuple[Tensor, ...]:
        """Each part's (1, pieces, width) to (1, labels) of each of TASKS."""
        states, all_seen = torch.cat(parts, 1), torch.zeros(1)
        for layer in self.middle:
            states = layer(states, all_seen)
        (query,) = self.last.heads(self.query(states[:, :1]), 1)
        first = self.last.mixed(states[:, :1], query, *self.last.heads(self.others(states), 2), all_seen)
        return self.network.told(first[:, 0], states.mean(1))


class Contradictions(Upper):
    """A network that learned contradictions, and reads all parts in all its layers."""

    def __init__(self, network: PairNetwork) -> None:
        super().__init__(network)
        self.places = _places(network)

    def forward(self, *parts: Tensor) -> tuple[Tensor, ...]:
        """(1, pieces) of all parts, without padding, and their places to (1, labels) of facts."""
        (pieces, places), encoder = parts, self.network.encoder
        states = encoder.norm(encoder.words(pieces) + self.places[places])
        told = dict(zip(TASKS, super().forward(states), strict=True))
        return (told["fact"],)


def _places(network: PairNetwork) -> nn.Parameter:
    """(places, width): what every piece of a place has in common."""
    encoder = network.encoder
    common = encoder.segment + encoder.cases.weight[0]
    return nn.Parameter((encoder.positions.weight[:MOST_PLACES] + common).detach())


def export(network: PairNetwork, folder: Path) -> None:
    """Write segments.onnx and pairs.onnx (int8), and pairs.json to `folder`."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    pieces = {"pieces": torch.randint(1000, 2000, (1, 20)), "place": torch.tensor(100)}
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        _graph(Lower(network), pieces, ["states"], work / "segments.onnx")
        _graph(Upper(network), _states(), list(TASKS), work / "pairs.onnx")
        about = {"labels": TASKS | {"contradiction": TASKS["fact"]}, "split": network.split}
        (work / "pairs.json").write_text(json.dumps(about) + "\n", encoding="utf-8")
        for file in ("segments.onnx", "pairs.onnx", "pairs.json"):
            os.chmod(work / file, 0o644)
            os.replace(work / file, folder / file)


def export_contradictions(network: PairNetwork, folder: Path) -> None:
    """Write contradictions.onnx (int8) to `folder`. Raises ValueError where lower layers read each part by itself."""
    if network.split:
        raise ValueError("contradictions are told by a network that reads both texts together (--split 0)")
    network.eval()
    inputs = {
        "pieces": torch.randint(1000, 2000, (1, 20)),
        "places": torch.arange(20)[None],
    }
    with tempfile.TemporaryDirectory(dir=folder) as name:
        made = Path(name) / "contradictions.onnx"
        _graph(Contradictions(network), inputs, ["contradiction"], made)
        os.chmod(made, 0o644)
        os.replace(made, folder / made.name)


def _states() -> dict[str, Tensor]:
    """What the lower layers may give of the parts of a pair."""
    sizes = {"first": 20, "days": 8, "sentence": 16}
    return {part: torch.randn(1, size, WIDTH) for part, size in sizes.items()}


def _graph(module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], path: Path) -> None:
    """One graph of whole numbers, free in how many pieces it takes."""
    floats = path.with_suffix(".float.onnx")
    free = [name for name in (*inputs, *outputs) if name not in ("place", "contradiction", *TASKS)]
    torch.onnx.export(
        module.eval(),
        tuple(inputs.values()),
        str(floats),
        input_names=list(inputs),
        output_names=outputs,
        dynamic_axes={name: {1: f"{name} pieces"} for name in free},
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(str(floats))
    _by_instances(model.graph)
    onnx.save(model, str(floats))
    quantise(floats, path)


def _by_instances(graph: onnx.GraphProto) -> None:
    """Let the runtime norm each piece as an instance of its own, which is several times as fast there as its norm of layers."""
    nodes = []
    for node in graph.node:
        if node.op_type != "LayerNormalization":
            nodes.append(node)
            continue
        x, weight, bias = node.input
        y = node.output[0]
        epsilon = next(a.f for a in node.attribute if a.name == "epsilon")
        count, ones, zeros, even, scaled = (
            f"{y}_{name}" for name in ("count", "ones", "zeros", "even", "scaled")
        )
        one, zero = (helper.make_tensor("value", onnx.TensorProto.FLOAT, [1], [v]) for v in (1.0, 0.0))
        nodes += [
            helper.make_node("Shape", [x], [count], start=1, end=2),
            helper.make_node("ConstantOfShape", [count], [ones], value=one),
            helper.make_node("ConstantOfShape", [count], [zeros], value=zero),
            helper.make_node("InstanceNormalization", [x, ones, zeros], [even], epsilon=epsilon),
            helper.make_node("Mul", [even, weight], [scaled]),
            helper.make_node("Add", [scaled, bias], [y]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)


def main() -> None:
    """Export the network of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", type=int, default=SPLIT, help="the layers that read each part by itself")
    parser.add_argument("--contradictions", action="store_true", help="STATE learned contradictions")
    options = parser.parse_args()
    network = PairNetwork(options.split)
    network.load_state_dict(torch.load(options.state, map_location="cpu"))
    (export_contradictions if options.contradictions else export)(network, options.folder)


if __name__ == "__main__":
    main()
