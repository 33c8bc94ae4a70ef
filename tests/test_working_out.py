"""Views that other processes work out are those that one works out alone."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline import notebook as joined
from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.working_out import work_out_elsewhere
from tests.plain_model import PlainModel

TEXTS = (
    "The council of Arlen will vote on the rail bridge on Friday, Mayor Ada Holt said. Its piers sank on Monday.",
    "Choir singers from Merrow will tour Finland in June. Their conductor Ilmar Vesk bought new robes on Tuesday.",
    "The Tolby brewery is to open a second cellar by autumn, its owner Piet Osk said. Hops were scarce last year.",
    "Vets at Askern zoo expect a rhino calf within weeks. Keeper Una Reyes slept beside the paddock on Sunday.",
)


def reports(folder: Path) -> Path:
    """Four reports, each a story of its own."""
    folder.mkdir()
    for day, text in enumerate(TEXTS, start=1):
        (folder / f"{day}.txt").write_text(f"date 2024-05-0{day} {text}\n", encoding="utf-8")
    return folder


def views_in(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(
            "SELECT story, day, version, brief, data FROM sheet ORDER BY 1, 2"
        ).fetchall()


def worked_out_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stories that this process works out from now on, as it does."""
    found: list[str] = []
    work_out = Notebook._work_out

    def noted(notebook: Notebook, story: str, *given: object, **named: object) -> object:
        found.append(story)
        return work_out(notebook, story, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Notebook, "_work_out", noted)
    return found


def test_other_processes_keep_the_same_views_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = reports(tmp_path / "news")
    with dateline.open(tmp_path / "one.db") as notebook:
        notebook.add(news)
    here = worked_out_here(monkeypatch)
    with dateline.open(tmp_path / "two.db") as notebook:
        notebook.add(news, workers=2)
    assert here == []
    assert views_in(tmp_path / "two.db") == views_in(tmp_path / "one.db")
    # few stories are worked out here, where no process has started yet
    with dateline.open(tmp_path / "two.db") as notebook:
        late = tmp_path / "late.txt"
        late.write_text(
            "date 2024-05-09 Thieves took nine clocks from a museum in Brask on Wednesday, police said.\n",
            encoding="utf-8",
        )
        notebook.add(late, workers=1)
    assert len(here) == 1


@pytest.mark.usefixtures("plain_judge")
def test_what_a_process_fails_on_is_worked_out_by_the_one_that_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = reports(tmp_path / "news")
    monkeypatch.setattr(joined.working_out, "work_out_elsewhere", _fails)
    with dateline.open(tmp_path / "n.db") as notebook:
        notebook.add(news, workers=2)
        assert notebook.overview()[1] == set()
        assert len(notebook.stories()) == len(TEXTS)


def _fails(*_: object) -> None:
    return None


@pytest.mark.usefixtures("plain_judge")
def test_nothing_is_worked_out_of_what_has_changed_or_is_not_there(tmp_path: Path) -> None:
    place, day = tmp_path / "n.db", date(2024, 5, 9)
    with dateline.open(place, reader=Reader(PlainModel())) as notebook:
        notebook.add(reports(tmp_path / "news"))
        story, filings = notebook.stories()[0].id, notebook.filings()
        found = work_out_elsewhere(str(place), story, day, filings, True)
        assert found is not None
        assert found.packed.view
        outline = work_out_elsewhere(str(place), story, day, filings, False)
        assert outline is not None
        assert (outline.packed.outline, outline.packed.view) == (found.packed.outline, None)
        assert work_out_elsewhere(str(place), story, day, filings + 1, True) is None
    assert work_out_elsewhere(str(place), "s0", day, filings, True) is None
    assert work_out_elsewhere(str(tmp_path / "other.db"), story, day, filings, True) is None


@pytest.mark.usefixtures("plain_judge")
def test_a_report_of_the_same_day_leaves_the_views_of_other_stories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked = worked_out_here(monkeypatch)
    with dateline.open(tmp_path / "n.db", reader=Reader(PlainModel())) as notebook:
        for number, text in enumerate(TEXTS):
            report = tmp_path / f"{number}.txt"
            report.write_text(f"date 2024-05-01 {text}\n", encoding="utf-8")
            worked.clear()
            notebook.add(report)
            assert len(worked) == 1
        assert len(notebook.stories()) == len(TEXTS)
        # a report that joins one of them has that one worked out again
        report.with_name("more.txt").write_text(
            f"date 2024-05-01 {TEXTS[0]} The council of Arlen met for the bridge.\n", encoding="utf-8"
        )
        worked.clear()
        notebook.add(report.with_name("more.txt"))
        joined = {s.id for s in notebook.stories() if len(s.articles()) > 1}
        assert set(worked) == joined
        assert len(joined) == 1
