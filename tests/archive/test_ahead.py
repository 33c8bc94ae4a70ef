"""Other processes work an archive out ahead: the notebook is the same, whatever becomes of them."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline import preparing
from dateline.adding import Adding
from dateline.archive import Ahead, ahead, read_archive, readings
from dateline.bench.crash import descendants, wait_until_gone
from dateline.errors import SourceError
from dateline.keeper.reports import Report
from dateline.preparing import Prepared
from dateline.reader import pool
from dateline.records import Reading
from dateline.store import open_store, sqlite
from tests.archive.test_folder import PlainEngine
from tests.stopwatch import PATIENCE

OUTLETS = ("The Herald", "Daily Post", None)
FIRST = date(2024, 5, 1)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty reports of ten days, of outlets of which one ends each report with two lines of its own; one that failed, one in French."""
    folder = tmp_path_factory.mktemp("ahead")
    rows = ["text,title,published,publisher,url"]
    for number in range(40):
        foot = "\n\nSign up for the Herald letter.\n\nAll rights are kept." if number % 3 == 0 else ""
        text = (
            f"Crews will open lock {number // 4} at Merrow on Monday, Ada Brook said. Gate {number} was repaired on Tuesday."
            + foot
            + (" FAILS" if number == 17 else "")
        )
        day = FIRST + timedelta(days=number // 4)
        rows.append(
            f'"{text}","Lock {number // 4} opens, part {number % 2}",{day},{OUTLETS[number % 3] or ""},'
        )
    (folder / "news.csv").write_text("\n".join(rows), encoding="utf-8")
    read_archive([str(folder / "news.csv")], folder / "archive", engine=PlainEngine())
    return folder / "archive"


@pytest.fixture(autouse=True)
def small_archives_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_WORTH_IT", 0)


def taken(archive: Path, notebook: Path, work: Callable[[list[Any]], list[Any]] | None) -> list[str]:
    """Every row of a notebook that took the archive up."""
    with closing(open_store(notebook)) as store:
        adding = Adding(store, lambda articles: iter(()))
        for found in readings(archive, None, Ahead(work, 2, bool) if work else None):
            adding.take_read(found)
        adding.finish()
    return rows_of(notebook)


def rows_of(notebook: Path) -> list[str]:
    with closing(sqlite3.connect(notebook)) as file:
        sqlite.prepare(file)
        return list(file.iterdump())


def dying(found: list[Any], mark: str | None) -> list[Any]:
    """As `prepare`, in a process that ends at the fourth day; with `mark`, the name of a file, the first time alone."""
    if any(one.article.published == FIRST + timedelta(days=3) for one in found) and not (
        mark and os.path.exists(mark)
    ):
        if mark:
            Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return preparing.prepare(found)


def told(found: list[Any]) -> list[Any]:
    return [(one.article.id, os.getpid()) for one in found]


def test_the_notebook_is_the_same_row_for_row(archive: Path, tmp_path: Path) -> None:
    plain = taken(archive, tmp_path / "plain.db", None)
    assert sum('INSERT INTO "article"' in row for row in plain) == 40
    assert taken(archive, tmp_path / "ahead.db", preparing.prepare) == plain


@pytest.mark.usefixtures("plain_judge")
def test_of_the_workers_of_a_notebook_one_writes_and_the_others_prepare(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    processes = pool.processes

    def counted(count: int) -> ProcessPoolExecutor:
        started.append(count)
        return processes(count)

    monkeypatch.setattr(pool, "processes", counted)
    for name, workers in (("one.db", 1), ("two.db", 2), ("two.db", 2)):
        with dateline.open(tmp_path / name) as notebook:
            report = notebook.add(archive, workers=workers)
            assert report.added + report.known == 40
    # for reading, of which there is none, and for preparing: they start when there is something new
    assert started == [2, 1, 2, 1]
    one, two = (rows_of(tmp_path / name) for name in ("one.db", "two.db"))
    assert [row for row in two if "filing_run" not in row] == [row for row in one if "filing_run" not in row]


@pytest.mark.parametrize("once", [True, False])
def test_a_process_that_is_killed_changes_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, once: bool
) -> None:
    monkeypatch.setattr(ahead, "_LOSSES", 2)
    plain = taken(archive, tmp_path / "plain.db", None)
    mark = str(tmp_path / "mark") if once else None
    assert taken(archive, tmp_path / "ahead.db", partial(dying, mark=mark)) == plain
    assert not once or Path(str(mark)).exists()


def test_parts_come_in_their_order_and_from_other_processes(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_AHEAD", 1)
    inner = [found.article.id for found in readings(archive)]
    outer = list(readings(archive, None, Ahead(told, 2, bool)))
    assert [name for name, _ in outer] == inner
    assert os.getpid() not in {process for _, process in outer}


def test_what_is_there_already_or_is_little_is_not_worked_out(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {found.article.id for found in readings(archive) if found.article.published == FIRST}
    found = list(readings(archive, None, Ahead(told, 1, lambda ids: not first.issuperset(ids))))
    assert {one.article.id for one in found if isinstance(one, Reading)} == first
    assert len(found) == 40
    monkeypatch.setattr(ahead, "_WORTH_IT", 1 << 30)
    assert not any(isinstance(one, tuple) for one in readings(archive, None, Ahead(told, 1, bool)))


def test_a_damaged_part_is_named_and_the_rest_goes_on(archive: Path, tmp_path: Path) -> None:
    hurt = tmp_path / "hurt"
    subprocess.run(["cp", "-r", archive, hurt], check=True)
    (part,) = (hurt / f"published={FIRST}").iterdir()
    part.write_bytes(part.read_bytes()[:300])
    refused: list[SourceError] = []
    found = list(readings(hurt, refused.append, Ahead(preparing.prepare, 2, bool)))
    assert len(found) == 36
    (problem,) = refused
    assert str(part) in str(problem)
    with pytest.raises(SourceError, match="damaged"):
        list(readings(hurt, None, Ahead(preparing.prepare, 2, bool)))


def test_what_cannot_be_prepared_is_handed_on_for_the_notebook_to_say_so(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [*readings(archive)]
    of = Report.of

    def touchy(reading: Reading) -> Report:
        if "Gate 5 " in reading.article.text:
            raise KeyError("nothing")
        return of(reading)

    monkeypatch.setattr(Report, "of", touchy)
    found = preparing.prepare(given)
    assert [one.article.id for one in found] == [one.article.id for one in given]
    left = {one.article.id for one in found if not isinstance(one, Prepared)}
    assert left == {
        one.article.id for one in given if "Gate 5 " in one.article.text or "FAILS" in one.article.text
    }


def test_lines_that_recur_are_foreseen_from_the_third_report_on(archive: Path) -> None:
    monkey = pytest.MonkeyPatch()
    monkey.setattr(preparing, "_seen", type(preparing._seen)())
    found = preparing.prepare(list(readings(archive)))
    monkey.undo()
    bodies = [one.report.ahead.body.text for one in found if isinstance(one, Prepared) and one.report.ahead]
    assert len(bodies) == 39
    assert not any("rights" in text for text in bodies)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("order", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_where_it_is_stopped(archive: Path, order: signal.Signals) -> None:
    script = (
        "import sys, os, signal\n"
        "from dateline.archive import Ahead, ahead, readings\n"
        "from dateline.errors import Stopped\n"
        "from dateline.stop_signals import obey\n"
        "from tests.archive.test_ahead import told\n"
        "for stop in (signal.SIGINT, signal.SIGTERM): signal.signal(stop, obey)\n"
        "ahead._WORTH_IT, ahead._AHEAD = 0, 1\n"
        "try:\n"
        "    for _, process in readings(sys.argv[1], None, Ahead(told, 2, bool)):\n"
        "        print(process, flush=True)\n"
        "        sys.stdin.readline()\n"
        "except Stopped: print('stopped', flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(archive)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    children = descendants(process.pid)
    assert worker in children
    os.killpg(process.pid, order) if order != signal.SIGKILL else process.kill()
    out, err = process.communicate(timeout=PATIENCE)
    # of what is killed the system's own record of semaphores says what it found left
    assert (out, err) == ("stopped\n", "") or order == signal.SIGKILL
    assert wait_until_gone(children) == set()


def test_what_is_prepared_can_be_sent(archive: Path) -> None:
    for found in preparing.prepare(list(readings(archive))):
        assert type(pickle.loads(pickle.dumps(found))) is type(found)
