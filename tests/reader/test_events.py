"""Events from hand-made trees with triggers and announcements: realis, days and quantities."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.reader import events, mentions
from dateline.reader.model.interface import Announcement, Day
from dateline.reader.parsed import Document
from dateline.records import Event, Interval, Realis, TimeExpression
from tests.reader.building import announcement, judged, parsed, place, time, trigger

TREE = """
At at ADP 3 advmod
least least ADJ 1 fixed
nine nine NUM 4 nummod
villagers villager NOUN 5 nsubj
left leave VERB 0 root
Hartvik Hartvik PROPN 5 obj
on on ADP 8 case
Monday Monday PROPN 5 obl
. . PUNCT 5 punct
"""
DOCUMENT = parsed(TREE, {"Hartvik": "LOC"})
LEFT = place(DOCUMENT, "left").token
MONDAY = place(DOCUMENT, "Monday")
LAST_MONDAY = time(DOCUMENT, "Monday", "2024-03-04")
NEXT_MONDAY = time(DOCUMENT, "Monday", "2024-03-11")
PUBLISHED = date(2024, 3, 5)


def found(document: Document, *times: TimeExpression) -> tuple[Event, ...]:
    return events.find(document, times, mentions.find(document))


@pytest.mark.parametrize("realis", ["actual", "expected", "possible", "negated"])
def test_an_event_is_whole(realis: Realis) -> None:
    (event,) = found(judged(DOCUMENT, triggers=[trigger(LEFT, realis)]))
    assert (event.predicate, event.realis, event.score) == ("leave", realis, 0.9)
    assert event.span.of(DOCUMENT.text) == "left"
    assert {a.role: a.text for a in event.arguments}["patient"] == "Hartvik"
    assert [(q.value, q.unit, q.hedge) for q in event.quantities] == [(9, "person", "at least")]


def test_what_the_model_doubts_is_no_event() -> None:
    assert found(judged(DOCUMENT, triggers=[trigger(LEFT, score=0.01)])) == ()
    assert found(judged(DOCUMENT, announcements=[announcement(LEFT, score=0.01)])) == ()


@pytest.mark.parametrize(
    ("announced", "realis"),
    [
        (announcement(LEFT), "expected"),
        (announcement(LEFT, "expected"), "expected"),
        (announcement(LEFT, "possible"), "possible"),
        (announcement(LEFT, conditional=0.9), "possible"),
        (announcement(LEFT, negated=0.9), "negated"),
    ],
)
def test_what_is_announced_is_expected_whatever_its_trigger(announced: Announcement, realis: Realis) -> None:
    for triggers in ([], [trigger(LEFT)]):
        (event,) = found(judged(DOCUMENT, triggers=triggers, announcements=[announced]))
        assert event.realis == realis


def test_a_mark_names_no_event() -> None:
    assert found(judged(DOCUMENT, triggers=[trigger(place(DOCUMENT, ".").token)])) == ()


def test_what_is_generic_is_so_only_where_the_model_is_sure() -> None:
    for likely, realis in ((0.95, "generic"), (0.5, "actual")):
        told = trigger(LEFT, "generic", likely=likely)
        assert found(judged(DOCUMENT, triggers=[told]))[0].realis == realis


@pytest.mark.parametrize("day", ["included", "overlap", "before", "after"])
def test_the_days_are_those_of_the_time_that_the_model_chooses(day: Day) -> None:
    document = judged(DOCUMENT, triggers=[trigger(LEFT, time=MONDAY, day=day)])
    (event,) = found(document, LAST_MONDAY)
    assert event.interval == Interval(date(2024, 3, 4), date(2024, 3, 4))


def test_no_day_is_told_without_a_time() -> None:
    linked = judged(DOCUMENT, triggers=[trigger(LEFT, time=MONDAY, day="included")])
    assert found(linked)[0].interval is None
    duration = time(DOCUMENT, "Monday", value="P2D")
    assert found(linked, duration)[0].interval is None
    generic = judged(DOCUMENT, triggers=[trigger(LEFT, "generic", time=MONDAY, likely=0.95)])
    assert found(generic, LAST_MONDAY)[0].interval is None


def test_the_report_s_day_is_taken_where_the_model_is_sure_of_it() -> None:
    sure = judged(DOCUMENT, triggers=[trigger(LEFT, day="included", dated=0.99)])
    assert found(sure, LAST_MONDAY)[0].interval == Interval(PUBLISHED, PUBLISHED)
    unsure = judged(DOCUMENT, triggers=[trigger(LEFT, day="included", dated=0.01)])
    assert found(unsure, LAST_MONDAY)[0].interval is None
    before = judged(DOCUMENT, triggers=[trigger(LEFT, day="before", dated=0.99)])
    assert found(before, LAST_MONDAY)[0].interval is None


def test_what_has_happened_in_a_month_did_so_by_the_report() -> None:
    march = time(DOCUMENT, "Monday", "2024-03-01", "2024-03-31")
    (event,) = found(judged(DOCUMENT, triggers=[trigger(LEFT, time=MONDAY, day="included")]), march)
    assert event.interval is not None
    assert (event.interval.start, event.interval.end) == (date(2024, 3, 1), PUBLISHED)


def test_what_is_announced_has_the_days_in_which_it_falls_due() -> None:
    (event,) = found(judged(DOCUMENT, announcements=[announcement(LEFT, time=MONDAY)]), NEXT_MONDAY)
    assert event.interval == Interval(date(2024, 3, 11), date(2024, 3, 11))


def test_a_quantity_is_the_nearest_event_s() -> None:
    villagers = place(DOCUMENT, "villagers").token
    both = found(judged(DOCUMENT, triggers=[trigger(LEFT), trigger(villagers)]))
    assert [(e.predicate, len(e.quantities)) for e in both] == [("villager", 1), ("leave", 0)]


def test_a_headline_above_a_report_tells_none() -> None:
    headline = "Guards guard NOUN 2 nsubj\nleft leave VERB 0 root\n. . PUNCT 2 punct"
    document = judged(parsed(headline + "\n\n" + TREE), 0, triggers=[trigger(1)], block="headline")
    document = judged(document, 1, triggers=[trigger(LEFT)])
    assert [e.sentence for e in found(document)] == [1]
    alone = judged(parsed(headline), triggers=[trigger(1)], block="headline")
    assert [e.sentence for e in found(alone)] == [0]


def test_a_particle_beside_its_verb_belongs_to_it() -> None:
    tree = "They they PRON 2 nsubj\ncalled call VERB 0 root\noff off ADP 2 compound\ntalks talk NOUN 2 obj"
    (event,) = found(judged(parsed(tree), triggers=[trigger(1)]))
    assert event.span.of("They called off talks") == "called off"


def test_events_survive_a_tree_without_sense() -> None:
    rows = "\n".join(
        f"w{i} w{i} VERB {0 if i == 0 else i} {'root' if i == 0 else 'xcomp'} event" for i in range(60)
    )
    assert len(found(parsed(rows))) == 60
