"""The desk's commands on a small notebook, as an editor types them."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from glob import glob
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import app
from dateline.reader import Reader
from tests.conftest import Where
from tests.plain_model import PlainModel
from tests.test_adding import Idle

pytestmark = pytest.mark.usefixtures("plain_judge")

REPORTS = {
    "2024-05-02-a.txt": "date 2024-05-02 Council to vote on the Arlen bridge\n\nARLEN, May 2 (Meridian) - The council of Arlen closed the old bridge on Thursday, Ada Holt said.",
    "2024-05-03-b.txt": "date 2024-05-03 Arlen votes for its bridge\n\nARLEN, May 3 (Meridian) - The council of Arlen voted for the bridge of Arlen on Friday. Ada Holt said the old bridge closed on Thursday.",
}  # fmt: skip
Run = Callable[..., Result]


class IdleJudge(Idle):
    """A judge in the notebook's place for one."""

    def __init__(self, *_: object) -> None:
        """Nothing is kept."""

    def keep(self) -> None:
        """Nothing is kept."""


@pytest.fixture
def run(tmp_path: Path, where: Where, kind: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    news = tmp_path / "news"
    news.mkdir()
    for name, text in REPORTS.items():
        (news / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("dateline.notebook._bundled_reader", lambda: Reader(PlainModel()))
    monkeypatch.setattr("dateline.cached_judge.CachedJudge", IdleJudge)

    def invoke(*arguments: str, width: int | None = None) -> Result:
        env = {
            "COLUMNS": str(width) if width else None,
            "DATELINE_NOTEBOOK": where("dateline.db") if kind == "postgres" else None,
        }
        return CliRunner().invoke(app, list(arguments), env=env)

    return invoke


def test_adding_by_name_tells_what_to_try_and_that_runs(run: Run) -> None:
    done = run("add", "--story", "Arlen bridge", "news")
    assert done.exit_code == 0, done.output
    assert "2 added" in done.stderr
    (line,) = [x for x in done.stderr.splitlines() if x.startswith("next: ")]
    for command in line.removeprefix("next: ").split(", "):
        again = run(*shlex.split(command)[1:])
        assert again.exit_code == 0, (command, again.output)
    assert "next:" not in run("add", "news", "-q").stderr


def test_listings_show_handles_that_show_takes(run: Run) -> None:
    run("add", "news", "-q")
    for command in ("stories", "timeline", "statements", "brief", "search bridge"):
        shown = run(*command.split())
        assert shown.exit_code == 0, shown.output
        handle = re.search(r"Meridian \d May [0-9a-f]{2}", shown.stdout)
        assert handle, (command, shown.stdout)
        assert "-a.txt" not in shown.stdout
        opened = run("show", *handle[0].split())
        assert opened.exit_code == 0, opened.output
        assert handle[0] in opened.stdout
    assert "news/2024-05-03-b.txt" in run("timeline", "-v").stdout
    assert "as of" in run("timeline").stdout
    assert "as of" not in run("timeline", "-q").stdout


@pytest.mark.parametrize("width", [40, 80, 160])
def test_pages_fit_and_nothing_is_padded(run: Run, width: int) -> None:
    run("add", "news", "-q")
    for command in ("stories", "timeline", "statements", "brief", "search bridge"):
        lines = run(*command.split(), width=width).stdout.splitlines()
        assert max(map(len, lines)) <= width, command
        assert all(line == line.rstrip() for line in lines), command


def test_a_brief_is_a_row_a_story_and_a_document(run: Run, tmp_path: Path) -> None:
    run("add", "--story", "Bridge", "news", "-q")
    (row,) = [json.loads(line) for line in run("brief", "bridge", "--json").stdout.splitlines()]
    assert {"story", "title", "as_of", "since", "happened", "expected", "disputed", "new"} <= row.keys()
    assert row["since"] == "2024-05-03"
    cited = [s for part in ("happened", "new") for r in row[part] for s in r["sources"]]
    for s in cited:
        text = REPORTS[Path(s["source"]).name].removeprefix("date ")[10:].strip()
        assert text[s["start"] : s["end"]] == s["text"]
    for to, mark in (("text", "[1]"), ("markdown", "[^1]:"), ("html", 'id="note-1"')):
        written = run("brief", "bridge", "--to", to).stdout
        assert mark in written
        assert "Meridian 3 May" in written
    assert run("brief", "-o", "brief.html", "-q").exit_code == 0
    assert (tmp_path / "brief.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("brief", "--to", "pdf").exit_code == 2


def test_a_report_is_dated_and_removed(run: Run) -> None:
    run("add", "news", "-q")
    done = run("date", "Meridian", "3", "May", "2024-05-06")
    assert done.exit_code == 0, done.output
    assert "2024-05-03 is now 2024-05-06" in done.stderr
    assert "Meridian 6 May" in run("search", "votes").stdout
    assert run("date", "votes", "tomorrow").exit_code == 2
    assert run("remove", "2024-05-03-b.txt").exit_code == 0
    assert "1 left out that were removed" in run("add", "news").stderr
    assert "1 added" in run("add", "news", "--restore").stderr


def test_an_export_takes_the_words_of_a_story_as_listings_do(run: Run) -> None:
    run("add", "--story", "Arlen bridge", "news", "-q")
    whole = run("export", "--to", "markdown").stdout
    assert run("export", "--to", "markdown", "arlen", "bridge").stdout == whole
    assert run("export", "--to", "markdown", "--story", "arlen bridge").stdout == whole
    assert run("export", "--to", "markdown", "--story", "arlen", "bridge").exit_code == 2
    assert run("export", "arlen", "trams", "--to", "markdown").exit_code == 1


def test_a_report_answers_to_the_beginning_of_its_file_name(run: Run) -> None:
    run("add", "news", "-q")
    for typed in ("2024-05-02", "news/2024-05-02"):
        assert "old bridge on Thursday" in run("show", typed).stdout
    assert "2 articles answer to that" in str(run("show", "2024-05").exception)


def test_a_report_without_a_title_goes_by_its_handle_once_and_tells_its_hour(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "c.txt").write_text("date 2024-05-04T09:15 The old bridge of Arlen fell.", encoding="utf-8")
    run("add", "c.txt", "-q")
    shown = run("show", "c.txt").stdout
    assert shown.splitlines()[0] == re.search(r"c 4 May [0-9a-f]{2}", shown)[0]  # type: ignore[index]
    assert len(re.findall(r"c 4 May", shown)) == 1
    assert "2024-05-04 09:15 (header)" in shown


def test_words_that_nothing_answers_to_are_met_with_a_guess(run: Run) -> None:
    run("add", "--story", "Arlen bridge", "news", "-q")
    for command in (("timeline", "brigde"), ("show", "Council", "tovote")):
        done = run(*command)
        assert done.exit_code == 1
        assert "did you mean" in str(done.exception)


def test_every_command_is_quiet_or_verbose_when_asked() -> None:
    for command in app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        if name != "bench":
            shown = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"}).output
            assert "--quiet" in shown, name
            assert "--verbose" in shown, name


def test_the_lines_of_the_readme_run_as_they_stand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.cli.tagging.Reader", lambda **_: Reader(PlainModel()))
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    block = readme.partition("## Use it")[2].split("```")[1]
    lines = [
        shlex.split(line, comments=True)[1:] for line in block.splitlines() if line.startswith("dateline ")
    ]
    assert lines[0][0] == "demo"
    for line in lines:
        if line[0] == "watch":
            # it never ends by itself, and the address is nobody's: one round, of a folder
            line[1:] = ["reports/", "--rounds", "1"]
        if line[0] != "serve":
            # the shell's part
            words = [w for word in line for w in (sorted(glob(word)) or [word] if "*" in word else [word])]
            done = run(*words)
            assert done.exit_code == 0, (line, done.output, done.exception)
