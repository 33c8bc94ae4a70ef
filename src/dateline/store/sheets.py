"""Sheets to bytes and back, and those last used kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import msgspec

from dateline.records import Brief, Sheet
from dateline.store.pressing import press, unpress

Key = tuple[object, ...]


def pack(record: Sheet | Brief) -> bytes:
    """`record` as compressed JSON."""
    return press(msgspec.json.encode(record))


def unpack_sheet(data: bytes) -> Sheet:
    """What `pack` made of a sheet. Raises ValueError where `data` is no sheet of this version."""
    return msgspec.json.decode(unpress(data), type=Sheet)


def unpack_brief(data: bytes) -> Brief:
    """What `pack` made of a brief. Raises ValueError where `data` is no brief of this version."""
    return msgspec.json.decode(unpress(data), type=Brief)


class RecentSheets:
    """The sheets last used, at most `most` of them; safe to share between threads."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._sheets: OrderedDict[Key, Sheet] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Sheet | None:
        """The sheet kept under `key`, or None."""
        with self._lock:
            if key in self._sheets:
                self._sheets.move_to_end(key)
            return self._sheets.get(key)

    def put(self, key: Key, sheet: Sheet) -> None:
        """Keep `sheet`, and let go of the one longest unused where there are too many."""
        with self._lock:
            self._sheets[key] = sheet
            self._sheets.move_to_end(key)
            while len(self._sheets) > self._most:
                self._sheets.popitem(last=False)
