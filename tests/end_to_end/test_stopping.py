"""Stopped or killed at any moment the command leaves no traceback, no process and nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from dateline.bench.crash import descendants, hears_orders, wait_until_gone
from dateline.errors import NotebookError
from dateline.store import open_store
from tests.conftest import Where
from tests.end_to_end.processes import run, start, write_reports
from tests.stopwatch import PATIENCE, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def stopped(process: subprocess.Popen[bytes], order: signal.Signals, group: bool = True) -> tuple[int, str]:
    """Give the order, as a terminal does, to all of the group; the exit status and what was said."""
    (os.killpg if group else os.kill)(process.pid, order)
    _, err = process.communicate(timeout=PATIENCE)
    return process.returncode, err.decode()


def wait_for_articles(path: str | Path, at_least: int = 1) -> None:
    """Until the notebook holds articles; looked at without a hand on it."""

    def there() -> bool:
        try:
            with closing(open_store(path, must_exist=True)) as store:
                return store.count() >= at_least
        except NotebookError:
            return False

    wait_for(there, "nothing was added", every=0.05)


def wait_for_handlers(pid: int) -> None:
    """Until the process has said what it does when it is told to end: its first lines have run."""
    wait_for(lambda: hears_orders(pid), "no handlers", every=0.005)


@pytest.mark.parametrize("after", [0.0, 0.15, 0.5])
@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_it_is_loading_it_says_so_and_no_more(
    tmp_path: Path, after: float, order: signal.Signals
) -> None:
    command = [sys.executable, "-m", "dateline", "demo"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    wait_for_handlers(process.pid)
    time.sleep(after)
    assert stopped(process, order) == (128 + order, "dateline: stopped\n")


@pytest.mark.parametrize(("order", "workers"), [(signal.SIGINT, 1), (signal.SIGTERM, 1), (signal.SIGINT, 2)])
def test_stopped_while_it_adds_it_keeps_and_files_what_was_read(
    tmp_path: Path, where: Where, monkeypatch: pytest.MonkeyPatch, order: signal.Signals, workers: int
) -> None:
    monkeypatch.setenv("DATELINE_NOTEBOOK", where("dateline.db"))
    write_reports(tmp_path / "news", 600)
    (tmp_path / "news" / "0000-undated.txt").write_text("A report of no day.", encoding="utf-8")
    process = start("add", "news", "--workers", workers, cwd=tmp_path, PLAIN_SLOWLY="0.05")
    wait_for_articles(where("dateline.db"))
    children = descendants(process.pid)
    assert len(children) >= (2 if workers > 1 else 0)
    status, said = stopped(process, order)
    assert (status, "Traceback" in said) == (128 + order, False)
    assert "kept and filed, run the same command again to go on" in said
    assert wait_until_gone(children) == set()
    with closing(open_store(where("dateline.db"))) as store:
        assert 0 < store.count() < 600
        assert store.unfiled_since() is None
        assert f"{store.count()} added, " in said
    assert "0000-undated.txt: " in said
    assert "could not be read; " in said


@pytest.mark.parametrize("order", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(tmp_path: Path, order: signal.Signals) -> None:
    write_reports(tmp_path / "news", 600)
    process = start("add", "news", "--workers", 2, cwd=tmp_path, PLAIN_SLOWLY="0.05")
    wait_for_articles(tmp_path / "dateline.db")
    children = descendants(process.pid)
    assert len(children) >= 2
    stopped(process, order, group=False)
    assert wait_until_gone(children) == set()
    assert not list(tmp_path.glob("*-lock")) or order == signal.SIGKILL


def test_two_adds_into_a_new_notebook_both_arrive(
    tmp_path: Path, where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_NOTEBOOK", where("dateline.db"))
    write_reports(tmp_path / "one", 20)
    write_reports(tmp_path / "two", 60)
    processes = [start("add", name, cwd=tmp_path) for name in ("one", "two")]
    said = [p.communicate(timeout=2 * PATIENCE)[1].decode() for p in processes]
    assert [p.returncode for p in processes] == [0, 0], said
    with closing(open_store(where("dateline.db"))) as store:
        assert store.count() == 60
        assert store.unfiled_since() is None


def test_an_article_that_ends_its_worker_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    write_reports(tmp_path / "news", 12)
    (tmp_path / "news" / "0005.txt").write_text("date 2024-06-03 This DIES on Monday.", encoding="utf-8")
    (tmp_path / "news" / "0007.txt").write_text("date 2024-06-03 This FAILS on Monday.", encoding="utf-8")
    done = run("add", "news", "--workers", 2, cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert "0005.txt: the reader failed on this article (the process that read it ended" in said
    assert "0007.txt: the reader failed on this article (IndexError" in said
    assert "12 added" in said
    assert "2 could not be read" in said
