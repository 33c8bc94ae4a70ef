"""Following feeds: a round adds what is new, and tells what changed in the notebook since the round before.

with dateline.open("x.db") as notebook:
    for round in Watch(notebook, ["https://news.example/feed"]).rounds(every=900):
        round.changes.reports
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dateline.errors import DamagedNotebook, NotebookError, SourceError
from dateline.keeper import changes as versions
from dateline.language.days import last_day_of_news
from dateline.notebook import AddReport, Notebook, Progress
from dateline.records import (
    SETTLED,
    Article,
    Change,
    Disagreement,
    LedgerEntry,
    Member,
    StoryOutline,
    StorySummary,
)
from dateline.sources import Fetcher, SourceOptions, SourceWarning
from dateline.story import Story

_SECONDS = re.compile(r"\d+ seconds")


@dataclass(frozen=True, slots=True)
class StoryState:
    """A story as it is looked at: its articles, and what is shown of its ledger and its disagreements; its outline as it was then."""

    summary: StorySummary
    expectations: tuple[LedgerEntry, ...]
    disagreements: tuple[Disagreement, ...]
    outline: StoryOutline | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A notebook as it stands at the close of `day`: what one look is held against the next by."""

    day: date
    stories: tuple[StoryState, ...] = ()


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report that was not there before, in its story; of a new version also what it says otherwise than the one it revises."""

    story: StorySummary
    member: Member
    article: Article | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What one state holds that the one before did not.

    `due` are expectations whose days have begun, and those whose days are over with no report found; `settled` those of
    which a report now tells the outcome; `disputed` are disagreements with a value that was not disputed before.
    """

    reports: tuple[NewReport, ...] = ()
    due: tuple[LedgerEntry, ...] = ()
    settled: tuple[LedgerEntry, ...] = ()
    disputed: tuple[Disagreement, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reports or self.due or self.settled or self.disputed)


def look(notebook: Notebook, today: date, before: State | None = None) -> State:
    """The notebook as of today, or as of the paper that is dated tomorrow where it has one already.

    Reports that are dated later (a slip of the pen) do not make all that is expected overdue. Stories that stand as they did `before`, on
    the same day, are not looked through again.
    """
    with notebook.snapshot():
        last = notebook.last_day() or today
        day = max(today, min(last, last_day_of_news(today)))
        known = {s.summary: s for s in before.stories} if before and before.day == day else {}
        return State(day, tuple(_state(s, known.get(s.summary)) for s in notebook.stories(day)))


def _state(story: Story, before: StoryState | None) -> StoryState:
    if before and story.outline and before.outline == story.outline:
        return before
    return StoryState(story.summary, tuple(story.expectations()), tuple(story.disagreements()), story.outline)


def compare(before: State, after: State) -> Changes:
    """What changed from one state to a later one, story by story."""
    known = {m.id for story in before.stories for m in story.summary.members}
    standing = _standings(before)
    disputed = [d for story in before.stories for d in story.disagreements]
    reports, disputes = list[NewReport](), list[Disagreement]()
    due, settled = list[LedgerEntry](), list[LedgerEntry]()
    for story in after.stories:
        reports += [NewReport(story.summary, m) for m in story.summary.members if m.id not in known]
        for entry in story.expectations:
            now = _standing(entry, after.day)
            if now == "ahead" or now in {standing[p] for p in _passages(entry) if p in standing}:
                continue
            (settled if entry.outcome.status in SETTLED else due).append(entry)
        disputes += [d for d in story.disagreements if not _is_known(d, disputed)]
    return Changes(tuple(reports), tuple(due), tuple(settled), tuple(disputes))


def _standing(entry: LedgerEntry, day: date) -> str:
    """Where an expectation stands: its status, and of an open one whether its days have begun."""
    if entry.outcome.status != "open":
        return entry.outcome.status
    return "due" if entry.due is not None and entry.due.start <= day else "ahead"


def _passages(entry: LedgerEntry) -> list[tuple[str, int]]:
    """The passages that voice an expectation. Its id is no help where a report that comes in late voiced it earlier."""
    return [(s.evidence.article, s.evidence.span.start) for s in entry.sources]


def _standings(state: State) -> dict[tuple[str, int], str]:
    return {
        passage: _standing(entry, state.day)
        for story in state.stories
        for entry in story.expectations
        for passage in _passages(entry)
    }


