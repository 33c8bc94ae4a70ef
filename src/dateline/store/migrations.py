"""The schema's version, and the steps from one to the next, each notebook's in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import NotebookError
from dateline.lazy_modules import LazyModule
from dateline.store.readings import insert_records, rewrite
from dateline.store.sqlite import Sqlite

if TYPE_CHECKING:
    import numpy as np

    from dateline.store import older_readings, probabilities
else:
    # for notebooks of older versions
    np = LazyModule("numpy")
    older_readings = LazyModule("dateline.store.older_readings")
    probabilities = LazyModule("dateline.store.probabilities")

# written into every notebook ("dtln"), so that another program's database is not mistaken for one
APPLICATION_ID = 0x64746C6E
_AT_ONCE = 200


def _create(connection: sqlite3.Connection) -> None:
    _run(connection, files("dateline.store").joinpath("schema.sql").read_text(encoding="utf-8"))


def _add_sheets(connection: sqlite3.Connection) -> None:
    _run(
        connection,
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
        """,
    )


def _add_troubles(connection: sqlite3.Connection) -> None:
    _run(
        connection,
        """
        CREATE TABLE trouble ( -- what could not be done with an article, which is kept and shown as far as it goes
            article INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
            stage   TEXT NOT NULL CHECK (stage IN ('reading', 'filing')),
            reason  TEXT NOT NULL,
            PRIMARY KEY (article, stage)
        ) WITHOUT ROWID;
        """,
    )


def _add_visits(connection: sqlite3.Connection) -> None:
    _run(
        connection,
        """
        ALTER TABLE article ADD COLUMN dated_by TEXT; -- how its day was found
        CREATE TABLE visit ( -- what a server said of an address when it was last fetched
            address  TEXT PRIMARY KEY,
            etag     TEXT,
            modified TEXT
        ) WITHOUT ROWID;
        """,
    )


def _add_verdicts(connection: sqlite3.Connection) -> None:
    _run(
        connection,
        """
        CREATE TABLE verdict ( -- what a model answered of two texts, so that it is never asked twice
            key    BLOB PRIMARY KEY, -- digest of the model, the kind and both texts
            kind   TEXT NOT NULL,
            answer BLOB NOT NULL -- probabilities, in the order of the kind's answers
        ) WITHOUT ROWID;
        """,
    )


def _add_edits(connection: sqlite3.Connection) -> None:
    _run(
        connection,
        """
        CREATE TABLE placing ( -- articles that an editor put into a story by name
            article INTEGER PRIMARY KEY REFERENCES article (row) ON DELETE CASCADE,
            name    TEXT NOT NULL
        );
        CREATE INDEX placing_name ON placing (name);
        CREATE TABLE removal ( -- ids of articles that an editor took out, so that a feed does not bring them back
            article TEXT PRIMARY KEY
        ) WITHOUT ROWID;
        """,
    )


def _pack_readings(connection: sqlite3.Connection) -> None:
    """Put what was read in each article into one value, in place of a row a record."""
    _run(
        connection,
        """
        CREATE TABLE reading ( -- all that was read in an article
            article    INTEGER PRIMARY KEY REFERENCES article (row) ON DELETE CASCADE,
            records    BLOB NOT NULL, -- MessagePack, compressed
            dimensions INTEGER,
            vectors    BLOB -- a whole number a dimension, row after row, one a sentence; compressed
        );
        CREATE TABLE name ( -- the names in articles, to be sought by
            entity  TEXT NOT NULL,
            kind    TEXT NOT NULL,
            article INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
            PRIMARY KEY (entity, kind, article)
        ) WITHOUT ROWID;
        """,
    )
    for rows in _articles(connection):
        insert_records(Sqlite(connection, ":memory:"), older_readings.select(connection, rows).items())
    for table in older_readings.TABLES:
        connection.execute(f"DROP TABLE {table}")
    # views were made of finer vectors
    connection.execute("DELETE FROM sheet")
    connection.execute("INSERT INTO filing_run DEFAULT VALUES")


def _add_pieces(connection: sqlite3.Connection) -> None:
    _run(
        connection,
        """
        DROP TABLE checkpoint; -- filing makes it anew
        CREATE TABLE checkpoint ( -- the shelf as it stood at the close of a day
            day    TEXT PRIMARY KEY,
            pieces BLOB NOT NULL -- digests of 16 bytes
        ) WITHOUT ROWID;
        CREATE TABLE piece ( -- of checkpoints; with row numbers, as the leaves of such a table are the fuller
            row    INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            data   BLOB NOT NULL -- compressed
        );
        -- a state of nothing, from which filing sees that it must begin again
        INSERT INTO checkpoint SELECT min(published), x'' FROM article HAVING count(*) > 0;
        """,
    )


