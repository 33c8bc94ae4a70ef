"""What wording tells of an event as done, and what it announces, aims at or merely names."""

from __future__ import annotations

import pytest

from dateline.keeper import telling
from tests.keeper.stories_by_hand import Report


def certainty(sentence: str, trigger: str, predicate: str) -> float:
    report = Report("a", "2024-05-06").say("Rain fell in the valley.").say(sentence)
    told = telling.told(report.happened(trigger, predicate).file())
    return told.sentences[-1].events[-1].certainty


@pytest.mark.parametrize(
    ("sentence", "trigger", "predicate"),
    [
        ("The ferry reached Skelby on Friday.", "reached", "reach"),
        ("The council has set up a fund.", "set up", "set up"),
        ("The bridge was opened by the mayor.", "opened", "open"),
        ("The mayor cut fares at noon.", "cut", "cut"),
        ("The captain went on trial in Skelby.", "trial", "trial"),
        ("The court finally managed to reach a verdict.", "reach", "reach"),
        ("The council did not reopen the pool.", "reopen", "reopen"),
    ],
)
def test_what_is_told_as_done(sentence: str, trigger: str, predicate: str) -> None:
    assert certainty(sentence, trigger, predicate) == 1.0


@pytest.mark.parametrize(
    ("sentence", "trigger", "predicate"),
    [
        ("The ferry will, however, reach Skelby late.", "reach", "reach"),
        ("The firm would do all it could to pay for the damage.", "pay", "pay"),
        ("The firm is responsible for cleaning the harbour.", "cleaning", "clean"),
        ("The captain faces prison if convicted of neglect.", "convicted", "convict"),
        ("Crews should have been sent to the island.", "sent", "send"),
    ],
)
def test_what_is_announced_aimed_at_or_supposed(sentence: str, trigger: str, predicate: str) -> None:
    assert certainty(sentence, trigger, predicate) == 0.0


@pytest.mark.parametrize(
    ("sentence", "trigger", "predicate"),
    [
        ("The mayor spoke about the trial of a captain.", "trial", "trial"),
        ("A fair organised by the union drew few visitors.", "organised", "organise"),
    ],
)
def test_what_is_merely_named_counts_for_less(sentence: str, trigger: str, predicate: str) -> None:
    assert 0.0 < certainty(sentence, trigger, predicate) <= 0.5


def test_a_noun_counts_where_it_took_place() -> None:
    assert certainty("The trial of the captain began on Monday.", "trial", "trial") > 0.9


def test_a_state_tells_of_what_came_about_though_no_event_was_read() -> None:
    (sentence,) = telling.told(
        Report("a", "2024-05-06").say("The clock is now back in its tower.").file()
    ).sentences
    assert [e.predicate for e in sentence.events] == ["back"]


def test_a_pronoun_stands_for_what_was_named_before() -> None:
    report = Report("a", "2024-05-06").say("Shareholders of Halden met in the hall.")
    told = telling.told(report.say("They voted at noon.").happened("voted", "vote").file())
    assert {"shareholder", "halden"} <= told.sentences[-1].events[0].beside
