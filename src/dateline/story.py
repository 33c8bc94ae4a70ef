"""A story as of a day, and the views built from its articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from dateline.errors import UnknownStory
from dateline.lazy_modules import LazyModule
from dateline.records import (
    ArticleSummary,
    Briefing,
    Disagreement,
    Entity,
    Fault,
    LedgerEntry,
    StoryArticle,
    StoryOutline,
    StoryStatement,
    StorySummary,
    StoryView,
    TimelineEntry,
)

if TYPE_CHECKING:
    from dateline.keeper import briefing, disagreements, entities, ledger
else:
    # to list a story is to ask none of these
    briefing = LazyModule("dateline.keeper.briefing")
    disagreements = LazyModule("dateline.keeper.disagreements")
    entities = LazyModule("dateline.keeper.entities")
    ledger = LazyModule("dateline.keeper.ledger")


class StorySource(Protocol):
    """Where a story's articles and views come from: a notebook."""

    def view_of(self, story: str, as_of: date | None = None) -> StoryView:
        """All that is shown of a story. Raises UnknownStory where it has no articles then."""
        ...

    def filed(self, story: str, as_of: date | None = None) -> list[StoryArticle]:
        """A story's articles in order, with all that was read in them."""
        ...

    def article_summaries(self, ids: Iterable[str]) -> dict[str, ArticleSummary]:
        """What articles are known by, by id."""
        ...

    def timeline_of(
        self, story: str, as_of: date | None = None, *, days: int | None = None, sentences: int | None = None
    ) -> list[TimelineEntry]:
        """A story's timeline of a given length."""
        ...


class Story:
    """A storyline as of a day: its summary, and the views built from its articles when they are asked for.

    `outline` is what lists show of it, None where it is not worked out.
    """

    def __init__(
        self, notebook: StorySource, summary: StorySummary, day: date, outline: StoryOutline | None = None
    ) -> None:
        self._notebook = notebook
        self._day = day
        self.summary = summary
        self.outline = outline

    @property
    def id(self) -> str:
        """The story's id, which stays as the story grows."""
        return self.summary.id

    @property
    def title(self) -> str:
        """The story's title."""
        return self.summary.title

    def __repr__(self) -> str:
        return f"<Story {self.id} {self.title!r}, {len(self.summary.members)} articles>"

    def _repr_html_(self) -> str:
        """The story's page, for a cell of a Jupyter notebook."""
        from dateline.views.exports import html

        return html.cell(self)

    def view(self, as_of: date | None = None) -> StoryView:
        """All that is shown of the story as of a day; what is asked for after the story's own day is as of that later day."""
        try:
            # the shelf may have moved articles since: what the story held that day counts
            view = self._notebook.view_of(self.id, min(as_of, self._day) if as_of else self._day)
        except UnknownStory:
            return StoryView(
                self.title, self.summary.keywords, (), (), (), (), ()
            )  # before its first article
        if as_of and as_of > self._day:
            view = replace(view, expectations=tuple(ledger.on_day(view.expectations, as_of)))
        return view

    def faults(self, as_of: date | None = None) -> list[Fault]:
        """What the story's views leave out, because dateline failed on it."""
        if self.outline is not None and (as_of is None or as_of >= self._day):
            return list(self.outline.faults)
        return list(self.view(as_of).faults)

    def articles(self, as_of: date | None = None) -> list[StoryArticle]:
        """The story's articles in order, with all that was read in them."""
        return self._notebook.filed(self.id, min(as_of, self._day) if as_of else self._day)

    def article_summaries(self) -> dict[str, ArticleSummary]:
        """What its articles are known by, by id, as `Notebook.article_summaries` has it."""
        return self._notebook.article_summaries(m.id for m in self.summary.members)

    def timeline(
        self, as_of: date | None = None, *, days: int | None = None, sentences: int | None = None
    ) -> list[TimelineEntry]:
        """The story's dated entries in order of time: at most so many `days`, and so many `sentences` a day.

        Without either it is as long as its days are borne out well beside the heaviest of them.
        """
        if days is None and sentences is None:
            return list(self.view(as_of).timeline)
        day = min(as_of, self._day) if as_of else self._day
        return self._notebook.timeline_of(self.id, day, days=days, sentences=sentences)

    def expectations(self, as_of: date | None = None, *, everything: bool = False) -> list[LedgerEntry]:
        """Who expects what by when, and its outcome; with `everything` also what scores too low to be shown."""
        return [e for e in self.view(as_of).expectations if everything or ledger.is_shown(e)]

    def statements(self, as_of: date | None = None, by: str | None = None) -> list[StoryStatement]:
        """Who said what, in order, or what `by` said; copies are left out."""
        return [
            s
            for s in self.view(as_of).statements
            if by is None or (s.speaker is not None and entities.same_name(s.speaker, by))
        ]

    def disagreements(self, as_of: date | None = None, *, everything: bool = False) -> list[Disagreement]:
        """Where the story's reports disagree; with `everything` also what scores too low to be shown."""
        return [d for d in self.view(as_of).disagreements if everything or disagreements.is_shown(d)]

    def briefing(self, since: date | None = None, as_of: date | None = None) -> Briefing:
        """What is known so far, on one page; new is what came in on `since` or later, on the day of its last report without it."""
        return briefing.make(
            self.summary,
            min(as_of or self._day, self._day),
            since or self.summary.last,
            self.timeline(as_of),
            self.expectations(as_of),
            self.disagreements(as_of),
        )

    def entities(self, as_of: date | None = None) -> list[Entity]:
        """The people, organisations and places of the story, the most named first."""
        return list(self.view(as_of).entities)
