"""Stories by name, reports taken out and given another day: the notebook is as if it had always been so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.errors import UnknownArticle, UnknownStory
from dateline.notebook import BY_EDITOR, check_notebook
from dateline.reader import Reader
from dateline.views import rows
from tests.plain_model import PlainModel
from tests.test_adding import Idle

BRIDGE = "The council of Arlen opened the bridge over the Arl on Friday, Ada Holt said. "
REPORTS = {
    "one.txt": "date 2024-05-03 Arlen opens its bridge\n\n" + BRIDGE * 2,
    "two.txt": "date 2024-05-04 Bridge of Arlen closed\n\n"
    + BRIDGE
    + "The bridge of Arlen closed on Saturday.",
    "three.txt": "date 2024-05-05 Herring fleet sails\n\nThe herring fleet of Merrow sailed on Sunday, Ben Lund said.",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def opened(path: Path) -> dateline.Notebook:
    return dateline.open(path, reader=Reader(PlainModel()), judge=Idle())


def shown(notebook: dateline.Notebook) -> list[object]:
    return [
        [rows.story(s.summary) for s in notebook.stories()],
        [rows.timeline_entry(e) for e in notebook.timeline()],
        [rows.statement(s) for s in notebook.statements()],
        notebook.overview()[0],
    ]


def test_what_is_added_under_a_name_is_one_story_and_stays_it(tmp_path: Path, news: Path) -> None:
    with opened(tmp_path / "n.db") as notebook:
        notebook.add([news])
        apart = {s.id for s in notebook.stories()}
        report = notebook.add([news / "one.txt", news / "three.txt"], story="Arlen  and Merrow")
        assert (report.added, report.known) == (0, 2)
        story = notebook.story("arlen and merrow")
        assert (story.id, story.title) == (report.placed, "Arlen and Merrow")
        assert [m.source for m in story.summary.members] == [str(news / n) for n in ("one.txt", "three.txt")]
        # the other stories stand beside it, without its reports
        (other,) = [s for s in notebook.stories() if s.id != story.id]
        assert [m.source for m in other.summary.members] == [str(news / "two.txt")]
        assert story.id not in apart
        # in whichever case the name is given next
        (news / "four.txt").write_text("date 2024-05-06 Arlen\n\n" + BRIDGE, encoding="utf-8")
        notebook.add([news / "four.txt"], story="ARLEN AND MERROW")
        assert [s.title for s in notebook.stories()].count("Arlen and Merrow") == 1
        assert len(notebook.story("arlen and merrow").summary.members) == 3
        assert notebook.overview()[0][0].title == "Arlen and Merrow"
        # as of its first day it holds that day's report alone
        assert len(notebook.story("arlen and merrow", date(2024, 5, 3)).summary.members) == 1
        with pytest.raises(ValueError, match="name"):
            notebook.add([news], story="  ")
    with opened(tmp_path / "fresh.db") as fresh:
        fresh.add([news / n for n in ("one.txt", "three.txt", "four.txt")], story="Arlen and Merrow")
        fresh.add([news])
        with opened(tmp_path / "n.db") as notebook:
            assert shown(notebook) == shown(fresh)


def test_a_report_that_is_removed_leaves_no_trace_and_stays_out(tmp_path: Path, news: Path) -> None:
    with opened(tmp_path / "n.db") as notebook, opened(tmp_path / "fresh.db") as fresh:
        notebook.add([news])
        gone = notebook.remove("two.txt")
        assert gone.title == "Bridge of Arlen closed"
        fresh.add([news / "one.txt", news / "three.txt"])
        assert shown(notebook) == shown(fresh)
        report = notebook.add([news])
        assert (report.added, report.known, report.removed) == (0, 2, 1)
        report = notebook.add([news], restore=True)
        assert (report.added, report.removed) == (1, 0)
        fresh.add([news])
        assert shown(notebook) == shown(fresh)
        notebook.remove("three.txt")
        notebook.remove("two.txt")
        notebook.remove("one.txt")
        assert notebook.stories() == []
        with pytest.raises(UnknownArticle):
            notebook.remove("one.txt")


@pytest.mark.parametrize("day", [date(2024, 5, 1), date(2024, 5, 9)])
def test_another_day_is_read_and_filed_as_if_it_had_been_given(tmp_path: Path, news: Path, day: date) -> None:
    with opened(tmp_path / "n.db") as notebook:
        notebook.add([news])
        was = notebook.redate("two.txt", day)
        assert was.published == date(2024, 5, 4)
        found = notebook.article("two.txt").article
        assert (found.id, found.published, found.dated_by) == (was.id, day, BY_EDITOR)
        (friday,) = [t for t in notebook.article("two.txt").reading.times if t.text == "Friday"]
        # the Friday before, or nearest, as the reader has it for that day
        expected = dateline.Reader(PlainModel()).read(found)
        assert friday in expected.times
        assert notebook.add([news]).known == 3
        with pytest.raises(UnknownArticle):
            notebook.article("two.txt", as_of=date(2024, 4, 30))
    assert check_notebook(tmp_path / "n.db", views=False) == []


def test_an_article_is_named_by_handle_title_or_id(tmp_path: Path, news: Path) -> None:
    with opened(tmp_path / "n.db") as notebook:
        notebook.add([news])
        article = notebook.article("three.txt").article
        handle = notebook.handles([article.id])[article.id]
        assert handle == f"Herring fleet… 5 May {article.id[:2]}"
        for key in (handle, f"{handle}:30", "herring", article.id[:3], article.id, "5 May"):
            assert notebook.article_summary(key).id == article.id, key
        with pytest.raises(UnknownArticle, match="did you mean Herring fleet… 5 May"):
            notebook.article_summary("herrings")
        with pytest.raises(UnknownArticle, match="2 articles answer"):
            notebook.article_summary("bridge")
        with pytest.raises(UnknownArticle, match="no article has that"):
            notebook.article_summary(handle, date(2024, 5, 4))


def test_a_story_goes_by_its_later_words_on_an_earlier_day(tmp_path: Path, news: Path) -> None:
    with opened(tmp_path / "n.db") as notebook:
        notebook.add([news / "one.txt"], story="Old name")
        notebook.add([news / "three.txt"])
        assert notebook.story("name", date(2024, 5, 3)).title == "Old name"
        with pytest.raises(UnknownStory, match=r"did you mean .*Old name"):
            notebook.story("nmae", date(2024, 5, 3))
        with pytest.raises(UnknownStory, match="as of 2024-05-03"):
            notebook.story("herring", date(2024, 5, 3))


def test_a_day_is_read_as_words_too() -> None:
    for given in ("2024-03-04", "2024-03-04T09:15:00+00:00", date(2024, 3, 4)):
        assert dateline.notebook.as_day(given).isoformat()[:10] == "2024-03-04"
    with pytest.raises(ValueError, match=r"'4 March' is not a day; .* YYYY-MM-DD"):
        dateline.notebook.as_day("4 March")
