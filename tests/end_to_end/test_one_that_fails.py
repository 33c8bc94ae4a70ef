"""One article or one story that fails takes no other with it: it is named, kept, and shown as far as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import UnreadArticle
from dateline.keeper import features, timeline
from dateline.keeper.judge import Judge
from dateline.notebook import Notebook
from dateline.reader import Reader
from dateline.records import Article, Reading, StoryArticle, TimelineEntry
from dateline.sources import dated_text
from dateline.sources.articles import SourceOptions
from dateline.store import open_store
from tests.conftest import Where
from tests.plain_model import PlainModel

pytestmark = pytest.mark.usefixtures("plain_judge")

PLACES = ("Arlen", "Hallin", "Ombrey", "Sorn", "Hartvik", "Brannoc", "Tormela", "Kestrel")


class TouchyReader(Reader):
    """Fails on an article that holds the word FAILS."""

    def __init__(self) -> None:
        super().__init__(PlainModel())

    def read(self, article: Article) -> Reading:
        if "FAILS" in article.text:
            raise IndexError("string index out of range")
        return super().read(article)


def articles(count: int = 40) -> list[Article]:
    return [
        Article(
            f"a{n:03}",
            f"{n}.txt",
            date(2024, 6, 3) + timedelta(days=n // 8),
            f"The bridge of {PLACES[n % 8]} opened on Monday. "
            f"The ferry of {PLACES[n % 8]} will sail on Friday, {PLACES[n % 8]} Holt said.",
        )
        for n in range(count)
    ]


def failing(name: str, day: int = 4, word: str = "FAILS") -> Article:
    return Article(
        name, f"{name}.txt", date(2024, 6, day), f"The quarry of Lidmar opened on Monday. {word} here."
    )


def test_an_article_that_the_reader_fails_on_is_named_and_kept(where: Where) -> None:
    with Notebook(open_store(where("n.db")), TouchyReader()) as notebook:
        report = notebook.add_articles([*articles()[:20], failing("bad"), *articles()[20:]])
        assert report.added == 41
        (problem,) = report.problems
        assert isinstance(problem, UnreadArticle)
        assert "bad.txt" in str(problem)
        assert "IndexError" in str(problem)
        assert len(notebook.timeline()) > 0
        assert notebook.article("bad.txt").reading.events == ()
        assert notebook.search("quarry Lidmar")[0].evidence.article == "bad"
        assert [(t.source, t.stage) for t in notebook.troubles()] == [("bad.txt", "reading")]


def test_it_is_read_again_when_it_is_added_again(where: Where) -> None:
    with Notebook(open_store(where("n.db")), TouchyReader()) as notebook:
        notebook.add_articles([failing("bad")])
    with Notebook(open_store(where("n.db")), Reader(PlainModel())) as notebook:
        report = notebook.add_articles([failing("bad")])
        assert (report.added, report.known, report.problems) == (1, 0, [])
        assert notebook.article("bad.txt").reading.events
        assert notebook.troubles() == []
        assert len(notebook.stories()) == 1


def test_an_article_that_filing_fails_on_is_a_story_of_its_own(
    where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = features.extract

    def touchy(text: str, heading: Sequence[str], names_read: Iterable[tuple[int, str]]) -> features.Features:
        if "FAILS" in text:
            raise KeyError("nothing")
        return extract(text, heading, names_read)

    def shown(notebook: Notebook) -> list[Any]:
        return [(s.id, s.title, [m.id for m in s.summary.members]) for s in notebook.stories()]

    with Notebook(open_store(where("without.db")), Reader(PlainModel())) as notebook:
        notebook.add_articles(articles())
        without = shown(notebook)
    monkeypatch.setattr(features, "extract", touchy)
    with Notebook(open_store(where("n.db")), Reader(PlainModel())) as notebook:
        notebook.add_articles([*articles(), failing("bad", 4), failing("worse", 6)])
        assert [(t.article, t.stage) for t in notebook.troubles()] == [("bad", "filing"), ("worse", "filing")]
        assert [s for s in shown(notebook) if s[2] not in (["bad"], ["worse"])] == without
        # one of an earlier day comes in late: the others stay where they were
        notebook.add_articles([failing("late", 3)])
        assert [s for s in shown(notebook) if len(s[2]) > 1] == [s for s in without if len(s[2]) > 1]
        assert len(notebook.troubles()) == 3
        assert notebook.story_of("late") != notebook.story_of("bad")


def test_a_view_leaves_out_what_it_fails_on_and_says_so(
    where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = timeline.build

    def touchy(
        story: str, filed: Sequence[StoryArticle], day: date, judge: Judge | None = None
    ) -> list[TimelineEntry]:
        if any("FAILS" in f.article.text for f in filed):
            raise IndexError("nothing")
        return build(story, filed, day, judge)

    monkeypatch.setattr(timeline, "build", touchy)
    twin = Article(
        "twin", "twin.txt", date(2024, 6, 5), "The quarry of Lidmar opened on Monday. It was closed before."
    )
    with Notebook(open_store(where("n.db")), Reader(PlainModel())) as notebook:
        notebook.add_articles([*articles(8), failing("bad"), twin])
        story = notebook.story(notebook.story_of("bad") or "")
        assert len(story.summary.members) == 2
        (fault,) = story.faults()
        assert (fault.part, fault.article, fault.source) == ("timeline", "bad", "bad.txt")
        assert {e.article for line in story.timeline() for e in line.sources} == {"twin"}
        assert all(s.timeline() for s in notebook.stories())
        assert all(not s.faults() for s in notebook.stories() if s.id != story.id)


def test_a_path_that_reading_fails_on_takes_no_other_with_it(
    tmp_path: Path, where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touchy(text: str, source: str, options: SourceOptions) -> list[Article]:
        if "two" in source:
            raise RecursionError("too deep")
        return read_text(text, source, options)

    read_text = dated_text.read_text
    monkeypatch.setattr(dated_text, "read_text", touchy)
    for name in ("one.txt", "two.txt", "three.txt"):
        (tmp_path / name).write_text(f"date 2024-05-02 {name} was opened.", encoding="utf-8")
    with Notebook(open_store(where("n.db")), Reader(PlainModel())) as notebook:
        report = notebook.add([tmp_path / n for n in ("one.txt", "two.txt", "three.txt")])
        assert report.added == 2
        assert "two.txt" in str(report.problems[0])
