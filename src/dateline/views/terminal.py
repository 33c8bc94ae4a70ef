"""Rows as the terminal shows them: well-set tables, every line with its source. Computes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from rich.console import Console
from rich.text import Text

from dateline.records import (
    Affair,
    Change,
    Disagreement,
    Evidence,
    Interval,
    LedgerEntry,
    Outcome,
    Reading,
    SearchHit,
    Span,
    StoryArticle,
    StoryStatement,
    StorySummary,
    TimelineEntry,
    TrackRecord,
)
from dateline.views.labels import VALUES, one_line, status_label, telling_cue, value_label
from dateline.views.layout import Column, console, is_piped, print_rows, print_text, print_trimmed

__all__ = [
    "Cite",
    "affairs",
    "article",
    "by_source",
    "changes",
    "clean",
    "console",
    "disagreements",
    "escape_controls",
    "escape_json",
    "expectations",
    "heading",
    "interval_label",
    "print_text",
    "rule",
    "search",
    "statements",
    "stories",
    "timeline",
]

_STATUS_STYLE = {"met": "green", "met late": "yellow", "missed": "red", "overdue": "magenta", "open": "cyan"}
_REALIS_MARK = {"actual": "●", "expected": "○"}
_CONTROL = dict.fromkeys((*range(0, 9), *range(11, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)))  # fmt: skip
_WEIGHED_WIDTH = 160
_SOURCES_SHOWN = 3

Cite = Callable[[Evidence], str]
"""What a passage's source is called in a listing."""


def clean(text: str) -> str:
    """Text on one line without control and bidi characters, so that no article can drive the terminal."""
    return " ".join(text.translate(_CONTROL).split())


_DRIVING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
_DRIVING_IN_JSON = re.compile(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def escape_controls(text: str) -> str:
    """Text, in any format, with the characters that drive a terminal written as JSON writes them (\\u001b)."""
    return _DRIVING.sub(_escaped, text)


def escape_json(text: str) -> str:
    """A line of JSON, the same for whoever parses it, without characters that drive a terminal or turn its text round."""
    return _DRIVING_IN_JSON.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _words(text: str | None) -> Text:
    return Text(clean(text)) if text else Text("–", style="dim")


def interval_label(interval: Interval | None) -> str:
    """An interval in the fewest words: a day, a month, a year, or its two ends."""
    if interval is None:
        return "–"
    first, last = interval.start, interval.end
    if first == last:
        return first.isoformat()
    if interval.granularity == "year" and first.year == last.year:
        return f"{first.year}"
    if interval.granularity == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first.isoformat()} –\n{last.isoformat()}"


def _sources(evidence: Sequence[Evidence], cite: Cite) -> Text:
    labels = list(dict.fromkeys(clean(cite(e)) for e in evidence))
    more = [f"and {len(labels) - _SOURCES_SHOWN} more"] if len(labels) > _SOURCES_SHOWN else []
    return Text("\n".join(labels[:_SOURCES_SHOWN] + more), style="dim")


_DAYS = Column("when", "fixed")
_SOURCE = Column("source", "source")


def affairs(out: Console, rows: Iterable[Affair], *, chapters: Mapping[str, StorySummary]) -> None:
    """The affairs, each with its chapters (by id) below it."""
    cells = []
    for row in rows:
        title = _titled(row.title, row.keywords)
        for story in (chapters[s] for s in row.stories):
            title.append(f"\n{story.id}  {story.first}  {clean(story.title)}", style="not bold")
        cells.append((row.id, f"{row.first} –\n{row.last}", f"{row.reports}", title))
    print_rows(out, (Column("affair", "fixed"), *_STORY_COLUMNS[1:]), cells)


def _titled(title: str, keywords: Sequence[str]) -> Text:
    """A title, with the keywords below it."""
    text = Text(clean(title), style="bold")
    if keywords:
        text.append("\n" + clean(", ".join(keywords)), style="dim not bold")
    return text


_STORY_COLUMNS = (
    Column("story", "fixed"),
    Column("from – to", "fixed"),
    Column("reports", "count"),
    Column("title"),
)


def stories(
    out: Console,
    rows: Iterable[StorySummary],
    *,
    cite: Callable[[str], str] | None = None,
    affairs: Mapping[str, Affair] | None = None,
) -> None:
    """The storylines; `cite` says what an article (by id) is called, to name the latest of each; `affairs` are those of stories by id."""
    cells = []
    for row in rows:
        copies = sum(m.duplicate_of is not None for m in row.members)
        count = f"{len(row.members)}" + (f" ({copies} cop{'y' if copies == 1 else 'ies'})" if copies else "")
        title = _titled(row.title, row.keywords)
        if affairs and (affair := affairs.get(row.id)):
            told = f"\naffair: {affair.id} {clean(affair.title)} ({len(affair.stories)} stories)"
            title.append(told, style="dim not bold")
        if cite:
            title.append("\nlatest: " + clean(cite(row.members[-1].id)), style="dim not bold")
        cells.append((row.id, f"{row.first} –\n{row.last}", count, title))
    print_rows(out, _STORY_COLUMNS, cells)


