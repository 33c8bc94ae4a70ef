"""Which questions are put to the judge about expectations, and in which order: it costs more than all else that is worked out.

What it will answer is told beforehand (`forecast.py`), and it is asked only where an answer well above that could count. Of each row the
reports are searched in their order, and of a report the likeliest sentences first, until one tells that it happened. Where a report
before has told it, the likeliest sentence alone is read: it is a further source, or the news itself. All this hangs on the reports alone, not
on what was asked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from dateline.keeper.judge import Judge
from dateline.keeper.ledger import forecast, objections
from dateline.keeper.ledger.candidates import Register
from dateline.keeper.ledger.claims import Claim, Passage, Rarities, passages
from dateline.keeper.ledger.rows import Row
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import (
    SIGNS,
    SPEAK_AGAINST,
    SentenceVerdict,
    cheap_signs,
    least_to_happen,
    likelihood,
    with_answer,
)
from dateline.keeper.logistic import log_odds, summed
from dateline.records import StoryArticle

Floats = npt.NDArray[np.float64]
_FIRST = 2
"""Sentences of a report that are read at first; then twice as many, and again."""


@dataclass(frozen=True, eq=False)
class Question:
    """A claim, by its number, with a sentence that may tell of it: the log odds that it is to tell that it happened, by all but the judge and with the
    answer that is expected, and whether an answer that may be expected, or the one that is, would count."""

    number: int
    passage: Passage
    signs: tuple[float, ...]
    likely: float
    may_count: bool
    counts: bool


Search = Generator[Sequence[Question], Sequence[SentenceVerdict], None]


def judged(
    reports: Sequence[StoryArticle], claims: Sequence[Claim], rows: Sequence[Row], judge: Judge | None
) -> Mapping[int, Sequence[SentenceVerdict]]:
    """For each claim of the reports, by its number in their order, what their sentences tell of it; `rows` are those of the claims.

    A sentence is held against claims of its own day and earlier ones only, so that what is told does not hang on what came
    later. Without a judge nothing is told.
    """
    found: defaultdict[int, list[SentenceVerdict]] = defaultdict(list)
    if judge is None:
        return found
    asked = questions(reports, claims)
    answers = _Answers(claims, judge)
    searches = [_Searched(row) for row in rows]
    search_of = {number: search for search in searches for number in search.row.numbers}
    renewed = {(n, row.claims[0].passage.place) for row in rows for older in row.older for n in older.numbers}
    at_once = []
    for question in asked:
        claim, search = claims[question.number], search_of[question.number]
        objection = objections.to_happening(claim, question.passage, search.announced)
        if (question.number, question.passage.place) in renewed:
            at_once.append(question)
        elif objection in objections.WHATEVER_IT_TELLS:
            if question.counts:
                at_once.append(question)
        elif question.may_count:
            search.questions.append(question)
            if not objection and search.is_in_time(claim, question.passage):
                search.can_tell.add(question)
    answers.of(at_once)
    _run([_search(found) for found in searches if found.questions], answers)
    for question in asked:
        if question in answers.known:
            found[question.number].append(answers.known[question])
    return found


def questions(reports: Sequence[StoryArticle], claims: Sequence[Claim]) -> list[Question]:
    """All that could be asked of the claims, a report after the other."""
    register, rarity = Register(claims), Rarities(claims)
    ranked = [pair for report in reports for pair in register.ranked(passages(report))]
    if not ranked:
        return []
    signs = [cheap_signs(claims[number], passage, rarity) for number, passage in ranked]
    found = np.array(signs)
    answers = forecast.expected([(claims[n].passage, passage) for n, passage in ranked], found)
    margin = settings().margin
    if answers is None:
        answers, margin = np.full(len(ranked), log_odds(settings().surest)), 0.0
    least = np.array([log_odds(least_to_happen(claims[n])) for n, _ in ranked])
    may_count = hopes(found, answers + margin) >= least
    counts = hopes(found, answers) >= least
    likely = odds(found, answers)
    return [
        Question(n, passage, *rest)
        for (n, passage), *rest in zip(
            ranked, signs, likely.tolist(), may_count.tolist(), counts.tolist(), strict=True
        )
    ]


def hopes(signs: Floats, answers: Floats) -> Floats:
    """The log odds that a sentence tells what became of an expectation, (pairs,), if the judge's of "happened" were `answers`; `signs` as of `cheap_signs`.

    What speaks only against its having happened counts for nothing here: the sentence may tell that it did not, or was moved.
    """
    return odds(np.where([name in SPEAK_AGAINST for name in SIGNS[1:]], 0.0, signs), answers)


def odds(signs: Floats, answers: Floats) -> Floats:
    """The log odds that a sentence tells that the event happened, (pairs,), by `cheap_signs` and the judge's of "happened"."""
    weigh = settings().happened_by
    return summed(weigh.bias, weigh.weights, [answers, *signs.T])


class _Searched:
    """A row's questions, a report after the other, and those of them whose answer may be that it happened; the others may tell that it did not."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.announced = {c.passage.place for c in row.claims}
        self.questions: list[Question] = []
        self.can_tell: set[Question] = set()
        self._days = {c.due for one in (row, *row.older) for c in one.claims}

    def is_in_time(self, claim: Claim, passage: Passage) -> bool:
        """True where a sentence of its day may tell of the days of the row, or of one that it may replace."""
        return any(not objections.to_day(claim, passage, due) for due in self._days)


def _search(found: _Searched) -> Search:
    """Gives some of a row's questions at a time, and is sent their answers."""
    is_told = False
    for _, of_report in groupby(found.questions, lambda question: question.passage.filed.article.id):
        waiting = sorted(of_report, key=lambda question: -question.likely)
        if is_told:
            likeliest = [question for question in waiting if question in found.can_tell][:1]
            if likeliest:
                yield likeliest
            continue
        some = _FIRST
        while waiting and not is_told:
            asked, waiting, some = waiting[:some], waiting[some:], 2 * some
            answers = yield asked
            is_told = any(
                question in found.can_tell and answer.verdict == "happened" and answer.is_taken
                for question, answer in zip(asked, answers, strict=True)
            )


def _run(searches: Iterable[Search], answers: _Answers) -> None:
    """All searches side by side: each time the judge is asked for all of them at once."""
    waiting = [(search, next(search)) for search in searches]
    while waiting:
        told = iter(answers.of([question for _, some in waiting for question in some]))
        following = []
        for search, some in waiting:
            try:
                following.append((search, search.send([next(told) for _ in some])))
            except StopIteration:
                continue
        waiting = following


class _Answers:
    """What the judge said, weighed with the signs of each question."""

    def __init__(self, claims: Sequence[Claim], judge: Judge) -> None:
        self._claims = claims
        self._judge = judge
        self.known: dict[Question, SentenceVerdict] = {}

    def of(self, asked: Sequence[Question]) -> list[SentenceVerdict]:
        """The verdicts, in order."""
        claims = [self._claims[question.number] for question in asked]
        told = self._judge.verdicts(
            [c.pair(question.passage) for c, question in zip(claims, asked, strict=True)]
        )
        found = []
        for claim, question, chances in zip(claims, asked, told, strict=True):
            happened = likelihood(with_answer(chances["happened"], question.signs))
            found.append(SentenceVerdict(claim, question.passage, {**chances, "happened": happened}))
        self.known |= zip(asked, found, strict=True)
        return found
