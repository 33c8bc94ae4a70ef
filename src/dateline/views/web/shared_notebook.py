"""The notebook as the web page uses it: one connection a thread, and a thread that works out what is asked for first."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from queue import Queue
from typing import Any, TypeVar

from dateline.errors import DatelineError
from dateline.notebook import Notebook, RecentViews, open_notebook

T = TypeVar("T")
_LISTS = 12
_log = logging.getLogger(__name__)


class SharedNotebook:
    """A notebook file that many threads read. Close it when done."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._recent = RecentViews(most=2000)
        self._local = threading.local()
        self._opened: list[Notebook] = []
        self._lists: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()
        self._wanted: Queue[date | None] = Queue()
        self._waiting: set[date | None] = set()
        self._thread: threading.Thread | None = None
        self._open().close()

    def _open(self) -> Notebook:
        return open_notebook(self.path, must_exist=True, recent=self._recent)

    @contextmanager
    def notebook(self) -> Iterator[Notebook]:
        """The notebook as it is at one moment. Raises NotebookError where it cannot be read."""
        book: Notebook | None = getattr(self._local, "book", None)
        if book is None:
            book = self._local.book = self._open()
        with book.snapshot():
            yield book

    def kept(self, book: Notebook, name: str, day: date | None, make: Callable[[], T]) -> T:
        """What `make` gives, kept until articles are filed or the day of the view is another: for lists over all stories."""
        key = (name, day or book.view_day(), book.filings())
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                found: T = self._lists[key]
                return found
        made = make()
        with self._lock:
            self._lists[key] = made
            while len(self._lists) > _LISTS:
                self._lists.popitem(last=False)
        return made

    def refresh_views(self, day: date | None) -> None:
        """Have the stories as of `day` worked out, in the background."""
        with self._lock:
            if day not in self._waiting:
                self._waiting.add(day)
                self._wanted.put(day)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="dateline-views", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            day = self._wanted.get()
            try:
                with self._open() as book:
                    book.refresh_views(as_of=day)
            except DatelineError as error:
                # somebody else is writing: pages show what there is, and ask again
                _log.warning("%s", error)
            except Exception:  # noqa: BLE001 - the log has it, and the thread goes on
                # the next page that asks has it tried again
                _log.exception("working out the stories failed")
            finally:
                with self._lock:
                    self._waiting.discard(day)
