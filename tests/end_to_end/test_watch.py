"""`dateline watch` as a user runs it: rounds, JSON, a webhook, a feed that fails, and an order to stop."""

from __future__ import annotations

import json
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from dateline.store import open_store
from tests.conftest import Where
from tests.end_to_end.processes import run, start
from tests.end_to_end.test_stopping import stopped
from tests.sources.conftest import Site, site  # noqa: F401 - a fixture
from tests.sources.test_feeds import item, rss
from tests.test_webhook import Receiver, receiver  # noqa: F401 - a fixture


def test_one_round_prints_what_is_new_and_names_what_fails(
    tmp_path: Path,
    where: Where,
    monkeypatch: pytest.MonkeyPatch,
    site: Site,  # noqa: F811
) -> None:
    monkeypatch.setenv("DATELINE_NOTEBOOK", where("dateline.db"))
    feed = site.put("/feed", rss(item(1)), "application/rss+xml", ETag='"one"')
    done = run("watch", site.address + "/gone", feed, "--allow-private", "--rounds", "1", cwd=tmp_path)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert (done.returncode, "Traceback" in err) == (1, False)
    assert "/gone: the server answered 404" in err
    assert "1 new report" in out
    assert "Lock 1  Merrow Echo" in out
    again = run("watch", feed, "--allow-private", "--rounds", "1", "-q", cwd=tmp_path)
    assert (again.returncode, again.stdout, again.stderr) == (0, b"", b"")


def test_rows_and_a_webhook(tmp_path: Path, site: Site, receiver: Receiver) -> None:  # noqa: F811
    feed = site.put("/feed", rss(item(1)), "application/rss+xml")
    done = run(
        "watch",
        feed,
        "--allow-private",
        "--rounds",
        "1",
        "--json",
        "--webhook",
        receiver.address,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert (told[0]["change"], told[0]["title"], told[0]["url"]) == (
        "report",
        "Lock 1",
        "https://echo.example/1",
    )
    ((_, _, message),) = receiver.got
    assert message["changes"] == told
    assert str(message["text"]).startswith("1 new report")


@pytest.mark.skipif(sys.platform != "linux", reason="orders of POSIX")
@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_between_rounds_it_says_so_and_keeps_what_it_read(
    tmp_path: Path,
    site: Site,  # noqa: F811
    order: signal.Signals,
) -> None:
    feed = site.put("/feed", rss(item(1)), "application/rss+xml")
    process = start("watch", feed, "--allow-private", "--every", "1m", cwd=tmp_path)
    # what changed is written at once, also into a pipe
    assert process.stdout
    assert b"1 new report" in process.stdout.readline()
    time.sleep(0.2)
    status, said = stopped(process, order)
    assert (status, "Traceback" in said) == (128 + order, False)
    assert "stopped; what was read is kept and filed" in said
    with closing(open_store(tmp_path / "dateline.db")) as store:
        assert store.count() == 1
        assert store.unfiled_since() is None


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("x", "--every", "15"), "write 15m"),
        (("x", "--every", "5s"), "1m"),
        (("x", "--every", "400d"), "30d"),
        (("-",), "standard input"),
        (("x", "--webhook", "example"), "http://"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    done = run("watch", *args, cwd=tmp_path, COLUMNS="200")
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert not (tmp_path / "dateline.db").exists()
