"""`dateline check`: what is wrong is found and said, what is derived is made anew, articles are never touched."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline import cli
from dateline.errors import NotebookError
from dateline.notebook import Notebook, check_notebook, open_notebook, repair_notebook
from dateline.reader import Reader
from dateline.records import Reading, Span
from dateline.store import open_store, readings, story_views
from dateline.views import rows
from tests.end_to_end.test_one_that_fails import articles
from tests.plain_model import PlainModel

pytestmark = pytest.mark.usefixtures("plain_judge")

Damage = str | Callable[[Reading], Reading]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "n.db"
    with Notebook(open_store(path), Reader(PlainModel())) as notebook:
        notebook.add_articles(articles(40))
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "n.db"))


def shown(path: Path) -> list[Any]:
    with open_notebook(path, must_exist=True) as notebook:
        return [
            [rows.story(s.summary) for s in notebook.stories()],
            [rows.timeline_entry(e) for e in notebook.timeline()],
            [rows.ledger_entry(e) for e in notebook.expectations()],
            [rows.statement(s) for s in notebook.statements()],
        ]


def texts(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT id, source, published, text FROM article ORDER BY id").fetchall()


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.create_function("unpacked_text", 1, readings.unpack_text, deterministic=True)
        for statement in statements:
            file.execute(statement)


def change_records(path: Path, damage: Callable[[Reading], Reading]) -> None:
    """Write what `damage` makes of what was read in the article in row 3, as `add` would never write it."""
    with closing(sqlite3.connect(path)) as file, file:
        (name,) = file.execute("SELECT id FROM article WHERE row = 3").fetchone()
        damaged = readings.pack(damage(readings.select(file, [name])[name]))
        file.execute("UPDATE reading SET records = ? WHERE article = 3", (damaged,))


def test_a_sound_notebook_is_sound_and_untouched(path: Path) -> None:
    before = path.read_bytes()
    assert check_notebook(path) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "wrong", "mend"),
    [
        (lambda r: replace(r, mentions=(replace(r.mentions[0], span=Span(9999, 10003)),)), "of a text of", "read"),
        (lambda r: replace(r, mentions=(replace(r.mentions[0], text="Somebody"),)), "does not stand at", "read"),
        (lambda r: replace(r, events=(replace(r.events[0], sentence=77),)), "in sentence 77", "read"),
        (lambda r: replace(r, events=(replace(r.events[0], realis="soon"),)), "is damaged", "read"),
        ("UPDATE reading SET records = substr(records, 1, 40) WHERE article = 5", "is damaged", "read"),
        (lambda r: replace(r, sentences=(r.sentences[0], *r.sentences)), "vectors of", "read"),
        ("UPDATE reading SET vectors = substr(vectors, 1, 20) WHERE article = 5", "is damaged", "read"),
        ("DELETE FROM piece WHERE digest = (SELECT min(digest) FROM piece)", "filing at its close is damaged", "views"),
        ("UPDATE piece SET data = x'00'", "filing at its close is damaged", "views"),
        ("DELETE FROM membership WHERE article = 7", "stands in no story", "file"),
        ("UPDATE membership SET since = '2024-01-01' WHERE article = 7", "before its own day", "file"),
        ("DELETE FROM filing WHERE article = 7", "is not filed", "file"),
        ("UPDATE sheet SET data = x'00' WHERE data IS NOT NULL", "is damaged", "views"),
        ("UPDATE sheet SET story = 'snobody' WHERE story = (SELECT min(story) FROM sheet)", "", "views"),
        ("UPDATE listing SET data = x'00'", "of its list of stories is damaged", "views"),
        ("INSERT INTO article_words (article_words, rowid, title, text) SELECT 'delete', row, title, text FROM article_text WHERE row = 4", "", "index"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_and_mended(path: Path, damage: Damage, wrong: str, mend: str) -> None:
    before, told = shown(path), texts(path)
    if isinstance(damage, str):
        change(path, damage)
    else:
        change_records(path, damage)
    found = check_notebook(path)
    assert mend in {f.mend for f in found}
    assert any(wrong in f.wrong for f in found)
    repair_notebook(path, found, reader=Reader(PlainModel()))
    assert check_notebook(path) == []
    assert shown(path) == before
    assert texts(path) == told


def test_a_view_that_its_reports_do_not_give_is_stale(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        for story, data in file.execute("SELECT story, data FROM sheet WHERE data IS NOT NULL").fetchall():
            other = story_views.pack(replace(story_views.unpack_view(data), title="Another"))
            file.execute("UPDATE sheet SET data = ? WHERE story = ? AND data IS NOT NULL", (other, story))
    found = check_notebook(path)
    assert {f.mend for f in found} == {"views"}
    assert check_notebook(path, views=False) == []
    repair_notebook(path, found, reader=Reader(PlainModel()))
    assert check_notebook(path) == []


def spoil(path: Path, seed: int, *pages: int) -> None:
    """Overwrite `pages`, counted from 0, or some not under which all articles are found, as a bad disk does."""
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    size = page_size(path)
    others = sorted(set(range(1, len(data) // size)) - found_by(path))
    for page in pages or chance.sample(others, 12):
        data[page * size : (page + 1) * size] = chance.randbytes(size) if seed % 2 else bytes(size)
    path.write_bytes(data)


def page_size(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("PRAGMA page_size").fetchone()[0])


def schema_pages(path: Path) -> set[int]:
    """The pages, counted from 0, that say which tables there are."""
    size = page_size(path)
    data = path.read_bytes()
    return {at // size for at in range(0, len(data), size) if b"CREATE " in data[at : at + size]}


def found_by(path: Path) -> set[int]:
    """The pages, counted from 0, by which SQLite finds what stands in any other."""
    with closing(sqlite3.connect(path)) as file:
        roots = {row[0] - 1 for row in file.execute("SELECT rootpage FROM sqlite_master WHERE rootpage")}
    return roots | schema_pages(path)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("of", ["article", "schema"])
def test_of_a_file_whose_articles_have_no_root_any_more_nothing_can_be_saved(
    path: Path, of: str, seed: int
) -> None:
    with closing(sqlite3.connect(path)) as file:
        (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'article'").fetchone()
    spoil(path, seed, *([root - 1] if of == "article" else schema_pages(path) - {0}))
    spoilt = path.read_bytes()
    found = check_notebook(path)
    with pytest.raises(NotebookError, match="no article in this file can be read any more"):
        repair_notebook(path, found, reader=Reader(PlainModel()))
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize("seed", range(5))
def test_of_a_spoilt_file_the_articles_that_can_be_read_are_saved(path: Path, seed: int) -> None:
    told = {row[0]: row for row in texts(path)}
    spoil(path, seed)
    spoilt = path.read_bytes()
    found = check_notebook(path)
    assert found
    assert repair_notebook(path, found, reader=Reader(PlainModel()))
    assert check_notebook(path) == []
    saved = texts(path)
    # where the disk spared an article's id beside its source it spared the row, for these are short and stand on one page
    spared = {name for name, row in told.items() if f"{name}{row[1]}".encode() in spoilt}
    assert spared <= {row[0] for row in saved}
    assert spared
    assert all(told[row[0]] == row for row in saved)
    kept = list(path.parent.glob("n.db.damaged*"))
    assert not kept or kept[0].read_bytes() == spoilt


@pytest.mark.parametrize("seed", range(8))
def test_no_command_calls_damage_a_fault_of_its_own(
    path: Path, seed: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(path, seed)
    for command in (["stories"], ["timeline"], ["expectations"], ["search", "bridge"], ["show", "3.txt"]):
        monkeypatch.setattr("sys.argv", ["dateline", *command, "--notebook", str(path)])
        with pytest.raises(SystemExit):
            cli.main()
        said = capsys.readouterr().err
        assert "own" not in said
        assert not said or "damaged" in said or "there is no" in said or "no article" in said, said


def test_what_is_no_notebook_is_left_alone(tmp_path: Path) -> None:
    for name, content in (("empty.db", b""), ("letter.db", b"Dear editor, " * 100)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotebookError):
            check_notebook(tmp_path / name)
        assert (tmp_path / name).read_bytes() == content
