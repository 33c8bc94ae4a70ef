"""The table of word pieces of small networks, taken out of all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx")
shared_words = pytest.importorskip("training.shared_words")


def save(path: Path, table: str, words: np.ndarray) -> None:
    """A network that looks numbers up in a table."""
    helper = onnx.helper
    graph = helper.make_graph(
        [helper.make_node("Gather", [table, "pieces"], ["found"])],
        "network",
        [helper.make_tensor_value_info("pieces", onnx.TensorProto.INT64, ["n"])],
        [helper.make_tensor_value_info("found", onnx.TensorProto.UINT8, ["n", words.shape[1]])],
        [onnx.numpy_helper.from_array(words, table)],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))


def looked_up(path: Path) -> np.ndarray:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, {"pieces": np.array([3, 1])})[0]


def test_it_is_kept_once_and_all_read_it(tmp_path: Path) -> None:
    words = np.arange(40_000, dtype=np.uint32).astype(np.uint8).reshape(100, 400)
    save(tmp_path / "model.onnx", "network.encoder.words.weight_quantized", words)
    for name in ("segments.onnx", "contradictions.onnx"):
        save(tmp_path / name, "encoder.words.weight_quantized", words)
    shared_words.share(tmp_path)
    content = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert content.keys() == {*shared_words.MODELS, "words.bin"}
    assert content["words.bin"] == words.tobytes()
    for name in shared_words.MODELS:
        assert len(content[name]) < 1000
        assert np.array_equal(looked_up(tmp_path / name), words[[3, 1]])
    # once more, nothing changes
    shared_words.share(tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == content


def test_tables_that_differ_stay_where_they_are(tmp_path: Path) -> None:
    words = np.zeros((100, 400), np.uint8)
    save(tmp_path / "model.onnx", "network.encoder.words.weight_quantized", words)
    save(tmp_path / "segments.onnx", "encoder.words.weight_quantized", words)
    save(tmp_path / "contradictions.onnx", "encoder.words.weight_quantized", words + 1)
    content = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(ValueError, match="not the same"):
        shared_words.share(tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == content
