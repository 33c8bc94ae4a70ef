"""What people and other programs are told: names of sources, values in dispute."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.records import DisagreementValue, Evidence, Span, StoryStatement
from dateline.views.labels import public_source, telling_cue, value_label


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("strike.txt", "strike.txt"),
        ("/home/anna/cases/strike.txt", "strike.txt"),
        ("C:\\Users\\Anna\\cases\\strike.txt", "strike.txt"),
        ("cases#1/reports.csv#12", "reports.csv#12"),
        ("cases/pages.warc.gz#https://news.example/a/b", "pages.warc.gz#https://news.example/a/b"),
        ("https://news.example/a/b#post-3", "https://news.example/a/b#post-3"),
        ("file:///home/anna/strike.txt", "strike.txt"),
        ("-#2", "-#2"),
    ],
)
def test_of_a_file_its_name_is_told_and_of_a_page_its_address(source: str, told: str) -> None:
    assert public_source(source) == told


def disputed(value: str, text: str) -> DisagreementValue:
    evidence = Evidence("a", "a.txt", Span(0, len(text)), text, date(2024, 3, 8))
    return DisagreementValue(value, evidence)


@pytest.mark.parametrize(
    ("value", "text", "told"),
    [
        ("14 people", "14 people were killed in the blast.", "14 people"),
        (
            "He denies the charge, his lawyer, Hanne Brisk, said.",
            "He denies the charge, his lawyer, Hanne Brisk, said.",
            "",
        ),
        (
            "The council never voted on the tram bridge, the …",
            "The council never voted on the tram bridge, the clerk wrote on Friday.",
            "",
        ),
    ],
)
def test_a_value_that_is_its_sentence_is_told_once(value: str, text: str, told: str) -> None:
    assert value_label(disputed(value, text)) == told


@pytest.mark.parametrize(("cue", "told"), [("Said", None), (None, None), ("denied", "denied")])
def test_the_cue_is_told_where_it_tells_more_than_said(cue: str | None, told: str | None) -> None:
    evidence = Evidence("a", "a.txt", Span(0, 1), "x", date(2024, 3, 8))
    assert telling_cue(StoryStatement("s", "Keller", "indirect", evidence, cue=cue)) == told
