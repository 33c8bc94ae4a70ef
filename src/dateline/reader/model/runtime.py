"""ONNX Runtime, kept to this machine: the only place that imports it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

# before the import: newer versions look up their maker's host as soon as they are loaded
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime


def session(path: Path, threads: int | None = None) -> Any:
    """An inference session of one file on `threads` cores, all of them by default. Raises whatever the runtime raises."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads if threads is not None else os.cpu_count() or 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
