"""Lines that recur across an outlet's articles: cookie notices, subscription boxes, "Read more"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b
from typing import Any

RECURS = 3
"""Articles with different titles in which a line must stand to count as furniture of its outlet."""
_LONGEST = 400
_HEAD, _TAIL = 12, 16
_FORGET, _FORGET_FURNITURE = 10, 60
"""Days after which a line is forgotten."""


class Furniture:
    """Counts of the lines at the head and foot of each outlet's articles; a line is known by a digest of it."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, list[int]]] = {}
        self._swept = 0

    def count(self, outlet: str, headline: int, lines: Iterable[str], day: date) -> None:
        """Note the `edges` of an article of `outlet` with the digest of its headline; nothing is known of an outlet without a name."""
        today = day.toordinal()
        if today > self._swept:
            self._sweep(today)
        if not outlet:
            return
        known = self._lines.setdefault(outlet, {})
        for line in lines:
            row = known.get(line)
            if row is None:
                known[line] = [1, headline, today]
            else:
                if row[1] != headline:
                    row[0] += 1
                    row[1] = headline
                row[2] = today

    def of(self, outlet: str) -> frozenset[str]:
        """The digests of the lines that are furniture of `outlet`."""
        return frozenset(line for line, row in self._lines.get(outlet, {}).items() if row[0] >= RECURS)

    def _sweep(self, today: int) -> None:
        self._swept = today
        for outlet, lines in list(self._lines.items()):
            gone = [
                line
                for line, (count, _, last) in lines.items()
                if today - last > (_FORGET_FURNITURE if count >= RECURS else _FORGET)
            ]
            for line in gone:
                del lines[line]
            if not lines:
                del self._lines[outlet]

    def dump(self) -> list[Any]:
        """The counts as JSON values."""
        return [self._swept, self._lines]

    def load(self, data: list[Any]) -> None:
        """Take over what `dump` gave."""
        self._swept, self._lines = data


def edges(text: str) -> tuple[str, ...]:
    """The digests of the lines at the head and the foot of a text, each once."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    known = dict.fromkeys(lines[:_HEAD] + lines[_HEAD:][-_TAIL:])
    return tuple(digest(line) for line in known if len(line) <= _LONGEST)


def digest(line: str) -> str:
    """What a line is known by, whatever spaces stand around it."""
    return blake2b(line.strip().encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
