"""An editor's decisions in the file: what is kept, and a notebook from before they could be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import UnknownArticle
from dateline.records import Reading
from dateline.store import migrations, open_store
from dateline.store.salvage import save_what_can_be_read
from tests.conftest import Where
from tests.store.test_store import article


def test_a_notebook_from_before_edits_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    with closing(sqlite3.connect(path)) as file:
        with file:
            file.execute("BEGIN")
            for step in migrations.MIGRATIONS[:5]:
                step(file)
            file.execute("PRAGMA user_version = 5")
            file.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        with file:
            file.execute("INSERT INTO article (id, source, published, text) VALUES ('a1', 'a.txt', '2024-05-02', 'Word.')")  # fmt: skip
    with closing(open_store(path, must_exist=True)) as store:
        assert store.backup == tmp_path / "n.db.version-5"
        with store.transaction():
            assert store.edits.place(["a1", "none such"], "Bridge") == date(2024, 5, 2)
            assert store.edits.place(["a1"], "Bridge") is None
        assert store.edits.names() == ["Bridge"]
        assert store.edits.all_placed() == {"a1": "Bridge"}


def test_what_is_removed_is_remembered_until_it_is_wanted_back(where: Where) -> None:
    with closing(open_store(where("n.db"))) as store:
        store.save([Reading(article("a1"))])
        with store.transaction():
            store.edits.place(["a1"], "Bridge")
            assert store.edits.remove("a1") == article("a1").published
        assert store.count() == 0
        assert store.edits.names() == []
        assert store.edits.removed(["a1", "a2"]) == {"a1"}
        with store.transaction():
            store.edits.restore(["a1"])
        assert store.edits.removed(["a1"]) == set()
        with pytest.raises(UnknownArticle), store.transaction():
            store.edits.remove("a1")


def test_another_day_keeps_the_id_and_is_searched_as_before(where: Where) -> None:
    with closing(open_store(where("n.db"))) as store:
        given = article("a1")
        store.save([Reading(given)])
        moved = replace(given, published=date(2024, 4, 1), published_at=None, dated_by="editor")
        with store.transaction():
            assert store.edits.redate(Reading(moved)) == date(2024, 4, 1)
        assert store.load(["a1"])["a1"].article == moved
        assert store.search('"bridge"', None, None, None, 5)


def test_edits_are_saved_from_a_damaged_file(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "n.db")) as store:
        store.save([Reading(article("a1")), Reading(article("a2"))])
        with store.transaction():
            store.edits.place(["a1"], "Bridge")
            store.edits.remove("a2")
    save_what_can_be_read(str(tmp_path / "n.db"))
    with closing(open_store(tmp_path / "n.db")) as store:
        assert store.edits.all_placed() == {"a1": "Bridge"}
        assert store.edits.removed(["a2"]) == {"a2"}
