"""Plain text: headers, datelines, headlines, lines that a program cut."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest

from dateline.sources import open_source
from dateline.sources.paragraphs import headline, unwrap
from tests.sources.conftest import Reads, sort_out

DAY = date(2023, 8, 4)
BODY = "The lock at Merrow will be drained on Monday, the canal trust said."


@pytest.mark.parametrize(
    "header", ["date 2023-08-04T09:15:00Z", "date 2023-08-04 09:15", "date 2023-08-04T09:15:00.5+01:00"]
)
def test_a_header_with_a_moment_is_no_text(read: Reads, header: str) -> None:
    article = read("a.txt", f"{header}\n{BODY}").only
    assert article.text == BODY
    assert (article.published, article.dated_by) == (DAY, "header")
    assert article.published_at is not None
    assert (article.published_at.hour, article.published_at.minute) == (9, 15)


def test_a_header_that_may_be_two_days_is_quoted(read: Reads) -> None:
    assert "'04/08/2023' may be" in read("a.txt", f"date 04/08/2023\n{BODY}").problem
    assert read("b.txt", f"date 04/08/2023\n{BODY}", date_order="dmy").only.published == DAY
    assert read("c.txt", f"date 25/08/2023\n{BODY}").only.text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "MERROW, August 4, 2023 (Meridian) - ",
        "MERROW, Aug. 4, 2023 /PRNewswire/ -- ",
        "MERROW--(BUSINESS WIRE)--August 4, 2023-- ",
        "NORTH MERROW, 4 August 2023 – ",
    ],
)
def test_the_dateline_of_a_release_tells_its_day(read: Reads, line: str) -> None:
    article = read("a.txt", f"FOR IMMEDIATE RELEASE\n\nLock at Merrow to be drained\n\n{line}{BODY}").only
    assert (article.published, article.dated_by, article.title) == (DAY, "dateline", None)


def test_a_dateline_without_a_year_tells_none(read: Reads) -> None:
    assert "--date" in read("a.txt", f"MERROW, August 4 (Meridian) - {BODY}").problem


def test_a_date_alone_on_the_first_line_is_no_headline(read: Reads) -> None:
    article = read("a.txt", f"4 August 2023\n\n{BODY}").only
    assert (article.published, article.title, article.dated_by) == (DAY, None, "date line")


WRAPPED = (
    "The lock at Merrow will be drained on Monday\nso that divers can look at its gates. “Nobody\n"
    "likes a closed lock in August,” said Ruth\nAnsell, who runs the trust.\n\nBoats have until Sunday evening."
)


def test_the_first_line_of_a_cut_paragraph_is_no_headline() -> None:
    assert headline(WRAPPED) is None
    # cut before a name or a day, which a capital begins
    assert (
        headline("The lock at Merrow will be drained on\nMonday so that divers can look at its gates.")
        is None
    )
    assert headline("Something to hold on to\n\nThe lock is shut.") == "Something to hold on to"
    assert headline(f"Lock at Merrow to be drained\n{BODY}") == "Lock at Merrow to be drained"


def test_cut_lines_are_joined_where_the_text_is_not_the_files_own() -> None:
    joined = unwrap(WRAPPED)
    assert joined.count("\n\n") == 1
    assert "“Nobody likes a closed lock in August,” said Ruth Ansell" in joined
    listed = "Short line\n- one\n- two\n\nAnother short one"
    assert unwrap(listed) == listed


def test_standard_input_holds_as_many_reports_as_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(b"date 2023-08-04\nFirst one.\ndate 2023-08-05\nSecond one.\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    found = sort_out(open_source("-"))
    assert [(a.published.day, a.text) for a in found.articles] == [(4, "First one."), (5, "Second one.")]
