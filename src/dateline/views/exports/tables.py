"""The tables: one a kind of record, flat, typed, with documented columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from dateline.errors import ExportError
from dateline.records import Evidence, Interval, Span
from dateline.views.contents import Contents, StoryContents, disagreement_id, entry_id
from dateline.views.labels import public_source

ColumnType = Literal["text", "whole", "real", "day"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells (any may be empty) and what it says."""

    name: str
    type: ColumnType
    about: str


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: its name, what a row is, its columns, and the rows that a story gives."""

    name: str
    about: str
    columns: tuple[Column, ...]
    of: Callable[[StoryContents], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table filled from a notebook. `rows` are tuples in the order of `columns`; days are `date`s, gaps None."""

    name: str
    columns: tuple[Column, ...]
    rows: list[Row] = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def to_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """The table as a data frame of `library`; without one, of pandas or else polars, whichever is installed.

        Raises ExportError where that library is not installed.
        """
        for name in (library,) if library else ("pandas", "polars"):
            try:
                module = import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise
            else:
                return _pandas(module, self) if name == "pandas" else _polars(module, self)
        wanted = library or "pandas or polars"
        raise ExportError(f"{self.name}: a data frame needs {wanted}; install it with pip")


def _pandas(pandas: Any, table: Table) -> Any:
    dtypes = {"text": "string", "whole": "Int64", "real": "Float64"}
    frame = pandas.DataFrame(table.rows, columns=[c.name for c in table.columns], dtype=object)
    for column in table.columns:
        if column.type == "day":
            # datetime64[s] holds the years 1 to 9999, which nanoseconds do not
            frame[column.name] = frame[column.name].astype("datetime64[s]")
        else:
            frame[column.name] = frame[column.name].astype(dtypes[column.type])
    return frame


def _polars(polars: Any, table: Table) -> Any:
    types = {"text": polars.String, "whole": polars.Int64, "real": polars.Float64, "day": polars.Date}
    schema = {column.name: types[column.type] for column in table.columns}
    return polars.DataFrame(table.rows, schema=schema, orient="row")


def fill(contents: Contents, names: Iterable[str] | None = None) -> dict[str, Table]:
    """The tables called `names` (all without it), by name.

    Raises ExportError for a name that no table has.
    """
    chosen = [kind(name) for name in names] if names is not None else list(KINDS)
    tables = {k.name: Table(k.name, k.columns, []) for k in chosen}
    for story in contents.stories():
        for k in chosen:
            tables[k.name].rows.extend(k.of(story))
    return tables


def kind(name: str) -> TableKind:
    """The kind of table called `name`. Raises ExportError where there is none."""
    for known in KINDS:
        if known.name == name:
            return known
    raise ExportError(f"{name}: there is no such table; choose one of {', '.join(k.name for k in KINDS)}")


# ---------------------------------------------------------------- rows


def _ends(interval: Interval | None) -> Row:
    return (interval.start, interval.end) if interval else (None, None)


def _place(article: str, span: Span) -> str:
    return f"{article}:{span.start}-{span.end}"


def _evidence(evidence: Evidence | None) -> Row:
    if evidence is None:
        return (None,) * 6
    e = evidence
    return (e.article, public_source(e.source), e.span.start, e.span.end, e.text, e.published)


def _stories(story: StoryContents) -> Iterator[Row]:
    s = story.summary
    copies = sum(m.duplicate_of is not None for m in s.members)
    yield (s.id, s.title, s.first, s.last, len(s.members), copies, "; ".join(s.keywords))


def _articles(story: StoryContents) -> Iterator[Row]:
    for filed in story.articles:
        a = filed.article
        # fmt: off
        yield (a.id, story.summary.id, public_source(a.source), a.url, a.publisher, a.title, a.published,
               a.published_at.isoformat() if a.published_at else None, a.language,
               filed.duplicate_of, filed.revision_of, a.text)
        # fmt: on


def _times(story: StoryContents) -> Iterator[Row]:
    for filed in story.articles:
        a = filed.article
        for t in filed.reading.times:
            # fmt: off
            yield (_place(a.id, t.span), story.summary.id, a.id, t.span.start, t.span.end, t.text, t.type, t.value, t.mod,
                   *_ends(t.interval), t.interval.granularity if t.interval else None)
            # fmt: on


def _mentions(story: StoryContents) -> Iterator[Row]:
    for filed in story.articles:
        a = filed.article
        for m in filed.reading.mentions:
            # fmt: off
            yield (_place(a.id, m.span), story.summary.id, a.id, m.span.start, m.span.end, m.text, m.kind, m.entity,
                   round(m.score, 4))
            # fmt: on


