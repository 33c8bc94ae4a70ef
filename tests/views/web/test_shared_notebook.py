"""The page's thread that works views out goes on after an error, and is started again should it ever end."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.store import open_store
from dateline.views.web.shared_notebook import SharedNotebook
from tests.end_to_end.test_one_that_fails import articles
from tests.plain_model import PlainModel
from tests.stopwatch import wait_for

pytestmark = pytest.mark.usefixtures("plain_judge")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_thread_goes_on_after_any_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Notebook(open_store(tmp_path / "n.db"), Reader(PlainModel())) as notebook:
        notebook.add_articles(articles(8))
    calls: list[object] = []

    def fails(self: Notebook, views_progress: object = None, as_of: object = None) -> None:
        calls.append(as_of)
        if len(calls) == 1:
            raise KeyError("s1")
        if len(calls) == 2:
            raise SystemExit

    monkeypatch.setattr(Notebook, "refresh_views", fails)
    shared = SharedNotebook(str(tmp_path / "n.db"))
    for number in (1, 2, 3):
        shared.refresh_views(None)
        wait_for(
            lambda number=number: len(calls) == number and not shared._waiting, "views were not worked out"
        )
        if number == 2:
            wait_for(
                lambda: shared._thread is None or not shared._thread.is_alive(), "the thread did not end"
            )
    assert shared._thread is not None
    assert shared._thread.is_alive()
