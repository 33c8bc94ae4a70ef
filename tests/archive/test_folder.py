"""An archive on disk: what is finished is not read again, what breaks leaves the rest, and a notebook takes it up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import dateline
from dateline import cli
from dateline.archive import is_archive, read_archive, readings
from dateline.archive.engines import Results
from dateline.archive.sorting import Task
from dateline.cli import archiving
from dateline.errors import SourceError, UnreadArticle
from dateline.reader import Reader
from dateline.reader.pool import Unread
from dateline.records import Article, Reading
from tests.plain_model import PlainModel

pytestmark = pytest.mark.usefixtures("plain_judge")

FRENCH = (
    "Le conseil municipal a voté mardi la fermeture du pont, qui sera réparé avant l'hiver, a annoncé la maire. "
    "Les travaux commenceront lundi et dureront six semaines, selon la préfecture."
)


class PlainEngine:
    """Reads with the plain model in this process, remembers what it was given, and fails on an article that holds FAILS."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.given: list[list[Article]] = []
        self._reader = Reader(PlainModel())
        self._stop_after = stop_after

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Results]]:
        for task in tasks:
            if len(self.given) == self._stop_after:
                raise KeyboardInterrupt
            self.given.append(task.articles)
            yield task, [self._read(a) for a in task.articles]

    def _read(self, article: Article) -> Reading | Unread:
        return Unread(article, "a trial") if "FAILS" in article.text else self._reader.read(article)

    @property
    def read(self) -> list[str]:
        return [a.id for task in self.given for a in task]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Nine reports of three days."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(9):
        day = date(2024, 5, 1 + number % 3)
        text = f"date {day}\nThe lock at Merrow will reopen on Monday, Ada Brook said. Gate {number} was repaired on Tuesday.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def listed(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_readings_lie_by_day_and_come_back_as_they_were(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    report = read_archive([str(news)], out, engine=PlainEngine())
    assert (report.read, report.known, report.problems) == (9, 0, [])
    assert sorted(p.name for p in out.iterdir() if p.is_dir()) == [
        f"published=2024-05-0{n}" for n in (1, 2, 3)
    ]
    reader = Reader(PlainModel())
    found = list(readings(out))
    assert [f.article.published for f in found] == sorted(f.article.published for f in found)
    for one in found:
        assert isinstance(one, Reading)
        fresh = reader.read(one.article)
        assert fresh.expectations
        assert (one.sentences, one.times, one.mentions) == (fresh.sentences, fresh.times, fresh.mentions)
        assert (one.events, one.statements) == (fresh.events, fresh.statements)
        assert one.expectations == fresh.expectations
        assert one.vectors is not None
        assert fresh.vectors is not None
        assert (one.vectors == fresh.vectors).all()


