"""Starting the command as a user does, with the small model and the judge of tests/plain_model.py, to stop and to kill it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.stopwatch import PATIENCE

SCRIPT = Path(__file__).resolve().parents[1] / "plain_dateline.py"
PLACES = ("Arlen", "Hallin", "Ombrey", "Sorn", "Hartvik", "Brannoc", "Tormela", "Kestrel")


def start(*args: object, cwd: Path, **more: str) -> subprocess.Popen[bytes]:
    """The command, started; with a group of its own, so that it can be stopped as a terminal does."""
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *map(str, args)],
        cwd=cwd,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PLAIN_JUDGE": "1"} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def run(*args: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """The command, run to its end."""
    process = start(*args, cwd=cwd, **more)
    out, err = process.communicate(timeout=PATIENCE)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def write_reports(folder: Path, count: int) -> None:
    """Short reports of a few stories, one file each."""
    folder.mkdir()
    for n in range(count):
        place, day = PLACES[n % 8], 3 + n // 8 % 25
        (folder / f"{n:04}.txt").write_text(
            f"date 2024-06-{day:02} The bridge of {place} opened\n\nThe bridge of {place} opened on Monday. "
            f"The ferry of {place} will sail on Friday, {place} Holt said. Number {n}.\n",
            encoding="utf-8",
        )
