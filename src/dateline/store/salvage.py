"""Saving what can be read of a damaged notebook into a new file; the damaged one is kept as it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from dateline.consistency import wrong_with
from dateline.errors import NotebookError
from dateline.records import Article, Reading
from dateline.store.migrations import APPLICATION_ID
from dateline.store.opening import open_store
from dateline.store.readings import select, select_articles
from dateline.store.sqlite_errors import explained
from dateline.store.store import Store


def save_what_can_be_read(name: str) -> tuple[Path, int, list[str]]:
    """Put the articles of a damaged notebook that can still be read, with what was read in them, into a new file in its place.

    Returns the path under which the damaged file is kept, how many articles were saved, and the ids of those that must be
    read again. Raises NotebookError where the file is no notebook, or no article of it can be read.
    """
    fresh = Path(name + ".mended")
    fresh.unlink(missing_ok=True)
    unread: list[str] = []
    saved = 0
    with closing(sqlite3.connect(name)) as damaged, closing(open_store(fresh)) as store:
        with explained(name):
            (application,) = damaged.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise NotebookError(f"{name}: this file is not a dateline notebook; nothing in it can be mended")
        for article, reading in _articles(damaged):
            if reading is None or not reading.sentences:
                unread.append(article.id)
            refused = store.save([reading or Reading(article)])
            saved += not refused
        _keep_edits(damaged, store)
    if saved == 0:
        fresh.unlink()
        raise NotebookError(
            f"{name}: no article in this file can be read any more; add its sources to a new one"
        )
    return _put_in_place(Path(name), fresh), saved, unread


def _keep_edits(damaged: sqlite3.Connection, store: Store) -> None:
    """Take over what an editor decided, as far as it can be read."""
    try:
        placed = damaged.execute(
            "SELECT id, name FROM placing JOIN article ON article.row = placing.article"
        ).fetchall()
        removed = [row[0] for row in damaged.execute("SELECT article FROM removal")]
    except sqlite3.DatabaseError:
        return
    with store.transaction():
        for article, name in placed:
            store.edits.place([article], name)
        store.edits.note_removed(removed)


def _put_in_place(path: Path, fresh: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.name}.damaged" + (f"-{number}" if number > 1 else ""))).exists():
        number += 1
    for end in ("", "-wal", "-shm"):
        if (beside := Path(f"{path}{end}")).exists():
            os.replace(beside, f"{kept}{end}")
    os.replace(fresh, path)
    return kept


def _articles(damaged: sqlite3.Connection) -> Iterator[tuple[Article, Reading | None]]:
    """The articles that can be read, by their row, each with its records where these can be read as well."""
    for row in _rows(damaged):
        try:
            (name,) = damaged.execute("SELECT id FROM article WHERE row = ?", (row,)).fetchone()
            # by row: an index may be damaged where the table is not
            article = _article(damaged, row)
        except (sqlite3.DatabaseError, ValueError, TypeError, OverflowError):
            continue
        try:
            reading = select(damaged, [name]).get(name)
        except (sqlite3.DatabaseError, ValueError, TypeError, LookupError, OverflowError):
            reading = None
        yield article, None if reading is None or wrong_with(reading) else reading


def _article(damaged: sqlite3.Connection, row: int) -> Article:
    return select_articles(damaged, [row], by="row")[row]


def _rows(damaged: sqlite3.Connection) -> Iterator[int]:
    """The numbers that rows of articles may have, tried one by one: up to the last that any table still tells of."""
    last = 0
    for table, column in (("article", "row"), ("reading", "article"), ("filing", "article")):
        for order in ("ASC", "DESC"):
            try:
                for (row,) in damaged.execute(
                    f"SELECT {column} FROM {table} NOT INDEXED ORDER BY {column} {order}"
                ):
                    last = max(last, row)
            except sqlite3.DatabaseError:
                continue
            else:
                break
    yield from range(1, last + 1)
