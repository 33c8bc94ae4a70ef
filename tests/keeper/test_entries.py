"""What a sentence has to be for an entry to tell an event, on its day, and alone."""

from __future__ import annotations

from dateline.keeper import dated_sentences, entries
from dateline.keeper.dated_sentences import DatedSentence
from tests.keeper.stories_by_hand import Report, days

DAY = days("2024-03-04")


def only(report: Report) -> DatedSentence:
    (sentence,) = dated_sentences.find(report.file())
    return sentence


def opened(words: str) -> Report:
    return Report("a", "2024-03-05").say(words).happened("opened", "open", DAY)


def test_an_event_of_a_named_day_is_likely_and_one_without_is_not() -> None:
    named = only(opened("The bridge of Arlen opened on Monday.").dated("on Monday", DAY))
    bare = only(opened("The bridge of Arlen opened to some applause."))
    assert entries.signs(named) == (1.0, 0.0, 0.0, 1.0, 0.0)
    assert entries.signs(bare) == (0.0, 0.0, 0.0, 1.0, 0.0)
    assert entries.likelihood(bare) < entries.least() <= entries.likelihood(named)


def test_what_stands_behind_others_or_leans_on_what_went_before_is_less_likely() -> None:
    plain = only(opened("The bridge of Arlen opened on Monday.").dated("on Monday", DAY))
    behind = opened("Traders praised the mayor, who opened it on Monday.").dated("on Monday", DAY)
    leaning = only(opened("It opened on Monday.").dated("on Monday", DAY))
    told = only(behind.happened("praised", "praise"))
    assert entries.signs(told)[1] > 0
    assert entries.likelihood(told) < entries.likelihood(plain)
    assert entries.likelihood(leaning) < entries.least()


def test_what_is_not_actual_beside_the_event_counts_against_it() -> None:
    report = opened("The bridge of Arlen opened on Monday, which might please traders.").dated(
        "on Monday", DAY
    )
    before = entries.likelihood(only(report))
    assert entries.likelihood(only(report.happened("please", "please", realis="possible"))) < before
