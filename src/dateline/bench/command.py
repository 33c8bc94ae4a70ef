"""`dateline bench NAME`: every published figure again, printed beside what it is to reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import metadata
from pathlib import Path

from dateline.bench import (
    crash,
    days,
    events,
    expectations,
    gate,
    labels,
    model,
    statements,
    stories,
    stream,
    timeline,
    times,
    web,
)
from dateline.bench import speed as speeds
from dateline.bench.timeline_corpora import KeptReadings
from dateline.errors import SourceError
from dateline.reader import Reader
from dateline.reader.model import load
from dateline.records import Article, Reading

NAMES = (
    "model",
    "times",
    "events",
    "statements",
    "labels",
    "expectations",
    "stories",
    "timeline",
    "web",
    "web_large",
    "speed",
    "days",
    "crash",
    "stream",
)
OWN_FOLDER = ("days", "crash", "stream")
"""Those that do not look in the folder with the corpora, and run only where they are named."""
ALONE = ("speed", "web_large", *OWN_FOLDER)
"""Those that run only where they are named: what else runs would be in their way."""
STORY_SETS = ("groundnews", "newscluster", "basil", "allsides")
_PAGE_BOUNDS = {"median ms": 20.0, "largest kB": 150.0}
Row = tuple[str, float, float | None]
"""A figure's name, its value, and what it is to reach (None where nothing was asked)."""


def crashes(kills: int, articles: int) -> None:
    """Kill and stop `dateline add` that often, and print what came of it; needs no corpora."""
    _print((label, value, None) for label, value in crash.main(kills, articles))


def streams(readings: Path | None, articles: int, a_day: int) -> None:
    """Print what an article costs as so many of them come in, about `a_day` a day, made of the `readings` of `dateline read`; needs no
    corpora. Raises SourceError where the folder is not given or none of that kind."""
    if readings is None:
        raise SourceError("give a folder that `dateline read INPUT... --out DIR` made by --readings DIR")
    _print((label, value, None) for label, value in stream.main(readings, articles, a_day))


def page_days(folder: Path) -> None:
    """Print how often the day of the saved pages in `folder` is found, and the pages whose day is not. Raises SourceError where
    it holds none, or no table of their days."""
    found = [days.find(page) for page in days.pages(folder)]
    _print(days.figures(found))
    for line in days.wrong(found):
        print(line)


def _print(rows: Iterable[Row]) -> None:
    for label, value, bound in rows:
        goal = "" if bound is None else f"  to reach {bound:g}"
        print(f"{label:<64}{value:>10.3f}{goal}", flush=True)


def run(
    name: str,
    data: Path,
    *,
    speed: bool = True,
    other: Path | None = None,
    plot: Path | None = None,
    readings: Path | None = None,
    sample: int | None = None,
) -> None:
    """Print the figures of one benchmark as they come, from the corpora in `data`.

    `speed`: also time the model. `other` and `plot` are as in `times.main` and `speed.main`; of `stories` and `timeline`, `readings` is a folder that
    keeps what was read; of `timeline`, `sample` is how many articles of a topic are read; of `speed`, how many articles it takes. Raises SourceError where `data` does not hold the corpora.
    """
    if not data.is_dir():
        raise SourceError(f"{data}: there is no such folder; give the one with the corpora by --data")
    try:
        if name == "times":
            times.main(data, other, plot)
            return
        if name == "speed":
            speeds.main(data, other, plot, sample)
            return
        _print(_rows(name, data, speed, readings, sample))
    except FileNotFoundError as error:
        raise SourceError(f"{error.filename}: this corpus is missing from {data}") from error


def check(data: Path) -> bool:
    """Print each kept figure beside its floor; True where all of them hold. Raises SourceError where a corpus is missing."""
    if not data.is_dir():
        raise SourceError(f"{data}: there is no such folder; give the one with the corpora by --data")
    held = True
    for figure in gate.check(data):
        told = "holds" if figure.holds else "FALLEN"
        print(f"{figure.name:<64}{figure.value:>9.3f}  floor {figure.floor:<8g} {told}", flush=True)
        held = held and figure.holds
    return held


def predict(name: str, source: Path, out: Path) -> None:
    """Write what the model says of the given tokens (`model`: CoNLL-U or IOB2, a file), who says what (`statements`: a folder
    of texts, brat files), or what became of some expectations (`expectations`: a file of tokenised stories). Raises SourceError where `source` is not there, or cannot be read."""
    if not source.exists():
        raise SourceError(f"{source}: there is nothing there to predict from")
    if name == "model":
        model.predict(load(), source, out)
    elif name == "expectations":
        expectations.draw(source, out, Reader())
    else:
        statements.predict(source, out)


def _rows(name: str, data: Path, speed: bool, readings: Path | None, sample: int | None) -> Iterator[Row]:
    if name == "model":
        for label, value, _, bound in model.main(data, speed=speed):
            yield label, value, bound
        return
    if name in ("web", "web_large"):
        for label, value in web.main(data, web.NOTEBOOK if name == "web" else web.LARGE_NOTEBOOK):
            yield label, value, _PAGE_BOUNDS.get(label.rsplit(": ", 1)[-1])
        return
    reader = Reader()
    kept = KeptReadings(readings, metadata.version("dateline")) if readings else None
    read_all: Callable[[Iterable[Article]], Iterator[Reading]] = (
        partial(kept.read, read=reader.read) if kept else partial(map, reader.read)
    )
    if name == "events":
        for label, value in events.measure(reader.read, data).items():
            yield label, value, events.TARGETS.get(label)
    elif name == "statements":
        for label, value in statements.measure(reader, data).items():
            yield label, value, statements.TARGETS.get(label)
    elif name == "labels":
        for label, value in labels.measure(data / "labels", reader).items():
            yield label, value, labels.TARGETS.get(label)
    elif name == "expectations":
        yield from expectations.measure(data, reader)
    elif name == "timeline":
        yield from timeline.measure(data, read_all, sample)
    else:
        for corpus in STORY_SETS:
            every, single = stories.stories(data / "stories" / f"{corpus}.dev.jsonl.gz", read_all)
            yield f"{corpus}: B-cubed F1", every.f1, stories.TARGETS[corpus]
            yield f"{corpus}: B-cubed F1, one article a group of copies", single.f1, None
        copies = stories.copies(data / "stories" / "groundnews.dev.jsonl.gz")
        yield "groundnews: copies, recall", copies.recall, 0.99
        yield "groundnews: copies, precision", copies.precision, 0.99
        yield "groundnews: articles a second, shingling included", copies.articles_per_second, 3000
