"""What is worked out of a report ahead of filing is what filing would work out, where it guessed the furniture, and is not used where not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dateline.keeper.furniture import digest
from dateline.keeper.reports import Body, Report
from dateline.records import Article, Mention, Reading, Span

TEXT = "Subscribe now.\nThe ferry sank off Skelby, Ada Holt said.\nShare this.\nHarbour crews were out all night."
SUBSCRIBE, SHARE = digest("Subscribe now."), digest("Share this.")
READING = Reading(
    Article("a", "a.txt", date(2024, 3, 5), TEXT, "Ferry sinks", publisher="The Herald"),
    mentions=(Mention(Span(42, 50), "Ada Holt", "person", "Ada Holt", 1.0),),
)


def told(report: Report, body: Body) -> tuple[object, ...]:
    return (body.text, body.credit, body.lead, body.hashes.tolist(), report.features(body))


def test_lines_that_are_furniture_are_left_out() -> None:
    report = Report.of(READING)
    assert report.body().text == TEXT
    assert report.body({SUBSCRIBE, SHARE}).text == "\n".join(TEXT.split("\n")[1::2])
    read = Report.of(replace(READING, sentences=(Span(15, 56), Span(57, 68))))
    assert read.body({SHARE}).text == TEXT[15:56]


@pytest.mark.parametrize("left", [frozenset(), frozenset({SUBSCRIBE}), frozenset({SUBSCRIBE, SHARE, "x"})])
@pytest.mark.parametrize("guess", [frozenset(), frozenset({SUBSCRIBE}), frozenset({SHARE, "y"})])
def test_a_guess_changes_nothing_of_what_is_told(left: frozenset[str], guess: frozenset[str]) -> None:
    plain = Report.of(READING)
    ahead = plain.worked_out(guess)
    body = ahead.body(left)
    assert told(ahead, body) == told(plain, plain.body(left))
    known = {SUBSCRIBE, SHARE}
    assert (body.features is not None) == (guess & known == left & known)


def test_lines_at_head_and_foot_of_a_known_outlet_are_counted() -> None:
    assert Report.of(READING).edges == tuple(map(digest, TEXT.split("\n")))
    assert Report.of(replace(READING, article=replace(READING.article, publisher=None))).edges == ()


def test_the_lead_has_a_vector_of_unit_length() -> None:
    vectors = np.full((4, 4), 0.5, np.float32)
    lead = Report.of(replace(READING, vectors=vectors)).lead
    assert lead is not None
    assert lead.tolist() == [0.5] * 4
