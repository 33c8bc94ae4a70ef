"""Furniture, sentences and tokens: offsets into the original text, always."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as Universal Dependencies cuts them ("don't" is "do", "n't"; "Putin's" is "Putin", "'s")."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters, its tokens, and the number of the paragraph that holds it (from 0)."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int

    @property
    def span(self) -> Span:
        """The sentence's characters."""
        return Span(self.start, self.end)
