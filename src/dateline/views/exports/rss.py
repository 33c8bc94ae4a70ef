"""RSS 2.0 of what is new: the latest entries, outcomes and disagreements, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

from dateline.records import Evidence
from dateline.views.contents import Contents, StoryContents, disagreement_id, entry_id
from dateline.views.labels import (
    clean,
    day_label,
    days_label,
    one_line,
    outcome_label,
)

# feed readers ask again and again; what is older than this many items they have seen
_MOST = 100


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of news: when it became known, what it says, and the passage that says it with the name of its report."""

    known: date
    guid: str
    title: str
    evidence: Evidence
    report: str
    story: str
    url: str | None


def write(contents: Contents) -> Iterator[str]:
    """One feed."""
    items = [item for story in contents.stories() for item in _items(story, contents.page)]
    items.sort(key=lambda item: (item.known, item.guid), reverse=True)
    titles = {item.story for item in items}
    feed = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(feed, "channel")
    _add(channel, "title", titles.pop() if len(titles) == 1 else "News by dateline")
    known_at = contents.page or next((item.url for item in items if item.url), "urn:dateline:notebook")
    _add(channel, "link", known_at)
    known = f"What was known on {day_label(contents.as_of)}" if contents.as_of else "No report yet"
    _add(channel, "description", known)
    if contents.as_of:
        _add(channel, "lastBuildDate", _stamp(contents.as_of))
    for item in items[:_MOST]:
        node = Xml.SubElement(channel, "item")
        _add(node, "title", item.title)
        if item.url:
            _add(node, "link", item.url)
        _add(node, "description", f"“{one_line(item.evidence.text)}” ({item.report})")
        _add(node, "category", item.story)
        _add(node, "guid", f"urn:dateline:{item.guid}").set("isPermaLink", "false")
        _add(node, "pubDate", _stamp(item.known))
    Xml.indent(feed, " ")
    yield '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="unicode") + "\n"


def _items(story: StoryContents, page: str | None) -> Iterator[_Item]:
    for entry in story.entries:
        if entry.sources:
            first = min(entry.sources, key=lambda e: e.published)
            title = f"{days_label(entry.interval)}: {entry.text}"
            yield _item(story, page, f"entry:{entry_id(entry)}", title, first)
    for x in story.expectations:
        if x.outcome.evidence:
            # an outcome may change, and then it is news again
            guid = f"outcome:{x.id}:{x.outcome.status.replace(' ', '-')}"
            yield _item(story, page, guid, f"{outcome_label(x).capitalize()}: {x.event}", x.outcome.evidence)
        elif x.sources:
            first = min((s.evidence for s in x.sources), key=lambda e: e.published)
            when = f", {days_label(x.due)}" if x.due else ""
            title = f"Expected{when}: {x.event}"
            yield _item(story, page, f"expectation:{x.id}", title, first)
    for d in story.disagreements:
        if d.values:
            last = max((v.evidence for v in d.values), key=lambda e: e.published)
            values = " / ".join(dict.fromkeys(v.value for v in d.values))
            title = f"Reports disagree on {d.about}: {values}"
            yield _item(story, page, f"disagreement:{disagreement_id(d)}", title, last)


def _item(story: StoryContents, page: str | None, guid: str, title: str, evidence: Evidence) -> _Item:
    # to the report where it can be read, else to its sentence on the page of `dateline serve`
    place = f"/articles/{evidence.article}?at={evidence.span.start}-{evidence.span.end}#here"
    url = story.url(evidence.article) or (page.rstrip("/") + place if page else None)
    return _Item(
        evidence.published,
        guid,
        one_line(title, 140),
        evidence,
        story.label(evidence),
        one_line(story.summary.title, 140),
        url,
    )


def _add(parent: Xml.Element, tag: str, text: str) -> Xml.Element:
    child = Xml.SubElement(parent, tag)
    child.text = clean(text)
    return child


def _stamp(day: date) -> str:
    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC))
