"""Records by columns: all values of a field beside one another, which compress to half of what they take record by record.

The columns follow the records' own fields. A field that may be missing has a column that says where it is there, a field of many
one that says how many; places are told by the distance to the one before. A `text` that only repeats what stands at a record's
`span` is left out. Numbers of few decimal places are written as whole numbers of the last place.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import accumulate, chain, pairwise, repeat
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dateline.records import Span

Column = list[Any]

_PLACES = 10_000
"""Parts of one in which scores are told: four decimal places."""
_MOST_PLACES = 2**53 // _PLACES


def write(kind: type[Any], records: Sequence[Any], text: str) -> list[Column]:
    """The columns of `records`, all of the dataclass `kind`, with places in `text`. Leaves are as they are: numbers, words, days."""
    columns: list[Column] = []
    _write(kind, records, text, columns)
    return columns


def _write(kind: Any, values: Sequence[Any], text: str, columns: list[Column]) -> None:
    if kind is Span:
        columns += _distances([v.start for v in values]), [v.end - v.start for v in values]
    elif _is_record(kind):
        for name, of in _fields(kind):
            found = [getattr(v, name) for v in values]
            if name == "text":
                found = [None if v.span.of(text) == v.text else v.text for v in values]
            _write(of, found, text, columns)
    elif (inner := _of_optional(kind)) is not None:
        columns.append([int(v is not None) for v in values])
        _write(inner, [v for v in values if v is not None], text, columns)
    elif get_origin(kind) is tuple:
        columns.append([len(v) for v in values])
        _write(get_args(kind)[0], list(chain.from_iterable(values)), text, columns)
    elif kind is float:
        columns.append(_whole(values))
    else:
        columns.append(_distances(values) if kind is int else list(values))


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
    return [*numbers[:1], *map(operator.sub, numbers[1:], numbers)]


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
