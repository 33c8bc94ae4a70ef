"""Working out what is shown of a story, by the process that writes the notebook or by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline import filing
from dateline.cached_judge import CachedJudge
from dateline.keeper import story_view
from dateline.keeper.judge import Judge
from dateline.numpy_threads import one_thread
from dateline.reader.model.pairs import PairReader
from dateline.records import StoryArticle, StoryView
from dateline.store import PackedView, Store, open_store

_open: dict[str, tuple[Store, CachedJudge]] = {}
"""The notebooks that this process has open for another, by their place."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A story's view as a notebook keeps it, and what the pair reader answered for it for the first time: key, kind and answer."""

    packed: PackedView
    answers: list[tuple[bytes, str, bytes]]

    @classmethod
    def of(cls, view: StoryView, judge: Judge, *, whole: bool) -> WorkedOut:
        """`view`, `whole` or its outline alone, with the new answers of a judge that remembers them."""
        answers = judge.take() if isinstance(judge, CachedJudge) else []
        return cls(PackedView.of(view, story_view.outline(view), whole=whole), answers)


def judge_for(store: Store, reader: PairReader) -> CachedJudge:
    """The bundled pair reader, with the answers that the notebook has of it."""
    return CachedJudge(reader, reader.version, store)


@one_thread()
def view_of(store: Store, judge: Judge, story: str, filed: Sequence[StoryArticle]) -> StoryView:
    """The view of a story, from its articles as they stand in it on some day."""
    return filing.named_as(store, story, story_view.build(story, filed, judge))


def work_out_elsewhere(place: str, story: str, day: date, filings: int, whole: bool) -> WorkedOut | None:
    """In another process than the one that writes the notebook at `place`: `view_of`, packed, as long as `filings` is the notebook's number.

    None else, and where it fails: whoever writes does it again, and says why.
    """
    try:
        if place not in _open:
            store = open_store(place, must_exist=True)
            # such processes are as many as there are cores
            _open[place] = store, judge_for(store, PairReader(threads=1))
        store, judge = _open[place]
        with store.snapshot():
            if store.filings() != filings:
                return None
            filed = filing.filed_as(store, store.memberships(day, story))
            view = view_of(store, judge, story, filed)
        return WorkedOut.of(view, judge, whole=whole)
    except Exception:  # noqa: BLE001 - whatever one story does, the others are worked out
        return None
