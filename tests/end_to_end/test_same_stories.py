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

from tests.end_to_end.processes import SCRIPT

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


def run(folder: Path, *args: str, plain: bool = False) -> bytes:
    """The command, with the bundled network or with the small model in its place."""
    done = subprocess.run(
        [*command(plain), *args],
        cwd=folder,
        capture_output=True,
        env=os.environ | {"PLAIN_JUDGE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def command(plain: bool) -> list[str]:
    return [sys.executable, *([str(SCRIPT)] if plain else ["-m", "dateline"])]


def table(folder: Path, notebook: str) -> bytes:
    shown = [
        run(folder, *what, "--json", "--notebook", notebook)
        for what in (["stories"], ["expectations", "--all"])
    ]
    return b"".join(shown)


def added(folder: Path, name: str, *more: str, plain: bool = False) -> bytes:
    """The stories of a notebook of that name, once all reports are added to it."""
    run(folder, "add", "news", "--notebook", name, *more, plain=plain)
    return table(folder, name)


@pytest.fixture(scope="module")
def expected(folder: Path) -> bytes:
    """With the small model."""
    found = added(folder, "one.db", plain=True)
    assert 2 <= found.count(b'"keywords"') <= 10
    return found


def test_the_number_of_workers_does_not_matter(folder: Path, expected: bytes) -> None:
    assert added(folder, "four.db", "--workers", "4", plain=True) == expected


def test_nor_does_it_with_the_bundled_network(folder: Path) -> None:
    one, two = (added(folder, f"bundled-{n}.db", "--workers", n) for n in "12")
    assert one == two
    assert 2 <= one.count(b'"keywords"') <= 10


def test_the_order_of_files_does_not_matter(folder: Path, expected: bytes) -> None:
    files = sorted(f"news/{p.name}" for p in (folder / "news").iterdir())
    random.Random(5).shuffle(files)
    run(folder, "add", *files[:17], "--notebook", "shuffled.db", plain=True)
    run(folder, "add", *files[17:], "--notebook", "shuffled.db", plain=True)
    assert table(folder, "shuffled.db") == expected


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_killed_run_goes_on_where_it_was(folder: Path, expected: bytes) -> None:
    adding_all = [*command(plain=True), "add", "news", "--notebook", "killed.db", "--verbose"]
    environment = os.environ | {"PLAIN_JUDGE": "1"}
    with subprocess.Popen(
        adding_all, cwd=folder, stderr=subprocess.PIPE, env=environment | {"PLAIN_SLOWLY": "0.05"}
    ) as adding:
        assert adding.stderr is not None
        for _ in range(33):  # past the first batch that is saved, before the last
            assert adding.stderr.readline()
        adding.send_signal(signal.SIGKILL)
    assert adding.returncode == -signal.SIGKILL
    done = subprocess.run(adding_all, cwd=folder, capture_output=True, env=environment, check=True)
    # a batch of 32 was saved, and the rest if the order came late
    assert re.search(rb"\b(32|4[12]) there already", done.stderr), done.stderr
    assert table(folder, "killed.db") == expected
