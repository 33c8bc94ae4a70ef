"""What was known when: a view of a past day is that of a notebook which never saw a later report."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.records import Article, Reading
from dateline.sources import dated_text
from dateline.sources.articles import SourceOptions
from tests.conftest import Where

ROOT = Path(__file__).parents[2]
OWN = ROOT / "training" / "expectations" / "stories"
SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared")) / "data" / "desk"


class _ReadOnce(Reader):
    """A reader that reads each article once, however many notebooks ask for it."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, Reading] = {}

    def read(self, article: Article) -> Reading:
        if article.id not in self._kept:
            self._kept[article.id] = super().read(article)
        return self._kept[article.id]


def articles_of(folder: Path) -> list[Article]:
    return [
        article
        for path in sorted((folder / "articles").glob("*.txt"))
        for article in dated_text.read_text(path.read_text(encoding="utf-8"), path.name, SourceOptions())
    ]


def listings(notebook: Notebook, day: date) -> dict[str, Any]:
    return {
        "stories": [story.summary for story in notebook.stories(day)],
        "timeline": notebook.timeline(day),
        "expectations": notebook.expectations(day),
        "statements": notebook.statements(day),
        "disagreements": notebook.disagreements(day),
        "affairs": notebook.affairs(day),
    }


@pytest.mark.parametrize("folder", [OWN, SHARED], ids=["own", "desk"])
def test_a_past_day_shows_what_a_notebook_of_that_day_shows(folder: Path, where: Where) -> None:
    if not folder.exists():
        pytest.skip(f"{folder} is not there")
    reader, articles = _ReadOnce(), articles_of(folder)
    with (
        dateline.open(where("all.db"), reader=reader) as full,
        dateline.open(where("then.db"), reader=reader) as then,
    ):
        full.add_articles(articles)
        for day in sorted({a.published for a in articles}):
            then.add_articles([a for a in articles if a.published == day])
            expected, seen = listings(then, day), listings(full, day)
            for name, rows in expected.items():
                assert seen[name] == rows, f"{name} as of {day}"
                assert rows or name in ("affairs", "disagreements", "expectations")
