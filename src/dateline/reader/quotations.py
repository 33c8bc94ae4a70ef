"""Stretches in quotation marks, whichever marks a paper uses, paragraph by paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dateline.reader.segmentation import Sentence
from dateline.records import Span

_OPENERS = "“„«"
_CLOSERS = "”»"
_STRAIGHT = ('"', "``", "''")
_LOOSE = re.compile(r"(?<!\w)’|’(?!\w)")
_LOOSE_STRAIGHT = re.compile(r"(?<=[^\s(sS])'(?![\w'])")
"""Straight single marks at a word's end, but for those behind an s, which may be apostrophes."""
_ENDS = ".,!?…"
_MARK = re.compile(
    r"``|''|[“”„«»\"]|(?<!\w)‘(?=\S)|(?<=[^\s(])’(?!\w)|(?<![^\s(:])'(?=[A-Z])|(?<=[.,!?…])'(?![\w'])"
)
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch: `span` with its marks, `content` without. `continues`: the mark was re-opened in a new paragraph."""

    span: Span
    content: Span
    continues: bool = False


def scan(text: str, sentences: Sequence[Sentence]) -> tuple[Quotation, ...]:
    """The outermost quoted stretches of the text that was cut into `sentences`, in order.

    A mark that is never closed in its paragraph runs to the paragraph's end, where the next paragraph opens with a
    mark again (a speech over paragraphs); elsewhere it is no quotation.
    """
    paragraphs = [
        Span(members[0].start, members[-1].end)
        for members in (list(g) for _, g in groupby(sentences, key=lambda s: s.paragraph))
    ]
    found: list[Quotation] = []
    running = False
    for number, paragraph in enumerate(paragraphs):
        opens_next = number + 1 < len(paragraphs) and text[paragraphs[number + 1].start] in '“„«"‘'
        quotes, running = _scan_paragraph(text, paragraph, running, opens_next)
        found += quotes
    return tuple(found)


def _scan_paragraph(
    text: str, paragraph: Span, running: bool, opens_next: bool
) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    start: int | None = None
    closer = ""
    continues = False
    loose = [m.start() for m in _LOOSE.finditer(text, paragraph.start, paragraph.end)]
    last_loose = loose[-1] if loose else -1
    decisive = [m.start() for m in _LOOSE_STRAIGHT.finditer(text, paragraph.start, paragraph.end)]
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark = match[0]
        if start is None:
            if mark == "’" or mark in _CLOSERS or (mark == "''"):
                continue
            if mark == "'" and not _opens_straight(text, match.start(), decisive):
                continue
            if mark == '"' and not _opens(text, match.span(), paragraph):
                continue
            start, continues = match.start(), running and match.start() == paragraph.start
            closer = {"“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", '"': '"', "``": "''"}[mark]
            length = len(mark)
        elif mark in closer if closer != "''" else mark == "''":
            if closer == "'" and text[match.start() - 1] not in _ENDS:
                continue
            if closer == "’" and not _closes_single(text, match.start(), last_loose):
                continue
            found.append(_quotation(text, Span(start, match.end()), length, len(mark), continues))
            start = None
    if start is None:
        return found, False
    if opens_next and _WORD.search(text, start, paragraph.end) and closer not in "’'":
        found.append(_quotation(text, Span(start, paragraph.end), length, 0, continues))
        return found, True
    return found, False


def _opens(text: str, mark: tuple[int, int], paragraph: Span) -> bool:
    """True for a straight mark that can open: a word follows at once, or (in text with a space on both sides) none stands before."""
    before, after = mark
    if after >= paragraph.end:
        return False
    return not text[after].isspace() or before == paragraph.start or text[before - 1].isspace()


def _opens_straight(text: str, mark: int, loose: Sequence[int]) -> bool:
    """True for a straight single mark whose counterpart closes a sentence or a part of one ('It sank,' she said), and is no
    scare quote ('safe' boats). `loose` are the marks that may close."""
    after = bisect_right(loose, mark)
    return after < len(loose) and text[loose[after] - 1] in _ENDS


def _closes_single(text: str, at: int, last_loose: int) -> bool:
    """A closing single mark stands at a word's end before a space or stop; the plural's apostrophe does too, so where this one follows
    an s it must be the last of the paragraph that stands in no word."""
    return text[at - 1] not in "sS" or last_loose <= at


def _quotation(text: str, span: Span, opening: int, closing: int, continues: bool) -> Quotation:
    start, end = span.start + opening, span.end - closing
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(span, Span(start, end), continues)
