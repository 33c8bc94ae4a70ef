"""One SQLite file: WAL, foreign keys, one transaction a batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dateline.errors import NotebookError
from dateline.records import Article, Brief, Reading, Sheet
from dateline.store import readings as reading_rows
from dateline.store import sheets
from dateline.store.migrations import migrate

# SQLite's own limit on bound values is far higher; this keeps statements short
_CHUNK = 500

# the last day up to :day on which articles came into each story that holds any, or left it; of all, or of :story
_CHANGED = (
    "SELECT story, max(max(since), max(CASE WHEN until <= :day THEN until ELSE '' END)) AS day FROM membership"
    " WHERE since <= :day AND (:story IS NULL OR story = :story)"
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


def open_store(path: str | Path, *, must_exist: bool = False) -> Store:
    """Open or make a notebook file. Raises NotebookError where that cannot be done, saying why."""
    name = str(path)
    if must_exist and name != ":memory:" and not Path(path).exists():
        raise NotebookError(
            f"{name}: there is no such notebook; make one with `dateline add PATH... --notebook {name}`"
        )
    if Path(path).is_dir():
        raise NotebookError(f"{name}: this is a folder; give the notebook a file name")
    connection = None
    try:
        connection = sqlite3.connect(name, timeout=30)
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection, name)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except (sqlite3.Error, NotebookError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, NotebookError):
            raise
        raise NotebookError(_why(name, error)) from error
    return Store(connection, name)


def _why(name: str, error: sqlite3.Error) -> str:
    text = str(error)
    if "not a database" in text:
        return f"{name}: this file is not a dateline notebook; give another name with --notebook"
    if "readonly" in text or "unable to open" in text:
        return f"{name}: the notebook cannot be written here; give a file in a folder you can write to with --notebook"
    if "locked" in text:
        return f"{name}: another program is writing to this notebook; wait for it to finish"
    if "full" in text:
        return f"{name}: the disk is full; make room and run the command again"
    return f"{name}: the notebook failed ({text})"


class Store:
    """An open notebook file. Not shared between threads: each opens its own."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self.name = name

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all. Raises NotebookError where the file cannot be written."""
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
        except sqlite3.Error as error:
            raise NotebookError(_why(self.name, error)) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the notebook as it is at the first of them, whoever writes to it meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    # ---------------------------------------------------------------- articles and readings

    def known(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that are in the notebook."""
        return {
            row[0]
            for part in _chunks(list(ids))
            for row in self._in("SELECT id FROM article WHERE id IN ({})", part)
        }

    def save(self, readings: Sequence[Reading]) -> None:
        """Save articles with what was read in them, in one transaction."""
        with self.transaction():
            for reading in readings:
                reading_rows.insert(self._connection, reading)

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
            "WITH RECURSIVE named (entity) AS (SELECT min(entity) FROM mention UNION ALL"
            " SELECT (SELECT min(entity) FROM mention WHERE mention.entity > named.entity) FROM named WHERE entity IS NOT NULL)"
            " SELECT entity, kind, count(DISTINCT mention.article) AS articles FROM mention"
            " JOIN article ON article.row = mention.article"
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
        """The last kept state from before `day`, with its day."""
        row = self._connection.execute(
            "SELECT day, state FROM checkpoint WHERE day < ? ORDER BY day DESC LIMIT 1", (day.isoformat(),)
        ).fetchone()
        return (date.fromisoformat(row[0]), row[1]) if row else None

    def keep_checkpoint(self, day: date, state: bytes, keep: int) -> None:
        """Keep `state` for the close of `day`, and of all states only the last `keep`."""
        self._connection.execute("INSERT OR REPLACE INTO checkpoint VALUES (?, ?)", (day.isoformat(), state))
        self._connection.execute(
            "DELETE FROM checkpoint WHERE day NOT IN (SELECT day FROM checkpoint ORDER BY day DESC LIMIT ?)",
            (keep,),
        )

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
        rows = self._connection.execute(_CHANGED, {"day": as_of.isoformat(), "story": story})
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

    def save_sheet(self, story: str, day: date, version: str, sheet: Sheet, brief: Brief) -> None:
        """Keep the sheet of a story as it stands from the close of `day` on; of its earlier days only briefs stay."""
        with self.transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO sheet VALUES (?, ?, ?, ?, ?)",
                (story, day.isoformat(), version, sheets.pack(brief), sheets.pack(sheet)),
            )
            self._connection.execute(
                "UPDATE sheet SET data = NULL WHERE story = ?1 AND day < (SELECT max(day) FROM sheet WHERE story = ?1)",
                (story,),
            )

    def sheet(self, story: str, day: date, version: str) -> Sheet | None:
        """The kept sheet of a story from the close of `day` on, or None."""
        row = self._connection.execute(
            "SELECT data FROM sheet WHERE story = ? AND day = ? AND version = ? AND data IS NOT NULL",
            (story, day.isoformat(), version),
        ).fetchone()
        return sheets.unpack_sheet(row[0]) if row else None

    def briefs(self, as_of: date, version: str, story: str | None = None) -> dict[str, Brief]:
        """The kept briefs of stories (all, or one) as they stood at the close of `as_of`, by story."""
        rows = self._connection.execute(
            f"WITH changed (story, day) AS ({_CHANGED}) SELECT story, brief FROM changed JOIN sheet USING (story, day)"
            " WHERE version = :version",
            {"day": as_of.isoformat(), "story": story, "version": version},
        )
        return {row[0]: sheets.unpack_brief(row[1]) for row in rows}

    def sheets_kept(self, version: str) -> set[tuple[str, date]]:
        """The stories and days whose whole sheets are kept."""
        rows = self._connection.execute(
            "SELECT story, day FROM sheet WHERE version = ? AND data IS NOT NULL", (version,)
        )
        return {(row[0], date.fromisoformat(row[1])) for row in rows}

    def headline(self, story: str, as_of: date) -> str:
        """What a story may go by until its title is known: the title, or the first words, of its first article."""
        day = as_of.isoformat()
        row = self._connection.execute(
            "SELECT coalesce(title, substr(text, 1, 90)) FROM membership JOIN article ON article.row = membership.article"
            " WHERE story = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY published, id LIMIT 1",
            (story, day),
        ).fetchone()
        return row[0] if row else story

    def _in(self, statement: str, values: Sequence[object]) -> sqlite3.Cursor:
        return self._connection.execute(statement.format(", ".join("?" * len(values))), values)


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


# sqlite3's own adapters for these are deprecated since Python 3.12
sqlite3.register_adapter(date, date.isoformat)
sqlite3.register_adapter(datetime, datetime.isoformat)
