"""Write docs/commands.md, what each command takes, from what the commands say of themselves: `python docs/commands.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline import cli

PAGE = Path(__file__).parent / "commands.md"
_HEAD = """# The commands

What each takes, as `dateline COMMAND --help` says it too (this page is made by `python docs/commands.py`). What the rows of `--json`
hold: [rows](rows.md). Exit status: 0 done, 1 some input could not be read (each is named with the reason, the rest is kept) or `check`
and `bench gate` found something wrong, 2 wrong usage, 130 and 143 stopped by Ctrl-C and by an order to end.

| variable | what it does |
|---|---|
| `DATELINE_NOTEBOOK` | the notebook where `--notebook` is not given |
| `DATELINE_TOKEN` | what `dateline serve` asks of every request where `--token` is not given |
| `DATELINE_TRACEBACK` | set to anything, a fault of dateline's own shows where it happened |

Without `--as-of` a listing shows what was known at the close of the last day that has a report. Reports of the future (later than tomorrow by the
machine's clock) are left out, and how many is said on standard error, unless all are of the future: `--as-of` shows them, and
`dateline redate` mends a day.
"""
_SHARED_BY = 6
"""Commands that must have an option alike for it to be told once, at the head."""


def page() -> str:
    """The page as it should stand."""
    commands = {name: cli.load(name) for name in cli.COMMANDS}
    rows = {name: dict(_options(command)) for name, command in commands.items()}
    alike = Counter(item for options in rows.values() for item in options.items())
    shared = dict(item for item, count in alike.items() if count >= _SHARED_BY)
    parts = [_HEAD, "## What many take\n", *_table(shared)]
    for name, command in commands.items():
        usage = " ".join(_argument(p) for p in command.params if p.param_type_name == "argument")
        parts += [
            f"\n## dateline {name}\n",
            f"    dateline {name} {usage}".rstrip() + "\n",
            cli.COMMANDS[name].help,
        ]
        own = {option: says for option, says in rows[name].items() if shared.get(option) != says}
        parts += ["", *_table(own)] if own else []
        others = [option.split(",")[0].split(" ")[0].strip("`") for option in rows[name] if option not in own]
        parts += ["\nAlso " + ", ".join(f"`{option}`" for option in others) + "."] if others else []
    return "\n".join(parts) + "\n"


def _options(command: Any) -> Iterator[tuple[str, str]]:
    """Each option as it is written, with what it does."""
    for option in command.params:
        if option.param_type_name == "option" and not option.hidden and option.name != "help":
            takes = "" if option.is_flag else f" {option.metavar or option.name.upper()}".replace("|", "\\|")
            names = sorted([*option.opts, *option.secondary_opts], key=lambda n: (not n.startswith("--"), n))
            says = option.help or ""
            if option.default not in (None, "") and not option.is_flag:
                says += (
                    f" Default: {option.default:g}."
                    if isinstance(option.default, float)
                    else f" Default: {option.default}."
                )
            yield ", ".join(f"`{name}{takes}`" for name in names), says.replace("|", "\\|")


def _argument(argument: Any) -> str:
    # releases of Typer differ in whether the name has its brackets and dots already
    name = (argument.metavar or argument.name.upper()).strip("[].") + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _table(options: dict[str, str]) -> list[str]:
    return [
        "| option | what it does |",
        "|---|---|",
        *(f"| {option} | {says} |" for option, says in options.items()),
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
