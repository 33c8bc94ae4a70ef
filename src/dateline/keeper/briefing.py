"""What we know so far: a story on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from dateline.keeper.selection import Selection, news_of
from dateline.records import (
    Briefing,
    Disagreement,
    Evidence,
    LedgerEntry,
    News,
    NewsKind,
    StorySummary,
    TimelineEntry,
)

_HAPPENED = 12
_AHEAD = 10
_UNREPORTED = 5
_NEW = 10
_LEAD = 3


def make(
    story: StorySummary,
    as_of: date,
    since: date,
    timeline: Sequence[TimelineEntry],
    ledger: Sequence[LedgerEntry],
    disputes: Sequence[Disagreement],
) -> Briefing:
    """The page of a story from its views as of a day; each part is cut to what fits a page.

    What happened are the weightiest entries in order of their days; what is expected next goes by when it is due, what has no day last.
    """
    happened = _once([e for e in timeline if e.realis == "actual" and e.interval.start <= as_of])
    ahead = sorted((x for x in ledger if x.outcome.status == "open"), key=_due)
    unreported = sorted((x for x in ledger if x.outcome.status == "overdue"), key=_due)
    new = sorted(_news(since, as_of, timeline, ledger, disputes), key=lambda n: n.day, reverse=True)
    return Briefing(
        story=story,
        as_of=as_of,
        since=since,
        happened=tuple(Selection(limit=_HAPPENED).of(happened)),
        expected=tuple(ahead[:_AHEAD]),
        unreported=tuple(unreported[-_UNREPORTED:]),
        disputed=tuple(disputes),
        new=tuple(new[:_NEW]),
    )


def lead(page: Briefing) -> tuple[News, ...]:
    """The page in at most five lines: the three weightiest things that happened, in order, what is expected next, and what is disputed or was
    due without a report."""
    happened = sorted(page.happened, key=lambda e: -e.weight)[:_LEAD]
    lines = [
        News("happened", min(news_of(e), default=page.as_of), e.text, e.interval, e.cited)
        for e in page.happened
        if e in happened
    ]
    due = [("expected", x) for x in page.expected[:1] if x.due]
    unreported = [("overdue", x) for x in page.unreported[-1:] if not page.disputed]
    for kind, x in due + unreported:
        sources = tuple(s.evidence for s in x.sources)
        lines.append(News(cast(NewsKind, kind), min(news_of(x)), x.event, x.due, sources))
    for d in page.disputed[:1]:
        values = "; ".join(dict.fromkeys(v.value for v in d.values))
        evidence = tuple(v.evidence for v in d.values)
        lines.append(News("disputed", max(news_of(d)), f"{d.about} {values}", None, evidence))
    return tuple(lines)


def _once(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Of entries in the same words, which tell of several days, the weightiest."""
    chosen: dict[str, TimelineEntry] = {}
    for e in entries:
        if e.text not in chosen or e.weight > chosen[e.text].weight:
            chosen[e.text] = e
    return [e for e in entries if chosen[e.text] is e]


def _due(entry: LedgerEntry) -> tuple[date, date]:
    return (entry.due.end, entry.due.start) if entry.due else (date.max, date.max)


def _news(
    since: date,
    as_of: date,
    timeline: Sequence[TimelineEntry],
    ledger: Sequence[LedgerEntry],
    disputes: Sequence[Disagreement],
) -> Iterator[News]:
    """What reports from `since` on were the first to tell, the weightiest of each day first; what is said of an outcome is not told twice."""
    settling = {(s.article, s.span) for x in ledger if (s := x.outcome.evidence)}
    for x in ledger:
        yield from _news_of_expectation(x, since, as_of)
    for d in disputes:
        if (day := max(news_of(d))) >= since:
            values = "; ".join(dict.fromkeys(v.value for v in d.values))
            yield News("disputed", day, f"{d.about} {values}", None, tuple(v.evidence for v in d.values))
    for e in sorted(_once(timeline), key=lambda e: -e.weight):
        told = min(news_of(e), default=None)
        if e.realis == "actual" and told and told >= since and not settling & _places(e.sources):
            yield News("happened", told, e.text, e.interval, e.cited)


def _news_of_expectation(x: LedgerEntry, since: date, as_of: date) -> Iterator[News]:
    settled = x.outcome.evidence
    voiced = min(s.evidence.published for s in x.sources)
    status = x.outcome.status
    if settled and settled.published >= since and status != "open" and status != "overdue":
        yield News(status, settled.published, x.event, x.due, (settled,))
    elif x.outcome.status == "overdue" and (day := max(news_of(x, as_of))) >= since and day != voiced:
        yield News("overdue", day, x.event, x.due, tuple(s.evidence for s in x.sources))
    elif voiced >= since:
        yield News("expected", voiced, x.event, x.due, tuple(s.evidence for s in x.sources))


def _places(sources: Sequence[Evidence]) -> set[tuple[str, object]]:
    return {(e.article, e.span) for e in sources}
