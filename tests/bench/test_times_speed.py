"""The speed figures on small sizes, and the picture of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.bench import times_speed
from dateline.bench.times import dateline_rules


def test_growth_has_a_figure_for_every_text_and_size() -> None:
    seconds = times_speed.growth([64, 256], dateline_rules)
    assert seconds.keys() == times_speed.ADVERSARIAL.keys()
    assert all(len(row) == 2 and min(row) >= 0 for row in seconds.values())


def test_texts_are_of_the_size_asked_for() -> None:
    lengths: list[int] = []
    times_speed.growth([10, 1000], lambda text, _: lengths.append(len(text)))
    assert lengths == [10, 1000] * len(times_speed.ADVERSARIAL)


def test_everything_is_printed_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib", reason="the picture needs the extra `bench`")
    texts = [("It was signed on Friday.", date(2024, 3, 4))] * 50
    times_speed.main(texts, dateline_rules, tmp_path / "growth.png", sizes=(64, 128))
    printed = capsys.readouterr().out
    assert "MB a second on one core" in printed
    assert all(name in printed for name in times_speed.ADVERSARIAL)
    assert (tmp_path / "growth.png").read_bytes().startswith(b"\x89PNG")
