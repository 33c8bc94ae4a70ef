"""Why a sentence cannot tell that what a claim expects happened, whatever a judge says of it."""

from __future__ import annotations

from collections.abc import Container

from dateline.keeper.ledger.claims import Claim, Passage
from dateline.keeper.ledger.verdicts import told_day
from dateline.records import Interval

_HEADLINE = "a headline"
_OWN_REPORT = "stands in the report that announces it"
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


def is_too_early(claim: Claim, passage: Passage, due: Interval | None) -> bool:
    """True where the sentence is of a day before the due days began, and tells of none among them."""
    if due is None or passage.published >= due.start:
        return False
    day = told_day(claim, passage)
    return day is None or not day.overlaps(due) or day.end > passage.published
