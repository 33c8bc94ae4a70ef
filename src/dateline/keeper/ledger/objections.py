"""Why a sentence cannot tell that what a claim expects happened, whatever a judge says of it."""

from __future__ import annotations

from collections.abc import Container
from datetime import timedelta

from dateline.keeper.ledger.claims import Claim, Passage
from dateline.keeper.ledger.verdicts import told_day
from dateline.records import Interval

_HEADLINE = "a headline"
_OWN_REPORT = "stands in the report that announces it"
LONG_AFTER = timedelta(days=183)
"""Later than that a sentence tells of another event: of 312 of judged topics that give no day among those that were due, 12 tell it; of 20 that do, 11."""
WHATEVER_IT_TELLS = frozenset((_HEADLINE, _OWN_REPORT))
"""Of the reasons those for which it hardly tells that it did not happen, or was moved, either."""


def to_happening(claim: Claim, passage: Passage, announced: Container[tuple[str, int]]) -> str:
    """The reason in a few words, "" where it may tell; `announced` are the places of the sentences that voice what the claim expects."""
    if passage.is_headline:
        return _HEADLINE
    if passage.looks_ahead:
        return "looks ahead"
    if passage.place in announced and not (claim.is_over and passage.place == claim.passage.place):
        return "announces it"
    if claim.due is None and passage.filed.article.id == claim.filed.article.id:
        return _OWN_REPORT
    return ""


def to_day(claim: Claim, passage: Passage, due: Interval | None) -> str:
    """Why a sentence of its day tells nothing of what was due in days `due`, "" where it may.

    It tells nothing before they began, nor long after, unless it tells of a day among them.
    """
    if due is None:
        return ""
    day = told_day(claim, passage)
    if passage.published < due.start and (
        day is None or not day.overlaps(due) or day.end > passage.published
    ):
        return "told before its days began"
    if (day.start if day else passage.published) - due.end > LONG_AFTER:
        return "told long after its days"
    return ""
