"""Tables: JSON Lines, JSON of data sets and news services, CSV as programs and people write it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from dateline.errors import BadDate, SourceError
from dateline.sources.articles import SourceItem, SourceOptions
from dateline.sources.columns import COLUMNS, Fields, known
from dateline.sources.dates import guess_order, parse_published
from dateline.sources.inputs import Input
from dateline.sources.rows import Row, read_rows

_JSON = (".json", ".jsonl", ".ndjson")
_CSV = (".csv", ".tsv", ".tab")
# where services put the rows of an answer: NewsAPI, GDELT, NYT, the Guardian, mediastack, event registries
_LISTS = (
    "articles",
    "results",
    "docs",
    "items",
    "data",
    "stories",
    "news",
    "rows",
    "records",
    "value",
    "hits",
    "entries",
)
# rows looked at to tell how a column writes its dates, or whether there is a header
_LOOKED_AT = 5_000
# the first line by which Excel tells what stands between cells
_SEPARATOR = re.compile(r'sep=([^"\r\n])[ \t]*(?:\r\n?|\n|\Z)')
# how many times over the lines of a table are read because of quotation marks that are never closed
_READ_IN_VAIN = 20
_AROUND_LISTS = ("response", "data", "result", "hits", "articles")
"""Objects in which news services put their lists."""


def fits(given: Input) -> bool:
    """By its name; else by its first character, where it is that of JSON."""
    if given.has_ending(*_JSON, *_CSV) or given.media_type in (
        "application/json",
        "text/csv",
        "application/x-ndjson",
    ):
        return True
    return re.match(r'[{]\s*["}]|\[\s*[{\]]', given.beginning()) is not None


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The articles of a table."""
    text = given.text(options.bounds.table_bytes)
    yield from given.warnings
    if given.has_ending(*_CSV) or given.media_type == "text/csv":
        yield from _read_csv(text, given.source, options)
    else:
        yield from _read_json(text, given.source, options)


# ---------------------------------------------------------------- JSON


def _read_json(text: str, source: str, options: SourceOptions) -> Iterator[SourceItem]:
    """Of JSON Lines, or of one JSON object, array or answer of a service."""
    try:
        whole = json.loads(text)
    except RecursionError:
        raise SourceError(f"{source}: the JSON is nested too deeply") from None
    except ValueError:
        rows = list(_json_lines(text, source))
    else:
        items = _rows_of(whole)
        rows = [
            (f"{source}#{n}" if len(items) > 1 else source, item) for n, item in enumerate(items, start=1)
        ]
    order = options.date_order or guess_order(
        Fields(row, options.columns).value("published")
        for _, row in rows[:_LOOKED_AT]
        if isinstance(row, dict)
    )
    yield from read_rows(rows, source, options, order)


def _json_lines(text: str, source: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{source}#{number}"
        try:
            yield where, json.loads(line)
        except ValueError as error:
            yield where, SourceError(f"{where}: the line is not JSON ({error}); the other lines were read")
        except RecursionError:
            yield where, SourceError(f"{where}: the JSON is nested too deeply; the other lines were read")


def _rows_of(whole: Any, depth: int = 0) -> list[Any]:
    """The rows in an answer of a service, or the object itself."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict) and depth < 3 and not known(whole, "published", {}):
        for name in _LISTS:
            inner = whole.get(name)
            if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
                return [item.get("_source", item) if isinstance(item, dict) else item for item in inner]
        for name in _AROUND_LISTS:
            if isinstance(whole.get(name), dict):
                return _rows_of(whole[name], depth + 1)
    return [whole]


# ---------------------------------------------------------------- CSV


def _read_csv(text: str, source: str, options: SourceOptions) -> Iterator[SourceItem]:
    csv.field_size_limit(2**31 - 1)
    text = text.lstrip("\ufeff")
    if told := _SEPARATOR.match(text):
        delimiter, text = told[1], text[told.end() :]
    else:
        first = text.lstrip("\r\n").partition("\n")[0]
        delimiter = max(",\t;|", key=first.count)
    names = next(csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter), [])
    _check_header(names, source, options)
    rows = list(_csv_rows(text, names, source, delimiter, known(names[-1:], "text", options.columns)))
    values = (
        Fields(r, options.columns).value("published") for _, r in rows[:_LOOKED_AT] if isinstance(r, Mapping)
    )
    yield from read_rows(rows, source, options, options.date_order or guess_order(values))


def _check_header(names: list[str], source: str, options: SourceOptions) -> None:
    """Raises SourceError where the first line names no columns, or none that holds text."""
    columns = options.columns
    if missing := [c for c in columns.values() if c not in names]:
        raise SourceError(
            f"{source}: there is no column {missing[0]!r}; the columns are {', '.join(names)[:300]}"
        )
    if any(known(names, field, columns) for field in ("text", "title")):
        return
    if any(_is_a_value(name) for name in names) and not any(known(names, f, {}) for f in COLUMNS):
        shown = ", ".join(names)[:120]
        raise SourceError(
            f"{source}: the first line names no columns ({shown!r}); put a line with their names above it, such as date,title,text"
        )
    raise SourceError(
        f"{source}: no text among the columns {', '.join(sorted(names))[:200]}; name it with --map text=COLUMN"
    )


def _is_a_value(cell: str) -> bool:
    """True where a cell of the first line is no name of a column: a date, a number or a sentence."""
    try:
        if parse_published(cell, "", "dmy") is not None:
            return True
    except BadDate:
        return True
    return cell.strip().replace(".", "", 1).isdigit() or len(cell.split()) > 5 or "://" in cell


def _csv_rows(text: str, names: list[str], source: str, delimiter: str, text_is_last: bool) -> Iterator[Row]:
    """Rows by name of their column; one whose quotation mark is never closed is told, and those after it are read."""
    lines = list(io.StringIO(text, newline=""))
    start, header_met, in_vain = 0, False, 0
    while start < len(lines):
        if in_vain > _READ_IN_VAIN * (len(lines) + _LOOKED_AT):
            where = f"{source}#{start + 1}"
            yield (
                where,
                SourceError(
                    f"{where}: too many quotation marks are never closed; nothing was read from here on"
                ),
            )
            return
        reader, read_so_far = csv.reader(islice(lines, start, None), delimiter=delimiter), 0
        for cells in reader:
            first, read_so_far = start + read_so_far, reader.line_num
            where = f"{source}#{first + 1}"
            if not header_met or not cells:
                header_met = header_met or bool(cells)
                continue
            covered = lines[first : start + read_so_far]
            # a whole row has as many quotation marks that open as that close
            if len(covered) > 1 and sum(line.count('"') for line in covered) % 2:
                yield (
                    where,
                    SourceError(
                        f"{where}: a quotation mark is opened and never closed; the row was left out, the others were read"
                    ),
                )
                start, in_vain = first + 1, in_vain + len(covered)
                break
            if len(cells) > len(names) and text_is_last:
                # commas of a text that nobody put in quotation marks
                cells[len(names) - 1 :] = [delimiter.join(cells[len(names) - 1 :])]
            yield where, dict(zip(names, cells, strict=False))
        else:
            return
