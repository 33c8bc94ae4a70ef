"""Expectations: what of the model's announcements is one, who holds it, and the days in which it falls due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dateline.reader import expectations
from dateline.reader.model.interface import Arc
from dateline.reader.thresholds import thresholds
from dateline.records import Argument, Event, Expectation, Interval, Span, Statement, StatementKind
from tests.reader.analyses import (
    announcement,
    document,
    mentions,
    place,
    span,
    time,
    with_announcements,
    with_blocks,
)

TEXT = "Mira Solt said that the council is scheduled to open the gate on Friday. It will hold a vote in June."
TREE = """
Mira PROPN nsubj said
Solt PROPN flat Mira
said VERB root - say
that SCONJ mark scheduled
the DET det council
council NOUN nsubj:pass scheduled
is AUX aux:pass scheduled be
scheduled VERB ccomp said schedule
to PART mark open
open VERB xcomp scheduled
the DET det gate
gate NOUN obj open
on ADP case Friday
Friday PROPN obl open
. PUNCT punct said

It PRON nsubj hold
will AUX aux hold
hold VERB root -
a DET det vote
vote NOUN obj hold
in ADP case June
June PROPN obl hold
. PUNCT punct hold
"""
FRIDAY = time(TEXT, "Friday", "2024-05-10", "2024-05-10")
JUNE = time(TEXT, "June", "2024-06", "2024-06-01", "2024-06-30")
SOLT = mentions(TEXT, {"Mira Solt": "Mira Solt", "council": ("Vell Council", "organisation")})


def expected(*words: str, published: str = "2024-05-08", **more: Any) -> list[Expectation]:
    """What is found where each of these words announces something in the same way."""
    made = document(TEXT, TREE, published=published)
    made = with_announcements(made, [announcement(made, word, **more) for word in words])
    return list(expectations.find(made, [FRIDAY, JUNE], SOLT))


def days(window: Interval | None) -> tuple[str, str] | None:
    return (window.start.isoformat(), window.end.isoformat()) if window else None


# ------------------------------------------------------------------------------------------------- what is expected


def test_an_announcement_above_the_threshold_is_an_expectation() -> None:
    least = thresholds().expectation
    (found,) = expected("open", score=least)
    assert found.event == "[Vell Council] is scheduled to open the gate on Friday"
    assert (found.predicate, found.trigger.of(TEXT), found.sentence) == ("open", "open", 0)
    assert found.span.of(TEXT).startswith("Mira Solt said")
    assert found.score == least
    assert expected("open", score=least - 0.01) == []
    assert expected() == []


def test_two_words_of_one_event_are_one_row_and_the_likelier_tells_it() -> None:
    made = document(TEXT, TREE)
    made = with_announcements(
        made, [announcement(made, "scheduled", score=0.7), announcement(made, "open", score=0.8)]
    )
    assert [e.predicate for e in expectations.find(made)] == ["open"]
    made = with_announcements(
        document(TEXT, TREE), [announcement(made, "hold", score=0.9), announcement(made, "vote", score=0.6)]
    )
    assert [e.predicate for e in expectations.find(made)] == ["hold"]


def test_two_events_are_two_rows_in_text_order() -> None:
    assert [e.predicate for e in expected("hold", "open")] == ["open", "hold"]


def test_a_headline_above_a_report_announces_nothing_of_its_own() -> None:
    made = document(TEXT, TREE)
    made = with_announcements(made, [announcement(made, "open"), announcement(made, "hold")])
    under = replace(made, analysis=with_blocks(made, "headline", "report"))
    assert [e.predicate for e in expectations.find(under)] == ["hold"]
    alone = replace(made, analysis=with_blocks(made, "headline", "headline"))
    assert [e.predicate for e in expectations.find(alone)] == ["open", "hold"]


def test_what_the_event_says_of_its_participants_is_taken_over() -> None:
    made = document(TEXT, TREE)
    made = with_announcements(made, [announcement(made, "open")])
    gate = Argument("patient", span(TEXT, "the gate"), "the gate", span(TEXT, "gate"))
    event = Event(span(TEXT, "open"), 0, "open", "expected", (gate,))
    (found,) = expectations.find(made, events=[event])
    assert found.arguments == (gate,)


# ------------------------------------------------------------------------------------------------- how firmly


@pytest.mark.parametrize("firmness", ["certain", "expected", "possible"])
def test_the_likeliest_firmness_is_its_strength(firmness: str) -> None:
    told = {"certain": 0.2, "expected": 0.2, "possible": 0.2} | {firmness: 0.5}
    assert [e.strength for e in expected("open", firmness=told)] == [firmness]


def test_what_hangs_on_a_condition_is_conditional_however_firm() -> None:
    firm = {"certain": 0.9, "expected": 0.0, "possible": 0.0}
    assert [e.strength for e in expected("open", firmness=firm, conditional=0.6)] == ["conditional"]


@pytest.mark.parametrize(("chance", "negated"), [(0.4, False), (0.6, True)])
def test_what_is_expected_not_to_happen_is_negated(chance: float, negated: bool) -> None:
    assert [e.negated for e in expected("open", negated=chance)] == [negated]


# ------------------------------------------------------------------------------------------------- who expects it


def test_without_an_arc_it_is_the_reporters_own() -> None:
    assert [e.holder for e in expected("open")] == [None]


@pytest.mark.parametrize(
    ("word", "holder"), [("Solt", "Mira Solt"), ("Mira", "Mira Solt"), ("council", "Vell Council")]
)
def test_the_noun_phrase_that_the_arc_points_at_holds_it(word: str, holder: str) -> None:
    assert [e.holder for e in expected("open", holder=word)] == [holder]


def test_a_pronoun_that_the_arc_points_at_is_resolved() -> None:
    (found,) = expected("hold", holder="It")
    assert found.holder == "Vell Council"


def test_a_pronoun_in_the_clause_is_resolved() -> None:
    text = "Mira Solt left. She will hold a vote in June."
    tree = """
