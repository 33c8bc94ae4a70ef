"""Opening a notebook: made whole or not at all, brought up to date with a copy kept, read where nothing can be written."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pytest

from dateline import vectors
from dateline.errors import DamagedNotebook, NotebookError, NotebookInUse
from dateline.records import Reading, Records
from dateline.store import columns, migrations, open_store, probabilities
from dateline.store.readings import pack, pack_text, unpack_text
from tests.store.test_store import article, full_reading


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as file:
        return {row[0] for row in file.execute("SELECT name FROM sqlite_master")}


def test_the_schema_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:-1], fails))
        with pytest.raises(NotebookError, match="the disk is full"):
            open_store(tmp_path / "n.db")
    assert tables(tmp_path / "n.db") == set()
    with closing(open_store(tmp_path / "n.db")) as store:
        store.save([full_reading()])


def test_a_process_killed_while_the_schema_is_made_leaves_a_file_that_opens(tmp_path: Path) -> None:
    code = (
        "import os, sys, sqlite3\n"
        "from dateline.store import migrations, open_store\n"
        "def dies(connection): os.kill(os.getpid(), 9)\n"
        "migrations.MIGRATIONS = (*migrations.MIGRATIONS[:int(sys.argv[2])], dies)\n"
        "open_store(sys.argv[1])\n"
    )
    for step in range(3):
        path = tmp_path / f"{step}.db"
        done = subprocess.run([sys.executable, "-c", code, str(path), str(step)], check=False)
        assert done.returncode == -9
        with pytest.raises(NotebookError, match="holds no notebook yet"):
            open_store(path, must_exist=True)
        with closing(open_store(path)) as store:
            store.save([full_reading()])
            assert store.count() == 1


@pytest.mark.parametrize("content", [b"", b"\0"])
def test_an_empty_file_is_no_notebook_to_look_at(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "n.db").write_bytes(content * 4096)
    with pytest.raises(NotebookError, match=r"no notebook|not a dateline notebook"):
        open_store(tmp_path / "n.db", must_exist=True)
    assert (tmp_path / "n.db").read_bytes() == content * 4096


def old_notebook(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        with file:
            file.execute("BEGIN")
            for step in migrations.MIGRATIONS[:2]:
                step(file)
            file.execute("PRAGMA user_version = 2")
            file.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        with file:
            file.execute(
                "INSERT INTO article (id, source, published, text) VALUES ('a1', 'a.txt', '2024-05-02', 'Word.')"
            )


def test_an_older_notebook_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    old_notebook(tmp_path / "n.db")
    with closing(open_store(tmp_path / "n.db", must_exist=True)) as store:
        assert store.backup == tmp_path / "n.db.version-2"
        assert store.troubles() == []
        assert store.count() == 1
    with closing(sqlite3.connect(tmp_path / "n.db.version-2")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (2,)
        assert copy.execute("SELECT id FROM article").fetchall() == [("a1",)]
    with closing(open_store(tmp_path / "n.db")) as store:
        assert store.backup is None


OLD_RECORDS = """
    INSERT INTO sentence VALUES (1, 0, 0, 46);
    INSERT INTO time_expression VALUES (1, 0, 24, 30, 'Friday', 'DATE', '2024-05-03', NULL, '2024-05-03', '2024-05-03', 'day');
    INSERT INTO mention VALUES (1, 0, 32, 40, 'Ada Holt', 'person', 'Ada Holt', 0.75);
    INSERT INTO event VALUES (1, 0, 16, 20, 0, 'open', 'expected', '2024-05-03', '2024-05-03', 'day', 0.5);
    INSERT INTO quantity VALUES (1, 0, 0, 0, 3, 3.0, 'person', 'dead', 'about');
    INSERT INTO statement VALUES (1, 0, 0, 30, 'indirect', 41, 45, 32, 40, 'Ada Holt', 0.25);
    INSERT INTO statement VALUES (1, 1, 0, 5, 'direct', NULL, NULL, NULL, NULL, NULL, 1.0);
    INSERT INTO expectation VALUES (1, 0, 0, 30, 0, 'the bridge opens', 'open', 16, 20, 'Ada Holt', '2024-05-03', '2024-05-03', 'day', 'certain', 1, 0.5);
    INSERT INTO argument VALUES (1, 'event', 0, 0, 'agent', 0, 10, 'The bridge', 4, 10, 'bridge');
    INSERT INTO argument VALUES (1, 'expectation', 0, 0, 'agent', 0, 10, 'The bridge', 4, 10, 'bridge');
