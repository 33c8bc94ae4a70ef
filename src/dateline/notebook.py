"""The notebook: joins sources, reader, keeper and store.

with dateline.open("x.db") as notebook:
    notebook.add(["reports/"])
    for story in notebook.stories():
        story.timeline()
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib import metadata
from itertools import groupby
from os import PathLike, fspath
from types import TracebackType
from typing import TYPE_CHECKING, cast

from dateline.errors import SourceError, UnknownArticle, UnknownStory
from dateline.keeper import (
    changes,
    entities,
    outcomes,
    search,
    sheets,
    stories,
    titles,
    track_record,
)
from dateline.keeper.snapshot import UnreadableState
from dateline.reader import Reader
from dateline.reader.pool import Pool
from dateline.records import (
    Article,
    Brief,
    Change,
    Disagreement,
    Entity,
    Evidence,
    Filed,
    LedgerEntry,
    Member,
    MentionKind,
    NameHit,
    Reading,
    SearchHit,
    Sheet,
    StoryOverview,
    StoryStatement,
    StorySummary,
    TimelineEntry,
    TrackRecord,
)
from dateline.sources import SourceOptions, SourceWarning, make_article, open_source
from dateline.store import Membership, RecentSheets, Store, open_store

if TYPE_CHECKING:
    from dateline.views.exports.tables import Table

# articles read between two transactions
_BATCH = 32
# articles read between two filings, so that a long run shows its stories as it goes
_FILE_EVERY = 512
# what worked out the sheets that are kept; others are worked out anew
_VERSION = f"{metadata.version('dateline')}/{sheets.VERSION}"
# states of the shelf that are kept, so that reports of the last days can still come in late at little cost
_CHECKPOINTS = 4


@dataclass(slots=True)
class AddReport:
    """What came of `Notebook.add`: articles added, articles that were there already, and what went wrong."""

    added: int = 0
    known: int = 0
    problems: list[SourceError] = field(default_factory=list)
    warnings: list[SourceWarning] = field(default_factory=list)


Progress = Callable[[Article], None]
Working = Callable[[int, int], None]
ReadAll = Callable[[Sequence[Article]], Iterator[Reading]]


def open_notebook(
    path: str | PathLike[str],
    *,
    must_exist: bool = False,
    reader: Reader | None = None,
    recent: RecentSheets | None = None,
) -> Notebook:
    """Open a notebook file, or make a new one. Notebooks of the same file may share what they worked out as `recent`.

    Raises NotebookError where the file is something else, cannot be written, or (with `must_exist`) is not there.
    """
    return Notebook(open_store(fspath(path), must_exist=must_exist), reader, recent)


def read(text: str, published: date, *, title: str | None = None, source: str = "text") -> Reading:
    """Read one article's text: sentences, times, names, events, statements and expectations, with offsets into `text`.

    For many articles make one `Reader` and call its `read`: the model is loaded once a Reader.
    """
    return Reader().read(make_article(source, published, text, title=title))


def read_sources(
    paths: Iterable[str], options: SourceOptions | None = None, reader: Reader | None = None
) -> Iterator[Reading | SourceError | SourceWarning]:
    """The reader alone: a Reading an article, in order, nothing stored; what could not be read comes as its error."""
    reader = reader or Reader()
    for path in paths:
        for found in open_source(path, options):
            yield reader.read(found) if isinstance(found, Article) else found


def track_records(entries: Iterable[LedgerEntry]) -> list[TrackRecord]:
    """How the expectations among `entries` turned out, by who held them."""
    return track_record.by_holder(entries)


class Notebook:
    """Articles and what was read in them, in one file. Use it as a context manager, in one thread.

    `as_of` in every method gives the view of that day's close: only articles published on or before it. Without it
    the view is that of the last day that has an article.
    """

    def __init__(
        self, store: Store, reader: Reader | None = None, recent: RecentSheets | None = None
    ) -> None:
        self._store = store
        self._recent = recent or RecentSheets(most=200)
        self._reader = reader or Reader()
        self._reader_given = reader is not None

    def __enter__(self) -> Notebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __len__(self) -> int:
        return self._store.count()

    # ---------------------------------------------------------------- adding

    def add(
        self,
        paths: str | PathLike[str] | Iterable[str | PathLike[str]],
        *,
        options: SourceOptions | None = None,
        progress: Progress | None = None,
        working: Working | None = None,
        workers: int = 1,
    ) -> AddReport:
        """Read articles into the notebook; one that is there already is left alone, so a rerun goes on where it stopped.

        What cannot be read is reported and the rest is kept. `progress` is called after each article, `working` with how
        many of how many changed stories are worked out. With more than one of `workers` articles are read by so many
        processes of one core each; the notebook is the same.
        Raises NotebookError where the notebook cannot be written, ValueError where workers are asked for with a reader
        of the caller's own, or fewer than one.
        """
        if workers < 1 or (workers > 1 and self._reader_given):
            raise ValueError(f"workers={workers}: at least one, and no more where a reader is given")
        if workers == 1:
            report = self._add(paths, options, progress, self._read, _BATCH)
        else:
            with Pool(workers) as pool:
                report = self._add(paths, options, progress, pool.read, _BATCH * workers)
        self.work_out(working)
        return report

    def _read(self, articles: Sequence[Article]) -> Iterator[Reading]:
        return map(self._reader.read, articles)

    def _add(
        self,
        paths: str | PathLike[str] | Iterable[str | PathLike[str]],
        options: SourceOptions | None,
        progress: Progress | None,
        read: ReadAll,
        batch: int,
    ) -> AddReport:
        report = AddReport()
        given = [paths] if isinstance(paths, str | PathLike) else paths
        # the notebook may lie in the folder that is read
        own = frozenset(os.path.realpath(self._store.name + end) for end in ("", "-wal", "-shm"))
        options = replace(options or SourceOptions(), passed_over=own)
        waiting: list[Article] = []
        since_filing = 0

        def flush() -> None:
            nonlocal since_filing
            new = self._save(waiting, report, progress, read)
            waiting.clear()
            since_filing += new
            if since_filing >= _FILE_EVERY:
                self._file_articles()
                since_filing = 0

        for path in given:
            for found in open_source(fspath(path), options):
                if isinstance(found, SourceError):
                    report.problems.append(found)
                elif isinstance(found, SourceWarning):
                    report.warnings.append(found)
                else:
                    waiting.append(found)
                    if len(waiting) >= batch:
                        flush()
        flush()
        self._file_articles()
        return report

    def add_articles(self, articles: Iterable[Article]) -> AddReport:
        """As `add`, for articles made by the caller."""
        report = AddReport()
        self._save(list(articles), report, None, self._read)
        self._file_articles()
        self.work_out()
        return report

    def work_out(self, working: Working | None = None, as_of: date | None = None) -> None:
        """Work out and keep what is shown of each story that has changed since, so that it can be looked at at once.

        `working` is called with how many stories of how many are done. Raises NotebookError where the notebook cannot
        be written.
        """
        day = self._day(as_of)
        kept = self._store.sheets_kept(_VERSION)
        known = self._store.briefs(day, _VERSION) if as_of else {}
        waiting = [
            (story, since)
            for story, since in self._store.changed(day).items()
            if (story, since) not in kept and story not in known
        ]
        for number, (story, since) in enumerate(waiting):
            sheet = self._sheet(story, day)
            self._store.save_sheet(story, since, _VERSION, sheet, sheets.brief(sheet))
            if working:
                working(number + 1, len(waiting))

    def _save(
        self, articles: Sequence[Article], report: AddReport, progress: Progress | None, read: ReadAll
    ) -> int:
        known = self._store.known(a.id for a in articles)
        new = list({a.id: a for a in articles if a.id not in known}.values())
        report.known += len(articles) - len(new)
        readings = []
        for article, reading in zip(new, read(new), strict=True):
            readings.append(reading)
            if progress:
                progress(article)
        if readings:
            self._store.save(readings)
        report.added += len(readings)
        return len(readings)

    def _file_articles(self) -> None:
        """Put every article that has no story into one, day by day, from the first day that has such an article."""
        first = self._store.unfiled_since()
        if first is None:
            return
        with self._store.transaction():
            self._store.unfile_from(first)
            kept = self._store.checkpoint_before(first)
            try:
                shelf = stories.Shelf.load(kept[1]) if kept else stories.Shelf()
            except UnreadableState:
                # kept by another version of dateline, which may have filed otherwise: begin again
                first, kept, shelf = date.min, None, stories.Shelf()
                self._store.unfile_from(first)
            days = self._store.days_from(kept[0] + timedelta(days=1) if kept else date.min)
            for number, day in enumerate(days):
                replayed = day < first
                readings = list(self._store.load(self._store.published_on(day)).values())
                result = shelf.place_day(day, readings)
                if not replayed:
                    for p in result.placements:
                        self._store.file(p.article, p.story, day, p.duplicate_of, p.revision_of)
                    for move in result.moves:
                        self._store.move(move.article, move.story_to, day)
                if len(days) - number <= _CHECKPOINTS:
                    self._store.keep_checkpoint(day, shelf.dump(), _CHECKPOINTS)
            self._store.note_filing()

    # ---------------------------------------------------------------- looking

    def last_day(self) -> date | None:
        """The last day that has an article, or None in an empty notebook."""
        return self._store.last_day()

    def first_day(self) -> date | None:
        """The first day that has an article, or None in an empty notebook."""
        return self._store.first_day()

    def names(self, words: str, as_of: date | None = None, limit: int = 20) -> list[NameHit]:
        """The people, organisations and places whose name holds all of `words`, those in most articles first."""
        found = self._store.names(words.split(), self._day(as_of), limit)
        return [NameHit(name, cast(MentionKind, kind), articles) for name, kind, articles in found]

    def _day(self, as_of: date | None) -> date:
        return as_of or self._store.last_day() or date.max

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
        known = self._store.briefs(day, _VERSION)
        found = [
            self._story(story, list(members), day, known.get(story))
            for story, members in groupby(rows, key=lambda m: m.story)
        ]
        return sorted(found, key=lambda s: (s.summary.last, s.summary.first, s.id), reverse=True)

    def overview(self, as_of: date | None = None) -> tuple[list[StoryOverview], set[str]]:
        """The storylines with counts, the latest first; and the ids of those not worked out yet (see `work_out`)."""
        day = self._day(as_of)
        known = self._store.briefs(day, _VERSION)
        daily = self._store.daily(day)
        found = [
            sheets.overview(
                story,
                days,
                known.get(story),
                "" if story in known else titles.clause(self._store.headline(story, day)),
                day,
            )
            for story, days in daily.items()
        ]
        return sorted(found, key=lambda s: (s.last, s.first, s.id), reverse=True), daily.keys() - known.keys()

    def story(self, key: str, as_of: date | None = None) -> Story:
        """The story whose id is or begins with `key`, or whose title (or else title and keywords) holds those words.

        Raises UnknownStory where none does, or several do.
        """
        day = self._day(as_of)
        if members := self._store.memberships(day, self._store.merged_into(key, day) or key):
            story = members[0].story
            return self._story(story, members, day, self._store.briefs(day, _VERSION, story).get(story))
        everything = self.stories(as_of)
        for fits in (
            lambda s: s.id == key,
            lambda s: len(key) >= 3 and s.id.startswith(key),
            lambda s: s.title.casefold() == key.casefold(),
            lambda s: bool(key.strip()) and all(w in s.title.casefold() for w in key.casefold().split()),
            lambda s: bool(key.strip()) and all(w in _words_of(s) for w in key.casefold().split()),
        ):
            chosen = [s for s in everything if fits(s)]
            if len(chosen) == 1:
                return chosen[0]
            if chosen:
                names = "; ".join(f"{s.id} {s.title}" for s in chosen[:5])
                raise UnknownStory(f"{key}: {len(chosen)} stories answer to that ({names}); give an id")
        raise UnknownStory(f"{key}: no story has that id or title; `dateline stories` lists them")

    def _story(
        self, story: str, members: Sequence[Membership], day: date, known: Brief | None = None
    ) -> Story:
        if known is None:
            filed = self._filed(members)
            title, keywords = titles.title(filed), titles.keywords(filed)
        else:
            title, keywords = known.title, known.keywords
        summary = StorySummary(
            id=story,
            title=title,
            first=min(m.published for m in members),
            last=max(m.published for m in members),
            members=tuple(
                Member(m.article, m.source, m.published, m.duplicate_of, m.revision_of) for m in members
            ),
            keywords=keywords,
        )
        return Story(self, summary, day)

    def _sheet(self, story: str, day: date) -> Sheet:
        """The sheet of a story that has articles as of `day`: a kept one, or worked out."""
        since = self._store.changed(day, story)[story]
        key = (self._store.name, self._store.filings(), story, since)
        sheet = self._recent.get(key)
        if sheet is None:
            sheet = self._store.sheet(story, since, _VERSION) or sheets.make(story, self.filed(story, day))
            self._recent.put(key, sheet)
        return sheet

    def sheet(self, story: str, as_of: date | None = None) -> Sheet:
        """All that is shown of a story, its ledger as of the day. Raises UnknownStory where it has no articles then."""
        day = self._day(as_of)
        if not self._store.changed(day, story):
            raise UnknownStory(f"{story}: no story has that id as of {day}; `dateline stories` lists them")
        sheet = self._sheet(story, day)
        return replace(sheet, expectations=tuple(outcomes.on_day(sheet.expectations, day)))

    def _filed(self, members: Sequence[Membership]) -> list[Filed]:
        readings = self._store.load([m.article for m in members])
        return [Filed(readings[m.article], m.duplicate_of, m.revision_of) for m in members]

    def filed(self, story: str, as_of: date | None = None) -> list[Filed]:
        """A story's articles in order, with all that was read in them."""
        return self._filed(self._store.memberships(self._day(as_of), story))

    def timeline(self, as_of: date | None = None) -> list[TimelineEntry]:
        """The timelines of all stories, one after another."""
        return [entry for story in self.stories(as_of) for entry in story.timeline()]

    def expectations(self, as_of: date | None = None) -> list[LedgerEntry]:
        """The ledger of all stories."""
        return [entry for story in self.stories(as_of) for entry in story.expectations()]

    def statements(self, as_of: date | None = None, by: str | None = None) -> list[StoryStatement]:
        """Who said what in all stories, or what `by` said."""
        return [said for story in self.stories(as_of) for said in story.statements(by=by)]

    def disagreements(self, as_of: date | None = None) -> list[Disagreement]:
        """Where reports of one story disagree, in all stories."""
        return [found for story in self.stories(as_of) for found in story.disagreements()]

    def article(self, key: str, as_of: date | None = None) -> Filed:
        """The article whose id begins with `key`, or whose source or file name is `key`.

        Raises UnknownArticle where none is, or several are, or where it was published after `as_of`.
        """
        ids = self._store.find_articles(key)
        if as_of is not None:
            ids = [i for i, a in self._store.articles(ids).items() if a.published <= as_of]
        if len(ids) != 1:
            what = (
                f"{len(ids)} articles answer to that ({', '.join(ids[:5])})"
                if ids
                else "no article has that id or source"
            )
            raise UnknownArticle(f"{key}: {what}; `dateline stories --json` lists ids and sources")
        story = self.story_of(ids[0], as_of)
        members = self._store.memberships(self._day(as_of), story) if story else []
        member = next((m for m in members if m.article == ids[0]), None)
        reading = self._store.load(ids)[ids[0]]
        return Filed(reading, member.duplicate_of if member else None, member.revision_of if member else None)

    def changes(self, article: str, as_of: date | None = None) -> list[Change]:
        """What the versions of an article (named as in `article`) changed, one after another; none where it was never revised."""
        named = self.article(article, as_of).article.id
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
        """Articles that hold all of `words` ("quoted words" as a phrase), the best first, each with its best sentence."""
        query = search.full_text_query(words)
        if not query:
            return []
        ids = [article for article, _ in self._store.search(query, after, before, as_of, limit)]
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


