"""Timelines against those that editors made (Timeline17, Entities): which days, and in which words; from article texts alone."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.bench.stories import Read, file
from dateline.bench.timeline_corpora import CORPORA, Reference, articles, references
from dateline.bench.timeline_score import Scores, average, score
from dateline.keeper import affairs, timeline
from dateline.keeper.topic import is_about, opens_with
from dateline.records import Reading, StoryArticle, TimelineEntry

TARGETS = {
    "t17: AR1": 0.150, "t17: AR2": 0.050, "t17: Date-F1": 0.62,
    "entities: AR1": 0.090, "entities: AR2": 0.028, "entities: Date-F1": 0.32,
}  # fmt: skip
_SHARE, _PURITY = 0.8, 0.9
"""The share of a topic's reports that its largest affair is to hold, and how much of that affair is to be of the topic."""
LENGTHS = ("reference", "automatic", "about")
_LABELS = {"automatic": "automatic length", "about": "--about the keywords, all topics in one notebook"}


@dataclass(frozen=True, slots=True)
class Task:
    """A reference timeline, and the readings of its topic's articles within its days."""

    reference: Reference
    filed: list[StoryArticle]


def tasks(
    data: Path,
    corpus: str,
    read: Read,
    most: int | None = None,
) -> Iterator[Task]:
    """The tasks of a corpus; with `most` from a sample of so many articles a topic."""
    everything = articles(data, corpus)
    by_topic: defaultdict[str, list[Reference]] = defaultdict(list)
    for reference in references(data, corpus):
        by_topic[reference.topic].append(reference)
    for topic, wanted in by_topic.items():
        known = sorted(read(everything[topic][:most]), key=lambda r: (r.article.published, r.article.id))
        for reference in wanted:
            inside = [r for r in known if reference.first <= r.article.published <= reference.last]
            yield Task(reference, [StoryArticle(r) for r in inside])


def of_days(entries: Sequence[TimelineEntry], first: date, last: date) -> dict[date, list[str]]:
    """The entries that stand on one day between `first` and `last`, as the scorer reads them."""
    found: defaultdict[date, list[str]] = defaultdict(list)
    for e in entries:
        if first <= e.interval.start == e.interval.end <= last:
            found[e.interval.start].append(e.text)
    return found


def made(task: Task, length: str, everything: Sequence[StoryArticle] = ()) -> dict[date, list[str]]:
    """dateline's timeline of a task: one story a topic, as long as the reference is or as it thinks fit; or (`about`) what is told
    about the topic's keywords in `everything`, the articles of all topics."""
    reference = task.reference
    filed, days, sentences = task.filed, None, None
    if length == "about":
        inside = (f for f in everything if reference.first <= f.article.published <= reference.last)
        filed = [f for f in inside if is_about(f.reading, reference.keywords)]
    if length != "automatic":
        days, sentences = len(reference.days), reference.sentences
    entries = timeline.build(
        reference.topic,
        filed,
        reference.last,
        days=days,
        sentences=sentences,
        about=reference.keywords if length == "about" else (),
        first=reference.first,
        last=reference.last,
    )
    return of_days(entries, reference.first, reference.last)


def scores(some: Sequence[Task], length: str) -> tuple[Scores, float]:
    """The average over tasks, and the seconds that a task took."""
    everything = list({f.article.id: f for task in some for f in task.filed}.values())
    begun = time.process_time()
    timelines = [made(task, length, everything) for task in some]
    taken = (time.process_time() - begun) / max(1, len(some))
    return average([score(t, task.reference.days) for t, task in zip(timelines, some, strict=True)]), taken


@dataclass(frozen=True, slots=True)
class Whole:
    """How much of a topic the affair holds that has most of it: the share of the reports that say at their head that they are about
    the topic, how much of the affair is of the topic, and in how many stories the topic lies."""

    topic: str
    share: float
    purity: float
    stories: int

    @property
    def reached(self) -> bool:
        """True where it is what was asked for."""
        return self.share >= _SHARE and self.purity >= _PURITY


def wholes(some: Sequence[Task]) -> list[Whole]:
    """Each topic's affair where the articles of all topics are filed in one notebook."""
    topics: defaultdict[str, set[str]] = defaultdict(set)
    central: defaultdict[str, set[str]] = defaultdict(set)
    readings: dict[str, Reading] = {}
    for task in some:
        for f in task.filed:
            readings[f.article.id] = f.reading
            topics[task.reference.topic].add(f.article.id)
            if opens_with(f.reading, task.reference.keywords):
                central[task.reference.topic].add(f.article.id)
    ordered = sorted(readings.values(), key=lambda r: (r.article.published, r.article.id))
    homes, repeats = file(ordered)
    members: defaultdict[str, set[str]] = defaultdict(set)
    held: defaultdict[str, list[StoryArticle]] = defaultdict(list)
    for reading in ordered:
        article = reading.article.id
        members[homes[article]].add(article)
        if article not in repeats:
            held[homes[article]].append(StoryArticle(reading))
    chapters = [
        affairs.Chapter(story, reports[0].article.published, len(reports), affairs.profile(reports))
        for story, reports in held.items()
    ]
    linked = [set().union(*(members[s] for s in stories)) for stories in affairs.link(chapters)]
    found = []
    for topic, about in central.items():
        best = max(linked, key=lambda reports: len(reports & about))
        own = topics[topic]
        lies = len({homes[article] for article in about})
        found.append(Whole(topic, len(best & about) / len(about), len(best & own) / len(best), lies))
    return found


def _of_wholes(some: Sequence[Task]) -> Iterator[tuple[str, float, float | None]]:
    found = wholes(some)
    yield "affairs: topics", len(found), None
    yield (
        "affairs: topics whose largest affair holds .8 of them, .9 pure",
        sum(w.reached for w in found),
        len(found),
    )
    for name in ("share", "purity", "stories"):
        yield f"affairs: {name}, mean", sum(getattr(w, name) for w in found) / max(1, len(found)), None


def measure(data: Path, read: Read, most: int | None = None) -> Iterator[tuple[str, float, float | None]]:
    """The figures of both corpora by name, each with what it is to reach (None where nothing was asked); with `most` from a sample of
    so many articles a topic."""
    everything: list[Task] = []
    for corpus in CORPORA:
        some = list(tasks(data, corpus, read, most))
        everything += some
        yield f"{corpus}: articles", float(len({f.article.id for t in some for f in t.filed})), None
        for length in LENGTHS:
            found, seconds = scores(some, length)
            label = corpus if length == "reference" else f"{corpus}, {_LABELS[length]}"
            rows = {"AR1": found.ar1.f1, "AR2": found.ar2.f1, "Date-F1": found.days.f1}
            for name, value in rows.items():
                yield f"{label}: {name}", value, TARGETS.get(f"{label}: {name}")
            yield f"{label}: seconds a task after reading", seconds, 1.0
    yield from _of_wholes(everything)
