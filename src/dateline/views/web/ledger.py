"""What the ledger's page asks for: which expectations, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.records import LedgerEntry

Sort = Literal["due", "voiced", "who", "status"]
_ORDER = ("overdue", "open", "missed", "met late", "met")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter: words of the holder, words of the event, a status, and first and last due day; None is any."""

    who: str | None = None
    what: str | None = None
    status: str | None = None
    due_after: date | None = None
    due_before: date | None = None

    def holds(self, entry: LedgerEntry) -> bool:
        """True where `entry` is wanted. Due days count by the last of them, as in `dateline expectations --due-before`."""
        due = entry.due
        return (
            (self.status is None or entry.outcome.status == self.status)
            and (not self.who or _has(entry.holder or "", self.who))
            and (not self.what or _has(entry.event, self.what))
            and (self.due_after is None or (due is not None and due.end >= self.due_after))
            and (self.due_before is None or (due is not None and due.end < self.due_before))
        )


def _has(text: str, words: str) -> bool:
    text = text.casefold()
    return all(word in text for word in words.casefold().split())


def voiced(entry: LedgerEntry) -> date:
    """The day on which an expectation was first voiced."""
    return min(s.evidence.published for s in entry.sources)


def choose(
    entries: Iterable[LedgerEntry], wanted: Wanted, sort: Sort, *, descending: bool
) -> list[LedgerEntry]:
    """The wanted entries in order; those without a due day come last when sorted by it."""
    found = sorted((e for e in entries if wanted.holds(e)), key=lambda e: e.id)
    keys: dict[Sort, Callable[[LedgerEntry], tuple[object, ...]]] = {
        "due": lambda e: (e.due.end, e.due.start) if e.due else (date.min,),
        "voiced": lambda e: (voiced(e),),
        "who": lambda e: ((e.holder or "").casefold(),),
        "status": lambda e: (_ORDER.index(e.outcome.status),),
    }
    found.sort(key=keys[sort], reverse=descending)
    if sort == "due":
        found.sort(key=lambda e: e.due is None)
    return found
