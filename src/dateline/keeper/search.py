"""Full-text search: what a reader types -> a query, and the sentence that answers it best."""

from __future__ import annotations

import re

from dateline.errors import SearchError
from dateline.records import Reading, Span

MOST_WORDS = 50
"""Words of a search: what is longer is no search, and takes time by its length."""
MOST_HITS = 10_000
"""Articles that one search gives."""

_PARTS = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+")
_LONGEST = 100 * MOST_WORDS
"""Characters of a search."""


def full_text_query(words: str) -> str:
    """An FTS5 query for articles that hold all of `words`; "quoted words" are a phrase, a trailing * a prefix.

    Everything is quoted, so that no input is taken for query syntax. Empty where there is no word. Raises SearchError for more
    than `MOST_WORDS` words.
    """
    if len(_WORD.findall(words[: _LONGEST + 1])) > MOST_WORDS or len(words) > _LONGEST:
        raise SearchError(f"{words[:40]}…: search for at most {MOST_WORDS} words at a time")
    terms = []
    for phrase, word in _PARTS.findall(words):
        text = phrase or word
        tokens = _WORD.findall(text)
        if tokens:
            terms.append('"' + " ".join(tokens) + '"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms)


def best_sentence(reading: Reading, words: str) -> Span:
    """The first sentence with the most of `words`; the article's beginning where it has no sentence."""
    wanted = {w.casefold()[:6] for w in _WORD.findall(words)}
    if not reading.sentences:
        return Span(0, min(len(reading.article.text), 200))

    def found(span: Span) -> int:
        sentence = span.of(reading.article.text).casefold()
        if not any(w in sentence for w in wanted):
            # most sentences: their words need not be looked at one by one
            return 0
        return len(wanted & {w[:6] for w in _WORD.findall(sentence)})

    return max(reading.sentences, key=found)


def check_limit(limit: int) -> None:
    """Raises SearchError where a search asks for less than one article, or for more than `MOST_HITS`."""
    if not 1 <= limit <= MOST_HITS:
        raise SearchError(f"limit {limit}: ask for 1 to {MOST_HITS} articles")
