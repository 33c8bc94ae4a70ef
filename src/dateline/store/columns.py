"""Records by columns: all values of a field beside one another, which compress to half of what they take record by record.

The columns follow the records' own fields. A field that may be missing has a column that says where it is there, a field of many
one that says how many; places are told by the distance to the one before. A `text` that only repeats what stands at a record's
`span` is left out. Numbers of few decimal places are written as whole numbers of the last place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, partial
from itertools import accumulate, chain, pairwise, repeat
from operator import attrgetter, sub
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dateline.records import Span

Column = list[Any]
Writer = Callable[[Sequence[Any], str, list[Column]], None]

_PLACES = 10_000
"""Parts of one in which scores are told: four decimal places."""
_MOST_PLACES = 2**53 // _PLACES


def write(kind: Any, records: Sequence[Any], text: str) -> list[Column]:
    """The columns of `records`, all of the dataclass `kind`, with places in `text`. Leaves are as they are: numbers, words, days."""
    columns: list[Column] = []
    _writer(kind)(records, text, columns)
    return columns


@cache
def _writer(kind: Any) -> Writer:
    """What adds the columns of values of `kind` in a text to others."""
    if kind is Span:
        return _write_spans
    if _is_record(kind):
        return partial(_write_records, [(n, attrgetter(n), _writer(of)) for n, of in _fields(kind)])
    if (inner := _of_optional(kind)) is not None:
        return partial(_write_optional, _writer(inner))
    if get_origin(kind) is tuple:
        return partial(_write_many, _writer(get_args(kind)[0]))
    leaves = _whole if kind is float else _distances if kind is int else list
    return partial(_write_leaves, leaves)


def _write_spans(values: Sequence[Span], text: str, columns: list[Column]) -> None:
    del text
    columns += _distances([v.start for v in values]), [v.end - v.start for v in values]


def _write_records(
    each: list[tuple[str, Callable[[Any], Any], Writer]],
    values: Sequence[Any],
    text: str,
    columns: list[Column],
) -> None:
    for name, get, write_field in each:
        found = list(map(get, values))
        if name == "text":
            found = [None if v.span.of(text) == v.text else v.text for v in values]
        write_field(found, text, columns)


def _write_optional(write_inner: Writer, values: Sequence[Any], text: str, columns: list[Column]) -> None:
    columns.append([int(v is not None) for v in values])
    write_inner([v for v in values if v is not None], text, columns)


def _write_many(write_inner: Writer, values: Sequence[Any], text: str, columns: list[Column]) -> None:
    columns.append(list(map(len, values)))
    write_inner(list(chain.from_iterable(values)), text, columns)


def _write_leaves(
    leaves: Callable[[Sequence[Any]], Column], values: Sequence[Any], text: str, columns: list[Column]
) -> None:
    del text
    columns.append(leaves(values))


def read(kind: Any, columns: Iterator[Column], text: str) -> list[Any]:
    """What `write` wrote of `kind`: maps of fields, as `msgspec.convert` takes them. Raises ValueError where the columns are not of one length."""
    if kind is Span:
        starts = list(accumulate(next(columns)))
        return [{"start": a, "end": a + length} for a, length in zip(starts, next(columns), strict=True)]
    if _is_record(kind):
        return _read_records(kind, columns, text)
    if (inner := _of_optional(kind)) is not None:
        there = next(columns)
        given = iter(read(inner, columns, text))
        return [next(given) if is_there else None for is_there in there]
    if get_origin(kind) is tuple:
        ends = list(accumulate(next(columns), initial=0))
        items = read(get_args(kind)[0], columns, text)
        if len(items) != ends[-1]:
            raise ValueError("a column is cut short")
        return [items[a:b] for a, b in pairwise(ends)]
    column = next(columns)
    if kind is float and column and isinstance(column[0], list):
        return [number / _PLACES for number in column[0]]
    return list(accumulate(column)) if kind is int else column


def _read_records(kind: Any, columns: Iterator[Column], text: str) -> list[Any]:
    names = [name for name, _ in _fields(kind)]
    found = [read(of, columns, text) for _, of in _fields(kind)]
    records = list(map(dict, map(zip, repeat(names), zip(*found, strict=True))))
    if "text" in names:
        for record in records:
            if record["text"] is None:
                span = record["span"]
                record["text"] = text[span["start"] : span["end"]]
    return records


def _whole(numbers: Sequence[float]) -> Column:
    """`numbers` as a list of whole numbers in a list where that tells them exactly, else as they are."""
    whole = [round(n * _PLACES) if abs(n) < _MOST_PLACES else 0 for n in numbers]
    exact = all(w / _PLACES == n for w, n in zip(whole, numbers, strict=True))
    return [whole] if whole and exact else list(numbers)


def _distances(numbers: Sequence[int]) -> list[int]:
    return [*numbers[:1], *map(sub, numbers[1:], numbers)]


def _is_record(kind: Any) -> bool:
    return is_dataclass(kind)


@cache
def _fields(kind: Any) -> list[tuple[str, Any]]:
    """The fields of a dataclass, each with its type."""
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind)]


@cache
def _of_optional(kind: Any) -> Any:
    """T of `T | None`, None of any other type."""
    if get_origin(kind) not in (Union, UnionType) or NoneType not in get_args(kind):
        return None
    return next(of for of in get_args(kind) if of is not NoneType)