def timeline(out: Console, rows: Iterable[TimelineEntry], *, cite: Cite, explain: bool = False) -> None:
    """Dated entries: a full mark for what happened, a hollow one for what is only expected; to `explain`, what each rests on."""
    cells = []
    for row in rows:
        what = Text(clean(row.text), style="" if row.realis == "actual" else "italic")
        if explain:
            what.append(f"\nweight {row.weight:.2f}", style="not italic dim")
            for s in row.sources:
                told = f"\n{s.published}: “{clean(one_line(s.text, _WEIGHED_WIDTH))}” ({cite(s)})"
                what.append(told, style="not italic dim")
        mark = _REALIS_MARK.get(row.realis, "○")
        cells.append((interval_label(row.interval), mark, what, _sources(row.cited, cite)))
    print_rows(out, (_DAYS, Column("", "mark"), Column("what"), _SOURCE), cells)


def expectations(out: Console, rows: Iterable[LedgerEntry], *, explain: bool = False, cite: Cite) -> None:
    """The ledger; each row's outcome in words, with the sentence that shows it."""
    cells = []
    for row in rows:
        outcome = row.outcome
        what = Text(clean(row.event), style="bold")
        if row.holder:
            what.append(f"  — {clean(row.holder)}", style="not bold italic")
        if row.strength != "expected":
            what.append(f"  ({row.strength})", style="not bold dim")
        evidence = [s.evidence for s in row.sources]
        if outcome.evidence:
            what.append(f"\n→ {clean(outcome.evidence.text)}", style="not bold")
            evidence.append(outcome.evidence)
        if explain:
            for line in _explanation(outcome, cite):
                what.append(f"\n{clean(line)}", style="not bold dim")
        status = Text(status_label(outcome.status), style=_STATUS_STYLE[outcome.status])
        if outcome.days_late and outcome.status == "met late":
            status.append(f"\n+{outcome.days_late} d", style="dim")
        if outcome.status == "overdue" and outcome.searched:
            status.append(f"\nin {outcome.searched} since", style="dim")
        cells.append((interval_label(row.due), status, what, _sources(evidence, cite)))
    columns = (Column("due", "fixed"), Column("status", "fixed"), Column("expected, and by whom"), _SOURCE)
    print_rows(out, columns, cells)


def _explanation(outcome: Outcome, cite: Cite) -> Iterator[str]:
    """Why an outcome is what it is: the reason, then each sentence that was weighed with its verdict and what spoke against it."""
    if outcome.reason:
        yield f"why: {outcome.reason}"
    for w in outcome.weighed:
        aside = f"; set aside: {w.set_aside}" if w.set_aside else ""
        words = one_line(w.evidence.text, _WEIGHED_WIDTH)
        yield f"weighed: {w.verdict} {w.score:.2f}{aside} – “{words}” ({cite(w.evidence)})"


def by_source(out: Console, rows: Iterable[TrackRecord]) -> None:
    """How each holder's expectations turned out, of those that a report settled."""
    names = ("settled", "met", "met late", "missed")
    cells = [
        (
            _words(row.holder),
            f"{row.settled} of {row.total}",
            *(str(n) if n else Text("·", style="dim") for n in (row.met, row.met_late, row.missed)),
        )
        for row in rows
    ]
    print_rows(out, (Column("who expected"), *(Column(n, "count") for n in names)), cells)


def statements(out: Console, rows: Iterable[StoryStatement], *, cite: Cite) -> None:
    """Who said what."""
    cells = []
    for row in rows:
        content = clean(row.evidence.text)
        cue = telling_cue(row) if row.kind != "direct" else None
        said = Text(f"{one_line(cue)}: " if cue else "", style="dim")
        said.append(
            f"“{content}”" if row.kind == "direct" and content[:1] not in '“"' else content, "not dim"
        )
        cells.append(
            (
                row.evidence.published.isoformat(),
                _words(row.speaker),
                said,
                _sources([row.evidence], cite),
            )
        )
    columns = (Column("published", "fixed"), Column("who", ratio=3), Column("said", ratio=8), _SOURCE)
    print_rows(out, columns, cells)


def disagreements(out: Console, rows: Iterable[Disagreement], *, cite: Cite) -> None:
    """Each disputed fact, with its surest values side by side; with all of them where a program reads it."""
    cells: list[tuple[Text | str, ...]] = []
    for row in rows:
        shown = row.values if is_piped(out) else row.values[:VALUES]
        for number, value in enumerate(shown):
            label = value_label(value)
            says = Text(f"{label}\n" if label else "", style="bold")
            says.append(clean(value.evidence.text), style="not bold dim" if label else "not bold")
            first = number == 0
            cells.append(
                (
                    (row.day.isoformat() if row.day else "–") if first else "",
                    _words(row.about) if first else "",
                    says,
                    _sources([value.evidence], cite),
                )
            )
        if more := len(row.values) - len(shown):
            cells.append(("", "", Text(f"and {more} more", style="dim"), ""))
    print_rows(
        out, (Column("day", "fixed"), Column("about", ratio=3), Column("says", ratio=7), _SOURCE), cells
    )