"""
"""`full_reading` as notebooks of the first six versions kept it."""


def test_what_was_read_comes_over_from_the_tables_of_an_older_notebook(tmp_path: Path) -> None:
    wanted = full_reading()
    a = wanted.article
    assert wanted.vectors is not None
    with closing(sqlite3.connect(tmp_path / "n.db")) as file:
        for step in migrations.MIGRATIONS[:6]:
            step(file)
        file.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        file.execute(
            "INSERT INTO article VALUES (1, ?, ?, ?, ?, ?, '2024-05-02', '2024-05-02T09:30:00', 'en', ?, NULL)",
            (a.id, a.source, a.url, a.publisher, a.title, a.text),
        )
        file.execute("INSERT INTO vectors VALUES (1, 8, ?)", (wanted.vectors.astype("<f2").tobytes(),))
        file.executescript(OLD_RECORDS + "INSERT INTO sheet VALUES ('s', '2024-05-02', '1', x'00', x'00');")
        file.execute("PRAGMA user_version = 6")
        file.commit()
    with closing(open_store(tmp_path / "n.db")) as store:
        found = store.load(["a1"])["a1"]
        for field in fields(Reading):
            if field.name != "vectors":
                assert getattr(found, field.name) == getattr(wanted, field.name), field.name
        assert np.array_equal(found.vectors, wanted.vectors)
        assert store.names(["Holt"], date(2024, 5, 2), 5) == [("Ada Holt", "person", 1)]
        assert store.views_kept("1") == set()
    left = tables(tmp_path / "n.db")
    assert not left & {"sentence", "vectors", "mention", "event", "argument", "mention_entity"}
    assert tables(tmp_path / "n.db.version-6") >= {"sentence", "vectors", "mention", "event", "argument"}


def test_a_reading_that_is_there_is_brought_over_whatever_it_lacks(tmp_path: Path) -> None:
    old_notebook(tmp_path / "n.db")
    with closing(open_store(tmp_path / "n.db")) as store:
        found = store.load(["a1"])["a1"]
        assert (found.article.text, found.sentences, found.vectors) == ("Word.", (), None)


def test_an_older_notebook_stays_as_it_was_where_bringing_it_up_to_date_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE sheet")
        raise sqlite3.OperationalError("disk I/O error")

    old_notebook(tmp_path / "n.db")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:2], fails))
    with pytest.raises(NotebookError):
        open_store(tmp_path / "n.db")
    assert "sheet" in tables(tmp_path / "n.db")


def test_a_newer_notebook_is_untouched(tmp_path: Path) -> None:
    open_store(tmp_path / "n.db").close()
    with closing(sqlite3.connect(tmp_path / "n.db")) as file:
        file.execute("PRAGMA user_version = 999")
    before = (tmp_path / "n.db").read_bytes()
    with pytest.raises(NotebookError, match="newer dateline"):
        open_store(tmp_path / "n.db")
    assert (tmp_path / "n.db").read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"n.db"}


def test_a_second_writer_waits_and_is_told_for_whom(tmp_path: Path) -> None:
    told: list[str] = []
    first = open_store(tmp_path / "n.db")
    second = open_store(tmp_path / "n.db", wait=0.3, waiting=told.append)
    with first.writing():
        with pytest.raises(NotebookInUse, match=r"process \d+ on .*, since 20.*is writing"), second.writing():
            pass
        with first.writing():
            pass
    assert len(told) == 1
    assert "waiting for it" in told[0]
    with second.writing():
        second.save([full_reading()])
    assert not (tmp_path / "n.db-lock").exists()


def test_it_goes_on_as_soon_as_the_first_is_done(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    open_store(path).close()
    begun = threading.Event()

    def write() -> None:
        with closing(open_store(path)) as store, store.writing():
            begun.set()
            time.sleep(0.3)
            store.save([Reading(article("a1"))])

    other = threading.Thread(target=write)
    other.start()
    begun.wait()
    with closing(open_store(path, wait=20)) as store, store.writing():
        assert store.known(["a1"]) == {"a1"}
    other.join()


def test_a_lock_that_a_killed_process_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "n.db-lock").write_text("process 1 on nowhere, since ever,", encoding="utf-8")
    with closing(open_store(tmp_path / "n.db", wait=0)) as store, store.writing():
        pass


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A notebook on a file system that was mounted anew, to be read only."""
    place = tmp_path / "sealed"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield place
    finally:
        # whatever still holds a file of it
        subprocess.run(["umount", "-l", place], check=True)


