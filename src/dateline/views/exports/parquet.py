"""Parquet, through pyarrow: typed columns, days as date32, and what each column says in the schema."""

from __future__ import annotations

import io

from dateline.errors import ExportError
from dateline.views.exports.tables import Table


def write(table: Table) -> bytes:
    """The table as a Parquet file.

    Raises ExportError where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise ExportError(
            "parquet: this needs the library pyarrow; install it from a checkout of dateline with `pip install '.[parquet]'`"
        ) from error
    types = {
        "text": pyarrow.string(),
        "whole": pyarrow.int64(),
        "real": pyarrow.float64(),
        "day": pyarrow.date32(),
    }
    schema = pyarrow.schema(
        [pyarrow.field(c.name, types[c.type], metadata={"description": c.about}) for c in table.columns]
    )
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(schema)
    arrays = [pyarrow.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()
