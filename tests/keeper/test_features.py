"""What filing looks at in a report."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dateline.keeper.features import body, expected, extract, headline, lead_vector, name_counts, stems
from dateline.records import Article, Expectation, Interval, Reading, Span, Strength

DAY = date(2024, 3, 5)


def reading(text: str, title: str | None = None, **parts: object) -> Reading:
    return Reading(Article("a", "a.txt", DAY, text, title), **parts)  # type: ignore[arg-type]


def test_numbers_and_single_letters_are_no_words() -> None:
    assert stems("A 4,000 tonne ferry sank at 9 a.m.") == ["tonne", "ferry", "sank", "at"]


def test_names_are_capitalised_words_that_do_not_only_open_sentences() -> None:
    counts = name_counts(
        "Ferries sank off Skelby. Skelby harbour is shut. The ferries were old, Ada Holt said on Monday."
    )
    assert counts == {"skelby": 2, "ada": 1, "holt": 1}


def test_a_headline_is_the_title_or_what_the_text_opens_with() -> None:
    text = "SKELBY —\nThe ferry sank off Skelby.\nIt was old."
    assert headline(reading(text, "Ferry sinks")) == "Ferry sinks"
    sentences = (Span(0, 8), Span(9, 35), Span(36, 47))
    assert headline(reading(text, sentences=sentences)) == "The ferry sank off Skelby."
    assert headline(reading("!\nThe ferry sank off Skelby.")) == "The ferry sank off Skelby."


def test_a_body_is_what_was_read() -> None:
    text = "Subscribe now.\nThe ferry sank.\nShare this."
    assert body(reading(text)) == text
    assert body(reading(text, sentences=(Span(15, 30),))) == "The ferry sank."


def test_words_of_lead_and_title_and_names_count_for_more() -> None:
    text = "The ferry sank off Skelby. " + "Nothing else is known. " * 40 + "A trestle stood there."
    found = extract(text, stems("Ferry sinks"), [(text.index("trestle"), "Old Trestle"), (5000, "Ada Holt")])
    assert found.words["ferry"] == 1 + 1 + 2
    assert found.words["skelby"] == 2
    assert found.words["trestle"] == 1
    assert set(found.names) == {"skelby", "old", "trestle"}
    assert {"ferry", "sink", "skelby"} <= found.told


def test_the_lead_is_a_unit_vector_of_its_sentences() -> None:
    vectors = np.zeros((8, 4), np.float32)
    vectors[:6, 0], vectors[6:, 1] = 1, 1
    found = lead_vector(reading("One.", vectors=vectors))
    assert found is not None
    assert found.tolist() == [1, 0, 0, 0]
    assert lead_vector(reading("One.")) is None


@pytest.mark.parametrize(
    ("event", "due", "strength", "kept"),
    [
        ("Orlen footbridge reopens for walkers", date(2024, 3, 8), "expected", True),
        ("Orlen footbridge reopens for walkers", date(2024, 3, 5), "expected", False),
        ("Orlen footbridge reopens for walkers", date(2024, 3, 8), "possible", False),
        ("it opens", date(2024, 3, 8), "certain", False),
    ],
)
def test_expectations_are_kept_that_a_later_report_may_be_known_by(
    event: str, due: date, strength: Strength, kept: bool
) -> None:
    ahead = Expectation(Span(0, 4), 0, event, "reopen", Span(0, 4), due=Interval(due, due), strength=strength)
    found = expected(reading("Text.", expectations=(ahead,)))
    assert [day for day, _ in found] == ([due.toordinal()] if kept else [])
