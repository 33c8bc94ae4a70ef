"""A timeline to set into another page's iframe: one small HTML file, no script, nothing loaded, links that open beside that page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources

from dateline.notebook import Selection
from dateline.records import Evidence, LedgerEntry, TimelineEntry
from dateline.views.contents import Contents, StoryContents
from dateline.views.labels import clean, day_label, days_label, one_line, outcome_label

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# what is expected next, and the reports that a line names
_AHEAD, _CREDITED = 5, 3


def write(contents: Contents) -> Iterator[str]:
    """The page: each story's weightiest entries, at most `contents.most`, and what is expected next."""
    stories = list(contents.stories())
    title = one_line(stories[0].summary.title, 120) if len(stories) == 1 else f"{len(stories)} stories"
    css = resources.files("dateline.views").joinpath("exports/embed.css").read_text(encoding="utf-8")
    yield (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>\n"
    )
    for story in stories:
        yield from _story(story, contents)
    yield "</main>\n</body>\n</html>\n"


def _story(story: StoryContents, contents: Contents) -> Iterator[str]:
    reports = len(story.summary.members)
    known = f"as known on {day_label(contents.as_of)}" if contents.as_of else ""
    yield f"<h1>{_text(one_line(story.summary.title))}</h1>\n"
    yield f'<p class="meta">{reports} report{"" if reports == 1 else "s"}, {known}</p>\n<ol>\n'
    for entry in Selection(limit=contents.most).of(story.entries):
        yield _entry(story, entry)
    yield "</ol>\n"
    ahead = [x for x in story.expectations if x.due and x.outcome.status in ("open", "overdue")]
    ahead.sort(key=lambda x: (x.due.end, x.due.start, x.id) if x.due else ())
    if ahead:
        yield "<h2>Expected</h2>\n<ul>\n"
        yield from (_expected(story, x) for x in ahead[-_AHEAD:])
        yield "</ul>\n"


def _entry(story: StoryContents, entry: TimelineEntry) -> str:
    foreseen = "" if entry.realis == "actual" else ' class="foreseen"'
    return (
        f"<li{foreseen}><p><b>{days_label(entry.interval)}</b> {_text(one_line(entry.text, 300))}</p>"
        f"{_credits(story, entry.cited)}</li>\n"
    )


def _expected(story: StoryContents, entry: LedgerEntry) -> str:
    told = outcome_label(entry) if entry.outcome.status == "overdue" else ""
    return (
        f"<li><p><b>{days_label(entry.due)}</b> {_text(one_line(entry.event, 200))} <i>{told}</i></p>"
        f"{_credits(story, [s.evidence for s in entry.sources])}</li>\n"
    )


def _credits(story: StoryContents, evidence: tuple[Evidence, ...] | list[Evidence]) -> str:
    reports = list({e.article: e for e in evidence}.values())
    named = []
    for e in reports[:_CREDITED]:
        label, url = _text(story.label(e)), story.url(e.article)
        opening = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">' if url else ""
        named.append(f"{opening}{label}{'</a>' if url else ''}")
    more = f" and {len(reports) - _CREDITED} more" if len(reports) > _CREDITED else ""
    return f'<p class="meta">{"; ".join(named)}{more}</p>'


def _text(text: str) -> str:
    return escape(clean(text))
