"""The options of commands that read inputs, and how they say what could not be read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, cast

import typer

from dateline.cli.options import a_date
from dateline.cli.output import say
from dateline.errors import SourceError
from dateline.sources import Bounds, SourceOptions, SourceWarning

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files, folders, globs, addresses of pages and feeds, or - for standard input.",
    ),
]
PublishedOn = Annotated[
    date | None,
    typer.Option("--date", parser=a_date, metavar="DATE", help="The day of articles that bear no date."),
]
ColumnMap = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column of a table holds text, title, published, url, publisher.",
    ),
]

DateOrder = Annotated[
    str | None,
    typer.Option(
        "--date-order", metavar="dmy|mdy", help="How 3/8/2024 is meant, where a table does not show it."
    ),
]
Follow = Annotated[bool, typer.Option("--follow", help="Of feeds, read the pages that they link to.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch addresses of this machine and its own network, too.")
]
BoundList = Annotated[
    list[str] | None,
    typer.Option(
        "--bound",
        metavar="NAME=NUMBER",
        help="Another bound than the default, such as seconds=600 an article; docs/input.md lists them.",
    ),
]


def source_options(
    published: date | None,
    columns: list[str] | None,
    date_order: str | None = None,
    follow: bool = False,
    allow_private: bool = False,
    bounds: list[str] | None = None,
) -> SourceOptions:
    """What the options say of how inputs are read. Raises typer.BadParameter for a value that none of them takes."""
    fields = ("text", "title", "published", "url", "publisher", "language")
    pairs = {}
    for pair in columns or []:
        field, equals, column = pair.partition("=")
        if not equals or field not in fields:
            raise typer.BadParameter(f"--map {pair}: write FIELD=COLUMN with a field of {', '.join(fields)}")
        pairs[field] = column
    if date_order not in (None, "dmy", "mdy"):
        raise typer.BadParameter(f"--date-order {date_order}: write dmy (day first) or mdy (month first)")
    try:
        within = Bounds.of(bounds or [])
    except ValueError as error:
        raise typer.BadParameter(f"--bound {error}") from None
    return SourceOptions(
        published,
        pairs,
        date_order=cast(Literal["dmy", "mdy"] | None, date_order),
        follow=follow,
        allow_private=allow_private,
        bounds=within,
    )


def complain(problem: SourceError | SourceWarning, quiet: bool = False) -> bool:
    """Say it on standard error; True where an input was lost."""
    if isinstance(problem, SourceWarning):
        if not quiet:
            say(f"warning: {problem.message}")
        return False
    say(str(problem))
    return True
