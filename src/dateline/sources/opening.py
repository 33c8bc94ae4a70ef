"""From a path as given to articles: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline.errors import SourceError
from dateline.records import Article
from dateline.sources import dated_text, html, tables
from dateline.sources.articles import SourceOptions, SourceWarning
from dateline.sources.decoding import decode

Found = Article | SourceError | SourceWarning
_Format = Callable[[str, str, SourceOptions], Iterator[Article | SourceError]]

_BY_SUFFIX: dict[str, _Format] = {
    ".txt": dated_text.read,
    ".text": dated_text.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".jsonl": tables.read_json,
    ".ndjson": tables.read_json,
    ".json": tables.read_json,
    ".csv": tables.read_csv,
    ".tsv": tables.read_csv,
}
_MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def open_source(given: str, options: SourceOptions | None = None) -> Iterator[Found]:
    """Articles of one path, folder, glob or `-` (standard input), in the order of their names.

    What cannot be read is yielded as the SourceError that says why, so that the rest is kept.
    """
    options = options or SourceOptions()
    if given == "-":
        yield from _read_bytes(sys.stdin.buffer.read(), "-", options)
        return
    if os.path.isdir(given):
        yield from _open_folder(given, options)
        return
    if not os.path.lexists(given) and glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            yield SourceError(f"{given}: no file matches this pattern")
        for match in matches:
            yield from open_source(match, options)
        return
    yield from _open_file(given, options)


def _open_folder(folder: str, options: SourceOptions) -> Iterator[Found]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield SourceError(f"{folder}: the folder cannot be read ({error.strerror})")
        return
    visible = [name for name in names if not name.startswith(".")]
    if not visible:
        yield SourceError(f"{folder}: the folder is empty")
    for name in visible:
        path = os.path.join(folder, name)
        # a link to a folder may lead in a circle
        if os.path.isdir(path):
            if not os.path.islink(path):
                yield from _open_folder(path, options)
        elif os.path.realpath(path) not in options.passed_over:
            yield from _open_file(path, options)


def _open_file(path: str, options: SourceOptions) -> Iterator[Found]:
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        yield SourceError(f"{path}: there is no such file")
    except (OSError, ValueError) as error:
        yield SourceError(f"{path}: the file cannot be read ({getattr(error, 'strerror', None) or error})")
    else:
        yield from _read_bytes(data, path, options)


def _read_bytes(data: bytes, source: str, options: SourceOptions) -> Iterator[Found]:
    try:
        if not data.strip():
            raise SourceError(f"{source}: the file is empty")
        text, warning = decode(data, source)
        if warning:
            yield warning
        yield from _format_of(source, text)(text, source, options)
    except SourceError as error:
        yield error


def _format_of(source: str, text: str) -> _Format:
    """By the name's ending; where that says nothing, by how the text begins."""
    suffix = Path(source).suffix.lower()
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if _MARKUP.match(text):
        return html.read
    if text.lstrip()[:1] in "{[":
        return tables.read_json
    return dated_text.read
