"""States of filing in pieces: they come back, what they share is kept once, and what is damaged is told."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.store import open_store, states
from tests.stopwatch import grows_with_the_size


def noise(size: int, seed: int = 3) -> bytes:
    return random.Random(seed).randbytes(size)


@given(st.integers(0, 40_000), st.integers(0, 9), st.booleans())
def test_pieces_are_the_whole(size: int, seed: int, even: bool) -> None:
    state = bytes(size) if even else noise(size, seed)
    pieces = list(states.cut(state))
    assert b"".join(pieces) == state
    assert all(len(p) <= 16 * 4096 for p in pieces)
    assert all(len(p) >= 1024 for p in pieces[:-1])


def test_what_is_put_in_changes_the_pieces_beside_it_alone() -> None:
    state = noise(3 << 20)
    for at in (0, 100_000, (1 << 20) - 5, 1 << 20, len(state)):
        other = state[:at] + b"one more" + state[at:]
        fresh = set(states.cut(other)) - set(states.cut(state))
        assert 1 <= len(fresh) <= 4


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    open_store(tmp_path / "n.db").close()
    return sqlite3.connect(tmp_path / "n.db")


def test_states_that_share_most_take_little_more_than_one(connection: sqlite3.Connection) -> None:
    first = noise(200_000)
    kept = {date(2024, 5, n): first[: n * 10_000] + b"day %d" % n + first[n * 10_000 :] for n in range(1, 8)}
    with closing(connection):
        for day, state in kept.items():
            states.keep(connection, day, state)
        states.keep_only(connection, list(kept)[-4:])
        for day, state in list(kept.items())[-4:]:
            assert states.load(connection, day.isoformat()) == state
        with pytest.raises(LookupError):
            states.load(connection, "2024-05-03")
        (size,) = connection.execute("SELECT sum(length(data)) FROM piece").fetchone()
        assert size < 250_000
        used = {
            p
            for (all_of,) in connection.execute("SELECT pieces FROM checkpoint")
            for p in states._split(all_of)
        }
        assert {row[0] for row in connection.execute("SELECT digest FROM piece")} == used


def test_a_state_takes_time_by_its_size() -> None:
    data = noise(8 << 20)
    assert grows_with_the_size(lambda size: list(states.cut(data[:size])), 1 << 20, 8 << 20)
