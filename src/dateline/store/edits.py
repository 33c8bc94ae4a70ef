"""What an editor decided: articles put into a story by name, taken out, or given another day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.errors import UnknownArticle
from dateline.records import ArticleSummary, Reading
from dateline.store import readings as reading_rows
from dateline.store.database import Database, any_of, chunks, rows_in
from dateline.store.sqlite_errors import explaining

_OPENING = 200


@explaining
@dataclass(slots=True)
class Edits:
    """An editor's decisions in the notebook `name`. Nothing here files: call it within the store's transaction, and file after it."""

    _database: Database
    name: str

    # ---------------------------------------------------------------- stories by name

    def place(self, ids: Iterable[str], name: str) -> date | None:
        """Put articles into the story `name`; returns the first day of those that were not in it already, or None.

        Ids that are not there are left out.
        """
        first: date | None = None
        for article in ids:
            row = self._database.execute(
                "SELECT row, published, placing.name FROM article LEFT JOIN placing ON placing.article = article.row WHERE id = ?",
                (article,),
            ).fetchone()
            if row is None or row[2] == name:
                continue
            self._database.execute(
                "INSERT INTO placing VALUES (?, ?) ON CONFLICT (article) DO UPDATE SET name = excluded.name",
                (row[0], name),
            )
            day = date.fromisoformat(row[1])
            first = day if first is None else min(first, day)
        return first

    def all_placed(self) -> dict[str, str]:
        """By id of every article that an editor placed, the name of its story."""
        rows = self._database.execute(
            "SELECT id, name FROM placing JOIN article ON article.row = placing.article ORDER BY id"
        )
        return dict(rows.fetchall())

    def names(self) -> list[str]:
        """The names that editors gave to stories, in order."""
        rows = self._database.execute("SELECT DISTINCT name FROM placing ORDER BY name")
        return [row[0] for row in rows]

    # ---------------------------------------------------------------- mending a report

    def remove(self, article: str) -> date:
        """Take an article out, and remember that it was; returns its day. Raises UnknownArticle where it is not there."""
        day = self._day(article)
        self._database.execute("DELETE FROM article WHERE id = ?", (article,))
        self.note_removed([article])
        return day

    def note_removed(self, ids: Iterable[str]) -> None:
        """Remember that articles were taken out."""
        self._database.executemany(
            "INSERT INTO removal VALUES (?) ON CONFLICT DO NOTHING", [(i,) for i in ids]
        )

    def removed(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that were taken out."""
        rows = rows_in(self._database, "SELECT article FROM removal WHERE article IN", list(ids))
        return {row[0] for row in rows}

    def restore(self, ids: Iterable[str]) -> None:
        """Forget that articles were taken out, so that they can be added again."""
        self._database.executemany("DELETE FROM removal WHERE article = ?", [(i,) for i in ids])

    def redate(self, reading: Reading) -> date:
        """Give an article the day of `reading`, and what was read in it as of that day; returns the earlier of both days.

        Its id stays, so that the same report is known when it comes again. Raises UnknownArticle where it is not there.
        """
        article = reading.article
        before = self._day(article.id)
        self._database.execute(
            "UPDATE article SET published = ?, published_at = ?, dated_by = ? WHERE id = ?",
            (
                article.published.isoformat(),
                article.published_at.isoformat() if article.published_at else None,
                article.dated_by,
                article.id,
            ),
        )
        (row,) = self._database.execute("SELECT row FROM article WHERE id = ?", (article.id,)).fetchone()
        reading_rows.delete_records(self._database, row)
        reading_rows.insert_records(self._database, [(row, reading)])
        self._database.execute("DELETE FROM trouble WHERE article = ?", (row,))
        return min(before, article.published)

    def _day(self, article: str) -> date:
        row = self._database.execute("SELECT published FROM article WHERE id = ?", (article,)).fetchone()
        if row is None:
            raise UnknownArticle(f"{article}: no article has that id")
        return date.fromisoformat(row[0])

    # ---------------------------------------------------------------- what articles are known by

    def summaries(self, ids: Sequence[str]) -> dict[str, ArticleSummary]:
        """What articles are known by, by id; ids that are not there are left out."""
        found: dict[str, ArticleSummary] = {}
        for part in chunks(ids):
            found.update((d.id, d) for d in self._described(f"id IN {any_of(part)}", part))
        return found

    def summaries_until(self, as_of: date) -> list[ArticleSummary]:
        """What each article up to `as_of` is known by, the latest first."""
        return self._described("published <= ?", (as_of.isoformat(),))

    def begun_by(self, beginning: str) -> list[ArticleSummary]:
        """What the articles are known by whose id begins with `beginning`, the latest first."""
        return self._described("substr(id, 1, length(?1)) = ?1", (beginning,))

    def ids_by_day(self, days: Iterable[date]) -> dict[date, list[str]]:
        """The ids of the articles of each of `days`."""
        return {
            day: [
                row[0]
                for row in self._database.execute(
                    "SELECT id FROM article WHERE published = ? ORDER BY id", (day.isoformat(),)
                )
            ]
            for day in days
        }

    def _described(self, where: str, values: Sequence[object]) -> list[ArticleSummary]:
        rows = self._database.execute(
            "SELECT id, source, published, title, url, publisher, text FROM article"
            f" WHERE {where} ORDER BY published DESC, id",
            values,
        )
        return [
            ArticleSummary(
                r[0],
                r[1],
                date.fromisoformat(r[2]),
                r[3],
                r[4],
                r[5],
                reading_rows.unpack_text(r[6])[:_OPENING],
            )
            for r in rows
        ]
