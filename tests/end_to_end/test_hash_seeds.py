"""No set's order comes near a result: the same reports give the same notebook under any hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BUILD = """
import sys
from dateline import demo
from dateline.notebook import open_notebook
from dateline.reader import Reader
from dateline.views import rows
from tests.plain_model import PlainJudge, PlainModel

plain = {"reader": Reader(PlainModel()), "judge": PlainJudge()}
with demo.articles() as folder, open_notebook(sys.argv[1], **plain) as notebook:
    notebook.add(folder)
    for make, found in (
        (rows.story, [s.summary for s in notebook.stories()]),
        (rows.timeline_entry, notebook.timeline()),
        (rows.ledger_entry, notebook.expectations()),
        (rows.statement, notebook.statements()),
        (rows.disagreement, notebook.disagreements()),
    ):
        for row in map(make, found):
            print(row)
    print([(s.title, s.summary.keywords) for s in notebook.stories()])
    print([s.entities() for s in notebook.stories()])
"""


def test_the_hash_seed_makes_no_difference(tmp_path: Path) -> None:
    shown = set()
    for seed in ("0", "1", "2", "77"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", BUILD, str(tmp_path / f"{seed}.db")]
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr.decode()
        shown.add(done.stdout)
    assert len(shown) == 1
