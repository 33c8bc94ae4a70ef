"""A notebook of hand-made records, so that the exports are tested apart from reader and keeper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import UnknownStory
from dateline.keeper import briefing, handles
from dateline.records import (
    Article,
    ArticleSummary,
    Briefing,
    Disagreement,
    DisagreementValue,
    Event,
    Evidence,
    Expectation,
    ExpectationSource,
    Interval,
    LedgerEntry,
    Member,
    Mention,
    Outcome,
    Reading,
    Span,
    Statement,
    StoryArticle,
    StoryStatement,
    StorySummary,
    TimeExpression,
    TimelineEntry,
)

FIRST = """Lock gates to close tomorrow

The lock at Pellworth will close tomorrow, the canal office said. Pleasure boats are to be let through again in May.

"=We have waited long enough," Ada Quill said.

More on this story later."""
SECOND = (
    """The lock at Pellworth closed on Tuesday. The work costs 3 million crowns, <b>the office</b> said."""
)
THIRD = """The lock at Pellworth closed on Tuesday. The work costs 5 million crowns, Ada Quill said."""


@dataclass
class FakeStory:
    """A story whose rows are given."""

    summary: StorySummary
    filed: list[StoryArticle] = field(default_factory=list)
    entries: list[TimelineEntry] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)
    said: list[StoryStatement] = field(default_factory=list)
    differ: list[Disagreement] = field(default_factory=list)

    def articles(self, as_of: date | None = None) -> list[StoryArticle]:
        return self.filed

    def article_summaries(self) -> dict[str, ArticleSummary]:
        described = [
            ArticleSummary(a.id, a.source, a.published, a.title, a.url, a.publisher)
            for a in (f.article for f in self.filed)
        ]
        return {d.id: replace(d, publisher=handles.name_of(d, 48)) for d in described}

    def briefing(self, since: date | None = None, as_of: date | None = None) -> Briefing:
        return briefing.make(
            self.summary, self.summary.last, self.summary.last, self.entries, self.ledger, self.differ
        )

    def timeline(self, as_of: date | None = None) -> list[TimelineEntry]:
        return self.entries

    def expectations(self, as_of: date | None = None) -> list[LedgerEntry]:
        return self.ledger

    def statements(self, as_of: date | None = None) -> list[StoryStatement]:
        return self.said

    def disagreements(self, as_of: date | None = None) -> list[Disagreement]:
        return self.differ


@dataclass
class FakeNotebook:
    """A notebook of such stories."""

    told: list[FakeStory]

    def stories(self, as_of: date | None = None) -> list[FakeStory]:
        return [s for s in self.told if as_of is None or s.summary.first <= as_of]

    def story(self, key: str, as_of: date | None = None) -> FakeStory:
        for story in self.stories(as_of):
            if key in (story.summary.id, story.summary.title):
                return story
        raise UnknownStory(f"{key}: no story has that id or title")

    def view_day(self) -> date | None:
        return max((s.summary.last for s in self.told), default=None)


def _article(name: str, day: date, text: str, url: str | None = None) -> Article:
    return Article(id=name, source=f"reports/{name}.txt", published=day, text=text, url=url, title=text[:20])


def _passage(article: Article, words: str) -> Evidence:
    start = article.text.index(words)
    return Evidence(article.id, article.source, Span(start, start + len(words)), words, article.published)


def _span(article: Article, words: str) -> Span:
    return _passage(article, words).span


def _sentences(article: Article, *starts: str) -> tuple[Span, ...]:
    return tuple(_span(article, words) for words in starts)


def _day(day: date) -> Interval:
    return Interval(day, day)


ANNOUNCED = "The lock at Pellworth will close tomorrow, the canal office said."
BOATS = "Pleasure boats are to be let through again in May."
QUOTE = "=We have waited long enough,"
CLOSED = "The lock at Pellworth closed on Tuesday."
MONDAY, WEDNESDAY = date(2024, 6, 3), date(2024, 6, 5)
DUE, MAY = _day(date(2024, 6, 4)), Interval(date(2025, 5, 1), date(2025, 5, 31), "month")
A = _article("a0000000000a", MONDAY, FIRST, "https://canal.example/1?a=1&b=2")
B = _article("b0000000000b", WEDNESDAY, SECOND, "javascript:alert(1)")
C = _article("c0000000000c", WEDNESDAY, THIRD)


def lock_story() -> FakeStory:
    """Three reports of a canal lock: an expectation met, one open, two sums, a quote that looks like a formula."""
    lock = "5701f0000001"
    members = (
        Member(A.id, A.source, A.published),
        Member(B.id, B.source, B.published),
        Member(C.id, C.source, C.published, duplicate_of=B.id),
    )
    cost = Disagreement(
        lock,
        "cost of the work | in crowns",
        WEDNESDAY,
        (
            DisagreementValue("3 million", _passage(B, "The work costs 3 million crowns")),
            DisagreementValue("5 million", _passage(C, "The work costs 5 million crowns")),
        ),
    )
    return FakeStory(
        StorySummary(lock, "Lock at Pellworth <closes>", MONDAY, WEDNESDAY, members, ("lock", "Pellworth")),
        [
            StoryArticle(_first_reading()),
            StoryArticle(Reading(B, _sentences(B, CLOSED, "The work costs 3 million crowns, <b>the office</b> said."))),
            StoryArticle(Reading(C, _sentences(C, CLOSED)), duplicate_of=B.id),
        ],
        [
            TimelineEntry(lock, DUE, CLOSED, "actual", 0.9, (_passage(B, CLOSED), _passage(C, CLOSED))),
            TimelineEntry(lock, MAY, BOATS, "expected", 0.4, (_passage(A, BOATS),)),
            TimelineEntry(lock, Interval(date(1790, 1, 1), date(1790, 12, 31), "year"), "=dug\nin 1790", "actual", 0.1, (_passage(A, BOATS),)),
        ],
        _lock_ledger(lock),
        [
            StoryStatement(lock, "Ada Quill", "direct", _passage(A, QUOTE), "said", "Ada Quill", 0.9),
            StoryStatement(lock, None, "indirect", _passage(B, "The work costs 3 million crowns"), "said"),
        ],
        [cost],
    )  # fmt: skip


def _first_reading() -> Reading:
    tomorrow, who = _span(A, "tomorrow"), _span(A, "Ada Quill")
    return Reading(
        A,
        sentences=_sentences(A, ANNOUNCED, BOATS, '"=We have waited long enough," Ada Quill said.'),
        times=(TimeExpression(tomorrow, "tomorrow", "DATE", "2024-06-04", None, DUE),),
        mentions=(Mention(who, "Ada Quill", "person", "Ada Quill", 0.9),),
        events=(Event(_span(A, "close"), 0, "close", "expected", (), (), DUE, 0.8),),
        statements=(Statement(_span(A, QUOTE), "direct", _span(A, "said"), who, "Ada Quill"),),
        expectations=(
            Expectation(_span(A, ANNOUNCED), 0, "the lock will close", "close", _span(A, "close")),
        ),
    )


def _lock_ledger(story: str) -> list[LedgerEntry]:
    return [
        LedgerEntry(
            "e00000000001",
            story,
            "the lock will close; for good, perhaps",
            "the canal office",
            DUE,
            "certain",
            (ExpectationSource(_passage(A, ANNOUNCED), "the canal office", DUE, "met"),),
            Outcome("met", _passage(B, CLOSED), 0, 0.9, "the same event, on the day"),
        ),
        LedgerEntry(
            "e00000000002",
            story,
            "boats to be let through",
            None,
            MAY,
            "expected",
            (ExpectationSource(_passage(A, BOATS), None, MAY, "open"),),
            Outcome("open"),
        ),
        LedgerEntry(
            "e00000000003",
            story,
            "no day is told",
            None,
            None,
            "possible",
            (ExpectationSource(_passage(A, BOATS), None, None, "open"),),
            Outcome("open"),
        ),
    ]


def hostile_story() -> FakeStory:
    """Text that would run, break out, reorder or end a file early wherever it is not escaped."""
    day = date(2024, 6, 6)
    text = "<script>alert(1)</script> ]]> --> \"'& \x00\x0b\u202eevil\u202c [x](javascript:alert(2)) `code` | END:VEVENT\r\nX:1"
    article = Article(
        "d0000000000d",
        'x"><img src=x onerror=alert(3)>.txt',
        day,
        text,
        title=text,
        url='https://a.example/"onload=x',
    )
    whole = Evidence(article.id, article.source, Span(0, len(text)), text, day)
    return FakeStory(
        StorySummary("5701f0000002", text, day, day, (Member(article.id, article.source, day),), (text,)),
        [StoryArticle(Reading(article, (Span(0, len(text)),)))],
        [TimelineEntry("5701f0000002", _day(day), text, "actual", 1.0, (whole,))],
        [
            LedgerEntry(
                "e00000000004",
                "5701f0000002",
                text,
                text,
                Interval(day, date.max),
                "expected",
                (ExpectationSource(whole, text, _day(day), "open"),),
                Outcome("missed", whole),
            )
        ],
        [StoryStatement("5701f0000002", text, "direct", whole)],
        [Disagreement("5701f0000002", text, day, (DisagreementValue(text, whole), DisagreementValue("=1", whole)))],
    )  # fmt: skip


@pytest.fixture
def notebook() -> FakeNotebook:
    """Both stories, the latest first."""
    return FakeNotebook([hostile_story(), lock_story()])


@pytest.fixture
def exported(notebook: FakeNotebook, tmp_path: Path) -> Callable[..., str]:
    """Export to a file and give back its text."""
    from dateline.views.exports import export

    def run(to: str, **settings: object) -> str:
        path = tmp_path / f"out.{to}"
        assert export(notebook, to, out=path, **settings) == [path]  # type: ignore[arg-type]
        return path.read_bytes().decode("utf-8")

    return run
