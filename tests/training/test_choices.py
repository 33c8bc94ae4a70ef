"""What the reader chooses by, fitted on labelled choices."""

from __future__ import annotations

import numpy as np
from training.choices import KINDS, Example, examples, fit, is_right
from training.news_labels import Report, Story

from dateline.reader import Reader
from tests.plain_model import PlainModel

NAMES = ("arc", "noise")


def choice(right: int, *rows: tuple[float, float], values: tuple[str, ...] = ("a", "b")) -> Example:
    """Candidates with these signs, the `right`th of which is."""
    return Example("due", "s", np.array(rows), values, np.arange(len(rows)) == right)


def test_the_sign_that_tells_gets_the_weight() -> None:
    given = [choice(0, (1, 0), (0, 1)), choice(1, (0, 0), (1, 0)), choice(0, (1, 1), (0, 1)), choice(1, (0, 1), (1, 1))] * 10  # fmt: skip
    arc, noise = fit(given, NAMES)
    assert arc > 2
    assert abs(noise) < arc / 2
    assert all(is_right(example, np.array([arc, noise])) for example in given)


def test_a_choice_without_a_right_candidate_teaches_nothing() -> None:
    given = [choice(0, (1, 0), (0, 1))] * 5
    lost = [choice(9, (0, 1), (1, 0))] * 50
    assert np.allclose(fit(given, NAMES), fit([*given, *lost], NAMES))


def test_candidates_that_mean_the_same_count_together() -> None:
    twice = choice(1, (1, 0), (0.8, 0), (0.8, 0), values=("a", "b", "b"))
    assert is_right(twice, np.array([1.0, 0.0]))
    assert not is_right(choice(1, (1, 0), (0.8, 0)), np.array([1.0, 0.0]))


def test_each_labelled_word_that_is_announced_gives_a_choice_of_either_kind() -> None:
    text = "The council will vote on Friday."
    start = text.index("vote")
    row = {
        "id": "e1", "report": 0, "trigger": [start, start + 4], "sentence": [0, len(text)], "due": ["2024-05-10", "2024-05-10"],
        "holder": None, "told_by": [], "same_as": None,
    }  # fmt: skip
    story = Story("s1", [Report("s1-a1", "2024-05-08", text)], {"expectations": [row]})
    found = {e.kind: e for e in examples(story, Reader(PlainModel()))}
    assert set(found) == set(KINDS)
    for kind, example in found.items():
        assert example.signs.shape == (len(example.values), len(KINDS[kind]))
        assert example.right.any()
