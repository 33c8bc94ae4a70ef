"""The timeline benchmark: corpora as running text, readings that are kept, and tasks from end to end on two reports of our own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from dateline.bench import timeline
from dateline.bench.timeline_corpora import (
    MOST_LINES,
    KeptReadings,
    Reference,
    articles,
    references,
    running_text,
)
from dateline.records import Article, Event, Interval, Reading, Span, StoryArticle


@pytest.mark.parametrize(
    ("tokenised", "printed"),
    [
        ("`` We did n't know , '' he said .", "“We didn't know,” he said."),
        ("ISK -LRB- Meridian -RRB- - Ferry 's hull", "ISK (Meridian) - Ferry's hull"),
        ("a real - life ferry - which sank", "a real-life ferry - which sank"),
        ('She said " yes " , then left .', "She said “yes”, then left."),
        ("$ 20 and 30 % more", "$20 and 30% more"),
        ("North\\/South", "North/South"),
    ],
)
def test_a_tokenised_sentence_is_read_as_it_is_printed(tokenised: str, printed: str) -> None:
    assert running_text(tokenised) == printed


def corpus(folder: Path) -> Path:
    """Timeline17 and Entities with one topic each, of invented reports."""
    (folder / "tls").mkdir()
    lines = ["The ferry sank on Monday .", *["Nothing else was said ."] * (MOST_LINES + 5)]
    days = {"2024-03-05": lines, "2024-03-06": lines[:1], "2024-06-01": lines[:1]}
    for name in ("t17", "entities"):
        rows = [
            {"topic": "ferry", "id": f"ferry/{d}", "published": d, "text": "\n".join(t)}
            for d, t in days.items()
        ]
        with gzip.open(folder / "tls" / f"{name}.articles.jsonl.gz", "wt", encoding="utf-8") as out:
            out.write("\n".join(map(json.dumps, rows)))
        entries = [
            {"date": "2024-03-04", "sentences": ["A ferry sank ."]},
            {"date": "2024-03-06", "sentences": ["Divers came .", "They left .", "More ."]},
        ]
        task = {
            "dataset": name,
            "topic": "ferry",
            "timeline": "us",
            "keywords": ["ferry"],
            "entries": entries,
        }
        with (folder / "tls" / f"{name}.timelines.jsonl").open("w", encoding="utf-8") as out:
            out.write(json.dumps({**task, "articles": 3}) + "\n")
            out.write(json.dumps({**task, "timeline": "none", "articles": 0}) + "\n")
    return folder


def reader(counts: list[str]) -> Callable[[Article], Reading]:
    def read(article: Article) -> Reading:
        counts.append(article.id)
        first = Span(0, article.text.index(".") + 1)
        sank = article.text.index("sank")
        monday = Interval(date(2024, 3, 4), date(2024, 3, 4))
        return Reading(
            article,
            sentences=(first,),
            events=(Event(Span(sank, sank + 4), 0, "sink", "actual", interval=monday),),
        )

    return read


def test_articles_outside_the_days_of_the_reference_are_left_out_and_long_ones_cut(tmp_path: Path) -> None:
    data = corpus(tmp_path)
    (reference,) = references(data, "t17")
    assert (reference.first, reference.last, reference.sentences) == (date(2024, 3, 4), date(2024, 3, 6), 2)
    (of_entities,) = references(data, "entities")
    assert of_entities.first == date(2024, 2, 26)
    found = {a.id: a.text.count("\n") + 1 for a in articles(data, "t17")["ferry"]}
    assert found == {"ferry/2024-03-05": MOST_LINES, "ferry/2024-03-06": 1}


def test_what_was_read_is_read_no_more(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    some = articles(corpus(tmp_path / "data"), "t17")["ferry"]
    counts: list[str] = []
    kept = KeptReadings(tmp_path / "readings", "1")
    first = list(kept.read(some, reader(counts)))
    again = list(kept.read(some, reader(counts)))
    assert sorted(counts) == sorted(a.id for a in some)
    assert [r.events for r in again] == [r.events for r in first]
    # another version of the reader reads anew
    list(KeptReadings(tmp_path / "readings", "2").read(some, reader(counts)))
    assert len(counts) == 2 * len(some)


def test_the_figures_are_of_the_reference_length_and_of_our_own(tmp_path: Path) -> None:
    found = {label: value for label, value, _ in timeline.measure(corpus(tmp_path), partial(map, reader([])))}
    # one of one day is right, one of two is found
    assert found["t17: Date-F1"] == pytest.approx(2 / 3)
    assert found["t17, automatic length: Date-F1"] == pytest.approx(2 / 3)
    assert found["entities, --about the keywords, all topics in one notebook: Date-F1"] == pytest.approx(
        2 / 3
    )
    # "ferry sank" is all of four words that the reference has; day 6 is aligned with day 4, and shares none
    assert found["t17: AR1"] > 0.5
    assert found["affairs: topics"] == 1
    assert found["affairs: share, mean"] == found["affairs: purity, mean"] == 1.0


def of_topic(topic: str, name: str, published: str, text: str) -> timeline.Task:
    reference = Reference("t17", topic, "us", (topic,), {date(2024, 3, 4): ("A ferry sank .",)})
    article = Article(name, name, date.fromisoformat(published), text)
    return timeline.Task(reference, [StoryArticle(Reading(article, sentences=(Span(0, len(text)),)))])


def test_the_whole_of_a_topic_is_the_affair_that_holds_most_of_it() -> None:
    found = timeline.wholes(
        [
            of_topic("water", "a", "2024-01-02", "The ferry Isolde sank in deep water and nine sailors of the Isolde drowned."),
            of_topic("water", "b", "2024-06-05", "Judges in a courtroom jailed the owner of the Isolde, a ferry lost in deep water."),
            of_topic("water", "c", "2024-09-09", "Breeders of Vell, Marn, Quist, Dorra, Hapsel, and Ilvo cheer poodles in the water, terriers, spaniels, whippets and beagles."),
            of_topic("tarn", "d", "2024-06-07", "Farmers of Tarn blocked the motorway with tractors over the price of milk."),
        ]
    )  # fmt: skip
    water, tarn = found
    assert (water.topic, tarn.topic) == ("water", "tarn")
    assert water.share == pytest.approx(2 / 3)
    assert (water.purity, tarn.share, tarn.purity) == (1.0, 1.0, 1.0)
    assert water.stories == 2, "the shelf takes the first two for one story"
    assert (water.reached, tarn.reached) == (False, True)
