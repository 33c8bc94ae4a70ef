"""Claims: one report's wording of an expectation, with what it is compared by."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from dateline.keeper.entities import same_name
from dateline.keeper.judge import Pair, again_text, contrast, expectation_text, marked, telling_text
from dateline.keeper.sentence_records import SentenceRecords
from dateline.language.stems import stem
from dateline.records import Argument, Event, Expectation, Interval, Role, Span, StoryArticle

LEAST_WEIGHT = 3.0
"""The weight of the words below which sharing all of them says less."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_ALL_WORDS = re.compile(r"\w+")
_CLOSING = "\"'”’)]»*"
_ENDS = frozenset(".!?…:;")


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's words of three letters or more."""
    return frozenset(stem(word) for word in _WORD.findall(text))


@dataclass(frozen=True)
class Passage:
    """A sentence of a report: what it is judged and compared by."""

    filed: StoryArticle
    number: int
    _records: SentenceRecords = field(repr=False, compare=False)

    @property
    def span(self) -> Span:
        """Its characters."""
        return self.filed.reading.sentences[self.number]

    @property
    def published(self) -> date:
        """The day of the report."""
        return self.filed.article.published

    @property
    def place(self) -> tuple[str, int]:
        """Its report's id, and its number there."""
        return self.filed.article.id, self.number

    @cached_property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.filed.article.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return stems(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The entities that it names."""
        return frozenset(m.entity for m in self._records.mentions.get(self.number, ()))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events in it."""
        return tuple(self._records.events.get(self.number, ()))

    @cached_property
    def told(self) -> tuple[Event, ...]:
        """The events in it that it tells as done or denies."""
        return tuple(e for e in self.events if e.realis in ("actual", "negated"))

    @cached_property
    def expectations(self) -> tuple[Expectation, ...]:
        """The expectations in it."""
        return tuple(self._records.expectations.get(self.number, ()))

    @property
    def is_said(self) -> bool:
        """True where somebody says it, or a part of it."""
        return self.number in self._records.said

    def beside(self, later: Passage) -> Pair:
        """The sentence with a later one that may contradict it, as the judge reads them."""
        return contrast(self.text, self.published, later.text, later.published)

    @property
    def looks_ahead(self) -> bool:
        """True where all that it speaks of is expected or possible: a plan, a preview, an instruction."""
        return bool(self.events) and all(e.realis in ("expected", "possible") for e in self.events)

    @property
    def is_headline(self) -> bool:
        """True for the title over a report, and for a line that ends like one."""
        text = " ".join(self.text.split())
        return text == self.filed.article.title or text.rstrip(_CLOSING)[-1:] not in _ENDS


@dataclass(frozen=True)
class Claim:
    """An expectation as one report voices it."""

    passage: Passage
    expectation: Expectation

    @property
    def filed(self) -> StoryArticle:
        """The report."""
        return self.passage.filed

    @property
    def published(self) -> date:
        """The day of the report."""
        return self.passage.published

    @property
    def due(self) -> Interval | None:
        """The days in which it is expected."""
        return self.expectation.due

    @property
    def is_over(self) -> bool:
        """True where its days were over when it was reported and its sentence tells more: "was due on Monday but was held up"."""
        return (
            self.due is not None
            and self.due.end < self.published
            and any(not e.span.overlaps(self.expectation.trigger) for e in self.passage.told)
        )

    @cached_property
    def predicate(self) -> str:
        """The stem of the word that names what is expected."""
        return stem(self.expectation.trigger.of(self.filed.article.text))

    def is_named_by(self, event: Event) -> bool:
        """True where the event is of the expected predicate."""
        return (
            stem(event.predicate) == stem(self.expectation.predicate)
            or stem(event.predicate) == self.predicate
        )

    def participant(self, role: Role) -> Participant | None:
        """Who or what is expected to act, or to be acted on."""
        return participant(self.filed, self.expectation.argument(role))

    @cached_property
    def marked(self) -> str:
        """Its sentence, with the word that names what is expected marked."""
        start, trigger = self.passage.span.start, self.expectation.trigger
        return marked(self.passage.text, Span(trigger.start - start, trigger.end - start))

    @cached_property
    def text(self) -> str:
        """The first text of the pairs that the judge reads."""
        return expectation_text(self.marked, self.published, self.due)

    def beside(self, later: Claim) -> Pair:
        """The claim with a later one that may expect the same, as the judge reads them."""
        return self.text, again_text(later.marked, later.published, later.due, self.published, self.due)

    def pair(self, passage: Passage) -> Pair:
        """The claim with a sentence that may tell of it, as the judge reads them."""
        second = telling_text(marked(passage.text, None), passage.published, self.published, self.due)
        return self.text, second


def order(filed: StoryArticle) -> tuple[date, str, str]:
    """Reports by day, then by where they came from: the order does not hang on when they were added."""
    return filed.article.published, filed.article.source, filed.article.id


_SCALE = 1024


def whole_vectors(found: Sequence[Passage]) -> npt.NDArray[np.float64]:
    """(passages, dimensions) vectors in whole numbers; no dimensions where the model gives none.

    Sums of whole numbers are exact: a cosine does not hang on which others are worked out beside it.
    """
    given = [(p.filed.reading.vectors, p.number) for p in found]
    rows = [vectors[number] for vectors, number in given if vectors is not None]
    if not rows or len(rows) < len(given):
        return np.zeros((len(given), 0))
    return np.rint(np.stack(rows).astype(np.float64) * _SCALE)


def unit(whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """`whole_vectors` as vectors of length one."""
    return whole / _SCALE


def cosines(
    a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], count: int | None = None
) -> npt.NDArray[np.float64]:
    """(count of a, b) cosines of `whole_vectors`; 0 where either has none."""
    a = a[:count]
    if a.shape[1] != b.shape[1] or not a.shape[1]:
        return np.zeros((len(a), len(b)))
    return a @ b.T / _SCALE**2


def likenesses(a: Sequence[Passage], b: Sequence[Passage]) -> npt.NDArray[np.float64]:
    """(len(a), len(b)) cosines of the passages' vectors; 0 where the model gives none."""
    return cosines(whole_vectors(a), whole_vectors(b))


def passages(filed: StoryArticle) -> list[Passage]:
    """The sentences of a report."""
    records = SentenceRecords(filed.reading)
    return [Passage(filed, number, records) for number in range(len(filed.reading.sentences))]


def claims(reports: Sequence[StoryArticle]) -> Iterator[Claim]:
    """The expectations of reports in their order; what two words of a sentence announce in the same words is one."""
    for report in reports:
        records = SentenceRecords(report.reading)
        for expectation in _told_once(report.reading.expectations):
            yield Claim(Passage(report, expectation.sentence, records), expectation)


def _told_once(found: Sequence[Expectation]) -> Iterator[Expectation]:
    """Of expectations of one sentence that people would read alike, as those of "talks will resume", that with days, then the likeliest."""

    def told(x: Expectation) -> tuple[int, tuple[str, ...], bool]:
        return x.sentence, tuple(_ALL_WORDS.findall(x.event.casefold())), x.negated

    best: dict[tuple[int, tuple[str, ...], bool], Expectation] = {}
    for x in sorted(found, key=lambda x: (x.due is None, -x.score)):
        best.setdefault(told(x), x)
    return (x for x in found if best[told(x)] is x)


@dataclass(frozen=True)
class Participant:
    """An event's participant as it is compared: the stem of its head word, and the entity where it names one."""

    head: str
    entity: str | None


def participant(filed: StoryArticle, argument: Argument | None) -> Participant | None:
    """The participant of a report's event, or None where it has none."""
    if argument is None:
        return None
    return Participant(stem(argument.head.of(filed.article.text)), argument.entity)


def is_one(a: Participant | None, b: Participant | None) -> bool:
    """True where both are named alike, or have one head word."""
    if a is None or b is None:
        return False
    named = a.entity is not None and b.entity is not None and same_name(a.entity, b.entity)
    return named or a.head == b.head


class Rarities:
    """How rare a stem is among the sentences of the reports that voice the claims."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        reports = {c.filed.article.id: c.filed for c in claims}
        sentences = [p.stems for filed in reports.values() for p in passages(filed)]
        self._count = len(sentences)
        self._found = Counter(word for words in sentences for word in words)

    def __call__(self, word: str) -> float:
        return math.log((self._count + 1) / (self._found[word] + 1)) + 0.3
