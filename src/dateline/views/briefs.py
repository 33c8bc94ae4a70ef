"""A story on one page, for the terminal and as Markdown, HTML and text: every line with the passages it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources

from rich.console import Console
from rich.text import Text

from dateline.language.counting import counted
from dateline.records import ArticleSummary, Briefing, Evidence, Interval, LedgerEntry
from dateline.views import terminal
from dateline.views.exports.markdown import escape as escape_markdown
from dateline.views.labels import (
    NO_DISAGREEMENT,
    clean,
    day_label,
    days_label,
    one_line,
    status_label,
    web_address,
)
from dateline.views.layout import Column, print_rows, print_text

FORMATS = ("markdown", "html", "text")
_SHOWN = 3
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Named:
    """What articles are called (handles, by id), and what they are known by."""

    handle: Callable[[str], str]
    summary: Callable[[str], ArticleSummary]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: its days or its status, the words, and the passages behind it."""

    when: Interval | None
    label: str
    text: str
    sources: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; `none` is said where there are no lines."""

    heading: str
    lines: tuple[Line, ...]
    none: str


def sections(page: Briefing) -> tuple[Section, ...]:
    """The parts of the page, in order; what was due without a report only where there is such a thing."""
    happened = tuple(Line(e.interval, "", e.text, e.cited) for e in page.happened)
    disputed = tuple(
        Line(None, "" if number else (day_label(d.day) if d.day else "–"), f"{d.about if not number else ''} {v.value}".strip(), (v.evidence,))
        for d in page.disputed
        for number, v in enumerate(d.values)
    )  # fmt: skip
    new = tuple(Line(n.interval, status_label(n.kind), n.text, n.sources) for n in page.new)
    found = [
        Section("Happened", happened, "Nothing that happened is told."),
        Section("Expected next", tuple(map(_expected, page.expected)), "Nothing more is expected."),
    ]
    if page.unreported:
        found.append(Section("Was due, no report found", tuple(map(_expected, page.unreported)), ""))
    found.append(Section("Disputed", disputed, NO_DISAGREEMENT))
    found.append(Section(f"New since {day_label(page.since)}", new, "Nothing new."))
    return tuple(found)


def _expected(entry: LedgerEntry) -> Line:
    by = f" — {entry.holder}" if entry.holder else ""
    notes: list[str] = [entry.strength] if entry.strength != "expected" else []
    if entry.outcome.status == "overdue" and (searched := entry.outcome.searched):
        # that no report was found is the heading
        notes.append(f"{counted(searched, 'report')} since")
    told = f" ({', '.join(notes)})" if notes else ""
    return Line(entry.due, "", f"{entry.event}{by}{told}", tuple(s.evidence for s in entry.sources))


def _facts(page: Briefing) -> str:
    s = page.story
    return f"{counted(len(s.members), 'report')}, {days_label(Interval(s.first, s.last))}; as known on {day_label(page.as_of)}"


def _when(line: Line) -> str:
    parts = [line.label, days_label(line.when) if line.when else "" if line.label else "no date"]
    return ", ".join(p for p in parts if p and p != "–")


def show(out: Console, page: Briefing, cite: terminal.Cite) -> None:
    """The page in a terminal."""
    out.print()
    print_text(out, clean(one_line(page.story.title)), style="bold underline")
    print_text(out, _facts(page), style="dim")
    for section in sections(page):
        terminal.heading(out, section.heading)
        rows = [
            (
                "\n".join(p for p in (line.label, terminal.interval_label(line.when) if line.when or not line.label else "") if p),
                Text(terminal.clean(line.text)),
                Text("\n".join(_cited(line.sources, cite)), style="dim"),
            )
            for line in section.lines
        ]  # fmt: skip
        if rows:
            print_rows(out, (Column("when", "fixed"), Column("what"), Column("source", "source")), rows)
        else:
            print_text(out, section.none, style="dim")


def _cited(sources: Sequence[Evidence], cite: terminal.Cite) -> list[str]:
    labels = list(dict.fromkeys(terminal.clean(cite(e)) for e in sources))
    return labels[:_SHOWN] + ([f"and {len(labels) - _SHOWN} more"] if len(labels) > _SHOWN else [])


def write(pages: Iterable[Briefing], to: str, named: Named) -> str:
    """The pages as one document in the format `to`, one of FORMATS."""
    return "".join({"markdown": _markdown, "html": _html, "text": _text}[to](list(pages), named))


class _Notes:
    """The passages that lines point at, numbered in the order in which they come."""

    def __init__(self) -> None:
        self.passages: list[Evidence] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def numbers(self, sources: Sequence[Evidence]) -> list[int]:
        found = []
        for e in sources:
            key = (e.article, e.span.start, e.span.end)
            if key not in self._numbers:
                self.passages.append(e)
                self._numbers[key] = len(self.passages)
            found.append(self._numbers[key])
        return list(dict.fromkeys(found))


def _text(pages: Sequence[Briefing], named: Named) -> Iterator[str]:
    notes = _Notes()
    for page in pages:
        title = one_line(page.story.title)
        yield f"{title}\n{'=' * len(title)}\n{_facts(page)}\n"
        for section in sections(page):
            yield f"\n{section.heading}\n{'-' * len(section.heading)}\n"
            for line in section.lines:
                marks = "".join(f"[{n}]" for n in notes.numbers(line.sources))
                when = f"{_when(line)}: " if _when(line) else ""
                yield f"- {when}{one_line(line.text)} {marks}\n"
            if not section.lines:
                yield f"{section.none}\n"
        yield "\n"
    if notes.passages:
        yield "Sources\n-------\n"
    for number, e in enumerate(notes.passages, 1):
        article = named.summary(e.article)
        parts = [f"[{number}] {clean(named.handle(e.article))}:{e.span.start}", one_line(article.title or "")]
        parts += [web_address(article.url) or "", f"“{one_line(e.text)}”"]
        yield ", ".join(p for p in parts if p) + "\n"


def _markdown(pages: Sequence[Briefing], named: Named) -> Iterator[str]:
    notes = _Notes()
    for page in pages:
        yield f"# {escape_markdown(one_line(page.story.title))}\n\n{_facts(page)}.\n\n"
        for section in sections(page):
            yield f"## {section.heading}\n\n"
            for line in section.lines:
                marks = "".join(f"[^{n}]" for n in notes.numbers(line.sources))
                when = f"**{escape_markdown(_when(line))}**: " if _when(line) else ""
                yield f"- {when}{escape_markdown(one_line(line.text))}{marks}\n"
            yield f"{section.none}\n\n" if not section.lines else "\n"
    for number, e in enumerate(notes.passages, 1):
        article = named.summary(e.article)
        label = escape_markdown(named.handle(e.article))
        if article.title:
            label += f", {escape_markdown(one_line(article.title))}"
        url = web_address(article.url)
        credit = f"[{label}](<{url}>)" if url else label
        yield f"[^{number}]: {credit}, character {e.span.start}: “{escape_markdown(one_line(e.text))}”\n"


def _html(pages: Sequence[Briefing], named: Named) -> Iterator[str]:
    def safe(text: str) -> str:
        return escape(clean(one_line(text)))

    notes = _Notes()
    title = safe(pages[0].story.title) if len(pages) == 1 else "What we know so far"
    css = resources.files("dateline.views").joinpath("exports/html.css").read_text(encoding="utf-8")
    yield (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main class="brief">\n'
    )
    for page in pages:
        yield f'<section id="story-{page.story.id}">\n<h1>{safe(page.story.title)}</h1>\n<p class="meta">{_facts(page)}.</p>\n'
        for section in sections(page):
            yield f"<h2>{safe(section.heading)}</h2>\n" + (
                "<ul>\n" if section.lines else f"<p>{section.none}</p>\n"
            )
            for line in section.lines:
                links = " ".join(
                    f'<a href="#note-{n}" title="{escape(clean(named.handle(e.article)))}">[{n}]</a>'
                    for n in notes.numbers(line.sources)
                    for e in (notes.passages[n - 1],)
                )
                when = f'<span class="when">{safe(_when(line))}</span>' if _when(line) else ""
                yield f"<li>{when}{safe(line.text)} <sup>{links}</sup></li>\n"
            yield "</ul>\n" if section.lines else ""
        yield "</section>\n"
    yield '<section>\n<h2>Sources</h2>\n<ol class="timeline">\n'
    for number, e in enumerate(notes.passages, 1):
        article = named.summary(e.article)
        label = safe(", ".join(filter(None, (named.handle(e.article), article.title))))
        url = web_address(article.url)
        credit = f'<a href="{escape(url)}" rel="noreferrer">{label}</a>' if url else label
        yield f'<li id="note-{number}">[{number}] {credit}: <q>{safe(e.text)}</q></li>\n'
    yield "</ol>\n</section>\n</main>\n</body>\n</html>\n"
