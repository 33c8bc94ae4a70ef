"""A story's view: everything that is shown of it, worked out once from its articles; and its outline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from dateline.language.days import moved
from dateline.lazy_modules import LazyModule
from dateline.records import (
    ExpectationOutline,
    Fault,
    LedgerEntry,
    Status,
    StoryArticle,
    StoryOutline,
    StoryOverview,
    StoryView,
)

if TYPE_CHECKING:
    from dateline.keeper import affairs, disagreements, entities, fault_isolation, ledger, timeline, titles
    from dateline.keeper.judge import Judge
else:
    # to list stories is to ask none of these
    affairs = LazyModule("dateline.keeper.affairs")
    disagreements = LazyModule("dateline.keeper.disagreements")
    entities = LazyModule("dateline.keeper.entities")
    fault_isolation = LazyModule("dateline.keeper.fault_isolation")
    ledger = LazyModule("dateline.keeper.ledger")
    timeline = LazyModule("dateline.keeper.timeline")
    titles = LazyModule("dateline.keeper.titles")

VERSION = 14
"""Raised with every change of what a view holds or of how the keeper works it out."""
T = TypeVar("T")


def build(story: str, filed: Sequence[StoryArticle], judge: Judge | None = None) -> StoryView:
    """The view of a story with these articles, its outcomes and disagreements told by `judge`; what the keeper fails on is left out, and said in `faults`.

    Raises ValueError where `filed` is empty.
    """
    if not filed:
        raise ValueError("a story without articles has no view")
    day = max(f.article.published for f in filed)
    faults: list[Fault] = []

    def part(name: str, work: Callable[[Sequence[StoryArticle]], Iterable[T]]) -> tuple[T, ...]:
        nothing: tuple[T, ...] = ()
        found, left_out = fault_isolation.isolate_faults(name, lambda some: tuple(work(some)), filed, nothing)
        faults.extend(left_out)
        return found

    title, keywords = heading(filed)
    no_words: dict[str, float] = {}
    profile, left_out = fault_isolation.isolate_faults("affair", affairs.profile, filed, no_words)
    faults.extend(left_out)
    return StoryView(
        title=title,
        keywords=keywords,
        timeline=part("timeline", lambda some: timeline.build(story, some, day, judge)),
        expectations=part("expectations", lambda some: ledger.ledger(story, some, day, judge)),
        statements=part("statements", lambda some: timeline.statements(story, some)),
        disagreements=part("disagreements", lambda some: disagreements.find(story, some, day, judge)),
        entities=part("entities", entities.group),
        faults=tuple(faults),
        profile=profile,
    )


def heading(filed: Sequence[StoryArticle]) -> tuple[str, tuple[str, ...]]:
    """The title and the keywords of a story; where they cannot be worked out, what its first article begins with."""
    first = filed[0].article
    title, _ = fault_isolation.isolate_faults("title", titles.title, filed, first.title or first.text[:90])
    none: tuple[str, ...] = ()
    keywords, _ = fault_isolation.isolate_faults("keywords", titles.keywords, filed, none)
    return title, keywords


def outline(view: StoryView) -> StoryOutline:
    """`view` in brief: what is shown of it."""
    return StoryOutline(
        title=view.title,
        keywords=view.keywords,
        expectations=tuple(_outlined(x) for x in view.expectations if ledger.is_shown(x)),
        disagreements=tuple(
            max(v.evidence.published for v in d.values)
            for d in view.disagreements
            if disagreements.is_shown(d)
        ),
        profile=view.profile,
        faults=view.faults,
    )


def _outlined(entry: LedgerEntry) -> ExpectationOutline:
    settled = entry.outcome.evidence
    return ExpectationOutline(
        voiced=min(s.evidence.published for s in entry.sources),
        due=entry.due.end if entry.due else None,
        status=entry.outcome.status,
        settled=settled.published if settled else None,
    )


def overview(
    story: str, daily: Sequence[tuple[date, int, int]], known: StoryOutline | None, title: str, day: date
) -> StoryOverview:
    """The overview of a story as of `day`: `daily` is (day, articles, copies among them) in order.

    Without `known`, which is still to be worked out, the story goes by `title` and nothing is counted but reports.
    """
    foreseen = known.expectations if known else ()
    now_standing = [ledger.standing(x.status, x.due, day) for x in foreseen]
    yesterday = [ledger.standing(x.status, x.due, moved(day, -1)) for x in foreseen]
    new: Counter[Status] = Counter()
    for x, now, before in zip(foreseen, now_standing, yesterday, strict=True):
        if x.settled == day or (now == "overdue" and before == "open" and x.voiced < day):
            new[now] += 1
    return StoryOverview(
        id=story,
        title=known.title if known else title,
        first=daily[0][0],
        last=daily[-1][0],
        reports=sum(articles - copies for _, articles, copies in daily),
        copies=sum(copies for _, _, copies in daily),
        daily=tuple((d, articles - copies) for d, articles, copies in daily),
        open=now_standing.count("open"),
        overdue=now_standing.count("overdue"),
        new_reports=sum(articles - copies for d, articles, copies in daily if d == day),
        new_expectations=sum(x.voiced == day for x in foreseen),
        new_outcomes=tuple(sorted(new.items())),
        new_disagreements=(known.disagreements if known else ()).count(day),
    )
