"""How rare words are: a table to begin with, and what was read since."""

from __future__ import annotations

import json

import pytest

from dateline.keeper.document_frequencies import TABLE_WEIGHT, DocumentFrequencies, table


def test_common_words_of_news_are_in_the_table_and_rare_ones_are_not() -> None:
    assert table()["said"] > table().get("harbour", 0.0) >= 0
    assert "footbridge" not in table()
    assert all(0 < rate <= 1 for rate in table().values())


def test_weights_are_a_unit_vector_in_which_rare_words_count_for_more() -> None:
    weights = DocumentFrequencies().unit({"said": 2.0, "police": 2.0, "footbridge": 2.0})
    assert sum(w * w for w in weights.values()) == pytest.approx(1)
    assert "said" not in weights
    assert weights["footbridge"] > weights["police"]
    assert DocumentFrequencies().unit({}) == {}


def test_a_word_that_is_said_often_counts_for_more_within_a_report() -> None:
    weights = DocumentFrequencies().unit({"footbridge": 4.0, "trestle": 1.0})
    assert weights["footbridge"] > weights["trestle"]


def test_a_word_loses_weight_as_reports_hold_it() -> None:
    frequencies = DocumentFrequencies()
    before = frequencies.unit({"footbridge": 1.0, "trestle": 1.0})
    frequencies.add([["footbridge"]] * 100)
    after = frequencies.unit({"footbridge": 1.0, "trestle": 1.0})
    assert before["footbridge"] == before["trestle"]
    assert after["footbridge"] < after["trestle"]
    frequencies.add([["footbridge"]] * TABLE_WEIGHT)
    assert "footbridge" not in frequencies.unit({"footbridge": 1.0, "trestle": 1.0})


def test_what_is_kept_gives_the_same_weights() -> None:
    frequencies = DocumentFrequencies()
    frequencies.add([["footbridge", "council"], ["council"]])
    again = DocumentFrequencies()
    again.load(json.loads(json.dumps(frequencies.dump())))
    counts = {"footbridge": 1.0, "council": 2.0}
    assert again.unit(counts) == frequencies.unit(counts)


def test_old_counts_are_halved_and_single_ones_forgotten() -> None:
    frequencies = DocumentFrequencies()
    frequencies.add([["once"], *([["council"]] * 20_000)])
    reports, counts = frequencies.dump()
    assert reports == 10_000.5
    assert counts == {"council": 10_000}
