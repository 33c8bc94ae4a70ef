"""The language of a text: found from its words, else as declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from dateline.records import Article, Reading

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

T = TypeVar("T")

# headlines and names alone look like any language
_LETTERS_NEEDED = 120
# of a text that is said to be something else, or is not said to be anything
_SURE = 0.97
# how much of a text is looked at
_SAMPLE = 4_000

# no other language has these; of 3,000 English news texts (a third of them wires of three lines) two in three have so many of them, and the model, which takes half a second
# to load, found the same language in each
_ENGLISH = frozenset(
    ["and", "been", "from", "have", "that", "the", "their", "they", "were", "which", "with", "would"]
)
_ENGLISH_NEEDED = 12
_ENGLISH_SHARE = 1 / 12
_WORD = re.compile(r"[^\W\d_]+")

_NAMES = {
    "arabic": "ar",
    "chinese": "zh",
    "dutch": "nl",
    "english": "en",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
    "ukrainian": "uk",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
}
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?\Z")
_NO_LANGUAGE = frozenset(["und", "mul", "zxx"])
"""Codes of ISO 639 for what is not known, several, and none."""


def find_language(text: str, declared: str | None) -> str | None:
    """The language code of `text` (`en`), or None where nothing tells.

    A text of some length speaks for itself, for pages are often declared English by a template; a short one is what
    it is declared to be.
    """
    said = language_code(declared)
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    # a letter of Chinese or Korean says as much as a word
    wide = sum(c >= "\u2e80" for c in sample)
    if letters + 4 * wide < _LETTERS_NEEDED:
        return said
    if _is_plainly_english(sample):
        return "en"
    found, probability = _identifier().classify(_without_names(sample))
    in_another_script = sum(c.isascii() and c.isalpha() for c in sample) < letters // 2
    if probability >= _SURE or found == said or (in_another_script and found != "en"):
        return str(found)
    return said


def is_english(language: str | None) -> bool:
    """True where a text may be read as English: it is, or nothing says otherwise."""
    return language is None or language == "en"


def read_english(
    articles: Iterable[Article], read: Callable[[list[Article]], Iterable[T]]
) -> Iterator[T | Reading]:
    """What `read` gives of the articles in English, one for each, in their order among the others: these are kept without records.

    `read` is called at once, so that whoever reads in other processes begins before the first reading is asked for.
    """
    articles = list(articles)
    readings = iter(read([a for a in articles if is_english(a.language)]))
    return (next(readings) if is_english(a.language) else Reading(a) for a in articles)


def language_code(declared: str | None) -> str | None:
    """`en` of "en-GB", "en_US" and "English"; None of what names no language."""
    if not declared:
        return None
    name = declared.strip().lower()
    if name in _NAMES:
        return _NAMES[name]
    match = _CODE.match(name)
    return match[1] if match and match[1] not in _NO_LANGUAGE else None


def _is_plainly_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    english = sum(word in _ENGLISH for word in words)
    return english >= max(_ENGLISH_NEEDED, _ENGLISH_SHARE * len(words))


def _without_names(text: str) -> str:
    """`text` without addresses, and in small letters where it shouts, for the model knows neither."""
    text = re.sub(r"\S*(?:://|www\.|@)\S*", " ", text)
    return text.lower() if sum(map(str.isupper, text)) > len(text) // 3 else text


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
