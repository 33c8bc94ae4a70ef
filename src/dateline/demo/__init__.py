"""Our own small corpus: twenty invented reports of March and April 2024 in three interleaved stories.

A ferry sinks, a city's tram drivers strike, a painting is stolen. Between them the reports hold what dateline is
for: expectations that are met, met late, missed, overdue and open, a toll that rises, a hall on which two papers
differ, a wire copy, an updated version, and names in two spellings.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["articles"]


@contextmanager
def articles() -> Iterator[Path]:
    """The folder of the demo's reports, one dated-text file each, named so that they sort by date.

    The folder is good while the context lasts: for a package imported from an archive it is a temporary copy.
    """
    folder = resources.files(__name__).joinpath("articles")
    if isinstance(folder, Path):
        yield folder
        return
    with TemporaryDirectory(prefix="dateline-demo-") as unpacked:
        _copy_texts(folder, Path(unpacked))
        yield Path(unpacked)


def _copy_texts(folder: Traversable, to: Path) -> None:
    for item in folder.iterdir():
        if item.name.endswith(".txt"):
            (to / item.name).write_bytes(item.read_bytes())
