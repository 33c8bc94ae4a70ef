"""Words cut to what their forms share: the Snowball stem, and the form without possessive and plural endings."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@cache
def _stemmer() -> Any:
    import snowballstemmer  # loads the stemmers of thirty languages, which a listing does without

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word in lower case (Porter 2)."""
    return str(_stemmer().stemWord(word.lower()))


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """A word in lower case without possessive and plural endings: names and headlines keep what tells them apart."""
    word = word.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word
