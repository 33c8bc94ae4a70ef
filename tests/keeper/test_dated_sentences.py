"""Which sentences of a report tell of which days."""

from __future__ import annotations

import pytest

from dateline.keeper.dated_sentences import content_words, find
from dateline.records import StoryArticle
from tests.keeper.stories_by_hand import Report, days

SUNDAY, MONDAY, FRIDAY = days("2024-03-03"), days("2024-03-04"), days("2024-03-08")


def report() -> Report:
    return Report("a", "2024-03-05")


def told(filed: StoryArticle) -> list[tuple[int, str, str, bool]]:
    """Sentence, first day, realis and whether it is an entry of its own, of each dated sentence."""
    return [(t.number, t.interval.start.isoformat(), t.realis, t.dated) for t in find(filed)]


def test_a_sentence_tells_of_each_day_on_which_something_happened_or_is_expected() -> None:
    filed = (
        report()
        .say("The ferry sank on Sunday and will be raised on Friday.")
        .happened("sank", "sink", SUNDAY)
        .happened("raised", "raise", FRIDAY, "expected")
        .dated("Sunday", SUNDAY)
        .dated("Friday", FRIDAY)
        .file()
    )
    assert told(filed) == [(0, "2024-03-03", "actual", True), (0, "2024-03-08", "expected", True)]
    first, second = find(filed)
    assert first.named
    assert not first.aside
    assert second.aside


def test_the_head_of_a_report_tells_of_its_day_without_being_an_entry() -> None:
    filed = (
        report()
        .say("The ferry sank.")
        .happened("sank", "sink")
        .say("It was old.")
        .say("It burned.")
        .happened("burned", "burn")
        .file()
    )
    assert told(filed) == [(0, "2024-03-05", "actual", False)]


def test_what_is_denied_possible_or_generic_is_not_told() -> None:
    filed = (
        report()
        .say("The ferry may have sunk on Sunday.")
        .happened("sunk", "sink", SUNDAY, "possible")
        .dated("Sunday", SUNDAY)
        .file()
    )
    assert told(filed) == []


def test_what_stands_behind_after_is_an_aside() -> None:
    filed = (
        report()
        .say("The harbour was shut on Monday after the ferry sank on Sunday.")
        .happened("shut", "shut", MONDAY)
        .happened("sank", "sink", SUNDAY)
        .dated("Monday", MONDAY)
        .dated("Sunday", SUNDAY)
        .file()
    )
    assert {t.event.predicate: t.aside for t in find(filed)} == {"shut": False, "sink": True}


def test_named_days_and_early_sentences_are_told_more_firmly() -> None:
    named = report().say("The ferry sank on Sunday.").happened("sank", "sink", SUNDAY).dated("Sunday", SUNDAY)
    later = (
        report()
        .say("It is old.")
        .say("The ferry sank on Sunday.")
        .happened("sank", "sink", SUNDAY)
        .dated("Sunday", SUNDAY)
    )
    unnamed = report().say("The ferry sank.").happened("sank", "sink", SUNDAY)
    strengths = [next(find(r.file())).strength for r in (named, later, unnamed)]
    assert strengths == sorted(strengths, reverse=True)
    assert len(set(strengths)) == 3


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [
        ("The ferry sank off Skelby on Sunday.", True),
        ("Ferry sank Sunday.", False),
        ("Why was it that the ferry sank on Sunday?", False),
        ("and so the ferry sank off Skelby on Sunday.", False),
        ("The ferry sank off Skelby on Sunday and…", False),
        ("The ferry sank off Skelby on Sunday, " + "and then " * 20 + "it was raised.", False),
    ],
)
def test_an_entry_is_a_whole_sentence_that_can_be_read(sentence: str, fits: bool) -> None:
    (found,) = find(report().say(sentence).happened("sank", "sink", SUNDAY).dated("Sunday", SUNDAY).file())
    assert found.fits is fits


def test_words_that_say_nothing_and_names_of_days_are_left_out() -> None:
    assert content_words("The 2 ferries had sunk by Sunday, he said.") == ["2", "ferry", "sunk"]
