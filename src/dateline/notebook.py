"""The notebook: joins sources, reader, keeper and store.

with dateline.open("x.db") as notebook:
    notebook.add(["reports/"])
    for story in notebook.stories():
        story.timeline()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, partial
from importlib import metadata
from itertools import groupby
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from dateline.errors import SourceError, Stopped, UnknownArticle, UnknownStory
from dateline.keeper import story_view
from dateline.keeper.selection import Selection
from dateline.language.days import last_day_of_news
from dateline.lazy_modules import LazyModule
from dateline.records import (
    Affair,
    Article,
    ArticleSummary,
    Briefing,
    Change,
    Disagreement,
    Evidence,
    LedgerEntry,
    Listing,
    Member,
    MentionKind,
    NameHit,
    News,
    Reading,
    SearchHit,
    StoryArticle,
    StoryOutline,
    StoryOverview,
    StoryStatement,
    StorySummary,
    StoryView,
    TimelineEntry,
    TrackRecord,
)
from dateline.store import WAIT, Finding, Membership, RecentViews, Store, Trouble, open_store, shown_name
from dateline.story import Story

__all__ = [
    "WAIT",
    "AddReport",
    "Finding",
    "Notebook",
    "Progress",
    "RecentViews",
    "Selection",
    "affairs_by_story",
    "agenda_of",
    "check_notebook",
    "lead_of",
    "ledger_sections",
    "open_notebook",
    "place_of",
    "read",
    "read_sources",
    "repair_notebook",
    "shown_name",
    "track_records",
]

if TYPE_CHECKING:
    from dateline import adding, checking, filing, preparing, sources, working_out
    from dateline.adding import AddReport, Progress
    from dateline.keeper import (
        affairs,
        agenda,
        briefing,
        changes,
        handles,
        ledger,
        lookup,
        search,
        timeline,
        titles,
        topic,
        track_record,
    )
    from dateline.keeper.judge import Judge
    from dateline.reader import Reader, pool
    from dateline.reader.model.pairs import PairReader
    from dateline.sources import Bounds, SourceOptions, SourceWarning
    from dateline.views.exports.tables import Table
else:
    # what a list of stories is made without
    adding = LazyModule("dateline.adding")
    checking = LazyModule("dateline.checking")
    filing = LazyModule("dateline.filing")
    preparing = LazyModule("dateline.preparing")
    sources = LazyModule("dateline.sources")
    working_out = LazyModule("dateline.working_out")
    affairs = LazyModule("dateline.keeper.affairs")
    agenda = LazyModule("dateline.keeper.agenda")
    briefing = LazyModule("dateline.keeper.briefing")
    changes = LazyModule("dateline.keeper.changes")
    handles = LazyModule("dateline.keeper.handles")
    ledger = LazyModule("dateline.keeper.ledger")
    lookup = LazyModule("dateline.keeper.lookup")
    search = LazyModule("dateline.keeper.search")
    timeline = LazyModule("dateline.keeper.timeline")
    titles = LazyModule("dateline.keeper.titles")
    topic = LazyModule("dateline.keeper.topic")
    track_record = LazyModule("dateline.keeper.track_record")
    pool = LazyModule("dateline.reader.pool")


def __getattr__(name: str) -> Any:
    # what `add` gives and takes, for those that ask the notebook alone
    if name not in ("AddReport", "Progress"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(adding, name)


# what worked out the views that are kept; others are worked out anew
_VERSION = f"{metadata.version('dateline')}/{story_view.VERSION}"
ViewsProgress = Callable[[int, int], None]
BY_EDITOR = "editor"
"""How an article says that its day was mended by hand."""
_NAME_MOST = 48
_WORTH_PROCESSES = 16
"""Stories to be worked out for which processes are started that do nothing yet: each takes a second."""
_NAMED = 5
"""Stories or articles that an error lists where several answer."""


def open_notebook(
    path: str | PathLike[str],
    *,
    must_exist: bool = False,
    reader: Reader | None = None,
    recent: RecentViews | None = None,
    judge: Judge | None = None,
    wait: float = WAIT,
    waiting: Callable[[str], None] | None = None,
    today: Callable[[], date] = date.today,
) -> Notebook:
    """Open a notebook, or make a new one: a file by its path, one in PostgreSQL by its address (docs/scale.md).

    Notebooks of the same place may share what they worked out as `recent`.

    `judge` tells what became of expectations and where reports disagree; the bundled pair reader where it is left out.
    One process adds at a time: another waits up to `wait` seconds for it, and tells `waiting` for whom. A notebook where nothing can
    be written is opened to be read. `today` is the clock's day: see `Notebook.view_day`.

    Raises NotebookError where the file is something else, cannot be opened, or (with `must_exist`) is not there.
    """
    place = fspath(path)
    store = open_store(place, must_exist=must_exist, wait=wait, waiting=waiting)
    return Notebook(store, reader, recent, judge, today, place=place)


def read(text: str, published: date | str, *, title: str | None = None, source: str = "text") -> Reading:
    """Read one article's text: sentences, times, names, events, statements and expectations, with offsets into `text`.

    `published` is a day, or a moment of one, or either written as ISO 8601 does ("2024-03-04"); ValueError for other words. For many articles make one `Reader` and call its `read`: the model is loaded once a Reader.
    """
    return _bundled_reader().read(sources.make_article(source, as_day(published), text, title=title))


def as_day(given: date | str) -> date:
    """A day as it is, or as ISO 8601 writes it ("2024-03-04", "2024-03-04T09:15:00Z"). Raises ValueError for other words."""
    if isinstance(given, date):
        return given
    if isinstance(given, str):
        for reads in (date.fromisoformat, datetime.fromisoformat):
            with suppress(ValueError):
                return reads(given.strip())
    raise ValueError(f"{given!r} is not a day; give a datetime.date, or write it as YYYY-MM-DD")


def read_sources(
    paths: Iterable[str], options: SourceOptions | None = None, reader: Reader | None = None
) -> Iterator[Reading | SourceError | SourceWarning]:
    """The reader alone: a Reading an article, in order, nothing stored; what could not be read comes as its error."""
    reader, options = reader or _bundled_reader(), options or sources.SourceOptions()
    for found in sources.open_sources(paths, options):
        if not isinstance(found, Article):
            yield found
        elif not sources.is_english(found.language):
            yield Reading(found)
        else:
            for reading in pool.read_each(reader, [found], options.bounds.seconds):
                yield reading if isinstance(reading, Reading) else adding.unread(reading)


def check_notebook(path: str | PathLike[str], *, views: bool = True) -> list[Finding]:
    """What is wrong with a notebook: pages, indexes, references, offsets, and (with `views`) whether what is kept of its views is
    what its reports give. Nothing is changed. Raises NotebookError where there is none."""
    return checking.look_over(fspath(path), _VERSION, views=views)


def repair_notebook(
    path: str | PathLike[str], findings: Sequence[Finding], *, reader: Reader | None = None
) -> list[str]:
    """Mend what `check_notebook` found: what is derived is made anew, articles are never changed. Returns what was done, in words.

    Raises NotebookError where nothing can be written, ModelError where articles must be read again and the model is missing.
    """
    done = checking.repair(fspath(path), findings, reader or _bundled_reader())
    with open_notebook(path, must_exist=True) as notebook:
        notebook.refresh_views()
    return done


def _bundled_reader() -> Reader:
    from dateline.reader import Reader

    return Reader()


def _bundled_pair_reader() -> PairReader:
    from dateline.reader.model.pairs import PairReader

    return PairReader()


def affairs_by_story(some: Iterable[Affair]) -> dict[str, Affair]:
    """The affair of each story that is a chapter of one, by the story's id."""
    return {story: affair for affair in some for story in affair.stories}


