"""Stopping and killing `dateline add` at random moments: rerun to the end, its notebook is that of an undisturbed run.

Reports are short and invented; what is compared is everything that is read and shown, as of several days.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from dateline.notebook import check_notebook, open_notebook
from dateline.store import open_store

COMMAND = (sys.executable, "-m", "dateline")
_FIRST = date(2024, 3, 4)
_PLACES = (
    "Arlen",
    "Hallin",
    "Ombrey",
    "Sorn",
    "Hartvik",
    "Brannoc",
    "Tormela",
    "Kestrel",
    "Lidmar",
    "Vessen",
)
_THINGS = ("bridge", "ferry", "tram", "quarry", "harbour", "tunnel", "museum")
_RERUNS = 3
_GONE_AFTER = 120.0
"""Seconds that a process is given to end; a loaded machine takes its time to start one only to see it end."""
_FULL_DISK = """
mount -t tmpfs -o "size=$SIZE" tmpfs "$PLACE" || exit 77
"$@"; first=$?
mount -o remount,size=1g "$PLACE" || exit 77
"$@"; second=$?
cp "$PLACE"/*.db* "$OUT"/
echo "$first $second"
"""

Figure = tuple[str, float]


@dataclass(slots=True)
class Tally:
    """What came of the runs of one kind; `said` are the first things that went wrong."""

    runs: int = 0
    equal: int = 0
    sound: int = 0
    clean: int = 0
    orphans: int = 0
    said: list[str] = field(default_factory=list)

    def count(self, *, equal: bool, sound: bool, clean: bool, orphans: int = 0, said: str = "") -> None:
        """Count a run."""
        self.runs += 1
        self.equal += equal
        self.sound += sound
        self.clean += clean
        self.orphans += orphans
        if not (equal and sound and clean) or orphans:
            self.said.append(said.strip()[-300:])

    def figures(self, kind: str) -> Iterator[Figure]:
        """The figures, each a share of the runs but for the processes left behind."""
        runs = max(1, self.runs)
        yield f"{kind}: runs", self.runs
        yield f"{kind}: equal to an undisturbed run once rerun", self.equal / runs
        yield f"{kind}: nothing wrong with the file", self.sound / runs
        yield f"{kind}: no traceback, and the status that is promised", self.clean / runs
        yield f"{kind}: processes left behind", self.orphans


def main(
    kills: int = 200,
    articles: int = 500,
    *,
    workers: Sequence[int] = (1, 2),
    command: Sequence[str] = COMMAND,
    seed: int = 13,
) -> Iterator[Figure]:
    """The figures of `kills` kills and a tenth as many orders to stop and full disks, for each number of `workers`."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # started in the background by a shell, and what it starts would be deaf to Ctrl-C too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with TemporaryDirectory(prefix="dateline-crash-") as folder:
        bench = Bench(Path(folder), articles, command, random.Random(seed))
        for count in workers:
            told = f"{count} worker{'s' if count > 1 else ''}"
            seconds = bench.undisturbed(count)
            yield f"{told}: seconds undisturbed, {articles} articles", seconds
            yield from _told(bench.killed(kills, count, seconds), f"kill -9, {told}")
            for order in (signal.SIGINT, signal.SIGTERM):
                tally = bench.stopped(max(1, kills // 10), count, seconds, order)
                yield from _told(tally, f"{order.name}, {told}")
        if shutil.which("unshare"):
            yield from _told(bench.full_disk(max(1, kills // 20)), "full disk")


def _told(tally: Tally, kind: str) -> Iterator[Figure]:
    for said in tally.said[:5]:
        print(f"{kind}: {said}", file=sys.stderr)
    yield from tally.figures(kind)


class Bench:
    """A folder with reports, and what an undisturbed run makes of them."""

    def __init__(self, folder: Path, articles: int, command: Sequence[str], chance: random.Random) -> None:
        self._folder = folder
        self._command = command
        self._chance = chance
        self._number = 0
        self._news = folder / "news"
        write_reports(self._news, articles)
        self._wanted = ""

    def undisturbed(self, workers: int) -> float:
        """Seconds that a run takes that nobody disturbs; what it makes is what the others must make."""
        path = self._new()
        begun = time.monotonic()
        done = subprocess.run(self._add(path, workers), capture_output=True, check=False)
        seconds = time.monotonic() - begun
        if done.returncode:
            raise RuntimeError(f"an undisturbed run failed: {done.stderr.decode()}")
        made = content(path)
        if self._wanted and made != self._wanted:
            raise RuntimeError(f"{workers} workers make another notebook than one")
        self._wanted = made
        return seconds

    def killed(self, times: int, workers: int, seconds: float) -> Tally:
        """Runs that are killed at a random moment."""
        tally = Tally()
        for _ in range(times):
            path = self._new()
            process = self._start(path, workers)
            time.sleep(self._chance.uniform(0, seconds))
            children = descendants(process.pid)
            process.kill()
            process.communicate()
            left = wait_until_gone(children)
            self._finish(tally, path, workers, clean=True, orphans=len(left))
        return tally

    def stopped(self, times: int, workers: int, seconds: float, order: signal.Signals) -> Tally:
        """Runs that are told to stop at a random moment, with all that they started, as a terminal does."""
        tally = Tally()
        for _ in range(times):
            path = self._new()
            process = self._start(path, workers)
            while process.poll() is None and not hears_orders(process.pid):
                # before its first line Python alone is at work
                time.sleep(0.002)
            time.sleep(self._chance.uniform(0, seconds))
            children = descendants(process.pid)
            if process.poll() is None:
                os.killpg(process.pid, order)
            said = process.communicate()[1].decode()
            left = wait_until_gone(children)
            clean = process.returncode in (0, 128 + order) and "Traceback" not in said
            clean = clean and _is_filed(path)
            self._finish(tally, path, workers, clean=clean, orphans=len(left), said=said)
        return tally

    def full_disk(self, times: int) -> Tally:
        """Runs on disks of a random size, too small for the notebook; then there is room."""
        tally = Tally()
        whole = sum(p.stat().st_size for p in self._folder.glob("1.db*"))
        for _ in range(times):
            path = self._new()
            place = self._folder / f"disk{self._number}"
            place.mkdir()
            size = self._chance.randint(64 * 1024, max(128 * 1024, whole))
            environment = os.environ | {"PLACE": str(place), "OUT": str(self._folder), "SIZE": str(size)}
            script = ["unshare", "-rm", "sh", "-c", _FULL_DISK, "sh"]
            done = subprocess.run(
                [*script, *self._add(place / path.name, 1)], capture_output=True, env=environment, check=False
            )
            if done.returncode == 77:
                break
            said = done.stderr.decode()
            statuses = done.stdout.decode().split()
            full = statuses[:1] == ["0"] or (statuses[:1] == ["2"] and "disk is full" in said)
            clean = full and statuses[1:] == ["0"] and "Traceback" not in said
            self._finish(tally, path, 1, clean=clean, said=said)
        return tally

    def _new(self) -> Path:
        self._number += 1
        return self._folder / f"{self._number}.db"

    def _add(self, path: Path, workers: int) -> list[str]:
        return [*self._command, "add", str(self._news), "--notebook", str(path), "--workers", str(workers)]

    def _start(self, path: Path, workers: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._add(path, workers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def _finish(
        self, tally: Tally, path: Path, workers: int, *, clean: bool, orphans: int = 0, said: str = ""
    ) -> None:
        """Rerun to the end, and compare."""
        for _ in range(_RERUNS):
            done = subprocess.run(self._add(path, workers), capture_output=True, check=False)
            said += done.stderr.decode()
            if done.returncode == 0:
                break
        wrong = check_notebook(path, views=False)
        said += "; ".join(f"{w.about}: {w.wrong}" for w in wrong)
        tally.count(
            equal=content(path) == self._wanted, sound=not wrong, clean=clean, orphans=orphans, said=said
        )
        if path.name != "1.db":
            for file in self._folder.glob(f"{path.name}*"):
                file.unlink()


def _is_filed(path: Path) -> bool:
    """True where no article that was saved is without a story; so is a notebook that is not there yet."""
    if not path.exists():
        return True
    with closing(open_store(path)) as store:
        return store.unfiled_since() is None


def write_reports(folder: Path, count: int) -> None:
    """Short invented reports of some seventy stories, one file each, eight a day."""
    folder.mkdir()
    for n in range(count):
        place, thing = _PLACES[n % 10], _THINGS[n // 10 % 7]
        day = _FIRST + timedelta(days=n // 8)
        (folder / f"{n:05}.txt").write_text(
            f"date {day} The {thing} of {place} and its keepers\n\n"
            f"The {thing} of {place} was closed on {day:%A} after inspectors found {n % 7 + 2} cracks in it. "
            f"It will be opened again next week, {place} mayor Ada Holt said. “We have waited {n % 9 + 2} days for this,” she said. "
            f"Engineers from {_PLACES[(n + 3) % 10]} are expected to come on {day + timedelta(days=2):%A}.\n",
            encoding="utf-8",
        )


def content(path: Path) -> str:
    """A digest of all that a notebook's reports say and all that it shows, as of its last day and two before."""
    digest = hashlib.sha256()
    with open_notebook(path, must_exist=True) as notebook:
        first, last = notebook.first_day(), notebook.last_day()
        days = [] if first is None or last is None else [last, first, first + (last - first) / 2]
        for day in days:
            stories = [(story.summary, story.view()) for story in notebook.stories(day)]
            digest.update(msgspec.json.encode(stories))
        for story in notebook.stories():
            for filed in story.articles():
                vectors = filed.reading.vectors
                digest.update(b"" if vectors is None else vectors.tobytes())
                digest.update(msgspec.json.encode(replace(filed.reading, vectors=None)))
    return digest.hexdigest()


# ---------------------------------------------------------------------------------------------- processes (Linux)


def descendants(pid: int) -> set[int]:
    """The processes that `pid` started, and those that they did; none where this system does not tell."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return set()
    found = set(map(int, children))
    return found.union(*(descendants(child) for child in found))


def hears_orders(pid: int) -> bool:
    """True from the moment a process has said what it does when it is told to end: its first lines have run."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    caught = next((int(line[7:], 16) for line in status.splitlines() if line.startswith("SigCgt:")), 0)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


def wait_until_gone(pids: set[int], seconds: float = _GONE_AFTER) -> set[int]:
    """Those of `pids` that are still there after that time."""
    until = time.monotonic() + seconds
    while (left := {p for p in pids if _is_alive(p)}) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def _is_alive(pid: int) -> bool:
    """False for a process that ended, and for one that ended and waits to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
