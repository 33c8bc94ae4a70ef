"""Filing: the articles of a notebook that are in no story yet are put into one, day by day.

An article that filing fails on becomes a story of its own, and the others are filed as if it was not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from dateline.errors import DatelineError
from dateline.keeper import stories
from dateline.keeper.reports import Report
from dateline.keeper.shelf_state import UnreadableState
from dateline.numpy_threads import one_thread
from dateline.records import Reading, StoryArticle, StoryView
from dateline.store import Membership, Placed, Store

LATEST = 4
"""Last days whose states are all kept, so that reports of these can come in late at little cost."""
_SPACING = 3
"""Of earlier states as many are kept as leave none more than so many times as many days back as the next."""
_KEPT_EVERY = 2_500
"""Articles filed between two states that are kept on the way."""


def file_articles(store: Store) -> None:
    """Put every article that has no story into one, from the first day that has such an article, in one transaction."""
    Filing(store).file()


def spaced(days: Iterable[date]) -> list[date]:
    """Those of `days` whose states are kept: the last `LATEST`, and ever fewer of those before."""
    latest_first = sorted(set(days), reverse=True)
    kept = latest_first[:LATEST]
    for day, before in pairwise(latest_first[LATEST:]):
        if _back(before, kept[0]) > _SPACING * _back(kept[-1], kept[0]):
            kept.append(day)
    return kept + latest_first[LATEST:][-1:]


def _back(day: date, latest: date) -> int:
    return (latest - day).days + 1


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


class Filing:
    """Filing in goes: the next goes on with the shelf as the last one left it, where no earlier day is to be filed anew.

    Nobody else may file between two goes (`Store.writing`).
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shelf: stories.Shelf | None = None
        self._through = date.min
        self._since_kept = 0

    @one_thread()
    def file(
        self,
        at_hand: Mapping[str, Reading | Report] | None = None,
        before: date | None = None,
        after: date = date.min,
    ) -> None:
        """Put every article that has no story (with `before` those of earlier days) into one, in one transaction.

        Readings and reports `at_hand`, by article id, are taken as they are in place of what the notebook holds. What is filed up to a day comes
        with a state of it now and then, what is filed to the end with the states of its last days. Where the caller knows that none
        of a day before `after` lacks a story, these are not looked through.
        """
        first = self._store.unfiled_since(after)
        if first is None or (before is not None and first >= before):
            return
        shelf = self._shelf if first > self._through else None
        # whatever comes between, the shelf and the notebook may not agree
        self._shelf = None
        with self._store.transaction():
            go = _Go(self._store, first, at_hand or {}, (shelf, self._through) if shelf else None)
            days = [day for day in go.days if before is None or day < before]
            states = self._states_of(days, ends=before is None)
            self._since_kept += go.run(days, states)
        if days:
            self._shelf, self._through = go.shelf, days[-1]

    def _states_of(self, days: Sequence[date], *, ends: bool) -> set[date]:
        """The days whose states a go is to keep."""
        if ends:
            self._since_kept = 0
            return set(spaced([*self._store.checkpoint_days(), *days])).intersection(days)
        if self._since_kept < _KEPT_EVERY:
            return set()
        self._since_kept = 0
        return set(days[-1:])


class _Go:
    """One go of filing, from the first day on which an article has no story."""

    def __init__(
        self,
        store: Store,
        first: date,
        at_hand: Mapping[str, Reading | Report],
        left: tuple[stories.Shelf, date] | None,
    ) -> None:
        self._store = store
        self._first = first
        self._at_hand = at_hand
        # what views from the first day on were made of: most stories come out as they were
        self._made_of: dict[tuple[str, date], list[Membership]] = {}
        try:
            if left:
                # of later days nothing is filed
                self._take(*left)
            else:
                self._made_of = {(s, d): store.memberships(d, s) for s, d in store.views_from(first)}
                store.unfile_from(first, views=False)
                self._begin()
        except UnreadableState:
            # kept by another version of dateline, which may have filed otherwise: begin again
            self._first, self._made_of = date.min, {}
            store.unfile_from(date.min)
            self._begin()
        # by id why filing fails on an article
        self._apart = {t.article: t.reason for t in store.troubles() if t.stage == "filing"}
        # by id the story into which an editor put an article, wherever the shelf would have it
        self._placed = {a: stories.named_story_id(n) for a, n in store.edits.all_placed().items()}

    def _begin(self) -> None:
        """Take the shelf as it was before the first day, or the last one of which it is kept."""
        kept = self._store.checkpoint_before(self._first)
        self._take(stories.Shelf.load(kept[1]) if kept else stories.Shelf(), kept[0] if kept else None)

    def _take(self, shelf: stories.Shelf, through: date | None) -> None:
        self.shelf = shelf
        self.days = self._store.days_from(through + timedelta(days=1) if through else date.min)

    def run(self, days: Sequence[date], states: Collection[date]) -> int:
        """File day by day, and keep the states of some days; returns how many articles were filed."""
        filed = 0
        for day in days:
            result = self._place(day)
            filed += len(result.placements)
            if day >= self._first:
                self._write(day, result)
            if day in states:
                self._store.keep_checkpoint(day, self.shelf.dump())
        if states:
            self._store.keep_checkpoints(spaced(self._store.checkpoint_days()))
        for (story, day), before in self._made_of.items():
            if self._store.memberships(day, story) != before:
                self._store.forget_view(story, day)
        self._store.note_filing()
        return filed

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
            return self.shelf.place_day(day, readings)
        except DatelineError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one article does, the others are filed
            self._part_those_that_fail(day, readings, error)
            return self.shelf.place_day(day, self._readings(day))

    def _readings(self, day: date) -> list[Reading | Report]:
        ids = [a for a in self._store.published_on(day) if a not in self._apart]
        loaded = self._store.load([a for a in ids if a not in self._at_hand])
        return [self._at_hand[a] if a in self._at_hand else loaded[a] for a in ids]

    def _part_those_that_fail(
        self, day: date, readings: Sequence[Reading | Report], error: Exception
    ) -> None:
        """Find the articles of a day that filing fails on, and take the shelf back to the day before."""
        self._go_back_to(day)
        before = self.shelf.dump()
        found = _failing(before, day, readings)
        rest = [r for r in readings if r.article.id not in found]
        if _failing_with(before, day, rest) is not None:
            # each by itself is well: the day's articles stay apart
            found = {r.article.id: _told(error) for r in readings}
        self._apart.update(found)

    def _go_back_to(self, day: date) -> None:
        """The shelf may be half changed: file again up to the close of the day before `day`."""
        self._begin()
        for earlier in self.days:
            if earlier < day:
                self.shelf.place_day(earlier, self._readings(earlier))


def _failing(before: bytes, day: date, readings: Sequence[Reading | Report]) -> dict[str, str]:
    """The articles that filing fails on, each with the reason, by halving."""
    error = _failing_with(before, day, readings)
    if error is None:
        return {}
    if len(readings) == 1:
        return {readings[0].article.id: _told(error)}
    half = len(readings) // 2
    return _failing(before, day, readings[:half]) | _failing(before, day, readings[half:])


def _failing_with(before: bytes, day: date, readings: Sequence[Reading | Report]) -> Exception | None:
    try:
        stories.Shelf.load(before).place_day(day, readings)
    except Exception as error:  # noqa: BLE001 - it is handed back
        return error
    return None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