def _events(story: StoryContents) -> Iterator[Row]:
    for filed in story.articles:
        a = filed.article
        for e in filed.reading.events:
            roles = [x.text if (x := e.argument(role)) else None for role in ("agent", "patient", "place")]
            # fmt: off
            yield (_place(a.id, e.span), story.summary.id, a.id, e.span.start, e.span.end, e.sentence, e.predicate,
                   *roles, *_ends(e.interval), e.realis, round(e.score, 4))
            # fmt: on


def _statements(story: StoryContents) -> Iterator[Row]:
    for s in story.statements:
        e = s.evidence
        # fmt: off
        yield (_place(e.article, e.span), s.story, s.speaker, s.kind, s.attributed_to, s.cue, *_evidence(e),
               round(s.score, 4))
        # fmt: on


def _expectations(story: StoryContents) -> Iterator[Row]:
    for x in story.expectations:
        o = x.outcome
        # fmt: off
        yield (x.id, x.story, x.event, x.holder, *_ends(x.due), x.strength, o.status, o.days_late,
               min((s.evidence.published for s in x.sources), default=None), len(x.sources), x.revises,
               *_evidence(o.evidence), len(o.told_by), o.searched, o.reason, round(o.score, 4), round(x.score, 4))
        # fmt: on


def _expectation_sources(story: StoryContents) -> Iterator[Row]:
    for x in story.expectations:
        for s in x.sources:
            yield (x.id, x.story, s.holder, *_ends(s.due), s.status, *_evidence(s.evidence))


def _entries(story: StoryContents) -> Iterator[Row]:
    for e in story.entries:
        first = e.sources[0] if e.sources else None
        # fmt: off
        yield (entry_id(e), e.story, *_ends(e.interval), e.interval.granularity, e.text, e.realis,
               round(e.weight, 4), len(e.sources), *_evidence(first))
        # fmt: on


def _entry_sources(story: StoryContents) -> Iterator[Row]:
    for e in story.entries:
        for source in e.sources:
            yield (entry_id(e), e.story, *_evidence(source))


def _disagreements(story: StoryContents) -> Iterator[Row]:
    for d in story.disagreements:
        for v in d.values:
            yield (
                disagreement_id(d),
                d.story,
                d.about,
                d.day,
                v.value,
                *_evidence(v.evidence),
                round(d.score, 4),
            )


# ---------------------------------------------------------------- columns

_STORY = Column("story", "text", "id of the story")
_ARTICLE = Column("article", "text", "id of the article")
_START = Column("start", "whole", "first character, counted in the article's text")
_END = Column("end", "whole", "the character after the last")
_FROM = Column("from", "day", "first day covered")
_TO = Column("to", "day", "last day covered, itself included")
_SCORE = Column("score", "real", "how sure the reader is, 0 to 1")
_DUE = (
    Column("due_from", "day", "first day on which it is due"),
    Column("due_to", "day", "last day on which it is due, itself included"),
)


def _evidence_columns(prefix: str = "", what: str = "the passage") -> tuple[Column, ...]:
    return (
        Column(f"{prefix}article", "text", f"id of the article that holds {what}"),
        Column(f"{prefix}source", "text", "that article's address, or the name of its file"),
        Column(f"{prefix}start", "whole", f"first character of {what} in the article's text"),
        Column(f"{prefix}end", "whole", "the character after the last"),
        Column(f"{prefix}text", "text", f"{what}: the article's text from start to end"),
        Column(f"{prefix}published", "day", "day of that article"),
    )


