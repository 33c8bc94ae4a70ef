"""The options and arguments that commands share, and how their values are read."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer


def a_date(value: str) -> date:
    """A day as it is typed. Raises typer.BadParameter, which names the value and how to write it."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


def words(given: list[str] | None) -> str | None:
    """Words that were typed without quotation marks, in one piece; None where there are none."""
    return " ".join(" ".join(given or []).split()) or None


DEFAULT_NOTEBOOK = "dateline.db"

NotebookFile = Annotated[
    str,
    typer.Option(
        "--notebook",
        envvar="DATELINE_NOTEBOOK",
        metavar="FILE",
        help="The notebook file, or the address of one in PostgreSQL (postgresql://USER@HOST/DATABASE).",
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=a_date, metavar="DATE", help="Show only what was known at the close of this day."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines, one object a row.")]
Everything = Annotated[bool, typer.Option("--all", help="Also what scores too low to be shown.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")]
StoryWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STORY",
        help="A story's id or its beginning, or any words that `dateline stories` shows of it; all without it.",
    ),
]
ArticleWords = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLE",
        help="An article's handle (Meridian 9 Mar a7), id, source or file name, a beginning of its id, or words of its title.",
    ),
]
After = Annotated[
    date | None,
    typer.Option(parser=a_date, metavar="DATE", help="Only what tells of this day or a later one."),
]
Before = Annotated[
    date | None,
    typer.Option(parser=a_date, metavar="DATE", help="Only what tells of this day or an earlier one."),
]
Since = Annotated[
    date | None,
    typer.Option(parser=a_date, metavar="DATE", help="Only what reports of this day or later ones brought."),
]
Limit = Annotated[
    int | None,
    typer.Option(
        min=1, max=10_000, metavar="N", help="How many rows at the most; of a timeline the weightiest."
    ),
]
Wait = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="How long to wait while another process adds.")
]
