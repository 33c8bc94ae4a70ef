"""Views and listings to bytes and back, and views last used kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import msgspec

from dateline.records import Listing, StoryOutline, StoryView
from dateline.store.compression import compress, decompress

Key = tuple[object, ...]

_ALONE = b""
"""Beside which outlines are compressed: lists are made of many, and a table of words takes longer than they do."""


def pack(record: StoryView | StoryOutline | Listing) -> bytes:
    """`record` as compressed JSON."""
    return compress(msgspec.json.encode(record), beside=_ALONE if isinstance(record, StoryOutline) else None)


@dataclass(frozen=True, slots=True)
class PackedView:
    """A view as a notebook keeps it: whole, or its outline alone."""

    outline: bytes
    view: bytes | None

    @classmethod
    def of(cls, view: StoryView, outline: StoryOutline, *, whole: bool = True) -> PackedView:
        """`view` with its `outline`, or (not `whole`) that alone."""
        return cls(pack(outline), pack(view) if whole else None)


def unpack_view(data: bytes) -> StoryView:
    """What `pack` made of a view. Raises ValueError where `data` is no view of this version."""
    return msgspec.json.decode(decompress(data), type=StoryView)


def unpack_outline(data: bytes) -> StoryOutline:
    """What `pack` made of an outline. Raises ValueError where `data` is no outline of this version."""
    return msgspec.json.decode(decompress(data, beside=_ALONE), type=StoryOutline)


def unpack_listing(data: bytes) -> Listing:
    """What `pack` made of a listing. Raises ValueError where `data` is none of this version."""
    return msgspec.json.decode(decompress(data), type=Listing)


class RecentViews:
    """The views last used, at most `most` of them; safe to share between threads."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._views: OrderedDict[Key, StoryView] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> StoryView | None:
        """The view kept under `key`, or None."""
        with self._lock:
            if key in self._views:
                self._views.move_to_end(key)
            return self._views.get(key)

    def put(self, key: Key, view: StoryView) -> None:
        """Keep `view`, and let go of the one longest unused where there are too many."""
        with self._lock:
            self._views[key] = view
            self._views.move_to_end(key)
            while len(self._views) > self._most:
                self._views.popitem(last=False)
