"""An open notebook file: what is asked of it, and what is written to it, one transaction a batch."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from glob import escape, glob
from pathlib import Path
from typing import Literal, TypeVar

from dateline.records import Article, Brief, Reading, Sheet
from dateline.store import checking, mending, sheets, states
from dateline.store import readings as reading_rows
from dateline.store.checking import Finding, Mend
from dateline.store.edits import Edits
from dateline.store.faults import explain, explaining
from dateline.store.lock import WAIT, Told, WriterLock
from dateline.store.visits import Visits

S = TypeVar("S")
T = TypeVar("T")

# SQLite's own limit on bound values is far higher; this keeps statements short
_CHUNK = 500

# the last day up to :day on which articles came into each story that holds any, or left it; of all, or of :story


def _changed(story: str | None) -> str:
    """The query of each story (all, or the one that is bound) with the last day on which articles came into it or left it.

    Said in two ways: with `:story IS NULL OR` in one the index is not used.
    """
    only = "AND story = :story" if story is not None else ""
    return (
        "SELECT story, max(max(since), max(CASE WHEN until <= :day THEN until ELSE '' END)) AS day FROM membership"
        f" WHERE since <= :day {only}"
        " GROUP BY story HAVING count(*) FILTER (WHERE until IS NULL OR until > :day) > 0"
    )


@dataclass(frozen=True, slots=True)
class Membership:
    """An article's place in a story on some day, with what it copies or revises."""

    article: str
    source: str
    published: date
    story: str
    duplicate_of: str | None
    revision_of: str | None


