"""On which days an event lies: those of a time beside it, the report's own, those that another sentence gives such an event, or none.

Each is a candidate; a softmax over a few signs says how likely it is, and the days that are likeliest in all are taken.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dateline.language.stems import stem
from dateline.reader import due
from dateline.reader.choices import Candidate, likeliest, logarithm
from dateline.reader.due_times import first_and_last
from dateline.reader.model.interface import Announcement, Arc, Place, Trigger
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.timing import arc_to, chosen_time, ends_of, preposition, reachable
from dateline.records import Interval, Realis, Span, TimeExpression

SIGNS = (
    "none", "root", "expected", "published", "root published", "included", "before", "after", "actual", "main verb", "opening", "arc",
    "elsewhere", "own", "inherited", "same predicate", "cosine", "words", "share", "lead", "distance", "same realis", "another time",
)  # fmt: skip
"""What is looked at. Of no days: that they are none, the logarithm of the arcs to the root, that the event lies ahead. Of the report's day: that
it is that, those arcs, the logarithm of the probability that the event lies on the day of its time, that it lies before or after it, that it took place, that it heads its sentence, and that this opens the
report. Of a time: the logarithm of the arcs to it, that it stands in another sentence, that no other event stands between. Of days told of other events: that
they are that, one predicate, the highest cosine of the sentences and share of the words, the share of the events with days, that the report begins with one, the logarithm of the
distance in sentences, one realis, that a time stands beside the event itself."""
Days = tuple[date, date]
_AHEAD = frozenset(["expected", "possible"])
_VAGUE = frozenset(["PRESENT_REF", "PAST_REF", "FUTURE_REF"])
_TELLING = frozenset(["NOUN", "VERB", "PROPN", "ADJ"])
_OPENING, _LEAD = 2, 3
"""Sentences."""
_REACH = 40
"""Sentences to either side whose events may give an event its days."""
_FEW_WORDS = 4
"""Words of a sentence below which sharing all of them says less."""
_LEAST_ELSEWHERE = 0.02
"""The probability of an arc to a time of another sentence below which that is none."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A word of a document that names an event, and what the model says of it."""

    place: Place
    trigger: Trigger | None
    announced: Announcement | None
    realis: Realis

    @property
    def times(self) -> Sequence[Arc]:
        """The arcs to the words of its time."""
        told = self.announced or self.trigger
        return told.times if told is not None else ()


