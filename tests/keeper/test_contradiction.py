"""What pairs of sentences are ranked by, and what the judge's answer makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.keeper import contradiction
from dateline.keeper.contradiction import SIGNS, Sentences, bounds


def sentences(*sides: float, said: bool = False, day: int = 1) -> Sentences:
    return Sentences(np.array(sides), np.full(len(sides), float(said)), day)


def test_each_sentence_of_one_report_is_held_against_each_of_the_other() -> None:
    a, b = sentences(1.0, -2.0, said=True), sentences(0.5, 0.0, -1.0, day=4)
    signs = dict(zip(SIGNS, contradiction.signs(a, b, np.zeros((2, 3)), one_report=False), strict=True))
    assert {s.shape for s in signs.values()} == {(2, 3)}
    assert signs["sides"].tolist() == [[1.5, 1.0, 0.0], [-1.5, -2.0, -3.0]]
    assert signs["weaker side"].tolist() == [[0.5, 0.0, -1.0], [-2.0, -2.0, -2.0]]
    assert signs["apart"] == pytest.approx(np.full((2, 3), np.log(4)))
    assert signs["said"].tolist() == [[1.0] * 3] * 2


def odds(cosine: float = 0.6, **other: float) -> float:
    given = {"cosine": cosine} | {name.replace("_", " "): value for name, value in other.items()}
    return float(contradiction.odds([np.array([[given.get(name, 0.0)]]) for name in SIGNS])[0, 0])


def test_what_is_more_alike_takes_sides_and_is_said_is_asked_about_first() -> None:
    assert odds(0.9) > odds(0.6)
    assert odds(sides=2.0) > odds(sides=0.0)
    assert odds(said=2.0) > odds()
    assert odds(apart=2.0) < odds()


def test_the_judge_and_the_signs_both_count() -> None:
    sure, doubtful = contradiction.likelihood(0.9, -1.0), contradiction.likelihood(0.2, -1.0)
    assert 0 < doubtful < sure < 1
    assert contradiction.likelihood(0.9, -3.0) < sure
    assert 0 < bounds().kept <= bounds().shown < 1


def test_vectors_of_another_network_take_no_sides() -> None:
    assert Sentences.of(np.ones((3, 8)), [True, False, True], 5).sides.tolist() == [0.0, 0.0, 0.0]


def test_a_sentence_takes_sides_by_its_vector() -> None:
    direction = np.array(contradiction._direction()[0])
    along = direction / np.linalg.norm(direction)
    found = Sentences.of(np.array([along, -along]), [False, False], 5).sides
    assert found[0] > found[1]
