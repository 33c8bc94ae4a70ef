"""Searches are bounded: what is longer, or asks for more, is refused at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import SearchError
from dateline.keeper import search
from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.store import open_store
from tests.end_to_end.test_one_that_fails import articles
from tests.plain_model import PlainModel
from tests.stopwatch import seconds

pytestmark = pytest.mark.usefixtures("plain_judge")


@pytest.mark.parametrize(
    "words", ["bridge " * 4000, "b" * 1_000_000, '"' + "arlen " * 51 + '"', ". " * 100_000]
)
def test_what_is_longer_than_a_search_is_refused_at_once(words: str) -> None:
    def refused() -> None:
        with pytest.raises(SearchError, match="at most 50 words"):
            search.full_text_query(words)

    assert seconds(refused) < 2


def test_fifty_words_are_searched_and_a_limit_is_bounded(tmp_path: Path) -> None:
    with Notebook(open_store(tmp_path / "n.db"), Reader(PlainModel())) as notebook:
        notebook.add_articles(articles(8))
        assert notebook.search(" ".join(["bridge", "opened"] * 25))
        for limit in (0, -1, 2**70):
            with pytest.raises(SearchError, match="ask for 1 to 10000"):
                notebook.search("bridge", limit=limit)
