"""The guides are true: what docs/guides.md says is done in a copy of the tree, and the tests at the end of each guide are run."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dateline

ROOT = Path(__file__).parents[2]
GUIDES = (ROOT / "docs" / "guides.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def apply(change: str, text: str) -> str:
    """`text` with a block of `+`, `-` and other lines done to it; the other lines and those to go must stand there once."""
    before = "".join(line[1:] for line in change.splitlines(keepends=True) if line[0] != "+")
    after = "".join(line[1:] for line in change.splitlines(keepends=True) if line[0] != "-")
    assert text.count(before) == 1, f"this stands {text.count(before)} times:\n{before}"
    return text.replace(before, after)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree with all that the guides add. Files that stay as they are are links: the weights are large."""
    place = tmp_path_factory.mktemp("guides")
    leave = shutil.ignore_patterns("__pycache__", "runs")
    for part, source in (
        ("src/dateline", Path(dateline.__file__).parent),
        ("tests", ROOT / "tests"),
        ("training", ROOT / "training"),
    ):
        if source.exists():
            shutil.copytree(source, place / part, copy_function=os.symlink, ignore=leave)
    for kind, name, body in BLOCK.findall(GUIDES):
        path = place / name
        if not path.parent.exists() and name.startswith("training"):
            # the source archive leaves the training out
            continue
        if kind != "diff":
            assert not path.exists(), f"{name} is there already"
            path.write_text(body, encoding="utf-8")
            continue
        changed = apply(body, path.read_text(encoding="utf-8"))
        path.unlink()
        path.write_text(changed, encoding="utf-8")
    return place


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def test_the_tests_at_the_end_of_each_guide_pass(copy: Path) -> None:
    own = [name for _, name, _ in BLOCK.findall(GUIDES) if name.startswith("tests/")]
    assert len(own) == 5
    rules = "tests/reader/calendar/test_tables.py"
    done = run(
        copy, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "-c", os.devnull, "--rootdir", ".", *own, rules
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = set(re.findall(r"^PASSED (.+?)::", done.stdout, flags=re.MULTILINE))
    if importlib.util.find_spec("torch") is None or not (copy / "training").exists():
        own = [name for name in own if not name.startswith("tests/training")]
    assert passed >= {*own, rules}
    assert "last Monday but one" in done.stdout


def test_a_part_that_a_guide_tells_to_be_named_is_named(copy: Path) -> None:
    """Each file that a guide adds or changes is named in its words, too, for those who read and do not copy."""
    words = BLOCK.sub("", GUIDES)
    for _, name, _ in BLOCK.findall(GUIDES):
        assert f"`{name}`" in words, name
