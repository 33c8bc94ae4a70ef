"""Errors that the parts of one input share: a feed of entries without text is said to be that, and not entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from dateline.errors import SourceError

T = TypeVar("T")
NAMED = 10
"""Parts with one kind of error that are named one by one."""
_VALUES = re.compile(r"'[^']*'|\d+")


@dataclass(slots=True)
class _Kind:
    """The errors of one kind: how many, and the last."""

    count: int = 0
    last: str = ""


def without_repeats(found: Iterable[T], source: str) -> Iterator[T | SourceError]:
    """What was found in `source`; of its parts' errors the first `NAMED` of a kind, and at the end one that counts the others."""
    kinds: dict[tuple[type, str], _Kind] = {}
    part = re.compile(rf"({re.escape(source)}[#/][^:]*): (.*)", re.DOTALL)
    for item in found:
        told = part.match(str(item)) if isinstance(item, SourceError) else None
        if told is None:
            yield item
            continue
        kind = kinds.setdefault((type(item), _VALUES.sub("0", told[2])), _Kind())
        kind.count, kind.last = kind.count + 1, str(item)
        if kind.count <= NAMED:
            yield item
    for (error, _), kind in kinds.items():
        if kind.count > NAMED:
            yield error(
                f"{kind.last} (so are {kind.count:,} of its parts; the first {NAMED} are named above)"
            )
