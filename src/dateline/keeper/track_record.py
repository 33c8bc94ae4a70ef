"""How expectations turned out, by who held them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dateline.keeper.entities import same_name
from dateline.records import LedgerEntry, TrackRecord

REPORTER = "(the report itself)"


def by_holder(entries: Iterable[LedgerEntry]) -> list[TrackRecord]:
    """Outcomes counted for each holder, those with most settled ones first; spellings of one name count together."""
    counts: dict[str, Counter[str]] = {}
    for entry in entries:
        name = entry.holder or REPORTER
        known = next((k for k in counts if k == name or same_name(k, name)), name)
        counts.setdefault(known, Counter())[entry.outcome.status] += 1
    rows = [
        TrackRecord(
            name,
            met=c["met"],
            met_late=c["met late"],
            missed=c["missed"],
            overdue=c["overdue"],
            open=c["open"],
        )
        for name, c in counts.items()
    ]
    return sorted(rows, key=lambda r: (-r.settled, -r.total, r.holder))
