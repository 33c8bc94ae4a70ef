"""The benchmark of stories: what a user's notebook files articles by, scored against labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from dateline.bench import stories
from dateline.records import Article, Expectation, Interval, Reading, Span

OPENED = "An inquiry into the cable that snapped on the bridge in Tarsk was opened. Judge Pavla Reznik will publish findings in June, the ministry said. Engineers of the bridge authority over the Isk were told to keep every cable log. Nine lorries stood on the span when it sagged, and a ferry has carried commuters from Orlen to Quay Street since. Mayor Hanne Toft wants tolls waived until the eastern lanes reopen, and shops along the embankment ask for help with rents."
TOLD = "Judge Pavla Reznik published her findings and said that managers had ignored two warnings from a contractor. She asked parliament for a law that makes owners test steel every spring. The findings fill 300 pages."


def test_figures_are_averaged_over_articles_and_those_without_a_label_left_out() -> None:
    found = stories.b_cubed(["a", "a", "b", None], ["1", "1", "1", "1"])
    # precision 2/3, 2/3 and 1/3; all of each label is in one story
    assert (found.precision, found.recall, found.articles) == (pytest.approx(5 / 9), 1.0, 3)
    assert found.f1 == pytest.approx(10 / 14)
    assert stories.b_cubed([None], ["1"]).f1 == 0.0


def labelled(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    path = folder / "some.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for name, day, text, title in rows:
            out.write(
                json.dumps({"id": name, "date": day, "text": text, "title": title, "label": "bridge"}) + "\n"
            )
    return path


def reading(article: Article) -> Reading:
    """What the reader finds in the first report: that findings will be published."""
    june = Interval(date(2024, 6, 1), date(2024, 6, 30), "month")
    expected = Expectation(
        Span(0, 10), 0, "Judge Pavla Reznik publishes findings", "publish", Span(0, 10), due=june, strength="certain"
    )  # fmt: skip
    return Reading(article, expectations=(expected,) if article.text == OPENED else ())


def by_words(some: Iterable[Article]) -> Iterator[Reading]:
    return map(Reading, some)


def test_articles_are_filed_by_all_that_was_read_in_them(tmp_path: Path) -> None:
    told = ("b", "2024-06-20", TOLD, "Reznik publishes findings: managers ignored warnings")
    path = labelled(tmp_path, told, ("a", "2024-03-02", OPENED, "Inquiry into Orlen bridge cable is opened"))
    every, _ = stories.stories(path, partial(map, reading))
    assert every.f1 == 1.0, "a report of what was expected joins its story"
    every, _ = stories.stories(path, by_words)
    assert every.f1 < 1.0


def test_of_copies_one_is_taken(tmp_path: Path) -> None:
    rows = [(name, "2024-03-02", OPENED, "Inquiry is opened") for name in ("a", "b")]
    every, single = stories.stories(labelled(tmp_path, *rows), by_words)
    assert (every.articles, single.articles) == (2, 1)
