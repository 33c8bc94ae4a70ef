"""`dateline show --changes`: what a revised article changed, for people and for programs, as known on a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline import cli
from dateline.notebook import Notebook, open_notebook
from dateline.reader import Reader
from dateline.records import Article, Reading
from tests.conftest import Where

pytestmark = pytest.mark.usefixtures("plain_judge")

BODY = "The ferry to Hallin sank in calm water. It had left the mainland with a load of timber. The coast guard of Hallin sent two boats."
FIRST = f"date 2024-03-01 Ferry sinks off Hallin\n\n{BODY}\nThree people are missing, Captain Ilse Roon said.\nThis story will be updated.\n"
SECOND = f"date 2024-03-02 UPDATE 1 Ferry sinks off Hallin\n\n{BODY}\nFive people are missing, Captain Ilse Roon said.\n"


class PlainReader(Reader):
    """Reads nothing but the text itself."""

    def read(self, article: Article) -> Reading:
        return Reading(article)


@pytest.fixture
def place(tmp_path: Path, where: Where, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_NOTEBOOK", where("dateline.db"))
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with open_notebook(where("dateline.db"), reader=PlainReader()) as notebook:
        notebook.add(["first.txt", "second.txt"])
        assert revisions(notebook) == 1
    return tmp_path


def revisions(notebook: Notebook) -> int:
    return sum(m.revision_of is not None for s in notebook.stories() for m in s.summary.members)


def shown(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    cli.app(["show", *args], standalone_mode=False)
    return capsys.readouterr().out


def test_changes_are_rows_with_evidence(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in shown(capsys, "second.txt", "--changes", "--json").splitlines()]
    assert rows
    for row in rows:
        for side, name in (("before", "first.txt"), ("after", "second.txt")):
            if row[side]:
                assert row[side]["source"] == name
    assert "Five people" in "".join(row["after"]["text"] for row in rows if row["after"])


def test_changes_are_set_for_people(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = shown(capsys, "first.txt", "--changes")
    assert "- " in found
    assert "+ " in found


def test_a_day_before_the_second_version_knows_no_changes(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(capsys, "first.txt", "--changes", "--json", "--as-of", "2024-03-01") == ""
