"""Tokens to sentences: a learned network says where they end, and no sentence crosses a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dateline.language.datelines import end_of_dateline
from dateline.reader.segmentation.blocks import paragraphs
from dateline.reader.segmentation.boundaries import Floats, bundled
from dateline.reader.segmentation.tokens import Token, tokenize
from dateline.records import Span

_CUT_AFTER = frozenset([",", ";", ":", "—", "–"])
"""Marks after which a sentence is cut that is too long to be read at once."""


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


UNMARKED = 2.0
"""The least score of an end without a mark before it: in running prose a name may look like a line of its own."""
_MARK = re.compile(r"""[.!?…:;)\]"'”’»*_=-]$""")
_STOPS = frozenset([".", "!", "?"])
_CLOSING, _OPENING = frozenset(["”", "’", "»"]), frozenset(["“", "‘", "«"])
_LAST = re.compile(r"[a-zß-öø-ÿ]{3,}|\d+")
_FIRST = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+|[AI]")
LONGEST = 256
"""Tokens after which a sentence without an end is cut, at a comma or the like where there is one."""


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order.

    Never raises; takes time linear in the length of `text`. No sentence is empty or longer than `LONGEST` tokens,
    and every character that is neither white space nor an invisible control is in one token.
    """
    blocks = [
        [token for line in paragraph for token in tokenize(text, line.start, line.end)]
        for paragraph in paragraphs(text)
    ]
    filled = [(number, tokens) for number, tokens in enumerate(blocks) if tokens]
    scores = bundled().scores([tokens for _, tokens in filled])
    sentences: list[Sentence] = []
    for (number, tokens), told in zip(filled, scores, strict=True):
        bounds = [0, *_ends(text, tokens, told)]
        for first, last in pairwise(bounds):
            for low, high in _windows(tokens, first, last):
                chosen = tuple(tokens[low:high])
                sentences.append(Sentence(chosen[0].start, chosen[-1].end, chosen, number))
    return tuple(sentences)


def _ends(text: str, tokens: Sequence[Token], scores: Floats) -> list[int]:
    """Indices one past the last token of each sentence. A dateline ("HARTVIK, Oct 3 (NWA) -") is one by itself."""
    marked = np.array([bool(_MARK.search(token.text)) for token in tokens])
    found = set((np.flatnonzero(scores > np.where(marked, 0, UNMARKED)) + 1).tolist()) | set(_glued(tokens))
    start = tokens[0].start
    if dateline := end_of_dateline(text, start, tokens[-1].end):
        last = sum(token.end <= dateline for token in tokens[:40])
        found = {end for end in found if end > last} | {last}
    return sorted(found | {len(tokens)})


def _glued(tokens: Sequence[Token]) -> Iterator[int]:
    """Ends of sentences that lost the blank behind them, which the network never saw: "out of pocket.Congress", "off.“The rest"."""
    for place in range(1, len(tokens) - 1):
        if tokens[place].text not in _STOPS or not _LAST.fullmatch(tokens[place - 1].text):
            continue
        end = place + 1
        if tokens[end].text in _CLOSING:
            end += 1
        first = end + (end < len(tokens) and tokens[end].text in _OPENING)
        behind = tokens[place : first + 1]
        is_glued = all(one.end == other.start for one, other in pairwise(behind))
        if first < len(tokens) and is_glued and _FIRST.fullmatch(tokens[first].text):
            yield end


def _windows(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """[first, last), cut into windows of at most `LONGEST` tokens, after a comma or the like where possible."""
    windows = []
    while last - first > LONGEST:
        cut = next(
            (
                i + 1
                for i in range(first + LONGEST - 1, first + LONGEST // 2, -1)
                if tokens[i].text in _CUT_AFTER
            ),
            first + LONGEST,
        )
        windows.append((first, cut))
        first = cut
    if last > first:
        windows.append((first, last))
    return windows
