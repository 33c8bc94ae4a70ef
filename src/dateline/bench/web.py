"""How long the web page takes: a notebook of many stories, served on loopback, and asked for every kind of page."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from urllib.request import urlopen

from dateline.notebook import open_notebook
from dateline.reader import Reader
from dateline.records import Reading
from dateline.sources import make_article
from dateline.store import Placed, open_store

NOTEBOOK, LARGE_NOTEBOOK = (7, 420), (500, 10_000)
"""Stories and articles: a desk's weeks of a few affairs, and a year of news."""
_TAKEN = 500
"""How many articles are read at the most; a large notebook holds each of them in several stories."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A kind of page: how long its server took for a request, in milliseconds, how much of that the processor worked on it at the mean
    (None where the system does not tell), and its largest answer, in kB."""

    page: str
    median: float
    slowest: float
    processor: float | None
    largest: float


@dataclass(frozen=True, slots=True)
class Server:
    """A `dateline serve` of its own process."""

    address: str
    pid: int

    def worked(self) -> float | None:
        """Milliseconds that the processor has worked for it; None where there is no /proc."""
        try:
            told = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        except OSError:
            return None
        # the name of the command, in brackets, may hold anything
        user, system = told.rpartition(")")[2].split()[11:13]
        return 1000 * (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def read_some(path: Path, reader: Reader, most: int = _TAKEN) -> list[Reading]:
    """Readings of `most` articles spread evenly over a file of JSON lines, in order of date."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 20_000)]
    step = max(len(rows) // most, 1)
    return [
        reader.read(make_article(r["id"], date.fromisoformat(r["date"][:10]), r["text"], title=r["title"]))
        for r in rows[::step][:most]
    ]


def build(path: Path, readings: Sequence[Reading], stories: int, articles: int, seed: int = 7) -> None:
    """A notebook of so many articles in so many stories, each a run of articles that follow one another in time."""
    chance = random.Random(seed)
    size = articles // stories
    store = open_store(path)
    for number in range(stories):
        first = chance.randrange(max(len(readings) - size, 1))
        copied = [
            replace(
                r,
                article=replace(r.article, id=f"{number:04x}{i:08x}", source=f"{number}/{r.article.source}"),
            )
            for i, r in enumerate(readings[first : first + size])
        ]
        store.save(copied)
        with store.transaction():
            for r in copied:
                store.file(r.article.published, [Placed(r.article.id, f"s{number:010x}")])
            store.note_filing()
    store.close()


@contextmanager
def served(path: str | Path) -> Iterator[Server]:
    """A server of the notebook at `path`, or at an address of PostgreSQL. Raises RuntimeError where it does not start."""
    words = [sys.executable, "-m", "dateline", "serve", "--notebook", str(path), "--port", "0"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"http://\S+", line):
                yield Server(found.group().rstrip("/"), process.pid)
                break
        else:
            raise RuntimeError("the server did not start")
    finally:
        process.terminate()
        process.wait()


def measure(
    server: Server, stories: int, days: tuple[date, date], rounds: int = 60, seed: int = 11
) -> list[Timing]:
    """Ask for each kind of page `rounds` times, one after another: of the last day, and of random stories."""
    chance = random.Random(seed)
    ids = [f"s{chance.randrange(stories):010x}" for _ in range(rounds)]
    articles = [f"{chance.randrange(stories):04x}{chance.randrange(5):08x}" for _ in range(rounds)]
    months = [
        f"{d.year}-{d.month:02}"
        for d in (days[0] + timedelta(days=chance.randrange((days[1] - days[0]).days)) for _ in range(rounds))
    ]
    kinds = {
        "front page": [f"/?page={1 + i % 5}" for i in range(rounds)],
        "story": [f"/stories/{i}" for i in ids],
        "story, zoomed": [f"/stories/{i}?from=2013-01-01&to=2014-01-01" for i in ids],
        "article": [f"/articles/{i}?at=0-50" for i in articles],
        "source pane": [f"/articles/{i}?at=0-50&pane=true" for i in articles],
        "ledger": [f"/expectations?page={1 + i}" for i in range(rounds)],
        "ledger, filtered": [
            f"/expectations?status=overdue&sort=voiced&who=obama&page={1 + i % 3}" for i in range(rounds)
        ],
        "calendar": [f"/calendar?month={m}" for m in months],
        "statements": [f"/statements?page={1 + i}" for i in range(rounds)],
        "statements of a story": [f"/statements?story={i}" for i in ids],
        "disagreements": [f"/disagreements?page={1 + i % 5}" for i in range(rounds)],
        "search": [
            f"/search?q={w}" for w in ("senate", "budget", "iran", "tax", "court", "snowden") * (rounds // 6)
        ],
        "api: a story's timeline": [f"/api/timeline?story={i}" for i in ids],
    }
    return [_timed(server, kind, paths) for kind, paths in kinds.items()]


def _timed(server: Server, kind: str, paths: Sequence[str]) -> Timing:
    took, sizes = [], []
    before = server.worked()
    for path in paths:
        began = time.perf_counter()
        with urlopen(server.address + path) as answer:
            sizes.append(len(answer.read()))
        took.append(1000 * (time.perf_counter() - began))
    after = server.worked()
    processor = (after - before) / len(paths) if before is not None and after is not None else None
    return Timing(kind, statistics.median(took), max(took), processor, max(sizes) / 1000)


def throughput(server: Server, stories: int, clients: int = 8, seconds: float = 5) -> float:
    """Story pages a second with so many readers at once."""
    chance = random.Random(3)
    ids = [f"s{chance.randrange(stories):010x}" for _ in range(2000)]
    until = time.perf_counter() + seconds

    def ask(share: Sequence[str]) -> int:
        done = 0
        for key in share:
            if time.perf_counter() > until:
                break
            with urlopen(f"{server.address}/stories/{key}") as answer:
                answer.read()
            done += 1
        return done

    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(ask, [ids[i::clients] for i in range(clients)])) / seconds


def main(data: Path, size: tuple[int, int] = NOTEBOOK) -> Iterator[tuple[str, float]]:
    """The figures of the page, with what they stand for, on a notebook of so many stories and articles.

    Raises FileNotFoundError where `data` lacks the corpus.
    """
    stories, articles = size
    readings = read_some(data / "news/allsides_2012_2016.jsonl.gz", Reader(), min(articles, _TAKEN))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.db"
        build(path, readings, stories, articles)
        began = time.perf_counter()
        with open_notebook(path) as book:
            book.refresh_views()
            first, last = book.first_day(), book.last_day()
        yield f"seconds to work out {stories} stories", time.perf_counter() - began
        assert first is not None
        assert last is not None
        with served(path) as server:
            for timing in measure(server, stories, (first, last)):
                yield f"{timing.page}: median ms", timing.median
                yield f"{timing.page}: slowest ms", timing.slowest
                if timing.processor is not None:
                    yield f"{timing.page}: processor ms", timing.processor
                yield f"{timing.page}: largest kB", timing.largest
            yield "story pages a second, 8 readers at once", throughput(server, stories)
