"""The command as a user meets it: a process with arguments, two streams and an exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ONE = (
    "date 2024-05-02 Council to vote on the Arlen bridge\n\n"
    "The council of Arlen will vote on the new bridge on Friday, Mayor Ada Holt said on Thursday. "
    '"We have waited nine years for this," Holt told reporters.\n'
)
TWO = (
    "date 2024-05-03 Arlen votes for its bridge\n\n"
    "The council of Arlen voted for the new bridge on Friday by 14 votes to 3. "
    "“Now we can build,” Mayor Ada Holt said.\n"
)


def dateline(*args: object, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if k != "DATELINE_NOTEBOOK"}
    command = [sys.executable, "-m", "dateline", *map(str, args)]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=environment, check=False)


def rows(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports, and a notebook `dateline.db` made of them."""
    folder = tmp_path_factory.mktemp("arlen")
    (folder / "news").mkdir()
    (folder / "news" / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "news" / "two.txt").write_text(TWO, encoding="utf-8")
    done = dateline("add", "news", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    assert b"2 added" in done.stderr
    return folder


def test_adding_again_changes_nothing(place: Path) -> None:
    done = dateline("add", "news", cwd=place)
    assert done.returncode == 0
    assert b"0 added, 2 there already" in done.stderr


def test_stories_follow_the_contract(place: Path) -> None:
    (story,) = rows(dateline("stories", "--json", cwd=place))
    assert (story["first"], story["last"]) == ("2024-05-02", "2024-05-03")
    assert [a["source"] for a in story["articles"]] == ["news/one.txt", "news/two.txt"]
    assert {"id", "title", "articles", "affair"} <= story.keys()
    assert {"id", "source", "published", "duplicate_of", "revision_of"} <= story["articles"][0].keys()


def test_the_expectation_is_met_with_evidence(place: Path) -> None:
    found = rows(dateline("expectations", "--json", cwd=place))
    vote = next(r for r in found if "vote" in r["event"])
    assert (vote["due_from"], vote["due_to"], vote["status"]) == ("2024-05-03", "2024-05-03", "met")
    assert vote["holder"] == "Ada Holt"
    assert vote["settled_by"]["source"] == "news/two.txt"
    assert "voted" in vote["settled_by"]["text"]
    assert {"story", "strength", "sources"} <= vote.keys()


def test_as_of_the_first_day_it_is_open(place: Path) -> None:
    found = rows(dateline("expectations", "--json", "--as-of", "2024-05-02", cwd=place))
    vote = next(r for r in found if "vote" in r["event"])
    assert (vote["status"], vote["settled_by"]) == ("open", None)


@pytest.mark.parametrize("command", ["stories", "timeline", "expectations", "statements", "disagreements"])
def test_every_listing_works_for_people_and_programs(place: Path, command: str) -> None:
    assert dateline(command, cwd=place).returncode == 0
    assert all(isinstance(row, dict) for row in rows(dateline(command, "--json", cwd=place)))


def test_without_a_disagreement_that_is_sure_it_says_so_and_how_to_list_the_rest(place: Path) -> None:
    said = dateline("disagreements", "--as-of", "2024-05-02", cwd=place).stderr.decode()
    assert said.startswith("no disagreements as of 2024-05-02 (")
    assert "--all" in said
    assert (
        "--all" not in dateline("disagreements", "--all", "--as-of", "2024-05-02", cwd=place).stderr.decode()
    )


def test_a_story_is_found_by_words_of_its_title(place: Path) -> None:
    (story,) = rows(dateline("stories", "--json", cwd=place))
    word = story["title"].split()[0]
    assert rows(dateline("timeline", word, "--json", cwd=place)) == rows(
        dateline("timeline", story["id"], "--json", cwd=place)
    )


def test_statements_by_name(place: Path) -> None:
    said = rows(dateline("statements", "--by", "Holt", "--json", cwd=place))
    assert "We have waited nine years for this," in {row["text"] for row in said}
    assert rows(dateline("statements", "--by", "Nobody Known", "--json", cwd=place)) == []


def test_search_and_show(place: Path) -> None:
    (hit,) = rows(dateline("search", "14 votes", "--json", cwd=place))
    assert hit["source"] == "news/two.txt"
    shown = dateline("show", hit["article"], cwd=place)
    assert shown.returncode == 0
    assert "14 votes to 3" in " ".join(shown.stdout.decode().split())
    assert rows(dateline("search", '"votes 14"', "--json", cwd=place)) == []
    assert rows(dateline("search", 'bridge" OR NEAR(', "--json", cwd=place)) == []


def test_tag_prints_one_object_an_article_with_true_offsets(place: Path) -> None:
    found = rows(dateline("tag", "news", cwd=place))
    assert [r["article"]["source"] for r in found] == ["news/one.txt", "news/two.txt"]
    for row in found:
        assert {"sentences", "times", "mentions", "events", "statements", "expectations"} <= row.keys()
        text = row["article"]["text"]
        assert all(text[t["start"] : t["end"]] == t["text"] for t in [*row["times"], *row["mentions"]])
        for said in row["statements"]:
            for part in (said["content"], said["cue"], said["source"]):
                assert part is None or text[part["start"] : part["end"]] == part["text"]


def test_tag_reads_standard_input(place: Path) -> None:
    (row,) = rows(dateline("tag", "-", cwd=place, stdin=ONE.encode()))
    assert row["article"]["published"] == "2024-05-02"


def test_bad_files_are_named_and_good_ones_kept(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.txt").write_text(ONE, encoding="utf-8")
    (news / "undated.txt").write_text("No date here.", encoding="utf-8")
    (news / "impossible.txt").write_text("date 2022-02-30 A day that never was.", encoding="utf-8")
    (news / "empty.txt").write_bytes(b"")
    (news / "binary.bin").write_bytes(bytes(range(256)) * 8)
    done = dateline("add", "news", "missing.txt", cwd=tmp_path)
    errors = done.stderr.decode()
    assert done.returncode == 1
    for name in ("undated.txt", "impossible.txt", "empty.txt", "binary.bin", "missing.txt"):
        assert name in errors
    assert "good.txt" not in errors
    assert "Traceback" not in errors
    (story,) = rows(dateline("stories", "--json", cwd=tmp_path))
    assert [a["source"] for a in story["articles"]] == ["news/good.txt"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("stories",), "no such notebook"),
        (("stories", "--as-of", "yesterday"), "YYYY-MM-DD"),
        (("add",), "PATH"),
        (("add", "news", "--notebook", "letter.txt"), "not a dateline notebook"),
        (("add", "news", "--notebook", "nowhere/n.db"), "cannot be written"),
        (("nonsense",), "nonsense"),
        (("expectations", "--status", "late"), "met late"),
    ],
)
def test_wrong_usage_is_said_with_status_two(tmp_path: Path, args: tuple[str, ...], says: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear editor, " * 100, encoding="utf-8")
    done = dateline(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.decode().split())
    assert b"Traceback" not in done.stderr


def test_the_notebook_itself_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    for known in (b"1 added", b"0 added, 1 there already"):
        done = dateline("add", ".", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert known in done.stderr


def test_an_unknown_story_or_article_is_said(place: Path) -> None:
    for args in (("timeline", "zeppelin"), ("show", "zeppelin.txt")):
        done = dateline(*args, cwd=place)
        assert done.returncode == 2
        assert b"zeppelin" in done.stderr


def test_a_timeline_is_as_long_as_asked_and_says_what_it_rests_on(place: Path) -> None:
    told = rows(dateline("timeline", "--days", 1, "--sentences", 1, "--json", cwd=place))
    assert len(told) == 1
    days = [s["published"] for s in told[0]["sources"]]
    assert days == sorted(days)
    explained = dateline("timeline", "--explain", cwd=place).stdout.decode()
    assert f"weight {told[0]['weight']:.2f}" in explained
    assert "weight" not in dateline("timeline", cwd=place).stdout.decode()


def test_a_timeline_about_words_goes_over_all_stories(place: Path) -> None:
    told = rows(dateline("timeline", "--about", "bridge Arlen", "--json", cwd=place))
    assert told
    assert {t["story"] for t in told} == {""}
    assert rows(dateline("timeline", "--about", "zeppelin", "--json", cwd=place)) == []
    early = rows(dateline("timeline", "--about", "bridge", "--as-of", "2024-05-02", "--json", cwd=place))
    assert {s["published"] for t in early for s in t["sources"]} <= {"2024-05-02"}
    assert dateline("timeline", "--about", "bridge", "arlen", cwd=place).returncode == 2


def test_chapters_of_an_affair_are_listed_under_it_and_have_one_timeline(tmp_path: Path) -> None:
    reports = {
        "2024-01-08": "The Orlen harbour ferry Isolde sank off Orlen on Monday. Nine sailors of the ferry Isolde drowned near Orlen.",
        "2024-06-20": "A court in Orlen jailed the owner of the ferry Isolde on Thursday. Judges found Orlen had been warned of the Isolde.",
        "2024-06-21": "Farmers in Tarn blocked the motorway on Friday over milk prices. Tractors stood across Tarn until the evening.",
    }
    for day, text in reports.items():
        (tmp_path / f"{day}.txt").write_text(f"date {day}\n{text}\n", encoding="utf-8")
    for day, name in zip(reports, ("Sinking", "Trial", "Farmers"), strict=True):
        assert dateline("add", f"{day}.txt", "--story", name, cwd=tmp_path).returncode == 0
    listed = rows(dateline("stories", "--json", cwd=tmp_path))
    (affair,) = rows(dateline("stories", "--affairs", "--json", cwd=tmp_path))
    chapters = [s["id"] for s in reversed(listed) if s["affair"] == affair["id"]]
    assert affair["stories"] == chapters
    assert (affair["first"], affair["last"], affair["reports"]) == ("2024-01-08", "2024-06-20", 2)
    for key in (affair["id"], "isolde", chapters[1]):
        told = rows(dateline("timeline", "--affair", key, "--json", cwd=tmp_path))
        assert {t["story"] for t in told} == {affair["id"]}
        assert {s["source"] for t in told for s in t["sources"]} == {"2024-01-08.txt", "2024-06-20.txt"}
    shown = dateline("stories", "--affairs", cwd=tmp_path).stdout.decode()
    assert all(story in shown for story in chapters)
    assert f"affair: {affair['id']}" in dateline("stories", cwd=tmp_path).stdout.decode()
    early = dateline("stories", "--affairs", "--json", "--as-of", "2024-06-19", cwd=tmp_path)
    assert rows(early) == [], "a story alone is no affair yet"
    alone = dateline("timeline", "--affair", "farmers", cwd=tmp_path)
    assert (alone.returncode, b"is no chapter of an affair" in alone.stderr) == (2, True)
    assert dateline("timeline", "--affair", "isolde", "--about", "isolde", cwd=tmp_path).returncode == 2
