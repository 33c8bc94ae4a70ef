"""An open notebook: what is asked of it, and what is written to it, one transaction a batch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from dateline.lazy_modules import LazyModule
from dateline.records import Article, Listing, Reading, StoryOutline, StoryView
from dateline.store import mending, story_views
from dateline.store import readings as reading_rows
from dateline.store.database import Database, Finding, Mend, chunks, rows_in
from dateline.store.edits import Edits
from dateline.store.lock import WAIT, Notice
from dateline.store.readings import Rows
from dateline.store.sqlite_errors import explaining
from dateline.store.story_views import PackedView
from dateline.store.visits import Visits

if TYPE_CHECKING:
    from dateline.store import checking, states
else:
    checking = LazyModule("dateline.store.checking")
    states = LazyModule("dateline.store.states")

S = TypeVar("S")
T = TypeVar("T")


def _changed(as_of: date, story: str | None) -> tuple[str, list[str]]:
    """The query of each story (all, or one) with the last day up to `as_of` on which articles came into it or left it; and its values.

    Said in two ways: with `?2 IS NULL OR` in one the index is not used.
    """
    only, values = ("AND story = ?2", [story]) if story is not None else ("", [])
    query = (
        "SELECT story, max(CASE WHEN until <= ?1 THEN until ELSE since END) AS day FROM membership"
        f" WHERE since <= ?1 {only}"
        " GROUP BY story HAVING count(*) FILTER (WHERE until IS NULL OR until > ?1) > 0"
    )
    return query, [as_of.isoformat(), *values]


@dataclass(frozen=True, slots=True)
class Membership:
    """An article's place in a story on some day, with what it copies or revises."""

    article: str
    source: str
    published: date
    story: str
    duplicate_of: str | None
    revision_of: str | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An article put into a story, with what it copies or revises."""

    article: str
    story: str
    duplicate_of: str | None = None
    revision_of: str | None = None


_OPENING = 90

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
    """An open notebook. Not shared between threads: each opens its own.

    `backup` is the copy that was made before the file was brought up to this version's schema, if it was. Every method raises
    NotebookError where the notebook cannot be read or written, DamagedNotebook where it holds what dateline never writes.
    """

    def __init__(
        self,
        database: Database,
        *,
        wait: float = WAIT,
        waiting: Notice | None = None,
        backup: Path | None = None,
    ) -> None:
        self._database = database
        self._wait, self._waiting = wait, waiting
        self.name = database.name
        self.read_only = database.read_only
        self.backup = backup
        self.visits = Visits(database)
        self.edits = Edits(database, database.name)

    def close(self) -> None:
        """Let go of the notebook."""
        self._database.close()

    def own_files(self) -> frozenset[str]:
        """The real paths of the files that hold the notebook, with those that stand beside them: journal, lock, copies of older versions."""
        return self._database.own_files()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else adds inside; waits for whoever does. Raises NotebookInUse where that took too long."""
        if self.read_only:
            raise self._database.cannot_write()
        self._database.lock.take(self._wait, self._waiting)
        try:
            yield
        finally:
            self._database.lock.release()

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside happen together or not at all. Raises NotebookError where the notebook cannot be written."""
        return self._database.transaction()

    def snapshot(self) -> AbstractContextManager[None]:
        """All reads inside see the notebook as it is at the first of them, whoever writes to it meanwhile."""
        return self._database.snapshot()

    def look_over(self) -> list[Finding]:
        """What is wrong with the notebook, with references, offsets and what is kept; nothing is changed."""
        return list(checking.look_over(self._database))

    def mend(self, mends: Collection[Mend]) -> list[str]:
        """Make indexes anew, and forget what is to be decided or worked out anew; returns what was done, in words."""
        done = []
        if "index" in mends:
            self._database.make_indexes()
            done.append("indexes were made anew")
        if "file" in mends:
            mending.forget_stories(self._database)
            done.append("stories are made anew")
        elif "views" in mends:
            mending.forget_views(self._database)
            done.append("views are worked out anew")
        return done

    # ---------------------------------------------------------------- articles and readings

    def known(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that are in the notebook."""
        return {row[0] for row in rows_in(self._database, "SELECT id FROM article WHERE id IN", list(ids))}

    def save(self, found: Sequence[Reading | Rows]) -> dict[str, str]:
        """Save articles with what was read in them, in one transaction; what was read in one that is there already is left alone.

        Returns the ids of those that cannot be stored, each with the reason; the others are saved.
        """
        refused: dict[str, str] = {}
        with self.transaction():
            known = self.known(map(_id_of, found))
            new: dict[str, Reading | Rows] = {}
            for one in found:
                if _id_of(one) not in known:
                    new.setdefault(_id_of(one), one)
            if new:
                # an article may share the day, and the beginning of the id, of one whose handle is kept
                self._database.execute("DELETE FROM listing")
            if self._refused(list(new.values())):
                for article, one in new.items():
                    if reason := self._refused([one]):
                        refused[article] = reason
        return refused

    def _refused(self, found: Sequence[Reading | Rows]) -> str | None:
        """Write articles, or nothing of them; returns why they cannot be written."""
        try:
            with self._database.attempt():
                reading_rows.insert(self._database, found)
        except (ValueError, TypeError, OverflowError) as error:
            # a lone surrogate, a number that no column holds
            return f"{type(error).__name__}: {error}"
        return None

    def replace(self, found: Reading | Rows) -> None:
        """Put what was read in an article in place of what was read before; its story is to be found anew."""
        with self.transaction():
            (row, day) = self._database.execute(
                "SELECT row, published FROM article WHERE id = ?", (_id_of(found),)
            ).fetchone()
            reading_rows.delete_records(self._database, row)
            reading_rows.insert_records(self._database, [(row, found)])
            self._database.execute("DELETE FROM trouble WHERE article = ?", (row,))
            self.unfile_from(date.fromisoformat(day))

    # ---------------------------------------------------------------- troubles

    def note_trouble(self, article: str, stage: Stage, reason: str) -> None:
        """Say that something could not be done with an article."""
        self._database.execute(
            "INSERT INTO trouble SELECT row, ?, ? FROM article WHERE id = ?"
            " ON CONFLICT (article, stage) DO UPDATE SET reason = excluded.reason",
            (stage, reason, article),
        )

    def troubles(self, ids: Sequence[str] | None = None) -> list[Trouble]:
        """What could not be done with articles (all, or those of `ids`), in order of the articles."""
        rows = self._database.execute(
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
        for part in chunks(ids):
            found.update(reading_rows.select(self._database, part))
        return found

    def load_sentences(self, ids: Sequence[str]) -> dict[str, Reading]:
        """Readings by article id with nothing but their sentences."""
        found: dict[str, Reading] = {}
        for part in chunks(ids):
            found.update(reading_rows.select_sentences(self._database, part))
        return found

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Articles by id, without their records."""
        return {
            a.id: a
            for part in chunks(ids)
            for a in reading_rows.select_articles(self._database, part).values()
        }

    def find_articles(self, key: str) -> list[str]:
        """Ids of the articles whose id begins with `key`, or whose source or file name is `key`."""
        if self.known([key]):
            return [key]
        rows = self._database.execute(
            "SELECT id FROM article WHERE source = ?1 OR url = ?1 OR (length(?1) >= 4 AND substr(id, 1, length(?1)) = ?1)"
            " OR source LIKE '%/' || ?2 ESCAPE '\\' ORDER BY id LIMIT 20",
            (key, key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")),
        )
        return [row[0] for row in rows]

    def count(self) -> int:
        """How many articles the notebook holds."""
        return int(self._database.execute("SELECT count(*) FROM article").fetchone()[0])

    def last_day(self, until: date = date.max) -> date | None:
        """The latest day of publication up to `until`, or None where no article is that old."""
        (day,) = self._database.execute(
            "SELECT max(published) FROM article WHERE published <= ?", (until.isoformat(),)
        ).fetchone()
        return date.fromisoformat(day) if day else None

    def count_after(self, day: date) -> int:
        """How many articles were published after `day`."""
        rows = self._database.execute("SELECT count(*) FROM article WHERE published > ?", (day.isoformat(),))
        return int(rows.fetchone()[0])

    def search(
        self, query: str, after: date | None, before: date | None, as_of: date | None, limit: int
    ) -> list[tuple[str, float]]:
        """Article ids with their BM25 rank (lower is better) for an FTS5 query, published in [after, before]."""
        last = min(before or date.max, as_of or date.max)
        return self._database.search(query, after or date.min, last, limit)

    def names(self, words: Sequence[str], as_of: date, limit: int) -> list[tuple[str, str, int]]:
        """Names that hold all of `words`, with their kind and in how many articles up to `as_of` they stand, the most first."""
        held = " AND ".join(["entity LIKE ? ESCAPE '\\'"] * len(words)) or "1 = 0"
        marks = ["%" + w.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for w in words]
        # each name is sought from the last one in the index: there are far fewer names than mentions
        rows = self._database.execute(
            "WITH RECURSIVE named (entity) AS (SELECT min(entity) FROM name UNION ALL"
            " SELECT (SELECT min(entity) FROM name WHERE name.entity > named.entity) FROM named WHERE entity IS NOT NULL)"
            " SELECT entity, kind, count(*) AS articles FROM name JOIN article ON article.row = name.article"
            f" WHERE entity IN (SELECT entity FROM named WHERE {held} ORDER BY entity LIMIT 400)"
            " AND published <= ? AND kind <> 'nationality' GROUP BY entity, kind ORDER BY articles DESC, entity, kind LIMIT ?",
            (*marks, as_of.isoformat(), limit),
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def first_day(self) -> date | None:
        """The earliest day of publication, or None in an empty notebook."""
        (day,) = self._database.execute("SELECT min(published) FROM article").fetchone()
        return date.fromisoformat(day) if day else None

    # ---------------------------------------------------------------- stories

    def unfiled_since(self, after: date = date.min) -> date | None:
        """The first day from `after` on with an article that is in no story yet, or None."""
        (day,) = self._database.execute(
            "SELECT min(published) FROM article"
            " WHERE published >= ? AND NOT EXISTS (SELECT 1 FROM filing WHERE filing.article = article.row)",
            (after.isoformat(),),
        ).fetchone()
        return date.fromisoformat(day) if day else None

    def days_from(self, first: date) -> list[date]:
        """The days on or after `first` that have articles."""
        rows = self._database.execute(
            "SELECT DISTINCT published FROM article WHERE published >= ? ORDER BY published",
            (first.isoformat(),),
        )
        return [date.fromisoformat(row[0]) for row in rows]

    def published_on(self, day: date) -> list[str]:
        """Ids of a day's articles, by id."""
        rows = self._database.execute(
            "SELECT id FROM article WHERE published = ? ORDER BY id", (day.isoformat(),)
        )
        return [row[0] for row in rows]

    def unfile_from(self, day: date, *, views: bool = True) -> None:
        """Forget what the keeper decided on `day` and later; with `views` also what was worked out of it."""
        iso = day.isoformat()
        self._database.execute("DELETE FROM listing")
        self._database.execute("DELETE FROM membership WHERE since >= ?", (iso,))
        self._database.execute("UPDATE membership SET until = NULL WHERE until >= ?", (iso,))
        self._database.execute(
            "DELETE FROM filing WHERE article IN (SELECT row FROM article WHERE published >= ?)", (iso,)
        )
        self._database.execute("DELETE FROM checkpoint WHERE day >= ?", (iso,))
        if views:
            self._database.execute("DELETE FROM sheet WHERE day >= ?", (iso,))
        self._database.execute(
            "DELETE FROM trouble WHERE stage = 'filing' AND article IN (SELECT row FROM article WHERE published >= ?)",
            (iso,),
        )

    def file(self, day: date, placed: Sequence[Placed]) -> None:
        """Put new articles into stories from `day` on."""
        articles = [p.article for p in placed]
        rows = dict(rows_in(self._database, "SELECT id, row FROM article WHERE id IN", articles))
        self._database.insert(
            "filing",
            ("article", "duplicate_of", "revision_of"),
            [(rows[p.article], p.duplicate_of, p.revision_of) for p in placed],
        )
        self._database.insert(
            "membership",
            ("article", "story", "since"),
            [(rows[p.article], p.story, day.isoformat()) for p in placed],
        )

    def move(self, article: str, story: str, day: date) -> None:
        """Put a filed article into another story from `day` on."""
        iso = day.isoformat()
        (row,) = self._database.execute("SELECT row FROM article WHERE id = ?", (article,)).fetchone()
        self._database.execute("DELETE FROM membership WHERE article = ? AND since = ?", (row, iso))
        self._database.execute(
            "UPDATE membership SET until = ? WHERE article = ? AND until IS NULL", (iso, row)
        )
        self._database.execute("INSERT INTO membership VALUES (?, ?, ?, NULL)", (row, story, iso))

    def checkpoint_before(self, day: date) -> tuple[date, bytes] | None:
        """The last kept state from before `day`, with its day; of one that is damaged no bytes."""
        row = self._database.execute(
            "SELECT max(day) FROM checkpoint WHERE day < ?", (day.isoformat(),)
        ).fetchone()
        if row[0] is None:
            return None
        return date.fromisoformat(row[0]), _unless_damaged(
            partial(states.load, self._database), row[0]
        ) or b""

    def checkpoint_days(self) -> list[date]:
        """The days for whose close a state is kept, in order."""
        return [
            date.fromisoformat(row[0])
            for row in self._database.execute("SELECT day FROM checkpoint ORDER BY day")
        ]

    def keep_checkpoint(self, day: date, state: bytes) -> None:
        """Keep `state` for the close of `day`."""
        states.keep(self._database, day, state)

    def keep_checkpoints(self, days: Iterable[date]) -> None:
        """Keep the states of `days` and no others."""
        states.keep_only(self._database, days)

    def memberships(self, as_of: date, story: str | None = None) -> list[Membership]:
        """Who is in which story (all, or one) as known at the close of `as_of`, by story, day and article id."""
        only = "AND story = ?" if story is not None else ""
        day = as_of.isoformat()
        rows = self._database.execute(
            "SELECT article.id, article.source, article.published, story, duplicate_of, revision_of"
            " FROM membership JOIN article ON article.row = membership.article JOIN filing ON filing.article = article.row"
            f" WHERE since <= ? AND (until IS NULL OR until > ?) {only}"
            " ORDER BY story, article.published, article.published_at NULLS FIRST, article.id",
            (day, day, story) if story is not None else (day, day),
        )
        return [Membership(r[0], r[1], date.fromisoformat(r[2]), r[3], r[4], r[5]) for r in rows]

    def story_of(self, article: str, as_of: date) -> str | None:
        """The story that an article is in as known at the close of `as_of`."""
        row = self._database.execute(
            "SELECT story FROM membership JOIN article ON article.row = membership.article"
            " WHERE article.id = ? AND since <= ? AND (until IS NULL OR until > ?)",
            (article, as_of.isoformat(), as_of.isoformat()),
        ).fetchone()
        return row[0] if row else None

    def merged_into(self, story: str, as_of: date) -> str | None:
        """The story that holds most of what was filed under the id `story`, where that has no articles left as of a day."""
        day = as_of.isoformat()
        row = self._database.execute(
            "SELECT now.story FROM membership AS old JOIN membership AS now ON now.article = old.article"
            " WHERE old.story = ?1 AND old.since <= ?2 AND now.since <= ?2 AND (now.until IS NULL OR now.until > ?2)"
            " AND NOT EXISTS (SELECT 1 FROM membership WHERE story = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2))"
            " GROUP BY now.story ORDER BY count(*) DESC, now.story LIMIT 1",
            (story, day),
        ).fetchone()
        return row[0] if row else None

    # ---------------------------------------------------------------- views of stories

    def note_filing(self) -> None:
        """Say that stories may have changed."""
        self._database.execute("INSERT INTO filing_run DEFAULT VALUES")

    def filings(self) -> int:
        """A number that grows whenever stories may have changed."""
        return int(self._database.execute("SELECT coalesce(max(number), 0) FROM filing_run").fetchone()[0])

    def changed(self, as_of: date, story: str | None = None) -> dict[str, date]:
        """By story (all, or one) the last day up to `as_of` on which articles came into it or left it."""
        query, values = _changed(as_of, story)
        rows = self._database.execute(f"{query} ORDER BY story", values)
        return {row[0]: date.fromisoformat(row[1]) for row in rows}

    def daily(self, as_of: date) -> dict[str, list[tuple[date, int, int]]]:
        """By story, as known at the close of `as_of`: days in order, each with its articles and the copies among them."""
        day = as_of.isoformat()
        rows = self._database.execute(
            "SELECT story, published, count(*), count(duplicate_of) FROM membership"
            " JOIN article ON article.row = membership.article JOIN filing ON filing.article = article.row"
            " WHERE since <= ?1 AND (until IS NULL OR until > ?1) GROUP BY story, published ORDER BY story, published",
            (day,),
        )
        found: dict[str, list[tuple[date, int, int]]] = {}
        for story, published, articles, copies in rows:
            found.setdefault(story, []).append((date.fromisoformat(published), articles, copies))
        return found

    def save_view(
        self,
        story: str,
        day: date,
        version: str,
        packed: PackedView,
        filings: int,
    ) -> bool:
        """Keep the view of a story as it stands from the close of `day` on: whole, and then only outlines of all its other days, or
        its outline alone.

        It was made of the notebook as it stood when `filings` was its number: where that has changed since, nothing is kept
        and False is returned.
        """
        with self.transaction():
            if self.filings() != filings:
                return False
            self._database.execute(
                "INSERT INTO sheet VALUES (?, ?, ?, ?, ?) ON CONFLICT (story, day)"
                " DO UPDATE SET version = excluded.version, brief = excluded.brief, data = excluded.data",
                (story, day.isoformat(), version, packed.outline, packed.view),
            )
            if packed.view is not None:
                self._database.execute(
                    "UPDATE sheet SET data = NULL WHERE story = ? AND day <> ?", (story, day.isoformat())
                )
        return True

    def view(self, story: str, day: date, version: str) -> StoryView | None:
        """The kept view of a story from the close of `day` on, or None."""
        row = self._database.execute(
            "SELECT data FROM sheet WHERE story = ? AND day = ? AND version = ? AND data IS NOT NULL",
            (story, day.isoformat(), version),
        ).fetchone()
        return _unless_damaged(story_views.unpack_view, row[0]) if row else None

    def outlines(self, as_of: date, version: str, story: str | None = None) -> dict[str, StoryOutline]:
        """The kept briefs of stories (all, or one) as they stood at the close of `as_of`, by story."""
        query, values = _changed(as_of, story)
        values.append(version)
        rows = self._database.execute(
            f"WITH changed (story, day) AS ({query}) SELECT story, brief FROM changed JOIN sheet USING (story, day)"
            f" WHERE version = ?{len(values)}",
            values,
        )
        found = ((row[0], _unless_damaged(story_views.unpack_outline, row[1])) for row in rows)
        return {story: brief for story, brief in found if brief is not None}

    def views_kept(self, version: str) -> set[tuple[str, date]]:
        """The stories and days whose whole views are kept."""
        rows = self._database.execute(
            "SELECT story, day FROM sheet WHERE version = ? AND data IS NOT NULL", (version,)
        )
        return {(row[0], date.fromisoformat(row[1])) for row in rows}

    def views_from(self, day: date) -> list[tuple[str, date]]:
        """The stories and days, from `day` on, of which anything is kept."""
        rows = self._database.execute("SELECT story, day FROM sheet WHERE day >= ?", (day.isoformat(),))
        return [(row[0], date.fromisoformat(row[1])) for row in rows]

    def forget_view(self, story: str, day: date) -> None:
        """Keep nothing of a story as it stands from the close of `day` on."""
        self._database.execute("DELETE FROM sheet WHERE story = ? AND day = ?", (story, day.isoformat()))

    def save_listing(self, day: date, version: str, listing: Listing, filings: int) -> None:
        """Keep the listing of the last day, in place of that of another; nothing is kept where `filings` has changed since.

        It is forgotten when an article comes in, or is to be filed anew.
        """
        packed = story_views.pack(listing)
        with self.transaction():
            if self.filings() == filings:
                self._database.execute("DELETE FROM listing")
                row = (day.isoformat(), filings, version, packed)
                self._database.execute("INSERT INTO listing VALUES (?, ?, ?, ?)", row)

    def listing(self, day: date, version: str) -> Listing | None:
        """The kept listing of that day, or None."""
        row = self._database.execute(
            "SELECT data FROM listing WHERE day = ? AND version = ? AND filings = ?",
            (day.isoformat(), version, self.filings()),
        ).fetchone()
        return _unless_damaged(story_views.unpack_listing, row[0]) if row else None

    # ---------------------------------------------------------------- verdicts

    def verdicts(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The answers that are kept, by key."""
        asked = list(dict.fromkeys(keys))
        return dict(rows_in(self._database, "SELECT key, answer FROM verdict WHERE key IN", asked))

    def save_verdicts(self, rows: Sequence[tuple[bytes, str, bytes]]) -> None:
        """Keep answers as (key, kind, answer), in one transaction."""
        if rows:
            with self.transaction():
                self._database.executemany(
                    "INSERT INTO verdict VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows
                )

    # ---------------------------------------------------------------- headlines

    def headline(self, story: str, as_of: date) -> str:
        """What a story may go by until its title is known: the title, or the first words, of its first article."""
        day = as_of.isoformat()
        row = self._database.execute(
            "SELECT title, text FROM membership JOIN article ON article.row = membership.article"
            " WHERE story = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY published, id LIMIT 1",
            (story, day),
        ).fetchone()
        if row is None:
            return story
        title, text = row
        return title if title is not None else reading_rows.unpack_text(text)[:_OPENING]


def _id_of(found: Reading | Rows) -> str:
    return found.id if isinstance(found, Rows) else found.article.id


def _unless_damaged(unpack: Callable[[S], T], data: S) -> T | None:
    """What `unpack` makes of a kept view or state; None where that is damaged, for it can be worked out again."""
    try:
        return unpack(data)
    except (ValueError, TypeError):
        return None
