"""Which sentences settle an expectation, and why others that say something of it are set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.keeper.ledger.claims import Claim, order
from dateline.keeper.ledger.happening import told_day
from dateline.keeper.ledger.rows import Row
from dateline.keeper.ledger.verdicts import SentenceVerdict
from dateline.keeper.versions import evidence
from dateline.records import Evidence, Interval, WeighedSentence

_SHOWN = 5
"""Sentences that an outcome is explained by."""


@dataclass(frozen=True)
class OutcomeSentence:
    """A sentence held against a row, and why it settles nothing ("" where it may)."""

    told: SentenceVerdict
    objection: str

    @property
    def evidence(self) -> Evidence:
        """The sentence."""
        return evidence(self.told.passage.filed, self.told.passage.span)


def outcome_sentences(row: Row) -> list[OutcomeSentence]:
    """What was told of a row and of those that replace it, the earliest reports first and of one report the surest sentence."""
    chain = list(row.chain())
    announced = {(c.filed.article.id, c.passage.number) for r in chain for c in r.claims}
    found = [OutcomeSentence(t, _objection(t, announced)) for r in chain for t in r.told]
    return sorted(
        found,
        key=lambda t: (order(t.told.passage.filed), -t.told.score, t.told.passage.number, order(t.told.claim.filed)),
    )  # fmt: skip


def _objection(told: SentenceVerdict, announced: set[tuple[str, int]]) -> str:
    passage, claim = told.passage, told.claim
    if told.verdict in ("unrelated", "again"):
        return "expects it once more" if told.verdict == "again" else "tells of something else"
    if not told.is_taken:
        return "not sure enough"
    if passage.is_headline:
        return "a headline"
    if told.verdict != "happened":
        return ""
    if passage.looks_ahead:
        return "looks ahead"
    place = passage.filed.article.id, passage.number
    if place in announced and not (claim.is_over and place == (claim.filed.article.id, claim.passage.number)):
        return "announces it"
    if claim.due is None and passage.filed.article.id == claim.filed.article.id:
        return "stands in the report that announces it"
    return ""


def by_days(sentence: OutcomeSentence, claim: Claim, due: Interval | None) -> str:
    """Why a sentence settles nothing for one source of the row, with the days that it gave; "" where it may."""
    if sentence.objection:
        return sentence.objection
    told = sentence.told
    published = told.passage.published
    if told.verdict != "happened":
        return "said before it was expected again" if published < claim.published else ""
    if due is None or published >= due.start:
        return ""
    day = told_day(told.claim, told.passage)
    among = day is not None and day.overlaps(due) and day.end <= published
    return "" if among else "told before its days began"


def further(settling: Sequence[OutcomeSentence]) -> tuple[Evidence, ...]:
    """One passage a report."""
    return tuple({t.evidence.article: t.evidence for t in reversed(settling)}.values())[::-1]


def explained(
    told: Sequence[OutcomeSentence], claim: Claim, due: Interval | None, settling: Sequence[OutcomeSentence]
) -> tuple[WeighedSentence, ...]:
    """The few sentences that explain an outcome: those that tell it, then those that came closest, with what spoke against."""
    used = {id(t) for t in settling}
    best: dict[tuple[str, int], tuple[bool, float, int]] = {}
    for number, sentence in enumerate(told):
        rank = id(sentence) not in used, sentence.told.chances["unrelated"], number
        place = sentence.told.passage.filed.article.id, sentence.told.passage.number
        best[place] = min(rank, best.get(place, rank))
    shown = [told[number] for _, _, number in sorted(best.values())[:_SHOWN]]
    return tuple(
        WeighedSentence(
            t.evidence,
            t.told.verdict,
            round(t.told.score, 4),
            "" if id(t) in used else by_days(t, claim, due) or "outweighed",
        )
        for t in shown
    )
