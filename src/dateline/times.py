"""Time expressions alone: a TIMEX3 tagger for pipelines that need nothing else of dateline.

>>> from datetime import date
>>> from dateline import times
>>> [time.value for time in times.find("It was signed on Friday.", published=date(2022, 10, 3))]
['2022-09-30']
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dateline.errors import SourceError
from dateline.reader import times
from dateline.reader.times import timeml
from dateline.records import TimeExpression


def find(text: str, published: date, *, explain: bool = False) -> list[TimeExpression]:
    """TIMEX3 expressions of `text`, in order, resolved against `published` (the DCT), by rules alone.

    Spans are character offsets into `text`. With `explain`, each says the rule that found it and what its value was
    counted from.
    """
    return times.find(text, published, explain=explain)


def tag_timeml(source: Path, out: Path) -> tuple[list[Path], list[SourceError]]:
    """Tag a `.tml` file, or every one under a folder, into the folder `out`; annotations that were there are replaced.

    Returns the files written and, for each that could not be read, what was wrong with it.
    """
    if source.is_dir():
        return timeml.tag_folder(source, out, find)
    target = out / source.name
    try:
        timeml.tag_file(source, target, find)
    except SourceError as error:
        return [], [error]
    return [target], []
