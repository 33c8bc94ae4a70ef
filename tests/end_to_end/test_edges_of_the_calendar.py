"""Reports of the calendar's first and last days: every view is whole."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.records import Article
from dateline.store import open_store
from tests.conftest import Where
from tests.plain_model import PlainModel

pytestmark = pytest.mark.usefixtures("plain_judge")

TEXT = (
    "The bridge of Arlen opened on Friday. The ferry of Arlen will sail tomorrow, Ada Holt said. "
    "It was closed last year, two days before Monday. Twelve boats waited next week."
)


@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date(9999, 12, 30), date.max])
def test_every_view_of_a_day_at_the_edge_is_whole(where: Where, day: date) -> None:
    with Notebook(open_store(where("n.db")), Reader(PlainModel())) as notebook:
        reports = [Article(f"a{n}", f"{n}.txt", day, f"{TEXT} Number {n}.", "Arlen bridge") for n in (1, 2)]
        assert notebook.add_articles(reports).problems == []
        assert notebook.troubles() == []
        for story in notebook.stories():
            assert not story.faults()
            assert story.timeline()
        assert notebook.overview()[0]
