"""ONNX Runtime, kept to this machine: the only place that imports it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

# before it is imported: newer versions look up their maker's host as soon as they are loaded
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

Feeds = Mapping[str, Any]


class Session:
    """One file's network. Each pass runs on one core, and so many passes at once as it was given threads.

    A pass is too short to be shared out among cores: their waiting for each other costs more than it gains.
    """

    def __init__(self, path: Path, threads: int | None = None) -> None:
        """Load the file. `threads`: cores in use, all of them by default. Raises whatever the runtime raises."""
        # it takes as long to load as all of dateline, and most commands need no network
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # nearly every pass is of another size, and what would be planned for each is kept for ever
        options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._threads = threads if threads is not None else os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._threads) if self._threads > 1 else None
        self.outputs: tuple[str, ...] = tuple(output.name for output in self._session.get_outputs())

    def run(self, feeds: Feeds) -> list[Any]:
        """One pass: the arrays of `outputs`."""
        return cast(list[Any], self._session.run(None, feeds))

    def run_each(self, inputs: Iterable[Feeds]) -> Iterator[list[Any]]:
        """What `run` gives of each of `inputs`, in order; a few are under way ahead of the one that is looked at."""
        if self._pool is None:
            yield from map(self.run, inputs)
            return
        ahead: deque[Future[list[Any]]] = deque()
        for feeds in inputs:
            ahead.append(self._pool.submit(self.run, feeds))
            if len(ahead) > 2 * self._threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
