"""Where reports disagree, where they only seem to, and how a person is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.keeper import stated_values
from dateline.keeper.disagreements import find, is_shown
from dateline.keeper.ledger.claims import passages
from dateline.records import Disagreement, StoryArticle
from tests.keeper.stories_by_hand import Report, TableJudge, day, days

LATE = day("2030-01-01")
DIFFERS = TableJudge(facts={("", ""): ("differs", 0.9)})


def toll(
    name: str, published: str, number: str, value: float, hedge: str | None = None, on: str | None = "2024-05-05"
) -> StoryArticle:  # fmt: skip
    report = Report(name, published).say(f"The blast in Skelby on Sunday killed {number} people.")
    count = report.counted(f"{number} people", value, role="dead", hedge=hedge)
    report.happened("blast", "blast", place="Skelby")
    return report.happened(
        "killed", "kill", days(on) if on else None, counts=(count,), agent="The blast"
    ).file()


def rows(*filed: StoryArticle, judge: TableJudge = DIFFERS) -> list[Disagreement]:
    return find("s", filed, LATE, judge)


def values(found: list[Disagreement]) -> list[list[str]]:
    return [[v.value for v in row.values] for row in found]


def test_two_tolls_are_one_row_with_a_value_a_source_and_a_question() -> None:
    (row,) = rows(toll("a", "2024-05-06", "14", 14), toll("b", "2024-05-06", "20", 20))
    assert row.about == "How many died in the blast in Skelby on 5 May?"
    assert row.day == day("2024-05-05")
    assert [(v.value, v.evidence.source) for v in row.values] == [("14 people", "a"), ("20 people", "b")]
    assert row.score == 0.9


def test_a_third_report_joins_the_row_and_a_value_said_twice_counts_once() -> None:
    twice = Report("c", "2024-05-06").say("The blast in Skelby on Sunday killed 14 people.")
    for _ in range(2):
        if len(twice.events):
            twice.say("The blast on Sunday in Skelby killed 14 people, police said.")
        twice.happened(
            "killed", "kill", days("2024-05-05"), counts=(twice.counted("14 people", 14, role="dead"),)
        )
    found = rows(toll("a", "2024-05-06", "14", 14), toll("b", "2024-05-06", "20", 20), twice.file())
    assert [[v.evidence.source for v in r.values] for r in found] == [["a", "b", "c"]]


def test_without_a_judge_or_where_it_finds_none_there_is_none() -> None:
    filed = [toll("a", "2024-05-06", "14", 14), toll("b", "2024-05-06", "20", 20)]
    assert find("s", filed, LATE) == []
    for answer in ("same", "update", "other"):
        assert find("s", filed, LATE, TableJudge(facts={("", ""): answer})) == []  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("a", "b", "asked"),
    [
        (("48", 48, None), ("nearly 50", 50, "nearly"), False),
        (("4,100", 4100, None), ("about 4,000", 4000, "about"), False),
        (("at least 12", 12, "at least"), ("15", 15, None), False),
        (("21", 21, None), ("at least 48", 48, "at least"), True),
        (("31", 31, None), ("32", 32, None), True),
        (("8,000", 8000, None), ("20,000", 20000, None), True),
    ],
)
def test_hedges_and_round_numbers_are_allowed_for(
    a: tuple[str, float, str | None], b: tuple[str, float, str | None], asked: bool
) -> None:
    judge = TableJudge()
    rows(toll("a", "2024-05-06", *a), toll("b", "2024-05-06", *b), judge=judge)
    assert bool(judge.asked) is asked


def test_the_values_are_marked_for_the_judge() -> None:
    judge = TableJudge()
    rows(toll("a", "2024-05-06", "14", 14), toll("b", "2024-05-07", "20", 20), judge=judge)
    assert judge.asked == [
        ("2024-05-06: The blast in Skelby on Sunday killed * 14 people * .",
         "2024-05-07: The blast in Skelby on Sunday killed * 20 people * .")
    ]  # fmt: skip


def test_a_toll_days_later_has_changed() -> None:
    judge = TableJudge()
    rows(toll("a", "2024-05-06", "14", 14), toll("b", "2024-05-09", "20", 20), judge=judge)
    assert judge.asked == []


def test_a_copy_adds_nothing_and_a_newer_version_stands_for_the_older() -> None:
    first = toll("a", "2024-05-06", "14", 14)
    copy = StoryArticle(toll("b", "2024-05-06", "41", 41).reading, duplicate_of="a")
    newer = StoryArticle(toll("c", "2024-05-06", "20", 20).reading, revision_of="a")
    assert rows(first, copy) == []
    assert rows(first, newer) == []


def test_two_sources_in_one_sentence() -> None:
    report = Report("a", "2024-05-06").say(
        "Police said that 8,000 marched; the union said that 20,000 joined."
    )
    report.happened("marched", "march", counts=(report.counted("8,000", 8000),))
    report.happened("joined", "join", counts=(report.counted("20,000", 20000),))
    assert values(rows(report.file())) == [["8,000", "20,000"]]


def test_what_is_of_another_kind_is_not_compared() -> None:
    hurt = Report("b", "2024-05-06").say("The blast in Skelby on Sunday hurt 20 people.")
    hurt.happened("hurt", "hurt", counts=(hurt.counted("20 people", 20, role="injured"),))
    assert rows(toll("a", "2024-05-06", "14", 14), hurt.file()) == []


def collapse(name: str, words: str, on: str) -> StoryArticle:
    report = Report(name, "2024-05-09").say(f"The old viaduct at Skelby collapsed on {words}.")
    report.dated(words, days(on))
    return report.happened("collapsed", "collapse", days(on), agent="The old viaduct", place="Skelby").file()


def test_two_days_for_one_collapse() -> None:
    (row,) = rows(collapse("a", "Tuesday", "2024-05-07"), collapse("b", "Wednesday", "2024-05-08"))
    assert row.about == "When did the old viaduct collapse in Skelby?"
    assert row.day == day("2024-05-09")
    assert values([row]) == [["Tuesday", "Wednesday"]]
    assert rows(collapse("a", "Tuesday", "2024-05-07"), collapse("c", "Tuesday", "2024-05-07")) == []


def signing(name: str, who: str, where: str) -> StoryArticle:
    report = Report(name, "2024-05-09").say(f"{who} signed the harbour deal in {where}.")
    return report.happened(
        "signed", "sign", days("2024-05-08"), agent=who, patient="the harbour deal", place=where
    ).file()


def test_two_places_and_two_people_for_one_signing() -> None:
    hall, library = (
        signing("a", "Anna Holt", "the Lantern Hall"),
        signing("b", "Anna Holt", "the Mill Library"),
    )
    (row,) = rows(hall, library)
    assert row.about == "Where did Anna Holt sign the harbour deal on 8 May?"
    assert values([row]) == [["the Lantern Hall", "the Mill Library"]]
    (row,) = rows(hall, signing("c", "Paul Reve", "the Lantern Hall"))
    assert row.about == "Who signed the harbour deal in the Lantern Hall on 8 May?"
    assert values([row]) == [["Anna Holt", "Paul Reve"]]


def test_a_longer_form_of_a_name_is_no_other_value() -> None:
    hall, longer = (
        signing("a", "Anna Holt", "the Lantern Hall"),
        signing("b", "Mayor Anna Holt", "the Lantern Hall of Skelby"),
    )
    assert rows(hall, longer) == []


def vote(name: str, sentence: str, realis: str) -> StoryArticle:
    report = Report(name, "2024-05-09").say(sentence)
    return report.happened("vote", "vote", days("2024-05-08"), realis, agent="The council").file()  # type: ignore[arg-type]


def test_whether_it_happened_is_asked_where_one_denies_it() -> None:
    denied = vote("a", "The council did not vote on the tram bridge.", "negated")
    told = vote("b", "The council did vote on the tram bridge.", "actual")
    (row,) = rows(denied, told)
    assert row.about == "Did the council vote on 8 May?"
    assert [v.value for v in row.values] == ["no", "yes"]
    assert rows(told, vote("c", "The council did vote on the tram bridge at noon.", "actual")) == []


@pytest.mark.parametrize(
    ("sentence", "words", "unit", "trigger", "predicate", "arguments", "about"),
    [
        ("The council bought 14 trams.", "14 trams", "tram", "bought", "buy", {"agent": "The council", "patient": "14 trams"}, "How many trams did the council buy?"),
        ("Some 300 people marched through Orrin.", "Some 300 people", "person", "marched", "march", {"agent": "Some 300 people", "place": "Orrin"}, "How many people marched in Orrin?"),
        ("Four hundred homes were destroyed.", "Four hundred homes", "home", "destroyed", "destroy", {"patient": "Four hundred homes"}, "How many homes were destroyed?"),
        ("The bridge cost $4m.", "$4m", "USD", "cost", "cost", {"agent": "The bridge", "patient": "$4m"}, "How much money did the bridge cost?"),
        ("Shares fell by 4 percent.", "4 percent", "percent", "fell", "fall", {"agent": "Shares"}, "How many percent: “Shares fell by 4 percent.”?"),
    ],
)  # fmt: skip
def test_a_count_is_asked_about_in_words(
    sentence: str, words: str, unit: str, trigger: str, predicate: str, arguments: dict[str, str], about: str
) -> None:
    filed = []
    for name, value in (("a", 4.0), ("b", 9.0)):
        report = Report(name, "2024-05-06").say(sentence)
        count = report.counted(words, value, unit)
        filed.append(report.happened(trigger, predicate, counts=(count,), **arguments).file())  # type: ignore[arg-type]
    (row,) = rows(*filed)
    assert row.about == about


def test_what_scores_low_is_kept_and_not_shown_and_joins_no_sure_row() -> None:
    judge = TableJudge(facts={("* 14", "* 20"): ("differs", 0.9), ("* 20", "* 31"): ("differs", 0.5), ("* 14", "* 31"): ("differs", 0.5)})  # fmt: skip
    filed = [
        toll("a", "2024-05-06", "14", 14),
        toll("b", "2024-05-06", "20", 20),
        toll("c", "2024-05-06", "31", 31),
    ]
    assert values(rows(*filed, judge=judge)) == [["14 people", "20 people"]]
    (low,) = rows(*filed[1:], judge=judge)
    assert not is_shown(low)
    assert is_shown(rows(*filed[:2], judge=judge)[0])


def test_a_headline_states_nothing() -> None:
    bare = Report("b", "2024-05-06").say("Blast in Skelby kills 20")
    bare.happened("kills", "kill", counts=(bare.counted("20", 20, role="dead"),))
    assert rows(toll("a", "2024-05-06", "14", 14), bare.file()) == []


POOL = [
    toll("a", "2024-05-06", "14", 14),
    toll("b", "2024-05-07", "20", 20),
    toll("c", "2024-05-09", "31", 31),
    collapse("d", "Tuesday", "2024-05-07"),
    collapse("e", "Wednesday", "2024-05-08"),
    signing("f", "Anna Holt", "the Lantern Hall"),
    signing("g", "Paul Reve", "the Lantern Hall"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(range(len(POOL))), unique=True), st.integers(0, 6))
def test_a_view_as_of_a_day_is_that_of_the_reports_up_to_it_in_any_order(
    chosen: list[int], after: int
) -> None:
    filed = [POOL[i] for i in chosen]
    as_of = date(2024, 5, 5) + timedelta(days=after)
    known = sorted((f for f in filed if f.article.published <= as_of), key=lambda f: f.article.id)
    assert find("s", filed, as_of, DIFFERS) == find("s", known, as_of, DIFFERS)


def test_values_slice_back_to_their_article() -> None:
    texts = {f.article.id: f.article.text for f in POOL}
    found = rows(*POOL)
    assert found
    for row in found:
        for value in row.values:
            assert value.evidence.span.of(texts[value.evidence.article]) == value.evidence.text
            assert value.value in value.evidence.text


def test_a_passage_states_its_values_in_text_order() -> None:
    (passage,) = passages(POOL[5])
    assert [(s.kind, s.value) for s in stated_values.find(passage)] == [
        ("who", "Anna Holt"),
        ("whether", "yes"),
        ("place", "the Lantern Hall"),
    ]
