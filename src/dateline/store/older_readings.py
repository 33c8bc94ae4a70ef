"""Readings as notebooks of the first six versions kept them, a table a kind of record, to bring them up to date."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from dateline.lazy_modules import LazyModule
from dateline.records import (
    Argument,
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
from dateline.store.database import any_of
from dateline.store.readings import select_articles

if TYPE_CHECKING:
    import numpy as np
else:
    # a new notebook holds nothing that it would be needed for
    np = LazyModule("numpy")

Row = tuple[Any, ...]
T = TypeVar("T")

TABLES = (
    "sentence", "vectors", "time_expression", "mention", "quantity", "event", "statement", "expectation", "argument",
)  # fmt: skip
"""Those that held records, each before the one that it refers to."""


def select(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, Reading]:
    """Readings by the row of their article."""
    sentences = _records(connection, rows, "sentence", lambda r: Span(r[1], r[2]))
    times = _records(connection, rows, "time_expression", _time)
    mentions = _records(connection, rows, "mention", _mention)
    statements = _records(connection, rows, "statement", _statement)
    arguments = _by_owner(connection, rows, "argument", "owner, owned_by, number", 3, _argument)
    quantities = _by_owner(connection, rows, "quantity", "event, number", 2, _quantity)
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for r in _rows(connection, rows, "event"):
        events[r[0]].append(_event(r, arguments[r[0], "event", r[1]], quantities[r[0], r[1]]))
    expectations: defaultdict[int, list[Expectation]] = defaultdict(list)
    for r in _rows(connection, rows, "expectation"):
        expectations[r[0]].append(_expectation(r, arguments[r[0], "expectation", r[1]]))
    vectors: dict[int, Vector] = {
        row: np.frombuffer(data, np.float16).astype(np.float32).reshape(-1, dimensions)
        for row, dimensions, data in _rows(connection, rows, "vectors", "article")
    }
    return {
        row: Reading(
            article=article,
            sentences=tuple(sentences[row]),
            times=tuple(times[row]),
            mentions=tuple(mentions[row]),
            events=tuple(events[row]),
            statements=tuple(statements[row]),
            expectations=tuple(expectations[row]),
            vectors=vectors.get(row),
        )
        for row, article in select_articles(connection, rows, by="row").items()
    }


def _rows(
    connection: sqlite3.Connection, rows: Sequence[int], table: str, order: str = "number"
) -> Iterator[Row]:
    """The rows of a table that belong to these articles. Their columns are told by place: no older table changes any more."""
    query = f"SELECT * FROM {table} WHERE article IN {any_of(rows)} ORDER BY article, {order}"
    return connection.execute(query, rows)


def _records(
    connection: sqlite3.Connection, rows: Sequence[int], table: str, make: Callable[[Row], T]
) -> defaultdict[int, list[T]]:
    """What `make` makes of a table's rows, without the first column, by that: the article's row."""
    found: defaultdict[int, list[T]] = defaultdict(list)
    for r in _rows(connection, rows, table):
        found[r[0]].append(make(r[1:]))
    return found


def _by_owner(
    connection: sqlite3.Connection,
    rows: Sequence[int],
    table: str,
    order: str,
    key: int,
    make: Callable[[Row], T],
) -> defaultdict[Row, list[T]]:
    """What `make` makes of a table's rows by what they belong to, which the first `key` columns tell."""
    found: defaultdict[Row, list[T]] = defaultdict(list)
    for r in _rows(connection, rows, table, order):
        found[r[:key]].append(make(r))
    return found


def _event(r: Row, arguments: Sequence[Argument], quantities: Sequence[Quantity]) -> Event:
    return Event(
        span=Span(r[2], r[3]),
        sentence=r[4],
        predicate=r[5],
        realis=r[6],
        arguments=tuple(arguments),
        quantities=tuple(quantities),
        interval=_as_interval(r[7:10]),
        score=r[10],
    )


def _expectation(r: Row, arguments: Sequence[Argument]) -> Expectation:
    return Expectation(
        span=Span(r[2], r[3]),
        sentence=r[4],
        event=r[5],
        predicate=r[6],
        trigger=Span(r[7], r[8]),
        holder=r[9],
        arguments=tuple(arguments),
        due=_as_interval(r[10:13]),
        strength=r[13],
        negated=bool(r[14]),
        score=r[15],
    )


def _argument(r: Row) -> Argument:
    return Argument(role=r[4], span=Span(r[5], r[6]), text=r[7], head=Span(r[8], r[9]), entity=r[10])


def _quantity(r: Row) -> Quantity:
    return Quantity(Span(r[3], r[4]), value=r[5], unit=r[6], role=r[7], hedge=r[8])


def _mention(r: Row) -> Mention:
    return Mention(Span(r[1], r[2]), text=r[3], kind=r[4], entity=r[5], score=r[6])


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
