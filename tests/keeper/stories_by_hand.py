"""Stories made by hand: reports with the events and expectations that a reader would find in them, and judges that answer by heart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from dateline.keeper.judge import LIKENESSES, SAMENESS, VERDICTS, Likeness, Pair, Sameness
from dateline.keeper.ledger.claims import stems
from dateline.records import (
    Argument,
    Article,
    Event,
    Expectation,
    Interval,
    Mention,
    MentionKind,
    Quantity,
    Reading,
    Realis,
    Span,
    StoryArticle,
    Strength,
    TimeExpression,
    Vector,
    Verdict,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(start: str, end: str | None = None) -> Interval:
    return Interval(day(start), day(end or start))


_DIMENSIONS = 64


def vector(sentence: str) -> Vector:
    """A unit vector of a sentence's words: sentences that share words are alike."""
    found = np.full(_DIMENSIONS, 1e-3, np.float32)
    for word in stems(sentence):
        found[hashlib.sha256(word.encode()).digest()[0] % _DIMENSIONS] += 1
    return (found / np.linalg.norm(found)).astype(np.float32)


class TableJudge:
    """Answers from a table of (words in the first text, words in the second): what stands there, at `sure`, else nothing.

    The first row that fits counts. `asked` holds the pairs that it was asked about.
    """

    def __init__(
        self,
        verdicts: Mapping[tuple[str, str], Verdict | tuple[Verdict, float]] | None = None,
        facts: Mapping[tuple[str, str], Likeness | tuple[Likeness, float]] | None = None,
        sure: float = 0.97,
        sames: Mapping[tuple[str, str], Sameness | tuple[Sameness, float]] | None = None,
    ) -> None:
        self._verdicts, self._facts, self._sames, self._sure = verdicts or {}, facts or {}, sames, sure
        self.asked: list[Pair] = []

    def verdicts(self, pairs: Sequence[Pair]) -> list[dict[Verdict, float]]:
        self.asked += pairs
        return [self._answer(pair, self._verdicts, VERDICTS, "unrelated") for pair in pairs]

    def facts(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        self.asked += pairs
        return [self._answer(pair, self._facts, LIKENESSES, "other") for pair in pairs]

    def contradictions(self, pairs: Sequence[Pair]) -> list[dict[Likeness, float]]:
        self.asked += pairs
        return [self._answer(pair, self._facts, LIKENESSES, "other") for pair in pairs]

    def sameness(self, pairs: Sequence[Pair]) -> list[dict[Sameness, float]]:
        """Where no table was given: one where the verdict is that it is told again or moved, else even."""
        self.asked += pairs
        if self._sames is None:
            verdicts = [self._answer(pair, self._verdicts, VERDICTS, "unrelated") for pair in pairs]
            same = [self._sure if max(v["again"], v["moved"]) > 0.5 else 0.5 for v in verdicts]
            return [{"same": chance, "another": 1 - chance} for chance in same]
        return [self._answer(pair, self._sames, SAMENESS, "another") for pair in pairs]

    def _answer(self, pair: Pair, table: Mapping, names: Sequence, nothing: str) -> dict:  # type: ignore[type-arg]
        found = next((v for (a, b), v in table.items() if a in pair[0] and b in pair[1]), nothing)
        name, chance = found if isinstance(found, tuple) else (found, self._sure)
        rest = (1 - chance) / (len(names) - 1)
        return {n: chance if n == name else rest for n in names}


@dataclass
class Report:
    """A report under construction: sentences are added with what is found in them."""

    name: str
    published: str
    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    title: str | None = None

    def say(self, sentence: str) -> Report:
        """Add a sentence."""
        start = len(self.text) + (1 if self.text else 0)
        self.text += (" " if self.text else "") + sentence
        self.sentences.append(Span(start, start + len(sentence)))
        return self

    def _span(self, words: str) -> Span:
        start = self.text.index(words, self.sentences[-1].start)
        return Span(start, start + len(words))

    def happened(
        self,
        trigger: str,
        predicate: str,
        on: Interval | None = None,
        realis: Realis = "actual",
        counts: tuple[Quantity, ...] = (),
        **arguments: str,
    ) -> Report:
        """The last sentence tells of an event; an argument in capitals is a name."""
        told = tuple(
            Argument(role, self._span(words), words, self._span(words.split()[-1]), _name(words))  # type: ignore[arg-type]
            for role, words in arguments.items()
        )
        self.events.append(
            Event(self._span(trigger), len(self.sentences) - 1, predicate, realis, told, counts, on, 0.9)
        )
        return self

    def counted(
        self,
        words: str,
        value: float,
        unit: str = "person",
        role: str | None = None,
        hedge: str | None = None,
    ) -> Quantity:
        """A quantity in the last sentence."""
        return Quantity(self._span(words), value, unit, role, hedge)

    def dated(self, words: str, interval: Interval) -> Report:
        """The last sentence names a time."""
        self.times.append(TimeExpression(self._span(words), words, "DATE", "", interval=interval))
        return self

    def names(self, words: str, kind: MentionKind = "person") -> Report:
        """The last sentence names somebody, or something."""
        self.mentions.append(Mention(self._span(words), words, kind, words))
        return self

    def expects(
        self,
        trigger: str,
        predicate: str,
        event: str,
        due: Interval | None,
        holder: str | None = None,
        strength: Strength = "expected",
        *,
        negated: bool = False,
        score: float = 0.9,
    ) -> Report:
        """The last sentence holds an expectation."""
        self.expectations.append(
            Expectation(
                self.sentences[-1],
                len(self.sentences) - 1,
                event,
                predicate,
                self._span(trigger),
                holder,
                due=due,
                strength=strength,
                negated=negated,
                score=score,
            )
        )
        return self

    def file(self, *, duplicate_of: str | None = None, revision_of: str | None = None) -> StoryArticle:
        """The report as it stands in the story."""
        article = Article(self.name, self.name, day(self.published), self.text, self.title)
        reading = Reading(
            article,
            tuple(self.sentences),
            times=tuple(self.times),
            mentions=tuple(self.mentions),
            events=tuple(self.events),
            expectations=tuple(self.expectations),
            vectors=np.stack([vector(s.of(self.text)) for s in self.sentences]) if self.sentences else None,
        )
        return StoryArticle(reading, duplicate_of, revision_of)


def _name(words: str) -> str | None:
    """The name in a phrase: its capitalised words."""
    return " ".join(w for w in words.split() if w[0].isupper() and w not in ("The", "A")) or None
