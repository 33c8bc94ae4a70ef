"""When an expectation falls due: which of the times around its word, and whether that looks ahead or back.

Every time that the arcs may mean, or that stands in the sentence, is a candidate with the days it would give; so is none at all. A
softmax over a few signs says how likely each is, and the days that are likeliest in all are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.language.days import MONTHS, SHORT_MONTHS
from dateline.reader import due
from dateline.reader.choices import Candidate, likeliest, logarithm, to_none
from dateline.reader.model.interface import Announcement
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.timing import arc_to, ends_of, joined, preposition, reachable
from dateline.records import Interval, TimeExpression

SIGNS = (
    "arc", "none", "elsewhere", "own clause", "side clause", "behind", "over", "long over", "moved", "next year", "length",
)  # fmt: skip
"""What is looked at: the logarithm of the arcs to the time, or of those to none; that the time stands in another sentence; that it
hangs on the announcement's predicate, or on one beside it in the tree; that it stands behind the word; that its days are over, by
more than a week, and taken as told; that they are over and the same day of the next week or year is taken; that it is a length."""
_LONG = 7
"""Days."""


def choose(
    document: Document, times: Sequence[TimeExpression], number: int, announced: Announcement
) -> Interval | None:
    """The likeliest days for an announcement in sentence `number`, None where they cannot be told."""
    return likeliest(candidates(document, times, number, announced), "due", first_and_last)


def first_and_last(days: Interval | None) -> tuple[date, date] | None:
    """What makes days the same, whatever words told them."""
    return (days.start, days.end) if days is not None else None


def candidates(
    document: Document, times: Sequence[TimeExpression], number: int, announced: Announcement
) -> list[Candidate[Interval | None]]:
    """What may be meant: no time first, then each time in text order."""
    unknown: Interval | None = None
    found = [Candidate(unknown, SIGNS, {"none": logarithm(to_none(announced.times))})]
    ends = ends_of(document, announced.times)
    for time in reachable(document, times, number):
        arc = arc_to(ends, time)
        home = document.sentence_at(time.span.start)
        if home is None or (home != number and not arc):
            continue
        signs = {"arc": logarithm(arc), "length": float(time.type == "DURATION")}
        if home == number:
            signs |= _in_sentence(document.clauses[number], announced.token, time)
        else:
            signs["elsewhere"] = 1.0
        meaning = _Meaning(document, times, home, announced, is_near=home == number)
        found += (Candidate(days, SIGNS, signs | more) for days, more in meaning.of(time))
    return found


def _in_sentence(sentence: ParsedSentence, word: int, time: TimeExpression) -> dict[str, float]:
    """How a time lies to a word of its sentence."""
    words = sentence.words_in(time.span)
    if not words:
        return {}
    head = sentence.head_of(words)
    above_time = (head, *sentence.ancestors(head))
    above_word = (word, *sentence.ancestors(word))
    predicate = next((w for w in above_time if sentence.is_predicate(w)), None)
    own = next((w for w in above_word if sentence.is_predicate(w)), None)
    is_own = predicate is not None and predicate in (word, own)
    beside = predicate not in above_word and word not in above_time and own not in above_time
    return {
        "own clause": float(is_own),
        "side clause": float(not is_own and beside),
        "behind": float(words[0] > word),
    }


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The days that times of sentence `home` may mean for an announcement."""

    document: Document
    times: Sequence[TimeExpression]
    home: int
    announced: Announcement
    is_near: bool
    """Whether the announcement stands in that sentence."""

    def of(self, time: TimeExpression) -> Iterator[tuple[Interval | None, dict[str, float]]]:
        """Each with the signs that go with it. What is over is taken as told, and on the same day to come."""
        ahead = self._ahead(time)
        if time.interval is None or time.interval.end >= self._anchor:
            yield ahead, {}
            return
        over = (self._anchor - time.interval.end).days
        back = due.window(time, self._before(time), time.interval.start, past=True)
        if back is not None:
            yield back, {"over": 1.0, "long over": float(over > _LONG)}
        if ahead is not None:
            yield ahead, {"moved": 1.0}
        elif (later := _a_year_on(time)) is not None:
            yield self._window(later), {"moved": 1.0, "next year": 1.0}

    @property
    def _anchor(self) -> date:
        return self.document.article.published

    def _ahead(self, time: TimeExpression) -> Interval | None:
        """The days of a time, or of the whole row of times that it stands in."""
        row = joined(self.document.text, self.times, time)
        whole = _from_first_to_last([self._window(t) for t in row])
        if whole is not None and row[0].value == "PRESENT_REF":
            whole = Interval(self._anchor, whole.end, "span")  # "between now and April"
        return whole or self._window(time)

    def _window(self, time: TimeExpression) -> Interval | None:
        negated = self.announced.negated >= _NEGATED_FROM
        return due.window(time, self._before(time), self._anchor, negated=negated)

    def _before(self, time: TimeExpression) -> str:
        return preposition(
            self.document.clauses[self.home], time, self.announced.token if self.is_near else None
        )


_NEGATED_FROM = 0.5


def _from_first_to_last(windows: Sequence[Interval | None]) -> Interval | None:
    """The days from the first of two windows or more to the last, None where they are not in order."""
    known = [w for w in windows if w is not None]
    if len(windows) < 2 or not known or windows[-1] is None or known[0].end > known[-1].end:
        return None
    return Interval(known[0].start, known[-1].end, "span")


_A_MONTH = re.compile(r"\b(?:" + "|".join((*MONTHS, *SHORT_MONTHS)) + r")\b", re.IGNORECASE)
_A_YEAR = re.compile(r"\d{4}")


def _a_year_on(time: TimeExpression) -> TimeExpression | None:
    """A month, or a day of one, that was told without its year, a year later."""
    interval = time.interval
    if interval is None or not _A_MONTH.search(time.text) or _A_YEAR.search(time.text):
        return None
    if interval.end.year == date.max.year:
        return None
    later = Interval(
        due.add_months(interval.start, 12), due.add_months(interval.end, 12), interval.granularity
    )
    return replace(time, interval=later)
