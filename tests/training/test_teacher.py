"""The larger pair reader: how it is told of days, what it pools, and that what it keeps changes nothing."""

from __future__ import annotations

import pytest
from training.pairs import Pair

torch = pytest.importorskip("torch")
teacher = pytest.importorskip("training.teacher")
mpnet = pytest.importorskip("training.mpnet")


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (
            "due 2024-03-08 to 2024-03-10, said 2024-03-04: It will * open * .",
            "in 4 to 6 days: It will * open * .",
        ),
        (
            "due 2024-03-03 to 2024-03-03, said 2024-03-04: It was to * open * .",
            "in -1 days: It was to * open * .",
        ),
        ("no day, said 2024-03-04: It will * open * .", "no day: It will * open * ."),
        ("2024-03-04: * 400 * marched.", "2024-03-04: * 400 * marched."),
    ],
)
def test_due_days_are_told_by_how_far_off_they_are(first: str, told: str) -> None:
    assert teacher.brief(Pair(first, "x", "verdict", 0, "s1")) == (told, "x")


def test_each_text_is_pooled_apart() -> None:
    first, second = teacher.sides(teacher.padded([[0, 7, 8, 2, 2, 9, 2], [0, 7, 2, 2, 9, 2]]))
    assert first.tolist() == [[0, 1, 1, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0]]
    assert second.tolist() == [[0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 1, 0, 0]]


def test_buckets_tell_near_distances_apart_and_both_directions() -> None:
    row = mpnet.buckets(200)[100]
    assert row[93:108].tolist() == [7, 6, 5, 4, 3, 2, 1, 0, 17, 18, 19, 20, 21, 22, 23]
    behind, ahead = row[:101].flip(0), row[101:]
    assert (behind.diff() >= 0).all() and behind.max() == 15  # noqa: PT018
    assert (ahead.diff() >= 0).all() and ahead.max() == 31  # noqa: PT018


def test_a_pair_is_read_the_same_from_what_was_kept_and_beside_a_longer_one() -> None:
    torch.manual_seed(3)
    network = teacher.Teacher(still=11).eval()
    rows = [[0, 7, 8, 2, 2, 9, 2], [0, 7, 2, 2, 9, 10, 11, 12, 13, 2]]
    with torch.no_grad():
        alone, again, beside = network.read(rows[:1]), network.read(rows[:1]), network.read(rows)
    assert torch.equal(alone[0], again[0])
    assert torch.allclose(alone[0][0], beside[0][0], atol=0.05)
    assert not torch.allclose(beside[0][0], beside[0][1], atol=0.05)
