"""Working out: what is shown of stories, by other processes than the one that writes the notebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.store import PackedView

if TYPE_CHECKING:
    from dateline.notebook import Notebook

_notebooks: dict[str, Notebook] = {}
"""Those that this process has open, by their place."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The view of a story as a notebook keeps it, and what the pair reader answered for the first time: key, kind and answer."""

    packed: PackedView
    answers: list[tuple[bytes, str, bytes]]


def work_out(place: str, story: str, day: date, filings: int, whole: bool) -> WorkedOut | None:
    """In another process: `Notebook.work_out` of the notebook at `place`. None also where that fails: whoever writes does it again, and says why."""
    # it would load this one
    from dateline.notebook import open_notebook

    try:
        if place not in _notebooks:
            _notebooks[place] = open_notebook(place, must_exist=True, threads=1)
        return _notebooks[place].work_out(story, day, filings, whole=whole)
    except Exception:  # noqa: BLE001 - whatever one story does, the others are worked out
        return None
