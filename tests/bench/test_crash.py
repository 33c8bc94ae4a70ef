"""The crash benchmark at the size of a test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dateline.bench import crash

pytestmark = pytest.mark.usefixtures("plain_judge")

SCRIPT = Path(__file__).resolve().parents[1] / "plain_dateline.py"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_killed_and_stopped_adds_end_as_undisturbed_ones(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAIN_JUDGE", "1")
    figures = dict(crash.main(2, 40, workers=(1,), command=(sys.executable, str(SCRIPT))))
    said = capsys.readouterr().err
    kinds = ["kill -9, 1 worker", "SIGINT, 1 worker", "SIGTERM, 1 worker"]
    if figures.get("full disk: runs"):
        # where a disk can be mounted
        kinds.append("full disk")
    for kind in kinds:
        assert figures[f"{kind}: runs"] >= 1
        assert figures[f"{kind}: equal to an undisturbed run once rerun"] == 1, said
        assert figures[f"{kind}: nothing wrong with the file"] == 1, said
        assert figures[f"{kind}: no traceback, and the status that is promised"] == 1, said
        assert figures[f"{kind}: processes left behind"] == 0


def test_what_is_shown_makes_the_digest(tmp_path: Path) -> None:
    from dateline.notebook import open_notebook
    from dateline.reader import Reader
    from tests.plain_model import PlainModel

    crash.write_reports(tmp_path / "news", 20)
    digests = []
    for name, paths in (("a", ["news"]), ("b", ["news/00001.txt", "news"]), ("c", ["news/00001.txt"])):
        with open_notebook(tmp_path / f"{name}.db", reader=Reader(PlainModel())) as notebook:
            notebook.add([tmp_path / p for p in paths])
        digests.append(crash.content(tmp_path / f"{name}.db"))
    assert digests[0] == digests[1] != digests[2]
