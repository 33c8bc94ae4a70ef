"""What a sentence has to be for an entry to tell an event, on its day, and alone."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from dateline.keeper import dated_sentences, entries
from dateline.keeper.dated_sentences import DatedSentence
from tests.keeper.stories_by_hand import Report, days

DAY = days("2024-03-04")


def only(report: Report) -> DatedSentence:
    (sentence,) = dated_sentences.find(report.file())
    return sentence


def likelihood(sentence: DatedSentence) -> float:
    (found,) = entries.likelihoods([sentence])
    return found


def opened(words: str) -> Report:
    return Report("a", "2024-03-05").say(words).happened("opened", "open", DAY)


def test_an_event_of_a_named_day_is_likely_and_one_without_is_not() -> None:
    named = only(opened("Arlen Bridge opened on Monday.").names("Arlen Bridge").dated("on Monday", DAY))
    bare = only(opened("Arlen Bridge opened to some applause.").names("Arlen Bridge"))
    name = math.log(2)
    assert entries.signs(named) == (1.0, *[0.0] * 12, 1.0, 0.0, 0.0, name, 0.0, 1.0, 0.0)
    assert entries.signs(bare) == (*[0.0] * 16, name, 0.0, 1.0, 0.0)
    assert likelihood(bare) < entries.LEAST <= likelihood(named)


def test_what_stands_behind_others_or_leans_on_what_went_before_is_less_likely() -> None:
    plain = only(opened("Arlen Bridge opened on Monday.").names("Arlen Bridge").dated("on Monday", DAY))
    behind = opened("Traders praised the mayor, who opened it on Monday.").dated("on Monday", DAY)
    leaning = only(opened("It opened on Monday.").dated("on Monday", DAY))
    told = only(behind.happened("praised", "praise"))
    assert entries.signs(told)[1] > 0
    assert likelihood(told) < likelihood(plain)
    assert likelihood(leaning) < likelihood(plain)


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
    assert likelihood(other) < likelihood(plain)


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
    assert likelihood(told) < likelihood(plain)
    assert likelihood(replace(plain, quoted=True)) < likelihood(plain)


def test_a_day_with_its_number_is_no_bare_day() -> None:
    day = entries.SIGNS.index("day")
    bare = only(opened("Arlen Bridge opened on Monday.").dated("on Monday", DAY))
    full = only(opened("Arlen Bridge opened on Monday 4 March.").dated("on Monday 4 March", DAY))
    assert (entries.signs(bare)[day], entries.signs(full)[day]) == (1.0, 0.0)


def test_what_somebody_said_before_the_event_and_what_else_is_of_its_days_are_counted() -> None:
    told = opened("Police said Arlen Bridge opened and shut on Monday.").names("Arlen Bridge")
    sentence = only(told.happened("shut", "shut", DAY).dated("on Monday", DAY))
    found = dict(zip(entries.SIGNS, entries.signs(sentence), strict=True))
    assert (found["attributed"], found["together"], found["opens"]) == (1.0, math.log(2), 1.0)


def test_a_vector_of_another_network_counts_nothing() -> None:
    plain = only(opened("Arlen Bridge opened on Monday.").names("Arlen Bridge").dated("on Monday", DAY))
    other = replace(plain, vector=np.ones(3, np.float32))
    assert likelihood(other) == likelihood(plain)
    assert entries.likelihoods([]) == []
