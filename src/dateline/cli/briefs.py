"""What we know so far, on one page."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import (
    DEFAULT_NOTEBOOK,
    After,
    AsOf,
    Before,
    Json,
    Limit,
    NotebookFile,
    Quiet,
    StoryWords,
    Verbose,
    a_date,
    words,
)
from dateline.cli.output import NotebookView, print_json, view_notebook
from dateline.notebook import Selection
from dateline.records import ArticleSummary
from dateline.views import briefs, exports, rows, terminal


def brief(
    story: StoryWords = None,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    since: Annotated[
        date | None,
        typer.Option(
            parser=a_date,
            metavar="DATE",
            help="What counts as new: all from this day on; without it what the last day with reports brought.",
        ),
    ] = None,
    after: After = None,
    before: Before = None,
    limit: Limit = None,
    to: Annotated[
        str | None, typer.Option(metavar="FORMAT", help=f"Write it as {', '.join(briefs.FORMATS)}.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="The file to write; standard output without it."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """What we know so far on one page: happened, expected next, disputed, new since; each line cited. --after, --before and --limit choose stories."""
    if to is not None and to not in briefs.FORMATS:
        raise typer.BadParameter(f"--to {to}: choose one of {', '.join(briefs.FORMATS)}")
    if as_json and (to or out):
        raise typer.BadParameter("--json prints rows: leave --to and --output out")
    with view_notebook(notebook, as_of, quiet=quiet, verbose=verbose) as view:
        found = view.stories(words(story), "timeline")
        kept = Selection(after, before, None, limit).of([s.summary for s in found])
        chosen = {summary.id for summary in kept}
        pages = [s.briefing(since, as_of) for s in found if s.id in chosen]
        if as_json:
            print_json(map(rows.briefing, pages))
        elif to or out:
            text = briefs.write(pages, to or _format_of(out), _named(view))
            if out is None:
                print(terminal.escape_controls(text), end="")
            else:
                exports.write_file(text.encode("utf-8"), out)
                if not quiet:
                    print(f"wrote {terminal.clean(str(out))}", file=sys.stderr)
        elif pages:
            for page in pages:
                briefs.show(terminal.console(), page, view.cite)
        elif not quiet:
            view.say_none("story")


def _format_of(out: Path | None) -> str:
    """The format that a file's name asks for, text unless it says otherwise."""
    ends = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
    return ends.get(out.suffix.lower() if out else "", "text")


def _named(view: NotebookView) -> briefs.Named:
    known: dict[str, ArticleSummary] = {}

    def summary(article: str) -> ArticleSummary:
        if article not in known:
            known[article] = view.book.article_summary(article, view.as_of)
        return known[article]

    return briefs.Named(view.handle, summary)
