"""`dateline demo`: the bundled notebook, built and shown."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from dateline import demo as demo_corpus
from dateline.cli.adding import named
from dateline.cli.options import Quiet, Verbose
from dateline.cli.output import NotebookView, open_book
from dateline.notebook import shown_name
from dateline.story import Story
from dateline.views import terminal


def demo(
    notebook: Annotated[
        str | None, typer.Option("--notebook", metavar="FILE", help="Keep the demo notebook here.")
    ] = None,
    reports: Annotated[
        Path | None,
        typer.Option("--reports", metavar="DIR", help="Also put the twenty reports here, to be read."),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Build the bundled demo notebook and show its timeline, expectations and disagreements."""
    out = terminal.console()
    with tempfile.TemporaryDirectory() as folder, demo_corpus.articles() as articles:
        path = notebook or str(Path(folder) / "demo.db")
        given = articles
        if reports is not None:
            shutil.copytree(articles, reports, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__*"))
            given = reports
        with closing(open_book(path, must_exist=False)) as book:
            book.add([str(given)])
            if not quiet:
                view = NotebookView(book, verbose=verbose)
                for story in book.stories():
                    _demo_story(out, story, view)
    if reports and not quiet:
        print(f"\nThe reports are in {reports}, each a text file that begins with its date.")
    if notebook and not quiet:
        where = named(notebook)
        print(
            f"\nThe notebook is {shown_name(notebook)}: look again with `dateline stories{where}`, or `dateline brief ferry{where}`."
        )


def _demo_story(out: Console, story: Story, view: NotebookView) -> None:
    terminal.rule(out, story.title)
    terminal.print_text(
        out,
        f"{len(story.summary.members)} reports, {story.summary.first} to {story.summary.last}",
        style="dim",
    )
    timeline, ledger, disputes = story.timeline(), story.expectations(), story.disagreements()
    if timeline:
        terminal.heading(out, "Timeline", view.day)
        terminal.timeline(out, timeline, cite=view.cite)
    if ledger:
        terminal.heading(out, "Expectations", view.day)
        terminal.expectations(out, ledger, cite=view.cite)
    if disputes:
        terminal.heading(out, "Disagreements", view.day)
        terminal.disagreements(out, disputes, cite=view.cite)
