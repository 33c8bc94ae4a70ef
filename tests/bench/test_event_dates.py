"""Gold timelines and temporal dependency graphs: read as they are published, and scored on hand-worked cases."""

from __future__ import annotations

import gzip
import io
import tarfile
from datetime import date
from pathlib import Path

import pytest

from dateline.bench import event_dates
from dateline.records import Article, Event, Interval, Reading, Span, TimeExpression

CAT = """<?xml version="1.0" ?><Document doc_id="7">
<token t_id="1" number="0" sentence="0">Ferry</token><token t_id="2" number="1" sentence="0">sinks</token>
<token t_id="3" number="2" sentence="1">March</token><token t_id="4" number="3" sentence="1">4</token>
<token t_id="5" number="4" sentence="1">,</token><token t_id="6" number="5" sentence="1">2024</token>
<token t_id="7" number="6" sentence="2">It</token><token t_id="8" number="7" sentence="2">took</token>
<token t_id="9" number="8" sentence="2">off</token><token t_id="10" number="9" sentence="2">in</token>
<token t_id="11" number="10" sentence="2">2019</token><token t_id="12" number="11" sentence="2">and</token>
<token t_id="13" number="12" sentence="2">sank</token><token t_id="14" number="13" sentence="2">.</token>
<Markables><TIMEX3 functionInDocument="CREATION_TIME" m_id="1" type="DATE" value="2024-03-04"><token_anchor t_id="3"/></TIMEX3></Markables>
</Document>"""
TIMELINE = (
    "Ferry\n0\tXXXX-XX-XX\t7-2-It\n1\t2019-XX-XX\t7-2-took_off\n2\t2024-03-04\t7-2-sank\t7-0-sinks\t9-0-sinks"
)
GRAPH = """filename:<doc id="1" title="Ferry sinks">:SNT_LIST
March 4 , 2024
It sank today -LRB- Monday -RRB- .
It had sailed since 2019 .
EDGE_LIST
0_0_3\tTimex\t-1_-1_-1\tDepend-on
1_2_2\tTimex\t0_0_3\tDepend-on
2_4_4\tTimex\t0_0_3\tDepend-on
1_1_1\tEvent\t1_2_2\tincluded
2_2_2\tEvent\t2_4_4\tafter
1_1_1\tEvent\t2_2_2\tafter
2_0_0\tEvent\t0_0_3\tbefore
filename:<doc id="2" title="Undated">:SNT_LIST
No date here .
EDGE_LIST
"""
DAY = date(2024, 3, 4)


def _packed(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    return _packed(
        tmp_path / "timeline.tar.gz",
        {
            "t/corpus_1/corpus_trackA_CAT/7_ferry.xml": CAT,
            "t/corpus_1/corpus_trackB_CAT/7_ferry.xml": "<Document/>",
            "t/corpus_1/TimeLines_Gold_Standard/ferry.txt": TIMELINE,
        },
    )


@pytest.fixture
def graphs(tmp_path: Path) -> Path:
    path = tmp_path / "tdg.txt.gz"
    path.write_bytes(gzip.compress(GRAPH.encode()))
    return path


def _interval(start: date, end: date | None = None) -> Interval:
    return Interval(start, end or start, "day")


def _event(text: str, word: str, interval: Interval | None) -> Event:
    start = text.index(word)
    return Event(Span(start, start + len(word)), 0, word, "actual", interval=interval)


def test_a_timeline_gives_the_days_of_its_mentions(timeline: Path) -> None:
    articles, mentions = event_dates.timelines(timeline)
    assert articles["7"].published == DAY
    assert articles["7"].text.splitlines()[0] == "Ferry sinks"
    told = [(m.span.of(articles[m.article].text), m.days) for m in mentions]
    assert told == [
        ("took off", (date(2019, 1, 1), date(2019, 12, 31))),
        ("sank", (DAY, DAY)),
        ("sinks", (DAY, DAY)),
    ]


def test_days_are_scored_as_told_and_by_the_reports_day(timeline: Path) -> None:
    def read(article: Article) -> Reading:
        text = article.text
        wrong = _interval(date(2018, 1, 1))
        return Reading(article, (), events=(_event(text, "took", wrong), _event(text, "sank", None)))

    assert event_dates.timeline_dates(read, timeline) == pytest.approx(
        {
            "dated mentions found": 200 / 3,
            "days told": 50,
            "days exact, of those told": 0,
            "days exact, else by the report's day": 50,
        }
    )


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-02-XX", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-02-03", (date(2024, 2, 3), date(2024, 2, 3))),
        ("XXXX-XX-XX", None),
    ],
)
def test_days_of_a_gold_date(value: str, days: tuple[date, date] | None) -> None:
    assert event_dates._days(value) == days


def test_a_graph_gives_each_event_its_time(graphs: Path) -> None:
    (document,) = event_dates.dependency_graphs(graphs)
    text = document.article.text
    assert (document.article.published, text.splitlines()[1]) == (DAY, "It sank today ( Monday ) .")
    assert [(s.of(text), t and t.of(text)) for s, t in document.events] == [
        ("sank", "today"),
        ("sailed", "2019"),
        ("It", None),
    ]


def test_reference_times_are_scored(graphs: Path) -> None:
    def read(article: Article) -> Reading:
        text = article.text
        spot = text.index("2019")
        now = text.index("today")
        year = _interval(date(2019, 1, 1), date(2019, 12, 31))
        return Reading(
            article,
            (),
            times=(
                TimeExpression(Span(now, now + 5), "today", "DATE", "PRESENT_REF"),
                TimeExpression(Span(spot, spot + 4), "2019", "DATE", "2019", interval=year),
            ),
            events=(
                _event(text, "sank", None),
                _event(text, "sailed", _interval(date(2019, 5, 1), date(2019, 5, 31))),
                Event(
                    Span(text.rindex("It"), text.rindex("It") + 2),
                    0,
                    "it",
                    "actual",
                    interval=_interval(date(2019, 5, 1)),
                ),
            ),
        )

    figures = event_dates.reference_times(read, event_dates.dependency_graphs(graphs))
    assert figures == pytest.approx(
        {"events found": 100, "reference time": 200 / 3, "always the document date": 100 / 3}
    )
