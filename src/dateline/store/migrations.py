"""The schema's version, and the steps from one to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.resources import files

from dateline.errors import NotebookError

# written into every notebook ("dtln"), so that another program's database is not mistaken for one
APPLICATION_ID = 0x64746C6E


def _create(connection: sqlite3.Connection) -> None:
    connection.executescript(files("dateline.store").joinpath("schema.sql").read_text(encoding="utf-8"))


def _add_sheets(connection: sqlite3.Connection) -> None:
    connection.executescript(
        """
        CREATE TABLE filing_run ( -- a row for each time that articles were filed
            number INTEGER PRIMARY KEY AUTOINCREMENT
        );
        CREATE TABLE sheet ( -- what is shown of a story, from the close of the day on which its articles last changed
            story   TEXT NOT NULL,
            day     TEXT NOT NULL,
            version TEXT NOT NULL, -- of what worked it out
            brief   BLOB NOT NULL,
            data    BLOB, -- kept for the last day alone
            PRIMARY KEY (story, day)
        ) WITHOUT ROWID;
        """
    )


# MIGRATIONS[n] takes a notebook from version n to n + 1
MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_create, _add_sheets)


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Bring the notebook to this version's schema. Raises NotebookError where it is newer, or is no notebook."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or version):
        raise NotebookError(f"{name}: this is a database of another program, not a dateline notebook")
    if version > len(MIGRATIONS):
        raise NotebookError(
            f"{name}: this notebook was written by a newer dateline; update dateline to open it"
        )
    for number in range(version, len(MIGRATIONS)):
        MIGRATIONS[number](connection)
        connection.execute(f"PRAGMA user_version = {number + 1:d}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.commit()
