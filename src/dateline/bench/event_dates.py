"""On which days events happen: SemEval-2015's timelines, and the reference times of temporal dependency graphs."""

from __future__ import annotations

import calendar
import gzip
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.bench import cat
from dateline.records import Article, Event, Reading, Span

Read = Callable[[Article], Reading]
Days = tuple[date, date]

_TOLD = re.compile(r"(\d{4})-(\d\d|XX)-(\d\d|XX)")
_BRACKETS = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "``": '"',
    "''": '"',
}


# -------------------------------------------------------------------------------------------------------- TimeLine


@dataclass(frozen=True, slots=True)
class DatedMention:
    """A mention of an event in a gold timeline, and the days of its date."""

    article: str
    span: Span
    days: Days


def timelines(archive: Path) -> tuple[dict[str, Article], list[DatedMention]]:
    """The articles of SemEval-2015 Task 4 (Minard et al. 2015), trial set and first corpus, by number, and their dated mentions.

    A mention of several timelines is given once; mentions without a date are left out. A mention is the first in its sentence with
    its words, as in the task's scorer.
    """
    folders = ("/Corpus-trial-data_task4/", "/corpus_trackA_CAT/")
    read = {
        Path(d.article.id).name.split("_")[0].split("-")[0]: d
        for d in cat.documents(archive, lambda name: any(f in name for f in folders))
    }
    found: dict[tuple[str, Span], DatedMention] = {}
    for line in _timeline_lines(archive):
        _, _, rest = line.partition("\t")
        day, *mentions = rest.split("\t")
        days = _days(day)
        for mention in mentions if days is not None else ():
            number, sentence, words = mention.split("-", 2)
            span = _span(read[number], int(sentence), words) if number in read else None
            if span is not None and days is not None:
                found.setdefault((number, span), DatedMention(number, span, days))
    return {number: d.article for number, d in read.items()}, list(found.values())


def _timeline_lines(archive: Path) -> Iterator[str]:
    with tarfile.open(archive) as files:
        for member in sorted(files.getmembers(), key=lambda m: m.name):
            content = (
                files.extractfile(member) if re.search(r"/TimeLines_[^/]+/\w+\.txt$", member.name) else None
            )
            if content is not None:
                # the first line names the entity
                yield from content.read().decode("utf-8").splitlines()[1:]


def _days(value: str) -> Days | None:
    told = _TOLD.fullmatch(value.strip())
    if told is None:
        return None
    year = int(told[1])
    if told[2] == "XX":
        return date(year, 1, 1), date(year, 12, 31)
    month = int(told[2])
    if told[3] == "XX":
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, int(told[3])), date(year, month, int(told[3]))


def _span(document: cat.CatDocument, sentence: int, words: str) -> Span | None:
    tokens = [document.tokens[t] for t in document.sentences.get(sentence, ())]
    text = document.article.text
    for first in tokens:
        for last in tokens:
            if first.start <= last.start and re.sub(r"\s", "_", text[first.start : last.end]) == words:
                return Span(first.start, last.end)
    return None


def timeline_dates(read: Read, archive: Path) -> dict[str, float]:
    """In percent: dated mentions that the reader finds; those of them on which it tells days; and how many it tells exactly.

    The gold dates nearly all by the day of the report where the text tells none, the reader tells none there; "by the report's day"
    is what taking that day in its place gives.
    """
    articles, mentions = timelines(archive)
    readings = {number: read(articles[number]) for number in sorted({m.article for m in mentions})}
    found = told = right = filled = 0
    for mention in mentions:
        reading = readings[mention.article]
        near = [e.interval for e in reading.events if e.span.overlaps(mention.span)]
        days = [(i.start, i.end) for i in near if i is not None]
        found += bool(near)
        told += bool(days)
        right += mention.days in days
        filled += mention.days in (days or (near and [(reading.article.published,) * 2]))
    return {
        "dated mentions found": _percent(found, len(mentions)),
        "days told": _percent(told, found),
        "days exact, of those told": _percent(right, told),
        "days exact, else by the report's day": _percent(filled, found),
    }


# ------------------------------------------------------------------------------------- temporal dependency graphs


@dataclass(frozen=True, slots=True)
class ReferredDocument:
    """An article and the reference time of each event: its span, or None where that is the article's date."""

    article: Article
    events: tuple[tuple[Span, Span | None], ...]


def dependency_graphs(path: Path) -> Iterator[ReferredDocument]:
    """The articles of Yao et al. (2020); those whose first line is no date are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for chunk in re.split(r"(?m)^filename:", stream.read())[1:]:
            head, _, rest = chunk.partition("\n")
            lines, _, edges = rest.partition("EDGE_LIST\n")
            document = _referred(head.split('"')[1], lines.splitlines(), edges.splitlines())
            if document is not None:
                yield document


def _referred(name: str, lines: list[str], edges: list[str]) -> ReferredDocument | None:
    published = _wikinews_day(lines[0]) if lines else None
    if published is None:
        return None
    text, spans = "", {}
    for number, line in enumerate(lines):
        text += "\n" if text else ""
        for place, token in enumerate(line.split(" ")):
            word = _BRACKETS.get(token, token)
            text += " " if place else ""
            spans[number, place] = Span(len(text), len(text) + len(word))
            text += word

    def span(node: str) -> Span | None:
        number, first, last = (int(n) for n in node.split("_"))
        if (number, first) not in spans or (number, last) not in spans:
            return None
        return Span(spans[number, first].start, spans[number, last].end)

    rows = [edge.split("\t") for edge in edges if edge.count("\t") == 3]
    times = {child for child, kind, _, _ in rows if kind == "Timex"}
    events = []
    for child, kind, parent, _ in rows:
        here, there = (span(node) if "-1" not in node else None for node in (child, parent))
        if kind == "Event" and parent in times and here is not None:
            events.append((here, None if parent.startswith("0_") else there))
    return ReferredDocument(Article(name, name, published, text), tuple(events))


def _wikinews_day(line: str) -> date | None:
    told = re.search(r"([A-Z][a-z]+) (\d{1,2}) ?, (\d{4})", line)
    months = list(calendar.month_name)
    if told is None or told[1] not in months:
        return None
    return date(int(told[3]), months.index(told[1]), int(told[2]))


def reference_times(read: Read, documents: Iterable[ReferredDocument]) -> dict[str, float]:
    """In percent: events that the reader finds, and those of them dated by their reference time.

    An event is dated by a time of the text where its days are those of that time, or lie among them; by the article's date, or a time
    of that very day ("today", "now"), where it has no days, or that day. The last figure is what the article's date alone would get.
    """
    total = found = right = common = 0
    for document in documents:
        reading = read(document.article)
        for span, time in document.events:
            total += 1
            near = next((e for e in reading.events if e.span.overlaps(span)), None)
            if near is None:
                continue
            found += 1
            common += time is None
            right += _refers(near, time, reading)
    return {
        "events found": _percent(found, total),
        "reference time": _percent(right, found),
        "always the document date": _percent(common, found),
    }


def _refers(event: Event, time: Span | None, reading: Reading) -> bool:
    today = (reading.article.published, reading.article.published)
    when = (event.interval.start, event.interval.end) if event.interval is not None else today
    if time is None:
        return when == today
    for told in (t for t in reading.times if t.span.overlaps(time)):
        days = (told.interval.start, told.interval.end) if told.interval is not None else None
        if told.value == "PRESENT_REF":
            days = today
        if days is not None and days[0] <= when[0] and when[1] <= days[1]:
            return True
    return False


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0
