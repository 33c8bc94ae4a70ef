"""Days of a story: what is gathered under each, which sentences say it, and which bear them out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dateline.keeper import days
from dateline.keeper.dated_sentences import DatedSentence, find
from tests.keeper.stories_by_hand import Report
from tests.keeper.stories_by_hand import days as interval

SUNDAY, TUESDAY = interval("2024-03-03"), interval("2024-03-05")


def told(name: str, published: str, *said: str) -> list[DatedSentence]:
    """What a report tells of Sunday: each sentence says that something sank on it."""
    report = Report(name, published)
    for sentence in said:
        report = report.say(sentence).happened("sank", "sink", SUNDAY).dated("Sunday", SUNDAY)
    return [t for t in find(report.file()) if t.interval == SUNDAY]


FERRY = "The ferry Isolde sank off Orlen on Sunday."
AGAIN = "The ferry Isolde sank off Orlen harbour on Sunday."
BARGE = "A barge with coal sank under the Merrow bridge on Sunday."


def sunday(*reports: list[DatedSentence]) -> days.Day:
    (day,) = days.group(t for report in reports for t in report)
    return day


def test_a_day_holds_what_all_reports_tell_of_it_and_days_are_in_order() -> None:
    later = Report("c", "2024-03-06").say("It burned on Tuesday.").happened("burned", "burn", TUESDAY)
    burned = [t for t in find(later.dated("Tuesday", TUESDAY).file()) if t.dated]
    first, second = days.group([*burned, *told("a", "2024-03-04", FERRY), *told("b", "2024-03-05", AGAIN)])
    assert (first.interval, second.interval) == (SUNDAY, TUESDAY)
    assert [t.filed.article.id for t in first.sentences] == ["a", "b"]


def test_a_report_counts_once_by_its_firmest_sentence() -> None:
    once, twice = sunday(told("a", "2024-03-04", FERRY)), sunday(told("a", "2024-03-04", FERRY, BARGE))
    assert twice.chief == once.chief == [0]
    assert twice.strength == once.strength > 0
    assert sunday(told("a", "2024-03-04", FERRY), told("b", "2024-03-04", AGAIN)).strength > once.strength


def test_reports_of_the_day_after_are_news_and_those_after_two_are_later() -> None:
    day = sunday(
        told("a", "2024-03-04", FERRY), told("b", "2024-03-05", AGAIN), told("c", "2024-03-09", AGAIN)
    )
    assert day.later == 2


def test_an_event_is_told_once_and_another_beside_it() -> None:
    day = sunday(told("a", "2024-03-04", FERRY, BARGE), told("b", "2024-03-05", AGAIN))
    chosen = day.choose(3, [1.0] * 3)
    assert len(chosen) == 2
    assert {day.sentences[n].span.of(day.sentences[n].filed.article.text) for n in chosen} & {FERRY, AGAIN}
    assert 1 in chosen
    assert day.choose(3, [0.0, 1.0, 0.0]) == [1]
    assert day.choose(1, [1.0] * 3) == chosen[:1]


def test_what_repeats_a_chosen_sentence_bears_it_out() -> None:
    day = sunday(told("a", "2024-03-04", FERRY, BARGE), told("b", "2024-03-05", AGAIN))
    assert day.supporting([0, 1]) == [[0, 2], [1]]


def test_rare_words_weigh_more_and_vectors_have_unit_length() -> None:
    rarity = days.Rarity([["ferry", "sink"], ["ferry", "burn"], ["ferry"]])
    assert rarity("burn") > rarity("ferry") == pytest.approx(math.log(2))
    unit = rarity.unit(["ferry", "ferry", "burn"])
    assert math.fsum(w * w for w in unit.values()) == pytest.approx(1)
    assert rarity.unit([]) == {}
    day = sunday(told("a", "2024-03-04", FERRY, BARGE))
    assert np.linalg.norm(day.words, axis=1) == pytest.approx([1, 1])


def test_a_day_is_closer_to_the_centre_of_its_own_story_than_of_another() -> None:
    ferry, barge = sunday(told("a", "2024-03-04", FERRY)), sunday(told("b", "2024-03-04", BARGE))
    assert ferry.centrality(days.centre_of([ferry])) == pytest.approx(1)
    assert ferry.centrality(days.centre_of([barge])) < 0.5
    assert days.centre_of([]) == {}
