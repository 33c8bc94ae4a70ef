"""The command, a module a group of commands: parse, call, print. The module of a command is loaded when that command is run, not before."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any, NamedTuple, cast

import typer
from typer.core import TyperCommand, TyperGroup

import dateline
from dateline.errors import DatelineError


class Command(NamedTuple):
    """A command: the module in `dateline.cli` and its function, and the first paragraph of the function's docstring."""

    module: str
    function: str
    help: str


# in the order in which `dateline --help` lists them
COMMANDS: dict[str, Command] = {
    "add": Command(
        "adding",
        "add",
        "Read articles into the notebook. Safe to stop and rerun. What is read, and how days are found: docs/input.md.",
    ),
    "tag": Command(
        "tagging", "tag", "The reader alone: one JSON object an article on standard output, nothing stored."
    ),
    "read": Command(
        "archiving",
        "read",
        "Read articles into Parquet files, one folder a day; `dateline add DIR` takes them up. Safe to stop and rerun: docs/scale.md.",
    ),
    "watch": Command(
        "watching",
        "watch",
        "Add what is new of feeds at intervals, and print what changed: new reports, newly due, settled and disputed.",
    ),
    "stories": Command("listings", "stories", "The storylines, newest first."),
    "timeline": Command(
        "listings",
        "timeline",
        "A story's timeline, or one of a whole affair, or of all that is told about some words.",
    ),
    "expectations": Command(
        "listings", "expectations", "The ledger: who expects what by when, and what became of it."
    ),
    "statements": Command("listings", "statements", "Who said what."),
    "disagreements": Command("listings", "disagreements", "Where reports disagree."),
    "brief": Command(
        "briefs",
        "brief",
        "What we know so far on one page: happened, expected next, disputed, new since; each line cited. --after, --before and --limit choose stories.",
    ),
    "show": Command(
        "listings",
        "show",
        "One article with what was found in it marked; after a handle, :533 marks the sentence at that character.",
    ),
    "search": Command("listings", "search", "Full-text search, with dates."),
    "remove": Command(
        "editing",
        "remove",
        "Take a report out; everything is worked out again. It stays out when it is added again, unless with --restore.",
    ),
    "date": Command(
        "editing",
        "redate",
        "Give a report another day: it is read as of that day, and everything is worked out again.",
    ),
    "check": Command(
        "checking",
        "check",
        "Look a notebook over: pages, indexes, references, offsets, kept views. Exit status 1 where something is wrong.",
    ),
    "export": Command("publishing", "export", "Write stories in a format that other tools read."),
    "serve": Command("publishing", "serve", "The web page, on this machine alone unless told."),
    "bench": Command(
        "benchmarks",
        "bench",
        "Rerun the published benchmarks, predict on outside tests, or (gate) see whether the kept figures still hold.",
    ),
    "demo": Command(
        "demo",
        "demo",
        "Build the bundled demo notebook and show its timeline, expectations and disagreements.",
    ),
}


def load(name: str) -> TyperCommand:
    """The command of that name, with its options. Raises KeyError where there is none."""
    command = COMMANDS[name]
    module = import_module(f"dateline.cli.{command.module}")
    alone = typer.Typer(add_completion=False)
    alone.command(name)(getattr(module, command.function))
    return cast(TyperCommand, typer.main.get_command(alone))


class Commands(TyperGroup):
    """The group: it lists commands from `COMMANDS`, and loads the one that is run or asked for help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # what a list says of each; none of these is run
        self.commands.update((name, TyperCommand(name, help=c.help)) for name, c in COMMANDS.items())

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the arguments name, loaded, and the arguments after it."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, load(listed.name) if listed and listed.name else listed, rest


app = typer.Typer(
    cls=Commands,
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


def _clean(words: str) -> str:
    # loaded where something went wrong: it takes as long as all else that a help page needs
    from dateline.views import terminal

    return terminal.clean(words)


def main() -> None:
    """Run the command. Exit status: 0 done, 1 some input could not be read, 2 wrong usage."""
    try:
        app()
    except DatelineError as error:
        print(f"dateline: {_clean(str(error))}", file=sys.stderr, flush=True)
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
            f"dateline: a fault of dateline's own ({_clean(what)}); what was read before it is kept. "
            "Please report it, with what DATELINE_TRACEBACK=1 shows.",
            file=sys.stderr,
        )
        sys.exit(2)
