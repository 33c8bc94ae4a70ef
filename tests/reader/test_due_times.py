"""Which time an announcement falls due at, and whether that looks ahead or back."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dateline.reader import due_times
from dateline.records import Interval, TimeExpression
from tests.reader.analyses import announcement, document, place, time, with_announcements


def tree(*rows: str) -> str:
    return "\n".join(rows)


def chosen(
    text: str,
    rows: str,
    word: str,
    times: list[TimeExpression],
    *,
    published: str = "2024-05-08",
    **more: Any,
) -> tuple[str, str] | None:
    """The days chosen for the announcement `word`."""
    made = document(text, rows, published=published)
    made = with_announcements(made, [announcement(made, word, **more)])
    where = place(made, word)
    (announced,) = made.clauses[where.sentence].analysis.announcements
    found: Interval | None = due_times.choose(made, times, where.sentence, announced)
    return (found.start.isoformat(), found.end.isoformat()) if found else None


OPENS = "The gate opens {}."
OPENS_TREE = "The DET det gate\ngate NOUN nsubj opens\nopens VERB root - open\n{}\n. PUNCT punct opens"


@pytest.mark.parametrize(
    ("told", "rows", "times", "last"),
    [
        (
            "from Monday to Friday",
            "from ADP case Monday\nMonday PROPN obl opens\nto ADP case Friday\nFriday PROPN nmod Monday",
            {"Monday": "2024-05-13", "Friday": "2024-05-17"},
            "2024-05-17",
        ),
        (
            "on Monday and Tuesday",
            "on ADP case Monday\nMonday PROPN obl opens\nand CCONJ cc Tuesday\nTuesday PROPN conj Monday",
            {"Monday": "2024-05-13", "Tuesday": "2024-05-14"},
            "2024-05-14",
        ),
        (
            "on Monday not Tuesday",
            "on ADP case Monday\nMonday PROPN obl opens\nnot PART advmod Tuesday\nTuesday PROPN conj Monday",
            {"Monday": "2024-05-13", "Tuesday": "2024-05-14"},
            "2024-05-13",
        ),
    ],
)
def test_days_in_one_row_are_due_from_the_first_to_the_last(
    told: str, rows: str, times: dict[str, str], last: str
) -> None:
    text = OPENS.format(told)
    found = [time(text, word, day, day) for word, day in times.items()]
    days = chosen(text, OPENS_TREE.format(rows), "opens", found, time="Monday")
    assert days == ("2024-05-13", last)


def test_between_now_and_a_day_begins_with_the_report() -> None:
    text = OPENS.format("between now and Friday")
    rows = "between ADP case now\nnow ADV obl opens\nand CCONJ cc Friday\nFriday PROPN conj now"
    times = [
        time(text, "now", "PRESENT_REF", "2024-05-08"),
        time(text, "Friday", "2024-05-17", "2024-05-17"),
    ]
    assert chosen(text, OPENS_TREE.format(rows), "opens", times, time="Friday") == (
        "2024-05-08",
        "2024-05-17",
    )


def test_what_is_not_expected_until_a_day_ends_on_the_day_before() -> None:
    text = OPENS.format("until Friday")
    friday = time(text, "Friday", "2024-05-17", "2024-05-17")
    rows = OPENS_TREE.format("until ADP case Friday\nFriday PROPN obl opens")
    days = chosen(text, rows, "opens", [friday], time="Friday", negated=0.9)
    assert days == ("2024-05-08", "2024-05-16")


def test_no_later_than_is_a_limit() -> None:
    text = OPENS.format("no later than Friday")
    friday = time(text, "Friday", "2024-05-17", "2024-05-17")
    rows = OPENS_TREE.format(
        "no ADV advmod later\nlater ADV advmod Friday\nthan ADP case Friday\nFriday PROPN obl opens"
    )
    assert chosen(text, rows, "opens", [friday], time="Friday") == ("2024-05-08", "2024-05-17")


IN_MAY = OPENS.format("in March")
IN_MAY_TREE = OPENS_TREE.format("in ADP case March\nMarch PROPN obl opens")


def test_a_month_that_is_long_over_is_that_of_the_next_year() -> None:
    """The calendar took "March" for the one before the report."""
    march = time(IN_MAY, "March", "2024-03", "2024-03-01", "2024-03-31")
    assert chosen(IN_MAY, IN_MAY_TREE, "opens", [march], time="March", published="2024-11-08") == (
        "2025-03-01",
        "2025-03-31",
    )


def test_a_year_that_is_told_is_not_moved() -> None:
    text = OPENS.format("in March 2024")
    rows = OPENS_TREE.format("in ADP case March\nMarch PROPN obl opens\n2024 NUM nummod March")
    march = time(text, "March 2024", "2024-03", "2024-03-01", "2024-03-31")
    days = chosen(text, rows, "opens", [march], time="March", published="2024-04-03")
    assert days in (("2024-03-01", "2024-03-31"), None)


def test_a_time_of_the_same_predicate_is_taken_before_one_that_the_arc_likes_as_well() -> None:
    text = "The gate opens Friday after talks on Monday."
    rows = tree(
        "The DET det gate", "gate NOUN nsubj opens", "opens VERB root - open", "Friday PROPN obl opens",
        "after ADP case talks", "talks NOUN obl opens", "on ADP case Monday", "Monday PROPN nmod talks", ". PUNCT punct opens",
    )  # fmt: skip
    made = document(text, rows)
    made = with_announcements(made, [announcement(made, "opens", time="Friday")])
    (announced,) = made.clauses[0].analysis.announcements
    times = [
        time(text, "Friday", "2024-05-10", "2024-05-10"),
        time(text, "Monday", "2024-05-13", "2024-05-13"),
    ]
    none, friday, monday = due_times.candidates(made, times, 0, announced)
    at = due_times.SIGNS.index
    assert none.value is None
    assert (friday.signs[at("own clause")], friday.signs[at("behind")]) == (1, 1)
    assert friday.signs[at("arc")] > monday.signs[at("arc")]


def test_signs_are_finite_and_one_a_name() -> None:
    text = OPENS.format("Friday")
    made = document(text, OPENS_TREE.format("Friday PROPN obl opens"))
    made = with_announcements(made, [announcement(made, "opens")])
    (announced,) = made.clauses[0].analysis.announcements
    for candidate in due_times.candidates(
        made, [time(text, "Friday", "2024-05-10", "2024-05-10")], 0, announced
    ):
        assert len(candidate.signs) == len(due_times.SIGNS)
        assert all(map(math.isfinite, candidate.signs))
