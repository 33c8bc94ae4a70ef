"""What reports are about: whether they hold the words that somebody asks for, and which of their sentences do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from dateline.errors import SearchError
from dateline.keeper.search import MOST_WORDS
from dateline.records import Reading

_WORD = re.compile(r"\w+")
_OPENING = 3
"""Sentences at the head of a report that say what it is about."""
_SHARE = 0.6
"""The share of the words that a report must hold: "bp oil spill" finds what says spill and oil without the company's name."""
_ONE_STEM = 5
"""Words that begin with the same so many letters are one ("Libya", "Libyan")."""


def subject(words: str) -> tuple[str, ...]:
    """The words of a question as they are looked for, in lower case. Raises SearchError where there is none, or more than `MOST_WORDS`."""
    given = [w.casefold() for w in _WORD.findall(words)]
    if not 1 <= len(given) <= MOST_WORDS:
        raise SearchError(f"{words[:40]!r}: say in 1 to {MOST_WORDS} words what the timeline is to be about")
    return tuple(dict.fromkeys(given))


def full_text_query(words: Sequence[str]) -> str:
    """An FTS5 query for articles that hold any of the words, in any form that begins like it."""
    return " OR ".join(f'"{word}"*' for word in words)


def is_about(reading: Reading, words: Sequence[str]) -> bool:
    """True where the report's title and text hold enough of the words."""
    article = reading.article
    return _holds(f"{article.title or ''} {article.text}", words)


def opens_with(reading: Reading, words: Sequence[str]) -> bool:
    """True where the report says so at its head: then all that it tells is about it, and else only the sentences that hold one."""
    article = reading.article
    head = " ".join(s.of(article.text) for s in reading.sentences[:_OPENING])
    return _holds(f"{article.title or ''} {head}", words)


def names_somebody(readings: Iterable[Reading], words: Sequence[str]) -> bool:
    """True where most names that hold one of the words are of people: a report that is about somebody tells much that is not."""
    people = others = 0
    for reading in readings:
        for mention in reading.mentions:
            name = mention.entity.casefold()
            if any(word in name for word in words):
                people += mention.kind == "person"
                others += mention.kind != "person"
    return people > others


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    stems = {word[:_ONE_STEM]: False for word in words}
    for word in words:
        stems[word[:_ONE_STEM]] |= word in folded
    return sum(stems.values()) >= math.ceil(_SHARE * len(stems))
