"""The ledger: one row an expectation, what became of it, and nothing from the future."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.keeper.outcomes import ledger, on_day
from dateline.records import Filed, LedgerEntry
from tests.keeper.stories_by_hand import Report, day, days


def bridge_announced() -> Filed:
    return (
        Report("a", "2024-05-06")
        .say("The Orrin footbridge will open on Friday, the council said.")
        .expects("open", "open", "The Orrin footbridge opens", days("2024-05-10"), "the council", "certain")
        .file()
    )


def bridge_opened(published: str = "2024-05-11", on: str = "2024-05-10") -> Filed:
    return (
        Report(f"opened-{published}", published)
        .say("Hundreds crossed the Orrin footbridge when it was opened.")
        .happened("opened", "open", days(on))
        .file()
    )


def bridge_called_off() -> Filed:
    return (
        Report("off", "2024-05-09")
        .say("The opening of the Orrin footbridge was called off after a survey.")
        .happened("opening", "opening", realis="negated")
        .happened("called off", "call off", days("2024-05-09"))
        .file()
    )


def bridge_put_off() -> Filed:
    return (
        Report("new-day", "2024-05-09")
        .say("The Orrin footbridge is now expected to open on 20 May.")
        .expects("open", "open", "The Orrin footbridge opens", days("2024-05-20"), None)
        .file()
    )


def row(filed: list[Filed], as_of: str) -> LedgerEntry:
    return ledger("s", filed, day(as_of))[0]


def test_open_until_its_days_are_over_then_overdue() -> None:
    filed = [bridge_announced()]
    assert row(filed, "2024-05-10").outcome.status == "open"
    later = row(filed, "2024-05-13")
    assert later.outcome.status == "overdue"
    assert later.outcome.days_late == 3
    assert later.outcome.evidence is None
    assert later.outcome.reason


def test_met_by_a_report_that_it_happened_in_its_days() -> None:
    entry = row([bridge_announced(), bridge_opened()], "2024-05-12")
    assert entry.outcome.status == "met"
    assert entry.outcome.evidence is not None
    assert "crossed" in entry.outcome.evidence.text
    assert entry.outcome.evidence.source == "opened-2024-05-11"


def test_met_late_when_it_happened_afterwards() -> None:
    entry = row([bridge_announced(), bridge_opened("2024-05-15", "2024-05-14")], "2024-05-16")
    assert entry.outcome.status == "met late"
    assert entry.outcome.days_late == 4


def test_missed_when_called_off_and_met_late_when_it_came_after_all() -> None:
    off = [bridge_announced(), bridge_called_off()]
    assert row(off, "2024-05-12").outcome.status == "missed"
    assert row([*off, bridge_opened("2024-06-02", "2024-06-01")], "2024-06-03").outcome.status == "met late"


def test_a_new_day_replaces_the_old_one_and_both_have_their_own_outcome() -> None:
    filed = [bridge_announced(), bridge_put_off()]
    first, second = ledger("s", filed, day("2024-05-12"))
    assert second.revises == first.id
    assert first.outcome.status == "missed"
    assert second.outcome.status == "open"
    first, second = ledger("s", [*filed, bridge_opened("2024-05-21", "2024-05-20")], day("2024-05-22"))
    assert (first.outcome.status, second.outcome.status) == ("met late", "met")


def test_the_same_expectation_in_other_words_is_one_row_with_its_own_holders() -> None:
    again = (
        Report("b", "2024-05-07")
        .say("The mayor told Radio Orrin that the footbridge is to be inaugurated on Friday.")
        .expects(
            "inaugurated", "inaugurate", "the footbridge is inaugurated", days("2024-05-10"), "the mayor"
        )
        .file()
    )
    entries = ledger("s", [bridge_announced(), again], day("2024-05-08"))
    assert len(entries) == 1
    assert [s.holder for s in entries[0].sources] == ["the council", "the mayor"]
    assert entries[0].holder == "the mayor"


@pytest.mark.parametrize(
    ("sentence", "trigger", "predicate", "realis"),
    [
        ("The council did not open the Orrin footbridge.", "open", "open", "negated"),
        ("The council plans to open the Orrin footbridge.", "open", "open", "expected"),
        ("A bakery opened in Skelby.", "opened", "open", "actual"),
        ("The council could open the Orrin footbridge.", "open", "open", "possible"),
    ],
)
def test_what_is_no_fulfilment(sentence: str, trigger: str, predicate: str, realis: str) -> None:
    report = Report("x", "2024-05-11").say(sentence).happened(trigger, predicate, None, realis).file()  # type: ignore[arg-type]
    assert row([bridge_announced(), report], "2024-05-11").outcome.status in ("missed", "overdue")


def test_different_events_on_one_day_are_two_rows() -> None:
    other = (
        Report("c", "2024-05-07")
        .say("Anna Holt will appear in court on Friday.")
        .expects("appear", "appear", "Anna Holt appears in court", days("2024-05-10"))
        .file()
    )
    assert len(ledger("s", [bridge_announced(), other], day("2024-05-08"))) == 2


def test_an_expectation_without_days_stays_open() -> None:
    report = (
        Report("v", "2024-05-01")
        .say("The union vowed to fight the closure.")
        .expects("fight", "fight", "the union fights the closure", None, "the union", "certain")
        .file()
    )
    assert row([report], "2030-01-01").outcome.status == "open"


POOL = [
    bridge_announced(),
    bridge_put_off(),
    bridge_called_off(),
    bridge_opened("2024-05-21", "2024-05-20"),
    bridge_opened(),
]


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, len(POOL) - 1), min_size=1), st.integers(0, 20))
def test_a_view_as_of_a_day_is_the_view_of_the_reports_up_to_it(chosen: set[int], after: int) -> None:
    filed = [POOL[i] for i in sorted(chosen)]
    as_of = date(2024, 5, 5) + timedelta(days=after)
    assert ledger("s", filed, as_of) == ledger("s", [f for f in filed if f.article.published <= as_of], as_of)
    for entry in ledger("s", filed, as_of):
        shown = [s.evidence for s in entry.sources] + (
            [entry.outcome.evidence] if entry.outcome.evidence else []
        )
        assert all(e.published <= as_of for e in shown)


def test_ids_stay_when_later_reports_come() -> None:
    early = ledger("s", POOL[:1], day("2024-05-06"))[0].id
    assert early in {e.id for e in ledger("s", POOL, day("2024-06-01"))}


def test_the_order_of_the_reports_given_does_not_matter() -> None:
    assert ledger("s", POOL, day("2024-06-01")) == ledger("s", POOL[::-1], day("2024-06-01"))


@given(st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=40, deadline=None)
def test_rows_of_the_same_articles_can_be_brought_to_another_day(first: int, second: int) -> None:
    start = day("2024-05-15")
    stories = (
        [bridge_announced()],
        [bridge_announced(), bridge_put_off()],
        [bridge_announced(), bridge_opened()],
        [bridge_announced(), bridge_called_off()],
    )
    for filed in stories:
        a, b = start + timedelta(days=first), start + timedelta(days=second)
        assert on_day(ledger("s", filed, a), b) == ledger("s", filed, b)


def captain_to_be_tried() -> Filed:
    return (
        Report("t", "2024-05-06")
        .say("Captain Sergey Malen will go on trial in Skelby, prosecutors said.")
        .expects("go", "go", "Captain Sergey Malen goes on trial in Skelby", None, "prosecutors", "certain")
        .file()
    )


@pytest.mark.parametrize(
    ("sentence", "trigger", "predicate"),
    [
        ("The trial of a baker over spoiled flour opened in Orrin.", "opened", "open"),
        ("Captain Sergey Malen will go on trial in Skelby, prosecutors said.", "said", "say"),
        ("Captain Sergey Malen told the court of his trial runs.", "told", "tell"),
        ("Malen appeared calm.", "appeared", "appear"),
        ("Skelby spoke of the trial.", "trial", "trial"),
    ],
)
def test_without_days_a_sentence_about_something_else_settles_nothing(
    sentence: str, trigger: str, predicate: str
) -> None:
    later = Report("x", "2024-05-20").say(sentence).happened(trigger, predicate).file()
    assert row([captain_to_be_tried(), later], "2024-05-21").outcome.status == "open"


def test_without_days_the_same_doing_by_the_same_people_settles_it() -> None:
    later = (
        Report("x", "2024-05-20")
        .say("Captain Sergey Malen went on trial in Skelby.")
        .happened("went", "go")
        .file()
    )
    assert row([captain_to_be_tried(), later], "2024-05-21").outcome.status == "met"


def test_what_falls_or_collapses_is_not_called_off() -> None:
    later = Report("x", "2024-05-08").say("Support for the Orrin council dropped.").happened("dropped", "drop").file()  # fmt: skip
    assert row([bridge_announced(), later], "2024-05-12").outcome.status == "overdue"


def test_another_event_of_the_kind_long_before_the_days_settles_nothing() -> None:
    report = (
        Report("c", "2024-05-06")
        .say("The Orrin fair will open on 30 June.")
        .expects("open", "open", "The Orrin fair opens", days("2024-06-30"))
        .file()
    )
    other = bridge_opened("2024-05-11", "2024-05-10")
    assert row([report, other], "2024-05-12").outcome.status == "open"