def _press(connection: sqlite3.Connection) -> None:
    """Compress texts. `packed_text` and `unpacked_text` are the program's (opening.py)."""
    _run(
        connection,
        """
        DROP TRIGGER article_added;
        DROP TRIGGER article_removed;
        DROP TABLE article_words;
        UPDATE article SET text = packed_text(text);
        CREATE VIEW article_text AS SELECT row, title, unpacked_text(text) AS text FROM article;
        CREATE VIRTUAL TABLE article_words USING fts5 (title, text, content = 'article_text', content_rowid = 'row', tokenize = 'porter unicode61 remove_diacritics 2');
        CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
            INSERT INTO article_words (rowid, title, text) VALUES (new.row, new.title, unpacked_text(new.text));
        END;
        CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
            INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.row, old.title, unpacked_text(old.text));
        END;
        INSERT INTO article_words (article_words) VALUES ('rebuild');
        """,
    )


def _press_readings(connection: sqlite3.Connection) -> None:
    """Write texts, what was read and what a model answered as they are kept now."""
    connection.execute("UPDATE article SET text = packed_text(unpacked_text(text))")
    for rows in _articles(connection):
        rewrite(connection, rows)
    connection.create_function("pressed", 1, lambda answer: probabilities.pack(np.frombuffer(answer, "<f8")))
    connection.execute("UPDATE verdict SET answer = pressed(answer)")
    # views were made of finer vectors
    connection.execute("DELETE FROM sheet")
    connection.execute("INSERT INTO filing_run DEFAULT VALUES")


def _add_affairs(connection: Any) -> None:
    _run(
        connection,
        """
        CREATE TABLE affairs ( -- those of the last day, as they are listed
            day     TEXT PRIMARY KEY,
            filings INTEGER NOT NULL, -- the number of the notebook that they were linked in
            version TEXT NOT NULL, -- of what linked them
            data    BLOB NOT NULL
        ) WITHOUT ROWID;
        """,
    )


def _keep_listings(connection: Any) -> None:
    _run(
        connection,
        """
        DROP TABLE affairs;
        CREATE TABLE listing ( -- the stories of the last day and their affairs, as they are listed
            day     TEXT PRIMARY KEY,
            filings INTEGER NOT NULL, -- the number of the notebook that it was made of
            version TEXT NOT NULL, -- of what made it
            data    BLOB NOT NULL
        ) WITHOUT ROWID;
        """,
    )


def _articles(connection: sqlite3.Connection) -> Iterator[list[int]]:
    """The rows of the articles, some at a time."""
    rows = [row for (row,) in connection.execute("SELECT row FROM article ORDER BY row")]
    yield from (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))


# MIGRATIONS[n] takes a notebook from version n to n + 1. Those up to version 9 are given files alone; later ones a file or PostgreSQL's
# (`Connection` in database.py), where a notebook is made as of the version of that day
MIGRATIONS: tuple[Callable[[Any], None], ...] = (
    _create,
    _add_sheets,
    _add_troubles,
    _add_visits,
    _add_verdicts,
    _add_edits,
    _pack_readings,
    _add_pieces,
    _press,
    _press_readings,
    _add_affairs,
    _keep_listings,
)
CURRENT = len(MIGRATIONS)


def _run(connection: Any, script: str) -> None:
    """Execute each statement of `script`. Unlike `executescript` this does not end the transaction that is open."""
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def version_of(connection: sqlite3.Connection, name: str) -> int:
    """The version of a notebook's schema, 0 for a file that holds nothing yet.

    Raises NotebookError where it is newer than this program, or is no notebook.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or version):
        raise NotebookError(f"{name}: this is a database of another program, not a dateline notebook")
    return known_version(version, name)


def known_version(version: int, name: str) -> int:
    """`version` of a notebook's schema. Raises NotebookError where it is newer than this program."""
    if version > CURRENT:
        raise NotebookError(
            f"{name}: this notebook was written by a newer dateline; update dateline to open it"
        )
    return version


def migrate(connection: sqlite3.Connection, name: str) -> Path | None:
    """Bring a notebook to this version's schema, all steps in one transaction; call it with the writer's lock held.

    A notebook of an older version is copied first; returns where the copy is. Raises NotebookError as `version_of` does.
    """
    version = version_of(connection, name)
    if version == CURRENT:
        return None
    backup = _copy(connection, name, version) if version else None
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for step in MIGRATIONS[version:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {CURRENT:d}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    return backup


def _copy(connection: sqlite3.Connection, name: str, version: int) -> Path | None:
    """Copy a notebook as it is to a file beside it that is not there yet. None for one in memory."""
    if name == ":memory:":
        return None
    base = f"{name}.version-{version}"
    number = 1
    while (path := Path(base if number == 1 else f"{base}-{number}")).exists():
        number += 1
    unfinished = path.with_name(path.name + ".part")
    try:
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return path
