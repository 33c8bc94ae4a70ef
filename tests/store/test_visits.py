"""What servers said of addresses is kept with the articles that came of it, and older notebooks learn to keep it."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from dateline.records import Article, Reading, Validators
from dateline.store import migrations, open_store
from tests.conftest import Where


def test_a_visit_is_kept_once_it_is_told_so(where: Where) -> None:
    store = open_store(where("n.db"))
    store.visits.remember("https://a.example/feed", Validators('"one"', "Fri, 04 Aug 2023 09:00:00 GMT"))
    assert store.visits.recall("https://a.example/feed") == Validators(
        '"one"', "Fri, 04 Aug 2023 09:00:00 GMT"
    )
    # stopped before its articles were saved
    store.close()
    store = open_store(where("n.db"))
    assert store.visits.recall("https://a.example/feed") is None
    store.visits.remember("https://a.example/feed", Validators('"one"'))
    store.visits.keep()
    store.visits.remember("https://a.example/feed", Validators('"two"'))
    store.visits.keep()
    store.close()
    store = open_store(where("n.db"))
    assert store.visits.recall("https://a.example/feed") == Validators('"two"')
    store.close()


def test_how_a_day_was_found_is_kept(where: Where) -> None:
    article = Article("a", "a.html", date(2023, 8, 4), "The lock is shut.", dated_by="address (guessed)")
    store = open_store(where("n.db"))
    store.save([Reading(article)])
    assert store.articles(["a"])["a"] == article
    store.close()


def test_a_notebook_of_version_2_is_brought_forward(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    with sqlite3.connect(path) as old:
        for step in migrations.MIGRATIONS[:2]:
            step(old)
        old.execute("PRAGMA user_version = 2")
        old.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        old.execute(
            "INSERT INTO article (id, source, published, text) VALUES ('a', 'a.txt', '2023-08-04', 'Shut.')"
        )
    old.close()
    store = open_store(path)
    assert store.articles(["a"])["a"] == Article("a", "a.txt", date(2023, 8, 4), "Shut.")
    assert store.visits.recall("https://a.example/feed") is None
    store.close()
