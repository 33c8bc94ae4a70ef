"""The same articles give the same stories: for any number of workers, any order of files, and after a stop."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

STORIES = (
    ("Velmar ferry", "the Velmar ferry", "Captain Oda Prin", "the harbour board", "its new ramp", "Velmar"),
    ("Tolby brewery strike", "the Tolby brewery strike", "Shop steward Ivo Lant", "the brewers", "higher pay", "Tolby"),
    ("Askern dam repair", "the Askern dam", "Engineer Mara Quill", "the water office", "a cracked gate", "Askern"),
    ("Bellrow school vote", "the Bellrow school vote", "Head teacher Uma Feld", "the parents", "a longer day", "Bellrow"),
)  # fmt: skip
TURNS = (
    "{who} said on {day} that {body} of {place} would decide on {what} within a week.",
    "Work on {thing} stopped on {day} after {body} asked for more money for {what}.",
    "{body} of {place} met for six hours over {what}, and {who} left the meeting early.",
    "About {n} people in {place} signed a letter about {thing}, {who} said.",
    "{who} told reporters in {place} that {what} would cost {n} thousand crowns.",
    "The mayor of {place} asked {body} to settle the matter of {thing} by Friday.",
    "{body} in {place} offered a new plan for {what}; {who} called it too little.",
    "A court in {place} will hear the case about {thing} next month.",
    "{body} voted {n} to 3 for {what} on {day}, ending weeks of talks over {thing}.",
    "With {what} agreed, {who} thanked the people of {place} for their patience.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday")  # fmt: skip


def report(story: int, turn: int) -> str:
    name, thing, who, body, what, place = STORIES[story]
    words = {"thing": thing, "who": who, "body": body, "what": what, "place": place, "day": DAYS[turn]}
    told = [TURNS[(turn + k) % len(TURNS)].format(n=turn + 11, **words) for k in (0, 3)]
    told = [t[0].upper() + t[1:] for t in told]
    return f"date 2023-05-{turn + 1:02d} {name}: day {turn + 1}\n\n{told[0]} {told[1]}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("same")
    (place / "news").mkdir()
    for story in range(len(STORIES)):
        for turn in range(len(TURNS)):
            (place / "news" / f"{story}-{turn}.txt").write_text(report(story, turn), encoding="utf-8")
    # a copy and a later version, which are filed by what they repeat
    (place / "news" / "copy.txt").write_text(report(1, 4).replace("05-05", "05-06"), encoding="utf-8")
    return place


def run(folder: Path, *args: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *args], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def table(folder: Path, notebook: str) -> bytes:
    return run(folder, "stories", "--json", "--notebook", notebook)


@pytest.fixture(scope="module")
def expected(folder: Path) -> bytes:
    run(folder, "add", "news", "--notebook", "one.db")
    found = table(folder, "one.db")
    assert 2 <= found.count(b"\n") <= 10
    return found


@pytest.mark.parametrize("workers", ["2", "4"])
def test_the_number_of_workers_does_not_matter(folder: Path, expected: bytes, workers: str) -> None:
    run(folder, "add", "news", "--notebook", f"{workers}.db", "--workers", workers)
    assert table(folder, f"{workers}.db") == expected


def test_the_order_of_files_does_not_matter(folder: Path, expected: bytes) -> None:
    files = sorted(f"news/{p.name}" for p in (folder / "news").iterdir())
    random.Random(5).shuffle(files)
    run(folder, "add", *files[:17], "--notebook", "shuffled.db")
    run(folder, "add", *files[17:], "--notebook", "shuffled.db")
    assert table(folder, "shuffled.db") == expected


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_killed_run_goes_on_where_it_was(folder: Path, expected: bytes) -> None:
    command = [sys.executable, "-m", "dateline", "add", "news", "--notebook", "killed.db", "--verbose"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as adding:
        assert adding.stderr is not None
        for _ in range(33):  # past the first batch that is saved, before the last
            assert adding.stderr.readline()
        adding.send_signal(signal.SIGKILL)
    assert adding.returncode == -signal.SIGKILL
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    # a batch of 32 was saved, and the rest if the order came late
    assert re.search(rb"\b(32|4[12]) there already", done.stderr), done.stderr
    assert table(folder, "killed.db") == expected
