"""The exports: a notebook, or one story, as of a day, in the formats that other tools read.

They compute nothing of their own: every value is one that the notebook gives.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import ExportError
from dateline.views.contents import MOST, Contents
from dateline.views.exports import (
    brief,
    csv,
    embed,
    html,
    ics,
    jsonl,
    jsonld,
    markdown,
    parquet,
    rss,
    timelinejs,
)
from dateline.views.exports.tables import KINDS, Column, Table, fill, kind

if TYPE_CHECKING:
    from dateline.notebook import Notebook

__all__ = ["FORMATS", "KINDS", "MOST", "Column", "Table", "export", "tables", "write_file"]

_DOCUMENTS: dict[str, Callable[[Contents], Iterator[str]]] = {
    "timelinejs": timelinejs.write,
    "html": html.write,
    "markdown": markdown.write,
    "jsonl": jsonl.write,
    "ics": ics.write,
    "jsonld": jsonld.write,
    "rss": rss.write,
    "embed": embed.write,
    "brief": brief.write,
}
_TABLES: dict[str, Callable[[Table], bytes]] = {"csv": csv.write, "parquet": parquet.write}
FORMATS = (*_DOCUMENTS, *_TABLES)
# the table that stands for all where only one fits
_MAIN_TABLE = "entries"


def export(
    notebook: Notebook,
    to: str,
    *,
    story: str | None = None,
    as_of: date | None = None,
    table: str | None = None,
    most: int = MOST,
    full_texts: bool = False,
    page: str | None = None,
    out: str | PathLike[str] | BinaryIO,
) -> list[Path]:
    """Write the notebook, or the story whose id or title is `story`, in the format `to`; return the files written.

    `out` is a file to write or a binary stream. For `csv` and `parquet` it is a folder that gets one file a table;
    where `table` names one of them, or `out` is a stream or ends with the format's name, that table alone is written,
    `entries` unless told. A file that is there is replaced whole. `most`, `full_texts` and `page` are as in `Contents`.

    Raises ExportError for an unknown format or table, or where a library is missing, and UnknownStory.
    """
    if to not in FORMATS:
        raise ExportError(f"{to}: there is no such format; choose one of {', '.join(FORMATS)}")
    if table is not None and to not in _TABLES:
        raise ExportError(f"{to}: this format has no tables; leave --table out, or choose csv or parquet")
    contents = replace(_contents(notebook, story, as_of), most=most, full_texts=full_texts, page=page)
    if to in _DOCUMENTS:
        return write_file("".join(_DOCUMENTS[to](contents)).encode("utf-8"), out)
    single = table or (
        None if isinstance(out, str | PathLike) and Path(out).suffix != f".{to}" else _MAIN_TABLE
    )
    if single:
        return write_file(_TABLES[to](fill(contents, [kind(single).name])[single]), out)
    assert isinstance(out, str | PathLike)
    return _write_folder(fill(contents), to, Path(out))


def tables(
    notebook: Notebook,
    names: Sequence[str] | None = None,
    *,
    story: str | None = None,
    as_of: date | None = None,
) -> dict[str, Table]:
    """The notebook's tables by name, each with `to_frame()` for pandas or polars; `names` chooses among them.

    Raises ExportError for a name that no table has, UnknownStory where no story answers to `story`.
    """
    return fill(_contents(notebook, story, as_of), names if names is not None else [k.name for k in KINDS])


def _contents(notebook: Notebook, story: str | None, as_of: date | None) -> Contents:
    chosen = notebook.stories(as_of) if story is None else [notebook.story(story, as_of)]
    return Contents(tuple(chosen), as_of or notebook.view_day())


def _write_folder(filled: dict[str, Table], to: str, folder: Path) -> list[Path]:
    if folder.exists() and not folder.is_dir():
        raise ExportError(
            f"{folder}: {to} makes several tables and needs a folder; give one, or choose with --table"
        )
    folder.mkdir(parents=True, exist_ok=True)
    return [
        path
        for name, table in filled.items()
        for path in write_file(_TABLES[to](table), folder / f"{name}.{to}")
    ]


def write_file(content: bytes, out: str | PathLike[str] | BinaryIO) -> list[Path]:
    """Write to a stream, or beside the file and then in its place, so that nobody sees half of it. Raises ExportError where that cannot be."""
    if not isinstance(out, str | PathLike):
        out.write(content)
        return []
    path = Path(out)
    if path.is_dir():
        raise ExportError(f"{path}: this is a folder; give a file's name")
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        if not path.parent.is_dir():
            raise ExportError(f"{path}: there is no folder {path.parent}; make it first") from None
        raise ExportError(f"{path}: nothing can be written there ({error.strerror})") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # a temporary file is its owner's alone; an export is as readable as any new file
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    return [path]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
