"""Stories that were merged are found by their old id, and a state of another version is never gone on from."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from dateline.errors import UnknownStory
from dateline.keeper import shelf_state
from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.records import Article, Reading
from dateline.store import open_store
from dateline.views import rows
from tests.conftest import Where

pytestmark = pytest.mark.usefixtures("plain_judge")


class PlainReader(Reader):
    """Reads nothing but the text itself."""

    def read(self, article: Article) -> Reading:
        return Reading(article)


def article(name: str, day: int, text: str) -> Article:
    return Article(name, f"{name}.txt", date(2024, 6, day), text)


QUARRY = [
    article("q1", 3, "The quarry at Sorn was shut on Monday after Inspector Lidia Marsh found cracks above the road."),
    article("q2", 4, "Lidia Marsh said cracks above the road at the Sorn quarry had grown. The quarry stays shut."),
    article("q3", 6, "The quarry at Sorn opened again after Inspector Lidia Marsh saw its cracks filled."),
]  # fmt: skip
TRAM = [article("t1", 5, "A tram left its rails in Ombrey on Wednesday; conductor Paul Reve was unhurt.")]


@pytest.fixture
def place(where: Where) -> str:
    with Notebook(open_store(where("n.db")), PlainReader()) as notebook:
        notebook.add_articles([*QUARRY[:2], *TRAM])
    return where("n.db")


def table(notebook: Notebook) -> list[rows.Row]:
    return [rows.story(s.summary) for s in notebook.stories()]


def test_the_id_of_a_merged_story_leads_to_where_it_went(place: str) -> None:
    with Notebook(open_store(place), PlainReader()) as notebook:
        (tram,) = [s for s in notebook.stories() if s.summary.members[0].id == "t1"]
        (quarry,) = [s for s in notebook.stories() if s.id != tram.id]
        with notebook._store.transaction():
            notebook._store.move("t1", quarry.id, date(2024, 6, 8))
        assert notebook.story(tram.id, date(2024, 6, 7)).id == tram.id
        assert notebook.story(tram.id, date(2024, 6, 8)).id == quarry.id
        with pytest.raises(UnknownStory):
            notebook.story("s0000000000", date(2024, 6, 8))


DAMAGE = {
    "bytes": "UPDATE piece SET data = substr(data, 1, length(data) - 9)",
    "another piece": "UPDATE piece SET data = (SELECT data FROM piece ORDER BY digest LIMIT 1)",
    "no piece": "DELETE FROM piece",
    "nothing": "UPDATE checkpoint SET pieces = substr(pieces, 1, 0)",
}


@pytest.mark.parametrize("damage", ["version", "bytes", "another piece", "no piece", "nothing"])
def test_a_state_that_cannot_be_read_is_worked_out_again(
    place: str, where: Where, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    if damage == "version":
        monkeypatch.setattr(shelf_state, "VERSION", shelf_state.VERSION + 1)
    else:
        with closing(open_store(place)) as store, store.transaction():
            store._database.execute(DAMAGE[damage])
    with Notebook(open_store(place), PlainReader()) as notebook:
        notebook.add_articles(QUARRY[2:])
        found = table(notebook)
    with Notebook(open_store(where("fresh.db")), PlainReader()) as notebook:
        notebook.add_articles([*QUARRY, *TRAM])
        assert found == table(notebook)
    assert [len(s["articles"]) for s in sorted(found, key=lambda s: s["first"])] == [3, 1]
