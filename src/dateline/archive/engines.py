"""Engines: what reads the tasks of an archive. Whichever does, the readings are the same."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from dateline.archive.sorting import Task
from dateline.errors import SourceError
from dateline.reader.pool import Pool, Unread, read_in_process
from dateline.records import Article, Reading
from dateline.sources import Bounds, read_english
from dateline.sources.extras import needed_for

Results = list[Reading | Unread]
SECONDS = Bounds().seconds
_KNOCK = 10.0
"""Seconds in which a cluster has to answer."""
_TRIES = 3
"""How often a task is given out anew whose process ended, before its articles are read one at a time."""


class Engine(Protocol):
    """Reads tasks, some at once; gives each with its readings as it is done."""

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Results]]:
        """Each task with what was read of its articles, in their order; tasks in any order."""
        ...


class LocalEngine:
    """Processes of this machine, a core each, in `seconds` of computing an article (0: no bound)."""

    def __init__(self, workers: int = 1, seconds: float = SECONDS) -> None:
        self._workers, self._seconds = workers, seconds

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Results]]:
        """As `Engine`."""
        with Pool(self._workers, self._seconds) as pool:
            for task in tasks:
                yield task, list(read_english(task.articles, pool.read))


class RayEngine:
    """A cluster of Ray: that at `address`, else one of `workers` processes that ends with this one.

    A task whose process or machine is lost is given out anew. On the machines of a cluster the same version of dateline has to be installed.
    Raises SourceError where Ray is not installed, or no cluster answers at `address`.
    """

    def __init__(self, workers: int = 1, seconds: float = SECONDS, address: str | None = None) -> None:
        with needed_for("the engine ray", "ray"):
            import ray  # noqa: F401
        self._workers, self._seconds, self._address = workers, seconds, address

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Results]]:
        """As `Engine`."""
        import ray

        with _cluster(self._workers, self._address):
            read = ray.remote(num_cpus=1, max_retries=_TRIES)(_read_all)
            at_once = 2 * max(int(ray.cluster_resources().get("CPU", 1)), 1)
            running: dict[Any, Task] = {}
            left = True
            while left or running:
                while left and len(running) < at_once:
                    task = next(tasks, None)
                    if task is None:
                        left = False
                    else:
                        running[read.remote(task.articles, self._seconds)] = task
                for done in ray.wait(list(running), num_returns=1)[0] if running else ():
                    yield running[done], self._result(done, running.pop(done))

    def _result(self, done: Any, task: Task) -> Results:
        import ray

        try:
            results: Results = ray.get(done)
        except ray.exceptions.WorkerCrashedError:
            return list(read_english(task.articles, lambda english: map(self._alone, english)))
        return results

    def _alone(self, article: Article) -> Reading | Unread:
        """One article in a process of its own: it may be the one that ended the others."""
        import ray

        read = ray.remote(num_cpus=1, max_retries=1)(_read_all)
        try:
            return ray.get(read.remote([article], self._seconds))[0]  # type: ignore[no-any-return]
        except ray.exceptions.WorkerCrashedError:
            return Unread(article, "the process that read it ended; it may need more memory than there is")


def _read_all(articles: Sequence[Article], seconds: float) -> Results:
    return list(read_english(articles, lambda english: (read_in_process(a, seconds) for a in english)))


@contextmanager
def _cluster(workers: int, address: str | None) -> Iterator[None]:
    """Connected to the cluster at `address`, or to one of this machine's that is made for it."""
    import ray

    # dateline opens no connection that it was not asked for
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address is not None:
        _knock(address)
    try:
        if address is None:
            ray.init(
                num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR
            )
        else:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ValueError) as error:
        raise SourceError(f"{address}: no cluster of Ray answers there ({error})") from error
    try:
        yield
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raises SourceError where nothing listens at HOST:PORT: Ray itself tries for many minutes. Other forms of address are Ray's to judge."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host, int(port)), timeout=_KNOCK).close()
    except (OSError, OverflowError) as error:
        raise SourceError(f"{address}: no cluster of Ray answers there ({error})") from error
