"""How expectations turned out, by who held them."""

from __future__ import annotations

from dateline.keeper.track_record import by_holder
from dateline.records import LedgerEntry, Outcome, Status


def entry(holder: str | None, status: Status) -> LedgerEntry:
    return LedgerEntry("x", "s", "the bridge opens", holder, None, "expected", (), Outcome(status))


def test_outcomes_are_counted_by_holder_those_with_most_settled_first() -> None:
    found = by_holder(
        [
            entry("Ada Holt", "open"),
            entry("Ada Holt", "met"),
            entry("The council", "met late"),
            entry("the council", "missed"),
            entry("the council", "overdue"),
        ]
    )
    assert [(r.holder.lower(), r.settled, r.total) for r in found] == [
        ("the council", 2, 3),
        ("ada holt", 1, 2),
    ]
    assert (found[0].met, found[0].met_late, found[0].missed, found[0].overdue, found[0].open) == (
        0,
        1,
        1,
        1,
        0,
    )


def test_nothing_is_counted_of_nothing() -> None:
    assert by_holder([]) == []
