"""What the words of a sentence tell of it."""

from __future__ import annotations

import pytest

from dateline.keeper.sentences import is_furniture, is_torn, leans


@pytest.mark.parametrize(
    "sentence",
    [
        "By Anna Beck",
        "BY THE Anna Beck",
        "Photograph: the harbour of Isk",
        "Isk | Sound Courier",
        "Anna Beck, pictured in Isk",
        "Q: Who owned the ferry",
        "Page last updated on Monday",
    ],
)
def test_captions_bylines_and_addresses_are_furniture(sentence: str) -> None:
    assert is_furniture(sentence)


@pytest.mark.parametrize("sentence", ["By Monday the ferry had sunk.", "The photograph showed the ferry."])
def test_sentences_that_begin_like_furniture_are_none(sentence: str) -> None:
    assert not is_furniture(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "N) The ferry sank.",
        "“The ferry sank.",
        'Beck said: " It sank.',
        "The list of the dead:",
        "Beck was questioned about the post-Sept.",
        "Many hurt in storm Arlen, Tarn (Reuters) - The ferry sank.",
    ],
)
def test_half_a_sentence_is_torn(sentence: str) -> None:
    assert is_torn(sentence)


def test_a_whole_sentence_is_not_torn_and_may_lean_on_another() -> None:
    whole = "However, “it sank” (in a storm), Beck said."
    assert not is_torn(whole)
    assert leans(whole)
    assert not leans("The ferry sank.")
