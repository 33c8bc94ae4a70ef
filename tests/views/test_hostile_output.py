"""No title drives the terminal that an export or a row is printed on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.reader import Reader
from dateline.sources import make_article
from tests.plain_model import PlainModel

pytestmark = pytest.mark.usefixtures("plain_judge")

HOSTILE = "Bridge \x1b]0;hit\x07\x1b[2Jopened \x9b31m\x7f\r over \u202egnp\u202c"
DRIVING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with dateline.open(folder / "dateline.db", reader=Reader(PlainModel())) as notebook:
        text = f"The bridge of Arlen will open on Friday, Ada Holt said. {HOSTILE} on Monday."
        notebook.add_articles([make_article("a\x1b[2J.txt", date(2024, 5, 2), text, title=HOSTILE)])
    return folder


def printed(place: Path, *args: str) -> str:
    command = [sys.executable, "-m", "dateline", *args]
    done = subprocess.run(command, cwd=place, capture_output=True, env=os.environ, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("to", ["timelinejs", "html", "markdown", "jsonl", "ics", "jsonld", "rss", "csv"])
def test_an_export_to_standard_output_drives_no_terminal(place: Path, to: str) -> None:
    found = printed(place, "export", "--to", to)
    assert "ridge" in found
    assert not DRIVING.search(found)


def test_a_row_of_json_says_the_same_and_drives_none(place: Path) -> None:
    found = printed(place, "stories", "--json")
    assert not DRIVING.search(found)
    assert "\u202e" not in found
    assert json.loads(found)["articles"][0]["source"] == "a\x1b[2J.txt"
