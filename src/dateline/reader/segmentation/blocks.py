"""Lines to paragraphs: hard-wrapped prose is joined, everything else stands for itself.

Linear in the length of the text. Nothing is left out: what is page furniture is for others to tell.
"""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.records import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_TERMINAL = re.compile(r"""[.!?…:][\s"'”’»)\]]*\Z""")
_UNFINISHED = re.compile(
    r"(?:[,;–—-]|\b(?:the|an?|of|to|in|on|at|by|for|with|from|and|or|but|that|which|who|is|was|were|has|had|will|as))\Z",
    re.I,
)
_LIST_ITEM = re.compile(r"(?:[-*•·◦▪–—]\s|\d{1,2}[.)]\s)")
_WIDTHS = range(40, 131)
"""Line lengths at which programs wrap prose."""
_FEWEST = 2
"""Lines that begin with a blank, at least, where these begin paragraphs."""
_SLACK = 5
"""Characters by which a full line may fall short."""


def paragraphs(text: str) -> list[list[Span]]:
    """The paragraphs of `text`, each as the lines that make it up.

    An empty line parts paragraphs. A single line break does too, unless the line is wrapped prose that goes on.
    """
    lines = _trimmed_lines(text)
    width = _wrap_width(text, lines)
    indents = width is not None and _indents(text, lines)
    found: list[list[Span]] = []
    for block in lines:
        current: list[Span] = []
        for line in block:
            if current and not _goes_on(text, current[-1], line, width, indents=indents):
                found.append(current)
                current = []
            current.append(line)
        if current:
            found.append(current)
    return found


def _trimmed_lines(text: str) -> list[list[Span]]:
    """Blocks of lines between empty lines, white space around each line left out."""
    blocks: list[list[Span]] = [[]]
    position = 0
    while position <= len(text):
        brk = _BREAK.search(text, position)
        end = brk.start() if brk else len(text)
        line = text[position:end]
        stripped = line.strip()
        if stripped:
            start = position + len(line) - len(line.lstrip())
            blocks[-1].append(Span(start, start + len(stripped)))
        elif blocks[-1]:
            blocks.append([])
        position = brk.end() if brk else len(text) + 1
    return [block for block in blocks if block]


def _first_word(text: str, line: Span) -> int:
    """Length of the line's first word."""
    return len(text[line.start : min(line.end, line.start + 60)].split(None, 1)[0])


def _wrap_width(text: str, blocks: list[list[Span]]) -> int | None:
    """The width at which the text's lines are wrapped, or None where they are not.

    Wrapped lines are so full that the next line's first word would not have fitted.
    """
    joined = [(a, b) for block in blocks for a, b in pairwise(block)]
    if len(joined) < 2:
        return None
    width = max(line.end - line.start for block in blocks for line in block)
    if width not in _WIDTHS:
        return None
    full = sum(_is_full(text, a, b, width) for a, b in joined)
    return width if full >= 0.6 * len(joined) else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """True where the next line's first word would hardly have fitted on `line`."""
    return line.end - line.start + 1 + _first_word(text, following) > width - _SLACK


def _indents(text: str, blocks: list[list[Span]]) -> bool:
    """True where paragraphs of wrapped prose begin with a blank, and no more than every second line does."""
    within = [_is_indented(text, line) for block in blocks for line in block[1:]]
    return _FEWEST <= sum(within) <= len(within) / 2


def _is_indented(text: str, line: Span) -> bool:
    return line.start > 0 and text[line.start - 1] in " \t"


def _goes_on(text: str, line: Span, following: Span, width: int | None, *, indents: bool) -> bool:
    """True where the break between two lines lies inside running prose."""
    tail, head = text[max(line.start, line.end - 40) : line.end], text[following.start : following.start + 8]
    if _LIST_ITEM.match(head):
        return False
    if width is not None and _is_full(text, line, following, width):
        return True
    if _TERMINAL.search(tail):
        return False
    if indents:  # a line that lost its dateline is short, and no paragraph
        return not _is_indented(text, following)
    return head[:1].islower() or (width is None and bool(_UNFINISHED.search(tail)))
