"""iCalendar (RFC 5545): an all-day event on the last day on which each expectation is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateline.records import LedgerEntry
from dateline.views.contents import Contents, StoryContents
from dateline.views.labels import clean, days_label, one_line, outcome_label, sentence_case

_LINE = 74
"""Octets of a line; RFC 5545 §3.1 allows 75, of which each line after a property's first begins with a space."""
_UNIT = re.compile(r"\\?.")
"""What is not parted between two lines: a character, or one with its escape, which some readers look for in one line."""
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
    stories = list(contents.stories())
    title = one_line(stories[0].summary.title, 80) if len(stories) == 1 else "Expectations"
    yield _folded("BEGIN:VCALENDAR")
    yield _folded("VERSION:2.0")
    yield _folded("PRODID:-//dateline//expectations//EN")
    yield _folded("CALSCALE:GREGORIAN")
    yield _folded(f"X-WR-CALNAME:{_text(title)}")
    for story in stories:
        for entry in story.expectations:
            if entry.due is not None:
                yield from map(_folded, _event(story, entry, contents.as_of or entry.due.start))
    yield _folded("END:VCALENDAR")


def _event(story: StoryContents, entry: LedgerEntry, as_of: date) -> Iterator[str]:
    """The lines of an event, unfolded."""
    assert entry.due is not None
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(sentence_case(one_line(entry.event, 120)))}"
    # a window of years would lie over every day of them: the event is on its last day, and tells the window
    yield f"DTSTART;VALUE=DATE:{_day(entry.due.end)}"
    if entry.due.end < date.max:
        # the end of an all-day event is the first day after it
        yield f"DTEND;VALUE=DATE:{_day(entry.due.end + timedelta(days=1))}"
    yield f"DTSTAMP:{_day(as_of)}T000000Z"
    yield f"UID:{entry.id}@dateline"
    yield f"CATEGORIES:{_text(entry.outcome.status)}"
    yield f"DESCRIPTION:{_text(_description(story, entry))}"
    yield f"STATUS:{_STATUS[entry.outcome.status]}"
    yield "TRANSP:TRANSPARENT"
    url = story.url(entry.sources[0].evidence.article) if entry.sources else None
    if url:
        yield f"URL:{url}"
    yield "END:VEVENT"


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


def _day(day: date) -> str:
    return f"{day:%Y%m%d}".zfill(8)


def _text(value: str) -> str:
    r"""`value` as RFC 5545 §3.3.11 writes a text: "a, b" is "a\, b"."""
    for plain, escaped in (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> str:
    """A property in lines of so many octets as each reader takes."""
    pieces, octets = [""], 0
    for unit in _UNIT.findall(line):
        octets += len(unit.encode())
        if octets > _LINE:
            pieces.append("")
            octets = len(unit.encode())
        pieces[-1] += unit
    return "\r\n ".join(pieces) + "\r\n"