Mira PROPN nsubj left
Solt PROPN flat Mira
left VERB root - leave
. PUNCT punct left

""" + TREE.partition("\n\n")[2].replace("It", "She")
    made = document(text, tree)
    made = with_announcements(made, [announcement(made, "hold")])
    (found,) = expectations.find(made, mentions=mentions(text, {"Mira Solt": "Mira Solt"}))
    assert found.event == "[Mira Solt] will hold a vote in June"


@pytest.mark.parametrize(("chance", "holder"), [(0.95, "Mira Solt"), (0.6, None)])
def test_a_holder_of_another_sentence_must_be_told_more_surely(chance: float, holder: str | None) -> None:
    made = document(TEXT, TREE)
    number, announced = announcement(made, "hold")
    arcs = (Arc(place(made, "Solt"), chance), Arc(None, 1 - chance))
    made = with_announcements(made, [(number, replace(announced, holders=arcs))])
    assert [e.holder for e in expectations.find(made, [], SOLT)] == [holder]


def test_the_source_of_a_statement_is_its_speaker() -> None:
    made = document(TEXT, TREE)
    made = with_announcements(made, [announcement(made, "open", holder="Mira")])
    source = span(TEXT, "Mira Solt")
    said = Statement(span(TEXT, "the council is"), "indirect", span(TEXT, "said"), source, "Mayor Mira Solt")
    assert [e.holder for e in expectations.find(made, statements=[said])] == ["Mayor Mira Solt"]
    nameless = replace(said, speaker=None)
    assert [e.holder for e in expectations.find(made, statements=[nameless])] == ["Mira Solt"]


WE = "“We will leave on Friday,” she said."
WE_TREE = """
“ PUNCT punct leave
We PRON nsubj leave
will AUX aux leave
leave VERB ccomp said
on ADP case Friday
Friday PROPN obl leave
, PUNCT punct leave
” PUNCT punct leave
she PRON nsubj said
said VERB root - say
. PUNCT punct said
"""


@pytest.mark.parametrize(
    ("speaker", "event"),
    [("Mira Solt", "We [Mira Solt] will leave on Friday"), (None, "We will leave on Friday")],
)
def test_who_speaks_of_himself_is_the_holder_and_an_unknown_pronoun_is_no_name(
    speaker: str | None, event: str
) -> None:
    made = document(WE, WE_TREE)
    made = with_announcements(made, [announcement(made, "leave", holder="she")])
    said = Statement(
        span(WE, "We will leave on Friday,"), "direct", span(WE, "said"), span(WE, "she"), speaker
    )
    (found,) = expectations.find(made, statements=[said])
    assert (found.holder, found.event) == (speaker, event)


@pytest.mark.parametrize(
    ("kind", "we"), [("direct", "Mira Solt"), ("mixed", "Mira Solt"), ("indirect", "with Beck")]
)
def test_we_between_quotation_marks_are_those_who_speak_whoever_holds_it(
    kind: StatementKind, we: str
) -> None:
    text = WE.replace("on Friday", "with Beck")
    made = document(text, WE_TREE.replace("on ADP case Friday\nFriday", "with ADP case Beck\nBeck"))
    made = with_announcements(made, [announcement(made, "leave", holder="Beck")])
    content = span(text, "We will leave with Beck,")
    said = Statement(content, kind, span(text, "said"), span(text, "she"), "Mira Solt")
    (found,) = expectations.find(made, statements=[said])
    assert (found.holder, found.event) == ("with Beck", f"We [{we}] will leave with Beck")


def test_we_of_a_spokesperson_are_those_who_sent_them_and_i_am_the_person() -> None:
    sent = "The Halden spokeswoman Mira Solt spoke. "
    sent_tree = """
