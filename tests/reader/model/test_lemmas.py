"""English lemmas by rule and table."""

import pytest

from dateline.reader.model.lemmas import Lemmatiser


@pytest.fixture(scope="module")
def lemmatiser():
    return Lemmatiser()


@pytest.mark.parametrize(
    ("word", "upos", "lemma"),
    [
        ("was", "AUX", "be"),
        ("went", "VERB", "go"),
        ("said", "VERB", "say"),
        ("signing", "VERB", "sign"),
        ("announced", "VERB", "announce"),
        ("stopped", "VERB", "stop"),
        ("cities", "NOUN", "city"),
        ("children", "NOUN", "child"),
        ("talks", "NOUN", "talk"),
        ("worse", "ADJ", "bad"),
        ("n't", "PART", "not"),
        ("n’t", "PART", "not"),
        ("Brussels", "PROPN", "Brussels"),
        ("blorping", "VERB", "blorp"),
        ("ministries", "NOUN", "ministry"),
        ("The", "DET", "the"),
    ],
)
def test_lemma(lemmatiser, word, upos, lemma):
    assert lemmatiser.lemma(word, upos) == lemma


@pytest.mark.parametrize("upos", ["VERB", "NOUN", "ADJ", "ADV", "X", "PUNCT", "SYM"])
@pytest.mark.parametrize("word", ["", "s", "\ud800", "ß", "…", "ing", "ed"])
def test_no_word_is_too_odd(lemmatiser, word, upos):
    assert isinstance(lemmatiser.lemma(word, upos), str)
