"""Filing: the articles of a notebook that are in no story yet are put into one, day by day.

An article that filing fails on becomes a story of its own, and the others are filed as if it was not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.errors import DatelineError
from dateline.keeper import stories
from dateline.keeper.shelf_state import UnreadableState
from dateline.records import Reading, StoryArticle, StoryView
from dateline.store import Membership, Placed, Store

# states of the shelf that are kept, so that reports of the last days can still come in late at little cost
_CHECKPOINTS = 4


def file_articles(store: Store) -> None:
    """Put every article that has no story into one, from the first day that has such an article, in one transaction."""
    first = store.unfiled_since()
    if first is not None:
        with store.transaction():
            _Filing(store, first).run()


def filed_as(store: Store, members: Sequence[Membership]) -> list[StoryArticle]:
    """Articles with all that was read in them, as they stand in a story."""
    readings = store.load([m.article for m in members])
    return [StoryArticle(readings[m.article], m.duplicate_of, m.revision_of) for m in members]


def names_of(store: Store) -> dict[str, str]:
    """By id of the stories that an editor named, their names."""
    return {stories.named_story_id(name): name for name in store.edits.names()}


def named_as(store: Store, story: str, view: StoryView) -> StoryView:
    """`view` under the name that an editor gave to its story, where one did."""
    return replace(view, title=names_of(store).get(story, view.title))


class _Filing:
    def __init__(self, store: Store, first: date) -> None:
        self._store = store
        self._first = first
        store.unfile_from(first)
        try:
            self._begin()
        except UnreadableState:
            # kept by another version of dateline, which may have filed otherwise: begin again
            self._first = date.min
            store.unfile_from(date.min)
            self._begin()
        # by id why filing fails on an article
        self._apart = {t.article: t.reason for t in store.troubles() if t.stage == "filing"}
        # by id the story into which an editor put an article, wherever the shelf would have it
        self._placed = {a: stories.named_story_id(n) for a, n in store.edits.all_placed().items()}

    def _begin(self) -> None:
        """Take the shelf as it was before the first day, or the last one of which it is kept."""
        kept = self._store.checkpoint_before(self._first)
        self._shelf = stories.Shelf.load(kept[1]) if kept else stories.Shelf()
        self._days = self._store.days_from(kept[0] + timedelta(days=1) if kept else date.min)

    def run(self) -> None:
        """File day by day."""
        for number, day in enumerate(self._days):
            result = self._place(day)
            if day >= self._first:
                self._write(day, result)
            if len(self._days) - number <= _CHECKPOINTS:
                self._store.keep_checkpoint(day, self._shelf.dump(), _CHECKPOINTS)
        self._store.note_filing()

    def _write(self, day: date, result: stories.DayResult) -> None:
        def beside(article: str, other: str | None) -> str | None:
            """What an article repeats, where that is not put into another story by hand: each story has its own original."""
            together = self._placed.get(article) == self._placed.get(other or "")
            return other if together else None

        placed = [
            Placed(
                p.article,
                self._placed.get(p.article, p.story),
                beside(p.article, p.duplicate_of),
                beside(p.article, p.revision_of),
            )
            for p in result.placements
        ]
        apart = [a for a in self._store.published_on(day) if a in self._apart]
        placed += [Placed(a, self._placed.get(a) or stories.story_id(a)) for a in apart]
        self._store.file(day, placed)
        for move in result.moves:
            if move.article not in self._placed:
                self._store.move(move.article, move.story_to, day)
        for article in apart:
            self._store.note_trouble(article, "filing", self._apart[article])

    def _place(self, day: date) -> stories.DayResult:
        readings = self._readings(day)
        try:
            return self._shelf.place_day(day, readings)
        except DatelineError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one article does, the others are filed
            self._part_those_that_fail(day, readings, error)
            return self._shelf.place_day(day, self._readings(day))

    def _readings(self, day: date) -> list[Reading]:
        ids = [a for a in self._store.published_on(day) if a not in self._apart]
        return list(self._store.load(ids).values())

    def _part_those_that_fail(self, day: date, readings: Sequence[Reading], error: Exception) -> None:
        """Find the articles of a day that filing fails on, and take the shelf back to the day before."""
        self._go_back_to(day)
        before = self._shelf.dump()
        found = _failing(before, day, readings)
        rest = [r for r in readings if r.article.id not in found]
        if _failing_with(before, day, rest) is not None:
            # each by itself is well: the day's articles stay apart
            found = {r.article.id: _told(error) for r in readings}
        self._apart.update(found)

    def _go_back_to(self, day: date) -> None:
        """The shelf may be half changed: file again up to the close of the day before `day`."""
        self._begin()
        for earlier in self._days:
            if earlier < day:
                self._shelf.place_day(earlier, self._readings(earlier))


def _failing(before: bytes, day: date, readings: Sequence[Reading]) -> dict[str, str]:
    """The articles that filing fails on, each with the reason, by halving."""
    error = _failing_with(before, day, readings)
    if error is None:
        return {}
    if len(readings) == 1:
        return {readings[0].article.id: _told(error)}
    half = len(readings) // 2
    return _failing(before, day, readings[:half]) | _failing(before, day, readings[half:])


def _failing_with(before: bytes, day: date, readings: Sequence[Reading]) -> Exception | None:
    try:
        stories.Shelf.load(before).place_day(day, readings)
    except Exception as error:  # noqa: BLE001 - it is handed back
        return error
    return None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
