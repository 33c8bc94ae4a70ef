"""The library as a newcomer would use it, and the law of the as-of view."""

from __future__ import annotations

import doctest
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline import demo
from dateline.errors import UnknownStory
from dateline.keeper import affairs
from dateline.reader import Reader
from dateline.records import Reading
from dateline.sources import make_article
from dateline.views import rows
from tests.plain_model import PlainJudge, PlainModel

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


def dated(folder: Path, day: int, text: str) -> Path:
    path = folder / f"{day}.txt"
    path.write_text(f"date 2024-05-{day:02} {text}", encoding="utf-8")
    return path


def test_what_is_worked_out_is_kept_and_holds_until_the_story_changes(tmp_path: Path, reader: Reader) -> None:
    first = dated(tmp_path, 2, TEXT)
    with dateline.open(tmp_path / "n.db", reader=reader) as notebook:
        notebook.add([first])
        ((seen,), waiting) = notebook.overview()
        assert (seen.reports, seen.open, seen.new_expectations, waiting) == (1, 1, 1, set())
        later = dated(
            tmp_path, 4, "The council of Arlen voted for the bridge on Friday, Mayor Ada Holt said."
        )
        notebook.add([later])
        story = notebook.stories()[0]
        assert [s.evidence.published.day for s in story.statements()] == [2, 4]
        # the day before it changed it was another view, of which the notebook still has the brief
        ((before,), waiting) = notebook.overview(date(2024, 5, 3))
        assert (before.reports, before.open, waiting) == (1, 1, set())
        assert [s.evidence.published.day for s in notebook.story(seen.id, date(2024, 5, 3)).statements()] == [
            2
        ]
        # an article of an earlier day that comes in late changes what was known on the days after it
        notebook.add(
            [dated(tmp_path, 1, "The council of Arlen will talk of the bridge, Mayor Ada Holt said.")]
        )
        assert [s.evidence.published.day for s in notebook.stories()[0].statements()] == [1, 2, 4]
        assert sum(o.reports for o in notebook.overview(date(2024, 5, 3))[0]) == 2


def test_an_overview_counts_without_what_is_not_worked_out_until_it_is(
    tmp_path: Path, reader: Reader
) -> None:
    paths = [dated(tmp_path, 2, TEXT), dated(tmp_path, 4, TEXT.replace("will vote", "voted"))]
    with dateline.open(tmp_path / "n.db", reader=reader) as notebook:
        notebook.add(paths)
        ((seen,), waiting) = notebook.overview(date(2024, 5, 2))
        assert waiting == {seen.id}
        assert (seen.open, seen.title) == (
            0,
            "The council of Arlen will vote on the bridge on Friday",
        )
        notebook.refresh_views(as_of=date(2024, 5, 2))
        ((seen,), waiting) = notebook.overview(date(2024, 5, 2))
        assert (seen.open, waiting) == (1, set())
        # and the latest view is still there
        assert notebook.overview()[1] == set()


def test_views_in_a_snapshot_are_of_one_moment(tmp_path: Path, reader: Reader) -> None:
    with (
        dateline.open(tmp_path / "n.db", reader=reader) as notebook,
        dateline.open(tmp_path / "n.db", reader=reader) as other,
    ):
        notebook.add([dated(tmp_path, 2, TEXT)])
        with other.snapshot():
            assert len(other) == 1
            notebook.add([dated(tmp_path, 4, "A storm closed the harbour of Hartvik, the coast guard said.")])
            assert (len(other), len(other.stories())) == (1, 1)
        assert (len(other), len(other.stories())) == (2, 2)


def test_a_story_shows_itself_in_jupyter_and_a_notebook_gives_tables(tmp_path: Path, reader: Reader) -> None:
    with dateline.open(tmp_path / "n.db", reader=reader) as notebook:
        notebook.add([dated(tmp_path, 2, "<b>Ada Holt</b> said the bridge of Arlen will open on Friday.")])
        (story,) = notebook.stories()
        cell = story._repr_html_()
        assert cell.startswith("<iframe sandbox")
        # the page stands in an attribute, its own text escaped once more
        assert "&amp;lt;b&amp;gt;Ada Holt" in cell
        assert [row[0] for row in notebook.tables(["articles"])["articles"].rows] == [
            story.summary.members[0].id
        ]


def test_affairs_are_kept_for_the_last_day_and_are_those_that_are_linked_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = {
        "2024-01-08": "The Orlen harbour ferry Isolde sank off Orlen on Monday. Nine sailors of the ferry Isolde drowned near Orlen.",
        "2024-06-20": "A court in Orlen jailed the owner of the ferry Isolde on Thursday. Judges found Orlen had been warned of the Isolde.",
        "2024-06-21": "Divers raised the ferry Isolde off Orlen on Friday. The Isolde was towed to Orlen harbour.",
    }
    linked: list[int] = []
    find = affairs.find

    def counted(stories: Any) -> Any:
        given = list(stories)
        linked.append(len(given))
        return find(given)

    monkeypatch.setattr(affairs, "find", counted)
    with dateline.open(tmp_path / "n.db", reader=Reader(PlainModel())) as notebook:
        for number, (day, text) in enumerate(reports.items(), start=1):
            (tmp_path / f"{day}.txt").write_text(f"date {day}\n{text}\n", encoding="utf-8")
            notebook.add([tmp_path / f"{day}.txt"], story=f"Chapter {number}")
        assert linked == [1, 2, 3], "once for each time that something was filed"
        kept = notebook.affairs()
        notebook.add([tmp_path / "2024-06-21.txt"])
        assert notebook.affairs(date(2024, 6, 21)) == kept
        assert linked == [1, 2, 3], "nothing has changed since"
        assert [len(a.stories) for a in kept] == [3]
        (early,) = notebook.affairs(date(2024, 6, 20))
        assert (early.last, linked[3:]) == (date(2024, 6, 20), [2]), "an earlier day's are linked anew"
        notebook.remove("2024-06-21")
        assert notebook.affairs() == [early]
    with closing(sqlite3.connect(tmp_path / "n.db")) as file, file:
        assert file.execute("SELECT count(*) FROM listing").fetchone() == (1,)
        file.execute("DELETE FROM listing")
    with dateline.open(tmp_path / "n.db", reader=Reader(PlainModel())) as notebook:
        assert notebook.affairs() == [early]


def test_a_list_of_stories_is_kept_and_is_the_one_that_is_worked_out_anew(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    with dateline.open(path, reader=Reader(PlainModel()), judge=PlainJudge()) as notebook:
        for number, name in enumerate(("Orlen", "Hartvik"), start=1):
            text = f"date 2024-05-0{number}\n{name} opened a bridge. The mayor of {name} spoke.\n"
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
            notebook.add([tmp_path / f"{name}.txt"], story=name)
        kept = notebook.listing()
        assert [s.title for s in kept.stories] == ["Hartvik", "Orlen"]
        assert kept.handles == notebook.handles(s.members[-1].id for s in kept.stories)
        with closing(sqlite3.connect(path)) as file, file:
            file.execute("DELETE FROM listing")
        anew = notebook.listing()
        assert (anew.stories, anew.affairs, anew.handles) == (kept.stories, kept.affairs, {})
        notebook.refresh_views()
        assert notebook.listing() == kept
        # what is saved and not filed yet may share the handle of what is listed
        notebook._store.save([Reading(make_article("late", date(2024, 5, 2), "Rain fell on Orlen."))])
        assert notebook.listing() == anew
