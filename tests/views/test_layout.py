"""Rows keep all their columns and their days whole in terminals of 40 to 200 columns, and are not padded in a pipe."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from dateline.views import layout
from dateline.views.layout import Column

COLUMNS = (
    Column("due", "fixed"),
    Column("", "mark"),
    Column("reports", "count"),
    Column("who", ratio=3),
    Column("said", ratio=8),
    Column("source", "source"),
)
ROWS = [
    ("2024-03-11 –\n2024-03-17", "○", "7 (1 copy)", "Ruth Annesley", "Divers will search the hull of the ferry " * 4, "Meridian 9 Mar a7:533\nSound Courier 10 Mar b2:1"),
    ("2024-03-12", "●", "1", "Anton Beck", "Nobody slept.", "Radio Isk 12 Mar 0f:88"),
]  # fmt: skip


def printed(width: int | None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.delenv("COLUMNS", raising=False)
    if width:
        monkeypatch.setenv("COLUMNS", str(width))
    out = layout.console()
    out.file = StringIO()
    layout.print_rows(out, COLUMNS, ROWS)
    return out.file.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 50, 59, 60, 72, 80, 100, 110, 132, 160, 200])
def test_no_column_vanishes_and_days_stay_whole(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed(width, monkeypatch)
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]
    text = "\n".join(lines)
    for day in ("2024-03-11", "2024-03-17", "2024-03-12"):
        assert day in text
    words = re.sub(r"\s+", " ", text)
    for told in ("7 (1 copy)", "Annesley", "Nobody", "Meridian 9 Mar a7:533", "10 Mar b2:1", "○", "●"):
        assert told in words
    assert "…" not in text


def test_a_pipe_gets_a_line_a_row_without_padding(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed(None, monkeypatch)
    assert len(lines) == 2
    assert lines[1] == "2024-03-12\t●\t1\tAnton Beck\tNobody slept.\tRadio Isk 12 Mar 0f:88"
    assert lines[0].startswith("2024-03-11 – 2024-03-17\t○")
    assert lines[0].endswith("\tMeridian 9 Mar a7:533; Sound Courier 10 Mar b2:1")


def test_a_terminal_is_drawn_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    out = Console(file=StringIO(), force_terminal=True, width=90)
    assert not layout.is_piped(out)
    layout.print_text(out, Text("word " * 60))
    assert isinstance(out.file, StringIO)
    assert max(len(line.rstrip()) for line in out.file.getvalue().splitlines()) <= 90
