"""The kept floors, and that a figure below its own is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.bench import gate
from dateline.errors import SourceError

PREFIXES = ("validation", "PolNeAR", "times", "newsroom", "desk")
FOLDER = Path("nowhere")


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the benchmarks give, in place of the corpora."""
    parts = {
        "times": lambda: {"times: desk value F1": 95.0, "times: other": 1.0},
        "desk": lambda: {"desk: score": 0.7},
    }
    monkeypatch.setattr(gate, "_parts", lambda data, reader: parts)
    monkeypatch.setattr(gate, "Reader", lambda: None)


@pytest.mark.usefixtures("measured")
def test_a_figure_holds_from_its_floor_on() -> None:
    kept = {"times: desk value F1": 95.0, "desk: score": 0.71}
    found = {held.name: held for held in gate.check(FOLDER, kept)}
    assert {name: (held.value, held.holds) for name, held in found.items()} == {
        "times: desk value F1": (95.0, True),
        "desk: score": (0.7, False),
    }


@pytest.mark.usefixtures("measured")
def test_a_part_without_a_floor_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> dict[str, float]:
        raise AssertionError

    monkeypatch.setattr(
        gate, "_parts", lambda data, reader: {"times": failing, "desk": lambda: {"desk: score": 1.0}}
    )
    assert [held.name for held in gate.check(FOLDER, {"desk: score": 0.5})] == ["desk: score"]


@pytest.mark.usefixtures("measured")
def test_a_floor_that_no_benchmark_gives_is_told() -> None:
    with pytest.raises(SourceError, match=r"desk: beauty.*floors\.json"):
        list(gate.check(FOLDER, {"desk: beauty": 0.5}))


def test_every_part_of_the_product_has_floors() -> None:
    kept = gate.floors()
    assert all(name.startswith(PREFIXES) and floor > 0 for name, floor in kept.items())
    assert {name.split(":")[0].split()[0] for name in kept} == set(PREFIXES)


def test_without_the_scorer_the_gate_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"desk\.py: missing"):
        list(gate.check(tmp_path / "data", {"newsroom: score": 0.1}))
