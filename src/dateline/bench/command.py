"""`dateline bench NAME`: every published figure again, printed beside what it is to reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.bench import events, expectations, model, statements, stories, times, web
from dateline.errors import SourceError
from dateline.reader import Reader
from dateline.reader.network import load

NAMES = ("model", "times", "events", "statements", "expectations", "stories", "web")
STORY_SETS = ("groundnews", "newscluster", "basil", "allsides")
_PAGE_BOUNDS = {"median ms": 100.0, "largest kB": 300.0}
Row = tuple[str, float, float | None]
"""A figure's name, its value, and what it is to reach (None where nothing was asked)."""


def run(
    name: str, data: Path, *, speed: bool = True, other: Path | None = None, plot: Path | None = None
) -> None:
    """Print the figures of one benchmark as they come, from the corpora in `data`.

    `speed`: also time the model. `other` and `plot` are as in `times.main`. Raises SourceError where `data` does not hold the corpora.
    """
    if not data.is_dir():
        raise SourceError(f"{data}: there is no such folder; give the one with the corpora by --data")
    try:
        if name == "times":
            times.main(data, other, plot)
            return
        for label, value, bound in _rows(name, data, speed):
            goal = "" if bound is None else f"  to reach {bound:g}"
            print(f"{label:<64}{value:>10.3f}{goal}", flush=True)
    except FileNotFoundError as error:
        raise SourceError(f"{error.filename}: this corpus is missing from {data}") from error


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


def _rows(name: str, data: Path, speed: bool) -> Iterator[Row]:
    if name == "model":
        for label, value, _, bound in model.main(data, speed=speed):
            yield label, value, bound
        return
    if name == "web":
        for label, value in web.main(data):
            yield label, value, _PAGE_BOUNDS.get(label.rsplit(": ", 1)[-1])
        return
    reader = Reader()
    if name == "events":
        for label, value in events.measure(reader.read, data).items():
            yield label, value, events.TARGETS.get(label)
    elif name == "statements":
        for label, value in statements.measure(reader, data).items():
            yield label, value, statements.TARGETS.get(label)
    elif name == "expectations":
        yield from expectations.measure(data, reader)
    else:
        vectors = stories.lead_vectors(load())
        for corpus in STORY_SETS:
            every, single = stories.stories(data / "stories" / f"{corpus}.dev.jsonl.gz", vectors)
            yield f"{corpus}: B-cubed F1", every.f1, stories.TARGETS[corpus]
            yield f"{corpus}: B-cubed F1, one article a group of copies", single.f1, None
        copies = stories.copies(data / "stories" / "groundnews.dev.jsonl.gz")
        yield "groundnews: copies, recall", copies.recall, 0.99
        yield "groundnews: copies, precision", copies.precision, 0.99
        yield "groundnews: articles a second, shingling included", copies.articles_per_second, 3000
