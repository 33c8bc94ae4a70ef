"""Where reports disagree, and where they only seem to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.keeper import counts
from dateline.keeper.disagreements import find
from dateline.records import Filed
from tests.keeper.stories_by_hand import Report, day, days

LATE = day("2030-01-01")


def report(name: str, published: str, *sentences: str) -> Filed:
    made = Report(name, published)
    for sentence in sentences:
        made.say(sentence)
    return made.file()


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("The blast killed 14 people.", "dead", 14),
        ("At least twenty-six miners are missing.", "missing", 26),
        ("Some 30,000 people lined the hills.", "crowd", 30_000),
        ("Police arrested two hundred protesters.", "arrested", 200),
        ("The fire took one life.", "dead", 1),
        ("Three sailors were injured.", "injured", 3),
    ],
)
def test_counts_are_read_with_what_they_count(sentence: str, kind: str, value: float) -> None:
    assert [(c.kind, c.value) for c in counts.find(sentence)] == [(kind, value)]


@pytest.mark.parametrize(
    "sentence",
    [
        "She died in 1998.",
        "Anna Holt, 44, was killed.",
        "He was killed on March 4.",
        "The strike lasted 12 days.",
        "The dead man was 60 years old.",
    ],
)
def test_years_ages_and_days_are_no_counts(sentence: str) -> None:
    assert counts.find(sentence) == []


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("killed 48 people", "killed nearly 50 people", True),
        ("4,100 people marched", "about 4,000 people marched", True),
        ("killed at least 12 people", "killed 15 people", True),
        ("killed 21 people", "killed at least 48 people", False),
        ("killed 31 people", "killed 32 people", False),
        ("8,000 people marched", "20,000 people marched", False),
    ],
)
def test_hedges_and_round_numbers_are_allowed_for(a: str, b: str, agree: bool) -> None:
    assert counts.agree(counts.find(a)[0], counts.find(b)[0]) is agree


def test_two_tolls_on_one_day_disagree() -> None:
    rows = find("s", [report("a", "2024-05-06", "The blast killed 14 people."), report("b", "2024-05-06", "The blast killed at least 20 people.")], LATE)  # fmt: skip
    assert [[v.evidence.source for v in r.values] for r in rows] == [["a", "b"]]
    assert [v.value for v in rows[0].values] == ["14", "at least 20"]


def test_a_toll_that_rises_on_later_days_is_none() -> None:
    filed = [
        report("a", "2024-05-06", "The blast killed 14 people."),
        report("b", "2024-05-08", "The blast killed 20 people."),
    ]
    assert find("s", filed, LATE) == []


def test_a_copy_counts_once_and_a_newer_version_replaces_the_older() -> None:
    first = report("a", "2024-05-06", "The blast killed 14 people.")
    copy = Filed(report("b", "2024-05-06", "The blast killed 41 people.").reading, duplicate_of="a")
    newer = Filed(report("c", "2024-05-06", "The blast killed 20 people.").reading, revision_of="a")
    assert find("s", [first, copy], LATE) == []
    assert find("s", [first, newer], LATE) == []


def test_two_sources_in_one_report() -> None:
    one = report(
        "a",
        "2024-05-06",
        "Some 30,000 people watched the race, the organisers said; the police put the figure at 12,000.",
    )
    two = report(
        "b",
        "2024-05-06",
        "Police said that 8,000 people had marched; the union said that 20,000 people had marched.",
    )
    assert [v.value for v in find("s", [one], LATE)[0].values] == ["Some 30,000", "12,000"]
    assert [v.value for v in find("s", [two], LATE)[0].values] == ["8,000", "20,000"]


def test_another_accident_is_not_compared() -> None:
    filed = [
        report("a", "2024-05-06", "The blast killed 14 people."),
        report("b", "2024-05-06", "The last such accident, in 1987, killed four people."),
    ]
    assert find("s", filed, LATE) == []


def collapse(name: str, sentence: str, on: str, published: str = "2024-05-09") -> Filed:
    return Report(name, published).say(sentence).happened("collapsed", "collapse", days(on)).file()


def test_two_days_for_one_collapse() -> None:
    filed = [
        collapse("a", "The Skelby viaduct collapsed on Tuesday.", "2024-05-07"),
        collapse("b", "The Skelby viaduct collapsed before dawn on Wednesday.", "2024-05-08"),
    ]
    assert [r.about for r in find("s", filed, LATE)] == ["day: collapse"]
    assert (
        find("s", [filed[0], collapse("c", "The Skelby viaduct collapsed on Tuesday.", "2024-05-07")], LATE)
        == []
    )


def signing(name: str, sentence: str) -> Filed:
    return Report(name, "2024-05-09").say(sentence).happened("signed", "sign", days("2024-05-08")).file()


def test_two_venues_for_one_signing() -> None:
    filed = [
        signing("a", "Mayor Holt signed the harbour deal in the Lantern Hall."),
        signing("b", "Mayor Holt signed the harbour deal in the Mill Street Library."),
    ]
    rows = find("s", filed, LATE)
    assert [r.about for r in rows] == ["place: sign"]
    assert [v.value for v in rows[0].values] == ["Lantern Hall", "Mill Street Library"]
    assert (
        find(
            "s",
            [filed[0], signing("c", "Mayor Holt signed the harbour deal in the Lantern Hall of Skelby.")],
            LATE,
        )
        == []
    )


@given(st.integers(6, 12))
def test_a_view_as_of_a_day_is_the_view_of_the_reports_up_to_it(last: int) -> None:
    filed = [
        report("a", "2024-05-06", "The blast killed 14 people."),
        report("b", "2024-05-06", "The blast killed at least 20 people."),
        collapse("c", "The Skelby viaduct collapsed on Tuesday.", "2024-05-07"),
        collapse("d", "The Skelby viaduct collapsed before dawn on Wednesday.", "2024-05-08", "2024-05-10"),
    ]
    as_of = day(f"2024-05-{last:02}")
    assert find("s", filed, as_of) == find("s", [f for f in filed if f.article.published <= as_of], as_of)


def test_values_slice_back_to_their_article() -> None:
    filed = [
        report("a", "2024-05-06", "Rain fell.", "The blast killed 14 people."),
        report("b", "2024-05-06", "The blast killed at least 20 people."),
    ]
    texts = {f.article.id: f.article.text for f in filed}
    for row in find("s", filed, LATE):
        for value in row.values:
            assert value.evidence.span.of(texts[value.evidence.article]) == value.evidence.text
            assert value.value in value.evidence.text
