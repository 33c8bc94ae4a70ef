"""Stretches in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reader.quotations import scan
from dateline.reader.segmentation import split


def quoted(text: str) -> list[str]:
    return [q.content.of(text) for q in scan(text, split(text))]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("“The ferry sank,” she said.", ["The ferry sank,"]),
        ('"The ferry sank," she said.', ["The ferry sank,"]),
        ("``The ferry sank,'' she said.", ["The ferry sank,"]),
        ("«The ferry sank,» she said.", ["The ferry sank,"]),
        ("„The ferry sank,“ she said.", ["The ferry sank,"]),
        ("‘The ferry sank,’ she said.", ["The ferry sank,"]),
        ("“ The ferry sank ” is a song.", ["The ferry sank"]),
        ("“It sank,” she said, “and nobody cared.”", ["It sank,", "and nobody cared."]),
        ("“She called it ‘a wreck’ at once,” he said.", ["She called it ‘a wreck’ at once,"]),
        (
            "'The ferry sank,' she said. 'It was the owners' fault.'",
            ["The ferry sank,", "It was the owners' fault."],
        ),
        ("She said: 'The ferry’s gone.'", ["The ferry’s gone."]),
        ("The 'Safe' boats' crews left, 'sorry' as they were.", []),
        ("It is the 'Great Eel', and “it sank,” 'She's gone,' he said.", ["it sank,", "She's gone,"]),
        ("Lind's boats, the drivers' boats and O'Dea's boats sank.", []),
        ("The ferry was 12\" long and 3' wide.", []),
        ("A mark ” that opens nothing.", []),
        ("An open “ mark that is never closed.", []),
    ],
)
def test_every_papers_marks(text: str, contents: list[str]) -> None:
    assert quoted(text) == contents


def test_a_speech_over_paragraphs_is_quoted_to_its_end() -> None:
    text = "“We came here to listen.\n\n“We leave with nothing,” she said."
    found = scan(text, split(text))
    assert [q.content.of(text) for q in found] == ["We came here to listen.", "We leave with nothing,"]
    assert [q.continues for q in found] == [False, True]


def test_a_paragraph_that_opens_anew_behind_a_closed_quotation_goes_on_with_nothing() -> None:
    text = "“We came here to listen.”\n\n“We leave with nothing,” she said."
    assert [q.continues for q in scan(text, split(text))] == [False, False]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("‘It’s the drivers’ money and they’ll have it,’ she said.", "It’s the drivers’ money and they’ll have it,"),
        ("‘We saw the boats’ and left, she said.", "We saw the boats"),
    ],
)  # fmt: skip
def test_an_apostrophe_closes_no_quotation(text: str, content: str) -> None:
    assert quoted(text) == [content]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="“”\"'‘’ab. \n,said", max_size=80))
def test_quotations_never_overlap_and_lie_in_the_text(text: str) -> None:
    end = 0
    for quote in scan(text, split(text)):
        assert end <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.contains(quote.content)
        end = quote.span.end
