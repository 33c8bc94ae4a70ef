"""Stories: B-cubed on labelled sets, copies against exact comparison, and the cost of filing as history grows.

Every function takes plain arguments and returns plain values. One setting, the shipped one, serves all sets.
"""

from __future__ import annotations

import gzip
import json
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from dateline.keeper.copies import Copies, overlap
from dateline.keeper.reports import Report
from dateline.keeper.shingles import Hashes
from dateline.keeper.stories import SETTING, Setting, Shelf
from dateline.records import Article, Reading

UNDATED = date(2010, 1, 1)
"""The day that articles without a date are given, so that they can be filed at all."""

TARGETS = {"groundnews": 0.95, "newscluster": 0.96, "basil": 0.96, "allsides": 0.80}
"""B-cubed F1 to reach, with one setting for all sets."""

Read = Callable[[Sequence[Article]], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with the story it belongs to; None where nobody said."""

    article: Article
    label: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """B-cubed precision, recall and F1 (Bagga & Baldwin 1998) over the labelled articles, and how many there were."""

    precision: float
    recall: float
    articles: int
    stories: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def load(path: Path) -> list[Labelled]:
    """The articles of a set (gzipped JSON lines with id, date, title, text, label), in order of date."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            day = date.fromisoformat(row["date"][:10]) if row.get("date") else UNDATED
            article = Article(
                row["id"], f"{path.name}#{row['id']}", day, row["text"], row.get("title") or None, row.get("url"), row.get("source")
            )  # fmt: skip
            rows.append(Labelled(article, row.get("label")))
    return sorted(rows, key=lambda r: (r.article.published, r.article.id))


def b_cubed(labels: Sequence[str | None], homes: Sequence[str]) -> Figures:
    """The figures for stories `homes` against `labels`, one item an article; articles without a label are left out."""
    pairs = [(label, home) for label, home in zip(labels, homes, strict=True) if label is not None]
    both, gold, found = Counter(pairs), Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    count = len(pairs) or 1
    precision = sum(n * n / found[home] for (_, home), n in both.items()) / count
    recall = sum(n * n / gold[label] for (label, _), n in both.items()) / count
    return Figures(precision, recall, len(pairs), len(found))


def by_day(readings: Iterable[Reading]) -> Iterator[tuple[date, list[Reading]]]:
    """Readings in batches of a day; they must come in order of days."""
    for day, batch in groupby(readings, key=lambda r: r.article.published):
        yield day, list(batch)


def file(readings: Iterable[Reading], setting: Setting = SETTING) -> tuple[dict[str, str], set[str]]:
    """The story of each article at the end of the stream, and the articles that copy or revise another."""
    shelf = Shelf(setting)
    homes: dict[str, str] = {}
    repeats: set[str] = set()
    for day, batch in by_day(readings):
        result = shelf.place_day(day, batch)
        for placement in result.placements:
            homes[placement.article] = placement.story
            if placement.duplicate_of or placement.revision_of:
                repeats.add(placement.article)
        homes.update((move.article, move.story_to) for move in result.moves)
    return homes, repeats


def stories(path: Path, read: Read, setting: Setting = SETTING) -> tuple[Figures, Figures]:
    """B-cubed over the labelled articles of a set, and with one article per group of copies.

    `read` gives the reading of each article, in their order: the reader's, for what a user's notebook files them by.
    """
    rows = load(path)
    homes, repeats = file(read([r.article for r in rows]), setting)
    single = [r for r in rows if r.article.id not in repeats]
    return (
        b_cubed([r.label for r in rows], [homes[r.article.id] for r in rows]),
        b_cubed([r.label for r in single], [homes[r.article.id] for r in single]),
    )


# ------------------------------------------------------------------------------------------------- copies


@dataclass(frozen=True, slots=True)
class CopyFigures:
    """Copies found against exact comparison of all pairs: an article is a copy where an earlier one of the last days
    has Jaccard similarity of at least .5, whatever their titles say."""

    gold: int
    found: int
    recall: float
    precision: float
    articles_per_second: float


def copies(path: Path) -> CopyFigures:
    """Recall and precision of the copies (and revisions) found in a set, and the speed on one core, shingling included."""
    readings = [Reading(r.article) for r in load(path)]
    finder = Copies()
    linked: dict[str, str] = {}
    kept: list[tuple[str, date, Hashes]] = []
    gold: set[str] = set()
    exact: dict[str, set[str]] = {}
    seconds = 0.0
    for day, batch in by_day(readings):
        started = time.process_time()
        found = finder.place_day(day, [Report.of(r) for r in batch])
        seconds += time.process_time() - started
        for name, link in found.links.items():
            linked[name] = link.duplicate_of or link.revision_of or ""
        for reading in sorted(batch, key=lambda r: found.order[r.article.id]):
            name = reading.article.id
            hashes = found.bodies[name].hashes
            for other, then, other_hashes in kept:
                if (day - then).days <= 14:
                    jaccard, contained = overlap(other_hashes, hashes)
                    if jaccard >= 0.5:
                        gold.add(name)
                    if jaccard >= 0.5 or contained >= 0.8:
                        exact.setdefault(name, set()).add(other)
            kept.append((name, day, hashes))
    return CopyFigures(
        gold=len(gold),
        found=len(linked),
        recall=len(gold & linked.keys()) / max(1, len(gold)),
        precision=sum(old in exact.get(new, ()) for new, old in linked.items()) / max(1, len(linked)),
        articles_per_second=len(readings) / seconds,
    )


# ------------------------------------------------------------------------------------- the cost of history


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of filing after `history` articles, over the days that follow."""

    history: int
    milliseconds_per_article: float
    stories_held: int
    state_megabytes: float


def stretch(
    corpora: Sequence[Path], days: int, per_day: int, seed: int = 7
) -> Iterator[tuple[date, list[Reading]]]:
    """An endless corpus from a small one: `per_day` articles a day for `days` days.

    Articles are drawn at random; each third sentence is swapped for one of another article, capitalised words are
    given a suffix that changes with the month, so that new names keep coming and old stories do not come back for ever.
    """
    dice = random.Random(seed)
    texts: list[tuple[str | None, list[str]]] = []
    for path in corpora:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                pieces = row["text"][:4000].replace("\n", " ").split(". ")
                texts.append((row.get("title"), pieces[:20]))
    for number in range(days):
        day = date(1990, 1, 1) + timedelta(days=number)
        era = "abcdefghijklmnopqrstuvwxyz"[number // 30 % 26] + "aeiou"[number // 780 % 5]
        batch = []
        for i in range(per_day):
            title, own = dice.choice(texts)
            other = dice.choice(texts)[1]
            mixed = [dice.choice(other) if k % 3 == 2 else piece for k, piece in enumerate(own)]
            body = " ".join(
                w + era if w[:1].isupper() and w.isalpha() else w for w in ". ".join(mixed).split(" ")
            )
            batch.append(Reading(Article(f"{number}-{i}", f"{number}-{i}", day, body, title=title)))
        yield day, batch


def costs(corpora: Sequence[Path], sizes: Sequence[int], per_day: int = 500, over: int = 4) -> Iterator[Cost]:
    """The cost of filing at each history size (articles), averaged over the `over` days before it is reached; ascending."""
    shelf = Shelf()
    wanted = sorted(sizes)
    last = (wanted[-1] + per_day - 1) // per_day
    recent: list[float] = []
    for number, (day, batch) in enumerate(stretch(corpora, last, per_day), start=1):
        started = time.process_time()
        shelf.place_day(day, batch)
        recent = [*recent, time.process_time() - started][-over:]
        if wanted and number * per_day >= wanted[0]:
            wanted.pop(0)
            yield Cost(
                number * per_day,
                1000 * sum(recent) / len(recent) / per_day,
                len(shelf),
                len(zlib.compress(shelf.dump(), 1)) / 1e6,
            )


def plot(rows: Sequence[Cost], path: Path) -> None:
    """Draw cost against history as a PNG. Needs matplotlib."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3.5), layout="constrained")
    axes = figure.add_subplot()
    axes.semilogx([r.history for r in rows], [r.milliseconds_per_article for r in rows], "o-")
    axes.set_xlabel("articles filed before")
    axes.set_ylabel("milliseconds per article")
    axes.set_ylim(0, 1.25 * max(r.milliseconds_per_article for r in rows))
    figure.savefig(path, dpi=120, metadata={"Software": ""})
