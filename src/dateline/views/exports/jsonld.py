"""JSON-LD in schema.org's words: NewsArticle, Event, Quotation and Claim."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.records import Disagreement, Evidence, LedgerEntry, StoryArticle, StoryStatement, TimelineEntry
from dateline.views.contents import Contents, StoryContents, disagreement_id, entry_id
from dateline.views.labels import web_address

# what schema.org has no word for: the outcome of an expectation, the realis of an event, offsets
_CONTEXT = ["https://schema.org", {"dateline": "urn:dateline:"}]
_SPEAKERS = {"person": "Person", "organisation": "Organization", "place": "Place"}
Node = dict[str, Any]


def write(contents: Contents) -> Iterator[str]:
    """One document; its `@graph` holds a node for each story, article, event, expectation and statement."""
    graph = [node for story in contents.stories() for node in _story(story)]
    yield json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _story(story: StoryContents) -> Iterator[Node]:
    summary = story.summary
    yield {
        "@id": f"urn:dateline:story:{summary.id}",
        "@type": "Collection",
        "name": summary.title,
        "keywords": list(summary.keywords),
        "temporalCoverage": f"{summary.first}/{summary.last}",
        "hasPart": [_article_reference(m.id) for m in summary.members],
    }
    for filed in story.articles:
        yield _article(filed)
    for entry in story.entries:
        yield _entry(entry)
    for expectation in story.expectations:
        yield _expectation(expectation)
    speakers = {m.entity: m.kind for filed in story.articles for m in filed.reading.mentions}
    for statement in story.statements:
        yield _statement(statement, _SPEAKERS.get(speakers.get(statement.speaker or "", ""), "Thing"))
    for disagreement in story.disagreements:
        yield from _claims(disagreement)


def _article_reference(article: str) -> Node:
    return {"@id": f"urn:dateline:article:{article}"}


def _article(filed: StoryArticle) -> Node:
    a = filed.article
    publisher = {"@type": "Organization", "name": a.publisher} if a.publisher else None
    return _filled(
        {
            **_article_reference(a.id),
            "@type": "NewsArticle",
            "headline": a.title,
            "datePublished": (a.published_at or a.published).isoformat(),
            "inLanguage": a.language,
            "url": web_address(a.url),
            "publisher": publisher,
            "identifier": web_address(a.source) or a.id,
            "sameAs": _article_reference(filed.duplicate_of) if filed.duplicate_of else None,
            "isBasedOn": _article_reference(filed.revision_of) if filed.revision_of else None,
            "articleBody": a.text,
        }
    )


def _passage(evidence: Evidence) -> Node:
    return {
        "@type": "Quotation",
        "text": evidence.text,
        "isPartOf": _article_reference(evidence.article),
        "dateline:start": evidence.span.start,
        "dateline:end": evidence.span.end,
    }


def _entry(entry: TimelineEntry) -> Node:
    return {
        "@id": f"urn:dateline:entry:{entry_id(entry)}",
        "@type": "Event",
        "name": entry.text,
        "startDate": entry.interval.start.isoformat(),
        "endDate": entry.interval.end.isoformat(),
        "dateline:realis": entry.realis,
        "dateline:weight": round(entry.weight, 4),
        "subjectOf": [_passage(e) for e in entry.sources],
    }


def _expectation(entry: LedgerEntry) -> Node:
    missed = entry.outcome.status == "missed"
    evidence = [s.evidence for s in entry.sources]
    return _filled(
        {
            "@id": f"urn:dateline:expectation:{entry.id}",
            "@type": "Event",
            "name": entry.event,
            "startDate": entry.due.start.isoformat() if entry.due else None,
            "endDate": entry.due.end.isoformat() if entry.due else None,
            "eventStatus": f"https://schema.org/{'EventCancelled' if missed else 'EventScheduled'}",
            "subjectOf": [_passage(e) for e in evidence],
            "dateline:holder": entry.holder,
            "dateline:status": entry.outcome.status,
            "dateline:daysLate": entry.outcome.days_late,
            "dateline:settledBy": _passage(entry.outcome.evidence) if entry.outcome.evidence else None,
        }
    )


def _statement(statement: StoryStatement, speaker: str) -> Node:
    e = statement.evidence
    direct = statement.kind == "direct"
    by = {"@type": speaker, "name": statement.speaker} if statement.speaker else None
    node = {
        "@id": f"urn:dateline:statement:{e.article}:{e.span.start}-{e.span.end}",
        "@type": "Quotation" if direct else "Claim",
        "text": e.text,
        "spokenByCharacter" if direct else "author": by,
        "isPartOf" if direct else "appearance": _article_reference(e.article),
        "datePublished": e.published.isoformat(),
        "dateline:kind": statement.kind,
        "dateline:start": e.span.start,
        "dateline:end": e.span.end,
    }
    return _filled(node)


def _claims(disagreement: Disagreement) -> Iterator[Node]:
    """Each value given is a claim; those of one disagreement share `dateline:disagreement`."""
    shared = f"urn:dateline:disagreement:{disagreement_id(disagreement)}"
    for value in disagreement.values:
        yield _filled(
            {
                "@type": "Claim",
                "name": value.value,
                "about": disagreement.about,
                "text": value.evidence.text,
                "temporalCoverage": disagreement.day.isoformat() if disagreement.day else None,
                "appearance": _article_reference(value.evidence.article),
                "dateline:disagreement": shared,
            }
        )


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None}
