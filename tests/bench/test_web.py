"""The page's benchmark on a small notebook of our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.bench import web

TEXT = "The council of Arlen will vote on bridge {n} on Friday, Mayor Ada Holt said. On Monday the council voted for a loan of two million pounds."


def test_every_kind_of_page_is_timed(tmp_path: Path) -> None:
    reader = dateline.Reader()
    readings = [
        reader.read(
            dateline.read(TEXT.format(n=n), published=date(2013, 5, 1 + n), source=f"{n}.txt").article
        )
        for n in range(8)
    ]
    path = tmp_path / "load.db"
    web.build(path, readings, stories=3, articles=15)
    with dateline.open(path) as notebook:
        assert (len(notebook), len(notebook.stories())) == (15, 3)
        assert notebook.overview()[1] == {s.id for s in notebook.stories()}
        notebook.refresh_views()
        assert notebook.overview()[1] == set()
        days = notebook.first_day(), notebook.last_day()
    assert days[0] is not None
    assert days[1] is not None
    with web.served(path) as server:
        timings = web.measure(server, 3, (days[0], days[1]), rounds=6)
        assert web.throughput(server, 3, clients=2, seconds=0.5) > 1
    assert len({t.page for t in timings}) == len(timings) == 13
    assert all(0 < t.median <= t.slowest and t.largest > 1 for t in timings), timings
    if Path("/proc/self/stat").exists():
        assert sum(t.processor or 0 for t in timings) > 0


def test_a_server_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="did not start"), web.served(tmp_path / "none.db"):
        raise AssertionError("unreached")
