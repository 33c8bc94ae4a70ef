"""The ledger: every expectation of a story as one row, and what became of it as of a day, with the sentences that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.keeper.judge import Judge
from dateline.keeper.ledger import asking, rows, sameness, status
from dateline.keeper.ledger.claims import claims, order
from dateline.keeper.ledger.status import is_shown, on_day, standing
from dateline.records import LedgerEntry, StoryArticle

__all__ = ["is_shown", "ledger", "on_day", "standing"]


def ledger(
    story: str, filed: Sequence[StoryArticle], as_of: date, judge: Judge | None = None
) -> list[LedgerEntry]:
    """The expectations of a story as known on `as_of`, in the order in which they were first voiced.

    Copies add nothing. Without a judge no outcome is claimed: what is due stays open until its days are over.
    """
    known = sorted((f for f in filed if f.article.published <= as_of and f.duplicate_of is None), key=order)
    voiced = list(claims(known))
    parted = rows.parted(voiced, sameness.grouped(voiced, judge))
    told = asking.judged(known, voiced, parted, judge)
    return [status.entry(story, row, known, as_of) for row in rows.joined(parted, told)]
