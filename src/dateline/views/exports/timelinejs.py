"""TimelineJS JSON, as documented at https://timeline.knightlab.com/docs/json-format.html."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape, unescape
from typing import Any

from dateline.records import Disagreement, Evidence, LedgerEntry, TimelineEntry
from dateline.views.contents import Contents, StoryContents, disagreement_id, entry_id
from dateline.views.labels import (
    clean,
    day_label,
    days_label,
    one_line,
    outcome_label,
)

# a headline is set large, and what stands below it must fit beside it
_HEADLINE, _TEXT, _CREDITED = 90, 300, 2
# letters of a passage that tell something
_FEWEST = 40
_TAG = re.compile("<[^>]*>")
Ranked = tuple[float, dict[str, Any]]


def write(contents: Contents) -> Iterator[str]:
    """One timeline: a title slide, then slides of entries, due expectations and disagreements, grouped by story.

    Of more slides than `contents.most` the weightiest entries are kept, two thirds of all, with the expectations due closest to the day of
    the view and the disagreements latest before it.
    """
    stories = list(contents.stories())
    ranked: dict[str, list[Ranked]] = {"entry": [], "expectation": [], "disagreement": []}
    for story in stories:
        for kind, rank, slide in _slides(story, contents.as_of or date.max, grouped=len(stories) > 1):
            ranked[kind].append((rank, slide))
    slides = choose(list(ranked.values()), (4, 1, 1), contents.most)
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


def choose(kinds: Sequence[Sequence[Ranked]], shares: Sequence[int], most: int) -> list[dict[str, Any]]:
    """At most `most` slides, of each kind its share of them, those of the highest rank; what one kind does not need the others have."""
    ordered = [[slide for _, slide in sorted(kind, key=lambda r: -r[0])] for kind in kinds]
    fair = [most * share // sum(shares) for share in shares]
    kept = [slides[:n] for slides, n in zip(ordered, fair, strict=True)]
    spare = [slide for slides, n in zip(ordered, fair, strict=True) for slide in slides[n:]]
    chosen = [slide for slides in kept for slide in slides]
    return chosen + spare[: most - len(chosen)]


def _slides(
    story: StoryContents, as_of: date, *, grouped: bool
) -> Iterator[tuple[str, float, dict[str, Any]]]:
    """The kind of each slide, its rank among those of its kind, and the slide."""
    # TimelineJS sets a group's name, as it does texts, as HTML
    group = {"group": _html(one_line(story.summary.title, 60))} if grouped else {}
    for entry in story.entries:
        yield "entry", entry.weight, {**_entry(story, entry), **group}
    for expectation in story.expectations:
        if expectation.due:
            far = -abs((expectation.due.end - as_of).days)
            yield "expectation", far, {**_expectation(story, expectation), **group}
    for disagreement in story.disagreements:
        if disagreement.day:
            slide = _disagreement(story, disagreement, disagreement.day)
            yield "disagreement", disagreement.day.toordinal(), {**slide, **group}


def _entry(story: StoryContents, entry: TimelineEntry) -> dict[str, Any]:
    told = "" if entry.realis == "actual" else f"<p><em>{entry.realis}</em></p>"
    return {
        "unique_id": f"entry-{entry_id(entry)}",
        "start_date": _date(entry.interval.start),
        "end_date": _date(entry.interval.end),
        "display_date": days_label(entry.interval),
        "text": {
            "headline": _html(one_line(entry.text, _HEADLINE)),
            "text": _told(entry.text, entry.cited, told, "", _sources(story, entry.cited)),
        },
        "autolink": False,
    }


def _expectation(story: StoryContents, entry: LedgerEntry) -> dict[str, Any]:
    assert entry.due is not None
    holder = f"<p>Expected by {_html(one_line(entry.holder, 40))}.</p>" if entry.holder else ""
    passages = [s.evidence for s in entry.sources]
    settled = f"<p>Told by {_credit(story, entry.outcome.evidence)}.</p>" if entry.outcome.evidence else ""
    return {
        "unique_id": f"expectation-{entry.id}",
        "start_date": _date(entry.due.start),
        "end_date": _date(entry.due.end),
        "display_date": f"due {days_label(entry.due)}",
        "text": {
            "headline": _html(f"Expected: {one_line(entry.event, _HEADLINE)}"),
            "text": _told(
                entry.event,
                passages,
                f"<p>{_html(outcome_label(entry).capitalize())}.</p>{holder}",
                settled,
                _sources(story, passages, 1),
            ),
        },
        "autolink": False,
    }


def _disagreement(story: StoryContents, found: Disagreement, day: date) -> dict[str, Any]:
    values = "".join(
        f"<p><strong>{_html(one_line(v.value, 40))}</strong> {_credit(story, v.evidence)}</p>"
        for v in found.values[:3]
    )
    more = f"<p>and {len(found.values) - 3} more</p>" if len(found.values) > 3 else ""
    return {
        "unique_id": f"disagreement-{disagreement_id(found)}",
        "start_date": _date(day),
        "display_date": day_label(day),
        "text": {
            "headline": _html(f"Reports disagree: {one_line(found.about, _HEADLINE)}"),
            "text": values + more,
        },
        "autolink": False,
    }


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _html(text: str) -> str:
    return escape(clean(text))


def _sources(
    story: StoryContents, evidence: tuple[Evidence, ...] | list[Evidence], most: int = _CREDITED
) -> str:
    """The reports that say so, a name each."""
    if not evidence:
        return ""
    reports = list({e.article: e for e in evidence}.values())
    named = ", ".join(_credit(story, e) for e in reports[:most])
    more = f" and {len(reports) - most} more" if len(reports) > most else ""
    return f"<p>{named}{more}</p>"


def _told(headline: str, evidence: Sequence[Evidence], before: str, after: str, named: str) -> str:
    """A slide's text: the first passage between what stands before it and the reports, cut to the room that these leave; where the
    headline tells all of it, it is not said again."""
    room = _TEXT - len(unescape(_TAG.sub("", before + named + after)))
    passage = one_line(evidence[0].text) if evidence else ""
    whole = len(one_line(headline)) <= _HEADLINE and passage.rstrip(".") == one_line(headline).rstrip(".")
    quoted = (
        ""
        if whole or not passage or room < _FEWEST
        else f"<blockquote>{_html(one_line(passage, room))}</blockquote>"
    )
    return before + quoted + named + after


def _credit(story: StoryContents, evidence: Evidence) -> str:
    label = _html(story.label(evidence))
    url = story.url(evidence.article)
    return f'<a href="{escape(url)}">{label}</a>' if url else label
