"""The notebook: what goes in comes out, batches are whole, and a file that is no notebook is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from dateline.errors import NotebookError
from dateline.records import (
    Argument,
    Article,
    Event,
    Expectation,
    Interval,
    Mention,
    Quantity,
    Reading,
    Span,
    Statement,
    TimeExpression,
)
from dateline.store import Placed, Store, open_store, readings
from tests.conftest import Where

DAY = Interval(date(2024, 5, 3), date(2024, 5, 3))


def article(name: str, day: int = 2, text: str = "The bridge will open on Friday, Ada Holt said.") -> Article:
    return Article(
        id=name, source=f"news/{name}.txt", published=date(2024, 5, day), text=text, title=f"Title of {name}"
    )


def full_reading(name: str = "a1") -> Reading:
    agent = Argument("agent", Span(0, 10), "The bridge", Span(4, 10), "bridge")
    return Reading(
        article=Article(
            id=name,
            source="a.txt",
            published=date(2024, 5, 2),
            text="The bridge will open on Friday, Ada Holt said.",
            title="Bridge",
            url="https://example.org/a",
            publisher="Post",
            language="en",
            published_at=datetime(2024, 5, 2, 9, 30),
        ),
        sentences=(Span(0, 46),),
        times=(TimeExpression(Span(24, 30), "Friday", "DATE", "2024-05-03", None, DAY),),
        mentions=(Mention(Span(32, 40), "Ada Holt", "person", "Ada Holt", 0.75),),
        events=(
            Event(
                Span(16, 20),
                0,
                "open",
                "expected",
                (agent,),
                (Quantity(Span(0, 3), 3.0, "person", "dead", "about"),),
                DAY,
                0.5,
            ),
        ),
        statements=(
            Statement(Span(0, 30), "indirect", Span(41, 45), Span(32, 40), "Ada Holt", 0.25),
            Statement(Span(0, 5), "direct"),
        ),
        expectations=(
            Expectation(
                Span(0, 30),
                0,
                "the bridge opens",
                "open",
                Span(16, 20),
                "Ada Holt",
                (agent,),
                DAY,
                "certain",
                True,
                0.5,
            ),
        ),
        vectors=np.eye(1, 8, dtype=np.float32),
    )


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    with closing(open_store(where("n.db"))) as opened:
        yield opened


def test_a_reading_comes_back_as_it_went_in(store: Store) -> None:
    reading = full_reading()
    store.save([reading])
    back = store.load(["a1"])["a1"]
    for field in fields(Reading):
        if field.name != "vectors":
            assert getattr(back, field.name) == getattr(reading, field.name), field.name
    assert back.vectors is not None
    assert np.array_equal(back.vectors, reading.vectors)


def test_saving_twice_changes_nothing(store: Store) -> None:
    store.save([full_reading()])
    store.save([full_reading()])
    assert store.count() == 1
    assert len(store.load(["a1"])["a1"].events) == 1


def test_what_cannot_be_stored_is_named_and_takes_nothing_with_it(store: Store) -> None:
    no_end = Reading(article=article("b1"), sentences=(Span(0, 5), Span(0, None)))  # type: ignore[arg-type]
    surrogate = Reading(replace(article("b2"), url="\ud83d"))
    refused = store.save([no_end, full_reading(), surrogate])
    assert set(refused) == {"b1", "b2"}
    assert "sentences[1].end" in refused["b1"]
    assert store.known(["a1", "b1", "b2"]) == {"a1"}


def test_a_batch_is_saved_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        insert_records(*args)  # type: ignore[arg-type]
        raise sqlite3.OperationalError("database or disk is full")

    second = Reading(article("b1"))
    insert_records = readings.insert_records
    monkeypatch.setattr(readings, "insert_records", full)
    with pytest.raises(NotebookError, match="the disk is full; make room"):
        store.save([full_reading(), second])
    assert store.count() == 0


def test_what_was_read_is_replaced_and_the_article_is_not(store: Store) -> None:
    store.save([Reading(full_reading().article)])
    with store.transaction():
        store.note_trouble("a1", "reading", "IndexError")
    assert store.unread(["a1"]) == {"a1"}
    store.replace(full_reading())
    assert len(store.load(["a1"])["a1"].events) == 1
    assert store.troubles() == []


def test_articles_are_found_by_id_source_and_file_name(store: Store) -> None:
    store.save([Reading(article("abcdef1")), Reading(article("bcdefa2"))])
    assert store.find_articles("abcd") == ["abcdef1"]
    assert store.find_articles("news/bcdefa2.txt") == ["bcdefa2"]
    assert store.find_articles("bcdefa2.txt") == ["bcdefa2"]
    assert store.find_articles("%") == []


def test_search_finds_words_in_any_form_between_days(store: Store) -> None:
    store.save([Reading(article("a1", 2)), Reading(article("a2", 5, "Nothing of note."))])
    assert [i for i, _ in store.search('"opens"', None, None, None, 10)] == ["a1"]
    assert store.search('"opens"', date(2024, 5, 3), None, None, 10) == []
    assert store.search('"note"', None, None, date(2024, 5, 4), 10) == []


def test_membership_of_a_day_is_what_was_known_that_day(store: Store) -> None:
    store.save([Reading(article("a1", 2)), Reading(article("a2", 3))])
    with store.transaction():
        store.file(date(2024, 5, 2), [Placed("a1", "s1")])
        store.file(date(2024, 5, 3), [Placed("a2", "s2", "a1")])
        store.move("a2", "s1", date(2024, 5, 4))
    as_known = lambda day: [(m.article, m.story) for m in store.memberships(date(2024, 5, day))]  # noqa: E731
    assert as_known(2) == [("a1", "s1")]
    assert as_known(3) == [("a1", "s1"), ("a2", "s2")]
    assert as_known(4) == [("a1", "s1"), ("a2", "s1")]
    assert store.memberships(date(2024, 5, 4))[1].duplicate_of == "a1"
    with store.transaction():
        store.unfile_from(date(2024, 5, 4))
    assert as_known(4) == [("a1", "s1"), ("a2", "s2")]
    assert store.unfiled_since() is None
    with store.transaction():
        store.unfile_from(date(2024, 5, 3))
    assert store.unfiled_since() == date(2024, 5, 3)


def test_only_the_checkpoints_of_the_days_asked_for_are_kept(store: Store) -> None:
    with store.transaction():
        for day in range(1, 6):
            store.keep_checkpoint(date(2024, 5, day), b"state %d" % day)
        store.keep_checkpoints([date(2024, 5, 4), date(2024, 5, 5)])
    assert store.checkpoint_days() == [date(2024, 5, 4), date(2024, 5, 5)]
    assert store.checkpoint_before(date(2024, 5, 9)) == (date(2024, 5, 5), b"state 5")
    assert store.checkpoint_before(date(2024, 5, 5)) == (date(2024, 5, 4), b"state 4")
    assert store.checkpoint_before(date(2024, 5, 4)) is None


def test_verdicts_come_back_by_key_and_the_first_stays(store: Store) -> None:
    store.save_verdicts([(b"one", "verdict", b"1"), (b"two", "fact", b"2")])
    store.save_verdicts([(b"one", "verdict", b"other")])
    store.save_verdicts([])
    assert store.verdicts([b"two", b"one", b"one", b"three"]) == {b"one": b"1", b"two": b"2"}
    assert store.verdicts([]) == {}


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear editor, this is no database at all." * 10, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(NotebookError, match=r"letter\.db.*not a dateline notebook"):
        open_store(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE article (id)")
    with pytest.raises(NotebookError, match="another program"):
        open_store(path)
    with sqlite3.connect(path) as other:
        assert [r[0] for r in other.execute("SELECT name FROM sqlite_master")] == ["article"]


def test_a_newer_notebook_is_refused(tmp_path: Path) -> None:
    open_store(tmp_path / "n.db").close()
    with sqlite3.connect(tmp_path / "n.db") as notebook:
        notebook.execute("PRAGMA user_version = 999")
    with pytest.raises(NotebookError, match="newer dateline"):
        open_store(tmp_path / "n.db")


def test_a_missing_notebook_is_refused_where_one_must_exist(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="no such notebook"):
        open_store(tmp_path / "n.db", must_exist=True)
    assert not (tmp_path / "n.db").exists()


@pytest.mark.parametrize("place", ["", "missing/n.db"])
def test_a_place_where_no_file_can_be_made_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(NotebookError):
        open_store(tmp_path / place)


def test_a_reader_sees_whole_batches_while_another_writes(where: Where) -> None:
    with closing(open_store(where("n.db"))) as writer, closing(open_store(where("n.db"))) as reader:
        with writer.transaction():
            assert reader.count() == 0
        writer.save([full_reading()])
        assert reader.count() == 1
        with reader.snapshot():
            assert reader.count() == 1
            writer.save([Reading(article("b1"))])
            assert reader.count() == 1
        assert reader.count() == 2
