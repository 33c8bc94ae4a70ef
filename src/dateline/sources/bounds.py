"""How much of an input is read. What crosses a bound is refused with the reason, and the rest goes on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from dateline.errors import SourceError
from dateline.time_limit import OutOfTime, time_limit

MEGABYTE = 1024 * 1024
_SEEN = "LNPS"
"""Unicode's classes of what stands by itself on paper: letters, numbers, punctuation and symbols."""
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Fillers of Hangul and Braille, which are of these classes and blank."""


def can_be_seen(text: str) -> bool:
    """True where `text` has a character that shows; controls, spaces, joiners and marks without a letter do not."""
    return any(unicodedata.category(c)[0] in _SEEN and c not in _BLANK for c in text)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds, each with its default.

    `page_bytes` holds for a web page, `document_bytes` for a mail, a release, a text or a feed, `table_bytes` for what is
    many (tables, feeds, exports); archives are streamed and may be of any size, but each part of them keeps
    to these, all parts together to `unpacked_bytes`, and none may grow by more than `ratio` when unpacked (a
    WARC archive may: of its pages none is read beyond `page_bytes`). `seconds` is the computing that one article may take, its page
    or document to be taken apart and its text to be read each; 0 is no bound.
    """

    page_bytes: int = 8 * MEGABYTE
    document_bytes: int = 32 * MEGABYTE
    table_bytes: int = 1024 * MEGABYTE
    text_characters: int = 2_000_000
    unpacked_bytes: int = 64 * 1024 * MEGABYTE
    ratio: int = 200
    members: int = 100_000
    packed_depth: int = 3
    attributes: int = 2_000
    elements: int = 100_000
    siblings: int = 4_000
    pages: int = 2_000
    seconds: float = 300.0

    def check_text(self, text: str, where: str) -> None:
        """Raises SourceError where nothing of one article's text can be seen, or it is longer than any report is."""
        if not can_be_seen(text):
            raise SourceError(f"{where}: the text is empty: none of its characters can be seen")
        if len(text) > self.text_characters:
            raise SourceError(
                f"{where}: the text has {len(text):,} characters, more than the {self.text_characters:,} that one article "
                "may have; split it"
            )

    @contextmanager
    def in_time(self, where: str) -> Iterator[None]:
        """Raises SourceError where the work inside computes for longer than one article may take."""
        try:
            with time_limit(self.seconds):
                yield
        except OutOfTime:
            raise SourceError(
                f"{where}: taking it apart took more than {self.seconds:g} seconds of computing; "
                "--bound seconds=N gives it more"
            ) from None

    @classmethod
    def of(cls, given: Iterable[str]) -> Bounds:
        """The bounds with those of `given`, each written NAME=NUMBER, in place of their defaults.

        Raises ValueError, with the names that there are, for another name or what is no number.
        """
        kinds = {f.name: float if f.name == "seconds" else int for f in fields(cls)}
        values: dict[str, int | float] = {}
        for pair in given:
            name, equals, value = pair.partition("=")
            if not equals or name not in kinds:
                raise ValueError(f"{pair}: write NAME=NUMBER with a name of {', '.join(kinds)}")
            try:
                values[name] = kinds[name](value.replace("_", ""))
            except ValueError:
                raise ValueError(f"{pair}: {value!r} is not a number") from None
            if not 0 <= values[name] < float("inf"):
                raise ValueError(f"{pair}: a bound is a number from 0 up")
        return cls(**values)  # type: ignore[arg-type]
