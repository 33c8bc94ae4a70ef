"""`dateline check`: a notebook looked over, and mended."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.options import DEFAULT_NOTEBOOK, Json, NotebookFile, Quiet, Verbose
from dateline.cli.output import print_json, say
from dateline.language.counting import counted
from dateline.notebook import check_notebook, repair_notebook, shown_name
from dateline.store import is_address
from dateline.views import rows, terminal


def check(
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Mend it: what is derived is made anew, articles are never changed."),
    ] = False,
    views: Annotated[
        bool, typer.Option("--views/--no-views", help="Compare what is kept of the views with the reports.")
    ] = True,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Look a notebook over: pages, indexes, references, offsets, kept views. Exit status 1 where something is wrong."""
    found = check_notebook(notebook, views=views)
    if repair and found:
        done = repair_notebook(notebook, found)
        if not quiet:
            for what in done:
                say(what)
        found = check_notebook(notebook, views=views)
    if as_json:
        print_json(map(rows.finding, found))
    else:
        for finding in found:
            mended = f" (mended by: {finding.mend})" if verbose else ""
            print(f"{terminal.clean(finding.about)}: {terminal.clean(finding.wrong)}{mended}")
    if not quiet:
        told = counted(len(found), "fault") if found else "nothing is wrong"
        if is_address(notebook):
            told += " (pages and references are PostgreSQL's own to look over: pg_amcheck)"
        way_out = f"; `dateline check --repair --notebook {shown_name(notebook)}` mends what can be mended"
        print(f"{shown_name(notebook)}: {told}{way_out if found and not repair else ''}", file=sys.stderr)
    if found:
        raise typer.Exit(1)
