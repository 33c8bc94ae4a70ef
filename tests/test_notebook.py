"""The library as a newcomer would use it, and the law of the as-of view."""

from __future__ import annotations

import doctest
from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline import demo
from dateline.errors import UnknownStory
from dateline.reader import Reader
from dateline.views import rows

TEXT = "The council of Arlen will vote on the bridge on Friday, Mayor Ada Holt said."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_read_gives_records_with_offsets() -> None:
    reading = dateline.read(TEXT, published=date(2024, 5, 2))
    (friday,) = reading.times
    assert (friday.span.of(TEXT), friday.value) == ("Friday", "2024-05-03")
    assert any(m.entity == "Ada Holt" for m in reading.mentions)
    assert reading.expectations[0].due == friday.interval
    assert reading.statements[0].speaker == "Ada Holt"


def test_the_module_example_runs() -> None:
    assert doctest.testmod(dateline).failed == 0


def test_the_same_article_gives_the_same_reading(reader: Reader) -> None:
    article = dateline.read(TEXT, published=date(2024, 5, 2)).article
    assert rows.reading(reader.read(article)) == rows.reading(Reader().read(article))


def test_a_notebook_is_a_context_and_stories_have_views(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "a.txt").write_text("date 2024-05-02 " + TEXT, encoding="utf-8")
    with dateline.open(tmp_path / "n.db", reader=reader) as notebook:
        report = notebook.add([tmp_path / "a.txt"])
        assert (report.added, len(notebook)) == (1, 1)
        (story,) = notebook.stories()
        assert story.timeline(as_of=date(2024, 5, 2))
        assert story.expectations()[0].outcome.status == "open"
        assert notebook.story(story.id).title == story.title
        with pytest.raises(UnknownStory):
            notebook.story("zeppelin")


def everything(notebook: dateline.Notebook, as_of: date) -> list[list[rows.Row]]:
    return [
        [rows.story(s.summary) for s in notebook.stories(as_of)],
        [rows.timeline_entry(e) for e in notebook.timeline(as_of)],
        [rows.ledger_entry(e) for e in notebook.expectations(as_of)],
        [rows.statement(s) for s in notebook.statements(as_of)],
        [rows.disagreement(d) for d in notebook.disagreements(as_of)],
    ]


def test_a_view_of_a_day_is_that_of_a_notebook_that_ends_there(tmp_path: Path, reader: Reader) -> None:
    with demo.articles() as folder, dateline.open(tmp_path / "whole.db", reader=reader) as whole:
        paths = sorted(folder.glob("*.txt"))
        whole.add(paths)
        with dateline.open(tmp_path / "growing.db", reader=reader) as growing:
            for day in sorted({p.name[:10] for p in paths}):
                growing.add([p for p in paths if p.name.startswith(day)])
                as_of = date.fromisoformat(day)
                assert everything(growing, as_of) == everything(whole, as_of), day


def test_articles_that_come_in_late_are_filed_as_if_in_time(tmp_path: Path, reader: Reader) -> None:
    with demo.articles() as folder:
        paths = sorted(folder.glob("*.txt"))
        views = []
        for name, order in (("forward", paths), ("backward", paths[::-1])):
            with dateline.open(tmp_path / f"{name}.db", reader=reader) as notebook:
                for start in range(0, len(order), 7):
                    notebook.add(order[start : start + 7])
                views.append(everything(notebook, date(2024, 4, 19)))
        assert views[0] == views[1]
