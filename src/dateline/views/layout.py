"""Rows set for where they are read: a table in a wide terminal, sources under the words in a narrower one, blocks in one as
narrow as a telephone, and lines of fields with tabs between where nobody told a width (a pipe, a file).

No column is left out and no day is cut in any of them. Computes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

Kind = Literal["fixed", "mark", "count", "words", "source"]
_WRAPPED: frozenset[Kind] = frozenset(["words", "source"])
"""Columns whose cells may run over several lines; the others are as wide as their widest cell."""
_GAP = 3
_LEAST_WORDS = 36
_NARROWEST_WORDS = 20
_SOURCE_MOST = 34
_BLOCKS_BELOW = 60
_INDENT = 2
_PIPED = 110


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `fixed` (a day, an id, a status), `mark` (one sign), `count` (a number), `words` (wrapped) or `source`."""

    name: str
    kind: Kind = "words"
    ratio: int = 1


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, or as COLUMNS says."""
    made = Console(stderr=stderr, highlight=False)
    if made.is_terminal or _told_width():
        return made
    return Console(stderr=stderr, highlight=False, width=_PIPED)


def _told_width() -> bool:
    return os.environ.get("COLUMNS", "").isdigit()


def is_piped(out: Console) -> bool:
    """True where the lines go to a program or a file, and nobody told how wide they may be."""
    return not out.is_terminal and not _told_width()


def print_text(out: Console, text: Text | str, style: str = "") -> None:
    """Text wrapped to the width, in one piece where it is piped; without blanks at the ends of lines."""
    text = Text(text, style=style) if isinstance(text, str) else text
    if is_piped(out):
        out.print(text, soft_wrap=True)
    else:
        print_trimmed(out, lambda: out.print(text))


def print_rows(out: Console, columns: Sequence[Column], rows: Sequence[Sequence[Text | str]]) -> None:
    """Print `rows`, each with a cell a column; an empty cell is one that says what the one above it says."""
    cells = [[c if isinstance(c, Text) else Text(c) for c in row] for row in rows]
    if is_piped(out):
        for row in cells:
            fields = (_field(column, cell) for column, cell in zip(columns, row, strict=True))
            # past the console, which would make blanks of the tabs
            out.file.write("\t".join(fields) + "\n")
    elif out.width < max(_BLOCKS_BELOW, _least_table(columns, cells)):
        print_trimmed(out, lambda: _print_blocks(out, columns, cells))
    else:
        print_trimmed(out, lambda: out.print(_table(out.width, columns, cells)))


def _field(column: Column, cell: Text) -> str:
    """A cell in one line: the parts of words set apart, so that each source and what follows a title can be told."""
    between = {"words": " · ", "source": "; "}.get(column.kind, " ")
    return between.join(" ".join(part.split()) for part in cell.plain.split("\n") if part.strip())


def print_trimmed(out: Console, prints: Callable[[], None]) -> None:
    """A terminal shows no blanks at the end of a line; in a file they are in the way."""
    if out.is_terminal:
        prints()
        return
    with out.capture() as captured:
        prints()
    for line in captured.get().splitlines():
        out.file.write(line.rstrip() + "\n")


def _least_table(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> int:
    """The width below which a table would cut words."""
    taken = sum(
        _width([row[i] for row in rows], c.name) + _GAP
        for i, c in enumerate(columns)
        if c.kind not in _WRAPPED
    )
    return taken + _NARROWEST_WORDS * sum(c.kind == "words" for c in columns)


def _width(cells: Sequence[Text], name: str) -> int:
    return max([len(line) for cell in cells for line in cell.plain.split("\n")] + [len(name)])


def _table(width: int, columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> Table:
    widths = [_width([row[i] for row in rows], c.name) for i, c in enumerate(columns)]
    source = next((i for i, c in enumerate(columns) if c.kind == "source"), None)
    taken = sum(w + _GAP for w, c in zip(widths, columns, strict=True) if c.kind not in _WRAPPED)
    needed = taken + sum(_LEAST_WORDS for c in columns if c.kind == "words")
    if source is not None:
        widths[source] = min(widths[source], _SOURCE_MOST)
        if needed + widths[source] + _GAP > width:
            return _made(*_with_sources_below(columns, rows, source), widths)
    return _made(columns, rows, widths)


def _with_sources_below(
    columns: Sequence[Column], rows: Sequence[Sequence[Text]], source: int
) -> tuple[list[Column], list[list[Text]]]:
    """The same without the column of sources, which stand under the last words."""
    words = max(i for i, c in enumerate(columns) if c.kind == "words")
    merged = []
    for row in rows:
        joined = row[words].copy()
        joined.append("\n").append_text(row[source])
        merged.append([joined if i == words else c for i, c in enumerate(row) if i != source])
    return [c for i, c in enumerate(columns) if i != source], merged


def _made(columns: Sequence[Column], rows: Sequence[Sequence[Text]], widths: Sequence[int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, header_style="bold")
    for column, wide in zip(columns, widths, strict=False):
        if column.kind == "words":
            table.add_column(column.name, ratio=column.ratio, overflow="fold")
        elif column.kind == "source":
            table.add_column(column.name, width=wide, overflow="fold")
        else:
            right = column.kind == "count"
            table.add_column(column.name, no_wrap=True, min_width=wide, justify="right" if right else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _print_blocks(out: Console, columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> None:
    for row in rows:
        out.print()
        head = Text("  ").join(
            Text(f"{c.name} ", style="dim").append_text(cell) if c.kind == "count" else _on_one_line(cell)
            for c, cell in zip(columns, row, strict=True)
            if c.kind not in _WRAPPED and cell.plain.strip()
        )
        if head.plain:
            out.print(head)
        for c, cell in zip(columns, row, strict=True):
            if c.kind in _WRAPPED and cell.plain.strip():
                for line in cell.wrap(out, max(1, out.width - _INDENT)):
                    line.rstrip()
                    out.print(Text(" " * _INDENT).append_text(line), no_wrap=True, overflow="ignore")


def _on_one_line(cell: Text) -> Text:
    return Text(" ").join(cell.split("\n"))
