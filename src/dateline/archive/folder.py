"""The folder of an archive: what is finished in it is not read again, and what is written stands whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar, overload

import msgspec

from dateline.archive import parts
from dateline.archive.ahead import Ahead
from dateline.archive.engines import Engine, LocalEngine
from dateline.archive.sorting import LARGEST_PART, SMALLEST_TASK, Sorter, Task
from dateline.errors import SourceError, UnreadArticle
from dateline.reader.pool import Unread
from dateline.records import Reading
from dateline.sources import SourceOptions, SourceWarning, open_sources

_MARK = "dateline-archive.json"
T = TypeVar("T")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a folder says of itself: the version of the form, and the dateline that read it."""

    form: int
    dateline: str


@dataclass(slots=True)
class ArchiveReport:
    """What came of `read_archive`: articles read, those that were there already, files written, and what went wrong."""

    read: int = 0
    known: int = 0
    parts: int = 0
    problems: list[SourceError] = field(default_factory=list)
    warnings: list[SourceWarning] = field(default_factory=list)


def is_archive(folder: str | os.PathLike[str]) -> bool:
    """True for a folder that `read_archive` made."""
    return (Path(folder) / _MARK).is_file()


def read_archive(
    paths: Iterable[str],
    out: str | os.PathLike[str],
    *,
    engine: Engine | None = None,
    options: SourceOptions | None = None,
    progress: Progress | None = None,
    largest_part: int = LARGEST_PART,
    smallest_task: int = SMALLEST_TASK,
    report: ArchiveReport | None = None,
) -> ArchiveReport:
    """Read the articles of `paths` into the archive `out`, made where it is not there; nothing that it holds is read again.

    `engine` reads them, one process of this machine where none is given; whichever does, the files are the same. An article that the reader fails on is kept with the reason. `progress` is called with how many of how many articles are read.
    A `report` that the caller gives is filled as it goes, and tells what came of it where the work is stopped: parts that are written stay.
    Raises SourceError where the folder holds something else, cannot be written, or a library is missing.
    """
    options = options or SourceOptions()
    folder = _opened(Path(out))
    engine = engine or LocalEngine(1, options.bounds.seconds)
    report = report or ArchiveReport()
    with tempfile.TemporaryDirectory(prefix=".sorting-", dir=folder) as sorting:
        sorter = Sorter(Path(sorting))
        total = 0
        for found in open_sources(paths, options):
            if isinstance(found, SourceError):
                report.problems.append(found)
            elif isinstance(found, SourceWarning):
                report.warnings.append(found)
            else:
                total += sorter.take(found)
        done = {day: _ids(folder / parts.folder_of(day)) for day in sorter.days()}
        report.known = sum(sorter.holds(day, ids) for day, ids in done.items())
        for task, results in engine.run(sorter.tasks(done, largest_part, smallest_task)):
            _keep(folder, task, results, report)
            if progress:
                progress(report.read, total - report.known)
    return report


@overload
def readings(
    folder: str | os.PathLike[str], refuse: Callable[[SourceError], None] | None = None, ahead: None = None
) -> Generator[Reading | Unread, None, None]: ...


@overload
def readings(
    folder: str | os.PathLike[str], refuse: Callable[[SourceError], None] | None, ahead: Ahead[T] | None
) -> Generator[Reading | Unread | T, None, None]: ...


def readings(
    folder: str | os.PathLike[str],
    refuse: Callable[[SourceError], None] | None = None,
    ahead: Ahead[Any] | None = None,
) -> Generator[Any, None, None]:
    """What an archive holds, by day: `Reading`s and `Unread`s, or what `ahead` makes of them in other processes.

    Rows, parts and folders that are damaged are named to `refuse`, and the rest goes on; without it the first of them is raised.
    Raises SourceError where the folder is none.
    """
    _check(Path(folder))
    for one in _held(Path(folder), ahead):
        if not isinstance(one, SourceError):
            yield one
        elif refuse:
            refuse(one)
        else:
            raise one


def _keep(folder: Path, task: Task, results: list[Reading | Unread], report: ArchiveReport) -> None:
    """Write the parts of a task that was read."""
    left = iter(results)
    for part in task.parts:
        found = [next(left) for _ in part.articles]
        path = folder / parts.folder_of(part.day) / parts.name_of([a.id for a in part.articles])
        try:
            parts.write(path, parts.to_parquet(found))
        except OSError as error:
            raise SourceError(f"{path}: cannot be written ({error.strerror or error})") from error
        report.parts += 1
        report.read += len(found)
        report.problems += [
            UnreadArticle(
                f"{one.article.source}: the reader failed on this article ({one.reason}); it is kept as it is"
            )
            for one in found
            if isinstance(one, Unread)
        ]


def _held(folder: Path, ahead: Ahead[Any] | None) -> Iterator[Any]:
    """What the parts hold, by day; before it an error for each folder of a day that does not exist."""
    days = []
    for path in sorted(folder.iterdir()):
        try:
            if (day := parts.day_of(path.name)) is not None:
                days.append((day, path))
        except ValueError:
            yield SourceError(
                f"{path}: no day has this name; give the folder its name back, published=YYYY-MM-DD"
            )
    held = [(part, day) for day, path in sorted(days) for part in sorted(path.glob("part-*.parquet"))]
    if ahead:
        yield from ahead.found(held)
    else:
        for part, day in held:
            yield from parts.found(part, day)


def _ids(folder: Path) -> set[str]:
    return {name for part in folder.glob("part-*.parquet") for name in parts.ids_in(part)}


def _opened(folder: Path) -> Path:
    """The folder, made and marked where it is new or empty."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not is_archive(folder):
            if next(folder.iterdir(), None) is not None:
                raise SourceError(f"{folder}: the folder holds other things; name a new one with --out")
            mark = msgspec.json.encode(_Mark(1, metadata.version("dateline")))
            parts.write(folder / _MARK, mark)
    except OSError as error:
        raise SourceError(f"{folder}: cannot be written ({error.strerror or error})") from error
    _check(folder)
    for left in folder.glob("published=*/.part-*.unfinished"):
        left.unlink(missing_ok=True)
    return folder


def _check(folder: Path) -> None:
    try:
        mark = msgspec.json.decode((folder / _MARK).read_bytes(), type=_Mark)
    except (OSError, msgspec.DecodeError) as error:
        raise SourceError(f"{folder}: no archive that `dateline read` made ({error})") from error
    here = metadata.version("dateline")
    if mark != _Mark(1, here):
        raise SourceError(
            f"{folder}: dateline {mark.dateline} read this archive and this is {here}; read into another folder with --out"
        )
