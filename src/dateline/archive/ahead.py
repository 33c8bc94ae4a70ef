"""Parts of an archive worked out by other processes ahead of whoever takes them, in order and a bounded number at a time."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from dateline.archive import parts
from dateline.errors import SourceError
from dateline.reader import pool

_AHEAD = 8 << 20
"""Bytes of the parts that are under way or waiting, some 900 articles; a part more than there are processes may be in any case."""
_WORTH_IT = 4 << 20
"""Bytes of an archive for which processes are started: they take a second."""
_LOSSES = 3
"""So many times processes that ended are started anew; then the rest is worked out here."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ahead(Generic[T]):
    """What is to be done ahead with what a part holds, by so many processes; `is_new` says of article ids whether any of their part is worth it.

    `work` is given the list of what a part holds, and gives the list that is taken in its place: a function of a module, that other
    processes can load.
    """

    work: Callable[[list[Any]], list[T]]
    workers: int
    is_new: Callable[[Sequence[str]], bool]

    def found(self, held: Sequence[tuple[Path, date]]) -> Iterator[Any]:
        """What parts hold, in their order; as it is where it is little or nothing new, or processes end again and again."""
        if sum(_size(path) for path, _ in held) < _WORTH_IT:
            for path, day in held:
                yield from parts.found(path, day)
            return
        queue = _Queue(self, pool.processes(self.workers))
        try:
            for path, day in held:
                while queue.is_full():
                    yield from queue.take()
                queue.put(path, day)
            while queue.waiting:
                yield from queue.take()
        finally:
            queue.close()


class _Queue:
    """Parts that are under way or waiting to be taken, with the bytes of each and, where processes work at it, what comes of it."""

    def __init__(self, ahead: Ahead[Any], workers: ProcessPoolExecutor) -> None:
        self.waiting: deque[tuple[Path, date, int, Future[bytes] | None]] = deque()
        self._ahead = ahead
        self._workers: ProcessPoolExecutor | None = workers
        self._losses = 0

    def is_full(self) -> bool:
        """True where the next part has to wait."""
        return (
            len(self.waiting) > self._ahead.workers and sum(size for _, _, size, _ in self.waiting) >= _AHEAD
        )

    def put(self, path: Path, day: date) -> None:
        """Have the part at `path` worked out, if it holds anything new."""
        work = self._submit(path, day) if self._is_new(path) else None
        self.waiting.append((path, day, _size(path), work))

    def take(self) -> Iterator[Any]:
        """What came of the first part."""
        path, day, _, work = self.waiting.popleft()
        try:
            done = pickle.loads(work.result()) if work else None
        except BrokenProcessPool:
            self._start_anew()
            done = None
        yield from parts.found(path, day) if done is None else done

    def close(self) -> None:
        """Let the processes end."""
        if self._workers:
            self._workers.shutdown(cancel_futures=True)

    def _is_new(self, path: Path) -> bool:
        try:
            return self._ahead.is_new(parts.ids_in(path))
        except SourceError:
            # it is damaged, which is said when it is taken
            return False

    def _submit(self, path: Path, day: date) -> Future[bytes] | None:
        if self._workers is None:
            return None
        try:
            return pool.submit(self._workers, _worked_out, path, day, self._ahead.work)
        except BrokenProcessPool:
            # those that were under way tell of it when they are taken
            return None

    def _start_anew(self) -> None:
        """Other processes in place of those of which one ended; what they had not done is done again."""
        self.close()
        self._losses += 1
        self._workers = pool.processes(self._ahead.workers) if self._losses < _LOSSES else None
        waiting, self.waiting = self.waiting, deque()
        for path, day, size, work in waiting:
            again = work and (work.cancelled() or work.exception() is not None)
            self.waiting.append((path, day, size, self._submit(path, day) if again else work))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # which is said when it is taken
        return 0


def _worked_out(path: Path, day: date, work: Callable[[list[Any]], list[Any]]) -> bytes:
    """In another process: what comes of a part. As bytes, which take a third of the room until they are wanted."""
    return pickle.dumps(work(list(parts.found(path, day))), pickle.HIGHEST_PROTOCOL)