def place_of(key: str) -> int | None:
    """The character that stands after an article's handle ("Meridian 9 Mar a7:533"), or None."""
    found = handles.PLACE.search(key)
    return int(found[1]) if found else None


def agenda_of(entries: Iterable[LedgerEntry], day: date) -> agenda.Agenda:
    """What of a ledger as of `day` is due within a week of it, and what fell due in the week before without a report."""
    return agenda.of_day(entries, day)


def ledger_sections(
    entries: Iterable[LedgerEntry], day: date
) -> list[tuple[agenda.Section, Sequence[LedgerEntry]]]:
    """A ledger as of `day` in sections: no report found, due this week, this month, later, no day given, settled; none without rows."""
    return agenda.sections(entries, day)


def lead_of(page: Briefing) -> tuple[News, ...]:
    """A brief in at most five lines."""
    return briefing.lead(page)


def track_records(entries: Iterable[LedgerEntry]) -> list[TrackRecord]:
    """How the expectations among `entries` turned out, by who held them."""
    return track_record.by_holder(entries)


class Notebook:
    """Articles and what was read in them. Use it as a context manager, in one thread.

    `as_of` in every method gives the view of that day's close: only articles published on or before it. Without it
    the view is that of `view_day`, the last day that has an article.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader | None = None,
        recent: RecentViews | None = None,
        judge: Judge | None = None,
        today: Callable[[], date] = date.today,
        *,
        place: str | None = None,
    ) -> None:
        self._store = store
        self._place = place
        self._today = today
        self._recent = recent or RecentViews(most=200)
        self._reader_given = reader
        self._judge_given = judge
        self._last_view: tuple[tuple[int, str, date, date], StoryView] | None = None

    @cached_property
    def _reader(self) -> Reader:
        return self._reader_given or _bundled_reader()

    @cached_property
    def _judge(self) -> Judge:
        if self._judge_given:
            return self._judge_given
        return working_out.judge_for(self._store, _bundled_pair_reader())

    def __enter__(self) -> Notebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    @property
    def backup(self) -> Path | None:
        """The copy of the notebook as it was before it was brought up to date when it was opened, if it was."""
        return self._store.backup

    def __len__(self) -> int:
        return self._store.count()

    # ---------------------------------------------------------------- adding

    def add(
        self,
        paths: str | PathLike[str] | Iterable[str | PathLike[str]],
        *,
        options: SourceOptions | None = None,
        progress: Progress | None = None,
        views_progress: ViewsProgress | None = None,
        workers: int | None = 1,
        story: str | None = None,
        restore: bool = False,
        report: AddReport | None = None,
    ) -> AddReport:
        """Read articles into the notebook; one that is there already is left alone, so a rerun goes on where it stopped.

        With `story` all of them, those that were there already too, are put into one story of that name, and stay in it. An
        article that was removed is left out unless `restore` says otherwise.
        The folder of an archive (`dateline.archive`) gives what was read into it.
        What cannot be read is reported and the rest is kept. `progress` is called after each article, `views_progress` with how
        many of how many changed stories are worked out. With more than one of `workers` articles are read, and stories worked out, by so many
        processes of one core each, and what an archive holds is prepared by as many less one, for this one writes; the notebook is the same. Without a number
        (None) they are as many as there are cores, up to three, and start where there is enough to do for them. On KeyboardInterrupt what was read is saved and filed first; a `report`
        that the caller gives is filled as it goes, and tells then what came of it.
        Raises NotebookInUse where another process adds for longer than one waits, NotebookError where the notebook cannot be
        written, ValueError where workers are asked for with a reader of the caller's own, or fewer than one.
        """
        started_late = workers is None
        if workers is None:
            workers = pool.usual_workers() if self._reader_given is None else 1
        if workers < 1 or (workers > 1 and self._reader_given is not None):
            raise ValueError(f"workers={workers}: at least one, and no more where a reader is given")
        options = options or sources.SourceOptions()
        read: adding.ReadAll = partial(self._read, seconds=options.bounds.seconds)
        with pool.Pool(workers, options.bounds.seconds) if workers > 1 else nullcontext() as shared:
            if shared is not None:
                read = partial(shared.read_many, few=read) if started_late else shared.read
            with self._store.writing():
                job = adding.Adding(
                    self._store,
                    read,
                    progress,
                    story=story,
                    restore=restore,
                    report=report,
                    ahead=int(shared is not None),
                )
                report = self._add(paths, options, job, workers)
            self._refresh_views(views_progress, None, shared)
        return report

    def _read(self, articles: Sequence[Article], seconds: float) -> Iterator[Reading | pool.Unread]:
        return pool.read_each(self._reader, articles, seconds)

    def _add(
        self,
        paths: str | PathLike[str] | Iterable[str | PathLike[str]],
        options: SourceOptions,
        job: adding.Adding,
        workers: int,
    ) -> AddReport:
        # loads the formats of sources, which a listing does without
        from dateline import archive

        names = [fspath(path) for path in ([paths] if isinstance(paths, str | PathLike) else paths)]
        archives = [path for path in names if archive.is_archive(path)]
        # the notebook may lie in the folder that is read
        options = replace(options, passed_over=self._store.own_files(), memory=self._store.visits)
        try:
            for found in sources.open_sources([path for path in names if path not in archives], options):
                if isinstance(found, SourceError):
                    job.report.problems.append(found)
                elif isinstance(found, sources.SourceWarning):
                    job.report.warnings.append(found)
                else:
                    job.take(found)
            ahead = archive.Ahead(preparing.prepare, workers - 1, self._are_new) if workers > 1 else None
            for folder in archives:
                with closing(archive.readings(folder, job.report.problems.append, ahead)) as read:
                    for one in read:
                        job.take_read(one)
            job.finish()
        except (KeyboardInterrupt, Stopped):
            job.keep()
            raise
        return job.report

    def _are_new(self, articles: Sequence[str]) -> bool:
        """True where the notebook lacks one of the articles of these ids."""
        return len(self._store.known(articles)) < len(set(articles))

    def add_articles(self, articles: Iterable[Article], bounds: Bounds | None = None) -> AddReport:
        """As `add`, for articles made by the caller, each read within the seconds of `bounds`."""
        seconds = (bounds or sources.Bounds()).seconds
        job = adding.Adding(self._store, partial(self._read, seconds=seconds))
        with self._store.writing():
            try:
                for article in articles:
                    job.take(article)
                job.finish()
            except (KeyboardInterrupt, Stopped):
                job.keep()
                raise
        self.refresh_views()
        return job.report

    def remove(self, key: str) -> ArticleSummary:
        """Take the article that `key` names (as in `article`) out of the notebook, and work everything out again.

        Returns what it was known by. It is left out when it is added again, unless `add` is told to restore it. Raises UnknownArticle.
        """
        with self._store.writing():
            article = self.article_summary(key)
            with self._store.transaction():
                day = self._store.edits.remove(article.id)
                self._store.unfile_from(day)
                self._store.note_filing()
            filing.file_articles(self._store)
        self.refresh_views()
        return article

    def redate(self, key: str, day: date) -> ArticleSummary:
        """Give the article that `key` names (as in `article`) another day: it is read as of that day, and everything worked out again.

        Returns what it was known by before; its id stays. Raises UnknownArticle.
        """
        with self._store.writing():
            known = self.article_summary(key)
            before = self._store.articles([known.id])[known.id]
            article = replace(before, published=day, published_at=None, dated_by=BY_EDITOR)
            reading = self._reader.read(article) if sources.is_english(article.language) else Reading(article)
            with self._store.transaction():
                self._store.unfile_from(self._store.edits.redate(reading))
                self._store.note_filing()
            filing.file_articles(self._store)
        self.refresh_views()
        return known

    def refresh_views(self, views_progress: ViewsProgress | None = None, as_of: date | None = None) -> None:
        """Work out and keep what is shown of each story that has changed since, so that it can be looked at at once.

        `views_progress` is called with how many stories of how many are done. What somebody files meanwhile is worked out as well.
        Raises NotebookError where the notebook cannot be written.
        """
        self._refresh_views(views_progress, as_of)

    def _refresh_views(
        self, views_progress: ViewsProgress | None, as_of: date | None, shared: pool.Pool | None = None
    ) -> None:
        tried: set[tuple[int, str]] = set()
        while True:
            with self._store.snapshot():
                filings, day = self._store.filings(), self._day(as_of)
                waiting = [(s, d) for s, d in self._not_kept(as_of) if (filings, s) not in tried]
            worked = self._worked_out([s for s, _ in waiting], day, filings, shared, whole=as_of is None)
            for number, ((story, since), found) in enumerate(zip(waiting, worked, strict=True)):
                if found is None or not self._keep(story, since, found, filings):
                    break
                tried.add((filings, story))
                if views_progress:
                    views_progress(number + 1, len(waiting))
            else:
                if as_of is None:
                    self._keep_listing()
                return

    def _keep_listing(self) -> None:
        """Keep what a list of stories shows as of the last day, so that it can be printed at once."""
        with self._store.snapshot():
            filings, day = self._store.filings(), self._day(None)
            if self._store.read_only or self._store.listing(day, _VERSION) is not None:
                return
            listed = self.listing()
            listed = replace(listed, handles=self.handles(s.members[-1].id for s in listed.stories))
        self._store.save_listing(day, _VERSION, listed, filings)

    def _not_kept(self, as_of: date | None) -> list[tuple[str, date]]:
        """Stories whose view as of a day is not kept, each with the day from which it stands as it does."""
        day = self._day(as_of)
        kept = self._store.views_kept(_VERSION)
        known = self._store.outlines(day, _VERSION) if as_of else {}
        return [
            (story, since)
            for story, since in self._store.changed(day).items()
            if (story, since) not in kept and story not in known
        ]

    def _worked_out(
        self, stories: Sequence[str], day: date, filings: int, shared: pool.Pool | None, *, whole: bool
    ) -> Iterator[working_out.WorkedOut | None]:
        """What is kept of each story in order, worked out by the processes of `shared` where that is worth it."""
        # another process has the bundled pair reader alone
        place = self._place if self._judge_given is None else None
        if shared is None or place is None or not (shared.has_started or len(stories) >= _WORTH_PROCESSES):
            yield from (self._work_out(story, day, filings, whole=whole) for story in stories)
            return
        given = ((place, story, day, filings, whole) for story in stories)
        for story, found in zip(stories, shared.each(working_out.work_out_elsewhere, given), strict=True):
            # what a process failed on fails here again, and says why
            yield found or self._work_out(story, day, filings, whole=whole)

    def _work_out(self, story: str, day: date, filings: int, *, whole: bool) -> working_out.WorkedOut | None:
        """The view of a story that has articles as of `day`, packed; None where somebody has filed since `filings` was the notebook's number."""
        with self._store.snapshot():
            if self._store.filings() != filings:
                return None
            view = self._view(story, day)
        return working_out.WorkedOut.of(view, self._judge, whole=whole)

    def _keep(self, story: str, since: date, found: working_out.WorkedOut, filings: int) -> bool:
        """Keep a view where anything can be written; False where somebody has filed since `filings` was the notebook's number."""
        if self._store.read_only:
            return True
        self._store.save_verdicts(found.answers)
        return self._store.save_view(story, since, _VERSION, found.packed, filings)

    def troubles(self) -> list[Trouble]:
        """What could not be done with articles, which are kept and shown as far as it goes."""
        return self._store.troubles()

    # ---------------------------------------------------------------- looking

    def last_day(self) -> date | None:
        """The last day that has an article, or None in an empty notebook."""
        return self._store.last_day()

    def view_day(self) -> date | None:
        """The day of views without `as_of`: the last that has an article and is not in the future (later than tomorrow by the clock),
        or None in an empty notebook. Where all are in the future it is the last of them: then the clock is likelier wrong than they are.
        """
        return self._store.last_day(last_day_of_news(self._today())) or self._store.last_day()

    def count_after(self, day: date) -> int:
        """How many articles were published after `day`."""
        return self._store.count_after(day)

    def first_day(self) -> date | None:
        """The first day that has an article, or None in an empty notebook."""
        return self._store.first_day()

    def names(self, words: str, as_of: date | None = None, limit: int = 20) -> list[NameHit]:
        """The people, organisations and places whose name holds all of `words`, those in most articles first."""
        found = self._store.names(words.split(), self._day(as_of), limit)
        return [NameHit(name, cast(MentionKind, kind), articles) for name, kind, articles in found]

    def _day(self, as_of: date | None) -> date:
        return as_of or self.view_day() or date.max

    def snapshot(self) -> AbstractContextManager[None]:
        """Inside it all views are of one moment, whoever adds articles meanwhile."""
        return self._store.snapshot()

    def filings(self) -> int:
        """A number that grows whenever stories may have changed."""
        return self._store.filings()

    def stories(self, as_of: date | None = None) -> list[Story]:
        """The storylines, the latest first."""
        day = self._day(as_of)
        rows = self._store.memberships(day)
        known = self._store.outlines(day, _VERSION)
        found = [
            self._story(story, list(members), day, known.get(story))
            for story, members in groupby(rows, key=lambda m: m.story)
        ]
        return sorted(found, key=lambda s: (s.summary.last, s.summary.first, s.id), reverse=True)

    def overview(self, as_of: date | None = None) -> tuple[list[StoryOverview], set[str]]:
        """The storylines with counts, the latest first; and the ids of those not worked out yet (see `refresh_views`)."""
        day = self._day(as_of)
        known = self._store.outlines(day, _VERSION)
        daily = self._store.daily(day)
        named = filing.names_of(self._store)
        found = [
            story_view.overview(
                story,
                days,
                known.get(story),
                "" if story in known else named.get(story) or titles.clause(self._store.headline(story, day)),
                day,
            )
            for story, days in daily.items()
        ]
        return sorted(found, key=lambda s: (s.last, s.first, s.id), reverse=True), daily.keys() - known.keys()

    def story(self, key: str, as_of: date | None = None) -> Story:
        """The story whose id is or begins with `key`, or of which a listing shows those words (title, keywords, days).

        The words of a later day's listing are known on an earlier day, too. Raises UnknownStory where no story answers, or several do.
        """
        day = self._day(as_of)
        if members := self._store.memberships(day, self._store.merged_into(key, day) or key):
            story = members[0].story
            return self._story(story, members, day, self._store.outlines(day, _VERSION, story).get(story))
        everything = self.stories(as_of)
        chosen = {s.id for s in lookup.stories(key, [s.summary for s in everything])}
        if not chosen and as_of:
            # what it goes by today may be what people know it by
            later = lookup.stories(key, [s.summary for s in self.stories()])
            chosen = {s.id for s in everything}.intersection(s.id for s in later)
        found = [s for s in everything if s.id in chosen]
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(f"{s.id} {s.title}" for s in found[:_NAMED])
            raise UnknownStory(
                f"{key}: {len(found)} stories answer to that ({names}); give an id or more words"
            )
        close = "; ".join(
            f"{s.id} {s.title}" for s in lookup.closest_stories(key, [s.summary for s in everything])
        )
        when = f" as of {as_of}" if as_of else ""
        meant = f"; did you mean {close}?" if close else ";"
        raise UnknownStory(
            f"{key}: no story{when} has that id or those words{meant} `dateline stories` lists them"
        )

    def listing(self, as_of: date | None = None) -> Listing:
        """What lists of stories and of affairs show: that of the last day as it was kept when the notebook last changed."""
        kept = self._store.listing(self._day(as_of), _VERSION)
        if kept is not None:
            return kept
        found = self.stories(as_of)
        linked = affairs.find(
            (s.summary, s.outline.profile if s.outline else affairs.profile(s.articles())) for s in found
        )
        return Listing(tuple(s.summary for s in found), tuple(linked))

    def affairs(self, as_of: date | None = None) -> list[Affair]:
        """The affairs of which two stories or more are chapters, the latest first."""
        return list(self.listing(as_of).affairs)

    def affair(self, key: str, as_of: date | None = None) -> Affair:
        """The affair whose id is or begins with `key`, or of which a listing shows those words; or that of the story that `key` names.

        Raises UnknownStory where no affair answers, or several do.
        """
        everything = self.affairs(as_of)
        found = lookup.stories(key, everything)
        if len(found) > 1:
            names = "; ".join(f"{a.id} {a.title}" for a in found[:_NAMED])
            raise UnknownStory(
                f"{key}: {len(found)} affairs answer to that ({names}); give an id or more words"
            )
        if found:
            return found[0]
        story = self.story(key, as_of)
        affair = affairs_by_story(everything).get(story.id)
        if affair is None:
            raise UnknownStory(
                f"{key}: that story ({story.id} {story.title}) is no chapter of an affair; `dateline stories --affairs` lists them"
            )
        return affair

    def _story(
        self, story: str, members: Sequence[Membership], day: date, known: StoryOutline | None = None
    ) -> Story:
        if known is None:
            title, keywords = story_view.heading(self._filed(members))
            title = filing.names_of(self._store).get(members[0].story, title)
        else:
            title, keywords = known.title, known.keywords
        summary = StorySummary(
            id=story,
            title=title,
            first=members[0].published,
            last=members[-1].published,
            members=tuple(
                Member(m.article, m.source, m.published, m.duplicate_of, m.revision_of) for m in members
            ),
            keywords=keywords,
        )
        return Story(self, summary, day, known)

    def _view(self, story: str, day: date) -> StoryView:
        """The view of a story that has articles as of `day`: a kept one, or worked out."""
        since = self._store.changed(day, story)[story]
        key = (self._store.name, self._store.filings(), story, since)
        view = self._recent.get(key)
        if view is None:
            view = self._store.view(story, since, _VERSION) or working_out.view_of(
                self._store, self._judge, story, self.filed(story, day)
            )
            self._recent.put(key, view)
        return view

    def view_of(self, story: str, as_of: date | None = None) -> StoryView:
        """All that is shown of a story, its ledger as of the day. Raises UnknownStory where it has no articles then."""
        day = self._day(as_of)
        since = self._store.changed(day, story).get(story)
        if since is None:
            raise UnknownStory(f"{story}: no story has that id as of {day}; `dateline stories` lists them")
        key = (self._store.filings(), story, since, day)
        if self._last_view is None or self._last_view[0] != key:
            view = self._view(story, day)
            view = replace(view, expectations=tuple(ledger.on_day(view.expectations, day)))
            # a page asks for each of a story's views in turn
            self._last_view = key, view
        return self._last_view[1]

    def _filed(self, members: Sequence[Membership]) -> list[StoryArticle]:
        return filing.filed_as(self._store, members)

    def filed(self, story: str, as_of: date | None = None) -> list[StoryArticle]:
        """A story's articles in order, with all that was read in them."""
        return self._filed(self._store.memberships(self._day(as_of), story))

    def timeline(self, as_of: date | None = None) -> list[TimelineEntry]:
        """The timelines of all stories, one after another."""
        return [entry for story in self.stories(as_of) for entry in story.timeline()]

    def timeline_about(
        self,
        words: str,
        as_of: date | None = None,
        *,
        days: int | None = None,
        sentences: int | None = None,
    ) -> list[TimelineEntry]:
        """One timeline of what all reports tell about `words`, whatever their stories; lengths as in `Story.timeline`.

        Its entries name no story. Raises SearchError where `words` hold no word, or more than 50.
        """
        day = self._day(as_of)
        asked = topic.subject(words)
        ranked = self._store.search(topic.full_text_query(asked), None, None, day, search.MOST_HITS)
        found = {article for article, _ in ranked}
        filed = self._filed([m for m in self._store.memberships(day) if m.article in found])
        # what a copy copies, and a version replaces, may lie in another order of stories
        filed.sort(key=lambda f: (f.article.published, f.article.id))
        chosen = [f for f in filed if topic.is_about(f.reading, asked)]
        return timeline.build("", chosen, day, self._judge, days=days, sentences=sentences, about=asked)

    def timeline_of_affair(
        self,
        affair: Affair,
        as_of: date | None = None,
        *,
        days: int | None = None,
        sentences: int | None = None,
    ) -> list[TimelineEntry]:
        """One timeline of all chapters of an affair (from `affairs` or `affair` of the same day); its entries name the affair as their
        story. Lengths are as in `Story.timeline`."""
        day = self._day(as_of)
        filed = [f for story in affair.stories for f in self.filed(story, day)]
        filed.sort(key=lambda f: (f.article.published, f.article.id))
        return timeline.build(affair.id, filed, day, self._judge, days=days, sentences=sentences)

    def timeline_of(
        self,
        story: str,
        as_of: date | None = None,
        *,
        days: int | None = None,
        sentences: int | None = None,
    ) -> list[TimelineEntry]:
        """A story's timeline of a given length: see `Story.timeline`."""
        day = self._day(as_of)
        return timeline.build(story, self.filed(story, day), day, self._judge, days=days, sentences=sentences)

    def expectations(self, as_of: date | None = None, *, everything: bool = False) -> list[LedgerEntry]:
        """The ledger of all stories; with `everything` also what scores too low to be shown."""
        return [e for story in self.stories(as_of) for e in story.expectations(everything=everything)]

    def statements(self, as_of: date | None = None, by: str | None = None) -> list[StoryStatement]:
        """Who said what in all stories, or what `by` said."""
        return [said for story in self.stories(as_of) for said in story.statements(by=by)]

    def disagreements(self, as_of: date | None = None, *, everything: bool = False) -> list[Disagreement]:
        """Where reports of one story disagree, in all stories; with `everything` also what scores too low to be shown."""
        return [d for story in self.stories(as_of) for d in story.disagreements(everything=everything)]

    def article(self, key: str, as_of: date | None = None) -> StoryArticle:
        """The article that `key` names, with all that was read in it: see `article_summary`."""
        named = self.article_summary(key, as_of).id
        story = self.story_of(named, as_of)
        members = self._store.memberships(self._day(as_of), story) if story else []
        member = next((m for m in members if m.article == named), None)
        reading = self._store.load([named])[named]
        return StoryArticle(
            reading, member.duplicate_of if member else None, member.revision_of if member else None
        )

    def article_summary(self, key: str, as_of: date | None = None) -> ArticleSummary:
        """What the article is known by that `key` names: its handle ("Meridian 9 Mar a7"), id, source, file name or address, a beginning
        of its id, words of its outlet, title and file name, or how its source or file name begins.

        Raises UnknownArticle where none is, or several are, or where it was published after `as_of`.
        """
        day = as_of or date.max
        found = self._named(key, day)
        if len(found) == 1:
            return found[0]
        known = self.handles([d.id for d in found[:_NAMED]], as_of)
        if found:
            names = "; ".join(f"{known[d.id]} {d.title or ''}".strip() for d in found[:_NAMED])
            raise UnknownArticle(
                f"{key}: {len(found)} articles answer to that ({names}); give a handle or an id"
            )
        close = lookup.closest_articles(key, self._store.edits.summaries_until(day))
        known = self.handles([d.id for d in close], as_of)
        names = "; ".join(f"{known[d.id]} {d.title or ''}".strip() for d in close)
        meant = f"; did you mean {names}?" if names else ";"
        raise UnknownArticle(
            f"{key}: no article has that handle, id or source{meant} `dateline search WORDS` finds others"
        )

    def _named(self, key: str, day: date) -> list[ArticleSummary]:
        """The articles up to `day` that `key` may mean, by the closest way in which any answers to it."""
        edits = self._store.edits
        for exact in (key, handles.PLACE.sub("", key)):
            described = edits.summaries(self._store.find_articles(exact))
            if found := [d for d in described.values() if d.published <= day]:
                return found
        if asked := handles.parse(key):
            found = [d for d in edits.begun_by(asked.id) if d.published <= day and handles.answers(d, asked)]
        elif handles.is_beginning(key):
            found = [d for d in edits.begun_by(key) if d.published <= day]
        return found or lookup.articles(key, edits.summaries_until(day))

    def handles(self, ids: Iterable[str], as_of: date | None = None) -> dict[str, str]:
        """The handles of articles by id: outlet, day and the id's beginning, as listings show them on that day."""
        described = self._store.edits.summaries(list(dict.fromkeys(ids)))
        same_day = self._store.edits.ids_by_day({d.published for d in described.values()})
        today = self._day(as_of)
        return {i: handles.handle(d, same_day[d.published], today) for i, d in described.items()}

    def article_summaries(self, ids: Iterable[str]) -> dict[str, ArticleSummary]:
        """What articles are known by, by id: `publisher` is the outlet as far as the article tells it, else words of its title or its
        file's name, of at most 48 characters. Ids that are not there are left out."""
        described = self._store.edits.summaries(list(dict.fromkeys(ids)))
        return {i: replace(d, publisher=handles.name_of(d, _NAME_MOST)) for i, d in described.items()}

    def changes(self, article: str, as_of: date | None = None) -> list[Change]:
        """What the versions of an article (named as in `article`) changed, one after another; none where it was never revised."""
        named = self.article_summary(article, as_of).id
        story = self.story_of(named, as_of)
        members = self._store.memberships(self._day(as_of), story) if story else []
        versions = {a for m in members if m.revision_of for a in (m.article, m.revision_of)}
        if named not in versions:
            return []
        return changes.of_article(named, self._filed([m for m in members if m.article in versions]))

    def story_of(self, article: str, as_of: date | None = None) -> str | None:
        """The id of the story that an article (by id) is in, or None."""
        return self._store.story_of(article, self._day(as_of))

    def search(
        self,
        words: str,
        *,
        after: date | None = None,
        before: date | None = None,
        as_of: date | None = None,
        limit: int = 20,
    ) -> list[SearchHit]:
        """Articles that hold all of `words` ("quoted words" as a phrase), the best first, each with its best sentence.

        Raises SearchError for more than 50 words, or a limit above 10,000.
        """
        search.check_limit(limit)
        query = search.full_text_query(words)
        if not query:
            return []
        ids = [article for article, _ in self._store.search(query, after, before, self._day(as_of), limit)]
        readings = self._store.load_sentences(ids)
        hits = []
        for article in ids:
            reading = readings[article]
            span = search.best_sentence(reading, words)
            evidence = Evidence(
                article,
                reading.article.source,
                span,
                span.of(reading.article.text),
                reading.article.published,
            )
            hits.append(SearchHit(self.story_of(article, as_of), reading.article.title, evidence))
        return hits

    def tables(
        self, only: Sequence[str] | None = None, *, story: str | None = None, as_of: date | None = None
    ) -> dict[str, Table]:
        """The records as tables by name, of a story (all without it); `Table.to_frame()` gives a pandas or polars frame.

        Raises ExportError for an unknown name, UnknownStory.
        """
        # a view: what asks for it in Python need not know where it stands
        from dateline.views.exports import tables

        return tables(self, only, story=story, as_of=as_of)
