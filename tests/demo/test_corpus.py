"""The demo's reports and their hand-made answers fit each other."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from dateline import demo

EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
HEADER = re.compile(r"\s?date (\d{4}-\d{2}-\d{2})\s")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    with demo.articles() as folder:
        return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def test_there_are_enough_reports_and_their_names_bear_their_dates(texts: dict[str, str]) -> None:
    assert len(texts) >= 16
    for stem, text in texts.items():
        header = HEADER.match(text)
        assert header is not None, stem
        assert stem.startswith(header[1])


def test_every_report_is_in_one_story_and_the_stories_interleave(texts: dict[str, str]) -> None:
    filed = [stem for articles in EXPECTED["stories"].values() for stem in articles]
    assert sorted(filed) == sorted(texts)
    assert len(EXPECTED["stories"]) == 3
    spans = sorted((articles[0][:10], articles[-1][:10]) for articles in EXPECTED["stories"].values())
    assert all(later[0] < earlier[1] for earlier, later in pairwise(spans))


def test_reports_are_as_long_as_news_in_brief(texts: dict[str, str]) -> None:
    assert {stem: n for stem, text in texts.items() if not 90 <= (n := len(text.split())) <= 185} == {}


def test_answers_quote_the_reports(texts: dict[str, str]) -> None:
    for row in EXPECTED["expectations"]:
        for passage in (*row["said"], *([row["settled_by"]] if row["settled_by"] else [])):
            assert passage["passage"] in texts[passage["article"]]
    for quote in EXPECTED["quotes"]:
        assert quote["content"] in texts[quote["article"]]
    for row in EXPECTED["disagreements"]:
        for value in row["values"]:
            assert all(value["value"] in texts[stem] for stem in value["articles"])
    for row in EXPECTED["spellings"]:
        story = "\n".join(texts[stem] for stem in EXPECTED["stories"][row["story"]])
        assert all(form in story for form in row["forms"])


def test_answers_hold_every_outcome_and_sound_days() -> None:
    rows = EXPECTED["expectations"]
    assert {row["status"] for row in rows} == {"met", "met late", "missed", "overdue", "open"}
    last = EXPECTED["last_day"]
    for row in rows:
        due_from, due_to = row["due_from"], row["due_to"]
        assert date.fromisoformat(due_from) <= date.fromisoformat(due_to)
        assert max(said["article"][:10] for said in row["said"]) <= due_to
        assert (row["settled_by"] is None) == (row["status"] in ("open", "overdue"))
        if row["settled_by"] is None:
            assert (row["status"] == "open") == (due_to >= last)


def test_a_package_in_an_archive_yields_the_same_reports(
    tmp_path: Path, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "demo.zip"
    with demo.articles() as folder, ZipFile(archive, "w") as zipped:
        zipped.write(Path(demo.__file__), "zipped_demo/__init__.py")
        for path in folder.glob("*.txt"):
            zipped.write(path, f"zipped_demo/articles/{path.name}")
    monkeypatch.syspath_prepend(str(archive))
    import zipped_demo  # type: ignore[import-not-found]

    with zipped_demo.articles() as folder:
        unpacked = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert unpacked == texts
    assert not folder.exists()
