"""The example in the documentation runs as it stands."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "example.py"


def test_the_example_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.mkdtemp", lambda: str(tmp_path))
    runpy.run_path(str(EXAMPLE))
    printed = capsys.readouterr().out
    assert "20 reports, 3 stories" in printed
    assert "<svg" in (tmp_path / "ferry.html").read_text(encoding="utf-8")
