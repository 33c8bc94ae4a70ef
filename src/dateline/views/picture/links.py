"""Where the marks of a picture lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol

Kind = Literal["report", "entry", "disagreement", "expectation"]


class Links(Protocol):
    """Addresses for marks: each thing goes by its id on the page."""

    def one(self, kind: Kind, key: str) -> str:
        """The address of one thing's line."""

    def many(self, kind: Kind, keys: Sequence[str], first: date, last: date) -> str:
        """The address at which the things are listed that a mark stands for, which lie on the days from `first` to `last`."""

    def lane(self, status: str, keys: Sequence[str]) -> str:
        """The address at which the expectations of a status are listed."""


class InPage:
    """Within the page that holds all lines: a mark of several things leads to the first of them."""

    def one(self, kind: Kind, key: str) -> str:
        """The line's own place."""
        return f"#{'article' if kind == 'report' else kind}-{key}"

    def many(self, kind: Kind, keys: Sequence[str], first: date, last: date) -> str:
        """The first of them."""
        return self.one(kind, keys[0])

    def lane(self, status: str, keys: Sequence[str]) -> str:
        """The first of them."""
        return self.one("expectation", keys[0])