def search(out: Console, rows: Iterable[SearchHit], *, cite: Cite) -> None:
    """Articles that answer a search, each with the sentence that shows it."""
    cells = []
    for row in rows:
        title, words = clean(row.title or ""), clean(row.evidence.text)
        what = Text(title, style="bold")
        if words != title:
            what.append(("\n" if title else "") + words, style="not bold")
        cells.append(
            (row.evidence.published.isoformat(), row.story or "–", what, _sources([row.evidence], cite))
        )
    columns = (Column("published", "fixed"), Column("story", "fixed"), Column("what"), _SOURCE)
    print_rows(out, columns, cells)


def changes(out: Console, rows: Iterable[Change], *, cite: Cite | None = None) -> None:
    """What the versions of an article changed: - what is gone, + what is new; a reworded sentence has both."""
    versions: tuple[str, str] | None = None
    for row in rows:
        for mark, side, style in (("-", row.before, "red"), ("+", row.after, "green")):
            if side is None:
                continue
            called = cite(side).rpartition(":")[0] if cite else side.source
            version = (side.published.isoformat(), clean(called))
            if version != versions:
                print_text(out, " · ".join(version), style="dim")
                versions = version
            print_text(out, f"{mark} {clean(side.text)}", style=style)


def article(
    out: Console,
    filed: StoryArticle,
    story: str | None,
    *,
    handle: str | None = None,
    place: int | None = None,
) -> None:
    """One article under its `handle` with what was found in it marked, then listed; the sentence that holds the character `place`
    stands out."""
    reading = filed.reading
    record = reading.article
    print_text(out, clean(record.title or handle or record.source), style="bold")
    at = (
        record.published_at.isoformat(" ", "minutes") if record.published_at else record.published.isoformat()
    )
    facts = [
        handle if record.title else None,
        at + (f" ({record.dated_by})" if record.dated_by else ""),
        record.publisher,
        record.url or record.source,
        f"id {record.id}",
        f"story {story}" if story else None,
    ]
    facts += [
        f"copy of {filed.duplicate_of}" if filed.duplicate_of else None,
        f"new version of {filed.revision_of}" if filed.revision_of else None,
    ]
    print_text(out, " · ".join(clean(f) for f in facts if f), style="dim")
    out.print()
    print_text(out, _marked(reading, place))
    out.print()
    legend = Text("time", style="cyan")
    legend.append(" ").append("name", style="bold").append(" ").append("event", style="underline")
    legend.append(" ").append("said", style="italic green").append(" ").append("expected", style="on grey23")
    print_text(out, legend.append("  dim: page furniture, not read", style="dim"))
    _found(out, reading)


def _marked(reading: Reading, place: int | None = None) -> Text:
    """The text with its records styled, characters in their places."""
    raw = reading.article.text
    text = Text(raw.translate(dict.fromkeys(_CONTROL, " ")))
    end = 0
    for span in (*reading.sentences, Span(len(raw), len(raw))):
        text.stylize("dim", end, span.start)
        end = span.end
    for expectation in reading.expectations:
        text.stylize("on grey23", expectation.span.start, expectation.span.end)
    for statement in reading.statements:
        text.stylize("italic green", statement.content.start, statement.content.end)
    for event in reading.events:
        text.stylize("underline", event.span.start, event.span.end)
    for mention in reading.mentions:
        text.stylize("bold", mention.span.start, mention.span.end)
    for time in reading.times:
        text.stylize("cyan", time.span.start, time.span.end)
    at = None if place is None else reading.sentence_at(place)
    if at is not None:
        text.stylize("reverse", reading.sentences[at].start, reading.sentences[at].end)
    return text


def _found(out: Console, reading: Reading) -> None:
    text = reading.article.text
    cells: list[tuple[str, Text, Text | str]] = []
    for t in reading.times:
        days = interval_label(t.interval).replace("\n", " ") if t.interval else ""
        read_as = f"{t.type} {t.value}" + (f" = {days}" if days != t.value else "")
        cells.append(("time", _words(t.text), read_as))
    for s in reading.statements:
        cells.append((f"said ({s.kind})", _words(s.content.of(text)), _words(s.speaker)))
    for x in reading.expectations:
        due = interval_label(x.due).replace("\n", " ")
        read_as = f"due {due}; {x.strength}; {clean(x.holder) if x.holder else 'the reporter'}"
        cells.append(("expectation", _words(x.event), read_as))
    columns = (Column("found", "fixed"), Column("what", ratio=6), Column("read as", ratio=5))
    print_rows(out, columns, cells)


def rule(out: Console, title: str) -> None:
    """A story's title over what follows."""
    if is_piped(out):
        print_text(out, f"\n{clean(title)}")
    else:
        print_trimmed(out, lambda: out.rule(Text(clean(title)), align="left"))


def heading(out: Console, text: str, as_of: date | None = None) -> None:
    """A section's heading."""
    out.print()
    line = Text(clean(text), style="bold")
    if as_of:
        line.append(f"  as of {as_of.isoformat()}", style="not bold dim")
    print_text(out, line)
