"""The speed figures on a few articles of our own, and their pictures."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from dateline.bench import speed
from dateline.errors import SourceError
from dateline.reader import Reader
from dateline.reader.model import load

TEXT = "The council of Arlen met on Monday. Mayor Ada Holt said that the bridge will open in May.\n" * 4


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "news").mkdir()
    with gzip.open(folder / "news/allsides_2012_2016.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number in range(9 * 7):
            row = {
                "id": f"a{number}",
                "date": f"2013-01-{1 + number % 28:02}",
                "title": "Bridge",
                "text": TEXT * 8,
            }
            print(json.dumps(row), file=lines)
    return folder


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load(threads=1))


def test_articles_are_cut_after_a_paragraph(data: Path) -> None:
    found = speed.news(data / "news/allsides_2012_2016.jsonl.gz", 3, words=40)
    assert len(found) == 3
    assert {len(a.text.split("\n")) for a in found} == {3}
    assert all(a.text.endswith("May.") for a in found)


def test_too_few_articles_are_refused(data: Path) -> None:
    with pytest.raises(SourceError, match="100 are asked for"):
        speed.news(data / "news/allsides_2012_2016.jsonl.gz", 100, words=40)


def test_rates_stand_beside_the_bare_encoder_and_another_version(data: Path, reader: Reader) -> None:
    articles = speed.news(data / "news/allsides_2012_2016.jsonl.gz", 2, words=40)
    figures = dict(speed.rates(reader, articles, Path(sys.executable)))
    assert len(figures) == 5
    assert all(value > 0 for value in figures.values())


def test_an_environment_without_dateline_is_named(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\necho no dateline >&2\nexit 1\n", encoding="utf-8")
    other.chmod(0o755)
    with pytest.raises(SourceError, match="no dateline"):
        speed.another_version(other, speed.news(data / "news/allsides_2012_2016.jsonl.gz", 1, words=40))


def test_everything_is_printed_and_drawn(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib", reason="the pictures need the extra `bench`")
    monkeypatch.setattr(speed, "ADVERSARIAL", {"weekdays": "Monday, "})
    speed.main(data, None, tmp_path, sample=8, lengths=(200, 400))
    printed = capsys.readouterr().out
    for row in ("the bare encoder's time", "news: network", "weekdays: expectations", "add one"):
        assert row in printed
    for name in ("parts", "texts", "notebook"):
        assert (tmp_path / f"speed-{name}.png").read_bytes().startswith(b"\x89PNG")
