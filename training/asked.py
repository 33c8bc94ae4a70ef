"""What the ledger asks its judge about the labelled expectations of a story, and what the labels answer.

The pairs of `training.pairs` hold a story's tellings against sentences of like words. These are the ones that are asked at run time,
most of them about sentences that tell nothing of the expectation though they are of its people and its days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.keeper.ledger.candidates import Register
from dateline.keeper.ledger.claims import Claim, Passage, claims, order, passages
from dateline.reader import Reader
from dateline.records import StoryArticle
from training.judged_pairs import Place
from training.news_labels import Story
from training.pairs import VERDICTS, Pair, Row, read_story, rows

Judged = Mapping[tuple[Place, Place], str]


@dataclass(frozen=True)
class Asked:
    """A labelled expectation, by the number of its claim, with a sentence that the ledger holds against it.

    `verdict` is what the labels say that the sentence tells; `reports` are those that tell that it happened.
    """

    number: int
    claim: Claim
    passage: Passage
    row: Row
    report: int
    verdict: str
    reports: frozenset[int]


class Labels:
    """What the labels say of a story's claims: `rows` are the labelled expectations by the number of their claim.

    What was `judged` of a sentence (`judged_pairs.told_in_stories`) goes before what the story's labels name.
    """

    def __init__(self, story: Story, voiced: Sequence[Claim], judged: Judged | None = None) -> None:
        self._number = {report.id: i for i, report in enumerate(story.reports)}
        self._voiced, self._judged = voiced, judged or {}
        labelled = list(rows(story))
        self.rows = matched(voiced, labelled, self._number)
        self._groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in labelled:
            self._groups[row.same_as or row.id].append(row)

    def report(self, passage: Passage) -> int:
        """The number of the report of a sentence."""
        return self._number[passage.filed.article.id]

    def verdict(self, number: int, passage: Passage) -> str:
        """What a sentence tells of the claim of this number."""
        claim, row = self._voiced[number], self.rows[number]
        trigger = claim.filed.article.id, claim.expectation.trigger.start
        judged = self._judged.get((trigger, (passage.filed.article.id, passage.span.start)))
        return judged or _verdict(self._group(row), row, self.report(passage), passage)

    def telling(self, number: int) -> frozenset[int]:
        """The reports that tell that what the claim of this number expects happened."""
        group = self._group(self.rows[number])
        return frozenset(r for one in group for r, _, v in one.told if v == "happened")

    def _group(self, row: Row) -> Sequence[Row]:
        return self._groups[row.same_as or row.id]


def asked(
    story: Story, filed: Sequence[StoryArticle], judged: Judged | None = None
) -> tuple[list[Claim], list[Asked]]:
    """The story's claims, and what is asked of those that have a label; `filed` are its reports as they were read."""
    filed = sorted(filed, key=order)
    voiced = list(claims(filed))
    labels, register = Labels(story, voiced, judged), Register(voiced)
    return voiced, [
        Asked(
            i,
            voiced[i],
            passage,
            labels.rows[i],
            labels.report(passage),
            labels.verdict(i, passage),
            labels.telling(i),
        )
        for report in filed
        for i, passage in register.ranked(passages(report))
        if i in labels.rows
    ]


def pairs(story: Story, reader: Reader, judged: Judged | None = None) -> Iterator[Pair]:
    """What is asked of a story, as the pair reader learns it."""
    for question in asked(story, read_story(story, reader), judged)[1]:
        first, second = question.claim.pair(question.passage)
        yield Pair(first, second, "verdict", VERDICTS.index(question.verdict), story.id)


def _verdict(group: Sequence[Row], row: Row, report: int, passage: Passage) -> str:
    """What a sentence tells of the expectation that the rows of `group` state: its outcome before that it is expected again."""
    span = passage.span
    told = [
        verdict
        for one in group
        for at, (start, end), verdict in one.told
        if at == report and start < span.end and span.start < end
    ]
    if told:
        return min(told, key=VERDICTS.index)
    is_stated = any(
        one is not row
        and one.report == report
        and one.sentence[0] < span.end
        and span.start < one.sentence[1]
        for one in group
    )
    return "again" if is_stated else "unrelated"


def matched(voiced: Sequence[Claim], labelled: Sequence[Row], number: dict[str, int]) -> dict[int, Row]:
    """The labelled expectation of each claim that has one, by the claim's number: of the same sentence, best by trigger, then by days."""
    fits = []
    for i, claim in enumerate(voiced):
        trigger, span = claim.expectation.trigger, claim.passage.span
        for j, row in enumerate(labelled):
            if (
                number[claim.filed.article.id] == row.report
                and span.start < row.sentence[1]
                and row.sentence[0] < span.end
            ):
                other = not (trigger.start < row.trigger[1] and row.trigger[0] < trigger.end)
                fits.append((other, claim.due != row.due, i, j))
    found: dict[int, Row] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(fits):
        if i not in found and j not in used:
            found[i] = labelled[j]
            used.add(j)
    return found
