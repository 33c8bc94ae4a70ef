"""Adding: articles are read and saved, a batch at a time; one that fails is kept and named."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateline.errors import SourceError, UnreadArticle
from dateline.filing import LATEST, Filing
from dateline.keeper.reports import Report
from dateline.keeper.stories import named_story_id
from dateline.preparing import Prepared
from dateline.reader.pool import Unread
from dateline.records import Article, Reading
from dateline.sources import SourceWarning, is_english, read_english
from dateline.stop_signals import held_back
from dateline.store import Rows, Store

BATCH = 32
"""Articles read between two transactions."""
_FILE_EVERY = 512
"""Articles read between two filings, so that a long run shows its stories as it goes."""
_TAKEN_AT_ONCE = 512
"""Articles that were read elsewhere between two transactions."""
_TAKEN_FILED_EVERY = 10_000
"""As many of these are taken between two filings, each of which keeps the states of several days."""
_AT_HAND = 1_000
"""As many of these are kept in memory until they are filed, where they come after all that is filed, in the order of their days."""

Progress = Callable[[Article], None]
Found = Reading | Unread | Prepared
ReadAll = Callable[[Sequence[Article]], Iterator[Reading | Unread]]


@dataclass(slots=True)
class AddReport:
    """What came of `Notebook.add`: articles added, articles that were there already, and what went wrong.

    An article that is kept though the reader failed on it counts as added, and is among the problems. `foreign` counts those
    of the added that are in another language than English, kept and not read; `removed` those that an editor took out of the
    notebook, which are left out. `placed` is the id of the story that they were put into by name, if they were.
    """

    added: int = 0
    known: int = 0
    foreign: int = 0
    removed: int = 0
    placed: str | None = None
    problems: list[SourceError] = field(default_factory=list)
    warnings: list[SourceWarning] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles that are being read: all of them, by id; those that are new; of these those that the reader failed on before; and what was read elsewhere."""

    ids: Sequence[str]
    new: Sequence[Article]
    again: set[str]
    already: Mapping[str, Found]
    found: Iterator[Found]


