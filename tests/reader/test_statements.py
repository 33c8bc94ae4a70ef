"""Who said what: direct, indirect and mixed speech, with the speaker resolved to a name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reader import Reader, names, statements
from dateline.reader.quotations import scan
from dateline.reader.text import split
from dateline.records import Statement
from dateline.sources import make_article


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def said(reader: Reader, text: str) -> list[tuple[str, str | None, str]]:
    """(kind, speaker, content) of every statement in `text`."""
    document = reader.document(make_article("a.txt", date(2024, 5, 2), text))
    found: tuple[Statement, ...] = statements.find(document, names.find(document))
    return [(s.kind, s.speaker, s.content.of(text)) for s in found]


def test_a_quotation_before_its_speaker(reader: Reader) -> None:
    text = "“The bridge was never safe,” Marta Lindqvist told reporters on Monday."
    assert ("direct", "Marta Lindqvist", "The bridge was never safe,") in said(reader, text)


def test_a_quotation_behind_said_and_a_name(reader: Reader) -> None:
    text = '"We lost the whole harvest in one night," said Jonas Keller.'
    assert ("direct", "Jonas Keller", "We lost the whole harvest in one night,") in said(reader, text)


def test_an_indirect_clause_has_no_that(reader: Reader) -> None:
    text = "Jonas Keller said that the harvest was lost."
    assert said(reader, text) == [("indirect", "Jonas Keller", "the harvest was lost")]


def test_quoted_words_in_a_reported_clause_make_it_mixed(reader: Reader) -> None:
    text = "Marta Lindqvist said the repair had been “a scandal from the first day”."
    ((kind, speaker, content),) = said(reader, text)
    assert (kind, speaker) == ("mixed", "Marta Lindqvist")
    assert content.startswith("the repair had been “a scandal")


def test_a_pronoun_is_the_speaker_in_focus(reader: Reader) -> None:
    text = "Marta Lindqvist visited the bridge on Monday. “It must be closed today,” she said."
    assert ("direct", "Marta Lindqvist", "It must be closed today,") in said(reader, text)


def test_a_surname_is_the_full_name(reader: Reader) -> None:
    text = "The engineer Marta Lindqvist closed the bridge. “It must be rebuilt this year,” Lindqvist said."
    assert ("direct", "Marta Lindqvist", "It must be rebuilt this year,") in said(reader, text)


def test_a_spokesman_is_not_the_one_he_speaks_for(reader: Reader) -> None:
    text = "“There will be no comment today,” said a spokesman for Marta Lindqvist."
    ((_, speaker, _),) = said(reader, text)
    assert speaker is not None
    assert "spokesman" in speaker


def test_a_floating_quotation_with_nobody_near_is_unattributed(reader: Reader) -> None:
    text = "The rain went on all night.\n\n“Nobody ever asked us what we wanted here.”"
    assert ("direct", None, "Nobody ever asked us what we wanted here.") in said(reader, text)


def test_according_to_names_a_source(reader: Reader) -> None:
    text = "The bridge was closed for three days, according to Marta Lindqvist."
    ((kind, speaker, content),) = said(reader, text)
    assert (kind, speaker) == ("indirect", "Marta Lindqvist")
    assert "The bridge was closed" in content


@pytest.mark.parametrize(
    "text",
    [
        "The ferry “Sea Heron” left the port on Monday.",
        "The plan is part of Operation “Blue Door”.",
        "The town was quiet.",
    ],
)
def test_names_in_quotation_marks_are_no_statements(reader: Reader, text: str) -> None:
    assert said(reader, text) == []


def test_a_speech_over_paragraphs_is_quoted_to_its_end() -> None:
    text = "“We came here to listen.\n\n“We leave with nothing,” she said."
    quotes = [q.content.of(text) for q in scan(text, split(text))]
    assert quotes == ["We came here to listen.", "We leave with nothing,"]


def test_an_apostrophe_closes_no_quotation() -> None:
    text = "‘It’s the drivers’ money and they’ll have it,’ she said."
    assert [q.content.of(text) for q in scan(text, split(text))] == [
        "It’s the drivers’ money and they’ll have it,"
    ]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="“”\"'‘’ab. \n,said", max_size=80))
def test_quotations_never_overlap_and_lie_in_the_text(text: str) -> None:
    end = 0
    for quote in scan(text, split(text)):
        assert end <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.contains(quote.content)
        end = quote.span.end


def test_a_denial_stays_with_what_is_vowed(reader: Reader) -> None:
    text = "Orrin and its allies have vowed never to sign the treaty."
    assert [content for _, _, content in said(reader, text)] == ["never to sign the treaty"]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Keller spoke as crowds came in, some under banners reading: ‘Orrin and Vell, one river!’",
        "As Jonas Keller spoke, hundreds stood at a stage emblazoned with the words “Orrin. Vell. One river!”",
        "Jonas Keller and the crowd were seen chanting “One river!” in the square.",
    ],
)
def test_words_that_are_shown_or_chanted_are_nobodys(reader: Reader, text: str) -> None:
    assert not [content for _, _, content in said(reader, text) if "river" in content]


def test_a_happening_threatens_without_saying_anything(reader: Reader) -> None:
    assert not said(reader, "The encirclement of Orrin threatened to spoil the celebrations.")
    assert said(reader, "The government threatened to close the harbour.")


def test_what_is_told_stands_before_a_clause_with_which(reader: Reader) -> None:
    text = "Jonas Keller will open the bridge on Monday, Marta Lindqvist added, which will also carry trams."
    assert ("indirect", "Marta Lindqvist", "Jonas Keller will open the bridge on Monday") in said(
        reader, text
    )


def test_a_reported_clause_without_a_source_does_not_borrow_the_last_speaker(reader: Reader) -> None:
    text = "Marta Lindqvist said the bridge was closed. It was later said that the river had risen."
    assert ("indirect", None, "the river had risen") in said(reader, text)


def test_an_abbreviated_office_is_the_one_that_is_named_later(reader: Reader) -> None:
    text = (
        "Gov. Marta Lindqvist told Jonas Keller to leave the island. “The ferry is full,” the governor said."
    )
    assert ("direct", "Marta Lindqvist", "The ferry is full,") in said(reader, text)


def test_a_name_before_a_colon_speaks(reader: Reader) -> None:
    text = 'Marta Lindqvist chairs the panel.\n\nAldana: "Was the bridge closed?"\n\nLindqvist: "No."'
    assert said(reader, text) == [
        ("direct", "Aldana", "Was the bridge closed?"),
        ("direct", "Marta Lindqvist", "No."),
    ]


def test_who_is_quoted_or_blamed_speaks(reader: Reader) -> None:
    text = "The Harbour Post quoted Marta Lindqvist as saying that the bridge was closed."
    assert said(reader, text) == [("indirect", "Marta Lindqvist", "the bridge was closed")]
