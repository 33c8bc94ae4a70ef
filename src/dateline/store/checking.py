"""Looking a notebook's file over: pages, indexes, references, offsets, kept views. Nothing is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from dateline.consistency import wrong_with
from dateline.store import states
from dateline.store.database import Connection, Database, Finding
from dateline.store.readings import select
from dateline.store.story_views import unpack_listing, unpack_outline, unpack_view

_AT_ONCE = 100


def look_over(database: Database) -> Iterator[Finding]:
    """What is wrong with an open notebook; where its pages are damaged nothing else is looked at."""
    damaged = list(database.look_over())
    yield from damaged
    if any(found.mend == "copy" for found in damaged):
        return
    for look in (_records, _stories, _views):
        try:
            yield from look(database)
        except sqlite3.DatabaseError as error:
            yield Finding("file", str(error), "copy")
            return


# ---------------------------------------------------------------------------------------------- what was read


def _records(connection: Connection) -> Iterator[Finding]:
    ids = [row[0] for row in connection.execute("SELECT id FROM article ORDER BY row")]
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        try:
            readings = list(select(connection, some).items())
        except (ValueError, TypeError, LookupError, OverflowError):
            readings = []
            for name in some:
                try:
                    readings += select(connection, [name]).items()
                except (ValueError, TypeError, LookupError, OverflowError) as error:
                    yield Finding(name, f"what was read in it is damaged ({error})", "read")
        for name, reading in readings:
            if wrong := wrong_with(reading):
                yield Finding(name, wrong, "read")
    for name, reason in connection.execute(
        "SELECT id, reason FROM trouble JOIN article ON article.row = trouble.article WHERE stage = 'reading' ORDER BY id"
    ):
        yield Finding(name, f"the reader failed on it ({reason})", "read")


# ---------------------------------------------------------------------------------------------- what was decided

_STORY_FAULTS = (
    ("is filed and stands in no story", "SELECT id FROM article JOIN filing ON filing.article = row"
     " WHERE NOT EXISTS (SELECT 1 FROM membership WHERE membership.article = row AND until IS NULL)"),
    ("stands in two stories at a time", "SELECT id FROM article JOIN membership AS a ON a.article = row JOIN membership AS b"
     " ON b.article = row AND b.since > a.since WHERE a.until IS NULL OR a.until > b.since"),
    ("stands in a story and is not filed", "SELECT id FROM article JOIN membership ON membership.article = row"
     " WHERE row NOT IN (SELECT article FROM filing)"),
    ("stands in a story before its own day", "SELECT id FROM article JOIN membership ON membership.article = row WHERE since < published"),
    ("is in no story yet", "SELECT id FROM article WHERE row NOT IN (SELECT article FROM filing)"),
)  # fmt: skip


def _stories(connection: Connection) -> Iterator[Finding]:
    for wrong, query in _STORY_FAULTS:
        for (name,) in connection.execute(f"{query} ORDER BY id LIMIT 20"):
            yield Finding(name, wrong, "file")


def _views(connection: Connection) -> Iterator[Finding]:
    for story, day, brief, data in connection.execute(
        "SELECT story, day, brief, data FROM sheet ORDER BY story, day"
    ):
        for kept, unpack in ((brief, unpack_outline), (data, unpack_view)):
            if kept is not None and not _can(unpack, kept):
                yield Finding(f"{story} {day}", "what is kept of its views is damaged", "views")
        if not connection.execute("SELECT 1 FROM membership WHERE story = ?", (story,)).fetchone():
            yield Finding(f"{story} {day}", "views are kept of a story that there is not", "views")
    for day, data in connection.execute("SELECT day, data FROM listing ORDER BY day"):
        if not _can(unpack_listing, data):
            yield Finding(str(day), "what is kept of its list of stories is damaged", "views")
    for (day,) in connection.execute("SELECT day FROM sheet UNION SELECT day FROM checkpoint ORDER BY day"):
        if not _can(date.fromisoformat, day):
            yield Finding(str(day), "is no day", "views")
    for (day,) in connection.execute("SELECT day FROM checkpoint ORDER BY day"):
        if not _can(partial(states.load, connection), day):
            yield Finding(str(day), "what is kept of filing at its close is damaged", "views")


def _can(unpack: Callable[..., object], value: object) -> bool:
    try:
        unpack(value)
    except (ValueError, TypeError):
        return False
    return True