Stage = Literal["reading", "filing"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be done with an article, and why."""

    article: str
    source: str
    stage: Stage
    reason: str


@explaining
class Store:
    """An open notebook file. Not shared between threads: each opens its own.

    `backup` is the copy that was made before the file was brought up to this version's schema, if it was. Every method raises
    NotebookError where the file cannot be read or written, DamagedNotebook where it holds what dateline never writes.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        lock: WriterLock | None = None,
        *,
        wait: float = WAIT,
        waiting: Told | None = None,
        read_only: bool = False,
        backup: Path | None = None,
    ) -> None:
        self._connection = connection
        self._lock = lock or WriterLock(name)
        self._wait, self._waiting = wait, waiting
        self.name = name
        self.read_only = read_only
        self.backup = backup
        self.visits = Visits(connection)
        self.edits = Edits(connection, name)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def own_files(self) -> frozenset[str]:
        """The real paths of the notebook's file and of those that stand beside it: journal, lock, copies of older versions."""
        beside = (f"{self.name}{end}" for end in ("", "-wal", "-shm", "-journal", "-lock"))
        copies = glob(f"{escape(self.name)}.*")
        return frozenset(map(os.path.realpath, (*beside, *copies)))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else adds inside; waits for whoever does. Raises NotebookInUse where that took too long."""
        if self.read_only:
            raise explain(self.name, sqlite3.OperationalError("readonly"))
        self._lock.take(self._wait, self._waiting)
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all. Raises NotebookError where the file cannot be written."""
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
        except sqlite3.Error as error:
            raise explain(self.name, error) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the notebook as it is at the first of them, whoever writes to it meanwhile."""
        if self._connection.in_transaction:
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

    def look_over(self) -> list[Finding]:
        """What is wrong with the file, with references, offsets and what is kept; nothing is changed."""
        return list(checking.look_over(self._connection))

    def mend(self, mends: Collection[Mend]) -> list[str]:
        """Make indexes anew, and forget what is to be decided or worked out anew; returns what was done, in words."""
        done = []
        if "index" in mends:
            mending.make_indexes(self._connection)
            done.append("indexes were made anew")
        if "file" in mends:
            mending.forget_stories(self._connection)
            done.append("stories are made anew")
        elif "views" in mends:
            mending.forget_views(self._connection)
            done.append("views are worked out anew")
        return done

    # ---------------------------------------------------------------- articles and readings

    def known(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that are in the notebook."""
        return {
            row[0]
            for part in _chunks(list(ids))
            for row in self._in("SELECT id FROM article WHERE id IN ({})", part)
        }

    def save(self, readings: Sequence[Reading]) -> dict[str, str]:
        """Save articles with what was read in them, in one transaction; what was read in one that is there already is left alone.

        Returns the ids of those that cannot be stored, each with the reason; the others are saved.
        """
        refused: dict[str, str] = {}
        with self.transaction():
            for reading in readings:
                if reason := self._refused(reading):
                    refused[reading.article.id] = reason
        return refused

    def _refused(self, reading: Reading) -> str | None:
        """Write a reading, or nothing of it; returns why it cannot be written."""
        self._connection.execute("SAVEPOINT reading")
        try:
            reading_rows.insert(self._connection, reading)
        except (
            sqlite3.IntegrityError,
            sqlite3.InterfaceError,
            sqlite3.ProgrammingError,
            sqlite3.DataError,
        ) as error:
            reason = str(error)
        except (ValueError, TypeError, OverflowError) as error:
            # a lone surrogate, a number that no column holds
            reason = f"{type(error).__name__}: {error}"
        else:
            self._connection.execute("RELEASE reading")
            return None
        self._connection.execute("ROLLBACK TO reading")
        self._connection.execute("RELEASE reading")
        return reason

    def replace(self, reading: Reading) -> None:
        """Put what was read in an article in place of what was read before; its story is to be found anew."""
        with self.transaction():
            (row, day) = self._connection.execute(
                "SELECT row, published FROM article WHERE id = ?", (reading.article.id,)
            ).fetchone()
            reading_rows.delete_records(self._connection, row)
            reading_rows.insert_records(self._connection, row, reading)
            self._connection.execute("DELETE FROM trouble WHERE article = ?", (row,))
            self.unfile_from(date.fromisoformat(day))

    # ---------------------------------------------------------------- troubles

    def note_trouble(self, article: str, stage: Stage, reason: str) -> None:
        """Say that something could not be done with an article."""
        self._connection.execute(
            "INSERT OR REPLACE INTO trouble SELECT row, ?, ? FROM article WHERE id = ?",
            (stage, reason, article),
        )

    def troubles(self, ids: Sequence[str] | None = None) -> list[Trouble]:
        """What could not be done with articles (all, or those of `ids`), in order of the articles."""
        rows = self._connection.execute(
            "SELECT id, source, stage, reason FROM trouble JOIN article ON article.row = trouble.article"
            " ORDER BY published, id, stage"
        )
        return [Trouble(*row) for row in rows if ids is None or row[0] in ids]

    def unread(self, ids: Sequence[str]) -> set[str]:
        """Those of `ids` whose articles are kept though they could not be read."""
        return {t.article for t in self.troubles(ids) if t.stage == "reading"}

    def load(self, ids: Sequence[str]) -> dict[str, Reading]:
        """Readings by article id; ids that are not there are left out."""
        found: dict[str, Reading] = {}
        for part in _chunks(ids):
            found.update(reading_rows.select(self._connection, part))
        return found

    def load_sentences(self, ids: Sequence[str]) -> dict[str, Reading]:
        """Readings by article id with nothing but their sentences."""
        found: dict[str, Reading] = {}
        for part in _chunks(ids):
            found.update(reading_rows.select_sentences(self._connection, part))
        return found

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Articles by id, without their records."""
        return {
            a.id: a
            for part in _chunks(ids)
            for a in reading_rows.select_articles(self._connection, part).values()
        }

    def find_articles(self, key: str) -> list[str]:
        """Ids of the articles whose id begins with `key`, or whose source or file name is `key`."""
        if self.known([key]):
            return [key]
        rows = self._connection.execute(
            "SELECT id FROM article WHERE source = ?1 OR url = ?1 OR (length(?1) >= 4 AND substr(id, 1, length(?1)) = ?1)"
            " OR source LIKE '%/' || ?2 ESCAPE '\\' ORDER BY id LIMIT 20",
            (key, key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")),
        )
        return [row[0] for row in rows]

    def count(self) -> int:
        """How many articles the notebook holds."""
        return int(self._connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def last_day(self) -> date | None:
        """The latest day of publication, or None in an empty notebook."""
        (day,) = self._connection.execute("SELECT max(published) FROM article").fetchone()
        return date.fromisoformat(day) if day else None

    def search(
        self, query: str, after: date | None, before: date | None, as_of: date | None, limit: int
    ) -> list[tuple[str, float]]:
        """Article ids with their BM25 rank (lower is better) for an FTS5 query, published in [after, before]."""
        rows = self._connection.execute(
            "SELECT article.id, bm25(article_words, 4.0, 1.0) AS rank FROM article_words JOIN article ON article.row = article_words.rowid"
            " WHERE article_words MATCH ? AND published >= ? AND published <= ? ORDER BY rank, article.id LIMIT ?",
            (query, after or "0001-01-01", min(before or date.max, as_of or date.max), limit),
        )
        return [(row[0], row[1]) for row in rows]

    def names(self, words: Sequence[str], as_of: date, limit: int) -> list[tuple[str, str, int]]:
        """Names that hold all of `words`, with their kind and in how many articles up to `as_of` they stand, the most first."""
        held = " AND ".join(["entity LIKE ? ESCAPE '\\'"] * len(words)) or "0"
        marks = ["%" + w.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for w in words]
        # each name is sought from the last one in the index: there are far fewer names than mentions
        rows = self._connection.execute(
            "WITH RECURSIVE named (entity) AS (SELECT min(entity) FROM name UNION ALL"
            " SELECT (SELECT min(entity) FROM name WHERE name.entity > named.entity) FROM named WHERE entity IS NOT NULL)"
            " SELECT entity, kind, count(*) AS articles FROM name JOIN article ON article.row = name.article"
            f" WHERE entity IN (SELECT entity FROM named WHERE {held} LIMIT 400)"
            " AND published <= ? AND kind <> 'nationality' GROUP BY entity, kind ORDER BY articles DESC, entity LIMIT ?",
            (*marks, as_of.isoformat(), limit),
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def first_day(self) -> date | None:
        """The earliest day of publication, or None in an empty notebook."""
        (day,) = self._connection.execute("SELECT min(published) FROM article").fetchone()
        return date.fromisoformat(day) if day else None

    # ---------------------------------------------------------------- stories

    def unfiled_since(self) -> date | None:
        """The first day with an article that is in no story yet, or None."""
        (day,) = self._connection.execute(
            "SELECT min(published) FROM article WHERE row NOT IN (SELECT article FROM filing)"
        ).fetchone()
        return date.fromisoformat(day) if day else None

    def days_from(self, first: date) -> list[date]:
        """The days on or after `first` that have articles."""
        rows = self._connection.execute(
            "SELECT DISTINCT published FROM article WHERE published >= ? ORDER BY published",
            (first.isoformat(),),
        )
        return [date.fromisoformat(row[0]) for row in rows]

    def published_on(self, day: date) -> list[str]:
        """Ids of a day's articles, by id."""
        rows = self._connection.execute(
            "SELECT id FROM article WHERE published = ? ORDER BY id", (day.isoformat(),)
        )
        return [row[0] for row in rows]

    def unfile_from(self, day: date) -> None:
        """Forget what the keeper decided on `day` and later."""
        iso = day.isoformat()
        self._connection.execute("DELETE FROM membership WHERE since >= ?", (iso,))
        self._connection.execute("UPDATE membership SET until = NULL WHERE until >= ?", (iso,))
        self._connection.execute(
            "DELETE FROM filing WHERE article IN (SELECT row FROM article WHERE published >= ?)", (iso,)
        )
        self._connection.execute("DELETE FROM checkpoint WHERE day >= ?", (iso,))
        self._connection.execute("DELETE FROM sheet WHERE day >= ?", (iso,))
        self._connection.execute(
            "DELETE FROM trouble WHERE stage = 'filing' AND article IN (SELECT row FROM article WHERE published >= ?)",
            (iso,),
        )

    def file(
        self, article: str, story: str, day: date, duplicate_of: str | None, revision_of: str | None
    ) -> None:
        """Put a new article into a story from `day` on."""
        (row,) = self._connection.execute("SELECT row FROM article WHERE id = ?", (article,)).fetchone()
        self._connection.execute("INSERT INTO filing VALUES (?, ?, ?)", (row, duplicate_of, revision_of))
        self._connection.execute(
            "INSERT INTO membership VALUES (?, ?, ?, NULL)", (row, story, day.isoformat())
        )

    def move(self, article: str, story: str, day: date) -> None:
        """Put a filed article into another story from `day` on."""
        iso = day.isoformat()
        (row,) = self._connection.execute("SELECT row FROM article WHERE id = ?", (article,)).fetchone()
        self._connection.execute("DELETE FROM membership WHERE article = ? AND since = ?", (row, iso))
        self._connection.execute(
            "UPDATE membership SET until = ? WHERE article = ? AND until IS NULL", (iso, row)
        )
        self._connection.execute("INSERT INTO membership VALUES (?, ?, ?, NULL)", (row, story, iso))

    def checkpoint_before(self, day: date) -> tuple[date, bytes] | None:
        """The last kept state from before `day`, with its day; of one that is damaged no bytes."""
        row = self._connection.execute(
            "SELECT max(day) FROM checkpoint WHERE day < ?", (day.isoformat(),)
        ).fetchone()
        if row[0] is None:
            return None
        return date.fromisoformat(row[0]), _unless_damaged(
            partial(states.load, self._connection), row[0]
        ) or b""

    def keep_checkpoint(self, day: date, state: bytes, keep: int) -> None:
        """Keep `state` for the close of `day`, and of all states only the last `keep`."""
        states.keep(self._connection, day, state, keep)

    def memberships(self, as_of: date, story: str | None = None) -> list[Membership]:
        """Who is in which story (all, or one) as known at the close of `as_of`, by story, day and article id."""
        only = "AND story = ?" if story is not None else ""
        day = as_of.isoformat()
        rows = self._connection.execute(
            "SELECT article.id, article.source, article.published, story, duplicate_of, revision_of"
            " FROM membership JOIN article ON article.row = membership.article JOIN filing ON filing.article = article.row"
            f" WHERE since <= ? AND (until IS NULL OR until > ?) {only}"
            " ORDER BY story, article.published, article.published_at, article.id",
            (day, day, story) if story is not None else (day, day),
        )
        return [Membership(r[0], r[1], date.fromisoformat(r[2]), r[3], r[4], r[5]) for r in rows]

    def story_of(self, article: str, as_of: date) -> str | None:
        """The story that an article is in as known at the close of `as_of`."""
        row = self._connection.execute(
            "SELECT story FROM membership JOIN article ON article.row = membership.article"
            " WHERE article.id = ? AND since <= ? AND (until IS NULL OR until > ?)",
            (article, as_of.isoformat(), as_of.isoformat()),
        ).fetchone()
        return row[0] if row else None

    def merged_into(self, story: str, as_of: date) -> str | None:
        """The story that holds most of what was filed under the id `story`, where that has no articles left as of a day."""
        day = as_of.isoformat()
        row = self._connection.execute(
            "SELECT now.story FROM membership AS old JOIN membership AS now ON now.article = old.article"
            " WHERE old.story = ?1 AND old.since <= ?2 AND now.since <= ?2 AND (now.until IS NULL OR now.until > ?2)"
            " AND NOT EXISTS (SELECT 1 FROM membership WHERE story = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2))"
            " GROUP BY now.story ORDER BY count(*) DESC, now.story LIMIT 1",
            (story, day),
        ).fetchone()
        return row[0] if row else None

    # ---------------------------------------------------------------- sheets

    def note_filing(self) -> None:
        """Say that stories may have changed."""
        self._connection.execute("INSERT INTO filing_run DEFAULT VALUES")

    def filings(self) -> int:
        """A number that grows whenever stories may have changed."""
        return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM filing_run").fetchone()[0])

    def changed(self, as_of: date, story: str | None = None) -> dict[str, date]:
        """By story (all, or one) the last day up to `as_of` on which articles came into it or left it."""
        rows = self._connection.execute(_changed(story), {"day": as_of.isoformat(), "story": story})
        return {row[0]: date.fromisoformat(row[1]) for row in rows}

    def daily(self, as_of: date) -> dict[str, list[tuple[date, int, int]]]:
        """By story, as known at the close of `as_of`: days in order, each with its articles and the copies among them."""
        day = as_of.isoformat()
        rows = self._connection.execute(
            "SELECT story, published, count(*), count(duplicate_of) FROM membership"
            " JOIN article ON article.row = membership.article JOIN filing ON filing.article = article.row"
            " WHERE since <= ?1 AND (until IS NULL OR until > ?1) GROUP BY story, published ORDER BY story, published",
            (day,),
        )
        found: dict[str, list[tuple[date, int, int]]] = {}
        for story, published, articles, copies in rows:
            found.setdefault(story, []).append((date.fromisoformat(published), articles, copies))
        return found

    def save_sheet(
        self, story: str, day: date, version: str, sheet: Sheet, brief: Brief, filings: int
    ) -> bool:
        """Keep the sheet of a story as it stands from the close of `day` on; of its earlier days only briefs stay.

        It was made of the notebook as it stood when `filings` was its number: where that has changed since, nothing is kept
        and False is returned.
        """
        with self.transaction():
            if self.filings() != filings:
                return False
            self._connection.execute(
                "INSERT OR REPLACE INTO sheet VALUES (?, ?, ?, ?, ?)",
                (story, day.isoformat(), version, sheets.pack(brief), sheets.pack(sheet)),
            )
            self._connection.execute(
                "UPDATE sheet SET data = NULL WHERE story = ?1 AND day < (SELECT max(day) FROM sheet WHERE story = ?1)",
                (story,),
            )
        return True

    def sheet(self, story: str, day: date, version: str) -> Sheet | None:
        """The kept sheet of a story from the close of `day` on, or None."""
        row = self._connection.execute(
            "SELECT data FROM sheet WHERE story = ? AND day = ? AND version = ? AND data IS NOT NULL",
            (story, day.isoformat(), version),
        ).fetchone()
        return _unless_damaged(sheets.unpack_sheet, row[0]) if row else None

    def briefs(self, as_of: date, version: str, story: str | None = None) -> dict[str, Brief]:
        """The kept briefs of stories (all, or one) as they stood at the close of `as_of`, by story."""
        rows = self._connection.execute(
            f"WITH changed (story, day) AS ({_changed(story)}) SELECT story, brief FROM changed JOIN sheet USING (story, day)"
            " WHERE version = :version",
            {"day": as_of.isoformat(), "story": story, "version": version},
        )
        found = ((row[0], _unless_damaged(sheets.unpack_brief, row[1])) for row in rows)
        return {story: brief for story, brief in found if brief is not None}

    def sheets_kept(self, version: str) -> set[tuple[str, date]]:
        """The stories and days whose whole sheets are kept."""
        rows = self._connection.execute(
            "SELECT story, day FROM sheet WHERE version = ? AND data IS NOT NULL", (version,)
        )
        return {(row[0], date.fromisoformat(row[1])) for row in rows}

    # ---------------------------------------------------------------- verdicts

    def verdicts(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The answers that are kept, by key."""
        return {
            key: answer
            for part in _chunks(list(dict.fromkeys(keys)))
            for key, answer in self._in("SELECT key, answer FROM verdict WHERE key IN ({})", part)
        }

    def save_verdicts(self, rows: Sequence[tuple[bytes, str, bytes]]) -> None:
        """Keep answers as (key, kind, answer), in one transaction."""
        if rows:
            with self.transaction():
                self._connection.executemany("INSERT OR IGNORE INTO verdict VALUES (?, ?, ?)", rows)

    # ---------------------------------------------------------------- headlines

    def headline(self, story: str, as_of: date) -> str:
        """What a story may go by until its title is known: the title, or the first words, of its first article."""
        day = as_of.isoformat()
        row = self._connection.execute(
            "SELECT coalesce(title, substr(unpacked_text(text), 1, 90)) FROM membership JOIN article ON article.row = membership.article"
            " WHERE story = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY published, id LIMIT 1",
            (story, day),
        ).fetchone()
        return row[0] if row else story

    def _in(self, statement: str, values: Sequence[object]) -> sqlite3.Cursor:
        return self._connection.execute(statement.format(", ".join("?" * len(values))), values)


def _unless_damaged(unpack: Callable[[S], T], data: S) -> T | None:
    """What `unpack` makes of a kept view or state; None where that is damaged, for it can be worked out again."""
    try:
        return unpack(data)
    except (ValueError, TypeError):
        return None


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


# sqlite3's own adapters for these are deprecated since Python 3.12
sqlite3.register_adapter(date, date.isoformat)
sqlite3.register_adapter(datetime, datetime.isoformat)
