"""CSV, Parquet and frames: the same cells, typed, documented, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.views.exports import csv as csv_format
from dateline.views.exports import export, tables
from dateline.views.exports.tables import KINDS

DOCS = Path(__file__).parents[3] / "docs" / "exports.md"


def test_every_row_has_a_cell_for_every_column_and_its_type(notebook: Any) -> None:
    types = {"text": str, "whole": int, "real": float, "day": date}
    for table in tables(notebook).values():
        assert len(table) > 0, table.name
        for row in table.rows:
            assert len(row) == len(table.columns)
            for cell, column in zip(row, table.columns, strict=True):
                assert cell is None or type(cell) is types[column.type], (table.name, column.name, cell)


def test_ids_are_unique_and_passages_slice_back(notebook: Any) -> None:
    filled = tables(notebook)
    for name in (
        "stories",
        "articles",
        "times",
        "mentions",
        "events",
        "statements",
        "expectations",
        "entries",
    ):
        ids = [row[0] for row in filled[name].rows]
        assert len(ids) == len(set(ids)), name
    texts = {row[0]: row[-1] for row in filled["articles"].rows}
    for table in filled.values():
        names = [column.name for column in table.columns]
        for prefix in ("", "settled_", "first_"):
            if not {f"{prefix}{n}" for n in ("article", "start", "end", "text")} <= set(names):
                continue
            for row in (dict(zip(names, row, strict=True)) for row in table.rows):
                if article := row[f"{prefix}article"]:
                    assert texts[article][row[f"{prefix}start"] : row[f"{prefix}end"]] == row[f"{prefix}text"]


def test_csv_reads_back_as_the_table(notebook: Any) -> None:
    for name, table in tables(notebook).items():
        header, *rows = csv.reader(io.StringIO(csv_format.write(table).decode("utf-8"), newline=""))
        assert header == [column.name for column in table.columns]
        told = [["" if cell is None else str(cell) for cell in row] for row in table.rows]
        assert [[csv_format.unescape(cell) for cell in row] for row in rows] == told, name


def test_csv_shows_no_formula_to_a_spreadsheet(notebook: Any) -> None:
    text = csv_format.write(tables(notebook)["statements"]).decode("utf-8")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert "'=We have waited long enough," in cells
    assert not [cell for cell in cells if cell.startswith("=")]


@given(st.text(alphabet=" '\t\r\n=+-@\uff1da1") | st.text())
@example("'=1")
@example(" =1")
@example("''")
def test_escaped_cells_are_harmless_and_give_the_text_back(text: str) -> None:
    cell = csv_format.escape(text)
    assert (
        cell.lstrip()[:1] not in {"=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"}
        or cell[:1] == "'"
    )
    assert cell[:1] not in ("\t", "\r", "\n")
    assert csv_format.unescape(cell) == text


def test_numbers_are_left_as_they_are() -> None:
    assert csv_format._cell(-3) == -3


def test_parquet_keeps_types_and_descriptions(notebook: Any, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export(notebook, "parquet", out=tmp_path / "tables")
    for name, table in tables(notebook).items():
        read = parquet.read_table(tmp_path / "tables" / f"{name}.parquet")
        assert read.column_names == [column.name for column in table.columns]
        assert [tuple(row.values()) for row in read.to_pylist()] == table.rows
        types = {"text": "string", "whole": "int64", "real": "double", "day": "date32[day]"}
        assert [str(f.type) for f in read.schema] == [types[column.type] for column in table.columns]
        assert all(f.metadata[b"description"] for f in read.schema)


def test_parquet_opens_in_duckdb_and_csv_in_pandas(notebook: Any, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pandas = pytest.importorskip("pandas")
    export(notebook, "parquet", out=tmp_path / "parquet")
    export(notebook, "csv", out=tmp_path / "csv")
    for name, table in tables(notebook).items():
        assert duckdb.sql(f"FROM '{tmp_path / 'parquet' / name}.parquet'").fetchall() == table.rows
        assert len(pandas.read_csv(tmp_path / "csv" / f"{name}.csv")) == len(table.rows)


def test_pandas_frames_are_typed(notebook: Any) -> None:
    pandas = pytest.importorskip("pandas")
    filled = tables(notebook)
    frame = filled["entries"].to_frame("pandas")
    assert len(frame) == len(filled["entries"])
    assert frame["from"].dtype.kind == "M"
    assert frame["from"].min() == pandas.Timestamp("1790-01-01")
    assert frame["first_start"].dtype == "Int64"
    for table in filled.values():
        assert list(table.to_frame("pandas").columns) == [column.name for column in table.columns]


def test_polars_frames_are_typed(notebook: Any) -> None:
    polars = pytest.importorskip("polars")
    for table in tables(notebook).values():
        frame = table.to_frame("polars")
        assert frame.rows() == table.rows
        assert frame.schema == {
            c.name: {
                "text": polars.String,
                "whole": polars.Int64,
                "real": polars.Float64,
                "day": polars.Date,
            }[c.type]
            for c in table.columns
        }


def test_a_frame_without_its_library_says_what_to_install(
    notebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from dateline.errors import ExportError

    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ExportError, match="needs pandas or polars; install it with pip"):
        tables(notebook, ["times"])["times"].to_frame()


def test_every_table_and_column_is_documented() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in documented.split("\n### `")[1:])
    for kind in KINDS:
        rows = [
            line
            for line in sections[f"{kind.name}`"].split("\n## ")[0].splitlines()
            if line.startswith("| `")
        ]
        told = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in rows]
        assert told == [(f"`{c.name}`", c.type, c.about) for c in kind.columns]
