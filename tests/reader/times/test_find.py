"""What holds of any text, and how expressions are anchored."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reader.times import find
from dateline.records import TimeExpression

WORD_LIST = (
    "Monday May March 3 31 1999 2024 the a last next this week month year days ago later of in by on until , - . ' s : % $ "
    "first third quarter half early late mid end two hundred 2024-02-30 31/12/2021 99/99/99 10:30 25:61 p.m. noon "
    "century decade 1960s '80s Easter Thanksgiving every daily now fiscal Q5 W53 2021-W60 fortnight 9999 0000 \n\n ٣ ½ é "
    "a . m . midnight Sunday morning before after from to and or 12345678901234567890"
)
WORDS = st.sampled_from(WORD_LIST.split(" "))
DATES = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
VALUE = re.compile(
    r"""(?:PAST|PRESENT|FUTURE)_REF
      | P(?:T)?(?:X|[\d.]+)[A-Z]{1,2}(?:T?(?:X|[\d.]+)[A-Z]{1,2})?
      | P\d+Y\d+M
      | (?:\d{2,4}|\d{4}-\d\d|\d{4}-\d\d-\d\d|\d{4}-W\d\d(?:-WE)?|\d{4}-[QH]\d|\d{4}-(?:SP|SU|FA|WI))
        (?:T(?:MO|AF|EV|NI|DT|\d\d:\d\d(?::\d\d)?Z?))?
      | \d{4}(?:-\d\d-\d\d)?/\d{4}(?:-\d\d-\d\d)?
      | XXXX-(?:\d\d|WXX-\d|WXX-WE|SP|SU|FA|WI|XX-XX)(?:T[A-Z]{2})?""",
    re.VERBOSE,
)


def _check(text: str, times: list[TimeExpression]) -> None:
    position = 0
    for found in times:
        assert found.span.start >= position
        assert found.span.start < found.span.end
        position = found.span.end
        assert found.span.of(text) == found.text
        assert VALUE.fullmatch(found.value), found
        if found.interval is not None:
            assert found.interval.start <= found.interval.end


@given(st.text(), DATES)
@settings(max_examples=150, deadline=None)
def test_any_text_is_taken(text: str, published: date) -> None:
    _check(text, find(text, published))


@given(st.lists(WORDS, max_size=30).map(" ".join), DATES)
@settings(max_examples=300, deadline=None)
def test_words_of_time_in_any_order(text: str, published: date) -> None:
    _check(text, find(text, published, explain=True))


@pytest.mark.parametrize(
    "piece", ["7", "-", "next ", "May March ", "hundred and ", "the day after the ", "3, ", "\n \t"]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        started = time.process_time()
        find(text, date(2024, 3, 1))
        return time.process_time() - started

    seconds(1_000)
    # the best of three: a collection of garbage may fall into any one
    small, large = (min(seconds(size) for _ in range(3)) for size in (20_000, 80_000))
    assert large < 12 * max(small, 0.01)


def values(text: str, published: str) -> list[str]:
    return [found.value for found in find(text, date.fromisoformat(published))]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The bridge reopened on Thursday.", "2022-09-29", "2022-09-29"),
        ("Engineers said Monday that the bridge was safe.", "2022-09-29", "2022-09-26"),
        ("The council will vote on Monday.", "2022-09-29", "2022-10-03"),
        ("The council is to vote on Monday.", "2022-09-29", "2022-10-03"),
        ("The vote is scheduled for Monday.", "2022-09-29", "2022-10-03"),
        ("The teams were to play on Monday, but did not.", "2022-09-29", "2022-09-26"),
        ("The minister said on Tuesday that the vote will be held on Monday.", "2022-09-29", "2022-09-27"),
        ("Rents rose in September.", "2022-10-03", "2022-09"),
        ("The rise takes effect in March and rents will fall in June.", "2022-10-03", "2023-03"),
        ("They signed it on 3 January.", "2022-10-03", "2022-01-03"),
        ("They signed it on 27 December.", "2022-01-03", "2021-12-27"),
        ("The dam was built in 1964.", "2022-01-03", "1964"),
    ],
)
def test_the_tense_tells_which_way(text: str, published: str, expected: str) -> None:
    assert values(text, published)[0] == expected


def test_later_days_are_counted_from_the_time_in_focus() -> None:
    text = "The ferry sank on 5 March 2024. Two days later divers found it. The following day the captain was held."
    assert values(text, "2024-06-01") == ["2024-03-05", "2024-03-07", "2024-03-08"]


def test_days_in_figures_follow_their_neighbours() -> None:
    assert values("Filed 25/12/2021 and again 03/04/2022.", "2022-05-01") == ["2021-12-25", "2022-04-03"]
    assert values("Filed 12/25/2021 and again 03/04/2022.", "2022-05-01") == ["2021-12-25", "2022-03-04"]


def test_a_dateline_is_a_day() -> None:
    assert values("HOLMVIK, Oct 3 (NWA) - The harbour froze.", "2023-10-03") == ["2023-10-03"]


@pytest.mark.parametrize(
    "text",
    [
        "You may march for a second time.",
        "He is 47 and has 1,990 sheep.",
        "A 60-year-old woman, aged 60, won 2-1.",
        "She won $2000 on flight 1920.",
        "Winds of 90 miles an hour.",
    ],
)
def test_plain_numbers_and_words_are_left_alone(text: str) -> None:
    assert values(text, "2023-10-03") == []


def test_an_explanation_names_rule_and_anchor() -> None:
    (found,) = find("It opens next week.", date(2024, 3, 5), explain=True)
    assert found.rule == "relative: this, last or next unit"
    assert found.anchor == "the document's date, 2024-03-05"
    assert find("It opens next week.", date(2024, 3, 5))[0].rule is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It will be ratified next week.", "2022-10-03", "2022-10-09"),
        ("It will be ratified early next week.", "2022-10-03", "2022-10-05"),
        ("It will open in early November.", "2022-11-01", "2022-11-10"),
        ("It will open in mid-November.", "2022-11-11", "2022-11-20"),
        ("It will open in late November.", "2022-11-21", "2022-11-30"),
        ("It closed two weeks ago.", "2022-09-12", "2022-09-18"),
        ("It closed in 2014.", "2014-01-01", "2014-12-31"),
        ("It will open in a fortnight.", "2022-10-14", "2022-10-14"),
        ("It will open this weekend.", "2022-10-01", "2022-10-02"),
        ("It will open in the spring.", "2023-03-01", "2023-05-31"),
    ],
)
def test_the_days_covered(text: str, start: str, end: str) -> None:
    (found,) = find(text, date(2022, 9, 30))
    assert found.interval is not None
    assert (found.interval.start.isoformat(), found.interval.end.isoformat()) == (start, end)
