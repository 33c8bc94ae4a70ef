"""Rows as the terminal shows them: well-set tables, every line with its source. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from dateline.records import (
    Change,
    Disagreement,
    Evidence,
    Filed,
    Interval,
    LedgerEntry,
    Reading,
    SearchHit,
    Span,
    StoryStatement,
    StorySummary,
    TimelineEntry,
    TrackRecord,
)

_STATUS_STYLE = {"met": "green", "met late": "yellow", "missed": "red", "overdue": "magenta", "open": "cyan"}
_REALIS_MARK = {"actual": "●", "expected": "○"}
_CONTROL = dict.fromkeys((*range(0, 9), *range(11, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)))  # fmt: skip


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal; 110 columns where there is none."""
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=110)


def clean(text: str) -> str:
    """Text on one line without control and bidi characters, so that no article can drive the terminal."""
    return " ".join(text.translate(_CONTROL).split())


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


def source_label(evidence: Evidence, width: int | None = None) -> str:
    """Where a line comes from: the source's name, cut to `width` characters in all, and the character it starts at."""
    name = clean(evidence.source if "://" in evidence.source else PurePath(evidence.source).name)
    place = f":{evidence.span.start}"
    if width is not None and len(name) + len(place) > width:
        name = name[: width - len(place) - 1] + "…"
    return name + place


def _sources(evidence: Sequence[Evidence], most: int = 3) -> Text:
    labels = list(dict.fromkeys(source_label(e, _SOURCE_WIDTH) for e in evidence))
    more = [f"and {len(labels) - most} more"] if len(labels) > most else []
    return Text("\n".join(labels[:most] + more), style="dim")


