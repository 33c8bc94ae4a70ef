"""Time expressions alone: `dateline.times.find(text, published)`, for pipelines that need a tagger and nothing else."""

from __future__ import annotations

from datetime import date

from dateline.reader import times
from dateline.records import TimeExpression


def find(text: str, published: date, *, explain: bool = False) -> list[TimeExpression]:
    """TIMEX3 expressions of `text`, in order, resolved against `published` (the DCT), by rules alone.

    Spans are character offsets into `text`. With `explain`, each says the rule that found it and what its value was
    counted from.
    """
    return times.find(text, published, explain=explain)
