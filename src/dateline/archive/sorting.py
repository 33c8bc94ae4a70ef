"""Articles sorted by day on disk, since an archive may be far larger than memory, and tasks cut from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from dateline.records import Article

LARGEST_PART = 500
"""Articles in a part at most."""
SMALLEST_TASK = 250
"""Articles in a task at least, the last one's aside: handing out one alone costs a cluster more than ten times as much."""
_IN_MEMORY = 2000


@dataclass(frozen=True, slots=True)
class Part:
    """The articles of one day that are to be read into one file, by id."""

    day: date
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Parts that are read together."""

    parts: tuple[Part, ...]

    @property
    def articles(self) -> list[Article]:
        """Those of all parts."""
        return [article for part in self.parts for article in part.articles]


class Sorter:
    """Takes articles in any order, and gives them by day; those of a day lie in a file of its own in `folder` meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: defaultdict[date, list[bytes]] = defaultdict(list)
        self._count = 0
        # where each article begins, so that no day has to be held whole
        self._places: defaultdict[date, dict[str, int]] = defaultdict(dict)
        self._length: defaultdict[date, int] = defaultdict(int)

    def take(self, article: Article) -> bool:
        """Keep `article`, once; False where it was there already."""
        places = self._places[article.published]
        if article.id in places:
            return False
        line = msgspec.json.encode(article) + b"\n"
        places[article.id] = self._length[article.published]
        self._length[article.published] += len(line)
        self._waiting[article.published].append(line)
        self._count += 1
        if self._count >= _IN_MEMORY:
            self._write()
        return True

    def days(self) -> list[date]:
        """The days of which there are articles, in order."""
        return sorted(self._places)

    def holds(self, day: date, ids: Collection[str]) -> int:
        """How many of `ids` are among the articles of `day`."""
        return len(self._places[day].keys() & set(ids))

    def tasks(
        self, done: Mapping[date, Collection[str]], largest: int = LARGEST_PART, smallest: int = SMALLEST_TASK
    ) -> Iterator[Task]:
        """What is left to read beside the ids `done`, by day and id; `largest` part, `smallest` task in articles."""
        self._write()
        waiting: list[Part] = []
        for day in self.days():
            for part in self._parts(day, done.get(day, ()), largest):
                waiting.append(part)
                if sum(len(p.articles) for p in waiting) >= smallest:
                    yield Task(tuple(waiting))
                    waiting = []
        if waiting:
            yield Task(tuple(waiting))

    def _parts(self, day: date, done: Collection[str], largest: int) -> Iterator[Part]:
        places = self._places[day]
        ids = sorted(places.keys() - set(done))
        if not ids:
            return
        with self._file(day).open("rb") as file:
            for first in range(0, len(ids), largest):
                articles = []
                for name in ids[first : first + largest]:
                    file.seek(places[name])
                    articles.append(msgspec.json.decode(file.readline(), type=Article))
                yield Part(day, tuple(articles))

    def _file(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}.jsonl"

    def _write(self) -> None:
        for day, lines in self._waiting.items():
            with self._file(day).open("ab") as file:
                file.writelines(lines)
        self._waiting.clear()
        self._count = 0
