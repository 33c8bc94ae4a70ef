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
    Event,
    Evidence,
    Expectation,
    Interval,
    LedgerEntry,
    Mention,
    NameHit,
    Quantity,
    Reading,
    Role,
    SearchHit,
    Span,
    Statement,
    StoryOverview,
    StoryStatement,
    StorySummary,
    TimeExpression,
    TimelineEntry,
    TrackRecord,
)
from dateline.views.labels import public_source

Row = dict[str, Any]


def without_folders(found: Any) -> Any:
    """Rows for others to see: each `source`, at any depth, is a web address, or a file's name without its folders."""
    if isinstance(found, list):
        return [without_folders(item) for item in found]
    if isinstance(found, dict):
        return {
            name: public_source(value)
            if name == "source" and isinstance(value, str)
            else without_folders(value)
            for name, value in found.items()
        }
    return found


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


def _arguments(record: Event | Expectation) -> list[Row]:
    return [
        {
            "role": a.role,
            "start": a.span.start,
            "end": a.span.end,
            "text": a.text,
            "head": [a.head.start, a.head.end],
            "entity": a.entity,
        }
        for a in record.arguments
    ]


def _time(record: TimeExpression) -> Row:
    return {
        "start": record.span.start,
        "end": record.span.end,
        "text": record.text,
        "type": record.type,
        "value": record.value,
        "mod": record.mod,
        **_ends(record.interval, "from", "to"),
        "granularity": record.interval.granularity if record.interval else None,
        **({"rule": record.rule, "anchor": record.anchor} if record.rule else {}),
    }


def _mention(record: Mention) -> Row:
    return {
        "start": record.span.start,
        "end": record.span.end,
        "text": record.text,
        "kind": record.kind,
        "entity": record.entity,
        "score": round(record.score, 4),
    }


def _event(record: Event) -> Row:
    roles: tuple[Role, ...] = ("agent", "patient", "place")
    return {
        "start": record.span.start,
        "end": record.span.end,
        "sentence": record.sentence,
        "predicate": record.predicate,
        **{role: a.text if (a := record.argument(role)) else None for role in roles},
        **_ends(record.interval, "from", "to"),
        "granularity": record.interval.granularity if record.interval else None,
        "realis": record.realis,
        "score": round(record.score, 4),
        "arguments": _arguments(record),
        "quantities": [_quantity(q) for q in record.quantities],
    }


def _claim(record: Statement, text: str) -> Row:
    return {
        "content": _words(record.content, text),
        "cue": _words(record.cue, text),
        "source": _words(record.source, text),
        "speaker": record.speaker,
        "kind": record.kind,
        "score": round(record.score, 4),
    }


def _expectation(record: Expectation) -> Row:
    return {
        "start": record.span.start,
        "end": record.span.end,
        "sentence": record.sentence,
        "event": record.event,
        "predicate": record.predicate,
        "holder": record.holder,
        **_ends(record.due, "due_from", "due_to"),
        "strength": record.strength,
        "negated": record.negated,
        "score": round(record.score, 4),
        "arguments": _arguments(record),
    }


def reading(record: Reading) -> Row:
    """What `dateline tag` prints for an article."""
    return {
        "article": article(record.article),
        "sentences": [{"start": s.start, "end": s.end} for s in record.sentences],
        "times": [_time(t) for t in record.times],
        "mentions": [_mention(m) for m in record.mentions],
        "events": [_event(e) for e in record.events],
        "statements": [_claim(s, record.article.text) for s in record.statements],
        "expectations": [_expectation(x) for x in record.expectations],
    }


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


def _head(record: StorySummary | Affair) -> Row:
    return {
        "id": record.id,
        "title": record.title,
        "first": _day(record.first),
        "last": _day(record.last),
        "keywords": list(record.keywords),
    }


def listed_story(record: StorySummary, affairs: Mapping[str, Affair]) -> Row:
    """A row of `dateline stories`; `affairs` are those of stories by id."""
    return {**story(record), "affair": affairs[record.id].id if record.id in affairs else None}


def affair(record: Affair) -> Row:
    """A row of `dateline stories --affairs`."""
    return {
        **_head(record),
        "reports": record.reports,
        "stories": list(record.stories),
    }


def story(record: StorySummary) -> Row:
    """What a story is by itself."""
    return {
        **_head(record),
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
