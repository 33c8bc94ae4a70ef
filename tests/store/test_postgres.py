"""A notebook in PostgreSQL: what a file's tests do not ask, and that both kinds answer alike."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import NotebookError, NotebookInUse
from dateline.records import Reading
from dateline.store import Store, migrations, open_store, opening
from dateline.store.addresses import is_address, shown_name
from tests.postgres import USER, Server
from tests.store.test_store import article, full_reading

SECRET = "s3cret-word"


@pytest.fixture
def address(server: Server) -> str:
    return server.fresh()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ann@db/news", "postgresql://ann@db/news"),
        (f"postgresql://ann:{SECRET}@db:5433/news?sslmode=require", "postgresql://ann@db:5433/news?sslmode=require"),
        (f"postgres://ann:{SECRET}@a,b/news", "postgres://ann@a,b/news"),
        (f"postgresql:///news?user=ann&password={SECRET}", "postgresql:///news?user=ann"),
        (f"postgresql:///news?pass%77ord={SECRET}", "postgresql:///news"),
        (f"postgresql://ann:a/b@{SECRET}@db/news", "postgresql://ann@db/news"),
        (f"postgresql://ann:{SECRET}/@db/news?sslpassword={SECRET}&port=1", "postgresql://ann@db/news?port=1"),
        ("news:2024@desk.db", "news:2024@desk.db"),
    ],
)  # fmt: skip
def test_a_password_is_not_shown(address: str, shown: str) -> None:
    assert shown_name(address) == shown
    assert is_address(address) == address.startswith("postgres")


def test_what_cannot_be_reached_is_told_without_the_password(server: Server) -> None:
    port = server.port
    given = {
        f"postgresql://{USER}:{SECRET}@127.0.0.1:1/postgres": "does not answer",
        f"postgresql://{USER}:{SECRET}@127.0.0.1:{port}/nowhere": 'database "nowhere" does not exist',
        f"postgresql://nobody:{SECRET}@127.0.0.1:{port}/postgres": 'role "nobody" does not exist',
        f"postgresql://locked:not-{SECRET}@127.0.0.1:{port}/postgres": "does not let this user in",
        f"postgresql://{USER}:{SECRET}/@127.0.0.1:{port}/postgres": "cannot read this address",
        f"postgresql://{USER}:{SECRET}@127.0.0.1:{port}/postgres?nothing=1": "cannot read this address",
        f"postgresql://{USER}:{SECRET}@127.0.0.1:{port}/postgres?options=-csearch_path%3Dnowhere": "there is no such schema",
    }
    for address, says in given.items():
        with pytest.raises(NotebookError, match=says) as told:
            open_store(address)
        error: BaseException | None = told.value
        while error is not None:
            assert SECRET not in str(error)
            error = error.__cause__


def test_without_the_library_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "dateline.store.postgres", raising=False)
    with pytest.raises(NotebookError, match=r"needs the library psycopg .*'\.\[postgres\]'"):
        open_store("postgresql://127.0.0.1:1/news")


def test_where_there_is_none_or_another_programs_it_is_said(server: Server, address: str) -> None:
    with pytest.raises(NotebookError, match="holds no notebook yet"):
        open_store(address, must_exist=True)
    schema = server.fresh_schema()
    server.execute(f"CREATE TABLE {schema}.article (id text)")
    with pytest.raises(NotebookError, match="tables of another program"):
        open_store(server.address_for(USER, schema=schema))


# ---------------------------------------------------------------------------------------------- the schema


def columns(server: Server, schema: str) -> dict[str, list[str]]:
    import psycopg

    with psycopg.connect(server.address) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s ORDER BY ordinal_position",
            (schema,),
        ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def test_its_tables_are_those_of_the_file(server: Server, tmp_path: Path) -> None:
    import sqlite3

    schema = server.fresh_schema()
    open_store(server.address_for(USER, schema=schema)).close()
    open_store(tmp_path / "n.db").close()
    with closing(sqlite3.connect(tmp_path / "n.db")) as file:
        tables = [
            r[0]
            for r in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not r[0].startswith(("article_words", "sqlite_"))
        ]
        wanted = {t: [r[1] for r in file.execute(f"PRAGMA table_info({t})")] for t in tables}
    found = columns(server, schema)
    assert found.pop("notebook") == ["version"]
    assert found.pop("article_words") == ["article", "words"]
    assert found == wanted


def add_a_column(connection: Any) -> None:
    connection.execute("ALTER TABLE visit ADD COLUMN seen TEXT")


def fails(connection: Any) -> None:
    add_a_column(connection)
    connection.execute("SELECT nothing FROM nowhere")


def next_version(patched: pytest.MonkeyPatch, step: Any) -> None:
    patched.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    for module in (migrations, opening):
        patched.setattr(module, "CURRENT", migrations.CURRENT + (module is migrations))


def test_one_of_version_10_gets_a_table_of_listings(server: Server) -> None:
    import psycopg

    schema = server.fresh_schema()
    address = server.address_for(USER, schema=schema)
    open_store(address).close()
    made = columns(server, schema)["listing"]
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(f'DROP TABLE "{schema}".listing')
        connection.execute(f'UPDATE "{schema}".notebook SET version = 10')
    with closing(open_store(address)) as store:
        assert store.listing(date(2024, 5, 2), "1") is None
    assert columns(server, schema)["listing"] == made


def test_it_is_brought_up_to_date_whole_or_not_at_all(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = server.fresh_schema()
    address = server.address_for(USER, schema=schema)
    with closing(open_store(address)) as store:
        store.save([full_reading()])
    with monkeypatch.context() as patched:
        next_version(patched, fails)
        with pytest.raises(NotebookError):
            open_store(address)
    assert columns(server, schema)["visit"] == ["address", "etag", "modified"]
    with monkeypatch.context() as patched:
        next_version(patched, add_a_column)
        for _ in range(2):
            with closing(open_store(address)) as store:
                assert store.count() == 1
    assert columns(server, schema)["visit"] == ["address", "etag", "modified", "seen"]
    with pytest.raises(NotebookError, match="newer dateline"):
        open_store(address)


def test_processes_that_make_it_at_once_make_one(address: str) -> None:
    code = (
        "import sys\n"
        "from dateline.store import open_store\n"
        "from tests.store.test_store import article\n"
        "from dateline.records import Reading\n"
        "store = open_store(sys.argv[1])\n"
        "with store.writing(): store.save([Reading(article(sys.argv[2]))])\n"
    )
    made = [subprocess.Popen([sys.executable, "-c", code, address, f"a{n}"]) for n in range(3)]
    assert [process.wait() for process in made] == [0, 0, 0]
    with closing(open_store(address, must_exist=True)) as store:
        assert store.known(["a0", "a1", "a2"]) == {"a0", "a1", "a2"}


# ---------------------------------------------------------------------------------------------- who writes


def test_a_second_writer_waits_and_is_told_for_whom(address: str) -> None:
    told: list[str] = []
    with (
        closing(open_store(address)) as first,
        closing(open_store(address, wait=0.3, waiting=told.append)) as second,
    ):
        with first.writing():
            with (
                pytest.raises(NotebookInUse, match=r"process \d+ on .*, since 20.*is writing"),
                second.writing(),
            ):
                pass
            with first.writing():
                pass
        assert len(told) == 1
        with second.writing():
            second.save([full_reading()])


def test_a_lock_ends_with_the_process_that_holds_it(address: str) -> None:
    open_store(address).close()
    code = (
        "import sys\n"
        "from dateline.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "with store.writing():\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
        with closing(open_store(address, wait=120)) as store, store.writing():
            store.save([full_reading()])


def test_notebooks_beside_one_another_do_not_wait(server: Server) -> None:
    with (
        closing(open_store(server.fresh(), wait=0)) as one,
        closing(open_store(server.fresh(), wait=0)) as two,
    ):
        with one.writing(), two.writing():
            one.save([full_reading()])
        assert (one.count(), two.count()) == (1, 0)


def test_transactions_come_one_after_another(address: str) -> None:
    def save(first: int) -> None:
        with closing(open_store(address)) as store:
            for n in range(first, first + 20):
                store.save([Reading(article(f"a{n}"))])

    open_store(address).close()
    writers = [threading.Thread(target=save, args=(first,)) for first in (0, 20, 40)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with closing(open_store(address)) as store:
        assert store.count() == 60


def test_one_who_may_only_read_does(server: Server) -> None:
    schema = server.fresh_schema()
    server.execute(
        "DO $$ BEGIN CREATE ROLE looker LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        f"GRANT USAGE ON SCHEMA {schema} TO looker",
    )
    address = server.address_for("looker", schema=schema)
    with pytest.raises(NotebookError, match="holds no notebook yet"):
        open_store(address)
    with closing(open_store(server.address_for(USER, schema=schema))) as store:
        store.save([full_reading()])
    with pytest.raises(NotebookError, match=r"may not do that .*GRANT"):
        open_store(address)
    server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO looker")
    with closing(open_store(address, must_exist=True)) as store, store.snapshot():
        assert store.read_only
        assert store.load(["a1"])["a1"].events
        assert store.search('"opens"', None, None, None, 5)
        with pytest.raises(NotebookError, match="may only read"), store.writing():
            pass
        with pytest.raises(NotebookError, match="may only read"):
            store.save([Reading(article("a2"))])


def break_off(server: Server, store: Store) -> None:
    (pid,) = store._database.execute("SELECT pg_backend_pid()").fetchone()
    server.execute(f"SELECT pg_terminate_backend({pid}, 60000)")


def test_it_goes_on_when_the_server_has_broken_off(server: Server, address: str) -> None:
    with closing(open_store(address)) as store:
        store.save([full_reading()])
        break_off(server, store)
        with pytest.raises(NotebookError, match="run the command again"):
            store.count()
        assert store.count() == 1
        with store.writing():
            break_off(server, store)
            for _ in range(2):
                # somebody else may have added since: it does not go on by itself
                with pytest.raises(NotebookError, match="run the command again"):
                    store.save([Reading(article("a2"))])


# ---------------------------------------------------------------------------------------------- both kinds alike

TEXTS = (
    "The bridge will open on Friday, Ada Holt said.",
    "An opening night at the café in Isk; the 3rd of 12.",
    "Cafe owners co-operate. St. George's Hall was open, the owners' bridge-builder said on bridges.example.org.",
    "Zürich, Łódź and İzmir signed; the ½ measure of 1,500.25 crowns e-mailed to desk@isk.example.",
    "Мост откроют в пятницу. 橋 は 金曜日 に 開く。",
    "",
)
QUERIES = (
    '"open"', '"opens"', '"cafe"', '"café"', '"caf"*', '"3rd" "12"', '"the"', '"co operate"', '"george s hall"', '"bridge will"',
    '"zurich"', '"lodz"', '"izmir"', '"1 500"', '"desk isk example"', '"мост"', '"橋"', '"title"', '"title bridge"', '"a0 the"',
    '"open"* OR "sign"*', '"nobody"* OR "crown"*', '"the" "friday"', '"example org"', '"opening nig"*', '"nothing"', '"bridge" "owner"',
    '"builder said on bridges"', '"of"',
)  # fmt: skip


def test_words_are_found_as_in_a_file(address: str, tmp_path: Path) -> None:
    given = [Reading(article(f"a{n}", n + 1, text)) for n, text in enumerate(TEXTS)]
    given.append(Reading(replace(article("a9", 9, "The bridge. " * 50), title=None)))
    with closing(open_store(address)) as shared, closing(open_store(tmp_path / "n.db")) as file:
        shared.save(given)
        file.save(given)
        for query in QUERIES:
            found, wanted = ({i for i, _ in s.search(query, None, None, None, 99)} for s in (shared, file))
            assert found == wanted, query
        for day in range(1, 10):
            until = date(2024, 5, day)
            assert {i for i, _ in shared.search('"bridge"', None, None, until, 99)} == {
                i for i, _ in file.search('"bridge"', None, None, until, 99)
            }
        for words in (["holt"], ["HOLT", "a"], ["%"], []):
            assert shared.names(words, date(2024, 6, 1), 9) == file.names(words, date(2024, 6, 1), 9)


def test_its_index_of_words_is_looked_over_and_made_anew(server: Server) -> None:
    schema = server.fresh_schema()
    with closing(open_store(server.address_for(USER, schema=schema))) as store:
        store.save([full_reading(), Reading(article("b1"))])
        server.execute(f"DELETE FROM {schema}.article_words WHERE article = 2")
        assert ("1 articles are not found by their words", "index") in {
            (f.wrong, f.mend) for f in store.look_over()
        }
        assert store.mend({"index"}) == ["indexes were made anew"]
        assert {i for i, _ in store.search('"bridge"', None, None, None, 9)} == {"a1", "b1"}


def test_what_no_column_holds_is_refused_alone(address: str) -> None:
    nul = Reading(replace(article("n1"), title="a\0b"))
    with closing(open_store(address)) as store:
        assert set(store.save([nul, full_reading()])) == {"n1"}
        assert store.known(["a1", "n1"]) == {"a1"}