class Adding:
    """Articles on their way into a notebook; with `story` into the story of that name, with `restore` also those once removed.

    `ahead` batches are handed to `read` before the first of them is waited for, so that other processes read while this one saves and files.
    """

    def __init__(
        self,
        store: Store,
        read: ReadAll,
        progress: Progress | None = None,
        batch: int = BATCH,
        *,
        story: str | None = None,
        restore: bool = False,
        report: AddReport | None = None,
        ahead: int = 0,
    ) -> None:
        self.report = report or AddReport()
        self._story = _known_name(store, story) if story is not None else None
        self._restore = restore
        self._to_place: list[str] = []
        if self._story:
            self.report.placed = named_story_id(self._story)
        self._store = store
        self._read = read
        self._progress = progress
        self._batch = batch
        self._ahead = ahead
        self._waiting: list[Article] = []
        self._already: dict[str, Found] = {}
        self._under_way: deque[_Batch] = deque()
        # the batch whose articles are done, and saved next
        self._current = _Batch((), (), set(), {}, iter(()))
        self._done: list[Found] = []
        self._since_filing = 0
        self._filing = Filing(store)
        # what was read elsewhere, is saved and not filed yet, and the last of its days; as long as these come in order, after all others
        self._at_hand: dict[str, Reading | Report] = {}
        self._days: deque[date] = deque([store.last_day() or date.min], LATEST)
        self._in_order = True
        # the first day of which something may be filed in no story
        self._unfiled = date.min

    def take(self, article: Article) -> None:
        """Read and save `article`, with the next batch."""
        if self._take(article, self._batch, self._ahead) and self._since_filing >= _FILE_EVERY:
            self._file()

    def take_read(self, found: Found) -> None:
        """Save what came out of an archive, with the next batch; what comes in the order of days is filed on the way."""
        day = found.article.published
        self._in_order = self._in_order and (
            day > self._days[-1] or (day == self._days[-1] and len(self._days) > 1)
        )
        if self._in_order and day > self._days[-1]:
            self._days.append(day)
        self._already[found.article.id] = found
        if self._take(found.article, _TAKEN_AT_ONCE):
            if self._in_order and len(self._days) == LATEST:
                self._file_until(self._days[0])
            elif self._since_filing >= _TAKEN_FILED_EVERY:
                self._file()

    def _take(self, article: Article, batch: int, ahead: int = 0) -> bool:
        """Save with the next batch, or one `ahead` of it; True where one is saved."""
        self._waiting.append(article)
        if len(self._waiting) < batch:
            return False
        self._flush(ahead)
        return True

    def finish(self) -> None:
        """Read and save what is waiting, and file what has no story."""
        self._flush()
        self.keep()

    def keep(self) -> None:
        """Save and file what was read, and leave the rest."""
        self._save()
        self._file()

    def _file(self) -> None:
        self._filing.file(self._at_hand, after=self._unfiled)
        self._unfiled = date.max
        self._at_hand = {}
        self._since_filing = 0

    def _file_until(self, day: date) -> None:
        """File what is of an earlier day than `day`: the last days come at the end, when their states are kept."""
        self._filing.file(self._at_hand, before=day, after=self._unfiled)
        self._unfiled = day
        self._at_hand = {a: r for a, r in self._at_hand.items() if r.article.published >= day}

    def _flush(self, ahead: int = 0) -> None:
        """Have what waits read, and save what is read; of what is being read so many batches are left to go on."""
        if self._waiting:
            self._under_way.append(self._begun())
        while len(self._under_way) > ahead:
            self._current = batch = self._under_way.popleft()
            if self._story:
                self._to_place += batch.ids
            for article, found in zip(batch.new, batch.found, strict=True):
                self._done.append(found)
                self.report.foreign += not is_english(article.language)
                if self._progress:
                    self._progress(article)
            self._save()

    def _begun(self) -> _Batch:
        """What waits, handed to whoever reads."""
        articles, self._waiting = self._without_removed(self._waiting), []
        already, self._already = self._already, {}
        being_read = {a.id for batch in self._under_way for a in batch.new}
        known = self._store.known(a.id for a in articles)
        # those that the reader failed on are read again: it may be another reader by now
        again = self._store.unread(list(known)) - being_read
        known |= being_read
        new = list({a.id: a for a in articles if a.id not in known or a.id in again}.values())
        self.report.known += len(articles) - len(new)
        return _Batch([a.id for a in articles], new, again, already, self._read_english(new, already))

    def _without_removed(self, articles: Sequence[Article]) -> list[Article]:
        """Articles without those that an editor took out, unless these are wanted back."""
        gone = self._store.edits.removed(a.id for a in articles)
        if gone and self._restore:
            with self._store.transaction():
                self._store.edits.restore(gone)
            gone = set()
        kept = [a for a in articles if a.id not in gone]
        self.report.removed += len(articles) - len(kept)
        return kept

    def _place(self) -> None:
        """Put what was saved into the story asked for; what stood in another is to be filed anew."""
        if self._story and self._to_place:
            with self._store.transaction():
                first = self._store.edits.place(self._to_place, self._story)
                if first is not None:
                    self._unfiled = min(self._unfiled, first)
                    self._store.unfile_from(first)
            self._to_place = []

    def _read_english(self, articles: Sequence[Article], already: Mapping[str, Found]) -> Iterator[Found]:
        """A reading an article, in order; of one in another language without records."""
        readings = read_english((a for a in articles if a.id not in already), self._read)
        return (already[a.id] if a.id in already else next(readings) for a in articles)

    def _save(self) -> None:
        """Save what was read since the last time; done twice it changes nothing."""
        done, again = self._done, self._current.again
        self._unfiled = min([self._unfiled, *(d.article.published for d in done)])
        readings = [d for d in done if not isinstance(d, Unread)]
        troubles = {d.article.id: d for d in done if isinstance(d, Unread)}
        refused = self._store.save([_kept(r) for r in readings if r.article.id not in again])
        for reading in readings:
            article = reading.article
            if article.id in again:
                self._store.replace(_kept(reading))
            elif article.id in refused:
                troubles[article.id] = Unread(article, refused[article.id])
            elif article.id in self._current.already and len(self._at_hand) < _AT_HAND:
                self._at_hand[article.id] = reading.report if isinstance(reading, Prepared) else reading
        lost = self._store.save([Reading(t.article) for t in troubles.values()])
        with self._store.transaction():
            for trouble in troubles.values():
                if trouble.article.id not in lost:
                    self._store.note_trouble(trouble.article.id, "reading", trouble.reason)
        self._place()
        self._store.visits.keep()
        problems = [_problem(t, lost) for t in troubles.values()]
        # an order to stop between these would have them counted twice, or not at all
        with held_back():
            self._done = []
            self.report.problems += problems
            self.report.added += len(done) - len(lost)
            self._since_filing += len(done) - len(lost)


def _kept(found: Reading | Prepared) -> Reading | Rows:
    return found.rows if isinstance(found, Prepared) else found


def _known_name(store: Store, name: str) -> str:
    """The name of a story as it was first written, in whichever case it is given now. Raises ValueError for an empty one."""
    name = " ".join(name.split())
    if not name:
        raise ValueError("a story's name must hold a word")
    return next((n for n in store.edits.names() if n.casefold() == name.casefold()), name)


def _problem(trouble: Unread, lost: dict[str, str]) -> SourceError:
    article = trouble.article
    if article.id in lost:
        return SourceError(f"{article.source}: no notebook can hold this article ({lost[article.id]})")
    return unread(trouble, "; it is kept without what it tells, and read again when it is added again")


def unread(trouble: Unread, then: str = "") -> UnreadArticle:
    """The error that names an article that the reader failed on, and says what becomes of it."""
    return UnreadArticle(
        f"{trouble.article.source}: the reader failed on this article ({trouble.reason}){then}"
    )
