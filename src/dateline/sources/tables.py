"""Rows of articles: JSON Lines, JSON and CSV, with columns known by their usual names or mapped."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping

from dateline.errors import SourceError, UndatedArticle
from dateline.records import Article
from dateline.sources.articles import SourceOptions, make_article, parse_published

# our field -> the names under which it is met, first match wins
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "article_text", "maintext", "full_text", "content_text"),
    "title": ("title", "headline", "name"),
    "published": ("published", "date", "published_at", "publish_date", "date_publish", "pubdate", "date_published", "publication_date", "datetime", "timestamp", "created_at"),
    "url": ("url", "link", "permalink"),
    "publisher": ("publisher", "source", "outlet", "site", "domain", "source_domain", "newspaper"),
    "language": ("language", "lang"),
}  # fmt: skip


def read_json(text: str, source: str, options: SourceOptions) -> Iterator[Article | SourceError]:
    """Articles of a JSON Lines file, or of one JSON object or array; a bad row is yielded as its error."""
    try:
        whole = json.loads(text)
    except ValueError:
        yield from _read_json_lines(text, source, options)
        return
    rows = whole if isinstance(whole, list) else [whole]
    for number, row in enumerate(rows, start=1):
        yield _article(row, f"{source}#{number}" if len(rows) > 1 else source, options)


def _read_json_lines(text: str, source: str, options: SourceOptions) -> Iterator[Article | SourceError]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{source}#{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            yield SourceError(f"{where}: the line is not JSON ({error}); the other lines were read")
            continue
        except RecursionError:
            yield SourceError(f"{where}: the JSON is nested too deeply; the other lines were read")
            continue
        yield _article(row, where, options)


def read_csv(text: str, source: str, options: SourceOptions) -> Iterator[Article | SourceError]:
    """Articles of a CSV or TSV file with a header line; a bad row is yielded as its error."""
    csv.field_size_limit(2**31 - 1)
    header = text.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(",\t;|", key=header.count)
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows, start=2):
            yield _article(row, f"{source}#{number}", options)
    except csv.Error as error:
        yield SourceError(
            f"{source}: line {rows.line_num} is not CSV ({error}); the rows before it were read"
        )


def _article(row: object, where: str, options: SourceOptions) -> Article | SourceError:
    if not isinstance(row, dict):
        return SourceError(f"{where}: the row is not an object with fields")
    fields = _Fields(row, options.columns)
    text = fields.text("text")
    if text is None or not text.strip():
        names = ", ".join(sorted(map(str, row)))[:200]
        return SourceError(f"{where}: no text among the columns {names}; name it with --map text=COLUMN")
    try:
        published = parse_published(fields.value("published"), where) or options.published
    except SourceError as error:
        return error
    if published is None:
        return UndatedArticle(
            f"{where}: no date among its columns; name it with --map published=COLUMN or give one with --date"
        )
    return make_article(
        where,
        published,
        text.strip(),
        title=fields.text("title"),
        url=fields.text("url"),
        publisher=fields.text("publisher"),
        language=fields.text("language"),
    )


class _Fields:
    """A row seen through the column map."""

    def __init__(self, row: Mapping[object, object], columns: Mapping[str, str]) -> None:
        self._row = row
        self._by_name = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
        self._columns = columns

    def value(self, field: str) -> object:
        """The cell for one of our fields, or None."""
        if field in self._columns:
            return self._row.get(self._columns[field])
        return next((v for name in COLUMNS[field] if (v := self._by_name.get(name)) not in (None, "")), None)

    def text(self, field: str) -> str | None:
        """The cell as text; None where it is absent or no text."""
        value = self.value(field)
        if isinstance(value, dict):  # news APIs: {"source": {"name": "..."}}
            value = value.get("name")
        return value if isinstance(value, str) else None
