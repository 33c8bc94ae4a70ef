"""What an exported network keeps in half precision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
pytest.importorskip("torch")

from onnx import helper, numpy_helper  # noqa: E402
from training.export import halve  # noqa: E402


def test_a_large_float_matrix_is_kept_in_half_and_gives_nearly_the_same(tmp_path: Path) -> None:
    import onnxruntime

    random = np.random.default_rng(5)
    large, small = (random.standard_normal((40, n)).astype(np.float32) for n in (30, 2))
    value = onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "large"], ["y"]),
            helper.make_node("MatMul", ["x", "small"], ["z"]),
        ],
        "two",
        [helper.make_tensor_value_info("x", value, [1, 40])],
        [helper.make_tensor_value_info(name, value, None) for name in "yz"],
        [numpy_helper.from_array(large, "large"), numpy_helper.from_array(small, "small")],
    )
    path = tmp_path / "two.onnx"
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), str(path))
    x = random.standard_normal((1, 40)).astype(np.float32)
    halve(path, least=100)
    kept = {i.name: i.data_type for i in onnx.load(str(path)).graph.initializer}
    assert kept == {"large_half": onnx.TensorProto.FLOAT16, "small": value}
    y, z = onnxruntime.InferenceSession(str(path)).run(None, {"x": x})
    assert np.allclose(y, x @ large, atol=0.05)
    assert not np.array_equal(y, x @ large)
    assert np.allclose(z, x @ small, atol=1e-5)
