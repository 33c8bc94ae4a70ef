"""`export`: what it writes where, and what it refuses."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import ExportError, UnknownStory
from dateline.views.exports import FORMATS, export, tables

LOCK = "5701f0000001"


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_view_gives_the_same_bytes(notebook: Any, to: str) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    export(notebook, to, out=first)
    export(notebook, to, out=second)
    assert first.getvalue() == second.getvalue() != b""


@pytest.mark.parametrize("to", FORMATS)
def test_an_empty_notebook_gives_an_empty_file_of_its_format(notebook: Any, to: str, tmp_path: Path) -> None:
    notebook.told.clear()
    assert export(notebook, to, out=tmp_path / "empty")


@pytest.mark.parametrize("to", [to for to in FORMATS if to not in ("csv", "parquet")])
def test_as_of_and_story_choose_what_is_written(notebook: Any, to: str) -> None:
    def text(**settings: Any) -> str:
        out = io.BytesIO()
        export(notebook, to, out=out, **settings)
        return out.getvalue().decode()

    assert "evil" in text()
    assert "evil" not in text(story=LOCK)
    assert "evil" not in text(as_of=date(2024, 6, 5))


def test_tables_go_into_a_folder_one_file_each(notebook: Any, tmp_path: Path) -> None:
    written = export(notebook, "csv", out=tmp_path / "new" / "tables")
    assert [p.name for p in written] == [f"{name}.csv" for name in tables(notebook)]
    assert all(p.stat().st_size > 0 for p in written)


def test_one_table_goes_into_a_file(notebook: Any, tmp_path: Path) -> None:
    export(notebook, "csv", out=tmp_path / "x.csv")
    assert "weight" in (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()[0]
    export(notebook, "csv", table="times", out=tmp_path / "x.csv")
    assert "granularity" in (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()[0]


def test_a_file_is_replaced_whole_or_left_alone(notebook: Any, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text("old")
    with pytest.raises(UnknownStory):
        export(notebook, "markdown", story="nothing", out=path)
    assert path.read_text() == "old"
    export(notebook, "markdown", out=path)
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert [p.name for p in tmp_path.iterdir()] == ["story.md"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"to": "pdf"}, "pdf: there is no such format; choose one of timelinejs"),
        ({"to": "csv", "table": "dates"}, "dates: there is no such table; choose one of stories"),
        ({"to": "html", "table": "times"}, "html: this format has no tables"),
    ],
)
def test_what_cannot_be_made_is_named(notebook: Any, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ExportError, match=words):
        export(notebook, **settings, out=io.BytesIO())


def test_a_file_in_the_way_of_a_folder_is_named(notebook: Any, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(ExportError, match="needs a folder"):
        export(notebook, "csv", out=tmp_path / "x")
    with pytest.raises(ExportError, match="this is a folder"):
        export(notebook, "html", out=tmp_path)
    assert (tmp_path / "x").read_text() == "mine"


def test_a_folder_that_is_not_there_is_named_as_it_was_given(notebook: Any, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=f"{tmp_path}/none/story.html: there is no folder {tmp_path}/none;"):
        export(notebook, "html", out=tmp_path / "none/story.html")
    if Path("/proc/self").is_dir():
        with pytest.raises(ExportError, match="nothing can be written there"):
            export(notebook, "html", out="/proc/story.html")
