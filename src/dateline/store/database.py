"""What a store asks of the database that holds a notebook: one module a kind, `sqlite.py` and `postgres.py`.

Statements are written once, in what both understand: `?` or `?1` for a value, days as ISO text, no order that is not said. Text is
compared byte by byte, and LIKE passes over the case of ASCII letters.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

from dateline.errors import NotebookError
from dateline.store.lock import WriterLock

T = TypeVar("T")
Mend = Literal["copy", "index", "read", "file", "views"]
Values = Sequence[Any]

# the limits on bound values are far higher; this keeps statements short
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a notebook, and how it is mended.

    `copy`: what can be read is put into a new file; `index`: indexes are made anew; `read`: the article `about` is read again;
    `file`: stories are made anew; `views`: what is shown is worked out anew.
    """

    about: str
    wrong: str
    mend: Mend


class Connection(Protocol):
    """What statements are given to; `sqlite3.Connection` is one. A cursor of DB-API 2.0 comes back."""

    def execute(self, statement: str, values: Values = ..., /) -> Any:
        """Run one statement."""

    def executemany(self, statement: str, rows: Iterable[Values], /) -> Any:
        """Run one statement for each of `rows`."""


class Database(ABC):
    """The database of an open notebook. `name` is what people know it by, `read_only` says that nothing can be written.

    `lock` is the right to add, which one process has at a time.
    """

    name: str
    read_only: bool
    lock: WriterLock

    @abstractmethod
    def execute(self, statement: str, values: Values = (), /) -> Any:
        """Run one statement."""

    @abstractmethod
    def executemany(self, statement: str, rows: Iterable[Values], /) -> Any:
        """Run one statement for each of `rows`."""

    @abstractmethod
    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        """Put rows into a table at once. Raises ValueError where it cannot hold one of them."""

    @abstractmethod
    def index_words(self, texts: Iterable[tuple[int, str | None, str]]) -> None:
        """Have articles found by their words, each given by row, title and text."""

    @abstractmethod
    def cannot_write(self) -> NotebookError:
        """The error for one who would write and may not."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside happen together or not at all, one transaction at a time. Raises NotebookError where nothing can be written."""

    @property
    @abstractmethod
    def in_transaction(self) -> bool:
        """True within a transaction or a snapshot."""

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Inside a transaction: what is written inside is taken back where an error leaves the block."""
        self.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            # the whole is taken back already where a disk is full, or the server gone
            if self.in_transaction:
                self.execute("ROLLBACK TO attempt")
                self.execute("RELEASE attempt")
            raise
        self.execute("RELEASE attempt")

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """All reads inside see the notebook as it is at the first of them, whoever writes to it meanwhile."""

    @abstractmethod
    def search(self, query: str, first: date, last: date, limit: int) -> list[tuple[str, float]]:
        """Ids of articles of [first, last] with their rank (lower is better) for a query as FTS5 writes them, the best first."""

    @abstractmethod
    def look_over(self) -> Iterator[Finding]:
        """What the database's own means find wrong with pages, references and indexes."""

    @abstractmethod
    def make_indexes(self) -> None:
        """Make every index anew, that of the full-text search too."""

    @abstractmethod
    def own_files(self) -> frozenset[str]:
        """The real paths of all files that hold the notebook, as far as they lie on this machine."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""


def any_of(values: Sequence[object]) -> str:
    """What stands in a statement for a list of `values`."""
    return f"({', '.join('?' * len(values))})"


def rows_in(connection: Connection, statement: str, values: Sequence[object]) -> Iterator[Any]:
    """The rows of a statement that ends where a list of `values` stands ("… WHERE id IN"), as many values at a time as it takes."""
    for some in chunks(values):
        yield from connection.execute(f"{statement} {any_of(some)}", some)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """`values` in order, as many at a time as a statement takes."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
