"""Readings to rows and back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import numpy as np

from dateline.records import (
    Argument,
    Article,
    Event,
    Expectation,
    Interval,
    Mention,
    Quantity,
    Reading,
    Span,
    Statement,
    TimeExpression,
    Vector,
)

Row = tuple[Any, ...]
T = TypeVar("T")

_ARTICLE = "row, id, source, url, publisher, title, published, published_at, language, text"


def insert(connection: sqlite3.Connection, reading: Reading) -> None:
    """Write an article and its records; an article whose id is there already is left as it is."""
    article = reading.article
    cursor = connection.execute(
        "INSERT OR IGNORE INTO article (id, source, url, publisher, title, published, published_at, language, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        ),
    )
    if cursor.rowcount == 0:
        return
    row = cursor.lastrowid
    many = connection.executemany
    many(
        "INSERT INTO sentence VALUES (?, ?, ?, ?)",
        ((row, n, s.start, s.end) for n, s in enumerate(reading.sentences)),
    )
    if reading.vectors is not None and len(reading.vectors):
        data = reading.vectors.astype(np.float16).tobytes()
        connection.execute("INSERT INTO vectors VALUES (?, ?, ?)", (row, reading.vectors.shape[1], data))
    many(
        "INSERT INTO time_expression VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (row, n, *_span(t.span), t.text, t.type, t.value, t.mod, *_interval(t.interval))
            for n, t in enumerate(reading.times)
        ),
    )
    many(
        "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((row, n, *_span(m.span), m.text, m.kind, m.entity, m.score) for n, m in enumerate(reading.mentions)),
    )
    many(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (row, n, *_span(e.span), e.sentence, e.predicate, e.realis, *_interval(e.interval), e.score)
            for n, e in enumerate(reading.events)
        ),
    )
    many(
        "INSERT INTO quantity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (row, n, i, *_span(q.span), q.value, q.unit, q.role, q.hedge)
            for n, e in enumerate(reading.events)
            for i, q in enumerate(e.quantities)
        ),
    )
    many(
        "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (row, n, *_span(s.content), s.kind, *_span(s.cue), *_span(s.source), s.speaker, s.score)
            for n, s in enumerate(reading.statements)
        ),
    )
    many(
        "INSERT INTO expectation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                row,
                n,
                *_span(x.span),
                x.sentence,
                x.event,
                x.predicate,
                *_span(x.trigger),
                x.holder,
                *_interval(x.due),
                x.strength,
                int(x.negated),
                x.score,
            )
            for n, x in enumerate(reading.expectations)
        ),
    )
    owned = [("event", n, e.arguments) for n, e in enumerate(reading.events)]
    owned += [("expectation", n, x.arguments) for n, x in enumerate(reading.expectations)]
    many(
        "INSERT INTO argument VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (row, owner, n, i, a.role, *_span(a.span), a.text, *_span(a.head), a.entity)
            for owner, n, arguments in owned
            for i, a in enumerate(arguments)
        ),
    )


def select_articles(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[int, Article]:
    """Articles by row number."""
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
        )
        for r in connection.execute(f"SELECT {_ARTICLE} FROM article WHERE id IN ({marks})", ids)
    }


def select_sentences(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Reading]:
    """Readings by article id with nothing but their sentences."""
    articles = select_articles(connection, ids)
    marks = ", ".join("?" * len(articles))
    sentences: defaultdict[int, list[Span]] = defaultdict(list)
    for row, start, end in connection.execute(
        f'SELECT article, start, "end" FROM sentence WHERE article IN ({marks}) ORDER BY article, number',
        list(articles),
    ):
        sentences[row].append(Span(start, end))
    return {a.id: Reading(a, sentences=tuple(sentences[row])) for row, a in articles.items()}


def select(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Reading]:
    """Readings by article id."""
    articles = select_articles(connection, ids)
    rows = list(articles)
    marks = ", ".join("?" * len(rows))

    def records(table: str, make: Callable[[Row], T], order: str = "number") -> dict[int, tuple[T, ...]]:
        found: defaultdict[int, list[T]] = defaultdict(list)
        for r in connection.execute(
            f"SELECT * FROM {table} WHERE article IN ({marks}) ORDER BY article, {order}", rows
        ):
            found[r[0]].append(make(r[1:]))
        return {row: tuple(items) for row, items in found.items()}

    arguments: defaultdict[tuple[int, str, int], list[Argument]] = defaultdict(list)
    for r in connection.execute(
        f"SELECT * FROM argument WHERE article IN ({marks}) ORDER BY article, owner, owned_by, number", rows
    ):
        arguments[r[0], r[1], r[2]].append(
            Argument(role=r[4], span=Span(r[5], r[6]), text=r[7], head=Span(r[8], r[9]), entity=r[10])
        )
    quantities: defaultdict[tuple[int, int], list[Quantity]] = defaultdict(list)
    for r in connection.execute(
        f"SELECT * FROM quantity WHERE article IN ({marks}) ORDER BY article, event, number", rows
    ):
        quantities[r[0], r[1]].append(
            Quantity(Span(r[3], r[4]), value=r[5], unit=r[6], role=r[7], hedge=r[8])
        )

    sentences = records("sentence", lambda r: Span(r[1], r[2]))
    times = records("time_expression", _time)
    mentions = records(
        "mention", lambda r: Mention(Span(r[1], r[2]), text=r[3], kind=r[4], entity=r[5], score=r[6])
    )
    statements = records("statement", _statement)
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for r in connection.execute(
        f"SELECT * FROM event WHERE article IN ({marks}) ORDER BY article, number", rows
    ):
        events[r[0]].append(
            Event(
                span=Span(r[2], r[3]),
                sentence=r[4],
                predicate=r[5],
                realis=r[6],
                arguments=tuple(arguments[r[0], "event", r[1]]),
                quantities=tuple(quantities[r[0], r[1]]),
                interval=_as_interval(r[7:10]),
                score=r[10],
            )
        )
    expectations: defaultdict[int, list[Expectation]] = defaultdict(list)
    for r in connection.execute(
        f"SELECT * FROM expectation WHERE article IN ({marks}) ORDER BY article, number", rows
    ):
        expectations[r[0]].append(
            Expectation(
                span=Span(r[2], r[3]),
                sentence=r[4],
                event=r[5],
                predicate=r[6],
                trigger=Span(r[7], r[8]),
                holder=r[9],
                arguments=tuple(arguments[r[0], "expectation", r[1]]),
                due=_as_interval(r[10:13]),
                strength=r[13],
                negated=bool(r[14]),
                score=r[15],
            )
        )
    vectors: dict[int, Vector] = {}
    for row, dimensions, data in connection.execute(
        f"SELECT * FROM vectors WHERE article IN ({marks})", rows
    ):
        vectors[row] = np.frombuffer(data, np.float16).astype(np.float32).reshape(-1, dimensions)
    return {
        article.id: Reading(
            article=article,
            sentences=sentences.get(row, ()),
            times=times.get(row, ()),
            mentions=mentions.get(row, ()),
            events=tuple(events[row]),
            statements=statements.get(row, ()),
            expectations=tuple(expectations[row]),
            vectors=vectors.get(row),
        )
        for row, article in articles.items()
    }


def _span(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _interval(interval: Interval | None) -> tuple[str | None, str | None, str | None]:
    return (
        (interval.start.isoformat(), interval.end.isoformat(), interval.granularity)
        if interval
        else (None, None, None)
    )


def _as_interval(cells: Iterable[Any]) -> Interval | None:
    first, last, granularity = cells
    return Interval(date.fromisoformat(first), date.fromisoformat(last), granularity) if first else None


def _time(r: Row) -> TimeExpression:
    return TimeExpression(
        Span(r[1], r[2]), text=r[3], type=r[4], value=r[5], mod=r[6], interval=_as_interval(r[7:10])
    )


def _statement(r: Row) -> Statement:
    return Statement(
        content=Span(r[1], r[2]),
        kind=r[3],
        cue=Span(r[4], r[5]) if r[4] is not None else None,
        source=Span(r[6], r[7]) if r[6] is not None else None,
        speaker=r[8],
        score=r[9],
    )
