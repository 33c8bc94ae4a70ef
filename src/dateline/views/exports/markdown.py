"""Markdown (CommonMark with footnotes): every line has a footnote for each passage behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.records import Evidence, Interval
from dateline.views.contents import Contents, StoryContents
from dateline.views.labels import (
    clean,
    day_label,
    days_label,
    one_line,
    outcome_label,
)

_MARKS = re.compile(r"([\\`*_\[\]<>|~#$^])")
# at the head of a line these would start a list, a heading or a rule
_LINE_HEAD = re.compile(r"^(\d+)([.)])|^([-+=:])")
_REALIS = {
    "expected": "expected",
    "possible": "possible",
    "negated": "denied or called off",
    "generic": "in general",
}


def write(contents: Contents) -> Iterator[str]:
    """A document a story, one after another; footnotes are numbered throughout and stand at the end."""
    notes = _Footnotes()
    empty = True
    for story in contents.stories():
        yield from _story(story, notes)
        empty = False
    if empty:
        yield "# No story\n\nThe notebook holds no report of that day or before.\n"
    yield from notes.lines()


class _Footnotes:
    """Passages in the order in which they were first pointed at, each with one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._lines: list[str] = []

    def marks(self, story: StoryContents, evidence: Sequence[Evidence]) -> str:
        """`[^1][^2]` for the passages of `evidence`."""
        marks = []
        for e in evidence:
            key = (e.article, e.span.start, e.span.end)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                self._lines.append(
                    f"[^{self._numbers[key]}]: {_credit(story, e)}: “{escape(one_line(e.text))}”\n"
                )
            marks.append(f"[^{self._numbers[key]}]")
        return "".join(dict.fromkeys(marks))

    def lines(self) -> Iterator[str]:
        """The footnotes themselves."""
        if self._lines:
            yield "\n"
            yield from self._lines


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    line = _MARKS.sub(r"\\\1", clean(text).replace("&", "&amp;"))
    return _LINE_HEAD.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def _credit(story: StoryContents, evidence: Evidence) -> str:
    label = escape(story.label(evidence))
    url = story.url(evidence.article)
    named = f"[{label}](<{url}>)" if url else label
    return f"{named}, characters {evidence.span.start}–{evidence.span.end}"


def _story(story: StoryContents, notes: _Footnotes) -> Iterator[str]:
    summary = story.summary
    reports = f"{len(summary.members)} report{'' if len(summary.members) == 1 else 's'}"
    yield f"# {escape(one_line(summary.title))}\n\n"
    yield f"{reports}, {days_label(Interval(summary.first, summary.last))}.\n\n"
    if story.entries:
        yield "## Timeline\n\n"
        for entry in story.entries:
            told = f" *({_REALIS[entry.realis]})*" if entry.realis in _REALIS else ""
            text = escape(one_line(entry.text))
            yield f"- **{days_label(entry.interval)}**{told}: {text}{notes.marks(story, entry.sources)}\n"
        yield "\n"
    if story.expectations:
        yield "## Expectations\n\n| due | expected | by | outcome |\n| --- | --- | --- | --- |\n"
        for x in story.by_due:
            voiced = notes.marks(story, [s.evidence for s in x.sources])
            settled = notes.marks(story, [x.outcome.evidence]) if x.outcome.evidence else ""
            yield (
                f"| {days_label(x.due)} | {escape(one_line(x.event))}{voiced} "
                f"| {escape(one_line(x.holder or '–'))} | {outcome_label(x)}{settled} |\n"
            )
        yield "\n"
    if story.disagreements:
        yield "## Where reports disagree\n\n"
        for d in story.disagreements:
            when = f" ({day_label(d.day)})" if d.day else ""
            yield f"- **{escape(one_line(d.about))}**{when}\n"
            for v in d.values:
                yield f"  - {escape(one_line(v.value))}{notes.marks(story, [v.evidence])}\n"
        yield "\n"
    # what is reported of somebody in other words is in the tables
    quotes = [(s.speaker, s.evidence) for s in story.statements if s.kind == "direct" and s.speaker]
    if quotes:
        yield "## Quotes\n\n"
        for speaker, said in quotes:
            yield f"- **{escape(one_line(speaker))}**: “{escape(one_line(said.text))}”{notes.marks(story, [said])}\n"
        yield "\n"