def _table(*columns: tuple[str, dict[str, object]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, header_style="bold")
    for name, settings in columns:
        table.add_column(name, **settings)  # type: ignore[arg-type]
    return table


_SOURCE_WIDTH = 30
_SOURCE: tuple[str, dict[str, object]] = ("source", {"width": _SOURCE_WIDTH, "no_wrap": True})


def stories(out: Console, rows: Iterable[StorySummary]) -> None:
    """The storylines."""
    table = _table(
        ("story", {"no_wrap": True}),
        ("from – to", {"no_wrap": True}),
        ("reports", {"justify": "right"}),
        ("title", {"ratio": 8}),
    )
    for row in rows:
        copies = sum(m.duplicate_of is not None for m in row.members)
        count = f"{len(row.members)}" + (f" ({copies} cop{'y' if copies == 1 else 'ies'})" if copies else "")
        title = Text(clean(row.title), style="bold")
        if row.keywords:
            title.append("\n" + clean(", ".join(row.keywords)), style="dim not bold")
        table.add_row(row.id, f"{row.first} –\n{row.last}", count, title)
    out.print(table)


def timeline(out: Console, rows: Iterable[TimelineEntry]) -> None:
    """Dated entries: a full mark for what happened, a hollow one for what is only expected."""
    table = _table(("when", {"no_wrap": True}), ("", {"width": 1}), ("what", {"ratio": 8}), _SOURCE)
    for row in rows:
        style = "" if row.realis == "actual" else "italic"
        table.add_row(
            interval_label(row.interval),
            _REALIS_MARK.get(row.realis, "○"),
            Text(clean(row.text), style=style),
            _sources(row.sources),
        )
    out.print(table)


def expectations(out: Console, rows: Iterable[LedgerEntry], *, explain: bool = False) -> None:
    """The ledger; each row's outcome in words, with the sentence that shows it."""
    table = _table(
        ("due", {"no_wrap": True}),
        ("status", {"no_wrap": True}),
        ("expected, and by whom", {"ratio": 8}),
        _SOURCE,
    )
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
        if explain and outcome.reason:
            what.append(f"\n{clean(outcome.reason)}", style="not bold dim")
        status = Text(outcome.status, style=_STATUS_STYLE[outcome.status])
        if outcome.days_late and outcome.status == "met late":
            status.append(f"\n+{outcome.days_late} d", style="dim")
        table.add_row(interval_label(row.due), status, what, _sources(evidence))
    out.print(table)


def by_source(out: Console, rows: Iterable[TrackRecord]) -> None:
    """How each holder's expectations turned out."""
    table = _table(("who expected", {"ratio": 4}))
    for name in ("met", "met late", "missed", "overdue", "open"):
        table.add_column(name, justify="right")
    for row in rows:
        counts = (row.met, row.met_late, row.missed, row.overdue, row.open)
        table.add_row(_words(row.holder), *(str(n) if n else Text("·", style="dim") for n in counts))
    out.print(table)


def statements(out: Console, rows: Iterable[StoryStatement]) -> None:
    """Who said what."""
    table = _table(("published", {"no_wrap": True}), ("who", {"ratio": 3}), ("said", {"ratio": 8}), _SOURCE)
    for row in rows:
        content = clean(row.evidence.text)
        said = f"“{content}”" if row.kind == "direct" else content
        table.add_row(
            row.evidence.published.isoformat(), _words(row.speaker), Text(said), _sources([row.evidence])
        )
    out.print(table)


def disagreements(out: Console, rows: Iterable[Disagreement]) -> None:
    """Each disputed fact, with every value side by side."""
    table = _table(("day", {"no_wrap": True}), ("about", {"ratio": 3}), ("says", {"ratio": 7}), _SOURCE)
    for row in rows:
        for number, value in enumerate(row.values):
            says = Text(clean(value.value), style="bold")
            says.append(f"\n{clean(value.evidence.text)}", style="not bold dim")
            first = number == 0
            table.add_row(
                (row.day.isoformat() if row.day else "–") if first else "",
                _words(row.about) if first else "",
                says,
                _sources([value.evidence]),
            )
    out.print(table)


def search(out: Console, rows: Iterable[SearchHit]) -> None:
    """Articles that answer a search, each with the sentence that shows it."""
    table = _table(
        ("published", {"no_wrap": True}), ("what", {"ratio": 8}), ("story", {"no_wrap": True}), _SOURCE
    )
    for row in rows:
        what = Text(clean(row.title) + "\n" if row.title else "", style="bold")
        what.append(clean(row.evidence.text), style="not bold")
        table.add_row(row.evidence.published.isoformat(), what, row.story or "–", _sources([row.evidence]))
    out.print(table)


def changes(out: Console, rows: Iterable[Change]) -> None:
    """What the versions of an article changed: - what is gone, + what is new; a reworded sentence has both."""
    versions: tuple[str, str] | None = None
    for row in rows:
        for mark, side, style in (("-", row.before, "red"), ("+", row.after, "green")):
            if side is None:
                continue
            version = (side.published.isoformat(), clean(side.source))
            if version != versions:
                out.print(Text(" · ".join(version), style="dim"))
                versions = version
            out.print(Text(f"{mark} {clean(side.text)}", style=style))


def article(out: Console, filed: Filed, story: str | None) -> None:
    """One article with what was found in it marked, then listed."""
    reading = filed.reading
    record = reading.article
    out.print(f"[bold]{escape(clean(record.title or record.source))}[/bold]")
    facts = [
        record.published.isoformat(),
        record.publisher,
        record.source,
        f"id {record.id}",
        f"story {story}" if story else None,
    ]
    facts += [
        f"copy of {filed.duplicate_of}" if filed.duplicate_of else None,
        f"new version of {filed.revision_of}" if filed.revision_of else None,
    ]
    out.print(Text(" · ".join(clean(f) for f in facts if f), style="dim"))
    out.print()
    out.print(_marked(reading))
    out.print()
    legend = Text("time", style="cyan")
    legend.append(" ").append("name", style="bold").append(" ").append("event", style="underline")
    legend.append(" ").append("said", style="italic green").append(" ").append("expected", style="on grey23")
    out.print(legend.append("  dim: page furniture, not read", style="dim"))
    _found(out, reading)


def _marked(reading: Reading) -> Text:
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
    return text


def _found(out: Console, reading: Reading) -> None:
    text = reading.article.text
    table = _table(("found", {"no_wrap": True}), ("what", {"ratio": 6}), ("read as", {"ratio": 5}))
    for t in reading.times:
        days = interval_label(t.interval).replace("\n", " ") if t.interval else ""
        table.add_row(
            "time", _words(t.text), f"{t.type} {t.value}" + (f" = {days}" if days != t.value else "")
        )
    for s in reading.statements:
        table.add_row(f"said ({s.kind})", _words(s.content.of(text)), _words(s.speaker))
    for x in reading.expectations:
        due = interval_label(x.due).replace("\n", " ")
        table.add_row(
            "expectation",
            _words(x.event),
            Text(f"due {due}; {x.strength}; {clean(x.holder) if x.holder else 'the reporter'}"),
        )
    out.print(table)


def heading(out: Console, text: str, as_of: date | None = None) -> None:
    """A section's heading."""
    out.print()
    line = Text(clean(text), style="bold")
    if as_of:
        line.append(f"  as of {as_of.isoformat()}", style="not bold dim")
    out.print(line)
