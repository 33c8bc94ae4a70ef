"""Mending a wrong report: taking it out, or giving it another day."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

from dateline.cli.options import (
    DEFAULT_NOTEBOOK,
    ArticleWords,
    Json,
    NotebookFile,
    Quiet,
    Verbose,
    Wait,
    a_date,
    words,
)
from dateline.cli.output import open_book, print_json, say
from dateline.notebook import WAIT, shown_name
from dateline.records import ArticleSummary
from dateline.views import terminal


def _told(article: ArticleSummary) -> str:
    title = f" “{article.title}”" if article.title else ""
    return terminal.clean(f"{article.id}{title} ({article.source})")


def remove(
    article: ArticleWords,
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    wait: Wait = WAIT,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take a report out; everything is worked out again. It stays out when it is added again, unless with --restore."""
    with open_book(notebook, wait=wait) as book:
        gone = book.remove(words(article) or "")
        if as_json:
            print_json([{"removed": gone.id, "source": gone.source, "published": gone.published.isoformat()}])
        if not quiet:
            print(
                f"removed {_told(gone)}; {shown_name(notebook)} holds {len(book)}. "
                "`dateline add --restore` with its source brings it back",
                file=sys.stderr,
            )
        if verbose:
            say(f"{len(book.stories())} stories are worked out again")


def redate(
    article: ArticleWords,
    day: Annotated[date, typer.Argument(parser=a_date, metavar="DAY", help="Its day, as YYYY-MM-DD.")],
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    wait: Wait = WAIT,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Give a report another day: it is read as of that day, and everything is worked out again."""
    with open_book(notebook, wait=wait) as book:
        was = book.redate(words(article) or "", day)
        handle = book.handles([was.id])[was.id]
        if as_json:
            row = {"dated": was.id, "source": was.source, "before": was.published.isoformat(), "published": day.isoformat()}  # fmt: skip
            print_json([row])
        if not quiet:
            print(f"{_told(was)}: {was.published} is now {day}; its handle is “{handle}”", file=sys.stderr)
        if verbose:
            say(f"{len(book.stories())} stories are worked out again")
