"""Readings as notebooks of the first six versions kept them, a table a kind of record, to bring them up to date."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np

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
from dateline.store.readings import select_articles

Row = tuple[Any, ...]
T = TypeVar("T")

TABLES = (
    "sentence", "vectors", "time_expression", "mention", "quantity", "event", "statement", "expectation", "argument",
)  # fmt: skip
"""Those that held records, each before the one that it refers to."""


def select(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, Reading]:
    """Readings by the row of their article."""
    articles = select_articles(connection, rows, by="row")
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
        row: Reading(
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
