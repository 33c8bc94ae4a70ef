"""Records -> the rows of the JSON contract, the same for `--json`, the web page's `/api` and the exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateline.notebook import Finding
from dateline.records import (
    Affair,
    Article,
    Briefing,
    Change,
    Disagreement,
    Evidence,
    Interval,
    LedgerEntry,
    NameHit,
    Quantity,
    Reading,
    SearchHit,
    Span,
    StoryOverview,
    StoryStatement,
    StorySummary,
    TimelineEntry,
    TrackRecord,
)

Row = dict[str, Any]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ends(interval: Interval | None, first: str, last: str) -> Row:
    return {first: _day(interval.start if interval else None), last: _day(interval.end if interval else None)}


def _words(span: Span | None, text: str) -> Row | None:
    return {"start": span.start, "end": span.end, "text": span.of(text)} if span else None


def article(record: Article) -> Row:
    """An article with its text."""
    return {
        "id": record.id,
        "source": record.source,
        "url": record.url,
        "publisher": record.publisher,
        "title": record.title,
        "published": _day(record.published),
        "published_at": record.published_at.isoformat() if record.published_at else None,
        "dated_by": record.dated_by,
        "language": record.language,
        "text": record.text,
    }


def _quantity(record: Quantity) -> Row:
    return {
        "start": record.span.start,
        "end": record.span.end,
        "value": record.value,
        "unit": record.unit,
        "role": record.role,
        "hedge": record.hedge,
    }


def reading(record: Reading) -> Row:
    """What `dateline tag` prints for an article."""
    text = record.article.text

    def arguments(of: Any) -> list[Row]:
        return [
            {"role": a.role, "start": a.span.start, "end": a.span.end, "text": a.text, "head": [a.head.start, a.head.end], "entity": a.entity}
            for a in of.arguments
        ]  # fmt: skip

    def named(of: Any, role: Any) -> str | None:
        argument = of.argument(role)
        return argument.text if argument else None

    return {
        "article": article(record.article),
        "sentences": [{"start": s.start, "end": s.end} for s in record.sentences],
        "times": [
            {
                "start": t.span.start,
                "end": t.span.end,
                "text": t.text,
                "type": t.type,
                "value": t.value,
                "mod": t.mod,
                **_ends(t.interval, "from", "to"),
                "granularity": t.interval.granularity if t.interval else None,
                **({"rule": t.rule, "anchor": t.anchor} if t.rule else {}),
            }
            for t in record.times
        ],
        "mentions": [
            {"start": m.span.start, "end": m.span.end, "text": m.text, "kind": m.kind, "entity": m.entity, "score": round(m.score, 4)}
            for m in record.mentions
        ],
        "events": [
            {
                "start": e.span.start,
                "end": e.span.end,
                "sentence": e.sentence,
                "predicate": e.predicate,
                "agent": named(e, "agent"),
                "patient": named(e, "patient"),
                "place": named(e, "place"),
                **_ends(e.interval, "from", "to"),
                "granularity": e.interval.granularity if e.interval else None,
                "realis": e.realis,
                "score": round(e.score, 4),
                "arguments": arguments(e),
                "quantities": [_quantity(q) for q in e.quantities],
            }
            for e in record.events
        ],
        "statements": [
            {
                "content": _words(s.content, text),
                "cue": _words(s.cue, text),
                "source": _words(s.source, text),
                "speaker": s.speaker,
                "kind": s.kind,
                "score": round(s.score, 4),
            }
            for s in record.statements
        ],
        "expectations": [
            {
                "start": x.span.start,
                "end": x.span.end,
                "sentence": x.sentence,
                "event": x.event,
                "predicate": x.predicate,
                "holder": x.holder,
                **_ends(x.due, "due_from", "due_to"),
                "strength": x.strength,
                "negated": x.negated,
                "score": round(x.score, 4),
                "arguments": arguments(x),
            }
            for x in record.expectations
        ],
    }  # fmt: skip


def evidence(record: Evidence) -> Row:
    """A passage that something rests on."""
    return {
        "article": record.article,
        "source": record.source,
        "start": record.span.start,
        "end": record.span.end,
        "text": record.text,
        "published": _day(record.published),
    }


def listed_story(record: StorySummary, affairs: Mapping[str, Affair]) -> Row:
    """A row of `dateline stories`; `affairs` are those of stories by id."""
    return {**story(record), "affair": affairs[record.id].id if record.id in affairs else None}


def affair(record: Affair) -> Row:
    """A row of `dateline stories --affairs`."""
    return {
        "id": record.id,
        "title": record.title,
        "first": _day(record.first),
        "last": _day(record.last),
        "keywords": list(record.keywords),
        "reports": record.reports,
        "stories": list(record.stories),
    }


def story(record: StorySummary) -> Row:
    """What a story is by itself."""
    return {
        "id": record.id,
        "title": record.title,
        "first": _day(record.first),
        "last": _day(record.last),
        "keywords": list(record.keywords),
        "articles": [
            {
                "id": m.id,
                "source": m.source,
                "published": _day(m.published),
                "duplicate_of": m.duplicate_of,
                "revision_of": m.revision_of,
            }
            for m in record.members
        ],
    }


def timeline_entry(record: TimelineEntry) -> Row:
    """A row of `dateline timeline`."""
    return {
        "story": record.story,
        **_ends(record.interval, "from", "to"),
        "granularity": record.interval.granularity,
        "text": record.text,
        "weight": round(record.weight, 4),
        "realis": record.realis,
        "sources": [evidence(s) for s in record.sources],
    }


def ledger_entry(record: LedgerEntry, *, explain: bool = False) -> Row:
    """A row of `dateline expectations`; to `explain` are the sentences that were weighed."""
    outcome = record.outcome
    weighed = [
        {**evidence(w.evidence), "verdict": w.verdict, "score": round(w.score, 4), "set_aside": w.set_aside or None}
        for w in outcome.weighed
    ]  # fmt: skip
    return {
        "id": record.id,
        "story": record.story,
        "event": record.event,
        "holder": record.holder,
        **_ends(record.due, "due_from", "due_to"),
        "status": outcome.status,
        "strength": record.strength,
        "sources": [
            {
                **evidence(s.evidence),
                "holder": s.holder,
                **_ends(s.due, "due_from", "due_to"),
                "status": s.status,
            }
            for s in record.sources
        ],
        "settled_by": evidence(outcome.evidence) if outcome.evidence else None,
        "told_by": [evidence(e) for e in outcome.told_by],
        "days_late": outcome.days_late,
        "searched": outcome.searched,
        "reason": outcome.reason,
        "score": round(record.score, 4),
        "outcome_score": round(outcome.score, 4),
        "revises": record.revises,
        **({"weighed": weighed} if explain else {}),
    }


def statement(record: StoryStatement) -> Row:
    """A row of `dateline statements`."""
    return {
        "story": record.story,
        "speaker": record.speaker,
        "kind": record.kind,
        **evidence(record.evidence),
        "cue": record.cue,
        "attributed_to": record.attributed_to,
        "score": round(record.score, 4),
    }


def disagreement(record: Disagreement) -> Row:
    """A row of `dateline disagreements`."""
    return {
        "story": record.story,
        "about": record.about,
        "day": _day(record.day),
        "values": [{"value": v.value, **evidence(v.evidence)} for v in record.values],
        "score": round(record.score, 4),
    }


def briefing(record: Briefing) -> Row:
    """A row of `dateline brief`: a story with the rows of its listings, and what is new in it."""
    return {
        "story": record.story.id,
        "title": record.story.title,
        "reports": len(record.story.members),
        "first": _day(record.story.first),
        "last": _day(record.story.last),
        "as_of": _day(record.as_of),
        "since": _day(record.since),
        "happened": [timeline_entry(e) for e in record.happened],
        "expected": [ledger_entry(e) for e in record.expected],
        "no_report_found": [ledger_entry(e) for e in record.unreported],
        "disputed": [disagreement(d) for d in record.disputed],
        "new": [
            {
                "kind": n.kind,
                "day": _day(n.day),
                "text": n.text,
                **_ends(n.interval, "from", "to"),
                "sources": [evidence(s) for s in n.sources],
            }
            for n in record.new
        ],
    }


def search_hit(record: SearchHit) -> Row:
    """A row of `dateline search`."""
    return {"story": record.story, "title": record.title, **evidence(record.evidence)}


def name_hit(record: NameHit) -> Row:
    """A row of `/api/names`."""
    return {"name": record.name, "kind": record.kind, "articles": record.articles}


def story_overview(record: StoryOverview) -> Row:
    """A row of `/api/overview`."""
    return {
        "id": record.id,
        "title": record.title,
        "first": _day(record.first),
        "last": _day(record.last),
        "reports": record.reports,
        "copies": record.copies,
        "daily": [{"day": _day(day), "reports": reports} for day, reports in record.daily],
        "open": record.open,
        "overdue": record.overdue,
        "new_reports": record.new_reports,
        "new_expectations": record.new_expectations,
        "new_outcomes": dict(record.new_outcomes),
        "new_disagreements": record.new_disagreements,
    }


def change(record: Change) -> Row:
    """A row of `dateline show --changes`."""
    return {
        "change": record.kind,
        "before": evidence(record.before) if record.before else None,
        "after": evidence(record.after) if record.after else None,
    }


def track_record(record: TrackRecord) -> Row:
    """A row of `dateline expectations --by-source`."""
    return {
        "holder": record.holder,
        "settled": record.settled,
        "total": record.total,
        "met": record.met,
        "met late": record.met_late,
        "missed": record.missed,
        "overdue": record.overdue,
        "open": record.open,
    }


def finding(found: Finding) -> Row:
    """What `dateline check` found wrong."""
    return {"about": found.about, "wrong": found.wrong, "mend": found.mend}
