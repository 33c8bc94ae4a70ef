"""The reader against stories that were labelled sentence by sentence: what is expected, by whom, for when; and furniture.

The folder holds `stories/tNN/tNN-aK.txt` (dated text), `stories/tNN/story.json` and `labels/tNN.json`, whose rows name verbatim
sentences. Only the validation stories are scored: t10, t20, … and t60 to t68, which no training has seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dateline.bench.expectations import same_name
from dateline.reader import Reader, segmentation
from dateline.records import Article, Expectation, Span

VALIDATION = tuple(f"t{n:02}" for n in (*range(10, 60, 10), *range(60, 69)))
TARGETS = {"validation: expectation trigger F1": 75.0, "validation: furniture F1": 85.0}
_HEADER = re.compile(r"^\s*date (\d{4}-\d{2}-\d{2})\s")


@dataclass(slots=True)
class Counts:
    """How many were right, how many were told, how many there are."""

    right: int = 0
    told: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, self.told + self.gold)


@dataclass(slots=True)
class _Tally:
    triggers: Counts = field(default_factory=Counts)
    furniture: Counts = field(default_factory=Counts)
    due: Counts = field(default_factory=Counts)
    holder: Counts = field(default_factory=Counts)


def measure(folder: Path, reader: Reader) -> dict[str, float]:
    """The figures on the validation stories in `folder`, in percent.

    A trigger is right where the expectation's trigger is the labelled word; what is told in a neutral sentence, or in
    furniture, and is none of the labelled ones, counts for nothing. Days and holders are of those found.
    """
    tally = _Tally()
    for story in VALIDATION:
        rows = json.loads((folder / "labels" / f"{story}.json").read_text(encoding="utf-8"))
        for article in _articles(folder / "stories" / story):
            own = {
                kind: [r for r in rows[kind] if r["article"] == article.id]
                for kind in rows
                if kind != "facts"
            }
            _score(tally, article, own, reader)
    return {
        "validation: expectation trigger F1": tally.triggers.f1,
        "validation: due days exact, of those found": 100 * tally.due.right / max(1, tally.due.gold),
        "validation: holder, of those found": 100 * tally.holder.right / max(1, tally.holder.gold),
        "validation: furniture F1": tally.furniture.f1,
    }


def _articles(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        header = _HEADER.match(raw)
        assert header, path
        yield Article(path.stem, path.name, date.fromisoformat(header[1]), raw[header.end() :].strip())


def _score(tally: _Tally, article: Article, rows: dict[str, list[dict[str, Any]]], reader: Reader) -> None:
    reading = reader.read(article)
    wanted = {_trigger(article.text, row): row for row in rows["expectations"]}
    neutral = [_sentence(article.text, row) for row in rows["neutral"]]
    tally.triggers.gold += len(wanted)
    for found in reading.expectations:
        row = wanted.pop(found.trigger, None)
        if row is not None:
            tally.triggers.right += 1
            tally.triggers.told += 1
            _details(tally, found, row)
        elif not any(span.overlaps(found.trigger) for span in neutral):
            tally.triggers.told += 1
    _furniture(tally, article, [_passage(article.text, row["text"]) for row in rows["furniture"]], reader)


def _furniture(tally: _Tally, article: Article, furniture: list[Span], reader: Reader) -> None:
    """Sentence by sentence; a headline on top of the report is neither right nor wrong, other headings are furniture."""
    document = reader.document(article)
    headings = {s.span for n, s in enumerate(document.sentences) if document.is_headline(n)}
    kept = {s.span for s in document.sentences}
    for number, sentence in enumerate(segmentation.split(article.text)):
        span = sentence.span
        covered = sum(max(0, min(f.end, span.end) - max(f.start, span.start)) for f in furniture)
        wanted = 2 * covered > span.end - span.start
        if number == 0 and span in headings:
            continue
        told = span not in kept or span in headings
        tally.furniture.gold += wanted
        tally.furniture.told += told
        tally.furniture.right += wanted and told


def _details(tally: _Tally, found: Expectation, row: dict[str, Any]) -> None:
    days = (found.due.start.isoformat(), found.due.end.isoformat()) if found.due else (None, None)
    tally.due.gold += 1
    tally.due.right += days == (row["due_from"], row["due_to"])
    tally.holder.gold += 1
    tally.holder.right += same_name(found.holder, row["holder"])


def _passage(text: str, passage: str) -> Span:
    start = text.find(passage)
    return Span(start, start + len(passage))


def _sentence(text: str, row: dict[str, Any]) -> Span:
    return _passage(text, row["sentence"])


def _trigger(text: str, row: dict[str, Any]) -> Span:
    start = text.find(row["sentence"])
    found = re.search(rf"(?<!\w){re.escape(row['trigger'])}(?!\w)", row["sentence"])
    assert found, row
    return Span(start + found.start(), start + found.end())
