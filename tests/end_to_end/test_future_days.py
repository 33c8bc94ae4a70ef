"""A report that bears a day of the future turns no listing: all that looks without a day looks on the last day that is not ahead of the clock."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline import cli
from dateline.notebook import Notebook, open_notebook
from dateline.reader import Reader
from dateline.records import Article
from dateline.sources import make_article
from dateline.store import open_store
from dateline.views import rows, web
from tests.conftest import Where
from tests.plain_model import PlainModel

pytestmark = pytest.mark.usefixtures("plain_judge")

TODAY = date(2024, 3, 8)
REPORTS = [
    make_article("1.txt", date(2024, 3, 4), "The ferry of Arlen will sail on 20 March, Ada Holt said.", title="Ferry of Arlen"),
    make_article("2.txt", date(2024, 3, 7), "The bridge of Hartvik opened on Friday, the council said.", title="Bridge of Hartvik"),
]  # fmt: skip
SLIP = make_article("slip.txt", date.max, "The ferry of Arlen sailed, Ada Holt said.", title="Ferry of Arlen")


def notebook_of(place: str | Path, *articles: Article) -> Notebook:
    book = Notebook(open_store(str(place)), Reader(PlainModel()), today=lambda: TODAY)
    assert book.add_articles(articles).problems == []
    return book


def shown(book: Notebook, as_of: date | None = None) -> list[object]:
    stories = book.stories(as_of)
    return [
        [rows.story(s.summary) for s in stories],
        [rows.briefing(s.briefing()) for s in stories],
        [rows.timeline_entry(e) for e in book.timeline(as_of)],
        [rows.ledger_entry(e) for e in book.expectations(as_of)],
        [rows.story_overview(o) for o in book.overview(as_of)[0]],
        [hit.evidence.article for hit in book.search("ferry", as_of=as_of)],
        {name: table.rows for name, table in book.tables(as_of=as_of).items()},
    ]


def test_a_report_of_the_future_turns_no_listing(where: Where) -> None:
    with notebook_of(where("n.db"), *REPORTS, SLIP) as book, notebook_of(where("m.db"), *REPORTS) as without:
        assert book.view_day() == date(2024, 3, 7)
        assert book.last_day() == date.max
        assert book.count_after(date(2024, 3, 7)) == 1
        assert shown(book) == shown(book, date(2024, 3, 7)) == shown(without)
        assert [e.outcome.status for e in book.expectations()] == ["open"]
        # an explicit day is what it was, and leaves what is kept of the plain one
        assert SLIP.id in {m.id for s in book.stories(date.max) for m in s.summary.members}
        book.refresh_views(as_of=date.max)
        assert book._not_kept(None) == []
        assert book.article("slip.txt").reading.article == SLIP


def test_the_day_turns_with_the_clock(where: Where) -> None:
    with notebook_of(where("n.db"), *REPORTS):
        pass
    for today, day in [
        (date(2024, 3, 5), date(2024, 3, 4)),
        (date(2024, 3, 6), date(2024, 3, 7)),  # elsewhere tomorrow has begun
        (date.max, date(2024, 3, 7)),
        (date(1970, 1, 1), date(2024, 3, 7)),  # a clock that stands
    ]:
        with open_notebook(where("n.db"), today=lambda today=today: today) as book:
            assert book.view_day() == day
    with open_notebook(where("empty.db")) as book:
        assert book.view_day() is None


def test_the_command_and_the_page_say_what_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    notebook_of(path, *REPORTS, SLIP).close()
    told = "1 report bears a later day than 2024-03-07, in the future, and is left out (--as-of 9999-12-31 shows all"
    stories = CliRunner().invoke(cli.app, ["stories", "--json", "--notebook", str(path)])
    assert stories.stderr.count("\n") == 1
    assert told in stories.stderr
    listed = [json.loads(line) for line in stories.stdout.splitlines()]
    assert {s["last"] for s in listed} == {"2024-03-04", "2024-03-07"}
    assert told in CliRunner().invoke(cli.app, ["export", "--to", "csv", "--notebook", str(path)]).stderr
    for quiet in (["--quiet"], ["--as-of", "2024-03-07"]):
        assert CliRunner().invoke(cli.app, ["stories", "--notebook", str(path), *quiet]).stderr == ""
    client = TestClient(web.create(str(path)), base_url="http://127.0.0.1")
    assert client.get("/api/stories").json() == listed
    page = client.get("/").text
    assert 'data-last="2024-03-07" data-day="2024-03-07"' in page
    assert "1 with a later day, in the future, is left out" in page
