"""What a sentence has to be for an entry to tell an event, on its day, and alone."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

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
    named = only(opened("Arlen Bridge opened on Monday.").names("Arlen Bridge").dated("on Monday", DAY))
    bare = only(opened("Arlen Bridge opened to some applause.").names("Arlen Bridge"))
    assert entries.signs(named) == (1.0, *[0.0] * 12, 1.0, 0.0, 0.0)
    assert entries.signs(bare) == (0.0,) * 16
    assert entries.likelihood(bare) < entries.least() <= entries.likelihood(named)


def test_what_stands_behind_others_or_leans_on_what_went_before_is_less_likely() -> None:
    plain = only(opened("Arlen Bridge opened on Monday.").names("Arlen Bridge").dated("on Monday", DAY))
    behind = opened("Traders praised the mayor, who opened it on Monday.").dated("on Monday", DAY)
    leaning = only(opened("It opened on Monday.").dated("on Monday", DAY))
    told = only(behind.happened("praised", "praise"))
    assert entries.signs(told)[1] > 0
    assert entries.likelihood(told) < entries.likelihood(plain)
    assert entries.likelihood(leaning) < entries.likelihood(plain)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I saw how Arlen Bridge opened on Monday.", "leans"),
        ("Arlen Bridge opened on Monday: 40 people came.", "colon"),
        ("The bridge of Arlen Bridge opened on Monday.", "definite"),
        ("On Sunday, the way to Arlen Bridge opened on Monday.", "definite"),
        ("Arlen Bridge, which opened on Monday, is old.", "relative"),
        ("Arlen Bridge has been opened since on Monday.", "since"),
        ("Arlen Bridge is opened, on Monday's news.", "possessive"),
        ("Arlen Bridge was to be opened until on Monday.", "since"),
        ("Arlen Bridge opened by the on Monday letter.", "modifier"),
        ("Arlen Bridge has in part been opened on Monday.", "perfect"),
    ],
)
def test_what_stands_elsewhere_makes_an_entry_less_likely(text: str, sign: str) -> None:
    plain = only(opened("Arlen Bridge opened on Monday.").names("Arlen Bridge").dated("on Monday", DAY))
    other = only(opened(text).names("Arlen Bridge").dated("on Monday", DAY))
    assert dict(zip(entries.SIGNS, entries.signs(other), strict=True))[sign] == 1.0
    assert dict(zip(entries.SIGNS, entries.signs(plain), strict=True))[sign] == 0.0
    assert entries.likelihood(other) < entries.likelihood(plain)


def test_what_somebody_is_quoted_with_is_not_the_report_s_own() -> None:
    said = opened("Arlen Bridge opened on Monday and the mayor was “proud of our city”.").dated(
        "on Monday", DAY
    )
    assert dict(zip(entries.SIGNS, entries.signs(only(said)), strict=True))["leans"] == 0.0


def test_what_stands_late_in_a_report_or_is_quoted_is_less_likely() -> None:
    plain = only(opened("Arlen Bridge opened on Monday.").dated("on Monday", DAY))
    late = Report("a", "2024-03-05").say("Rain fell.").say("Snow fell.").say("Arlen Bridge opened on Monday.")
    told = only(late.happened("opened", "open", DAY).dated("on Monday", DAY))
    assert dict(zip(entries.SIGNS, entries.signs(told), strict=True))["place"] == pytest.approx(math.log(3))
    assert entries.likelihood(told) < entries.likelihood(plain)
    assert entries.likelihood(replace(plain, quoted=True)) < entries.likelihood(plain)


def test_a_day_with_its_number_is_no_bare_day() -> None:
    day = entries.SIGNS.index("day")
    bare = only(opened("Arlen Bridge opened on Monday.").dated("on Monday", DAY))
    full = only(opened("Arlen Bridge opened on Monday 4 March.").dated("on Monday 4 March", DAY))
    assert (entries.signs(bare)[day], entries.signs(full)[day]) == (1.0, 0.0)
