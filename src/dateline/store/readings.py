"""Readings to rows and back: an article's row, with its text compressed, and one beside it with all that was read in it.

What was read is always saved, loaded and forgotten whole, so it is one compressed value: a table a kind of record took six times the
room and as long again to load. Only names have rows of their own, by which they are sought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec

from dateline.lazy_modules import LazyModule
from dateline.records import Article, Reading, Records, Span, Vector
from dateline.store import columns
from dateline.store.compression import compress, decompress
from dateline.store.database import Connection, Database, any_of

if TYPE_CHECKING:
    from dateline import vectors
else:
    vectors = LazyModule("dateline.vectors")

T = TypeVar("T")

_ARTICLE = ("row", "id", "source", "url", "publisher", "title", "published", "published_at", "language", "text", "dated_by")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The first of `Records`' fields, which can be read without the others."""

    sentences: tuple[Span, ...]


def pack_text(text: str) -> bytes:
    """An article's text, compressed."""
    return compress(text.encode())


def unpack_text(data: bytes | str) -> str:
    """What `pack_text` packed; notebooks before version 9 keep the text as it is. Raises ValueError where `data` is damaged."""
    return data if isinstance(data, str) else decompress(data).decode()


def pack(reading: Reading) -> bytes:
    """The records of `reading` by columns, as MessagePack, compressed beside the text, whose words they repeat."""
    written = columns.write(Records, [Records.of(reading)], reading.article.text)
    return compress(msgspec.msgpack.encode(written), beside=reading.article.text.encode())


def _unpack(data: bytes, kind: type[T], text: str) -> T:
    """What `pack` packed of a reading of `text`, or the part of it that `kind` has. Raises ValueError where `data` is damaged."""
    found = msgspec.msgpack.decode(decompress(data, beside=text.encode()))
    if isinstance(found, dict):
        # versions 7 and 8 of the notebook: each record a map of its fields
        return msgspec.convert(found, kind)
    try:
        (record,) = columns.read(kind, iter(found), text)
    except (StopIteration, TypeError, LookupError) as fault:
        raise ValueError(f"the columns of what was read are damaged ({fault})") from fault
    return msgspec.convert(record, kind)


@dataclass(frozen=True, slots=True)
class Rows:
    """An article with what was read in it as rows, all but their number: of itself, of its records, and one a name.

    They hang on the reading alone, so they may be made ahead of writing, and by another process.
    """

    article: tuple[Any, ...]
    reading: tuple[bytes, int | None, bytes | None]
    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, reading: Reading, *, checked: bool = False) -> Rows:
        """Those of `reading`. Raises ValueError, TypeError or OverflowError for what would not come back the same, of which nothing is where it is `checked`."""
        article = reading.article
        if not checked:
            # which says of a wrong value where it stands
            msgspec.msgpack.decode(msgspec.msgpack.encode(Records.of(reading)), type=Records)
        given = reading.vectors if reading.vectors is not None and len(reading.vectors) else None
        size, packed = (given.shape[1], vectors.pack(given)) if given is not None else (None, None)
        return cls(
            (
                article.id,
                article.source,
                article.url,
                article.publisher,
                article.title,
                article.published.isoformat(),
                article.published_at.isoformat() if article.published_at else None,
                article.language,
                pack_text(article.text),
                article.dated_by,
            ),
            (pack(reading), size, packed),
            tuple(sorted({(m.entity, m.kind) for m in reading.mentions})),
        )

    @property
    def id(self) -> str:
        """The article's."""
        return str(self.article[0])


def insert(database: Database, found: Iterable[Reading | Rows]) -> None:
    """Write articles that are not there yet, each with its records. Raises ValueError, TypeError or OverflowError for what no notebook can hold."""
    (last,) = database.execute("SELECT coalesce(max(row), 0) FROM article").fetchone()
    numbered = list(enumerate(map(_as_rows, found), last + 1))
    database.insert("article", _ARTICLE, [(row, *rows.article) for row, rows in numbered])
    insert_records(database, numbered)
    title, text = _ARTICLE.index("title") - 1, _ARTICLE.index("text") - 1
    database.index_words((row, r.article[title], unpack_text(r.article[text])) for row, r in numbered)


def _as_rows(found: Reading | Rows) -> Rows:
    return found if isinstance(found, Rows) else Rows.of(found)


def rewrite(connection: Connection, rows: Sequence[int]) -> None:
    """Write anew, as it is kept now, what was read in the articles in `rows`."""
    articles = select_articles(connection, rows, by="row")
    for row, values in _rows(connection, "records, dimensions, vectors", rows).items():
        reading = _reading(articles[row], *values)
        connection.execute(
            "UPDATE reading SET records = ?, vectors = ? WHERE article = ?",
            (pack(reading), vectors.pack(reading.vectors) if reading.vectors is not None else None, row),
        )


def delete_records(connection: Connection, row: int) -> None:
    """Forget what was read in the article in `row`."""
    for table in ("reading", "name"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (row,))


def insert_records(database: Database, numbered: Iterable[tuple[int, Reading | Rows]]) -> None:
    """Write what was read in articles that have no records yet, each with its row. Raises as `Rows.of`."""
    readings, names = [], []
    for row, found in numbered:
        rows = _as_rows(found)
        readings.append((row, *rows.reading))
        names += [(*name, row) for name in rows.names]
    database.insert("reading", ("article", "records", "dimensions", "vectors"), readings)
    database.insert("name", ("entity", "kind", "article"), names)


def select_articles(
    connection: Connection, ids: Sequence[str] | Sequence[int], by: Literal["id", "row"] = "id"
) -> dict[int, Article]:
    """Articles by row number, of these ids or rows, in order of these."""
    query = f"SELECT {', '.join(_ARTICLE)} FROM article WHERE {by} IN {any_of(ids)} ORDER BY {by}"
    return {
        r[0]: Article(
            id=r[1],
            source=r[2],
            url=r[3],
            publisher=r[4],
            title=r[5],
            published=date.fromisoformat(r[6]),
            published_at=datetime.fromisoformat(r[7]) if r[7] else None,
            language=r[8],
            text=unpack_text(r[9]),
            dated_by=r[10],
        )
        for r in connection.execute(query, ids)
    }


def select_sentences(connection: Connection, ids: Sequence[str]) -> dict[str, Reading]:
    """Readings by article id with nothing but their sentences. Raises ValueError where one is damaged."""
    articles = select_articles(connection, ids)
    rows = _rows(connection, "records", list(articles))
    return {
        a.id: Reading(a, _unpack(rows[row][0], _Sentences, a.text).sentences if row in rows else ())
        for row, a in articles.items()
    }


def select(connection: Connection, ids: Sequence[str]) -> dict[str, Reading]:
    """Readings by article id, in order of the ids. Raises ValueError where one is damaged."""
    articles = select_articles(connection, ids)
    rows = _rows(connection, "records, dimensions, vectors", list(articles))
    return {a.id: _reading(a, *rows[row]) if row in rows else Reading(a) for row, a in articles.items()}


def _reading(article: Article, data: bytes, dimensions: int | None, packed: bytes | None) -> Reading:
    return _unpack(data, Records, article.text).reading(article, _vectors(packed, dimensions))


def _vectors(packed: bytes | None, dimensions: int | None) -> Vector | None:
    if packed is None or not dimensions:
        return None
    return vectors.unpack(packed, dimensions)


def _rows(connection: Connection, columns: str, rows: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    query = f"SELECT article, {columns} FROM reading WHERE article IN {any_of(rows)}"
    return {r[0]: r[1:] for r in connection.execute(query, rows)}
