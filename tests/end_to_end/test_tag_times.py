"""`dateline tag` for times alone: kinds, explanations, TimeML in and out."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.end_to_end.test_cli import ONE, TWO, dateline, rows

FERRY = """<?xml version="1.0" ?>
<TimeML>
<DOCID>ferry</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2024-03-05" functionInDocument="CREATION_TIME">3/5/24</TIMEX3></DCT>
<TEXT>The ferry <EVENT eid="e1" class="OCCURRENCE">sank</EVENT> <TIMEX3 tid="t1" type="DATE" value="1066">on Monday</TIMEX3> &amp; burnt.</TEXT>
</TimeML>
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "news" / "two.txt").write_text(TWO, encoding="utf-8")
    (tmp_path / "tml" / "deep").mkdir(parents=True)
    (tmp_path / "tml" / "deep" / "ferry.tml").write_text(FERRY, encoding="utf-8")
    return tmp_path


def test_only_times_leaves_the_rest_out(place: Path) -> None:
    for row in rows(dateline("tag", "--only", "times", "news", cwd=place)):
        assert row.keys() == {"article", "times"}
        assert row["times"]
        assert "rule" not in row["times"][0]


def test_kinds_are_repeated_or_joined_by_commas(place: Path) -> None:
    found = rows(dateline("tag", "--only", "events,times", "--only", "mentions", "news", cwd=place))
    assert all(row.keys() == {"article", "times", "mentions", "events"} for row in found)


@pytest.mark.parametrize("only", [(), ("--only", "times")])
def test_explain_says_the_rule_and_the_anchor(place: Path, only: tuple[str, ...]) -> None:
    row = rows(dateline("tag", *only, "--explain", "news/one.txt", cwd=place))[0]
    friday = next(t for t in row["times"] if t["text"] == "Friday")
    assert friday["rule"] == "relative: weekday"
    assert friday["anchor"] == "the document's date, 2024-05-02"


def test_timeml_is_read_and_written(place: Path) -> None:
    done = dateline("tag", "--only", "times", "--to", "timeml", "tml", "--out", "out", cwd=place)
    assert (done.returncode, done.stdout) == (0, b"")
    tree = ElementTree.parse(place / "out" / "deep" / "ferry.tml")
    text = tree.find("TEXT")
    assert text is not None
    assert "".join(text.itertext()) == "The ferry sank on Monday & burnt."
    assert [(t.text, t.get("value")) for t in text] == [("Monday", "2024-03-04")]
    dct = tree.find("DCT/TIMEX3")
    assert dct is not None
    assert dct.get("value") == "2024-03-05"


def test_other_sources_are_written_as_timeml_again_and_again(place: Path) -> None:
    (place / "news" / "odd.txt").write_text("date 2024-05-03 Odd\n\nA <\x07bell> rang on Friday.\n")
    for _ in range(2):
        done = dateline("tag", "--to", "timeml", "news", "--out", "out", cwd=place)
        assert done.returncode == 0, done.stderr
        assert sorted(p.name for p in (place / "out").iterdir()) == ["odd.tml", "one.tml", "two.tml"]
    for path in (place / "out").iterdir():
        (article,) = rows(dateline("tag", "--only", "times", f"news/{path.stem}.txt", cwd=place))
        text = ElementTree.parse(path).find("TEXT")
        assert text is not None
        assert [t.text for t in text] == [t["text"] for t in article["times"]]
        assert "".join(text.itertext()).replace("\ufffd", "\x07") == article["article"]["text"]


def test_a_faulty_file_is_named_and_the_others_kept(place: Path) -> None:
    (place / "tml" / "bare.tml").write_text("<TimeML><TEXT>No date.</TEXT></TimeML>")
    done = dateline("tag", "--to", "timeml", "tml", "gone.tml", "--out", "out", cwd=place)
    assert done.returncode == 1
    assert b"bare.tml" in done.stderr
    assert b"gone.tml" in done.stderr
    assert (place / "out" / "deep" / "ferry.tml").exists()


@pytest.mark.parametrize(
    "args",
    [
        ("--only", "tides"),
        ("--to", "yaml"),
        ("--to", "timeml"),
        ("--out", "out"),
        ("--only", "events", "--to", "timeml", "--out", "out"),
    ],
)
def test_wrong_usage_is_said(place: Path, args: tuple[str, ...]) -> None:
    done = dateline("tag", "news", *args, cwd=place)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_rows_are_json_with_offsets_into_the_text(place: Path) -> None:
    done = dateline("tag", "--only", "times", "news/two.txt", cwd=place)
    row = json.loads(done.stdout)
    assert all(row["article"]["text"][t["start"] : t["end"]] == t["text"] for t in row["times"])
