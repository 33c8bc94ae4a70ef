"""The parts of a pair that the pair reader's lower layers read each by itself: what they give for a text is kept and used again.

The second text of a pair begins with how its days lie to the first's ("3 days later in time: "), and so is another in every pair; its
sentence is not. Each part has places of its own in the encoder, as if it stood where a part of its kind always stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dateline.reader.model.wordpiece import CLS, SEP

Encode = Callable[[str], list[int]]
_DAYS_END = ": "
MOST_PLACES = 217
"""No piece stands at this place of the encoder, or beyond."""


class Kind(NamedTuple):
    """The place of a part's first piece, the most pieces of its text, and the marks before them."""

    place: int
    longest: int
    opening: tuple[int, ...] = ()


FIRST, DAYS, SENTENCE = Kind(0, 96, (CLS,)), Kind(100, 18), Kind(120, 96)


class Segment(NamedTuple):
    """A part of a pair."""

    kind: Kind
    text: str

    def pieces(self, encode: Encode) -> list[int]:
        """The numbers of its pieces, cut at its end, with the encoder's marks; `encode` gives those of a text."""
        return [*self.kind.opening, *encode(self.text)[: self.kind.longest], SEP]


def segments(first: str, second: str, encode: Encode) -> tuple[Segment, Segment, Segment]:
    """The first text; the days that the second begins with, if it does; and its sentence."""
    before, end, _ = second.partition(_DAYS_END)
    days = before + end if end else ""
    if len(encode(days)) > DAYS.longest:
        days = ""
    return Segment(FIRST, first), Segment(DAYS, days), Segment(SENTENCE, second[len(days) :])
