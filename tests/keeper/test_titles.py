"""Titles and keywords: the most central headline, or a whole clause; no byline, caption or stamp; names whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.keeper import titles
from dateline.language.datelines import without_dateline
from dateline.records import Span, Statement
from tests.keeper.stories_by_hand import Report


def headed(name: str, title: str | None, *sentences: str) -> Report:
    report = Report(name, "2024-03-05", title=title)
    for sentence in sentences:
        report.say(sentence).happened(sentence.split()[2], "happen")
    return report


def test_the_most_central_headline_is_the_title() -> None:
    filed = [
        headed("a", "Ferry to Isk sinks in storm", "The ferry sank.").file(),
        headed("b", "Ferry to Isk sinks, eleven dead", "The ferry sank.").file(),
        headed("c", "What the tide tables say", "The tide rose.").file(),
    ]
    assert titles.title(filed).startswith("Ferry to Isk sinks")


@pytest.mark.parametrize(
    "furniture",
    ["By Anna Beck and Ivo Karlin", "Photograph: the harbour of Isk", "Mon Mar 4, 2024 3:31 pm GMT", "Isk"],
)
def test_furniture_is_no_title_where_a_report_tells_something(furniture: str) -> None:
    filed = [headed("a", furniture, "The old ferry sank off the harbour of Isk.").file()]
    assert titles.title(filed) == "The old ferry sank off the harbour of Isk"


def test_a_sentence_that_can_be_told_whole_comes_before_one_cut_off() -> None:
    long = (
        "The ferry to Isk sank near the harbour " + "and the harbour lights of Isk went out " * 4 + "again."
    )
    filed = [headed("a", None, long, "The ferry to Isk sank in a storm.").file()]
    assert titles.title(filed) == "The ferry to Isk sank in a storm"


def test_an_outlet_behind_a_headline_is_left_out_and_a_second_thought_is_not() -> None:
    assert titles.clause("Ferry sinks off Isk | Sound Courier") == "Ferry sinks off Isk"
    assert titles.clause("Ferry sinks off Isk - The Sound Courier") == "Ferry sinks off Isk"
    assert titles.clause("Ferry sinks off Isk - eleven dead") == "Ferry sinks off Isk - eleven dead"


def test_keywords_give_names_whole() -> None:
    reports = []
    for name in "ab":
        report = headed(name, None, "The captain Anna Beck was charged.", "The court Isk freed Beck.")
        report.names("Beck")
        report.mentions.append(
            report.mentions[0].__class__(report.sentences[0], "Anna Beck", "person", "Anna Beck")
        )
        reports.append(report.file())
    found = titles.keywords(reports)
    assert "Anna Beck" in found
    assert not {"Beck", "Anna"} & set(found)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ISK | Mon Aug 22, 2011 3:31 pm EDT ISK (Reuters) - The ferry sank.", "The ferry sank."),
        ("Port Isk (CNN) -- The ferry sank.", "The ferry sank."),
        ("Ada Holt (Liberal) - the mayor - resigned.", "Ada Holt (Liberal) - the mayor - resigned."),
        ("The ferry (built 1962) sank at 3:31 pm.", "The ferry (built 1962) sank at 3:31 pm."),
    ],
)
def test_a_dateline_is_left_out_and_a_name_with_a_bracket_is_not(line: str, told: str) -> None:
    assert without_dateline(line) == told


TAIL = ", the chairman of the board of the harbour company that ran the line to the islands for thirty years"


def test_a_cut_must_hold_a_subject_and_its_predicate() -> None:
    bare = Report("a", "2024-03-05").say(f"Ivo Karlin{TAIL} and a friend of the mayor, resigned.")
    bare.happened("resigned", "resign", agent="Ivo Karlin")
    full = Report("b", "2024-03-05").say("Ivo Karlin resigned after the ferry sank.")
    full.happened("resigned", "resign", agent="Ivo Karlin")
    assert titles.title([bare.file(), full.file()]) == "Ivo Karlin resigned after the ferry sank"


@pytest.mark.parametrize(
    ("sentence", "subject", "told"),
    [
        (
            "The chairman of the board of the harbour company that owned the ferry, Ivo Karlin, has resigned over the loss of eleven sailors",
            "The chairman of the board of the harbour company",
            "Ivo Karlin has resigned over the loss of eleven sailors",
        ),
        (
            "Ivo Karlin, the chairman of the board of the harbour company that owned the ferry, has resigned over the loss of eleven sailors",
            "Ivo Karlin",
            "Ivo Karlin has resigned over the loss of eleven sailors",
        ),
    ],
)
def test_what_stands_in_commas_behind_a_subject_is_left_out_where_the_cut_would_lose_the_predicate(
    sentence: str, subject: str, told: str
) -> None:
    report = Report("a", "2024-03-05").say(sentence + ".").happened("resigned", "resign", agent=subject)
    assert titles.title([report.file()]) == told


def test_what_stands_before_the_comma_of_a_subordinate_clause_is_no_title() -> None:
    report = Report("a", "2024-03-05")
    report.say(
        f"While the crew of the ferry searched the harbour of Isk for the lost{TAIL}, the mayor slept."
    )
    report.happened("searched", "search", agent="the crew of the ferry")
    report.say("The mayor of Isk slept at home.").happened("slept", "sleep", agent="The mayor of Isk")
    assert titles.title([report.file()]) == "The mayor of Isk slept at home"


@pytest.mark.parametrize(
    ("text", "trigger", "predicate", "participant"),
    [
        ("In the wake of the Isk oil spill", "spill", "spill", "oil"),
        ("the mayor's arrest in Isk", "arrest", "arrest", "mayor"),
        ("a judge who presided in Isk", "presided", "preside", "a judge"),
        ("Ten years after the mayor fled Isk", "fled", "flee", "the mayor"),
        ("The inquiry, for which the mayor apologised", "apologised", "apologise", "the mayor"),
        ("Divers searching the harbour", "searching", "search", "Divers"),
        ("Divers to search the harbour", "search", "search", "Divers"),
    ],
)
def test_a_noun_or_a_relative_clause_is_no_predicate_of_a_title(
    text: str, trigger: str, predicate: str, participant: str
) -> None:
    report = Report("a", "2024-03-05").say(f"{text}{TAIL}, nothing else was said of it by anybody.")
    report.happened(trigger, predicate, agent=participant)
    other = (
        Report("b", "2024-03-05").say("Nothing new is known.").happened("known", "know", agent="Nothing new")
    )
    assert titles.title([report.file(), other.file()]) == "Nothing new is known"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        # a clause whose predicate is cut off
        (
            f"The crisis in Isk deepened yesterday when the harbour master and his main rival{TAIL}, met.",
            "The crisis in Isk deepened yesterday",
        ),
        # "after" has its days before it
        (
            "The crisis in Isk deepened on the night of Monday two days after the harbour master and his rival, who runs the ferry line, met.",
            "The crisis in Isk deepened on the night of Monday",
        ),
    ],
)
def test_a_long_sentence_is_cut_where_a_clause_begins(sentence: str, told: str) -> None:
    report = Report("a", "2024-03-05").say(sentence)
    report.happened("deepened", "deepen", agent="The crisis in Isk")
    assert titles.title([report.file()]) == told


def test_what_was_said_belongs_to_the_clause() -> None:
    report = Report("a", "2024-03-05").say(
        f"The Isk Courier said Anna Beck, Ivo Karlin and the mayor{TAIL}, had resigned."
    )
    report.happened("said", "say", agent="The Isk Courier").happened("resigned", "resign")
    cue = report.events[0].span
    filed = report.file()
    said = Statement(Span(cue.end + 1, len(report.text)), "indirect", cue, score=1.0)
    filed = replace(filed, reading=replace(filed.reading, statements=(said,)))
    other = Report("b", "2024-03-05").say("Anna Beck resigned.").happened("resigned", "resign", agent="Beck")
    assert titles.title([filed, other.file()]) == "Anna Beck resigned"


def test_a_caption_and_what_leans_come_last() -> None:
    caption = Report("a", "2024-03-05").say("Divers search the harbour of Isk for the ferry, March 4, 2024.")
    caption.happened("search", "search", agent="Divers")
    leaning = Report("b", "2024-03-05").say("But the harbour of Isk was searched for the ferry.")
    leaning.happened("searched", "search", agent="the harbour of Isk")
    plain = Report("c", "2024-03-05").say("The mayor fled.").happened("fled", "flee", agent="The mayor")
    assert titles.title([caption.file(), leaning.file(), plain.file()]) == "The mayor fled"


def test_a_headline_on_one_line_with_the_text_ends_at_the_dateline() -> None:
    report = Report("a", "2024-03-05").say(
        "Ferry sinks off Isk ISK, March 5 (Meridian) - The old ferry sank."
    )
    report.happened("sinks", "sink", agent="Ferry")
    assert titles.title([report.file()]) == "Ferry sinks off Isk"


def test_a_copula_has_what_stands_before_it_for_its_subject() -> None:
    report = Report("a", "2024-03-05").say(
        f"Ivo Karlin is to meet the mayor of Isk as the strike{TAIL} goes on."
    )
    report.happened("is", "be")
    assert titles.title([report.file()]) == "Ivo Karlin is to meet the mayor of Isk"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The crisis in Isk deepened by far, the mayor said on Tuesday.", "The crisis in Isk deepened by far"),
        ("The crisis in Isk deepened by far, Mayor Karlin said on Tuesday.", "The crisis in Isk deepened by far"),
        # "The crisis in the Isle" says nothing
        ("Men who investigate the crisis in the Isle of Isk said little.", "Men who investigate the crisis in the Isle of Isk said little"),
    ],
)  # fmt: skip
def test_who_said_it_is_left_out_and_no_name_before_it(sentence: str, told: str) -> None:
    assert titles.clause(sentence) == told