def test_what_was_read_is_not_read_again_and_what_is_new_is(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    read_archive([str(news)], out, engine=PlainEngine())
    before = listed(out)
    (news / "late.txt").write_text("date 2024-05-02\nThe gate held on Tuesday.\n", encoding="utf-8")
    second = PlainEngine()
    report = read_archive([str(news)], out, engine=second)
    assert (report.read, report.known, report.parts) == (1, 9, 1)
    assert len(second.read) == 1
    assert set(before) < set(listed(out))
    assert len(list(readings(out))) == 10


def test_stopped_it_goes_on_where_it_was_and_ends_as_if_never_stopped(news: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    read_archive([str(news)], whole, engine=PlainEngine(), smallest_task=2, largest_part=2)
    with pytest.raises(KeyboardInterrupt):
        read_archive([str(news)], broken, engine=PlainEngine(stop_after=2), smallest_task=2, largest_part=2)
    (broken / "published=2024-05-01" / ".part-0.parquet.unfinished").write_bytes(b"half a part")
    rest = PlainEngine()
    report = read_archive([str(news)], broken, engine=rest, smallest_task=2, largest_part=2)
    assert 0 < len(rest.read) < 9
    assert report.known + report.read == 9
    assert listed(broken) == listed(whole)
    for name in listed(whole):
        assert (whole / name).read_bytes() == (broken / name).read_bytes()


def test_a_command_that_is_stopped_says_what_is_kept_and_how_to_go_on(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "undated.txt").write_text("No day at all.\n", encoding="utf-8")
    monkeypatch.setattr(archiving, "LocalEngine", lambda workers, seconds: PlainEngine(stop_after=2))
    monkeypatch.setattr(archiving, "read_archive", partial(read_archive, smallest_task=2, largest_part=2))
    out = tmp_path / "archive"
    told = CliRunner().invoke(cli.app, ["read", str(news), "--out", str(out)])
    assert told.exit_code == 130
    assert "undated.txt: " in told.stderr
    kept = len(list(readings(out)))
    assert 0 < kept < 9
    assert f"{kept} read into {out}, 1 could not be read" in told.stderr
    assert told.stderr.endswith(
        "stopped; the parts that are finished are kept, run the same command again to go on\n"
    )


def test_tasks_are_large_and_parts_are_bounded(news: Path, tmp_path: Path) -> None:
    engine = PlainEngine()
    report = read_archive([str(news)], tmp_path / "a", engine=engine, smallest_task=4, largest_part=2)
    assert [len(task) for task in engine.given] == [5, 4]
    assert report.parts == 6


def test_an_article_that_fails_is_kept_and_named_and_one_in_another_language_is_kept_unread(
    news: Path, tmp_path: Path
) -> None:
    (news / "bad.txt").write_text("date 2024-05-02\nIt FAILS here.\n", encoding="utf-8")
    (news / "nodate.txt").write_text("No day at all.\n", encoding="utf-8")
    out = tmp_path / "archive"
    report = read_archive([str(news)], out, engine=PlainEngine())
    assert report.read == 10
    assert [isinstance(p, UnreadArticle) for p in report.problems] == [False, True]
    assert "bad.txt" in str(report.problems[1])
    assert [f.reason for f in readings(out) if isinstance(f, Unread)] == ["a trial"]


def test_a_notebook_takes_an_archive_up_as_if_it_had_read_it(news: Path, tmp_path: Path) -> None:
    (news / "bad.txt").write_text("date 2024-05-02\nIt FAILS here.\n", encoding="utf-8")
    out = tmp_path / "archive"
    read_archive([str(news)], out, engine=PlainEngine())
    with dateline.open(tmp_path / "read.db", reader=Reader(PlainModel())) as book:
        book.add(str(news))
        read = rows_of(book)
    with dateline.open(tmp_path / "taken.db", reader=_Unused()) as book:
        report = book.add(str(out))
        assert report.added == 10
        assert [t.source.rpartition("/")[2] for t in book.troubles()] == ["bad.txt"]
        assert book.add(str(out)).known == 9
        taken = rows_of(book)
    assert [r for r in taken if "bad.txt" not in r] == [r for r in read if "bad.txt" not in r]


def rows_of(book: dateline.Notebook) -> list[str]:
    return sorted(str(e) for story in book.stories() for e in [*story.expectations(), *story.timeline()])


class _Unused(Reader):
    """A reader that has nothing to read."""

    def read(self, article: Article) -> Reading:
        raise AssertionError(article.source)


def test_a_folder_of_other_things_is_refused_and_stays_as_it_was(news: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds other things"):
        read_archive([str(news)], news, engine=PlainEngine())
    assert not is_archive(news)
    with pytest.raises(SourceError, match="no archive"):
        list(readings(news))


def test_an_archive_of_another_version_is_refused(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    read_archive([str(news)], out, engine=PlainEngine())
    mark = out / "dateline-archive.json"
    mark.write_text(mark.read_text().replace('"dateline":"', '"dateline":"0.0.'), encoding="utf-8")
    with pytest.raises(SourceError, match="read this archive"):
        list(readings(out))


def test_a_damaged_part_is_named(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    read_archive([str(news)], out, engine=PlainEngine())
    part = next((out / "published=2024-05-02").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:200])
    with pytest.raises(SourceError, match=r"part-.*damaged"):
        list(readings(out))
    with pytest.raises(SourceError, match=r"part-.*damaged"):
        read_archive([str(news)], out, engine=PlainEngine())


def broken(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:200])


def rewritten(column: str, value: object) -> Callable[[Path], None]:
    """What puts `value` into a column of a part's first row."""

    def rewrite(part: Path) -> None:
        table = pq.read_table(part, partitioning=None)
        at = table.schema.get_field_index(column)
        values = [value, *table.column(at).to_pylist()[1:]]
        kind = table.schema.field(at)
        pq.write_table(table.set_column(at, kind, pa.array(values, kind.type)), part)

    return rewrite


DAMAGES = {
    "a part cut short": (broken, 3, "part-.*this part is damaged"),
    "records that are none": (rewritten("records", "[" * 100_000), 1, "part-.*#.*this row is damaged"),
    "records elsewhere": (
        rewritten(
            "records",
            '{"sentences":[{"start":0,"end":9999}],"times":[],"mentions":[],"events":[],"statements":[],"expectations":[]}',
        ),
        1,
        "#.*a record stands at 0-9999",
    ),
    "a text that is empty": (rewritten("text", ""), 1, "#.*its text is empty"),
    "vectors cut short": (rewritten("vectors", b"\x01"), 1, "#.*vectors are damaged"),
    "vectors of another size": (rewritten("dimensions", 2**31 - 1), 1, "#.*this row is damaged"),
    "a day that does not exist": (
        lambda part: part.parent.rename(part.parent.with_name("published=2024-99-99")),
        3,
        "published=2024-99-99: no day has this name",
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_what_is_damaged_in_an_archive_is_named_and_the_rest_is_taken(
    news: Path, tmp_path: Path, kind: str
) -> None:
    damage, lost, why = DAMAGES[kind]
    out = tmp_path / "archive"
    read_archive([str(news)], out, engine=PlainEngine())
    damage(next((out / "published=2024-05-02").glob("*.parquet")))
    with dateline.open(tmp_path / "taken.db", reader=_Unused()) as book:
        report = book.add(str(out))
        assert (report.added, len(book)) == (9 - lost, 9 - lost)
        (problem,) = report.problems
        assert re.search(why, str(problem))
        assert rows_of(book)
