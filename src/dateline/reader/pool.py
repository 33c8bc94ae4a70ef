"""Reading many articles, each by itself and in a bounded time: one that fails, or does not come to its end, takes no other with it.

A reading depends on its article alone, so articles are simply dealt out among processes. These end with the process that
deals out, however that ends, and leave Ctrl-C and the order to stop to it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from dateline.errors import DatelineError
from dateline.reader import Reader
from dateline.reader.model import load
from dateline.records import Article, Reading
from dateline.stop_signals import STOPS, held_back
from dateline.time_limit import OutOfTime, time_limit

P = ParamSpec("P")
T = TypeVar("T")

_reader: Reader | None = None
"""The reader of a worker process; the process that deals out the articles has none."""
WORTH_IT = 24
"""Articles for which processes are started: that takes each of them a second or two, in which one reads some ten."""
_USUAL = 3
"""As many processes where nobody says how many: each holds a model, and the one that writes keeps no more busy."""
_GRACE = 2.0
"""How many times its bound a worker may compute on an article before the system ends it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that the reader failed on, or did not come to the end of, and why."""

    article: Article
    reason: str


def read_each(reader: Reader, articles: Sequence[Article], seconds: float) -> Iterator[Reading | Unread]:
    """The readings of `articles`, in their order; one that computes for longer than `seconds` is unread, 0 is no bound.

    Raises ModelError where the model is missing, for then none can be read.
    """
    return (_read_with(reader.read, article, seconds) for article in articles)


def _read_with(read: Callable[[Article], Reading], article: Article, seconds: float) -> Reading | Unread:
    try:
        with time_limit(seconds):
            return read(article)
    except OutOfTime:
        reason = f"it took more than {seconds:g} seconds of computing; --bound seconds=N gives it more"
        return Unread(article, reason)
    except DatelineError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one article does, the others are read
        return Unread(article, f"{type(error).__name__}: {error}")


def usual_workers() -> int:
    """As many as this process has cores, up to three."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, _USUAL)


class Pool:
    """Worker processes that read articles with the bundled model, one core each, in `seconds` of computing an article (0: no bound).

    A worker that hangs in a library's call ends with it.

    Use it as a context manager. Processes are spawned, so a script that uses it keeps its own work under
    `if __name__ == "__main__":`.
    """

    def __init__(self, workers: int, seconds: float) -> None:
        self._count = workers
        self._seconds = seconds
        self._workers = processes(workers)
        self._has_started = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.shutdown(cancel_futures=kind is not None)

    @property
    def has_started(self) -> bool:
        """True once the processes were given anything to do."""
        return self._has_started

    def read(self, articles: Sequence[Article]) -> Iterator[Reading | Unread]:
        """The readings of `articles`, in their order; an article that ends the process that reads it is unread.

        The processes begin at once, and not when the first reading is asked for.
        """
        return self._read(deque(articles), self._submit_all(articles))

    def read_many(
        self, articles: Sequence[Article], few: Callable[[Sequence[Article]], Iterator[Reading | Unread]]
    ) -> Iterator[Reading | Unread]:
        """As `read`, but by `few` where the processes have not started and it is not worth it."""
        return self.read(articles) if self._has_started or len(articles) >= WORTH_IT else few(articles)

    def _read(
        self, left: deque[Article], waiting: list[Future[Reading | Unread]]
    ) -> Iterator[Reading | Unread]:
        while left:
            try:
                for reading in waiting:
                    found = reading.result()
                    left.popleft()
                    yield found
                # they ended before all were handed out
                self._start_anew()
            except (BrokenProcessPool, CancelledError):
                # one of those that were being read did it: they are read one at a time until all of them are through
                for _ in range(min(len(left), 2 * self._count + 1)):
                    yield self._read_alone(left.popleft())
            waiting = self._submit_all(left)

    def each(self, work: Callable[..., T], given: Iterable[tuple[Any, ...]]) -> Iterator[T | None]:
        """What `work` gives for each of the arguments `given`, in order, a few ahead of the one that is asked for; None for what a process that ended left.

        `work` is a function of a module, that other processes can load.
        """
        waiting: deque[Future[T] | None] = deque()
        for arguments in given:
            waiting.append(self._submit_if_alive(work, arguments))
            if len(waiting) > 3 * self._count:
                yield self._done(waiting.popleft())
        while waiting:
            yield self._done(waiting.popleft())

    def _submit_if_alive(self, work: Callable[..., T], arguments: tuple[Any, ...]) -> Future[T] | None:
        try:
            return self._submit(work, *arguments)
        except BrokenProcessPool:
            return None

    def _done(self, work: Future[T] | None) -> T | None:
        try:
            return work.result() if work else None
        except (BrokenProcessPool, CancelledError):
            return None

    def _submit_all(self, articles: Iterable[Article]) -> list[Future[Reading | Unread]]:
        """As many as the processes take before one of them ends."""
        waiting: list[Future[Reading | Unread]] = []
        with suppress(BrokenProcessPool):
            waiting.extend(self._submit_reading(article) for article in articles)
        return waiting

    def _start_anew(self) -> None:
        self._workers.shutdown(cancel_futures=True)
        self._workers = processes(self._count)

    def _read_alone(self, article: Article) -> Reading | Unread:
        for _ in range(2):
            try:
                return self._submit_reading(article).result()
            except BrokenProcessPool:
                # the first time another article may have done it
                self._start_anew()
        return Unread(article, "the process that read it ended; it may need more memory than there is")

    def _submit_reading(self, article: Article) -> Future[Reading | Unread]:
        return self._submit(read_in_process, article, self._seconds)

    def _submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        self._has_started = True
        return submit(self._workers, work, *arguments)


def processes(count: int) -> ProcessPoolExecutor:
    """Processes that leave orders to stop to the one that waits for them, and end with it; each starts when it is first needed."""
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _start)


def submit(
    workers: ProcessPoolExecutor, work: Callable[P, T], *given: P.args, **named: P.kwargs
) -> Future[T]:
    """Have `workers`, which are `processes`, do some work. Raises BrokenProcessPool where one of them ended."""
    # it is started with the first process, and would let the orders through
    if os.name == "posix":
        resource_tracker.ensure_running()
    with held_back():
        return workers.submit(work, *given, **named)


def _start() -> None:
    """Prepare a worker: orders to stop are for the process that waits for it, and it ends with that."""
    for order in STOPS:
        signal.signal(order, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    threading.Thread(target=_end_with_parent, name="dateline-parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def read_in_process(article: Article, seconds: float) -> Reading | Unread:
    """The reading of `article` with this process's own reader, made at the first; one that computes for longer than `seconds` is unread.

    For the processes of another's pool: one that hangs in a library's call is ended by the system. Raises ModelError where the model is missing.
    """
    with _ended_by_the_system(_GRACE * seconds):
        return _read_with(_read_in_worker, article, seconds)


def _read_in_worker(article: Article) -> Reading:
    global _reader
    if _reader is None:
        # here and not at the start, so that a model that is missing is told to whoever waits
        _reader = Reader(load(threads=1))
    return _reader.read(article)


@contextmanager
def _ended_by_the_system(seconds: float) -> Iterator[None]:
    """End this process where the work takes that much computing, whatever it is at: no handler of Python's has to be reached."""
    if seconds <= 0 or not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
