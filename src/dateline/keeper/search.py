"""Full-text search: what a reader types -> a query, and the sentence that answers it best."""

from __future__ import annotations

import re

from dateline.records import Reading, Span

_PARTS = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+")


def full_text_query(words: str) -> str:
    """An FTS5 query for articles that hold all of `words`; "quoted words" are a phrase, a trailing * a prefix.

    Everything is quoted, so that no input is taken for query syntax. Empty where there is no word.
    """
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
        return len(wanted & {w.casefold()[:6] for w in _WORD.findall(span.of(reading.article.text))})

    return max(reading.sentences, key=found)
