"""Lines that recur across an outlet's articles: cookie notices, subscription boxes, "Read more"."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from typing import Any

from dateline.keeper import features
from dateline.records import Reading

RECURS = 3
"""Articles with different titles in which a line must stand to count as furniture of its outlet."""
_LONGEST = 400
_HEAD, _TAIL = 12, 16
_FORGET = 10


class Furniture:
    """Counts of the lines at the head and foot of each outlet's articles; a line is known by a digest of it."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, list[int]]] = {}
        self._swept = 0

    def count(self, outlet: str, reading: Reading, day: date) -> None:
        """Note the lines of an article of `outlet`; nothing is known of an outlet without a name."""
        today = day.toordinal()
        if today > self._swept:
            self._sweep(today)
        if not outlet:
            return
        title = zlib.crc32(features.headline(reading).encode("utf-8", "surrogatepass"))
        lines = [line.strip() for line in reading.article.text.split("\n")]
        lines = [line for line in lines if line]
        edges = dict.fromkeys(lines[:_HEAD] + lines[_HEAD:][-_TAIL:])
        known = self._lines.setdefault(outlet, {})
        for line in edges:
            if len(line) > _LONGEST:
                continue
            key = _key(line)
            row = known.get(key)
            if row is None:
                known[key] = [1, title, today]
            else:
                if row[1] != title:
                    row[0] += 1
                    row[1] = title
                row[2] = today

    def of(self, outlet: str) -> Callable[[str], bool] | None:
        """What tells of a line, without the spaces around it, whether it is furniture of `outlet`; None where nothing is."""
        keys = frozenset(key for key, row in self._lines.get(outlet, {}).items() if row[0] >= RECURS)
        return (lambda line: _key(line) in keys) if keys else None

    def _sweep(self, today: int) -> None:
        self._swept = today
        for outlet, lines in list(self._lines.items()):
            kept = {
                key: row
                for key, row in lines.items()
                if today - row[2] <= (60 if row[0] >= RECURS else _FORGET)
            }
            if kept:
                self._lines[outlet] = kept
            else:
                del self._lines[outlet]

    def dump(self) -> list[Any]:
        """The counts as JSON values."""
        return [self._swept, self._lines]

    def load(self, data: list[Any]) -> None:
        """Take over what `dump` gave."""
        self._swept, self._lines = data


def _key(line: str) -> str:
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
