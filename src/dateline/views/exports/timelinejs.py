"""TimelineJS JSON, as documented at https://timeline.knightlab.com/docs/json-format.html."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from dateline.records import Disagreement, Evidence, LedgerEntry, TimelineEntry
from dateline.views.contents import Contents, StoryContents, disagreement_id, entry_id
from dateline.views.words import (
    clean,
    day_label,
    days_label,
    one_line,
    outcome_label,
    web_address,
)

# a headline is set large
_HEADLINE = 90


def write(contents: Contents) -> Iterator[str]:
    """One timeline: a title slide, then a slide an entry, a due expectation and a disagreement, grouped by story."""
    stories = list(contents.stories())
    slides = [slide for story in stories for slide in _slides(story, grouped=len(stories) > 1)]
    timeline = {
        "title": {"unique_id": "title", "text": _title(stories, contents.as_of), "autolink": False},
        "events": sorted(slides, key=lambda s: tuple(s["start_date"].values())),
    }
    yield json.dumps(timeline, ensure_ascii=False, indent=1) + "\n"


def _title(stories: list[StoryContents], as_of: date | None) -> dict[str, str]:
    reports = sum(len(s.articles) for s in stories)
    known = f"What was known on {day_label(as_of)}" if as_of else "Nothing is known yet"
    return {
        "headline": _html(stories[0].summary.title if len(stories) == 1 else f"{len(stories)} stories"),
        "text": f"<p>{known}, from {reports} report{'' if reports == 1 else 's'}.</p>",
    }


def _slides(story: StoryContents, *, grouped: bool) -> Iterator[dict[str, Any]]:
    # TimelineJS sets a group's name, as it does texts, as HTML
    group = {"group": _html(one_line(story.summary.title, 60))} if grouped else {}
    for entry in story.entries:
        yield {**_entry(story, entry), **group}
    for expectation in story.expectations:
        if expectation.due:
            yield {**_expectation(story, expectation), **group}
    for disagreement in story.disagreements:
        if disagreement.day:
            yield {**_disagreement(story, disagreement, disagreement.day), **group}


def _entry(story: StoryContents, entry: TimelineEntry) -> dict[str, Any]:
    told = "" if entry.realis == "actual" else f"<p><em>{entry.realis}</em></p>"
    return {
        "unique_id": f"entry-{entry_id(entry)}",
        "start_date": _date(entry.interval.start),
        "end_date": _date(entry.interval.end),
        "display_date": days_label(entry.interval),
        "text": {
            "headline": _html(one_line(entry.text, _HEADLINE)),
            "text": told + _sources(story, entry.sources),
        },
        "autolink": False,
    }


def _expectation(story: StoryContents, entry: LedgerEntry) -> dict[str, Any]:
    assert entry.due is not None
    holder = f"<p>Expected by {_html(entry.holder)}.</p>" if entry.holder else ""
    settled = _sources(story, [entry.outcome.evidence]) if entry.outcome.evidence else ""
    return {
        "unique_id": f"expectation-{entry.id}",
        "start_date": _date(entry.due.start),
        "end_date": _date(entry.due.end),
        "display_date": f"due {days_label(entry.due)}",
        "text": {
            "headline": _html(f"Expected: {one_line(entry.event, _HEADLINE)}"),
            "text": f"<p>{_html(outcome_label(entry).capitalize())}.</p>{holder}"
            + _sources(story, [s.evidence for s in entry.sources])
            + settled,
        },
        "autolink": False,
    }


def _disagreement(story: StoryContents, found: Disagreement, day: date) -> dict[str, Any]:
    values = "".join(
        f"<p><strong>{_html(v.value)}</strong></p>{_sources(story, [v.evidence])}" for v in found.values
    )
    return {
        "unique_id": f"disagreement-{disagreement_id(found)}",
        "start_date": _date(day),
        "display_date": day_label(day),
        "text": {
            "headline": _html(f"Reports disagree: {one_line(found.about, _HEADLINE)}"),
            "text": values,
        },
        "autolink": False,
    }


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _html(text: str) -> str:
    return escape(clean(text))


def _sources(story: StoryContents, evidence: tuple[Evidence, ...] | list[Evidence]) -> str:
    return "".join(
        f"<blockquote>{_html(one_line(e.text))}</blockquote><p>{_credit(story, e)}</p>" for e in evidence
    )


def _credit(story: StoryContents, evidence: Evidence) -> str:
    label = _html(story.label(evidence))
    url = web_address(story.url(evidence.article))
    return f'<a href="{escape(url)}">{label}</a>' if url else label
