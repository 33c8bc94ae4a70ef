"""A disk that is full, at whichever page: it is called full, a batch is saved whole or not at all, and the file goes on once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import NotebookError
from dateline.records import Article, Reading
from dateline.store import open_store

_DISK = 4 << 20
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_BATCH = 5


def _own_disk() -> list[str]:
    """How a process is started that may mount a disk of its own; nothing where the system allows none."""
    start = ["unshare", "-rm"]
    allowed = shutil.which("unshare") and subprocess.run(
        [*start, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
    )
    return start if allowed and allowed.returncode == 0 else []


def test_a_disk_full_at_any_page_is_called_full(tmp_path: Path) -> None:
    start = _own_disk()
    if not start:
        pytest.skip("no disk can be mounted here")
    place = tmp_path / "disk"
    place.mkdir()
    mount = f'mount -t tmpfs -o size={_DISK} tmpfs "$1" && exec "$2" -m tests.store.test_full_disk "$1"'
    done = subprocess.run(
        [*start, "sh", "-c", mount, "sh", str(place), sys.executable],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("full")


def _batches() -> list[list[Reading]]:
    articles = [
        Article(f"a{n:02}", f"{n}.txt", date(2024, 5, 2), f"{n} boats came to {n**9}. " * 150)
        for n in range(30)
    ]
    return [[Reading(a) for a in articles[at : at + _BATCH]] for at in range(0, len(articles), _BATCH)]


def _fill(path: Path) -> str:
    """Save until the disk is full; returns what was said, nothing where there was room."""
    try:
        with closing(open_store(path)) as store:
            for batch in _batches():
                store.save(batch)
    except NotebookError as error:
        return str(error)
    return ""


def _try_every_page(place: Path) -> None:
    path, ballast = place / "n.db", place / "ballast"
    for pages in range(_DISK // _PAGE):
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, _DISK - pages * _PAGE)
        said = _fill(path)
        if not said:
            break
        assert "the disk is full" in said, f"{pages} pages: {said}"
        ballast.unlink()
        with closing(open_store(path)) as store:
            assert store.count() % _BATCH == 0, pages
        assert not _fill(path), pages
        for file in place.glob("n.db*"):
            file.unlink()
    assert pages > 20
    print("full on every disk of fewer pages than", pages)


if __name__ == "__main__":
    _try_every_page(Path(sys.argv[1]))
