"""What a round of watching changed, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from dateline.records import Article, Disagreement, Evidence, LedgerEntry
from dateline.views import rows
from dateline.views.labels import VALUES, days_label, one_line, outcome_label, value_label
from dateline.views.terminal import clean
from dateline.watching import Changes, NewReport, Round

_OPENING = 90
Handle = Callable[[str], str]
"""What an article (by id) is called."""


def summary(found: Changes) -> str:
    """The counts in words: "2 new reports, 1 newly due"; "nothing new" where there is none."""
    reports = len(found.reports)
    counted = (
        (reports, "new report" if reports == 1 else "new reports"),
        (len(found.due), "newly due"),
        (len(found.settled), "newly settled"),
        (len(found.disputed), "newly disputed"),
    )
    return ", ".join(f"{count} {what}" for count, what in counted if count) or "nothing new"


def change_rows(told: Round) -> Iterator[rows.Row]:
    """A row a change: `change` is report, due, settled or disputed, `at` when the round ended; the rest is the row of
    `dateline expectations --json` or `disagreements --json`, or the report with the sentences that a new version changed."""
    found, at = told.changes, told.at.isoformat(timespec="seconds")
    for report in found.reports:
        yield {"change": "report", "at": at, **_report_row(report)}
    for entry in found.due:
        yield {"change": "due", "at": at, **rows.ledger_entry(entry)}
    for entry in found.settled:
        yield {"change": "settled", "at": at, **rows.ledger_entry(entry)}
    for dispute in found.disputed:
        yield {"change": "disputed", "at": at, **rows.disagreement(dispute)}


def message(told: Round, handle: Handle) -> rows.Row:
    """A round as it is sent to a webhook: `text` in words, as chat services want it, and the rows."""
    return {
        "text": "\n".join([summary(told.changes), *(line.plain for line in _lines(told.changes, handle))]),
        "at": told.at.isoformat(timespec="seconds"),
        "as_of": told.day.isoformat(),
        "changes": list(change_rows(told)),
    }


def _report_row(report: NewReport) -> rows.Row:
    article, member = report.article, report.member
    return {
        "story": report.story.id,
        "story_title": report.story.title,
        "id": member.id,
        "source": member.source,
        "url": article.url if article else None,
        "publisher": article.publisher if article else None,
        "title": article.title if article else None,
        "published": member.published.isoformat(),
        "duplicate_of": member.duplicate_of,
        "revision_of": member.revision_of,
        "changes": [rows.change(change) for change in report.changes],
    }


def show(out: Console, told: Round, handle: Handle) -> None:
    """A round's heading and a line or two a change."""
    heading = Text(f"{told.at:%Y-%m-%d %H:%M}", style="bold")
    heading.append(f"  {summary(told.changes)}", style="not bold")
    for line in (heading, *_lines(told.changes, handle)):
        out.print(line, soft_wrap=True)


def _place(evidence: Evidence, handle: Handle) -> str:
    return clean(f"{handle(evidence.article)}:{evidence.span.start}")


def _lines(found: Changes, handle: Handle) -> Iterator[Text]:
    for report in found.reports:
        yield from _report_lines(report, handle)
    for entry in found.due:
        what = "no report found" if entry.outcome.status == "overdue" else "due"
        yield _marked(what, "magenta" if entry.outcome.status == "overdue" else "cyan", entry, handle)
    for entry in found.settled:
        yield _marked(
            outcome_label(entry), "red" if entry.outcome.status == "missed" else "green", entry, handle
        )
        if told := entry.outcome.evidence:
            yield Text(f"    → {clean(told.text)} ({_place(told, handle)})")
    for dispute in found.disputed:
        yield from _dispute_lines(dispute, handle)


def _report_lines(report: NewReport, handle: Handle) -> Iterator[Text]:
    article, member = report.article, report.member
    what = "copy" if member.duplicate_of else "new version" if member.revision_of else "new"
    line = Text(f"  {what}  ", style="bold")
    line.append(f"{member.published}  ", style="not bold")
    line.append(clean(_named(article) or member.source), style="not bold")
    where = [handle(member.id), f"story {report.story.id} {report.story.title}"]
    line.append("  " + " · ".join(clean(w) for w in where if w), style="not bold dim")
    yield line
    for change in report.changes:
        for mark, side in (("-", change.before), ("+", change.after)):
            if side is not None:
                yield Text(f"    {mark} {clean(side.text)}", style="dim")


def _named(article: Article | None) -> str | None:
    """The title of an article; of a post, which shares it with the others of its live blog, also how it begins."""
    if article is None or not (article.dated_by or "").startswith("post"):
        return article.title if article else None
    opening = one_line(article.text, _OPENING)
    return (
        opening if not article.title or opening.startswith(article.title) else f"{article.title} · {opening}"
    )


def _marked(what: str, style: str, entry: LedgerEntry, handle: Handle) -> Text:
    line = Text(f"  {what}  ", style=style)
    line.append(f"{days_label(entry.due)}: {clean(entry.event)}", style="default")
    if entry.holder:
        line.append(f" — {clean(entry.holder)}", style="italic default")
    line.append(f"  ({_place(entry.sources[-1].evidence, handle)})", style="dim default")
    return line


def _dispute_lines(dispute: Disagreement, handle: Handle) -> Iterator[Text]:
    line = Text("  disputed  ", style="yellow")
    line.append(clean(dispute.about), style="default")
    yield line
    for value in dispute.values[:VALUES]:
        evidence = value.evidence
        label = value_label(value)
        said = f"{label}: {clean(evidence.text)}" if label else clean(evidence.text)
        yield Text(f"    {said} ({_place(evidence, handle)})")
    if (more := len(dispute.values) - VALUES) > 0:
        yield Text(f"    and {more} more", style="dim")
