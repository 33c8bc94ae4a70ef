"""Words for people: days, names of sources, and text made safe to set beside other text."""

from __future__ import annotations

import re
from datetime import date

from dateline.language.counting import counted
from dateline.language.days import MONTHS as _MONTHS
from dateline.records import ArticleSummary, DisagreementValue, Interval, LedgerEntry, StoryStatement

NO_DISAGREEMENT = (
    "No disagreement is sure enough to be shown. `dateline disagreements --all` lists the doubtful ones."
)
"""Where no disagreement is sure enough to be shown: that is not to say that the reports agree."""
# control characters but tab and line feed, and the marks that turn the direction of all that follows
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
_WORDS = 40
"""Characters of a value that may be the beginning of its sentence and yet be a value."""
_PLAIN_CUES = frozenset(["said", "says", "say", "saying", "told", "tells", "according to", "added"])
_SEPARATOR = re.compile(r"[/\\]")
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` without characters that cannot be shown or that would reorder what stands around them."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str, most: int | None = None) -> str:
    """`text` cleaned, in one line, cut at a word after `most` characters."""
    line = " ".join(clean(text).split())
    if most is None or len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


VALUES = 4
"""Values of a disagreement that are shown at once: the surest come first, and a long dispute has two dozen."""


def value_label(value: DisagreementValue) -> str:
    """A value in a dispute, "" where it is all that its sentence says, or the beginning of it: the sentence stands beside it."""
    told = one_line(value.value)
    return "" if one_line(value.evidence.text).startswith(told.rstrip(" …")) and len(told) > _WORDS else told


def telling_cue(statement: StoryStatement) -> str | None:
    """The word that says how it was said, where that tells more than "said"."""
    cue = statement.cue
    return cue if cue and cue.casefold() not in _PLAIN_CUES else None


def web_address(url: str | None) -> str | None:
    """`url` where it is a web address that is safe to follow; None for `javascript:` and the like."""
    return url if url and _WEB.match(url) else None


def public_source(source: str) -> str:
    """A report's source as others may see it: a web address as it is; of a file on this machine its name and the part of it
    ("strike.jsonl#12"), not the folders that it lies in."""
    if web_address(source):
        return source
    # a page in an archive goes by the archive and its own address
    path, mark, page = source.partition("#http")
    return _SEPARATOR.split(path)[-1] + mark + page


def day_label(day: date) -> str:
    """`2024-03-05` as "5 March 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_label(interval: Interval | None) -> str:
    """The days of `interval` in the fewest words: "5 March 2024", "11–17 March 2024", "March 2024", "2024"."""
    if interval is None:
        return "no date"
    first, last = interval.start, interval.end
    if first == last:
        return day_label(first)
    if interval.granularity == "year" and first.year == last.year:
        return f"{first.year}"
    if interval.granularity == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if first.year != last.year:
        return f"{day_label(first)} – {day_label(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day_label(last)}"
    return f"{first.day}–{day_label(last)}"


def outcome_label(entry: LedgerEntry) -> str:
    """An outcome in words: "met late (9 days)"; of what is overdue only that no report was found is known, and in how many it was looked for."""
    searched = entry.outcome.searched
    if entry.outcome.status == "overdue":
        return status_label("overdue") + (f" ({counted(searched, 'report')} since)" if searched else "")
    late = entry.outcome.days_late
    if entry.outcome.status == "met late" and late and late > 0:
        return f"met late ({late} day{'s' if late != 1 else ''})"
    return entry.outcome.status


def status_label(status: str) -> str:
    """A status as people are told it."""
    return "no report found" if status == "overdue" else status


def report_label(report: ArticleSummary, day: date | None = None) -> str:
    """A report as people name it: "Washington Times, 6 June". `report` is as `Notebook.article_summaries` gives it, whose `publisher` is what
    the report goes by; the year is told where it is not that of `day`."""
    return f"{one_line(report.publisher or report.title or 'report', 48)}, {short_day(report.published, day)}"


def sentence_case(text: str) -> str:
    """`text` with a capital at its head, as a line that stands alone begins."""
    return text[:1].upper() + text[1:]


def short_day(told: date, day: date | None = None) -> str:
    """`2024-03-05` as "5 March", with its year where that is not the year of `day`."""
    return (
        day_label(told) if day is None or told.year != day.year else f"{told.day} {_MONTHS[told.month - 1]}"
    )
