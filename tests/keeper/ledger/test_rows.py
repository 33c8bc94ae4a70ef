"""One row an expectation: what is joined, what replaces, what stays apart."""

from __future__ import annotations

import pytest

from dateline.keeper.ledger.asking import judged
from dateline.keeper.ledger.claims import claims, order
from dateline.keeper.ledger.rows import Row, joined, parted
from dateline.keeper.ledger.sameness import grouped
from dateline.records import StoryArticle
from tests.keeper.ledger import bridge
from tests.keeper.stories_by_hand import Report, TableJudge, days


def rows(judge: TableJudge | None, *filed: StoryArticle) -> list[Row]:
    known = sorted(filed, key=order)
    voiced = list(claims(known))
    found = parted(voiced, grouped(voiced, judge))
    return list(joined(found, judged(known, voiced, found, judge)))


def sources(found: list[Row]) -> list[list[str]]:
    return [[c.filed.article.id for c in row.claims] for row in found]


def fair() -> StoryArticle:
    """Something else of the same day and the same holder."""
    report = Report("f", "2024-05-07").say(
        "The mayor told Radio Orrin that the spring fair is to be held on Friday."
    )
    return report.expects(
        "held", "hold", "the spring fair is held by the mayor", bridge.FRIDAY, "the mayor"
    ).file()


def test_the_same_in_other_words_is_one_row_and_something_else_of_the_day_another() -> None:
    found = rows(bridge.JUDGE, bridge.announced(), bridge.repeated(), fair())
    assert sources(found) == [["a", "b"], ["f"]]
    assert sources(rows(None, bridge.announced(), fair())) == [["a"], ["f"]]


def test_new_days_replace_the_old_ones_only_where_the_judge_says_so() -> None:
    first, second = rows(TableJudge(), bridge.announced(), bridge.put_off())
    assert second.revises is None
    assert first.revised_by == []


def test_the_same_words_need_no_judge() -> None:
    found = rows(None, bridge.announced(), bridge.announced("2024-05-07", "a2"))
    assert sources(found) == [["a", "a2"]]


def test_a_sentence_that_a_report_repeats_is_one_row() -> None:
    words = "The Orrin footbridge will open on Friday."
    twice = Report("t", "2024-05-06")
    for _ in range(2):
        twice.say(words).expects("open", "open", "The Orrin footbridge opens", bridge.FRIDAY)
    assert sources(rows(None, twice.file())) == [["t", "t"]]


def test_a_new_day_revises() -> None:
    first, second = rows(bridge.JUDGE, bridge.announced(), bridge.put_off())
    assert second.revises is first
    assert first.revised_by == [second]


def again(name: str, published: str, on: str) -> StoryArticle:
    report = Report(name, published).say(f"The Orrin footbridge is still to open ({name}).")
    return report.expects("open", "open", "The Orrin footbridge opens", days(on)).file()


def test_what_repeats_the_new_day_joins_it_and_a_third_day_revises_the_second() -> None:
    judge = TableJudge({("will * open", "now"): "moved", ("open *", "still"): "again"})
    found = rows(judge, bridge.announced(), bridge.put_off(), again("c", "2024-05-12", "2024-05-20"))
    assert sources(found) == [["a"], ["new-day", "c"]]
    found = rows(judge, bridge.announced(), bridge.put_off(), again("d", "2024-05-12", "2024-06-20"))
    assert sources(found) == [["a"], ["new-day"], ["d"]]
    assert found[2].revises is found[1]


def test_days_told_from_two_zones_are_one_day() -> None:
    judge = TableJudge({("open *", "still"): "again"})
    assert sources(rows(judge, bridge.announced(), again("c", "2024-05-07", "2024-05-11"))) == [["a", "c"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31"), ("0001-01-01", "9999-12-31")],
)
def test_days_at_the_ends_of_the_calendar_are_compared(first: str, second: str) -> None:
    judge = TableJudge({("open *", "still"): "again"})
    found = rows(judge, again("c", first, first), again("d", second, second))
    near = first[:4] == second[:4]
    assert sources(found) == ([["c", "d"]] if near else [["c"], ["d"]])


def test_of_two_things_in_one_sentence_the_one_that_is_meant_repeats() -> None:
    both = (
        Report("b", "2024-05-07")
        .say("Holt will give a speech and the footbridge will open on Friday.")
        .expects("give", "give", "Holt gives a speech", bridge.FRIDAY)
        .expects("open", "open", "the footbridge opens", bridge.FRIDAY)
        .file()
    )
    found = rows(TableJudge({("will * open", "speech"): "again"}), bridge.announced(), both)
    assert [[c.predicate for c in row.claims] for row in found] == [["open", "open"], ["give"]]


def test_two_things_in_one_sentence_are_never_one() -> None:
    report = Report("b", "2024-05-08").say("The fair was to open and to close on Monday, and closed.")
    report.expects("open", "open", "The fair opens", days("2024-05-06")).happened("closed", "close")
    report.expects("close", "close", "The fair closes", days("2024-05-06"))
    assert len(rows(TableJudge({("fair", "fair"): "again"}), report.file())) == 2


def test_what_is_expected_not_to_be_is_a_row_of_its_own() -> None:
    report = Report("n", "2024-05-07").say("The Orrin footbridge will not open on Friday.")
    denied = report.expects("open", "open", "The Orrin footbridge does not open", bridge.FRIDAY, negated=True)
    judge = TableJudge({("will * open", "will not"): "again"})
    assert len(rows(judge, bridge.announced(), denied.file())) == 2


def test_a_source_without_a_day_does_not_take_the_day_from_its_row() -> None:
    vague = Report("v", "2024-05-07").say("The Orrin footbridge is still to open.")
    vague.expects("open", "open", "The Orrin footbridge opens", None)
    (row,) = rows(TableJudge({("will * open", "still"): "again"}), bridge.announced(), vague.file())
    assert row.due == bridge.FRIDAY


def test_an_id_is_made_of_the_first_report() -> None:
    (alone,) = rows(bridge.JUDGE, bridge.announced())
    joined_, _ = rows(bridge.JUDGE, bridge.announced(), bridge.repeated(), fair())
    assert alone.id == joined_.id
    assert len(alone.id) == 12


def test_what_two_words_of_a_sentence_announce_in_the_same_words_is_one_row() -> None:
    event = "Talks on the footbridge will resume"
    report = Report("t", "2024-05-06").say("Talks on the footbridge will resume on Friday.")
    report.expects("Talks", "talk", event, bridge.FRIDAY, score=0.8)
    report.expects("resume", "resume", event, bridge.FRIDAY, score=0.9)
    report.expects("resume", "resume", event, None, score=0.95)
    report.expects("resume", "resume", event, bridge.FRIDAY, negated=True)
    found = rows(None, report.file())
    assert [(c.expectation.predicate, c.expectation.negated) for row in found for c in row.claims] == [
        ("resume", False),
        ("resume", True),
    ]
    assert found[0].due == bridge.FRIDAY
