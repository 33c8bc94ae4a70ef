"""One article on its way through the reader: its text, its sentences and what the model says of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dateline.reader.model.interface import (
    Analysis,
    Announcement,
    Arc,
    Attribution,
    Block,
    Place,
    SentenceAnalysis,
    Trigger,
)
from dateline.reader.segmentation import Sentence, Token
from dateline.reader.span_index import SpanIndex
from dateline.records import Article, Span

_VERBS = frozenset(["VERB", "AUX"])
_READ: frozenset[Block] = frozenset(["report", "headline"])
"""What of a page is read: the rest is its furniture."""


@dataclass(frozen=True)
class ParsedSentence:
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

    def is_verb(self, word: int) -> bool:
        """True for a verb or an auxiliary."""
        return self.analysis.upos[word] in _VERBS

    def is_predicate(self, word: int) -> bool:
        """True for a verb, and for what a copula makes one ("is ready")."""
        return self.is_verb(word) or self.child(word, "cop") is not None

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

    def head_of(self, words: Sequence[int]) -> int:
        """The word of a phrase that hangs on none of its others, the last one where there is none."""
        return next((w for w in words if self.analysis.heads[w] not in words), words[-1])

    def span(self, words: list[int] | tuple[int, ...]) -> Span:
        """The characters from the first to the last of `words` (not empty)."""
        return Span(self.tokens[min(words)].start, self.tokens[max(words)].end)

    @cached_property
    def _lowered(self) -> tuple[str, ...]:
        return tuple(token.text.lower() for token in self.sentence.tokens)

    def lower(self, word: int) -> str:
        """The word in lower case."""
        return self._lowered[word]

    @cached_property
    def _ends(self) -> list[int]:
        return [t.end for t in self.tokens]

    def word_at(self, offset: int) -> int | None:
        """The token that holds the character `offset`, or None."""
        word = bisect_right(self._ends, offset)
        return word if word < len(self.tokens) and self.tokens[word].start <= offset else None

    def words_in(self, span: Span) -> list[int]:
        """The tokens that overlap `span`."""
        word = bisect_right(self._ends, span.start)
        found = []
        while word < len(self.tokens) and self.tokens[word].start < span.end:
            found.append(word)
            word += 1
        return found


@dataclass(frozen=True)
class Document:
    """What every step of the reader is given: the sentences that are report or headline, with what the model says of them.

    A `Place` counts in `sentences`.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    analysis: Analysis

    @classmethod
    def of(cls, article: Article, sentences: tuple[Sentence, ...], analysis: Analysis) -> Document:
        """The document without what the model takes for page furniture (all is kept where all is furniture)."""
        kept = [i for i, s in enumerate(analysis.sentences) if s.block in _READ]
        if not kept or len(kept) == len(sentences):
            return cls(article, sentences, analysis)
        number = {old: new for new, old in enumerate(kept)}
        moved = tuple(_moved(analysis.sentences[i], number) for i in kept)
        inside = SpanIndex([sentences[i] for i in kept], lambda s: s.span)
        said = tuple(found for a in analysis.attributions if (found := _inside(a, inside)) is not None)
        return cls(article, tuple(sentences[i] for i in kept), Analysis(moved, said))

    @cached_property
    def clauses(self) -> tuple[ParsedSentence, ...]:
        """The sentences with their trees, in order."""
        return tuple(
            ParsedSentence(s, a) for s, a in zip(self.sentences, self.analysis.sentences, strict=True)
        )

    @property
    def text(self) -> str:
        """The article's text, that all offsets count in."""
        return self.article.text

    def token(self, place: Place) -> Token:
        """The word at a place."""
        return self.sentences[place.sentence].tokens[place.token]

    def is_headline(self, number: int) -> bool:
        """True for a headline above a report; where all is headlines, they are what there is to read."""
        return self.analysis.sentences[number].block == "headline" and self._has_report

    @cached_property
    def _has_report(self) -> bool:
        return any(s.block == "report" for s in self.analysis.sentences)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> int | None:
        """The index of the sentence that holds the character `offset`, or None."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset < self.sentences[number].end else None

    def place_at(self, offset: int) -> Place | None:
        """The word that holds the character `offset`, or None."""
        number = self.sentence_at(offset)
        token = None if number is None else self.clauses[number].word_at(offset)
        return None if number is None or token is None else Place(number, token)


def _moved(analysis: SentenceAnalysis, number: Mapping[int, int]) -> SentenceAnalysis:
    """The analysis with its places counted anew; an arc to a sentence that was left out is none."""

    def moved(arcs: Sequence[Arc]) -> tuple[Arc, ...]:
        return tuple(
            arc if arc.place is None else Arc(Place(number[arc.place.sentence], arc.place.token), arc.chance)
            for arc in arcs
            if arc.place is None or arc.place.sentence in number
        )

    def trigger(found: Trigger) -> Trigger:
        return replace(found, times=moved(found.times))

    def announcement(found: Announcement) -> Announcement:
        return replace(found, holders=moved(found.holders), times=moved(found.times))

    return replace(
        analysis,
        triggers=tuple(map(trigger, analysis.triggers)),
        announcements=tuple(map(announcement, analysis.announcements)),
    )


def _inside(attribution: Attribution, kept: SpanIndex[Sentence]) -> Attribution | None:
    """The attribution as far as it stands in sentences that are kept, or None."""

    def stands(start: int) -> bool:
        return bool(kept.overlapping(start, start + 1))

    cue = attribution.cue if attribution.cue is not None and stands(attribution.cue.start) else None
    sources = tuple(s for s in attribution.sources if stands(s.start))
    contents = tuple(c for c in attribution.contents if stands(c.start))
    return Attribution(cue, sources, contents) if cue or sources or contents else None
