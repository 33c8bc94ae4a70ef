"""Whether a sentence settles an expectation: the less the days agree, the more else it must share with it.

A story's reports share people, places and words whatever they tell of; what tells an outcome from a sentence about something
else is the same doing, said of the same people and things, on a day that fits. The bounds were found on stretches of real news
that are not among the samples judged for the figures.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.keeper.findings import Finding
from dateline.records import Interval

SOON = timedelta(days=4)
"""How long after its days a report without a day of its own may still tell of an event in them."""

_EARLY = timedelta(days=1)
"""How long before its days an event may be to be the one expected."""

_NEAR = timedelta(days=7)
"""How long before its days a report that it was put off may be; how long after them it may come and need less else to be known by."""

_FORGOTTEN = timedelta(days=60)
"""How long after its days a report that names none must tell of an event to be about the one expected."""

_LONG = timedelta(days=62)
"""Days so many that a day among them shows little."""

_SETTLES = 0.47
"""The least score of a sentence that settles an expectation."""

_SETTLES_UNDATED = 0.6
"""The least score where nothing is said of its days."""

_SAME = 0.9
"""How well a predicate fits that is the word expected, or one for the same thing."""

_FIT = 0.65
"""How well a predicate must fit where no day shows that the same event is meant."""

_LATE = re.compile(
    r"\b(?:(?:hours?|days?|weeks?|months?|years?) (?:late\b|after the (?:date|day|deadline))|later than|too late|behind (?:schedule|plan|time)|at last|finally|after the (?:date|deadline)|after (?:weeks|months|days|years) of delay|belated(?:ly)?|not (?:by|on|in) the)\b",
    re.IGNORECASE,
)


def tells_of_delay(text: str) -> bool:
    """True for a sentence that says that something came later than it should have."""
    return _LATE.search(text) is not None


def is_later(finding: Finding, start: date, due: Interval | None) -> bool:
    """False for what had happened before the expectation was voiced on `start`."""
    if finding.day is None:
        published = finding.published
        return published >= start and (due is None or published >= due.start)
    if finding.day.end < start:
        return False
    return due is None or finding.day.end >= start


def is_on_time(finding: Finding, due: Interval | None) -> bool:
    """True where the report gives a day that was expected."""
    return finding.day is not None and due is not None and finding.day.overlaps(due)


def shows(finding: Finding, start: date, due: Interval | None, *, conditional: bool) -> bool:
    """True where a sentence that tells of something done is about what was expected on `start` for `due`."""
    if due is None:
        return not conditional and _shows_undated(finding, start)
    if finding.score < _SETTLES:
        return False
    day = finding.day
    if day is not None and day.end < min(due.start, max(start, due.start - _EARLY)):
        return False
    if finding.fit < _FIT and (day is None or finding.named < 0.2 or finding.close < 0.32):
        return False
    if tells_of_delay(finding.text):
        return (finding.fit >= 0.7 and finding.near >= 0.3) or (
            finding.mentioned >= 1 and finding.close >= 0.2
        )
    if due.end - due.start > _LONG and (finding.close < 0.45 or finding.shared < 2):
        return False
    if day is None:
        return finding.published > start and not finding.is_background and _shows_without_day(finding, due)
    if day.start > due.end:
        return _shows_late(finding, due)
    if (day.start, day.end) == (due.start, due.end) and finding.fit >= _SAME:
        return (
            finding.near >= 0.38 or finding.close >= 0.45 or (finding.near >= 0.3 and finding.close >= 0.34)
        )
    is_rough = day.start < due.start - _EARLY and (day.end - day.start) > (due.end - due.start)
    return finding.close >= (0.45 if is_rough or finding.near < 0.4 else 0.3) and finding.near >= 0.25


def _shows_late(finding: Finding, due: Interval) -> bool:
    """For a day after those expected: those concerned are named beside the doing, or, within a week, the very word and most of them."""
    assert finding.day is not None
    if finding.day.start - due.end <= _NEAR and finding.fit >= 1.0 and finding.mentioned >= 3:
        return finding.close >= 0.3 and finding.near >= 0.4
    return (finding.shared >= 2 or finding.near >= 0.5) and finding.close >= 0.4 and finding.near >= 0.35


def _shows_undated(finding: Finding, start: date) -> bool:
    """For an expectation without days: another report, later, that names those concerned."""
    return (
        (finding.day is not None or finding.published > start)
        and not finding.is_background
        and finding.score >= _SETTLES_UNDATED
        and finding.fit >= _FIT
        and finding.close >= 0.45
        and finding.near >= 0.48
        and (finding.shared >= 2 or finding.near >= 0.65)
    )


def _shows_without_day(finding: Finding, due: Interval) -> bool:
    """For a sentence that does not say when it was."""
    late = finding.published - due.end
    if late > SOON:
        return late <= _FORGOTTEN and finding.shared >= 2 and finding.close >= 0.45
    is_theirs = finding.shared >= 2 or finding.named >= 0.5 or (finding.near >= 0.6 and finding.named >= 0.1)
    return is_theirs and finding.fit >= 0.75 and finding.close >= 0.32 and finding.near >= 0.3


def denies(finding: Finding, start: date, due: Interval | None) -> bool:
    """True where a sentence says plainly enough that what was expected did not come, or not then: called off at any time, put off
    when it was due, or not done when time was up."""
    published = finding.published
    if finding.verdict == "happened" or finding.score < _SETTLES or published < start:
        return False
    if finding.day is not None and finding.day.end < start:
        return False
    if due is None:
        return finding.verdict == "called off" and finding.fit >= _FIT and finding.close >= 0.45
    if published - due.end > _FORGOTTEN and not finding.names_day:
        return False
    if finding.verdict == "put off" and published < due.start - _NEAR:
        return False
    if finding.verdict == "did not" and published < due.end:
        return False
    if finding.fit < _FIT:
        return finding.close >= 0.45 or (finding.names_day and finding.verdict != "did not")
    return (
        finding.names_day
        or finding.close >= 0.3
        or (finding.fit >= 0.9 and finding.mentioned >= 1 and finding.score >= _SETTLES_UNDATED)
    )