The DET det spokeswoman
Halden PROPN compound spokeswoman
spokeswoman NOUN nsubj spoke
Mira PROPN appos spokeswoman
Solt PROPN flat Mira
spoke VERB root - speak
. PUNCT punct spoke
"""
    names = {"Halden": ("Halden", "organisation"), "Mira Solt": ("Mira Solt", "person")}
    for word, told in (("We", "Halden"), ("I", "Mira Solt")):
        text = sent + WE.replace("We", word)
        made = document(text, sent_tree + WE_TREE.replace("We PRON", f"{word} PRON"))
        made = with_announcements(made, [announcement(made, "leave")])
        content = span(text, f"{word} will leave on Friday,")
        said = Statement(content, "direct", span(text, "said"), span(text, "she"), "Mira Solt")
        (found,) = expectations.find(made, (), mentions(text, names), (), [said])
        assert found.event == f"{word} [{told}] will leave on Friday"


def test_what_goes_on_with_something_unnamed_is_followed_by_the_sentence_before() -> None:
    made = document(TEXT.replace("It will", "That will"), TREE.replace("It PRON", "That PRON"))
    made = with_announcements(made, [announcement(made, "hold")])
    (found,) = expectations.find(made)
    assert found.event == (
        "That will hold a vote in June "
        "[Mira Solt said that the council is scheduled to open the gate on Friday.]"
    )
    below_headline = replace(made, analysis=with_blocks(made, "headline", "report"))
    assert [e.event for e in expectations.find(below_headline)] == ["That will hold a vote in June"]


# ------------------------------------------------------------------------------------------------- when it is due


@pytest.mark.parametrize(
    ("word", "time", "first", "last"),
    [
        ("open", "Friday", "2024-05-10", "2024-05-10"),
        ("open", "on Friday", "2024-05-10", "2024-05-10"),
        ("open", "June", "2024-06-01", "2024-06-30"),  # an arc may reach into another sentence
        ("hold", "June", "2024-06-01", "2024-06-30"),
    ],
)
def test_the_time_that_the_arc_points_at_is_when_it_is_due(
    word: str, time: str, first: str, last: str
) -> None:
    assert [days(e.due) for e in expected(word, time=time)] == [(first, last)]


def test_a_time_that_no_arc_points_at_is_not_when_it_is_due() -> None:
    assert [e.due for e in expected("open")] == [None]
    assert [e.due for e in expected("open", times=(Arc(None, 0.9),))] == [None]


def test_a_time_that_was_over_when_it_was_reported_keeps_its_day() -> None:
    assert [days(e.due) for e in expected("hold", time="June", published="2024-07-03")] == [
        ("2024-06-01", "2024-06-30")
    ]


def test_by_counts_from_the_day_of_the_report() -> None:
    text = "The gate opens by Friday."
    tree = "The DET det gate\ngate NOUN nsubj opens\nopens VERB root - open\nby ADP case Friday\nFriday PROPN obl opens\n. PUNCT punct opens"
    made = document(text, tree)
    made = with_announcements(made, [announcement(made, "opens", time="Friday")])
    (found,) = expectations.find(made, [time(text, "Friday", "2024-05-10", "2024-05-10")])
    assert found.due == Interval(date(2024, 5, 8), date(2024, 5, 10))


# ------------------------------------------------------------------------------------------------- always


def test_records_slice_back_and_are_the_same_every_time() -> None:
    once = expected("open", "hold", holder="Solt", time="Friday")
    assert once == expected("open", "hold", holder="Solt", time="Friday")
    for found in once:
        assert found.span.contains(found.trigger)
        assert Span(0, len(TEXT)).contains(found.span)
        assert 0 <= found.score <= 1
        # no word of the clause is anybody else's
        assert {w.strip("[],.") for w in found.event.split()} <= {w.strip(".,") for w in TEXT.split()} | {"Vell", "Council"}  # fmt: skip


def test_nothing_is_expected_of_nothing() -> None:
    assert expectations.find(document("")) == ()
