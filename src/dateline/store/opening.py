"""From a path to an open notebook file: made where there is none, brought up to date where it is older, only read where nothing can be
written."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from dateline.errors import NotebookError
from dateline.store.addresses import is_address, shown_name
from dateline.store.lock import WAIT, FileLock, Notice
from dateline.store.migrations import CURRENT, migrate, version_of
from dateline.store.sqlite import Sqlite, prepare
from dateline.store.sqlite_errors import explained
from dateline.store.store import Store

_BUSY = 30.0
"""Seconds that a statement waits for another process's transaction."""
_SWITCH = 5.0
"""Seconds to try for the journal that lets readers and a writer work side by side."""


def open_store(
    path: str | Path, *, must_exist: bool = False, wait: float = WAIT, waiting: Notice | None = None
) -> Store:
    """Open or make a notebook, a file or (by an address) one in PostgreSQL. Where another process writes to it a writer waits up to `wait` seconds and tells `waiting` who.

    A notebook where nothing can be written is opened to be read. Raises NotebookError where it cannot be opened, saying why.
    """
    name = str(path)
    if is_address(name):
        return _open_shared(name, must_exist, wait, waiting)
    _look_at(name, must_exist)
    read_only = name != ":memory:" and not _can_write(name)
    lock = FileLock(name)
    connection: sqlite3.Connection | None = None
    backup = None
    try:
        with explained(name):
            connection = _connect_to_read(name) if read_only else sqlite3.connect(name, timeout=_BUSY)
            prepare(connection)
            version = version_of(connection, name)
            if version == 0 and must_exist:
                raise _holds_nothing(name)
            if version < CURRENT and read_only:
                raise _older(name, "copy it to a folder you can write to")
            if not read_only and (version < CURRENT or not _side_by_side(connection)):
                lock.take(wait, waiting)
                try:
                    backup = migrate(connection, name)
                    _switch_journal(connection)
                finally:
                    lock.release()
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    database = Sqlite(connection, name, lock, read_only=read_only)
    return Store(database, wait=wait, waiting=waiting, backup=backup)


def _open_shared(address: str, must_exist: bool, wait: float, waiting: Notice | None) -> Store:
    try:
        from dateline.store.postgres import Postgres
    except ImportError as error:
        raise NotebookError(
            f"{shown_name(address)}: a notebook in PostgreSQL needs the library psycopg ({error}); "
            "install it from a checkout of dateline with `pip install '.[postgres]'`"
        ) from error
    database = Postgres(address)
    try:
        version = database.version()
        if version == 0 and must_exist:
            raise _holds_nothing(database.name)
        if version < CURRENT and database.read_only:
            if version == 0:
                raise _holds_nothing(database.name)
            raise _older(database.name, "open it once as a user that may write to it")
        if version < CURRENT:
            database.lock.take(wait, waiting)
            try:
                database.migrate()
            finally:
                database.lock.release()
    except BaseException:
        database.close()
        raise
    return Store(database, wait=wait, waiting=waiting)


def _older(name: str, way_out: str) -> NotebookError:
    return NotebookError(
        f"{name}: this notebook was written by an older dateline and cannot be brought up to date here; {way_out}"
    )


def _look_at(name: str, must_exist: bool) -> None:
    """Refuse what can be seen to be no notebook without opening it."""
    if name == ":memory:":
        return
    path = Path(name)
    if path.is_dir():
        raise NotebookError(f"{name}: this is a folder; give the notebook a file name")
    if not path.exists():
        if must_exist:
            raise NotebookError(
                f"{name}: there is no such notebook; make one with `dateline add PATH... --notebook {name}`"
            )
        return
    if not path.is_file():
        raise NotebookError(f"{name}: this is no file; give another name with --notebook")
    if must_exist and path.stat().st_size == 0:
        raise _holds_nothing(name)


def _holds_nothing(name: str) -> NotebookError:
    return NotebookError(
        f"{name}: holds no notebook yet; put reports in with `dateline add PATH... --notebook {name}`"
    )


def _can_write(name: str) -> bool:
    path = Path(name)
    folder_is_open = os.access(path.parent, os.W_OK) or not path.exists()
    return folder_is_open and (not path.exists() or os.access(path, os.W_OK))


def _connect_to_read(name: str) -> sqlite3.Connection:
    """Open what cannot be written. SQLite's journal for readers beside a writer needs a file, unless nobody writes."""
    address = Path(name).resolve().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=_BUSY)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        left = Path(name + "-wal")
        if left.exists() and left.stat().st_size:
            raise NotebookError(
                f"{name}: what was written last stands in {left.name} beside it, which cannot be taken in here; "
                "copy both to a folder you can write to"
            ) from error
        return sqlite3.connect(f"{address}?immutable=1", uri=True, timeout=_BUSY)
    return connection


def _side_by_side(connection: sqlite3.Connection) -> bool:
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(mode) in ("wal", "memory")


def _switch_journal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side (WAL) from now on, as soon as nobody looks for a moment."""
    until = time.monotonic() + _SWITCH
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= until:
                raise
            time.sleep(0.05)
        else:
            return
