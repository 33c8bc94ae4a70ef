"""Links of events to the document's date: read from TimeML, and told by dateline's events."""

from __future__ import annotations

import io
import tarfile
from datetime import date
from pathlib import Path

import pytest

from dateline.bench import event_times, times
from dateline.records import Article, Event, Interval, Reading, Realis, Span

DAY = date(2024, 3, 4)
DOCUMENT = """<?xml version="1.0" ?><TimeML><DOCID>x</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2024-03-04" functionInDocument="CREATION_TIME">2024-03-04</TIMEX3></DCT>
<TEXT>Hartvik's council <EVENT eid="e1" class="OCCURRENCE">met</EVENT> and <EVENT eid="e2" class="REPORTING">says</EVENT>
it will <EVENT eid="e3" class="OCCURRENCE">vote</EVENT> <TIMEX3 tid="t1" type="DATE" value="2024-03-05">tomorrow</TIMEX3>; the <EVENT eid="e4" class="STATE">drought</EVENT> goes on.</TEXT>
<MAKEINSTANCE eventID="e1" eiid="ei1"/><MAKEINSTANCE eventID="e2" eiid="ei2"/>
<MAKEINSTANCE eventID="e3" eiid="ei3"/><MAKEINSTANCE eventID="e4" eiid="ei4"/>
<TLINK relType="BEFORE" eventInstanceID="ei1" relatedToTime="t0"/>
<TLINK relType="INCLUDES" timeID="t0" relatedToEventInstance="ei2"/>
<TLINK relType="BEFORE" timeID="t0" relatedToEventInstance="ei3"/>
<TLINK relType="INCLUDES" eventInstanceID="ei4" relatedToTime="t0"/>
<TLINK relType="IS_INCLUDED" eventInstanceID="ei3" relatedToTime="t1"/>
</TimeML>"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "tbaq.tar.gz"
    with tarfile.open(path, "w:gz") as files:
        for name in ("tbaq/TimeBank/x.tml", "tbaq/AQUAINT/y.tml"):
            member = tarfile.TarInfo(name)
            member.size = len(DOCUMENT.encode())
            files.addfile(member, io.BytesIO(DOCUMENT.encode()))
    return path


def test_links_are_read_whichever_way_they_point(archive: Path) -> None:
    (document,) = event_times.linked_documents(archive, "TimeBank")
    assert document.article.published == DAY
    assert [(s.of(document.article.text), r) for s, r in document.events] == [
        ("met", "before"),
        ("says", "overlap"),
        ("vote", "after"),
        ("drought", "includes"),
    ]


def test_a_half_is_that_of_the_scorer_of_times(archive: Path) -> None:
    halves = {h: list(event_times.linked_documents(archive, "TimeBank", h)) for h in ("dev", "blind")}
    assert {h for h, found in halves.items() if found} == {times.side("x.tml")}


@pytest.mark.parametrize(
    ("word", "lemma", "realis", "interval", "relation"),
    [
        ("met", "meet", "actual", None, "before"),
        ("says", "say", "actual", None, "overlap"),
        ("vote", "vote", "expected", None, "after"),
        ("rains", "rain", "generic", None, "includes"),
        ("met", "meet", "actual", Interval(date(2024, 3, 1), date(2024, 3, 3)), "before"),
        ("met", "meet", "actual", Interval(DAY, DAY), "overlap"),
        ("met", "meet", "actual", Interval(date(2024, 3, 1), date(2024, 3, 31)), "includes"),
        ("meet", "meet", "actual", Interval(date(2024, 3, 5), date(2024, 3, 5)), "after"),
    ],
)
def test_the_relation_is_read_off_the_event(
    word: str, lemma: str, realis: Realis, interval: Interval | None, relation: str
) -> None:
    event = Event(Span(0, len(word)), 0, lemma, realis, interval=interval)
    assert event_times.relation(event, Article("a", "a.txt", DAY, word)) == relation


def test_only_found_events_are_counted(archive: Path) -> None:
    def read(article: Article) -> Reading:
        met = article.text.index("met")
        vote = article.text.index("vote")
        return Reading(
            article,
            events=(
                Event(Span(met, met + 3), 0, "meet", "actual"),
                Event(Span(vote, vote + 4), 0, "vote", "actual"),
            ),
        )

    figures = event_times.relations(read, event_times.linked_documents(archive, "TimeBank"))
    assert figures == {
        "events found": 50.0,
        "relation to the document date": 50.0,
        "always the commonest relation": 50.0,
    }
