"""A bound of time for each article: what does not come to an end is named, and the rest is read."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
import trafilatura
from typer.testing import CliRunner

from dateline import cli
from dateline import notebook as joined
from dateline.errors import UnreadArticle
from dateline.notebook import AddReport, Notebook, read_sources
from dateline.reader import Reader, pool
from dateline.records import Article, Reading
from dateline.sources import Bounds, SourceOptions
from dateline.store import open_store
from dateline.time_limit import OutOfTime, time_limit
from tests.end_to_end.processes import run
from tests.plain_model import PlainModel
from tests.sources.conftest import Reads, a_page
from tests.sources.conftest import read as read

pytestmark = pytest.mark.usefixtures("plain_judge")

STAMP = '<meta property="article:published_time" content="2023-08-04T09:00:00+01:00">'


class EndlessReader(Reader):
    """Never ends on an article that holds the word HANGS, whatever is raised in it."""

    def __init__(self) -> None:
        super().__init__(PlainModel())

    def read(self, article: Article) -> Reading:
        while "HANGS" in article.text:
            try:
                compute_for(0.01)
            except Exception:  # noqa: BLE001 - as somebody may who wants to be robust
                continue
        return super().read(article)


def warm_up() -> None:
    """Load what the first article needs: that is no part of what is bounded here."""
    EndlessReader().read(Article("w", "w.txt", date(2024, 5, 2), "The lock was opened on Monday."))


def compute_for(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"date 2024-05-02 {text}", encoding="utf-8")


def test_work_that_takes_too_long_is_ended() -> None:
    begun = time.process_time()
    with pytest.raises(OutOfTime), time_limit(0.2):
        compute_for(30)
    assert time.process_time() - begun < 5
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    with time_limit(0.1):
        pass
    compute_for(0.2)


def test_waiting_does_not_count() -> None:
    with time_limit(0.1):
        time.sleep(0.3)


def test_in_another_thread_there_is_no_bound_and_no_fault() -> None:
    done: list[bool] = []

    def work() -> None:
        with time_limit(0.01):
            compute_for(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_an_article_without_end_is_named_and_kept_and_the_rest_is_read(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    write(news, a="The lock was opened on Monday.", b="It HANGS here.", c="The ferry was closed on Friday.")
    warm_up()
    bounds = Bounds(seconds=1.5)
    with Notebook(open_store(tmp_path / "n.db"), EndlessReader()) as notebook:
        report = notebook.add(news, options=SourceOptions(bounds=bounds))
        (problem,) = report.problems
        assert isinstance(problem, UnreadArticle)
        assert "b.txt" in str(problem)
        assert "more than 1.5 seconds of computing" in str(problem)
        assert (report.added, len(notebook)) == (3, 3)
        assert notebook.article("c.txt").reading.events
        assert notebook.article("b.txt").reading.events == ()
    article = Article("x", "x.txt", date(2024, 5, 3), "It HANGS, too.")
    with Notebook(open_store(tmp_path / "n.db"), EndlessReader()) as notebook:
        assert "x.txt" in str(notebook.add_articles([article], bounds).problems[0])


def test_tag_names_what_the_reader_fails_on_and_goes_on(tmp_path: Path) -> None:
    write(tmp_path, a="It HANGS here.", b="The lock was opened on Monday.")
    warm_up()
    found = list(read_sources([str(tmp_path)], SourceOptions(bounds=Bounds(seconds=1.5)), EndlessReader()))
    assert isinstance(found[0], UnreadArticle)
    assert "a.txt" in str(found[0])
    assert isinstance(found[1], Reading)
    assert found[1].events


@pytest.mark.parametrize("workers", [1, 2])
def test_the_command_ends(tmp_path: Path, workers: int) -> None:
    news = tmp_path / "news"
    news.mkdir()
    write(news, a="The lock was opened on Monday.", b="It HANGS here.", c="The ferry was closed on Friday.")
    if workers > 1:
        # what hangs in a library's call ends the worker that made it
        write(news, d="It SPINS here.")
    done = run("add", "news", "--workers", workers, "--bound", "seconds=3", cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert "news/b.txt: the reader failed on this article (it took more than 3 seconds of computing" in said
    assert f"{workers + 2} added, {workers} could not be read" in said


def test_a_page_without_end_is_named(read: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr(trafilatura, "bare_extraction", endless)
    problem = read("a.html", a_page(STAMP), bounds=Bounds(seconds=1.5)).problem
    assert "taking it apart took more than 1.5 seconds of computing" in problem


def test_bounds_are_settings(tmp_path: Path) -> None:
    assert Bounds.of([]) == Bounds()
    assert Bounds.of(["seconds=0.5", "page_bytes=1_000"]) == Bounds(seconds=0.5, page_bytes=1000)
    for wrong in ("seconds", "hours=1", "seconds=soon", "page_bytes=1.5", "seconds=-1", "seconds=nan"):
        with pytest.raises(ValueError, match=wrong):
            Bounds.of([wrong])
    write(tmp_path, a="The lock was opened on Monday.")
    done = run("add", "a.txt", "--bound", "text_characters=10", cwd=tmp_path)
    assert done.returncode == 1
    assert "more than the 10 that one article may have" in done.stderr.decode()
    done = run("add", "a.txt", "--bound", "hours=1", cwd=tmp_path)
    assert done.returncode == 2
    assert "page_bytes" in done.stderr.decode()


def test_every_bound_is_documented() -> None:
    documented = (Path(joined.__file__).parents[2] / "docs" / "input.md").read_text(encoding="utf-8")
    for name in Bounds.__slots__:
        assert f"`{name}`" in documented, name


def test_other_work_is_done_in_order_and_what_an_ended_process_left_is_none() -> None:
    with pool.Pool(2, 0) as shared:
        assert not shared.has_started
        assert list(shared.each(divmod, [(n, 3) for n in range(20)])) == [divmod(n, 3) for n in range(20)]
        assert shared.has_started
        assert list(shared.each(os._exit, [(9,)])) == [None]
        assert list(shared.each(divmod, [(7, 3)])) == [None]


def test_reading_begins_before_the_first_reading_is_asked_for_and_goes_on_side_by_side() -> None:
    first, second = (
        [Article(f"{part}{n}", f"{part}{n}.txt", date(2024, 5, 2), f"The lock {n} was opened.") for n in "12"]
        for part in "ab"
    )
    with pool.Pool(1, 0) as shared:
        one, two = shared.read(first), shared.read(second)
        assert shared.has_started
        # the process ends amid all four
        assert list(shared.each(os._exit, [(9,)])) == [None]
        assert [found.article.id for found in two] == ["b1", "b2"]
        assert [found.article.id for found in one] == ["a1", "a2"]


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 2), (8, 3)])
def test_usually_as_many_processes_as_cores_up_to_three(
    monkeypatch: pytest.MonkeyPatch, cores: int, workers: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert pool.usual_workers() == workers


def test_the_command_leaves_the_number_to_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int | None] = []

    def noted(
        notebook: Notebook, paths: list[str], *, workers: int | None, report: AddReport, **_: object
    ) -> None:
        given.append(workers)

    monkeypatch.setattr(Notebook, "add", noted)
    write(tmp_path, a="The lock was opened on Monday.")
    for more in ([], ["--workers", "5"]):
        done = CliRunner().invoke(
            cli.app, ["add", str(tmp_path), "--notebook", str(tmp_path / "n.db"), *more]
        )
        assert done.exit_code == 0
    assert given == [None, 5]


def test_few_articles_are_read_here_and_processes_that_run_read_whatever_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here: list[str] = []

    def few(articles: Sequence[Article]) -> Iterator[Reading]:
        here.extend(a.id for a in articles)
        return map(Reading, articles)

    articles = [Article(str(n), f"{n}.txt", date(2024, 5, 2), f"Lock {n} was opened.") for n in range(4)]
    monkeypatch.setattr(pool, "WORTH_IT", 3)
    with pool.Pool(1, 0) as shared:
        assert [r.article.id for r in shared.read_many(articles[:2], few)] == ["0", "1"]
        assert [r.article.id for r in shared.read_many(articles[1:], few)] == ["1", "2", "3"]
        assert [r.article.id for r in shared.read_many(articles[:1], few)] == ["0"]
    assert here == ["0", "1"]
