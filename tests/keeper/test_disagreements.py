"""Where reports disagree, where they only seem to, and how a person is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.keeper import stated_values
from dateline.keeper.contradiction import bounds
from dateline.keeper.disagreements import find, is_shown
from dateline.keeper.ledger.claims import passages
from dateline.records import Disagreement, StoryArticle
from tests.keeper.stories_by_hand import Report, TableJudge, day, days

LATE = day("2030-01-01")
DIFFERS = TableJudge(facts={("", ""): ("differs", 0.97)})


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
    assert row.score > bounds().shown


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


def test_the_judge_reads_both_sentences_and_how_their_days_lie() -> None:
    judge = TableJudge()
    rows(toll("a", "2024-05-06", "14", 14), toll("b", "2024-05-07", "20", 20), judge=judge)
    assert judge.asked == [
        ("The blast in Skelby on Sunday killed 14 people.",
         "1 days later: The blast in Skelby on Sunday killed 20 people.")
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


def test_two_sources_in_one_report() -> None:
    report = Report("a", "2024-05-06").say("Police said that 8,000 people marched through Skelby on Sunday.")
    report.happened("marched", "march", counts=(report.counted("8,000 people", 8000),))
    report.say("The union said that 20,000 people marched through Skelby on Sunday.")
    report.happened("marched", "march", counts=(report.counted("20,000 people", 20000),))
    assert values(rows(report.file())) == [["8,000 people", "20,000 people"]]


def test_two_numbers_of_one_sentence_are_held_against_nothing() -> None:
    report = Report("a", "2024-05-06").say(
        "In the poll 54 percent were for it, and 35 percent were against it."
    )
    report.happened("were", "be", counts=(report.counted("54 percent", 54, "percent"),))
    report.happened("were", "be", counts=(report.counted("35 percent", 35, "percent"),))
    judge = TableJudge()
    assert rows(report.file(), judge=judge) == []
    assert judge.asked == []


def test_numbers_of_another_kind_are_no_rival_values() -> None:
    hurt = Report("b", "2024-05-06").say("The blast in Skelby on Sunday hurt 20 people.")
    hurt.happened("hurt", "hurt", counts=(hurt.counted("20 people", 20, role="injured"),))
    (row,) = rows(toll("a", "2024-05-06", "14", 14), hurt.file())
    assert row.about == "Is it so that “The blast in Skelby on Sunday killed 14 people.”?"


def collapse(name: str, words: str, on: str) -> StoryArticle:
    report = Report(name, "2024-05-09").say(f"The old viaduct at Skelby collapsed on {words}.")
    report.dated(words, days(on))
    return report.happened("collapsed", "collapse", days(on), agent="The old viaduct", place="Skelby").file()


def test_two_days_for_one_collapse() -> None:
    (row,) = rows(collapse("a", "Tuesday", "2024-05-07"), collapse("b", "Wednesday", "2024-05-08"))
    assert row.about == "When did the old viaduct collapse in Skelby?"
    assert row.day == day("2024-05-09")
    assert values([row]) == [["Tuesday", "Wednesday"]]


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


def test_a_longer_form_of_a_name_is_no_other_value_and_the_sentences_are_asked_about() -> None:
    hall, longer = (
        signing("a", "Anna Holt", "the Lantern Hall"),
        signing("b", "Mayor Anna Holt", "the Lantern Hall of Skelby"),
    )
    assert values(rows(hall, longer)) == [[h.article.text for h in (hall, longer)]]


def vote(name: str, published: str, sentence: str, realis: str) -> StoryArticle:
    report = Report(name, published).say(sentence)
    return report.happened("voted", "vote", None, realis, agent="council").file()  # type: ignore[arg-type]


def test_what_one_denies_stands_beside_what_another_claims_for_days() -> None:
    told = vote("a", "2024-05-06", "The council voted on the tram bridge, the mayor said.", "actual")
    denied = vote("b", "2024-05-09", "The clerk denied that the council voted on the tram bridge.", "negated")
    (row,) = rows(told, denied)
    assert row.about == f"Is it so that “{told.article.text}”?"
    assert row.day == day("2024-05-06")
    assert [v.value for v in row.values] == [told.article.text, denied.article.text]
    late = vote("c", "2024-05-16", "The clerk denied that the council voted on the tram bridge.", "negated")
    assert rows(told, late) == []


def test_a_sentence_that_another_report_repeats_contradicts_nothing() -> None:
    sentence = "The council voted on the tram bridge, the mayor said."
    filed = [vote(name, "2024-05-06", sentence, "actual") for name in ("a", "b")]
    assert rows(*filed) == []


def test_only_so_many_pairs_of_a_report_are_asked_about() -> None:
    report = Report("b", "2024-05-06")
    for n in range(2 * bounds().pairs):
        report.say(f"The council voted on a small matter on its day number {n}.")
        report.happened("voted", "vote", agent="The council")
    judge = TableJudge()
    rows(report.file(), judge=judge)
    assert len(judge.asked) == bounds().pairs


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
    filed = [toll(name, "2024-05-06", str(n), n) for name, n in (("a", 14), ("b", 20), ("c", 31))]

    def said(sure: float) -> TableJudge:
        return TableJudge(facts={("14", "20"): ("differs", 0.97), ("", ""): ("differs", sure)})

    chances = [n / 100 for n in range(1, 97)]
    doubtful = next(c for c in chances if (low := rows(*filed[1:], judge=said(c))) and not is_shown(low[0]))
    assert values(rows(*filed, judge=said(doubtful))) == [["14 people", "20 people"]]
    (low,) = rows(*filed[1:], judge=said(doubtful))
    assert values([low]) == [["20 people", "31 people"]]
    assert is_shown(rows(*filed[:2], judge=said(doubtful))[0])


def test_the_two_that_most_surely_contradict_each_other_come_first() -> None:
    filed = [toll(name, "2024-05-06", str(n), n) for name, n in (("a", 14), ("b", 20), ("c", 31))]
    judge = TableJudge(facts={("20", "31"): ("differs", 0.99), ("14", "31"): ("differs", 0.98), ("", ""): ("differs", 0.97)})  # fmt: skip
    assert values(rows(*filed, judge=judge)) == [["20 people", "31 people", "14 people"]]


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
        ("place", "the Lantern Hall"),
    ]