def _is_known(found: Disagreement, before: Sequence[Disagreement]) -> bool:
    """True where a disagreement of the same report held all the values already; its question may have been worded otherwise."""
    return any(_values(found) <= _values(old) and _articles(found) & _articles(old) for old in before)


def _values(found: Disagreement) -> frozenset[str]:
    return frozenset(v.value.casefold() for v in found.values)


def _articles(found: Disagreement) -> frozenset[str]:
    return frozenset(v.evidence.article for v in found.values)


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: when it ended, the day that its changes are as of, what changed, and what went wrong.

    `problems` and `warnings` are those that the round before did not have; `failing` counts all problems of this one,
    `recovered` are the given that failed before and do no more.
    """

    at: datetime
    day: date
    changes: Changes
    problems: tuple[SourceError | NotebookError, ...] = ()
    warnings: tuple[SourceWarning, ...] = ()
    failing: int = 0
    recovered: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """Rounds of adding what is new of `given` (feeds, or whatever `Notebook.add` takes) to a notebook.

    One host is asked at one pace through all rounds; its robots.txt is asked for once a day. `today` may be replaced to test
    the turn of a day.
    """

    notebook: Notebook
    given: Sequence[str]
    options: SourceOptions = field(default_factory=SourceOptions)
    today: Callable[[], date] = date.today
    _state: State | None = None
    _filings: int = -1
    _said: frozenset[str] = frozenset()
    _failing: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.options.fetcher is None:
            fetcher = Fetcher(allow_private=self.options.allow_private, delay=self.options.delay)
            self.options = replace(self.options, fetcher=fetcher)

    def rounds(
        self,
        every: float,
        progress: Progress | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> Iterator[Round]:
        """Rounds without end, the first at once, then one in `every` seconds; after a round that took longer, half of them."""
        while True:
            begun = clock()
            yield self.round(progress)
            sleep(max(every - (clock() - begun), every / 2))

    def round(self, progress: Progress | None = None) -> Round:
        """Add what is new, once. What cannot be read, or written just now, is among the round's problems.

        Raises DamagedNotebook where the notebook is beyond use.
        """
        before = self._state = self._state or look(self.notebook, self.today())
        report, problems = AddReport(), list[SourceError | NotebookError]()
        try:
            report = self.notebook.add(list(self.given), options=self.options, progress=progress)
            problems += report.problems
        except DamagedNotebook:
            raise
        except NotebookError as error:
            problems.append(error)
        after = self._look(before)
        found = compare(before, after)
        self._state = after
        return self._told(found, after.day, problems, report.warnings)

    def _look(self, before: State) -> State:
        """The notebook now; looked at only where something was filed, or a day has turned."""
        today, filings = self.today(), self.notebook.filings()
        if filings == self._filings and before.day >= today:
            return before
        self._filings = filings
        return look(self.notebook, today, before)

    def _told(
        self,
        found: Changes,
        day: date,
        problems: Sequence[SourceError | NotebookError],
        warnings: Sequence[SourceWarning],
    ) -> Round:
        known, failed = self._said, self._failing
        self._said = frozenset([*map(_key, problems), *map(_key, warnings)])
        unread = {p.given for p in problems if isinstance(p, SourceError)}
        self._failing = frozenset(g for g in self.given if g in unread)
        return Round(
            datetime.now().astimezone(),
            day,
            replace(found, reports=tuple(self._with_text(report, day) for report in found.reports)),
            tuple(p for p in problems if _key(p) not in known),
            tuple(w for w in warnings if _key(w) not in known),
            len(problems),
            tuple(g for g in self.given if g in failed - self._failing),
        )

    def _with_text(self, report: NewReport, day: date) -> NewReport:
        filed = self.notebook.article(report.member.id, day)
        if filed.revision_of is None:
            return replace(report, article=filed.article)
        revised = self.notebook.article(filed.revision_of, day)
        return replace(report, article=filed.article, changes=tuple(versions.between(revised, filed)))


def _key(said: SourceError | NotebookError | SourceWarning) -> str:
    """A message as it is told from others: seconds that count down do not make it another."""
    return _SECONDS.sub("", said.message if isinstance(said, SourceWarning) else str(said))
