"""CSV: UTF-8, a header row, cells that a spreadsheet would run as formulas put behind an apostrophe."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

from dateline.views.exports.tables import Table

# signs that make a spreadsheet take a cell for a formula, also behind blanks and in their full-width forms;
# apostrophes are passed over so that taking away one apostrophe always gives the text back
_FORMULA = re.compile("[\\s']*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")


def escape(text: str) -> str:
    """`text` as a cell: behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescape(cell: str) -> str:
    """The text that `escape` made `cell` of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def write(table: Table) -> bytes:
    """The table as a CSV file; an empty cell is a gap."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8")
