"""The bench command: figures printed with their targets, predictions written, mistakes named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.bench import command
from dateline.cli import app
from dateline.errors import SourceError

RUN = CliRunner()
OWN_STORIES = Path(__file__).parents[2] / "training/expectations/stories"
TREE = "1\tThey\tthey\t_\t_\t_\t_\t_\t_\t_\n2\tleft\tleave\t_\t_\t_\t_\t_\t_\t_\n3\tOrrin\tOrrin\t_\t_\t_\t_\t_\t_\t_\n\n"


def test_predict_writes_a_tree_for_the_given_tokens(tmp_path: Path) -> None:
    (tmp_path / "in.conllu").write_text(TREE, encoding="utf-8")
    done = RUN.invoke(
        app,
        ["bench", "model", "--predict", str(tmp_path / "in.conllu"), "--out", str(tmp_path / "out.conllu")],
    )
    assert done.exit_code == 0, done.output
    rows = [line.split("\t") for line in (tmp_path / "out.conllu").read_text("utf-8").splitlines() if line]
    assert [(r[1], r[3], r[6]) for r in rows] == [
        ("They", "PRON", "2"), ("left", "VERB", "0"), ("Orrin", "PROPN", "2")
    ]  # fmt: skip


def test_predict_writes_who_says_what(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("“The ferry is full,” Marta Lindqvist said.", encoding="utf-8")
    done = RUN.invoke(
        app, ["bench", "statements", "--predict", str(tmp_path / "texts"), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0, done.output
    assert "Marta Lindqvist" in (tmp_path / "out/a.ann").read_text("utf-8")


def test_a_set_of_stories_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "desk").symlink_to(OWN_STORIES)
    command.run("expectations", tmp_path)
    found = re.search(r"expectations found, F1 +(\d\.\d+)  to reach 0.85", capsys.readouterr().out)
    assert found is not None
    assert 0.8 <= float(found[1]) <= 1


def test_an_unknown_benchmark_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    assert "there is no such benchmark" in RUN.invoke(app, ["bench", "nonsense"]).output
    with pytest.raises(SourceError, match="no such folder"):
        command.run("events", tmp_path / "absent")
    with pytest.raises(SourceError, match="missing"):
        command.run("stories", tmp_path)


def test_predict_needs_an_output(tmp_path: Path) -> None:
    assert RUN.invoke(app, ["bench", "model", "--predict", str(tmp_path)]).exit_code == 2
