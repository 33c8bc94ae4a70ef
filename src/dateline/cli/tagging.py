"""`dateline tag`: the reader alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline import times
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
from dateline.cli.output import print_json, say
from dateline.notebook import read_sources
from dateline.reader import Reader
from dateline.records import Reading
from dateline.sources import SourceOptions
from dateline.views import rows

KINDS = ("sentences", "times", "mentions", "events", "statements", "expectations")


def _kinds(only: list[str] | None) -> set[str]:
    """The record kinds that `--only` names, all without it."""
    named = {name.strip() for entry in only or [] for name in entry.split(",") if name.strip()}
    if unknown := named.difference(KINDS):
        raise typer.BadParameter(f"--only {', '.join(sorted(unknown))}: choose among {', '.join(KINDS)}")
    return named or set(KINDS)


def tag(
    paths: Paths,
    published: PublishedOn = None,
    columns: ColumnMap = None,
    date_order: DateOrder = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
    bounds: BoundList = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND,...",
            help=f"Only these of {', '.join(KINDS)}. With times alone the rules run without the model, "
            "many times faster.",
        ),
    ] = None,
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="json, or timeml: the times alone, as .tml files in --out.")
    ] = "json",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The folder that TimeML is written to.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="With each time its rule and what its value was counted from.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """The reader alone: one JSON object an article on standard output, nothing stored."""
    kinds = _kinds(only)
    options = source_options(published, columns, date_order, follow, allow_private, bounds)
    if to not in ("json", "timeml"):
        raise typer.BadParameter(f"--to {to}: choose json or timeml")
    if (out is not None) != (to == "timeml"):
        raise typer.BadParameter("--to timeml and --out DIR go together")
    if out is not None:
        if only and kinds != {"times"}:
            raise typer.BadParameter("TimeML holds times alone: leave --only out or write --only times")
        lost = _tag_to_timeml(paths, options, out, quiet)
    else:
        lost = False
        reader = times.TimesReader(explain=explain) if kinds == {"times"} else Reader(explain=explain)
        for found in read_sources(paths, options, reader):
            if isinstance(found, Reading):
                if verbose:
                    say(f"{found.article.published} {found.article.source}")
                row = rows.reading(found)
                print_json([{name: row[name] for name in row if name not in KINDS or name in kinds}])
            else:
                lost |= complain(found, quiet)
    if lost:
        raise typer.Exit(1)


def _tag_to_timeml(paths: list[str], options: SourceOptions, out: Path, quiet: bool) -> bool:
    """Write TimeML of every path; True where an input was lost. A folder that holds .tml files gives those alone."""
    lost = False
    for given in paths:
        path = Path(given)
        if path.suffix == ".tml" or (path.is_dir() and next(path.rglob("*.tml"), None)):
            written, problems = times.tag_timeml(path, out)
        else:
            written, problems = [], []
            for found in read_sources([given], options, times.TimesReader()):
                if isinstance(found, Reading):
                    written.append(times.write_timeml(found.article, out))
                else:
                    lost |= complain(found, quiet)
        for problem in problems:
            lost |= complain(problem, quiet)
        if not quiet:
            print(f"{given}: {len(written)} written to {out}", file=sys.stderr)
    return lost