def _words_of(story: Story) -> str:
    return " ".join((story.title, *story.summary.keywords)).casefold()


class Story:
    """A storyline as of a day: its summary, and the views built from its articles when they are asked for."""

    def __init__(self, notebook: Notebook, summary: StorySummary, day: date) -> None:
        self._notebook = notebook
        self._day = day
        self.summary = summary

    @property
    def id(self) -> str:
        """The story's id, which stays as the story grows."""
        return self.summary.id

    @property
    def title(self) -> str:
        """The story's title."""
        return self.summary.title

    def __repr__(self) -> str:
        return f"<Story {self.id} {self.title!r}, {len(self.summary.members)} articles>"

    def _repr_html_(self) -> str:
        """The story's page, for a cell of a Jupyter notebook."""
        from dateline.views.exports import html

        return html.cell(self)

    def sheet(self, as_of: date | None = None) -> Sheet:
        """All that is shown of the story as of a day; what is asked for after the story's own day is as of that later day."""
        try:
            # the shelf may have moved articles since: what the story held that day counts
            sheet = self._notebook.sheet(self.id, min(as_of, self._day) if as_of else self._day)
        except UnknownStory:
            return Sheet(self.title, self.summary.keywords, (), (), (), (), ())  # before its first article
        if as_of and as_of > self._day:
            sheet = replace(sheet, expectations=tuple(outcomes.on_day(sheet.expectations, as_of)))
        return sheet

    def articles(self, as_of: date | None = None) -> list[Filed]:
        """The story's articles in order, with all that was read in them."""
        return self._notebook.filed(self.id, min(as_of, self._day) if as_of else self._day)

    def timeline(self, as_of: date | None = None) -> list[TimelineEntry]:
        """The story's dated entries in order of time."""
        return list(self.sheet(as_of).timeline)

    def expectations(self, as_of: date | None = None) -> list[LedgerEntry]:
        """Who expects what by when, and its outcome."""
        return list(self.sheet(as_of).expectations)

    def statements(self, as_of: date | None = None, by: str | None = None) -> list[StoryStatement]:
        """Who said what, in order, or what `by` said; copies are left out."""
        return [
            s
            for s in self.sheet(as_of).statements
            if by is None or (s.speaker is not None and entities.same_name(s.speaker, by))
        ]

    def disagreements(self, as_of: date | None = None) -> list[Disagreement]:
        """Where the story's reports disagree."""
        return list(self.sheet(as_of).disagreements)

    def entities(self, as_of: date | None = None) -> list[Entity]:
        """The people, organisations and places of the story, the most named first."""
        return list(self.sheet(as_of).entities)
