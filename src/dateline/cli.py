"""The command: parse, call, print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

import dateline
from dateline.commands import (
    adding,
    archiving,
    benchmarks,
    briefs,
    checking,
    demo,
    listings,
    mending,
    publishing,
    tagging,
    watch,
)
from dateline.commands.looking import say
from dateline.errors import DatelineError
from dateline.views import terminal

app = typer.Typer(
    help="Reads dated news and keeps the story straight: what happened when, who said what, what was expected and "
    "whether it came to pass, where reports disagree. Every line points at the sentence it came from.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"dateline {dateline.__version__}")
        raise typer.Exit


# in the order in which `dateline --help` lists them
_COMMANDS: dict[str, Callable[..., None]] = {
    "add": adding.add,
    "tag": tagging.tag,
    "read": archiving.read,
    "watch": watch.watch,
    "stories": listings.stories,
    "timeline": listings.timeline,
    "expectations": listings.expectations,
    "statements": listings.statements,
    "disagreements": listings.disagreements,
    "brief": briefs.brief,
    "show": listings.show,
    "search": listings.search,
    "remove": mending.remove,
    "date": mending.redate,
    "check": checking.check,
    "export": publishing.export,
    "serve": publishing.serve,
    "bench": benchmarks.bench,
    "demo": demo.demo,
}
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)


def main() -> None:
    """Run the command. Exit status: 0 done, 1 some input could not be read, 2 wrong usage."""
    try:
        app()
    except DatelineError as error:
        say(str(error))
        sys.exit(2)
    except BrokenPipeError:
        # whoever read our output has seen enough; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        print(f"dateline: {error.filename or 'input'}: {error.strerror or error}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        if os.environ.get("DATELINE_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}"
        print(
            f"dateline: a fault of dateline's own ({terminal.clean(what)}); what was read before it is kept. "
            "Please report it, with what DATELINE_TRACEBACK=1 shows.",
            file=sys.stderr,
        )
        sys.exit(2)