def seal(place: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)


def test_read_only_media_can_be_read(sealed: Path) -> None:
    with closing(open_store(sealed / "n.db")) as store:
        store.save([full_reading()])
    seal(sealed)
    with closing(open_store(sealed / "n.db", must_exist=True)) as store:
        assert store.read_only
        assert store.load(["a1"])["a1"].events
        with pytest.raises(NotebookError, match="cannot be written here"), store.writing():
            pass
        with pytest.raises(NotebookError, match="cannot be written here"):
            store.save([Reading(article("a2"))])
    with pytest.raises(NotebookError, match="cannot be written here"):
        open_store(sealed / "other.db")


def test_what_was_left_in_the_journal_of_read_only_media_is_not_passed_over(
    sealed: Path, tmp_path: Path
) -> None:
    with closing(open_store(tmp_path / "n.db")) as store:
        store.save([full_reading()])
        for name in ("n.db", "n.db-wal"):
            shutil.copy(tmp_path / name, sealed / name)
    seal(sealed)
    with pytest.raises(NotebookError, match=r"n\.db-wal"):
        open_store(sealed / "n.db", must_exist=True)


def test_a_damaged_file_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    with closing(open_store(path)) as store:
        store.save([Reading(article(f"a{n}")) for n in range(200)])
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)
    says = r"this notebook is damaged .*dateline check --notebook"
    with pytest.raises(DamagedNotebook, match=says), closing(open_store(path, must_exist=True)) as store:
        store.load([f"a{n}" for n in range(200)])


def older(path: Path, version: int, *readings: Reading) -> None:
    """A notebook as version 8 kept it (texts as they are, records as maps of their fields) or 9 (by columns)."""
    with closing(sqlite3.connect(path)) as file:
        file.create_function("packed_text", 1, pack_text, deterministic=True)
        file.create_function("unpacked_text", 1, unpack_text, deterministic=True)
        for step in migrations.MIGRATIONS[:version]:
            step(file)
        file.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        file.execute(f"PRAGMA user_version = {version}")
        answer = np.array([0.25, 0.5, 0.25, 0, 0]).tobytes()
        file.execute("INSERT INTO verdict VALUES (x'01', 'verdict', ?)", (answer,))
        for row, reading in enumerate(readings, 1):
            a = reading.article
            text = pack_text(a.text) if version > 8 else a.text
            file.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, '2024-05-02', ?, ?, ?, NULL)",
                (row, a.id, a.source, a.url, a.publisher, a.title, "2024-05-02T09:30:00", a.language, text),
            )
            records: object = Records.of(reading)
            if version > 8:
                records = columns.write(Records, [records], a.text)
            assert reading.vectors is not None
            whole = np.rint(reading.vectors * 15).astype(np.int8)
            file.execute(
                "INSERT INTO reading VALUES (?, ?, 8, ?)",
                (row, zlib.compress(msgspec.msgpack.encode(records)), zlib.compress(whole.tobytes())),
            )
        file.commit()


@pytest.mark.parametrize("version", [8, 9])
def test_texts_and_records_of_older_versions_are_pressed_and_still_found(
    tmp_path: Path, version: int
) -> None:
    wanted = full_reading()
    older(tmp_path / "n.db", version, wanted)
    with closing(open_store(tmp_path / "n.db")) as store:
        assert store.backup == tmp_path / f"n.db.version-{version}"
        assert probabilities.unpack(store.verdicts([b"\x01"])[b"\x01"]) == pytest.approx(
            [0.25, 0.5, 0.25, 0, 0], abs=1e-5
        )
        found = store.load(["a1"])["a1"]
        for field in fields(Reading):
            if field.name != "vectors":
                assert getattr(found, field.name) == getattr(wanted, field.name), field.name
        assert np.array_equal(found.vectors, wanted.vectors)
        assert store.search("bridge", None, None, None, 5)
    with closing(sqlite3.connect(tmp_path / "n.db")) as file:
        (text, records, packed) = file.execute(
            "SELECT text, records, vectors FROM article, reading"
        ).fetchone()
    assert unpack_text(text) == wanted.article.text
    assert records == pack(wanted)
    assert packed == vectors.pack(found.vectors)
