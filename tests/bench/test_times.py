"""The scorer on cases worked out by hand, and the corpora where they are at hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.bench import times as bench
from dateline.bench import times_speed
from dateline.bench.times import Sample, Time
from dateline.records import Span
from tests.stopwatch import grows_with_the_size

SHARED = Path(__file__).parents[3] / "shared"


def time(start: int, end: int, value: str, kind: str = "DATE") -> Time:
    return Time(Span(start, end), kind, frozenset(value.split("|")))


def test_all_right() -> None:
    gold = [time(0, 5, "2024"), time(10, 15, "2025")]
    score = bench.score(gold, gold)
    assert (score.relaxed, score.strict, score.value, score.type) == (1, 1, 1, 1)


def test_a_hand_worked_case() -> None:
    """Three of gold, four found: one exact and right, one too long with a wrong value, one spurious, one of the wrong type."""
    gold = [time(0, 4, "2024"), time(10, 18, "P2W", "DURATION"), time(30, 40, "2024-03-05")]
    found = [
        time(0, 4, "2024"),
        time(6, 18, "P3W", "DURATION"),
        time(20, 25, "PRESENT_REF"),
        time(30, 40, "2024-03-05", "TIME"),
    ]
    score = bench.score(gold, found)
    assert score.precision == pytest.approx(3 / 4)
    assert score.recall == pytest.approx(1)
    assert score.relaxed == pytest.approx(6 / 7)
    assert score.strict == pytest.approx(4 / 7)
    assert score.value == pytest.approx(4 / 7)
    assert score.type == pytest.approx(4 / 7)


def test_one_found_pairs_with_one_of_gold() -> None:
    """An expression that swallows two counts once; the equal span is preferred to the longer overlap."""
    assert bench.score([time(0, 4, "a"), time(5, 9, "b")], [time(0, 9, "a")]).overlapping == 1
    exact = time(0, 4, "a")
    assert bench.pair([exact], [time(0, 9, "x"), exact]) == [(exact, exact)]


def test_an_equally_right_value_counts() -> None:
    assert bench.score([time(0, 4, "2024-10|2024-10-31")], [time(0, 4, "2024-10-31")]).right_value == 1


def test_nothing_found_and_nothing_to_find() -> None:
    assert bench.score([], []).relaxed == 1
    assert bench.score([time(0, 4, "a")], []).relaxed == 0


def test_counts_add_up_over_a_corpus() -> None:
    samples = [
        Sample("a", date(2024, 3, 5), "today", (time(0, 5, "2024-03-05"),)),
        Sample("b", date(2024, 3, 5), "no day", (time(0, 2, "2024"),)),
    ]
    score = bench.score_corpus(samples, bench.dateline_rules)
    assert (score.gold, score.found, score.right_value) == (2, 1, 1)
    assert score.value == pytest.approx(2 / 3)


def test_the_halves_are_fixed() -> None:
    names = [f"wsj_{n:04d}.tml" for n in range(400)]
    sides = [bench.side(name) for name in names]
    assert 150 < sides.count("dev") < 250
    assert bench.side("wsj_0006.tml") == "dev"


@pytest.mark.parametrize("piece", times_speed.ADVERSARIAL.values(), ids=times_speed.ADVERSARIAL.keys())
def test_time_grows_with_the_text(piece: str) -> None:
    def tag(size: int) -> object:
        return bench.dateline_rules((piece * size)[:size], date(2024, 3, 1))

    assert grows_with_the_size(tag, 8_000, 64_000)


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the shared corpora are not here")
def test_the_desk_times_are_found() -> None:
    score = bench.score_corpus(bench.desk(SHARED / "data" / "desk"), bench.dateline_rules)
    assert score.relaxed >= 0.95
    assert score.strict >= 0.90
    assert score.value >= 0.90
