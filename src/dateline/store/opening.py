"""From a path to an open notebook file: made where there is none, brought up to date where it is older, only read where nothing can be
written."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from dateline.errors import NotebookError
from dateline.store.faults import explained
from dateline.store.lock import WAIT, FileLock, Told
from dateline.store.migrations import CURRENT, migrate, version_of
from dateline.store.readings import pack_text, unpack_text
from dateline.store.sqlite import Sqlite
from dateline.store.store import Store

_BUSY = 30.0
"""Seconds that a statement waits for another process's transaction."""
_SWITCH = 5.0
"""Seconds to try for the journal that lets readers and a writer work side by side."""


def open_store(
    path: str | Path, *, must_exist: bool = False, wait: float = WAIT, waiting: Told | None = None
) -> Store:
    """Open or make a notebook file. Where another process writes to it a writer waits up to `wait` seconds and tells `waiting` who.

    A notebook where nothing can be written is opened to be read. Raises NotebookError where it cannot be opened, saying why.
    """
    name = str(path)
    _look_at(name, must_exist)
    read_only = name != ":memory:" and not _can_write(name)
    lock = FileLock(name)
    connection: sqlite3.Connection | None = None
    backup = None
    try:
        with explained(name):
            connection = _connect_to_read(name) if read_only else sqlite3.connect(name, timeout=_BUSY)
            _set_up(connection)
            version = version_of(connection, name)
            if version == 0 and must_exist:
                raise _holds_nothing(name)
            if version < CURRENT and read_only:
                raise NotebookError(
                    f"{name}: this notebook was written by an older dateline and cannot be brought up to date here; "
                    "copy it to a folder you can write to"
                )
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
        f"{name}: this file holds no notebook yet; put reports in with `dateline add PATH... --notebook {name}`"
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


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    # nothing of a notebook is left lying in the system's folder for temporary files
    connection.execute("PRAGMA temp_store = MEMORY")
    # a damaged page is found out where it is read
    connection.execute("PRAGMA cell_size_check = ON")
    # what the full-text index of the schema calls
    connection.execute("PRAGMA trusted_schema = ON")
    connection.create_function("packed_text", 1, pack_text, deterministic=True)
    connection.create_function("unpacked_text", 1, unpack_text, deterministic=True)


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