KINDS: tuple[TableKind, ...] = (
    TableKind(
        "stories",
        "a storyline",
        (
            Column("id", "text", "the story's id, which stays as the story grows"),
            Column("title", "text", "the story's title"),
            Column("first", "day", "day of the first article"),
            Column("last", "day", "day of the last article"),
            Column("articles", "whole", "how many articles, copies included"),
            Column("copies", "whole", "how many of them are copies"),
            Column("keywords", "text", "its telling words, joined by `; `"),
        ),
        _stories,
    ),
    TableKind(
        "articles",
        "an article",
        (
            Column("id", "text", "the article's id"),
            _STORY,
            Column("source", "text", "its address, or the name of its file (`reports.csv#12`)"),
            Column("url", "text", "its web address"),
            Column("publisher", "text", "who published it"),
            Column("title", "text", "its headline"),
            Column("published", "day", "the day it is dated"),
            Column("published_at", "text", "the moment (ISO 8601), where the source tells one"),
            Column("language", "text", "its language (BCP 47), where known"),
            Column("duplicate_of", "text", "id of the article of which it is a copy"),
            Column("revision_of", "text", "id of the article of which it is a later version"),
            Column("text", "text", "the text to which all offsets refer"),
        ),
        _articles,
    ),
    TableKind(
        "times",
        "a TIMEX3 expression in an article",
        (
            Column("id", "text", "`article:start-end`"),
            _STORY,
            _ARTICLE,
            _START,
            _END,
            Column("text", "text", "the expression as written"),
            Column("type", "text", "`DATE`, `TIME`, `DURATION` or `SET`"),
            Column("value", "text", "the TIMEX3 value"),
            Column("mod", "text", "the TIMEX3 modifier"),
            _FROM,
            _TO,
            Column("granularity", "text", "how finely the days were told"),
        ),
        _times,
    ),
    TableKind(
        "mentions",
        "a name in an article",
        (
            Column("id", "text", "`article:start-end`"),
            _STORY,
            _ARTICLE,
            _START,
            _END,
            Column("text", "text", "the name as written"),
            Column("kind", "text", "`person`, `organisation`, `place` or `nationality`"),
            Column("entity", "text", "the fullest form of the name in the article"),
            _SCORE,
        ),
        _mentions,
    ),
    TableKind(
        "events",
        "an event in an article",
        (
            Column("id", "text", "`article:start-end` of the trigger"),
            _STORY,
            _ARTICLE,
            _START,
            _END,
            Column("sentence", "whole", "number of its sentence in the article, from 0"),
            Column("predicate", "text", "lemma of the trigger"),
            Column("agent", "text", "who or what does it"),
            Column("patient", "text", "who or what it is done to"),
            Column("place", "text", "where"),
            _FROM,
            _TO,
            Column("realis", "text", "`actual`, `expected`, `possible`, `negated` or `generic`"),
            _SCORE,
        ),
        _events,
    ),
    TableKind(
        "statements",
        "a reported claim, copies left out",
        (
            Column("id", "text", "`article:start-end` of the content"),
            _STORY,
            Column("speaker", "text", "who says it; empty where nobody is named"),
            Column("kind", "text", "`direct`, `indirect` or `mixed`"),
            Column("attributed_to", "text", "the source as written (`he`, `the mayor`)"),
            Column("cue", "text", "the word that reports it (`said`)"),
            *_evidence_columns(what="the content"),
            _SCORE,
        ),
        _statements,
    ),
    TableKind(
        "expectations",
        "an expectation and its outcome",
        (
            Column("id", "text", "the expectation's id"),
            _STORY,
            Column("event", "text", "what is expected"),
            Column("holder", "text", "who expects it; empty for the reporter"),
            *_DUE,
            Column("strength", "text", "`certain`, `expected`, `possible` or `conditional`"),
            Column("status", "text", "`open`, `met`, `met late`, `missed` or `overdue`"),
            Column("days_late", "whole", "days from the last due day to the event; negative when early"),
            Column("voiced", "day", "day of the first article that voices it"),
            Column("sources", "whole", "how many articles voice it"),
            Column("revises", "text", "id of the expectation whose date it replaces"),
            *_evidence_columns("settled_", "the passage that settles it"),
            Column("told_by", "whole", "how many articles tell that outcome"),
            Column(
                "searched", "whole", "how many articles since its days began were searched for its outcome"
            ),
            Column("reason", "text", "why it has that status"),
            Column("outcome_score", "real", "how sure the outcome is, 0 to 1"),
            _SCORE,
        ),
        _expectations,
    ),
    TableKind(
        "expectation_sources",
        "one article's wording of an expectation",
        (
            Column("expectation", "text", "id of the expectation"),
            _STORY,
            Column("holder", "text", "who expects it by this article"),
            *_DUE,
            Column("status", "text", "its outcome by the due days of this article"),
            *_evidence_columns(),
        ),
        _expectation_sources,
    ),
    TableKind(
        "entries",
        "a line of a story's timeline",
        (
            Column("id", "text", "12 hexadecimal digits from its days, text and first passage"),
            _STORY,
            _FROM,
            _TO,
            Column("granularity", "text", "how finely the days were told"),
            Column("text", "text", "what happened or is expected"),
            Column("realis", "text", "`actual`, `expected`, `possible`, `negated` or `generic`"),
            Column("weight", "real", "how much is told of it, 0 to 1, the same for all stories"),
            Column("sources", "whole", "how many passages it rests on; all are in `entry_sources`"),
            *_evidence_columns("first_", "its first passage"),
        ),
        _entries,
    ),
    TableKind(
        "entry_sources",
        "a passage that a timeline entry rests on",
        (Column("entry", "text", "id of the entry"), _STORY, *_evidence_columns()),
        _entry_sources,
    ),
    TableKind(
        "disagreements",
        "one value given for a disputed fact",
        (
            Column("disagreement", "text", "12 hexadecimal digits; rows that share it are about one fact"),
            _STORY,
            Column("about", "text", "the disputed fact, as a question"),
            Column("day", "day", "the day it is about"),
            Column("value", "text", "the value that this article gives"),
            *_evidence_columns(),
            Column("score", "real", "how sure it is that the values differ, 0 to 1"),
        ),
        _disagreements,
    ),
)
