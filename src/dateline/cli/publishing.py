"""What leaves the notebook: exports, and the web page."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import DEFAULT_NOTEBOOK, AsOf, NotebookFile, Quiet, StoryWords, Verbose, words
from dateline.cli.output import say, view_notebook
from dateline.errors import DatelineError
from dateline.notebook import shown_name
from dateline.views import exports, terminal


def export(
    words_of_story: StoryWords = None,
    *,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=f"One of {', '.join(exports.FORMATS)}.")],
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    as_of: AsOf = None,
    story: Annotated[
        str | None, typer.Option(metavar="STORY", help="The same as STORY given without an option.")
    ] = None,
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of csv and parquet, only this table.")
    ] = None,
    most: Annotated[
        int,
        typer.Option(
            "--most", metavar="N", min=1, help="Of timelinejs and embed, the slides or entries at the most."
        ),
    ] = exports.MOST,
    full_texts: Annotated[
        bool,
        typer.Option("--full-texts", help="Of html, reports in full; only the sentences cited without it."),
    ] = False,
    page: Annotated[
        str | None,
        typer.Option(
            "--page",
            metavar="URL",
            help="Of rss, where `dateline serve` is reached: what has no address of its own links there.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A file; for csv and parquet a folder of tables. Without it standard output.",
        ),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write stories in a format that other tools read."""
    if story is not None and words_of_story:
        raise typer.BadParameter("--story and STORY are the same: give one of them")
    story = words(words_of_story) or story
    if to == "parquet" and out is None and sys.stdout.isatty():
        raise typer.BadParameter(
            "parquet is no text: give a folder or a file with --output, or send it on with a pipe"
        )
    with view_notebook(notebook, as_of, quiet=quiet, verbose=verbose) as view:
        if not quiet and view.book.last_day() is None:
            view.say_none("stories")
        printed = BytesIO()
        written = exports.export(
            view.book,
            to,
            story=story,
            as_of=as_of,
            table=table,
            most=most,
            full_texts=full_texts,
            page=page,
            out=out or printed,
        )
        content = printed.getvalue()
        if to != "parquet":
            content = terminal.escape_controls(content.decode("utf-8")).encode("utf-8")
        sys.stdout.buffer.write(content)
    if not quiet:
        for path in written:
            print(f"wrote {terminal.clean(str(path))}", file=sys.stderr)


def serve(
    notebook: NotebookFile = DEFAULT_NOTEBOOK,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine need --token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="DATELINE_TOKEN", help="What a reader must know to see the page.", show_envvar=True
        ),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """The web page, on this machine alone unless told."""
    try:
        from dateline.views import web
    except ModuleNotFoundError as error:
        raise DatelineError(
            f"the web page needs the library {error.name}; install it from a checkout of dateline with `pip install '.[web]'`"
        ) from error

    def ready(address: str) -> None:
        # where --port 0 chose one there is no other way to learn it
        if not quiet:
            print(f"{shown_name(notebook)} on {address} (stop with Ctrl-C)", file=sys.stderr, flush=True)
        if verbose:
            say(
                f"listening on {host}, "
                + ("open to those who know the token" if token else "without a token")
            )

    web.serve(notebook, host, port, token, ready)
