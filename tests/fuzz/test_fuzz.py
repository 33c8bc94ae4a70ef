"""A fixed part of the fuzzing: the seeds, what was found once, and mutations that are the same every time."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from dateline.time_limit import time_limit
from tests.fuzz.mutating import mutations
from tests.fuzz.targets import TARGETS, found, seeds

INPUTS = 400
SECONDS = 20
"""Of computing, for one input: a hundred times what any takes."""


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_was_found_are_read(name: str) -> None:
    for data in [*seeds(name), *found(name)]:
        with time_limit(SECONDS):
            TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_inputs_are_read_or_named(name: str) -> None:
    for number, data in enumerate(islice(mutations(seeds(name), random.Random(17)), INPUTS)):
        try:
            with time_limit(SECONDS):
                TARGETS[name](data)
        except Exception as error:
            raise AssertionError(f"input {number} of {name}: {data!r}") from error


def test_the_same_seed_gives_the_same_inputs() -> None:
    one, other = (list(islice(mutations(seeds("csv"), random.Random(3)), 50)) for _ in range(2))
    assert one == other


def test_what_is_found_is_kept(tmp_path: Path) -> None:
    """The command counts, names and keeps what fails."""
    script = (
        "import sys; from tests.fuzz import __main__ as command, targets\n"
        "def fails(data):\n    assert data[:3] == b'dat', 'no date'\n"
        "targets.TARGETS['text'] = fails\nsys.exit(command.main())"
    )
    arguments = ["text", "--inputs", "300", "--seed", "1", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "text: 300 inputs, 1 failures, seed 1" in done.stdout
    (kept,) = (tmp_path / "text").iterdir()
    assert kept.read_bytes()[:3] != b"dat"
