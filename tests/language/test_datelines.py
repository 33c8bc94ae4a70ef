"""What stands before a report's first sentence, and what only looks like it."""

from __future__ import annotations

import pytest

from dateline.language.datelines import credit, end_of_dateline, without_dateline, without_day

STORY = "The ferry sank off the coast on Sunday."


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT ELLERY, March 8 (Meridian) - ",
        "SKELBY — ",
        "ST. ORLEN (Courier) – ",
        "(Meridian) - ",
        "Port Ellery (Reuters) - ",
        "LONDON | Mon Aug 22, 2011 3:31 pm EDT LONDON (Meridian) - ",
        "SKELBY, March 8, 2024 /NewsLine/ -- ",
        "PORT ELLERY--(NEWS WIRE)--March 8, 2024--",
        "Page last updated at 14:47 GMT, Monday, 3 May 2010 15:47 UK ",
    ],
)
def test_a_dateline_is_left_out(dateline: str) -> None:
    assert without_dateline(dateline + STORY) == STORY


@pytest.mark.parametrize(
    "text", [STORY, "Skelby - a town of 4,000 - was cut off.", "NATO said on Sunday that it would wait."]
)
def test_a_sentence_stays_whole(text: str) -> None:
    assert without_dateline(text) == text


def test_white_space_is_folded_and_a_dateline_alone_leaves_nothing() -> None:
    assert without_dateline("SKELBY -\n  The ferry\n sank.") == "The ferry sank."
    assert without_dateline("SKELBY, March 8 (Meridian) -") == ""


@pytest.mark.parametrize("line", ["March 8 - ", "8 March 2024: ", "- Mar. 8 -- "])
def test_the_day_before_a_line_of_a_chronology_is_left_out(line: str) -> None:
    assert without_day(line + STORY) == STORY


@pytest.mark.parametrize(
    "text", [STORY, "March 8 saw the ferry sink.", "March 8-10: rain.", "May - the mayor - sank it."]
)
def test_a_day_that_belongs_to_its_sentence_stays(text: str) -> None:
    assert without_day(text) == text


@pytest.mark.parametrize(
    ("dateline", "named"),
    [
        ("PORT ELLERY, March 8 (Meridian) - ", "Meridian"),
        ("Port Ellery (Radio Isk) — ", "Radio Isk"),
        ("SKELBY — ", ""),
        ("The line (Meridian) runs ", ""),
    ],
)
def test_the_agency_of_a_dateline_is_its_credit(dateline: str, named: str) -> None:
    assert credit(dateline + STORY) == named


@pytest.mark.parametrize(
    "dateline",
    [
        "HARTVIK, Norrmark, Oct. 3 (NWA) - ",
        "PORT ASHBY -- ",
        "SKELBY — ",
        "SKELBY, March 8, 2024 /NewsLine/ -- ",
        "HARTVIK, Norrmark, 8 March 2024 /NewsLine/ - ",
        "PORT ELLERY--(NEWS WIRE)--March 8, 2024--",
    ],
)
def test_a_dateline_ends_where_the_sentence_begins(dateline: str) -> None:
    assert end_of_dateline("Above.\n" + dateline + STORY, 7, 400) == 7 + len(dateline)


def test_a_name_in_capitals_alone_is_no_dateline() -> None:
    assert end_of_dateline("NATO said on Sunday that it would wait.", 0, 40) is None
