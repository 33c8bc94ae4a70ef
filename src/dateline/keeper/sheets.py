"""A story's sheet: everything that is shown of it, worked out once from its articles; and the sheet in brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from dateline.keeper import disagreements, entities, outcomes, timeline, titles
from dateline.records import Brief, Filed, Foreseen, LedgerEntry, Sheet, Status, StoryOverview

VERSION = 3
"""Raised with every change of what a sheet holds or of how the keeper works it out."""


def make(story: str, filed: Sequence[Filed]) -> Sheet:
    """The sheet of a story with these articles. Raises ValueError where `filed` is empty."""
    day = max((f.article.published for f in filed), default=date.min)
    return Sheet(
        title=titles.title(filed),
        keywords=titles.keywords(filed),
        timeline=tuple(timeline.build(story, filed, day)),
        expectations=tuple(outcomes.ledger(story, filed, day)),
        statements=tuple(timeline.statements(story, filed)),
        disagreements=tuple(disagreements.find(story, filed, day)),
        entities=tuple(entities.group(filed)),
    )


def brief(sheet: Sheet) -> Brief:
    """`sheet` in brief."""
    return Brief(
        title=sheet.title,
        keywords=sheet.keywords,
        expectations=tuple(map(_foreseen, sheet.expectations)),
        disagreements=tuple(max(v.evidence.published for v in d.values) for d in sheet.disagreements),
    )


def _foreseen(entry: LedgerEntry) -> Foreseen:
    settled = entry.outcome.evidence
    return Foreseen(
        voiced=min(s.evidence.published for s in entry.sources),
        due=entry.due.end if entry.due else None,
        status=entry.outcome.status,
        settled=settled.published if settled else None,
    )


def overview(
    story: str, daily: Sequence[tuple[date, int, int]], known: Brief | None, title: str, day: date
) -> StoryOverview:
    """The overview of a story as of `day`: `daily` is (day, articles, copies among them) in order.

    Without `known`, which is still to be worked out, the story goes by `title` and nothing is counted but reports.
    """
    ledger = known.expectations if known else ()
    standing = [outcomes.standing(x.status, x.due, day) for x in ledger]
    yesterday = [outcomes.standing(x.status, x.due, day - timedelta(days=1)) for x in ledger]
    new: Counter[Status] = Counter()
    for x, now, before in zip(ledger, standing, yesterday, strict=True):
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
        open=standing.count("open"),
        overdue=standing.count("overdue"),
        new_reports=sum(articles - copies for d, articles, copies in daily if d == day),
        new_expectations=sum(x.voiced == day for x in ledger),
        new_outcomes=tuple(sorted(new.items())),
        new_disagreements=(known.disagreements if known else ()).count(day),
    )
