"""The scorer of timelines, on examples worked by hand from the published formulas."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.bench.timeline_score import Score, Scores, average, score, tokens


def day(number: int) -> date:
    return date(2024, 5, number)


REFERENCE = {day(1): ["Storm floods harbour town"], day(5): ["Mayor resigns"]}


def test_words_are_folded_stemmed_and_without_stop_words() -> None:
    assert tokens(["The mayors' well-known plans, at 3,000!"]) == ["mayor", "plan", "3", "000"]
    # three letters are too few to be stemmed, and a hyphen parts words
    assert tokens(["He was cut-off ties"]) == ["cut", "ti"]


def test_a_timeline_agrees_with_itself() -> None:
    found = score(REFERENCE, REFERENCE)
    assert (found.ar1.f1, found.ar2.f1, found.days.f1) == (1.0, 1.0, 1.0)


def test_a_day_off_counts_half_and_is_a_miss() -> None:
    found = score({day(2): ["Storm floods harbour town"]}, REFERENCE)
    # 4 of 4 words at a gap of one day; of the reference 4 of 6, halved, and none of "Mayor resigns"
    assert found.ar1 == Score(pytest.approx(1 / 2), pytest.approx(2 / 6))
    # 3 of 3 pairs of words, of the reference's 4
    assert found.ar2 == Score(pytest.approx(1 / 2), pytest.approx(1.5 / 4))
    assert found.days == Score(0.0, 0.0)


def test_several_days_may_be_aligned_with_one_and_what_they_say_is_all_counted() -> None:
    system = {day(1): ["Storm floods town"], day(2): ["Storm weakens"]}
    found = score(system, {day(1): ["Storm floods harbour town"]})
    # 3 of 3 on the day; 1 of 2 a day later, halved: 3.5 of 5. Recall goes to the day that costs nothing: 3 of 4
    assert found.ar1 == Score(pytest.approx(3.5 / 5), pytest.approx(3 / 4))
    assert found.days == Score(pytest.approx(1 / 2), 1.0)


def test_the_words_of_a_day_draw_it_to_a_day_further_off() -> None:
    system = {day(3): ["Mayor resigns"]}
    near_alike = {day(2): ["Storm floods harbour town"], day(5): ["Mayor resigns"]}
    # the same words cost nothing, however far: both words, at a gap of two days
    assert score(system, near_alike).ar1.precision == pytest.approx(1 / 3)


def test_pairs_of_words_go_across_sentences_of_a_day() -> None:
    found = score({day(1): ["Storm rises.", "Mayor flees"]}, {day(1): ["rises Mayor"]})
    assert found.ar2 == Score(pytest.approx(1 / 3), 1.0)


def test_repeated_words_count_as_often_as_the_reference_has_them() -> None:
    found = score({day(1): ["storm storm storm"]}, {day(1): ["storm town"]})
    assert found.ar1 == Score(pytest.approx(1 / 3), pytest.approx(1 / 2))


def test_nothing_said_scores_nothing_and_no_reference_is_an_error() -> None:
    empty = score({}, REFERENCE)
    assert (empty.ar1.f1, empty.ar2.f1, empty.days.f1) == (0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="nothing to compare"):
        score(REFERENCE, {})


def test_the_average_is_of_precision_and_recall_not_of_f1() -> None:
    one, other = Score(1.0, 0.5), Score(0.0, 0.5)
    found = average([Scores(one, one, one), Scores(other, other, other)])
    assert found.days == Score(0.5, 0.5)
    assert found.days.f1 == 0.5
    with pytest.raises(ValueError, match="nothing to average"):
        average([])
