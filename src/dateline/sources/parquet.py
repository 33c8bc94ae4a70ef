"""Parquet tables, a group of rows at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from dateline.errors import SourceError
from dateline.sources.articles import SourceItem, SourceOptions
from dateline.sources.columns import COLUMNS, Fields, normalise
from dateline.sources.dates import guess_order
from dateline.sources.extras import needed_for
from dateline.sources.inputs import Input
from dateline.sources.rows import Row, read_rows

_ROWS_AT_ONCE = 500


def fits(given: Input) -> bool:
    """By its first bytes."""
    return given.head.startswith(b"PAR1")


def read(given: Input, options: SourceOptions) -> Iterator[SourceItem]:
    """The articles of a table's rows; columns that are not ours are not read."""
    with needed_for("a Parquet table", "parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    data = given.data(options.bounds.table_bytes)
    try:
        table = pq.ParquetFile(io.BytesIO(data))
        names = table.schema_arrow.names
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"{given.source}: the Parquet table is damaged ({error})") from error
    wanted = set(options.columns.values())
    usual = {name for names_of_field in COLUMNS.values() for name in names_of_field}
    ours = [name for name in names if name in wanted or normalise(name) in usual]
    if missing := wanted - set(names):
        raise SourceError(
            f"{given.source}: there is no column {min(missing)!r}; the columns are {', '.join(names)[:300]}"
        )
    if not ours:
        raise SourceError(
            f"{given.source}: no text among the columns {', '.join(names)[:200]}; name it with --map text=COLUMN"
        )

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for batch in table.iter_batches(_ROWS_AT_ONCE, columns=ours):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{given.source}#{number}", row
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            where = f"{given.source}#{number + 1}"
            yield (
                where,
                SourceError(
                    f"{where}: the Parquet table is damaged here ({error}); the rows before it were read"
                ),
            )

    values = (
        Fields(r, options.columns).value("published") for _, r in islice(rows(), 5_000) if isinstance(r, dict)
    )
    order = options.date_order or guess_order(values)
    yield from read_rows(rows(), given.source, options, order)
