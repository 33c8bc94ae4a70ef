"""An archive: readings of many articles in a folder of Parquet files, a folder a day, made by one machine or a cluster.

`read_archive` makes one or goes on with it, `readings` gives what it holds. Needs pyarrow (the extra `parquet`), and for the engine
`ray` the library of that name.
"""

from dateline.archive.ahead import Ahead
from dateline.archive.engines import Engine, LocalEngine, RayEngine
from dateline.archive.folder import ArchiveReport, is_archive, read_archive, readings

__all__ = [
    "Ahead",
    "ArchiveReport",
    "Engine",
    "LocalEngine",
    "RayEngine",
    "is_archive",
    "read_archive",
    "readings",
]
