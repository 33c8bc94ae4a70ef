"""A notebook in a file of its own, by SQLite."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from glob import escape, glob
from typing import Any

from dateline.errors import NotebookError
from dateline.store.database import Database, Finding, Mend, Values
from dateline.store.lock import FileLock
from dateline.store.readings import pack_text, unpack_text
from dateline.store.sqlite_errors import explain

_PAGE = 1024
"""Bytes of a page of a new file."""
_CANNOT_HOLD = (
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    sqlite3.DataError,
)


class Sqlite(Database):
    """An open file. Not shared between threads."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        lock: FileLock | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        self._connection = connection
        self.name = name
        self.lock = lock or FileLock(name)
        self.read_only = read_only

    def execute(self, statement: str, values: Values = (), /) -> Any:
        return self._connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Values], /) -> Any:
        return self._connection.executemany(statement, rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        marks = ", ".join("?" * len(columns))
        try:
            self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        except _CANNOT_HOLD as error:
            raise ValueError(str(error)) from error

    def index_words(self, texts: Iterable[tuple[int, str | None, str]]) -> None:
        """Triggers of the schema do so."""

    def cannot_write(self) -> NotebookError:
        return explain(self.name, sqlite3.OperationalError("readonly"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
        except sqlite3.Error as error:
            raise explain(self.name, error) from error

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self.in_transaction:
            yield
            return
        try:
            self._connection.execute("BEGIN")
        except sqlite3.Error as error:
            raise explain(self.name, error) from error
        try:
            yield
        finally:
            self._connection.rollback()

    def search(self, query: str, first: date, last: date, limit: int) -> list[tuple[str, float]]:
        rows = self._connection.execute(
            "SELECT article.id, bm25(article_words, 4.0, 1.0) AS rank FROM article_words JOIN article ON article.row = article_words.rowid"
            " WHERE article_words MATCH ? AND published >= ? AND published <= ? ORDER BY rank, article.id LIMIT ?",
            (query, first.isoformat(), last.isoformat(), limit),
        )
        return [(row[0], row[1]) for row in rows]

    def look_over(self) -> Iterator[Finding]:
        damaged = list(self._pages())
        yield from damaged
        if any(found.mend == "copy" for found in damaged):
            return
        for look in (self._references, self._words):
            try:
                yield from look()
            except sqlite3.DatabaseError as error:
                yield Finding("file", str(error), "copy")
                return

    def _pages(self) -> Iterator[Finding]:
        try:
            told = [row[0] for row in self._connection.execute("PRAGMA integrity_check(20)")]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            yield Finding("file", str(error), "copy")
            return
        for line in told:
            if line != "ok":
                only_index = "missing from index" in line or "wrong # of entries in index" in line
                yield Finding("file", line, "index" if only_index else "copy")

    def _references(self) -> Iterator[Finding]:
        for table, row, parent, _ in self._connection.execute("PRAGMA foreign_key_check").fetchmany(20):
            mend: Mend = "file" if table in ("filing", "membership") else "copy"
            yield Finding(f"{table} {row}", f"points at nothing in {parent}", mend)

    def _words(self) -> Iterator[Finding]:
        """The full-text index against the articles; it can be looked at only where it could be written."""
        try:
            with self._connection:
                self._connection.execute(
                    "INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)"
                )
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error) and "locked" not in str(error):
                raise
        except sqlite3.DatabaseError as error:
            yield Finding("full-text search", str(error), "index")

    def make_indexes(self) -> None:
        with self._connection:
            self._connection.execute("REINDEX")
            self._connection.execute("INSERT INTO article_words (article_words) VALUES ('rebuild')")

    def own_files(self) -> frozenset[str]:
        """The file, and those that stand beside it: journal, lock, copies of older versions."""
        beside = (f"{self.name}{end}" for end in ("", "-wal", "-shm", "-journal", "-lock"))
        copies = glob(f"{escape(self.name)}.*")
        return frozenset(map(os.path.realpath, (*beside, *copies)))

    def close(self) -> None:
        self._connection.close()


def prepare(connection: sqlite3.Connection) -> None:
    """Set a connection to a notebook up."""
    # of a file that is made: what lies in pages leaves half a page empty on average
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("PRAGMA foreign_keys = ON")
    # kibibytes: a batch's names and ids go to pages all over the file
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA synchronous = NORMAL")
    # nothing of a notebook is left lying in the system's folder for temporary files
    connection.execute("PRAGMA temp_store = MEMORY")
    # a damaged page is found out where it is read
    connection.execute("PRAGMA cell_size_check = ON")
    # what the full-text index of the schema calls
    connection.execute("PRAGMA trusted_schema = ON")
    connection.create_function("packed_text", 1, pack_text, deterministic=True)
    connection.create_function("unpacked_text", 1, unpack_text, deterministic=True)
