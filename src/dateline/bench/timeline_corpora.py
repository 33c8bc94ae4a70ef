"""Timeline17 and Entities: news topics with the timelines that editors made of them, and the articles behind; read once and kept.

The articles come tokenised, a sentence a line; `running_text` undoes that, so that they are read as any other report.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from dateline.records import Article, Reading

CORPORA = ("t17", "entities")
MOST_LINES = 60
"""Lines of an article that are read: live blogs run to 2,000, nine articles in ten have fewer."""
_SLACK = {"t17": timedelta(0), "entities": timedelta(days=7)}
"""How far outside the reference's days an article may be published (as in news-tls)."""
_ESCAPES = {
    "``": "“",
    "''": "”",
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "\\/": "/",
    "\\*": "*",
}
_ESCAPED = re.compile("|".join(re.escape(mark) for mark in _ESCAPES))
_TIGHT = (
    (re.compile(r" (?=(?:n['’]t|['’](?:s|m|d|re|ve|ll))\b)", re.IGNORECASE), ""),
    (re.compile(r" (?=[,;:.!?%)\]”](?:\s|[,;:.!?)”]|$))"), ""),
    (re.compile(r"(?<=[(\[“$£€#]) "), ""),
)
_STRAIGHT = re.compile('"')
_HYPHEN = re.compile(r"(?<=[^\W_]) - (?=[^\W_])")
_AFTER_DASH = re.compile(
    r"(?:who|which|that|and|but|or|a|an|the|in|on|at|by|for|from|with|as|it|he|she|they|is|was|were|are|has|had|have|not|to|of|his|her|their|its|this|these|there|what|when|where|even|including|although|though|while|if|so)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A timeline that editors made: the sentences of each day, and the words that name its topic."""

    corpus: str
    topic: str
    name: str
    keywords: tuple[str, ...]
    days: dict[date, tuple[str, ...]]

    @property
    def first(self) -> date:
        """The first day on which an article of the task may be published."""
        return min(self.days) - _SLACK[self.corpus]

    @property
    def last(self) -> date:
        """The last such day."""
        return max(self.days) + _SLACK[self.corpus]

    @property
    def sentences(self) -> int:
        """How many sentences a system may give a day: the reference's average, rounded."""
        return max(1, round(sum(map(len, self.days.values())) / len(self.days)))


def running_text(line: str) -> str:
    """A tokenised sentence as it is written in print."""
    text = _ESCAPED.sub(lambda found: _ESCAPES[found.group()], line)
    text = _HYPHEN.sub(
        lambda found: found.group() if _AFTER_DASH.match(text, found.end()) else "-",
        text,
    )
    if text.count('"') % 2 == 0:
        marks = cycle("“”")
        text = _STRAIGHT.sub(lambda _: next(marks), text)
    for pattern, instead in _TIGHT:
        text = pattern.sub(instead, text)
    return " ".join(text.split())


def references(data: Path, corpus: str) -> list[Reference]:
    """The corpus's timelines whose articles are at hand, in the order of the file."""
    found = []
    for line in (data / "tls" / f"{corpus}.timelines.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["articles"]:
            days = {date.fromisoformat(e["date"]): tuple(e["sentences"]) for e in row["entries"]}
            found.append(Reference(corpus, row["topic"], row["timeline"], tuple(row["keywords"]), days))
    return found


def articles(data: Path, corpus: str) -> dict[str, list[Article]]:
    """By topic, the articles published within the days of any of its references, the first `MOST_LINES` lines of each.

    They come in an order that is the same for everybody and has nothing to do with their days, so that the first so many of
    them are a fair sample.
    """
    spans: defaultdict[str, list[Reference]] = defaultdict(list)
    for reference in references(data, corpus):
        spans[reference.topic].append(reference)
    found: defaultdict[str, list[Article]] = defaultdict(list)
    with gzip.open(data / "tls" / f"{corpus}.articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            published = date.fromisoformat(row["published"][:10])
            if any(r.first <= published <= r.last for r in spans[row["topic"]]):
                found[row["topic"]].append(_article(row, published))
    return {topic: sorted(some, key=lambda a: _digest(a.source)) for topic, some in found.items()}


def _article(row: dict[str, str], published: date) -> Article:
    lines = [running_text(line) for line in row["text"].splitlines()[:MOST_LINES]]
    return Article(
        id=row["id"],
        source=row["id"],
        published=published,
        text="\n".join(lines),
        publisher=row.get("publisher"),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class KeptReadings:
    """Readings in a folder, one file each, under a digest of the article and `version` (what read it)."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, article: Article) -> Path:
        """Where the article's reading is kept."""
        key = _digest("\0".join((self._version, article.id, str(article.published), article.text)))
        return self._folder / f"{key[:32]}.pickle"

    def get(self, article: Article) -> Reading | None:
        """The reading of an article, or None where it was not read yet."""
        path = self.path(article)
        if not path.exists():
            return None
        # files that this class wrote into a folder of the caller's
        found = pickle.loads(path.read_bytes())
        assert isinstance(found, Reading)
        return found

    def read(self, some: Iterable[Article], read: Callable[[Article], Reading]) -> Iterator[Reading]:
        """The readings of `some` articles, from the folder, or read now and kept."""
        for article in some:
            reading = self.get(article)
            if reading is None:
                reading = read(article)
                path = self.path(article)
                waiting = path.with_suffix(".part")
                waiting.write_bytes(pickle.dumps(reading, protocol=5))
                waiting.rename(path)
            yield reading
