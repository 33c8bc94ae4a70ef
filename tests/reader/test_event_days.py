"""On which days an event lies: its time's, the report's, those that another sentence gives such an event, or none."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.reader import event_days, events
from dateline.reader.parsed import Document
from dateline.records import Interval, TimeExpression
from tests.reader.building import PUBLISHED, judged, parsed, place, time, trigger

DATED = """
Guards guard NOUN 2 nsubj
left leave VERB 0 root
Hartvik Hartvik PROPN 2 obj
on on ADP 5 case
Sunday Sunday PROPN 2 obl
. . PUNCT 2 punct
"""
AGAIN = """
The the DET 2 det
guards guard NOUN 3 nsubj
left leave VERB 0 root
Hartvik Hartvik PROPN 3 obj
without without ADP 6 case
orders order NOUN 3 obl
. . PUNCT 3 punct
"""
OTHER = """
Rain rain NOUN 2 nsubj
fell fall VERB 0 root
. . PUNCT 2 punct
"""
SUNDAY = Interval(date(2024, 3, 3), date(2024, 3, 3))
TODAY = Interval(date.fromisoformat(PUBLISHED), date.fromisoformat(PUBLISHED))


def told(*trees: str) -> tuple[Document, TimeExpression]:
    """A report of these sentences, the first of which is dated by its Sunday; of the others the arcs lead nowhere."""
    document = parsed("\n\n".join(tree.strip() for tree in trees))
    sunday = place(document, "Sunday")
    for number, sentence in enumerate(document.sentences):
        words = [t.text for t in sentence.tokens]
        at = words.index("left") if "left" in words else words.index("fell")
        found = trigger(at, time=sunday, day="included") if number == 0 else trigger(at, dated=0.4)
        document = judged(document, number, triggers=[found])
    return document, time(document, "Sunday", "2024-03-03")


def days(document: Document, *times: TimeExpression) -> list[Interval | None]:
    known = event_days.EventDays(document, times, events.happenings(document))
    return [known.choose(happening) for happening in events.happenings(document)]


def test_one_event_told_again_has_the_days_that_it_was_given_before() -> None:
    assert days(*told(DATED, AGAIN)) == [SUNDAY, SUNDAY]


def test_another_event_does_not() -> None:
    assert days(*told(DATED, OTHER)) == [SUNDAY, None]


def test_nothing_is_handed_on_where_no_sentence_gives_a_day() -> None:
    assert days(told(DATED, AGAIN)[0]) == [None, None]


def test_what_is_too_far_away_gives_nothing() -> None:
    document, sunday = told(DATED, *[OTHER] * 45, AGAIN)
    assert days(document, sunday)[-1] is None
    known = event_days.EventDays(document, [sunday], events.happenings(document))
    (*_, last) = events.happenings(document)
    assert [c.value for c in known.candidates(last)] == [None, TODAY]


def test_the_candidates_are_told_apart_by_their_signs() -> None:
    document, sunday = told(DATED, AGAIN)
    found = events.happenings(document)
    known = event_days.EventDays(document, [sunday], found)
    none, published, own = known.candidates(found[0])
    assert (none.value, published.value, own.value) == (None, TODAY, SUNDAY)
    assert own.told["own"] == 1.0
    assert own.told["elsewhere"] == 0.0
    *_, inherited = known.candidates(found[1])
    assert inherited.value == SUNDAY
    assert {
        n: inherited.told[n] for n in ("inherited", "same predicate", "lead", "same realis", "share")
    } == dict.fromkeys(("inherited", "same predicate", "lead", "same realis", "share"), 1.0)
    assert inherited.told["another time"] == 0.0
    assert len(none.signs) == len(event_days.SIGNS)


@pytest.mark.parametrize("realis", ["expected", "generic"])
def test_what_lies_ahead_or_is_no_one_event_is_not_on_the_report_s_day(realis: str) -> None:
    document = judged(parsed(OTHER), triggers=[trigger(1, realis, day="included", dated=0.99, likely=0.95)])  # type: ignore[arg-type]
    assert days(document) == [None]
