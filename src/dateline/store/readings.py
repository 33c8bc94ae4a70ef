"""Readings to rows and back: an article's row, and one beside it with all that was read in it.

What was read is always saved, loaded and forgotten whole, so it is one compressed value: a table a kind of record took three times the
room and ten times as long to load. Only names have rows of their own, by which they are sought.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

import msgspec

from dateline import vectors
from dateline.records import (
    Article,
    Event,
    Expectation,
    Mention,
    Reading,
    Span,
    Statement,
    TimeExpression,
    Vector,
)

T = TypeVar("T")

_ARTICLE = "row, id, source, url, publisher, title, published, published_at, language, text, dated_by"
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class _Sentences:
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Records(_Sentences):
    """What stands in a reading beside the article and the vectors."""

    times: tuple[TimeExpression, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    expectations: tuple[Expectation, ...]


def pack(reading: Reading) -> bytes:
    """The records of `reading` as compressed MessagePack, each a map of its fields."""
    records = _Records(
        reading.sentences,
        reading.times,
        reading.mentions,
        reading.events,
        reading.statements,
        reading.expectations,
    )
    return zlib.compress(msgspec.msgpack.encode(records), _LEVEL)


def _unpack(data: bytes, kind: type[T]) -> T:
    """What `pack` packed, or the part of it that `kind` has. Raises ValueError where `data` is damaged."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(data), type=kind)
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault


def insert(connection: sqlite3.Connection, reading: Reading) -> None:
    """Write an article and its records; an article whose id is there already is left as it is."""
    article = reading.article
    cursor = connection.execute(
        "INSERT OR IGNORE INTO article (id, source, url, publisher, title, published, published_at, language, text, dated_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article.source,
            article.url,
            article.publisher,
            article.title,
            article.published.isoformat(),
            article.published_at.isoformat() if article.published_at else None,
            article.language,
            article.text,
            article.dated_by,
        ),
    )
    if cursor.rowcount and cursor.lastrowid is not None:
        insert_records(connection, cursor.lastrowid, reading)


def delete_records(connection: sqlite3.Connection, row: int) -> None:
    """Forget what was read in the article in `row`."""
    for table in ("reading", "name"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (row,))


def insert_records(connection: sqlite3.Connection, row: int, reading: Reading) -> None:
    """Write what was read in the article in `row`, which has no records yet. Raises ValueError for what would not come back the same."""
    data = pack(reading)
    _unpack(data, _Records)
    given = reading.vectors if reading.vectors is not None and len(reading.vectors) else None
    connection.execute(
        "INSERT INTO reading (article, records, dimensions, vectors) VALUES (?, ?, ?, ?)",
        (
            row,
            data,
            given.shape[1] if given is not None else None,
            vectors.pack(given) if given is not None else None,
        ),
    )
    connection.executemany(
        "INSERT INTO name VALUES (?, ?, ?)",
        sorted({(m.entity, m.kind, row) for m in reading.mentions}),
    )


def select_articles(
    connection: sqlite3.Connection, ids: Sequence[str] | Sequence[int], by: Literal["id", "row"] = "id"
) -> dict[int, Article]:
    """Articles by row number, of these ids or rows."""
    marks = ", ".join("?" * len(ids))
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
            text=r[9],
            dated_by=r[10],
        )
        for r in connection.execute(f"SELECT {_ARTICLE} FROM article WHERE {by} IN ({marks})", ids)
    }


def select_sentences(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Reading]:
    """Readings by article id with nothing but their sentences. Raises ValueError where one is damaged."""
    articles = select_articles(connection, ids)
    rows = _rows(connection, "records", list(articles))
    return {
        a.id: Reading(a, _unpack(rows[row][0], _Sentences).sentences if row in rows else ())
        for row, a in articles.items()
    }


def select(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Reading]:
    """Readings by article id. Raises ValueError where one is damaged."""
    articles = select_articles(connection, ids)
    rows = _rows(connection, "records, dimensions, vectors", list(articles))
    return {a.id: _reading(a, *rows[row]) if row in rows else Reading(a) for row, a in articles.items()}


def _reading(article: Article, data: bytes, dimensions: int | None, packed: bytes | None) -> Reading:
    found = _unpack(data, _Records)
    return Reading(
        article,
        found.sentences,
        found.times,
        found.mentions,
        found.events,
        found.statements,
        found.expectations,
        _vectors(packed, dimensions),
    )


def _vectors(packed: bytes | None, dimensions: int | None) -> Vector | None:
    if packed is None or not dimensions:
        return None
    return vectors.unpack(packed, dimensions)


def _rows(connection: sqlite3.Connection, columns: str, rows: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    marks = ", ".join("?" * len(rows))
    query = f"SELECT article, {columns} FROM reading WHERE article IN ({marks})"
    return {r[0]: r[1:] for r in connection.execute(query, rows)}
