"""`dateline add`: articles into the notebook, with a bar that shows how far it is."""

from __future__ import annotations

import shlex
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dateline.cli.inputs import (
    AllowPrivate,
    BoundList,
    ColumnMap,
    DateOrder,
    Follow,
    Paths,
    PublishedOn,
    complain,
    source_options,
)
from dateline.cli.options import DEFAULT_NOTEBOOK, NotebookFile, Quiet, Verbose, Wait
from dateline.cli.output import kept_when_stopped, open_book
from dateline.notebook import WAIT, AddReport, Notebook, shown_name
from dateline.records import Article
from dateline.sources import SourceOptions
from dateline.views import terminal


def add(
    paths: Paths,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    published: PublishedOn = None,
    columns: ColumnMap = None,
    date_order: DateOrder = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
    story: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Put all of it into one story of this name, to stay there."),
    ] = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Also what was taken out with `remove`.")
    ] = False,
    bounds: BoundList = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Read with N processes, a core each. Default: as many as there are cores, up to 3, where there is enough to read.",
        ),
    ] = None,
    wait: Wait = WAIT,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read articles into the notebook. Safe to stop and rerun. What is read, and how days are found: docs/input.md."""
    options = source_options(published, columns, date_order, follow, allow_private, bounds)
    if story is not None and not story.strip():
        raise typer.BadParameter("--story: give the story a name of one word or more")
    err = terminal.console(stderr=True)
    report = AddReport()
    with open_book(notebook, must_exist=False, wait=wait) as book:

        def tell() -> bool:
            return _tell(report, f"{shown_name(notebook)} holds {len(book)}", quiet)

        with kept_when_stopped(tell):
            _add_with_progress(
                book,
                paths,
                options,
                err,
                workers,
                report,
                show=not quiet and err.is_terminal,
                verbose=verbose,
                story=story,
                restore=restore,
            )
        lost = tell()
        if not quiet and len(book):
            _say_what_next(notebook, report.placed)
    if lost:
        raise typer.Exit(1)


def _tell(report: AddReport, holds: str, quiet: bool) -> bool:
    """What came of adding; True where an input was lost."""
    for warning in report.warnings:
        complain(warning, quiet)
    lost = [complain(problem) for problem in report.problems]
    if not quiet:
        known = f", {report.known} there already" if report.known else ""
        failed = f", {len(lost)} could not be read" if lost else ""
        removed = (
            f", {report.removed} left out that were removed (--restore brings them back)"
            if report.removed
            else ""
        )
        foreign = f", {report.foreign} of them not in English: kept, not read" if report.foreign else ""
        print(f"{report.added} added{foreign}{known}{removed}{failed}; {holds}", file=sys.stderr)
    return bool(lost)


def named(notebook: str) -> str:
    """The option that names a notebook to another command, as it is to be typed; empty where none is needed."""
    return "" if notebook == DEFAULT_NOTEBOOK else f" --notebook {shlex.quote(shown_name(notebook))}"


def _say_what_next(notebook: str, story: str | None = None) -> None:
    """The commands that one may want after adding, as they are to be typed."""
    where = named(notebook)
    of = f" {story}" if story else ""
    commands = [f"dateline {c}{where}" for c in ("stories", f"brief{of}", f"expectations{of}")]
    print(f"next: {', '.join(commands)}", file=sys.stderr)


def _add_with_progress(
    book: Notebook,
    paths: list[str],
    options: SourceOptions,
    err: Console,
    workers: int | None,
    report: AddReport,
    *,
    show: bool,
    verbose: bool,
    story: str | None,
    restore: bool,
) -> None:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} read"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=err, disable=not show, transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(article: Article) -> None:
            bar.update(task, advance=1, description=terminal.clean(article.source))
            if verbose:
                print(f"{article.id} {article.published} {terminal.clean(article.source)}", file=sys.stderr)

        def working(done: int, stories: int) -> None:
            bar.update(task, description=f"{done} of {stories} changed stories worked out")

        book.add(
            paths,
            options=options,
            progress=advance,
            views_progress=working,
            workers=workers,
            story=story,
            restore=restore,
            report=report,
        )
