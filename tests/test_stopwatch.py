"""The yardstick of the tests of cost itself: what is linear passes, what is quadratic does not."""

from __future__ import annotations

from tests.stopwatch import grows_with_the_size


def test_what_is_linear_passes() -> None:
    assert grows_with_the_size(lambda size: sum(range(size * 200)), 8_000, 64_000)


def test_what_is_quadratic_does_not() -> None:
    assert not grows_with_the_size(lambda size: [sum(range(size)) for _ in range(size)], 2_000, 8_000)
