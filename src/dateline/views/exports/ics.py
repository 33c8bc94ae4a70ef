"""iCalendar (RFC 5545): an all-day event on the last day on which each expectation is due, through the icalendar library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from dateline.records import LedgerEntry
from dateline.views.contents import Contents, StoryContents
from dateline.views.labels import clean, days_label, one_line, outcome_label, sentence_case

if TYPE_CHECKING:
    from icalendar import Event

# RFC 5545 knows three statuses: what is still to come is tentative, what came is confirmed
_STATUS = {
    "open": "TENTATIVE",
    "overdue": "TENTATIVE",
    "met": "CONFIRMED",
    "met late": "CONFIRMED",
    "missed": "CANCELLED",
}


def write(contents: Contents) -> Iterator[str]:
    """One calendar. The stamps are those of the as-of day, so that the same view gives the same file."""
    # imported where it is needed: every command pays for what is imported at the head of a module
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//dateline//expectations//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    stories = list(contents.stories())
    title = one_line(stories[0].summary.title, 80) if len(stories) == 1 else "Expectations"
    calendar.add("x-wr-calname", title)
    for story in stories:
        for entry in story.expectations:
            if entry.due is not None:
                calendar.add_component(_event(story, entry, contents.as_of or entry.due.start))
    yield calendar.to_ical().decode("utf-8")


def _event(story: StoryContents, entry: LedgerEntry, as_of: date) -> Event:
    assert entry.due is not None
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.id}@dateline")
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    # a window of years would lie over every day of them: the event is on its last day, and tells the window
    event.add("dtstart", entry.due.end)
    if entry.due.end < date.max:
        # the end of an all-day event is the first day after it
        event.add("dtend", entry.due.end + timedelta(days=1))
    event.add("summary", sentence_case(one_line(entry.event, 120)))
    event.add("description", _description(story, entry))
    event.add("status", _STATUS[entry.outcome.status])
    event.add("categories", [entry.outcome.status])
    event.add("transp", "TRANSPARENT")
    url = story.url(entry.sources[0].evidence.article) if entry.sources else None
    if url:
        event.add("url", url)
    return event


def _description(story: StoryContents, entry: LedgerEntry) -> str:
    lines = [
        f"{outcome_label(entry).capitalize()}. {clean(story.summary.title)}",
        f"Due {days_label(entry.due)}.",
    ]
    if entry.holder:
        lines.append(f"Expected by {clean(entry.holder)}.")
    evidence = [s.evidence for s in entry.sources] + (
        [entry.outcome.evidence] if entry.outcome.evidence else []
    )
    lines += [f"“{one_line(e.text)}” ({story.label(e)})" for e in evidence]
    return "\n".join(lines)
