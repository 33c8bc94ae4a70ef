"""What a notebook does with what sources give it: languages, feeds, and what they remember. No model is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.adding import Adding
from dateline.keeper.judge import Likeness, Pair, Verdict
from dateline.notebook import read_sources
from dateline.reader import Reader
from dateline.records import Article, Reading
from dateline.sources import SourceOptions
from dateline.store import open_store
from tests.sources.conftest import Site, site  # noqa: F401 - a fixture
from tests.sources.test_feeds import item, rss
from tests.sources.test_languages import FRENCH, GERMAN

ENGLISH = "The lock at Merrow will be drained on Monday so that divers can look at its gates, the canal trust said on Friday."


class Listing(Reader):
    """A reader that finds nothing and lists what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def read(self, article: Article) -> Reading:
        self.given.append(article.text)
        return Reading(article)


class Idle:
    """A judge with nothing to judge."""

    def verdicts(self, pairs: Sequence[Pair]) -> list[dict[Verdict, float]]:
        assert not pairs
        return []

    def facts(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        assert not pairs
        return []


@pytest.fixture
def reader() -> Listing:
    return Listing()


def opened(path: Path, reader: Reader) -> dateline.Notebook:
    return dateline.notebook.open_notebook(path, reader=reader, judge=Idle())


def write(folder: Path, texts: Sequence[str]) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(f"date 2023-08-04 {text}", encoding="utf-8")
    return folder


def test_what_is_not_english_is_kept_marked_and_counted_and_not_read(tmp_path: Path, reader: Listing) -> None:
    folder = write(tmp_path / "reports", [GERMAN, ENGLISH, FRENCH])
    with opened(tmp_path / "n.db", reader) as notebook:
        report = notebook.add(folder)
        assert (report.added, report.foreign, len(notebook)) == (3, 2, 3)
        assert reader.given == [ENGLISH]
        again = notebook.add(folder)
        assert (again.added, again.foreign, again.known) == (0, 0, 3)


def test_the_reader_alone_passes_over_other_languages(tmp_path: Path, reader: Listing) -> None:
    folder = write(tmp_path / "reports", [GERMAN, ENGLISH])
    found = [f for f in read_sources([str(folder)], reader=reader) if isinstance(f, Reading)]
    assert next(f.article.language for f in found) == "de"
    assert reader.given == [ENGLISH]


def test_an_hourly_add_of_a_feed_fetches_what_is_new(tmp_path: Path, reader: Listing, site: Site) -> None:  # noqa: F811
    address = site.put("/feed", rss(item(1)), "application/rss+xml", ETag='"one"')
    options = SourceOptions(allow_private=True, delay=0)
    for expected in (1, 0):
        # a process an hour: what a feed said outlives it
        with opened(tmp_path / "n.db", reader) as notebook:
            assert notebook.add(address, options=options).added == expected
    site.put("/feed", rss(item(2), item(1)), "application/rss+xml", ETag='"two"')
    with opened(tmp_path / "n.db", reader) as notebook:
        report = notebook.add(address, options=options)
        assert (report.added, report.known) == (1, 1)


def told_of(*names: str) -> list[Article]:
    return [Article(name, f"{name}.txt", date(2024, 5, 2), f"The {name} was opened.") for name in names]


def test_a_batch_is_handed_out_while_the_one_before_is_read_and_nothing_is_read_twice(tmp_path: Path) -> None:
    handed: list[list[str]] = []
    told: list[str] = []

    def read(articles: Sequence[Article]) -> Iterator[Reading]:
        handed.append([a.id for a in articles])
        return map(Reading, articles)

    store = open_store(tmp_path / "n.db")
    job = Adding(store, read, lambda article: told.append(article.id), batch=2, ahead=1, story="Locks")
    for article in told_of("lock", "ferry", "ferry"):
        job.take(article)
    assert (handed, told) == ([["lock", "ferry"]], [])
    job.take(*told_of("crane"))
    assert (handed, told) == ([["lock", "ferry"], ["crane"]], ["lock", "ferry"])
    assert store.known(["lock", "ferry", "crane"]) == {"lock", "ferry"}
    job.finish()
    assert told == ["lock", "ferry", "crane"]
    assert (job.report.added, job.report.known, store.count()) == (3, 1, 3)
    placed = {m.article: m.story for m in store.memberships(date(2024, 5, 2))}
    assert placed == dict.fromkeys(("lock", "ferry", "crane"), job.report.placed)
    store.close()


def test_what_was_read_before_a_stop_is_kept_and_the_batch_behind_it_left(tmp_path: Path) -> None:
    def read(articles: Sequence[Article]) -> Iterator[Reading]:
        for article in articles:
            if article.id == "crane":
                raise KeyboardInterrupt
            yield Reading(article)

    store = open_store(tmp_path / "n.db")
    job = Adding(store, read, batch=2, ahead=1)
    for article in told_of("lock", "crane"):
        job.take(article)
    ferry, quay = told_of("ferry", "quay")
    job.take(ferry)
    with pytest.raises(KeyboardInterrupt):
        job.take(quay)
    job.keep()
    assert store.known(["lock", "crane", "ferry", "quay"]) == {"lock"}
    assert job.report.added == 1
    store.close()


def test_a_reader_of_the_callers_own_reads_in_one_process(tmp_path: Path, reader: Listing) -> None:
    folder = write(tmp_path / "reports", [ENGLISH])
    with opened(tmp_path / "n.db", reader) as notebook:
        for wrong in (0, 2):
            with pytest.raises(ValueError, match=f"workers={wrong}"):
                notebook.add(folder, workers=wrong)
        assert notebook.add(folder, workers=None).added == 1
    assert reader.given == [ENGLISH]
