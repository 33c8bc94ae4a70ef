"""The words of the product as frozen dataclasses.

Every record that came from text has a `Span` of character offsets into `Article.text`; every derived record
lists what it was derived from. Nothing here holds a database handle, a model or another article's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

Granularity = Literal[
    "time",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
    "span",
]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
MentionKind = Literal["person", "organisation", "place", "nationality"]
Realis = Literal["actual", "expected", "possible", "negated", "generic"]
StatementKind = Literal["direct", "indirect", "mixed"]
Strength = Literal["certain", "expected", "possible", "conditional"]
Status = Literal["open", "met", "met late", "missed", "overdue"]
STATUSES: tuple[Status, ...] = get_args(Status)
SETTLED: frozenset[Status] = frozenset(["met", "met late", "missed"])
"""The statuses that a report tells; the others hang on the day."""
Verdict = Literal["happened", "did not happen", "moved", "again", "unrelated"]
"""What a sentence tells of an expectation, as it was put: what is expected not to be has "happened" where it was not."""
NewsKind = Literal["happened", "expected", "met", "met late", "missed", "overdue", "disputed"]
ChangeKind = Literal["added", "gone", "reworded"]
Role = Literal["agent", "patient", "recipient", "place", "instrument"]

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector: TypeAlias = npt.NDArray[np.float32]
else:
    # numpy is loaded where vectors are made
    Vector = Any


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Interval:
    """Days [start, end], both inclusive, at the granularity in which they were told."""

    start: date
    end: date
    granularity: Granularity = "day"

    @property
    def is_one_day(self) -> bool:
        """True where a day was told, or a time of it."""
        return self.granularity in ("day", "time")

    def contains(self, day: date) -> bool:
        """True where `day` is one of the days covered."""
        return self.start <= day <= self.end

    def overlaps(self, other: Interval) -> bool:
        """True where the two share at least one day."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One dated report.

    `source` is the path or URL as given; `published` the day it is dated (the DCT), `published_at` the moment
    where the source told one; `dated_by` is how the day was found (`header`, `json-ld`, `address (guessed)`);
    `text` is stored as it came, page furniture included.
    """

    id: str
    source: str
    published: date
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    dated_by: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """What an article is known by, without its text: `opening` is how that begins."""

    id: str
    source: str
    published: date
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of an address when it was last fetched (RFC 9110, 8.8), to ask only for what is new."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: `31 dead` is value 31, unit `person`, role `dead`; `$4bn` unit `USD`.

    `hedge` is what stands before it in lower case ("at least"), or the number itself where that is a vague one ("dozens", whose value
    is the least that it can be).
    """

    span: Span
    value: float
    unit: str | None = None
    role: str | None = None
    hedge: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 expression with its value and the interval of days it covers.

    `interval` is None where no days can be told (a bare duration, PAST_REF). `rule` and `anchor` say how the
    value came about; they are filled only when an explanation was asked for.
    """

    span: Span
    text: str
    type: TimeType
    value: str
    mod: str | None = None
    interval: Interval | None = None
    rule: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text; `entity` is the fullest form of that name in the article."""

    span: Span
    text: str
    kind: MentionKind
    entity: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of an event: its role, the whole phrase, its head word, and the entity where it names one."""

    role: Role
    span: Span
    text: str
    head: Span
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A predicate that reports something that happens. `span` is the trigger, `predicate` its lemma."""

    span: Span
    sentence: int
    predicate: str
    realis: Realis
    arguments: tuple[Argument, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    interval: Interval | None = None
    score: float = 1.0

    def argument(self, role: Role) -> Argument | None:
        """The first argument in `role`, or None."""
        return next((a for a in self.arguments if a.role == role), None)


@dataclass(frozen=True, slots=True)
class Statement:
    """A reported claim. `speaker` is the source resolved to a name ("he" to "Anton Beck"); None is unattributed."""

    content: Span
    kind: StatementKind
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Expectation:
    """An event expected after the report.

    `span` is the clause that says so, `event` a short wording of what is expected, `trigger` the expected
    predicate's span, `predicate` its lemma. `holder` is who expects it, None for the reporter's own voice.
    `due` is None where no date can be told. `negated`: it is expected not to happen.
    """

    span: Span
    sentence: int
    event: str
    predicate: str
    trigger: Span
    holder: str | None = None
    arguments: tuple[Argument, ...] = ()
    due: Interval | None = None
    strength: Strength = "expected"
    negated: bool = False
    score: float = 1.0

    def argument(self, role: Role) -> Argument | None:
        """The first argument in `role`, or None."""
        return next((a for a in self.arguments if a.role == role), None)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All that the reader found in one article, in text order.

    `sentences` leaves page furniture out. `vectors`, where the model gives them, is float32 of shape
    (len(sentences), dimensions), each row of unit length.
    """

    article: Article
    sentences: tuple[Span, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    vectors: Vector | None = None

    def sentence_at(self, offset: int) -> int | None:
        """Index of the sentence that holds the character `offset`, or None."""
        return next((i for i, s in enumerate(self.sentences) if s.start <= offset < s.end), None)


@dataclass(frozen=True, slots=True)
class Records:
    """What stands in a reading beside its article and the vectors, as it is kept."""

    sentences: tuple[Span, ...]
    times: tuple[TimeExpression, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    expectations: tuple[Expectation, ...]

    @classmethod
    def of(cls, reading: Reading) -> Records:
        """Those of `reading`."""
        return cls(
            reading.sentences,
            reading.times,
            reading.mentions,
            reading.events,
            reading.statements,
            reading.expectations,
        )

    def reading(self, article: Article, vectors: Vector | None) -> Reading:
        """The reading of `article` that they were taken from."""
        return Reading(
            article,
            self.sentences,
            self.times,
            self.mentions,
            self.events,
            self.statements,
            self.expectations,
            vectors,
        )


# ---------------------------------------------------------------- what the keeper derives from many readings


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that a derived record rests on: `text` is `article.text[start:end]`."""

    article: str
    source: str
    span: Span
    text: str
    published: date


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article's reading as it stands in a story: what it copies or revises (article ids), if anything."""

    reading: Reading
    duplicate_of: str | None = None
    revision_of: str | None = None

    @property
    def article(self) -> Article:
        """The article that was read."""
        return self.reading.article


@dataclass(frozen=True, slots=True)
class WeighedSentence:
    """A sentence that was held against an expectation: its verdict, how sure that is, and why it was set aside, if it was."""

    evidence: Evidence
    verdict: Verdict
    score: float
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an expectation as of a day. `days_late` counts from the last due day, negative when early.

    `evidence` is the earliest report that tells it; `told_by` is that and the later ones that tell the same, one passage a
    report. `searched` is how many reports since its days began were looked through, `weighed` the sentences closest to it.
    """

    status: Status
    evidence: Evidence | None = None
    days_late: int | None = None
    score: float = 1.0
    reason: str = ""
    told_by: tuple[Evidence, ...] = ()
    weighed: tuple[WeighedSentence, ...] = ()
    searched: int = 0


@dataclass(frozen=True, slots=True)
class ExpectationSource:
    """One report's wording of an expectation: its evidence, the holder and due days that it gave, and their status."""

    evidence: Evidence
    holder: str | None
    due: Interval | None
    status: Status


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An expectation as the notebook keeps it: one row, every report that voiced it, and its outcome.

    `holder` is that of the latest source, `due` that of the latest source that gives days. `revises` is the id of the entry
    whose date it replaces; `score` is how sure it is that something is expected, by the surest source.
    """

    id: str
    story: str
    event: str
    holder: str | None
    due: Interval | None
    strength: Strength
    sources: tuple[ExpectationSource, ...]
    outcome: Outcome
    revises: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a story's timeline. `weight`, in [0, 1), grows with how much is told of it, and compares between stories;
    `sources` are all sentences that bear it out, the earliest first."""

    story: str
    interval: Interval
    text: str
    realis: Realis
    weight: float
    sources: tuple[Evidence, ...]

    @property
    def cited(self) -> tuple[Evidence, ...]:
        """The `sources` as they are cited: first the passage that `text` is from, then the others, the earliest first."""
        told = " ".join(self.text.split())
        own = next((s for s in self.sources if " ".join(s.text.split()) == told), None)
        return self.sources if own is None else (own, *(s for s in self.sources if s is not own))


@dataclass(frozen=True, slots=True)
class DisagreementValue:
    """A value that one report gives for the disputed fact."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Reports that give different values for the same fact (`about`, a question) of the same day."""

    story: str
    about: str
    day: date | None
    values: tuple[DisagreementValue, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class StoryStatement:
    """A statement as a story lists it: the content as evidence, who said it, and the words that say so."""

    story: str
    speaker: str | None
    kind: StatementKind
    evidence: Evidence
    cue: str | None = None
    attributed_to: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How many of a holder's expectations came out how. Only what a report settled tells anything of the holder."""

    holder: str
    met: int
    met_late: int
    missed: int
    overdue: int
    open: int

    @property
    def settled(self) -> int:
        """How many a report settled."""
        return self.met + self.met_late + self.missed

    @property
    def total(self) -> int:
        """How many there are, with those that are open or of which no report tells."""
        return self.settled + self.overdue + self.open


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that matches a search: the sentence that shows it best, and the stories' id it stands in."""

    story: str | None
    title: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name that a search found, and in how many articles it stands."""

    name: str
    kind: MentionKind
    articles: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of an article says otherwise than the one before: a sentence that was added, is gone, or was reworded.

    `before` is None for what was added, `after` for what is gone.
    """

    kind: ChangeKind
    before: Evidence | None
    after: Evidence | None


@dataclass(frozen=True, slots=True)
class Entity:
    """The person, organisation or place that names stand for. `forms` are the spellings met, commonest first."""

    name: str
    kind: MentionKind
    forms: tuple[str, ...]
    mentions: int
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """An article's place in a story."""

    id: str
    source: str
    published: date
    duplicate_of: str | None = None
    revision_of: str | None = None


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A storyline as listed: its title, the days of its first and last article, and its articles in order."""

    id: str
    title: str
    first: date
    last: date
    members: tuple[Member, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affair:
    """Two or more stories that are chapters of one affair, by id in the order in which they began: the days of its first and last article,
    how many reports it has (copies left out), and the title of its largest chapter."""

    id: str
    title: str
    first: date
    last: date
    reports: int
    stories: tuple[str, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of stories shows as of a day: all of them, the latest first, and their affairs; `handles`, where they are known, name
    the latest article of each by its id."""

    stories: tuple[StorySummary, ...]
    affairs: tuple[Affair, ...]
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a part of a view leaves out, because dateline failed on it: an article, or (None) all of it."""

    part: str
    article: str | None
    source: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """All that is shown of a story, worked out from its articles as they stood at the close of a day.

    `expectations` are as of the last article's day; the rest is the same on every day until the story changes. `faults` say what
    it leaves out; `profile` is what its affair is known by (`keeper.affairs`).
    """

    title: str
    keywords: tuple[str, ...]
    timeline: tuple[TimelineEntry, ...]
    expectations: tuple[LedgerEntry, ...]
    statements: tuple[StoryStatement, ...]
    disagreements: tuple[Disagreement, ...]
    entities: tuple[Entity, ...]
    faults: tuple[Fault, ...] = ()
    profile: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExpectationOutline:
    """An expectation in brief: the day it was voiced, its last due day, and its outcome with the day that settled it."""

    voiced: date
    due: date | None
    status: Status
    settled: date | None


@dataclass(frozen=True, slots=True)
class StoryOutline:
    """A view in brief, for lists of stories. `disagreements` are the days on which reports were seen to disagree."""

    title: str
    keywords: tuple[str, ...]
    expectations: tuple[ExpectationOutline, ...]
    disagreements: tuple[date, ...]
    profile: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Something that reports of a day brought to a story: what `kind` of thing, in words, and the passages that say so."""

    kind: NewsKind
    day: date
    text: str
    interval: Interval | None
    sources: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is known of a story so far, on one page, as of a day: the weightiest of what happened, what is expected next, what was due
    and no report tells of, what is disputed, and what is new `since` a day."""

    story: StorySummary
    as_of: date
    since: date
    happened: tuple[TimelineEntry, ...]
    expected: tuple[LedgerEntry, ...]
    unreported: tuple[LedgerEntry, ...]
    disputed: tuple[Disagreement, ...]
    new: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class StoryOverview:
    """A storyline as the front page lists it, as of a day.

    `reports` counts articles without the `copies` among them; `daily` is reports by day. What is `new` came in on the day
    itself: reports, expectations voiced, outcomes by status (an expectation that fell overdue counts), disagreements.
    """

    id: str
    title: str
    first: date
    last: date
    reports: int
    copies: int
    daily: tuple[tuple[date, int], ...]
    open: int
    overdue: int
    new_reports: int
    new_expectations: int
    new_outcomes: tuple[tuple[Status, int], ...]
    new_disagreements: int
