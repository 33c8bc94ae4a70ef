"""A part of an archive: readings of one day as a Parquet file, whose bytes hang on the readings alone."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from dateline import vectors
from dateline.consistency import wrong_with
from dateline.errors import SourceError
from dateline.reader.pool import Unread
from dateline.records import Article, Reading, Records
from dateline.sources.extras import needed_for
from dateline.sources.repeats import without_repeats

_ROWS_AT_ONCE = 256
_MEND = "delete the part, and `dateline read` the same inputs again"
# what a row raises that dateline never wrote
_DAMAGED = (
    msgspec.MsgspecError,
    OSError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    RecursionError,
)
# `published` is told by the folder, as Hive and those who follow it have it
_TEXT_COLUMNS = ("id", "source", "url", "publisher", "title", "published_at", "language", "dated_by", "text")
_NEVER_EMPTY = ("id", "source", "text")


def folder_of(day: date) -> str:
    """The name of the folder of `day`'s parts."""
    return f"published={day.isoformat()}"


def day_of(folder: str) -> date | None:
    """The day whose parts lie in a folder of this name, None where it is no such folder. Raises ValueError for a day that does not exist."""
    name, equals, day = folder.partition("=")
    return date.fromisoformat(day) if name == "published" and equals else None


def name_of(ids: Sequence[str]) -> str:
    """The file name of the part that holds the articles of `ids`."""
    told = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:16]
    return f"part-{told}.parquet"


def to_parquet(found: Sequence[Reading | Unread]) -> bytes:
    """The part that holds `found`, by article id. Raises SourceError where pyarrow is missing."""
    with needed_for("an archive", "parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    rows = [_row(one) for one in sorted(found, key=lambda one: one.article.id)]
    table = pa.Table.from_pylist(rows, schema=_schema())
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def from_parquet(path: Path, day: date) -> Iterator[Reading | Unread | SourceError]:
    """What the part at `path` holds, in the order of article ids; in place of a row, or the rest of a part, that is damaged the error that names it."""
    with needed_for("an archive", "parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        with pq.ParquetFile(path, pre_buffer=False) as part:
            for batch in part.iter_batches(_ROWS_AT_ONCE, use_threads=False):
                for number, row in enumerate(batch.to_pylist()):
                    try:
                        yield _found(row, day)
                    except _DAMAGED as error:
                        yield SourceError(
                            f"{path}#{row.get('id') or number}: this row is damaged ({error!s:.200}); {_MEND}"
                        )
    except (pa.ArrowException, *_DAMAGED) as error:
        yield SourceError(f"{path}: this part is damaged ({error!s:.200}); {_MEND}")


def found(path: Path, day: date) -> Iterator[Reading | Unread | SourceError]:
    """As `from_parquet`, with no more than some errors of a kind."""
    return without_repeats(from_parquet(path, day), str(path))


def ids_in(path: Path) -> list[str]:
    """The ids of the articles in the part at `path`. Raises SourceError where it is damaged."""
    with needed_for("an archive", "parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        with pq.ParquetFile(path, pre_buffer=False) as part:
            ids: list[str] = part.read(["id"], use_threads=False)["id"].to_pylist()
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise SourceError(
            f"{path}: this part is damaged ({error}); delete it, and it is read again"
        ) from error
    return ids


def write(path: Path, data: bytes) -> None:
    """Write a part whole or not at all: under another name first, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _schema() -> Any:
    import pyarrow as pa

    return pa.schema(
        [(name, pa.string()) for name in _TEXT_COLUMNS]
        + [
            ("records", pa.string()),
            ("dimensions", pa.int32()),
            ("vectors", pa.binary()),
            ("trouble", pa.string()),
        ]
    )


def _row(one: Reading | Unread) -> dict[str, str | bytes | int | None]:
    article = one.article
    row: dict[str, str | bytes | int | None] = {
        "id": article.id,
        "source": article.source,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "dated_by": article.dated_by,
        "text": article.text,
    }
    if isinstance(one, Unread):
        return row | {"trouble": one.reason}
    row["records"] = msgspec.json.encode(Records.of(one)).decode()
    if one.vectors is not None and len(one.vectors):
        row |= {"dimensions": one.vectors.shape[1], "vectors": vectors.pack(one.vectors)}
    return row


def _found(row: dict[str, Any], day: date) -> Reading | Unread:
    """A row as it was read. Raises one of `_DAMAGED` where it is none that was written."""
    for name in _TEXT_COLUMNS:
        value = row[name]
        if not (
            isinstance(value, str) and value.strip()
            if name in _NEVER_EMPTY
            else isinstance(value, str | None)
        ):
            raise ValueError(f"its {name} is empty or no text")
    moment = row["published_at"]
    article = Article(
        id=row["id"],
        source=row["source"],
        published=day,
        text=row["text"],
        title=row["title"],
        url=row["url"],
        publisher=row["publisher"],
        language=row["language"],
        published_at=datetime.fromisoformat(moment) if moment else None,
        dated_by=row["dated_by"],
    )
    if row["trouble"] is not None:
        return Unread(article, row["trouble"])
    packed, dimensions = row["vectors"], row["dimensions"]
    found = vectors.unpack(packed, dimensions) if packed is not None else None
    reading = msgspec.json.decode(row["records"], type=Records).reading(article, found)
    if wrong := wrong_with(reading):
        raise ValueError(wrong)
    return reading
