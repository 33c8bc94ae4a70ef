"""The benchmark of pages' days: tables of right days as others keep them, and what is printed of pages of our own."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.bench import days
from dateline.cli import app
from dateline.errors import SourceError
from tests.sources.conftest import a_page

RUN = CliRunner()


def page(day: str | None) -> str:
    return a_page(f'<meta property="article:published_time" content="{day}T09:00:00+01:00">' if day else "")


def in_htmldates_way(folder: Path) -> Path:
    (folder / "cache").mkdir(parents=True)
    table = {}
    for number, (told, right) in enumerate(
        [("2023-08-04", "2023-08-04"), ("2023-08-04", "2023-08-05"), (None, "2023-08-04"), ("2023-08-04", float("nan"))]
    ):  # fmt: skip
        (folder / f"cache/{number}.html").write_text(page(told), encoding="utf-8")
        table[f"https://echo.example/{number}"] = {"file": f"{number}.html", "date": right}
    (folder / "eval.json").write_text(json.dumps(table), encoding="utf-8")
    return folder


def in_fundus_way(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for told in ("2023-08-04", "2024-02-06"):
        name = f"Echo_{told.replace('-', '_')}.html.gz"
        (folder / name).write_bytes(gzip.compress(page(told).encode()))
    versions = {f"V{n}": {"publishing_date": f"{day} 08:00:00+00:00"} for n, day in ((1, "2023-08-04"), (2, "2024-02-05"))}  # fmt: skip
    (folder / "Echo.json").write_text(json.dumps(versions), encoding="utf-8")
    return folder


def test_shares_by_table_and_the_pages_that_are_wrong(tmp_path: Path) -> None:
    in_htmldates_way(tmp_path / "one")
    in_fundus_way(tmp_path / "two")
    found = [days.find(p) for p in days.pages(tmp_path)]
    rows = {label: value for label, value, _ in days.figures(found)}
    assert (rows["htmldate: pages"], rows["htmldate: right day"], rows["htmldate: refused"]) == (3, 1 / 3, 1)
    assert (rows["fundus: pages"], rows["fundus: right day"]) == (2, 0.5)
    assert rows["right of 4 by meta article:published_time"] == 2
    assert sorted(line.split(" (")[0] for line in days.wrong(found)) == [
        "1.html: 2023-08-05, found 2023-08-04",
        "2.html: 2023-08-04, found none",
        "Echo_2024_02_06.html.gz: 2024-02-05, found 2024-02-06",
    ]


def test_the_newest_page_goes_with_the_newest_version(tmp_path: Path) -> None:
    told = {p.path.name: p.day for p in days.pages(in_fundus_way(tmp_path / "two"))}
    assert told == {
        "Echo_2023_08_04.html.gz": date(2023, 8, 4),
        "Echo_2024_02_06.html.gz": date(2024, 2, 5),
    }


def test_it_runs_by_itself_on_a_folder_of_pages(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["bench", "days", "--data", str(in_htmldates_way(tmp_path / "one"))])
    assert done.exit_code == 0, done.output
    assert "htmldate: right day" in done.output
    assert "2.html: 2023-08-04, found none" in done.output
    assert RUN.invoke(app, ["bench", "days", "web", "--data", str(tmp_path)]).exit_code == 2


def test_a_folder_without_a_table_says_what_to_lay_there(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(None), encoding="utf-8")
    with pytest.raises(SourceError, match="table"):
        days.pages(tmp_path)
