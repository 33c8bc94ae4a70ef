"""The command's table: what is listed without loading a command is what the commands say of themselves."""

from __future__ import annotations

import subprocess
import sys
from inspect import getdoc
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import cli
from dateline.notebook import open_notebook
from dateline.reader import Reader
from tests.plain_model import PlainJudge, PlainModel

_HEAVY = ("numpy", "onnxruntime", "trafilatura", "lxml")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_table_says_what_the_command_says_of_itself(name: str) -> None:
    command = cli.load(name)
    said = (getdoc(command.callback) or "").split("\n\n")[0]
    assert cli.COMMANDS[name].help == " ".join(said.split())


def test_a_mistyped_command_is_told_what_was_meant() -> None:
    result = CliRunner().invoke(cli.app, ["storeis"])
    assert result.exit_code == 2
    assert "stories" in result.output


def loaded(arguments: list[str], among: tuple[str, ...]) -> list[str]:
    """The modules of `among` that a process has loaded when it has run the command."""
    code = (
        "import sys\nfrom dateline import cli\n"
        f"sys.argv = ['dateline', *{arguments}]\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print(*[m for m in {among} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_a_page_of_help_loads_no_more_than_it_prints(arguments: list[str]) -> None:
    assert loaded(arguments, (*_HEAVY, "dateline.notebook")) == []


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--affairs"]])
def test_a_list_of_stories_loads_nothing_that_reads_or_works_out(
    arguments: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "n.db"
    (tmp_path / "a.txt").write_text("date 2024-05-02\nThe bridge of Orlen opened.\n", encoding="utf-8")
    with open_notebook(path, reader=Reader(PlainModel()), judge=PlainJudge()) as notebook:
        notebook.add([tmp_path / "a.txt"])
    working = ("dateline.reader", "dateline.adding", "dateline.keeper.affairs", "dateline.keeper.ledger")
    assert loaded(["stories", "--notebook", str(path), *arguments], (*_HEAVY, *working)) == []


@pytest.mark.parametrize("command", [["stories"], ["timeline"], ["brief"], ["export", "--to", "markdown"]])
def test_a_notebook_without_reports_says_how_they_get_in(command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    open_notebook(path).close()
    result = CliRunner().invoke(cli.app, [*command, "--notebook", str(path)])
    assert result.exit_code == 0
    assert "the notebook holds no reports yet (`dateline add PATH...` reads them)" in result.stderr
