"""One article on its way through the reader: its text, its sentences and what the model says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dateline.reader.model import Analysis, SentenceAnalysis
from dateline.reader.text import Sentence, Token
from dateline.records import Article, Span


@dataclass(frozen=True)
class Clause:
    """A sentence with its dependency tree, and the questions that the reader asks of it. Words are token indices."""

    sentence: Sentence
    analysis: SentenceAnalysis

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens."""
        return self.sentence.tokens

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        children: list[list[int]] = [[] for _ in self.sentence.tokens]
        for word, head in enumerate(self.analysis.heads):
            if head >= 0:
                children[head].append(word)
        return tuple(map(tuple, children))

    def children(self, word: int, *relations: str) -> tuple[int, ...]:
        """The dependents of `word` in text order, all or those in `relations`."""
        kids = self._children[word]
        return tuple(k for k in kids if self.analysis.deprels[k] in relations) if relations else kids

    def child(self, word: int, *relations: str) -> int | None:
        """The first dependent of `word` in one of `relations`, or None."""
        return next(iter(self.children(word, *relations)), None)

    def subtree(self, word: int, *, without: frozenset[str] = frozenset()) -> list[int]:
        """`word` and all below it in text order, cut at dependents whose relation is in `without`."""
        found, stack = [], [word]
        while stack:
            top = stack.pop()
            found.append(top)
            stack.extend(k for k in self._children[top] if self.analysis.deprels[k] not in without)
        return sorted(found)

    def ancestors(self, word: int) -> Iterator[int]:
        """The heads above `word`, nearest first."""
        head = self.analysis.heads[word]
        while head >= 0:
            yield head
            head = self.analysis.heads[head]

    def span(self, words: list[int] | tuple[int, ...]) -> Span:
        """The characters from the first to the last of `words` (not empty)."""
        return Span(self.tokens[min(words)].start, self.tokens[max(words)].end)

    @cached_property
    def _lowered(self) -> tuple[str, ...]:
        return tuple(token.text.lower() for token in self.sentence.tokens)

    def lower(self, word: int) -> str:
        """The word in lower case."""
        return self._lowered[word]

    def word_at(self, offset: int) -> int | None:
        """The token that holds the character `offset`, or None."""
        return next((i for i, t in enumerate(self.tokens) if t.start <= offset < t.end), None)

    def words_in(self, span: Span) -> list[int]:
        """The tokens that overlap `span`."""
        return [i for i, t in enumerate(self.tokens) if t.start < span.end and span.start < t.end]


@dataclass(frozen=True)
class Document:
    """What every step of the reader is given."""

    article: Article
    sentences: tuple[Sentence, ...]
    analysis: Analysis

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The sentences with their trees, in order."""
        return tuple(Clause(s, a) for s, a in zip(self.sentences, self.analysis.sentences, strict=True))

    @property
    def text(self) -> str:
        """The article's text, that all offsets count in."""
        return self.article.text