class EventDays:
    """The days of one article's events; `happenings` are all of them, in text order."""

    def __init__(
        self, document: Document, times: Sequence[TimeExpression], happenings: Sequence[Happening]
    ) -> None:
        self._document = document
        self._times = times
        self._words = {h.place for h in happenings}
        self._days: dict[tuple[Span, Realis], Interval | None] = {}
        self._governors: dict[Span, int | None] = {}
        self._content: dict[int, frozenset[str]] = {}
        self._surroundings: dict[int, _Around] = {}
        self._told = [
            (happening, interval)
            for happening in happenings
            if (interval := self._surely(happening)) is not None
        ]
        self._homes = [happening.place.sentence for happening, _ in self._told]

    def choose(self, happening: Happening) -> Interval | None:
        """The likeliest days of an event, None where the text gives none."""
        if happening.realis == "generic":
            return None
        return likeliest(self.candidates(happening), "day", first_and_last)

    def candidates(self, happening: Happening) -> list[Candidate[Interval | None]]:
        """What may be meant: no days first, then the report's own, times in text order, and days of other events."""
        around = self._around(happening.place.sentence)
        root = logarithm(sum(arc.chance for arc in happening.times if arc.place is None))
        unknown: Interval | None = None
        ahead = float(happening.realis in _AHEAD)
        found = [Candidate(unknown, SIGNS, {"none": 1.0, "root": root, "expected": ahead})]
        if happening.realis != "expected":
            published = self._document.article.published
            signs = {"published": 1.0, "root published": root, **self._on_the_day(happening)}
            found.append(Candidate(Interval(published, published), SIGNS, signs))
        found += self._of_times(happening, around)
        found += self._of_others(happening, around)
        return found

    def days_of(self, time: TimeExpression | None, realis: Realis) -> Interval | None:
        """The days of a time; of what lies ahead, those in which it falls due."""
        if time is None or time.type == "SET":
            return None
        key = time.span, realis
        if key not in self._days:
            self._days[key] = self._worked_out(time, realis)
        return self._days[key]

    def _worked_out(self, time: TimeExpression, realis: Realis) -> Interval | None:
        published = self._document.article.published
        if realis in _AHEAD:
            home = self._document.sentence_at(time.span.start)
            before = preposition(self._document.clauses[home], time) if home is not None else ""
            return due.window(time, before, published) or time.interval
        if time.type == "DURATION" or time.value in _VAGUE:
            return None
        interval = time.interval
        if interval is not None and realis == "actual" and interval.start <= published < interval.end:
            return Interval(interval.start, published, interval.granularity)
        return interval

    def _surely(self, happening: Happening) -> Interval | None:
        """The days that the arcs alone tell."""
        if happening.realis == "generic":
            return None
        chosen = chosen_time(self._document, self._times, happening.times, happening.place.sentence)
        return self.days_of(chosen.time, happening.realis)

    def _on_the_day(self, happening: Happening) -> dict[str, float]:
        told = happening.trigger
        sure = 0.0 if told is None else told.sure if told.day == "included" else 1.0 - told.sure
        number, word = happening.place.sentence, happening.place.token
        return {
            "included": logarithm(sure),
            "before": float(told is not None and told.day == "before"),
            "after": float(told is not None and told.day == "after"),
            "actual": float(happening.realis == "actual"),
            "main verb": float(self._document.clauses[number].analysis.heads[word] < 0),
            "opening": float(number < _OPENING),
        }

    def _around(self, number: int) -> _Around:
        if number not in self._surroundings:
            span = self._document.sentences[number].span
            near = [t for t in reachable(self._document, self._times, number) if t.type != "SET"]
            own = [t for t in near if span.start <= t.span.start < span.end]
            self._surroundings[number] = _Around(near, own, self._days_near(number))
        return self._surroundings[number]

    def _of_times(self, happening: Happening, around: _Around) -> Iterator[Candidate[Interval | None]]:
        number, word = happening.place.sentence, happening.place.token
        ends = ends_of(self._document, happening.times)
        leads_away = any(arc.place is not None and arc.place.sentence != number for arc in happening.times)
        for time in around.near if leads_away else around.own:
            home = self._document.sentence_at(time.span.start)
            arc = arc_to(ends, time)
            if home != number and arc < _LEAST_ELSEWHERE:
                continue
            days = self.days_of(time, happening.realis)
            if days is None:
                continue
            is_own = home == number and self._governor(number, time) == word
            signs = {"arc": logarithm(arc), "elsewhere": float(home != number), "own": float(is_own)}
            yield Candidate(days, SIGNS, signs)

    def _governor(self, number: int, time: TimeExpression) -> int | None:
        """The event or predicate of a sentence that is nearest above a time in it."""
        if time.span not in self._governors:
            sentence = self._document.clauses[number]
            words = sentence.words_in(time.span)
            head = sentence.head_of(words) if words else None
            above = (head, *sentence.ancestors(head)) if head is not None else ()
            self._governors[time.span] = next(
                (w for w in above if Place(number, w) in self._words or sentence.is_predicate(w)), None
            )
        return self._governors[time.span]

    def _of_others(self, happening: Happening, around: _Around) -> Iterator[Candidate[Interval | None]]:
        predicate = self._predicate(happening)
        for told in around.told:
            same = {
                "same predicate": float(predicate in told.predicates),
                "same realis": float(happening.realis in told.realis),
                "another time": float(bool(around.own)),
            }
            yield Candidate(told.interval, SIGNS, {"inherited": 1.0, **told.signs, **same})

    def _days_near(self, number: int) -> list[_Told]:
        """The days that the sentences around one give their events, but for itself."""
        if not self._told:
            return []
        first = bisect_left(self._homes, number - _REACH)
        last = bisect_right(self._homes, number + _REACH)
        by_days: dict[Days, list[tuple[Happening, Interval]]] = defaultdict(list)
        for happening, interval in self._told[first:last]:
            if happening.place.sentence != number:
                by_days[interval.start, interval.end].append((happening, interval))
        own, cosines = self._telling_words(number), self._cosines(number)
        found = []
        for _, told in sorted(by_days.items()):
            homes = {happening.place.sentence for happening, _ in told}
            shared = max(len(own & self._telling_words(home)) for home in homes)
            signs = {
                "cosine": max(cosines[home] for home in homes),
                "words": shared / max(_FEW_WORDS, len(own)),
                "share": len(told) / (last - first),
                "lead": float(min(homes) < _LEAD),
                "distance": math.log(min(abs(home - number) for home in homes)),
            }
            predicates = frozenset(self._predicate(happening) for happening, _ in told)
            found.append(_Told(told[0][1], signs, predicates, frozenset(h.realis for h, _ in told)))
        return found

    def _cosines(self, number: int) -> dict[int, float]:
        """Of a sentence with each around it, by their vectors, which are of unit length."""
        first = max(0, number - _REACH)
        around = self._vectors[first : number + _REACH + 1]
        return dict(enumerate((around @ self._vectors[number]).tolist(), first))

    @cached_property
    def _vectors(self) -> npt.NDArray[np.float32]:
        """(sentences, dimensions)."""
        return np.stack([s.vector for s in self._document.analysis.sentences])

    def _predicate(self, happening: Happening) -> str:
        lemmas = self._document.clauses[happening.place.sentence].analysis.lemmas
        return stem(lemmas[happening.place.token].lower())

    def _telling_words(self, number: int) -> frozenset[str]:
        if number not in self._content:
            self._content[number] = _telling_words(self._document.clauses[number])
        return self._content[number]


@dataclass(frozen=True, slots=True)
class _Told:
    """Days that other sentences give their events: how they lie to a sentence, and the events' predicates and realis."""

    interval: Interval
    signs: Mapping[str, float]
    predicates: frozenset[str]
    realis: frozenset[Realis]


@dataclass(frozen=True, slots=True)
class _Around:
    """The times that an arc from a sentence can reach, those in it, and the days that other sentences give their events."""

    near: Sequence[TimeExpression]
    own: Sequence[TimeExpression]
    told: Sequence[_Told]


def _telling_words(sentence: ParsedSentence) -> frozenset[str]:
    """The stems of nouns, verbs and adjectives."""
    kinds = zip(sentence.tokens, sentence.analysis.upos, strict=True)
    return frozenset(stem(token.text.lower()) for token, kind in kinds if kind in _TELLING)
