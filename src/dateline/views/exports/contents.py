"""What an export holds: the stories asked for, each with everything that the notebook says of it on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dateline.records import (
    Disagreement,
    Evidence,
    Filed,
    LedgerEntry,
    StoryStatement,
    StorySummary,
    TimelineEntry,
)


class StoryLike(Protocol):
    """A story as the notebook gives it."""

    @property
    def summary(self) -> StorySummary:
        """Its title, days and members."""

    def articles(self, as_of: date | None = None) -> list[Filed]:
        """Its articles in order."""

    def timeline(self, as_of: date | None = None) -> list[TimelineEntry]:
        """Its dated entries."""

    def expectations(self, as_of: date | None = None) -> list[LedgerEntry]:
        """Its ledger."""

    def statements(self, as_of: date | None = None) -> list[StoryStatement]:
        """Who said what."""

    def disagreements(self, as_of: date | None = None) -> list[Disagreement]:
        """Where its reports disagree."""


@dataclass(frozen=True, slots=True)
class StoryContents:
    """One story, ready to be written: its summary and every row of its views."""

    summary: StorySummary
    articles: tuple[Filed, ...]
    entries: tuple[TimelineEntry, ...]
    expectations: tuple[LedgerEntry, ...]
    statements: tuple[StoryStatement, ...]
    disagreements: tuple[Disagreement, ...]

    def sentence(self, evidence: Evidence) -> int | None:
        """Index of the sentence of its article in which `evidence` begins, or None."""
        for filed in self.articles:
            if filed.article.id == evidence.article:
                return filed.reading.sentence_at(evidence.span.start)
        return None

    def url(self, article: str) -> str | None:
        """The web address of an article (by id), where it has one."""
        for filed in self.articles:
            if filed.article.id == article:
                return filed.article.url
        return None


@dataclass(frozen=True, slots=True)
class Contents:
    """What an export holds. `stories` are built one at a time as they are asked for, the latest story first.

    `as_of` is the day whose close the export shows, None in an empty notebook.
    """

    sources: tuple[StoryLike, ...]
    as_of: date | None

    def stories(self) -> Iterator[StoryContents]:
        """Each story with all its rows."""
        for story in self.sources:
            yield StoryContents(
                story.summary,
                tuple(story.articles()),
                tuple(story.timeline()),
                tuple(story.expectations()),
                tuple(story.statements()),
                tuple(story.disagreements()),
            )


def entry_id(entry: TimelineEntry) -> str:
    """A stable id of 12 hexadecimal digits for a timeline entry."""
    first = entry.sources[0] if entry.sources else None
    return _digest(entry.story, entry.interval.start, entry.interval.end, entry.text, first and first.article)


def disagreement_id(disagreement: Disagreement) -> str:
    """A stable id of 12 hexadecimal digits for a disagreement: it holds while its first value does."""
    first = disagreement.values[0] if disagreement.values else None
    place = (first.evidence.article, first.evidence.span.start, first.value) if first else ()
    return _digest(disagreement.story, disagreement.about, disagreement.day, *place)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]
