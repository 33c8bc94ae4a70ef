"""What an export holds: the stories asked for, each with everything that the notebook says of it on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from dateline.records import (
    ArticleSummary,
    Briefing,
    Disagreement,
    Evidence,
    LedgerEntry,
    StoryArticle,
    StoryStatement,
    StorySummary,
    TimelineEntry,
)
from dateline.views.labels import report_label, web_address

MOST = 30
"""Slides of a published timeline, unless told: beyond so many readers leave, TimelineJS's makers say."""


class StoryLike(Protocol):
    """A story as the notebook gives it."""

    @property
    def summary(self) -> StorySummary:
        """Its title, days and members."""

    def articles(self, as_of: date | None = None) -> list[StoryArticle]:
        """Its articles in order."""

    def article_summaries(self) -> dict[str, ArticleSummary]:
        """What its articles are known by, by id."""

    def briefing(self, since: date | None = None, as_of: date | None = None) -> Briefing:
        """What is known so far, on one page."""

    def timeline(self, as_of: date | None = None) -> list[TimelineEntry]:
        """Its dated entries."""

    def expectations(self, as_of: date | None = None) -> list[LedgerEntry]:
        """Its ledger."""

    def statements(self, as_of: date | None = None) -> list[StoryStatement]:
        """Who said what."""

    def disagreements(self, as_of: date | None = None) -> list[Disagreement]:
        """Where its reports disagree."""


@dataclass(frozen=True)
class StoryContents:
    """One story, ready to be written: its summary and the rows of its views, each built when first asked for."""

    story: StoryLike

    @property
    def summary(self) -> StorySummary:
        """Its title, days and members."""
        return self.story.summary

    @cached_property
    def articles(self) -> tuple[StoryArticle, ...]:
        """Its articles in order."""
        return tuple(self.story.articles())

    @cached_property
    def article_summaries(self) -> dict[str, ArticleSummary]:
        """What its articles are known by, by id."""
        return self.story.article_summaries()

    @cached_property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """Its timeline."""
        return tuple(self.story.timeline())

    @cached_property
    def expectations(self) -> tuple[LedgerEntry, ...]:
        """Its ledger."""
        return tuple(self.story.expectations())

    @property
    def by_due(self) -> list[LedgerEntry]:
        """Its ledger by the last due day, what has no day at the end."""
        return sorted(
            self.expectations,
            key=lambda x: (x.due is None, (x.due.end, x.due.start) if x.due else (), x.id),
        )

    @cached_property
    def statements(self) -> tuple[StoryStatement, ...]:
        """Who said what."""
        return tuple(self.story.statements())

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where its reports disagree."""
        return tuple(self.story.disagreements())

    @cached_property
    def _filed(self) -> dict[str, StoryArticle]:
        return {filed.article.id: filed for filed in self.articles}

    def sentence(self, evidence: Evidence) -> int | None:
        """Index of the sentence of its article in which `evidence` begins, or None."""
        filed = self._filed.get(evidence.article)
        return filed.reading.sentence_at(evidence.span.start) if filed else None

    def cited_sentences(self) -> dict[str, set[int]]:
        """The sentences that its lines rest on: their indexes by article."""
        passages = [e for entry in self.entries for e in entry.sources]
        for x in self.expectations:
            passages += [s.evidence for s in x.sources] + ([x.outcome.evidence] if x.outcome.evidence else [])
        passages += [v.evidence for d in self.disagreements for v in d.values]
        passages += [s.evidence for s in self.statements]
        cited: dict[str, set[int]] = {}
        for e in passages:
            sentence = self.sentence(e)
            if sentence is not None:
                cited.setdefault(e.article, set()).add(sentence)
        return cited

    def label(self, evidence: Evidence) -> str:
        """The report that a passage stands in, as people name it: "Meridian, 5 March 2024"."""
        return report_label(self.article_summary(evidence))

    def article_summary(self, evidence: Evidence) -> ArticleSummary:
        """What the report is known by that a passage stands in."""
        unknown = ArticleSummary(evidence.article, evidence.source, evidence.published)
        return self.article_summaries.get(evidence.article, unknown)

    def url(self, article: str) -> str | None:
        """The web address of an article (by id) that is safe to follow, where it has one."""
        known = self.article_summaries.get(article)
        return web_address(known.url) if known else None


@dataclass(frozen=True, slots=True)
class Contents:
    """What an export holds: stories, the latest first, built one at a time as they are asked for.

    `as_of` is the day whose close the export shows, None in an empty notebook. `most` is how many slides or entries a timeline to
    publish has, `full_texts` whether reports stand in it whole, `page` the address at which `dateline serve` shows the notebook, if any.
    """

    sources: tuple[StoryLike, ...]
    as_of: date | None
    most: int = MOST
    full_texts: bool = False
    page: str | None = None

    def stories(self) -> Iterator[StoryContents]:
        """Each story with its rows."""
        return map(StoryContents, self.sources)


def entry_id(entry: TimelineEntry) -> str:
    """A stable id of 12 hexadecimal digits for a timeline entry."""
    first = entry.sources[0] if entry.sources else None
    return _digest(entry.story, entry.interval.start, entry.interval.end, entry.text, first and first.article)


def disagreement_id(disagreement: Disagreement) -> str:
    """A stable id of 12 hexadecimal digits for a disagreement: it holds while its values do."""
    values = [(v.evidence.article, v.evidence.span.start, v.value) for v in disagreement.values]
    return _digest(disagreement.story, disagreement.about, disagreement.day, *values)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]
