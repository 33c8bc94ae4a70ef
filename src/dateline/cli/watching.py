"""`dateline watch`: add what is new of feeds at intervals, and print what changed."""

from __future__ import annotations

import re
import sys
from itertools import islice
from typing import Annotated

import typer

from dateline.cli.inputs import (
    AllowPrivate,
    DateOrder,
    Follow,
    PublishedOn,
    complain,
    source_options,
)
from dateline.cli.options import DEFAULT_NOTEBOOK, Json, NotebookFile, Quiet, Verbose, Wait
from dateline.cli.output import NotebookView, kept_when_stopped, open_book, print_json, say
from dateline.notebook import WAIT, shown_name
from dateline.records import Article
from dateline.views import news, terminal
from dateline.watching import Round, Watch
from dateline.webhook import Webhook

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LEAST, _MOST = 60, 30 * 86400


def _seconds(value: str) -> int:
    """`15m`, `1h30m`, `90s` in seconds."""
    parts = re.findall(r"(\d{1,6})([smhd])", value)
    if not parts or "".join(number + unit for number, unit in parts) != value:
        raise typer.BadParameter(f"{value!r}: write 15m, 1h or 1h30m")
    seconds = sum(int(number) * _UNITS[unit] for number, unit in parts)
    if not _LEAST <= seconds <= _MOST:
        raise typer.BadParameter(
            f"{value!r}: no more often than every 1m, so that no host is flooded, at least every 30d"
        )
    return seconds


def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(metavar="FEED...", help="Addresses of feeds; also files and folders that fill."),
    ],
    every: Annotated[
        str, typer.Option(metavar="INTERVAL", help="From round to round: 15m, 1h, 1h30m.")
    ] = "15m",
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    published: PublishedOn = None,
    date_order: DateOrder = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
    as_json: Json = False,
    webhook: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Post what changed here as JSON after each round that changed something."
        ),
    ] = None,
    rounds: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Stop after so many; without it, when told to (Ctrl-C)."),
    ] = None,
    wait: Wait = WAIT,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Add what is new of feeds at intervals, and print what changed: new reports, newly due, settled and disputed."""
    if "-" in feeds:
        raise typer.BadParameter("standard input comes once; `dateline add -` reads it")
    seconds = _seconds(every)
    options = source_options(published, None, date_order, follow, allow_private)
    hook = Webhook(webhook) if webhook else None
    failed = False
    with open_book(notebook, must_exist=False, wait=wait) as book:
        if not quiet:
            what = "1 feed" if len(feeds) == 1 else f"{len(feeds)} feeds"
            say(f"{what} into {shown_name(notebook)} every {every} (stop with Ctrl-C)")
        with kept_when_stopped():
            watching = Watch(book, feeds, options)
            for told in islice(watching.rounds(seconds, _name if verbose else None), rounds):
                view = NotebookView(book, told.day, verbose=verbose)
                _show(told, view, as_json=as_json, quiet=quiet)
                unsent = _send(told, view, hook)
                failed = failed or unsent or told.failing > 0
    if failed:
        raise typer.Exit(1)


def _show(told: Round, view: NotebookView, *, as_json: bool, quiet: bool) -> None:
    """What changed on standard output, at once also where that is a file; what went wrong on standard error."""
    for warning in told.warnings:
        complain(warning, quiet)
    for problem in told.problems:
        say(str(problem))
    if not quiet:
        for given in told.recovered:
            say(f"{given}: can be read again")
    if as_json:
        print_json(news.change_rows(told))
    elif told.changes:
        news.show(terminal.console(), told, view.handle)
    elif view.verbose:
        say(f"{told.at:%Y-%m-%d %H:%M}  nothing new")
    sys.stdout.flush()


def _send(told: Round, view: NotebookView, hook: Webhook | None) -> bool:
    """Post what changed, and what waits since earlier rounds; True where something still waits."""
    if hook is None:
        return False
    fault = hook.send(news.message(told, view.handle)) if told.changes else hook.deliver()
    if fault:
        say(fault)
    return fault is not None


def _name(article: Article) -> None:
    say(f"{article.id} {article.published} {article.source}")
