"""What holds of any text, and how expressions are anchored."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reader.calendar import find
from dateline.records import TimeExpression
from tests.stopwatch import grows_with_the_size

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
    "piece",
    [
        "7",
        "-",
        "next ",
        "May March ",
        "hundred and ",
        "the day after the ",
        "3, ",
        "\n \t",
        "Monday, Tuesday and ",
        "is on Monday 11, ",
        "polls open ",
        "from May 3 to 15 June - ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    assert grows_with_the_size(lambda size: find((piece * size)[:size], date(2024, 3, 1)), 8_000, 64_000)


EDGES = st.sampled_from(
    [date.min, date(1, 1, 2), date(1, 1, 31), date(9999, 12, 1), date(9999, 12, 30), date.max]
)


@given(st.lists(WORDS, max_size=12).map(" ".join), EDGES)
@settings(max_examples=200, deadline=None)
def test_the_edges_of_the_calendar_are_taken(text: str, published: date) -> None:
    _check(text, find(text, published, explain=True))


@pytest.mark.parametrize("published", [date.min, date(9999, 12, 30)])
def test_days_beyond_the_calendar_are_left_out(published: date) -> None:
    text = "He had said that the Monday would do. Friday, 5. Next week, last month, in two years and a decade ago."
    for found in find(text, published):
        assert found.interval is None or date.min <= found.interval.start <= found.interval.end <= date.max


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # arrangements, told in the present
        ("The count, in June, is the last of its kind.", ["2024-06"]),
        ("The mayor said on Monday that the ruling is on Friday.", ["2024-03-04", "2024-03-08"]),
        ("Ferries run on Saturday and resume in May.", ["2024-03-09", "2024-05"]),
        ("The mayor was in court on Tuesday.", ["2024-03-05"]),
        ("The council gave the yard until Friday to reply.", ["2024-03-08"]),
        ("Bids must be in by close of business Thursday.", ["2024-03-07"]),
        # ranges
        ("It is shut from 4 to 7 April.", ["2024-04-04/2024-04-07"]),
        ("It is shut April 4 through 7.", ["2024-04-04/2024-04-07"]),
        ("The fair is on Sept 26-27.", ["2024-09-26/2024-09-27"]),
        ("The weir stood from 2003 to 2007, in the 1998-2003 plan and the 2010-12 drought.",
         ["2003", "2007", "1998/2003", "2010/2012"]),
        ("It was shut from Friday to Monday.", ["2024-03-01", "2024-03-04"]),
        ("It will be shut from Nov. 28 to Jan. 3.", ["2024-11-28", "2025-01-03"]),
        # lists
        ("Plays are on Monday 8, Tuesday 9 and Friday 12 April.", ["2024-04-08", "2024-04-09", "2024-04-12"]),
        ("They met on 2, 4, 5 and 9 February.", ["2024-02-02", "2024-02-04", "2024-02-05", "2024-02-09"]),
        # clock and day
        ("Doors open on Friday at 7.30pm.", ["2024-03-08T19:30"]),
        ("The mast fell at 23:40 GMT on Tuesday.", ["2024-03-05T23:40"]),
        ("Doors open at 3pm on Friday, 15 March.", ["2024-03-15T15:00"]),
        # within a longer time
        ("A ruling is due in the second week of April.", ["2024-W15"]),
        ("The fair is on the first weekend of June.", ["2024-W22-WE"]),
        ("It fell on the last day of 2022.", ["2022-12-31"]),
        # a dash between spaces joins nothing
        ("It will open next year – a first here.", ["2025"]),
        ("It will open next year - a first here.", ["2025"]),
        ("It will open next week -- a first here.", ["2024-W11"]),
        # business
        ("Sales rose in Q4 and will rise in fiscal Q2 2025.", ["2023-Q4", "2025-Q2"]),
        ("Sales rose in the third fiscal quarter of 2023.", ["2023-Q3"]),
        ("Profit for the year to June fell.", ["2024", "2023-06"]),
        # names and counts are no times
        ("The minister spoke on Radio 4 Today.", []),
        ("Some 90 goats and 1920 sheep were led off.", []),
        ("Trains are free over the Easter weekend.", ["2024-03-31"]),
        ("He will be home in two weeks' time.", ["2024-W12"]),
        ("The odds went from 12 to 15.", []),
    ],
)  # fmt: skip
def test_kinds_that_news_has(text: str, expected: list[str]) -> None:
    """Read on a Wednesday in March."""
    assert values(text, "2024-03-06") == expected


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
