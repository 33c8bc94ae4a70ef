"""Reading with several processes: a reading depends on its article alone, so articles are simply dealt out."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType

from dateline.reader import Reader, network
from dateline.records import Article, Reading

_reader: Reader | None = None
"""The reader of a worker process; the process that deals out the articles has none."""


def _start() -> None:
    """Prepare a worker: a model of its own on one core; Ctrl-C is for the process that waits for it."""
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _reader = Reader(network.load(threads=1))


def _read(article: Article) -> Reading:
    assert _reader is not None
    return _reader.read(article)


class Pool:
    """Worker processes that read articles with the bundled model, one core each.

    Use it as a context manager. Processes are spawned, so a script that uses it keeps its own work under
    `if __name__ == "__main__":`.
    """

    def __init__(self, workers: int) -> None:
        self._workers = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.shutdown(cancel_futures=kind is not None)

    def read(self, articles: Sequence[Article]) -> Iterator[Reading]:
        """The readings of `articles`, in their order."""
        waiting: list[Future[Reading]] = [self._workers.submit(_read, article) for article in articles]
        for reading in waiting:
            yield reading.result()
