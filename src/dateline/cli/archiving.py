"""`dateline read`: an archive of news into records on disk, by this machine or a cluster."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from dateline.archive import ArchiveReport, LocalEngine, RayEngine, read_archive
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
from dateline.cli.options import Quiet, Verbose
from dateline.cli.output import kept_when_stopped
from dateline.views import terminal

Out = Annotated[
    Path,
    typer.Option(
        "--out", metavar="DIR", help="The folder of the archive; one that is there is gone on with."
    ),
]


def read(
    paths: Paths,
    out: Out,
    engine: Annotated[
        str, typer.Option(metavar="local|ray", help="What reads: this machine, or Ray.")
    ] = "local",
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Read with N processes, a core each.")] = 1,
    address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="With Ray, the cluster to read on; else one is made here."),
    ] = None,
    published: PublishedOn = None,
    columns: ColumnMap = None,
    date_order: DateOrder = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
    bounds: BoundList = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read articles into Parquet files, one folder a day; `dateline add DIR` takes them up. Safe to stop and rerun: docs/scale.md."""
    options = source_options(published, columns, date_order, follow, allow_private, bounds)
    if engine not in ("local", "ray"):
        raise typer.BadParameter(f"--engine {engine}: choose local or ray")
    if address is not None and engine != "ray":
        raise typer.BadParameter("--address goes with --engine ray")
    seconds = options.bounds.seconds
    reader = RayEngine(workers, seconds, address) if engine == "ray" else LocalEngine(workers, seconds)
    err = terminal.console(stderr=True)
    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=err, disable=quiet or not err.is_terminal, transient=True,
    )  # fmt: skip
    report = ArchiveReport()

    def tell() -> bool:
        return _tell(report, out, quiet)

    with kept_when_stopped(tell, "the parts that are finished are kept"), bar:
        task = bar.add_task("", total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)
            if verbose:
                print(f"{done} of {total} read", file=sys.stderr)

        read_archive(paths, out, engine=reader, options=options, progress=advance, report=report)
    lost = tell()
    if not quiet and (report.read or report.known):
        print(f"next: dateline add {out}", file=sys.stderr)
    if lost:
        raise typer.Exit(1)


def _tell(report: ArchiveReport, out: Path, quiet: bool) -> bool:
    """What came of reading; True where an input was lost."""
    for warning in report.warnings:
        complain(warning, quiet)
    lost = [complain(problem) for problem in report.problems]
    if not quiet:
        known = f", {report.known} there already" if report.known else ""
        failed = f", {len(lost)} could not be read" if lost else ""
        print(f"{report.read} read into {out}{known}{failed}", file=sys.stderr)
    return bool(lost)
