"""A stream of articles of our own: other news on later days, and what an article of it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import archive
from dateline.bench import stream
from dateline.cli import app
from dateline.errors import SourceError
from dateline.reader import Reader
from dateline.records import Article, Reading
from dateline.sources import make_article
from tests.archive.test_folder import PlainEngine
from tests.plain_model import PlainModel

BEGUN = date(2024, 3, 4)


def articles() -> Iterator[Article]:
    places = ("Arlen", "Skelby", "Orana", "Kitaro", "Velle")
    for number, place in enumerate(places):
        text = (
            f"Mayor Ada Holt opened the bridge of {place}. She said that the ferry of {place} will sail on Friday. "
            f"Captain Ilse Roon waited in {place} until the dredger Brennick sank."
        )
        yield make_article(f"r{number}", BEGUN + timedelta(days=3 * number), text, title=f"{place} bridge")


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    reader = Reader(PlainModel())
    return [reader.read(a) for a in articles()]


def test_all_comes_again_on_the_same_weekdays_as_other_news(readings: list[Reading]) -> None:
    days = list(islice(stream.stretched(lambda: readings, a_day=1), 10))
    # five reports in two weeks: three times side by side make about one a day
    assert [len(day) for day in days] == [3] * 10
    flat = [reading for day in days for reading in day]
    assert len({r.article.id for r in flat}) == len({r.article.text for r in flat}) == 30
    first, again = days[0][0], days[5][0]
    assert first.article.text == readings[0].article.text
    assert again.article.published - first.article.published == timedelta(weeks=2)
    assert all(b[0].article.published > a[0].article.published for a, b in pairwise(days))


def test_records_are_of_the_other_text_and_day(readings: list[Reading]) -> None:
    days = list(islice(stream.stretched(lambda: readings, a_day=1), 6))
    for reading, of in ((days[0][1], readings[0]), (days[5][0], readings[0])):
        text = reading.article.text
        assert "bridge" in text
        assert "Brennick" not in text
        assert all(m.span.of(text) == m.text for m in reading.mentions)
        assert [m.span for m in reading.mentions] == [m.span for m in of.mentions]
        later = reading.article.published - of.article.published
        dues = [(x.due, y.due) for x, y in zip(reading.expectations, of.expectations, strict=True)]
        assert dues
        assert all(new and old and new.end - old.end == later for new, old in dues)


def test_the_cost_is_told_as_the_stream_goes_on(readings: list[Reading]) -> None:
    found = list(stream.costs(stream.stretched(lambda: readings, a_day=1), 36, first=12, in_round=6))
    assert [c.articles for c in found] == [6, 12, 24, 36]
    assert all(c.seconds > 0 for c in found)
    assert sum(c.pairs for c in found) > 0
    assert all(a.megabytes <= b.megabytes for a, b in pairwise(found))


def test_the_command_prints_the_last_cost_against_the_first(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for article in articles():
        head = f"date {article.published}"
        (tmp_path / "news" / f"{article.id}.txt").write_text(f"{head}\n{article.text}\n", encoding="utf-8")
    archive.read_archive([str(tmp_path / "news")], tmp_path / "read", engine=PlainEngine())
    given = ["bench", "stream", "--readings", str(tmp_path / "read"), "--articles", "12", "--sample", "2"]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    assert "12 articles: pairs an article" in done.output
    assert re.search(r"12 articles: cost against 12 +1\.000", done.output)


def test_a_folder_that_is_not_given_is_asked_for() -> None:
    done = CliRunner().invoke(app, ["bench", "stream"])
    assert done.exit_code != 0
    assert isinstance(done.exception, SourceError)
    assert "--readings DIR" in str(done.exception)


def test_nothing_is_made_of_nothing() -> None:
    with pytest.raises(SourceError, match="there are none"):
        next(stream.stretched(list))
