"""How rare words are: a table to begin with, and what was read since."""

from __future__ import annotations

import json

import pytest

from dateline.keeper.rates import TABLE_WEIGHT, Rates, table


def test_common_words_of_news_are_in_the_table_and_rare_ones_are_not() -> None:
    assert table()["said"] > table().get("harbour", 0.0) >= 0
    assert "footbridge" not in table()
    assert all(0 < rate <= 1 for rate in table().values())


def test_weights_are_a_unit_vector_in_which_rare_words_count_for_more() -> None:
    weights = Rates().unit({"said": 2.0, "police": 2.0, "footbridge": 2.0})
    assert sum(w * w for w in weights.values()) == pytest.approx(1)
    assert "said" not in weights
    assert weights["footbridge"] > weights["police"]
    assert Rates().unit({}) == {}


def test_a_word_that_is_said_often_counts_for_more_within_a_report() -> None:
    weights = Rates().unit({"footbridge": 4.0, "trestle": 1.0})
    assert weights["footbridge"] > weights["trestle"]


def test_a_word_loses_weight_as_reports_hold_it() -> None:
    rates = Rates()
    before = rates.unit({"footbridge": 1.0, "trestle": 1.0})
    rates.add([["footbridge"]] * 100)
    after = rates.unit({"footbridge": 1.0, "trestle": 1.0})
    assert before["footbridge"] == before["trestle"]
    assert after["footbridge"] < after["trestle"]
    rates.add([["footbridge"]] * TABLE_WEIGHT)
    assert "footbridge" not in rates.unit({"footbridge": 1.0, "trestle": 1.0})


def test_what_is_kept_gives_the_same_weights() -> None:
    rates = Rates()
    rates.add([["footbridge", "council"], ["council"]])
    again = Rates()
    again.load(json.loads(json.dumps(rates.dump())))
    counts = {"footbridge": 1.0, "council": 2.0}
    assert again.unit(counts) == rates.unit(counts)


def test_old_counts_are_halved_and_single_ones_forgotten() -> None:
    rates = Rates()
    rates.add([["once"], *([["council"]] * 20_000)])
    reports, counts = rates.dump()
    assert reports == 10_000.5
    assert counts == {"council": 10_000}
