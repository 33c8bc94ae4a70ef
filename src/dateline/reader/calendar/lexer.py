"""Words, numbers and marks of a text, each with the classes that rules ask for.

The text is cut into pieces, white space among them, by one regular expression; every piece gets the character of its
classes (`OTHER` where no rule could use it). Items, with places and values, are made only for the stretches that a rule may
match in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from dateline.reader.calendar.grammar import Grammar
from dateline.reader.calendar.patterns import OTHER

SPACE = "\x01"
"""The character of white space inside a paragraph."""

_PIECE = re.compile(
    r"[Qq][1-4](?!\w)|H[12](?!\w)|[Mm]id-(?=\d{4}(?![\ds'’]))|[1-4]Q(?:\d{4}|\d{2})?(?!\w)|FY['’]?\d{2}(?:\d{2})?(?!\w)"
    r"|(?<!\w)[A-Z]{1,2}\d{4}(?!\w)|[^\W\d_]+|[ \t]+"
    r"|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
    r"|\d{4}-?W\d{2}(?:-?[1-7])?(?!\w)"
    r"|\d{1,2}(?:/\d{1,2}/|-\d{1,2}-|\.\d{1,2}\.)(?:\d{4}|\d{2})(?![\d/])"
    r"|(?:19|20)\d{2}[-/](?:0[1-9]|1[0-2])(?![\d/-])"
    r"|['’‘]?\d{2}(?:\d{2})?['’]?s(?!\w)"
    r"|(?<=\s)['’‘]\d{2}(?![\w'’])"
    r"|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)"
    r"|\d{1,2}[:.]\d{2}(?::\d{2})?(?![\d%])"
    r"|\d{1,2}/\d{1,2}(?![\d/])"
    r"|\d+(?:,\d{3})*(?:\.\d+)?"
    r"|\s+|--+|[^\w\s]|_+",
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?")
_SPACED_HYPHEN = re.compile(r"(?<![Mm]id )(?<=[^\S\n])-(?=\s)")
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"\d{4}-\d{2}-\d{2}.*")),
    ("isoweek", re.compile(r"\d{4}-?W\d{2}(?:-?[1-7])?")),
    ("numdate", re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})")),
    ("quarter_code", re.compile(r"[1-4]Q(?:\d{2}|\d{4})?")),
    ("fiscal_code", re.compile(r"FY['’]?(?:\d{2}|\d{4})")),
    ("short_year", re.compile(r"['’‘]\d{2}")),
    ("isomonth", re.compile(r"(?:19|20)\d{2}[-/]\d{2}")),
    ("decade", re.compile(r"['’‘]?(?:\d{2})?\d0['’]?s")),
    ("clock", _CLOCK),
    ("fraction", re.compile(r"\d{1,2}/\d{1,2}")),
)
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class Item:
    """A word, a number, a mark, or what a rule has made of several. `values` holds what it means in each of its classes."""

    start: int
    end: int
    character: str
    values: dict[str, Any]
    word: str = ""


class Pieces:
    """The pieces of a text, and their characters in one string."""

    def __init__(self, text: str, rules: Grammar) -> None:
        self.text = text
        self.rules = rules
        # a hyphen between spaces is a dash, and joins nothing, but in tokenised text ("mid - March")
        self.pieces: list[str] = _PIECE.findall(_SPACED_HYPHEN.sub("–", text))
        known = _Characters(rules)
        self.characters = "".join(map(known.__getitem__, self.pieces))
        self.ends = list(accumulate(map(len, self.pieces)))

    def items(self, first: int, last: int) -> list[Item]:
        """The items of pieces [first, last), white space left out."""
        found = []
        for at in range(first, last):
            piece = self.pieces[at]
            if self.characters[at] == SPACE:
                continue
            end = self.ends[at]
            word = self.rules.words.get(piece)
            values = dict(word.values) if word else shape(piece)
            found.append(Item(end - len(piece), end, self.characters[at], values, piece.lower()))
        return found


class _Characters(dict[str, str]):
    """The character of each piece met in one text, filled as pieces are met."""

    def __init__(self, rules: Grammar) -> None:
        super().__init__(rules.characters)
        self.rules = rules

    def __missing__(self, piece: str) -> str:
        if piece.isalpha():
            character = OTHER
        elif piece.isspace():
            character = OTHER if _BLANK_LINE.search(piece) else SPACE
        else:
            character = self.rules.character(shape(piece))
        self[piece] = character
        return character


def shape(piece: str) -> dict[str, Any]:
    """The classes of a piece that is not in the lexicon, told by its form, and its value in each."""
    if len(piece) > 40:
        return {}
    if _NUMBER.fullmatch(piece):
        classes = number_classes(piece)
        if _CLOCK.fullmatch(piece):
            return {"clock": piece}
        return classes
    if match := _ORDINAL.fullmatch(piece):
        return {"ordinal": int(match[1]), "ordnum": int(match[1])}
    for name, form in _SHAPES:
        if form.fullmatch(piece):
            return {"years" if name == "isomonth" and _are_years(piece) else name: piece}
    return {}


def _are_years(piece: str) -> bool:
    """True for "2010-12", which runs from one year to a later; "2024-03" is a month."""
    return int(piece[5:]) > int(piece[2:4])


def number_classes(text: str) -> dict[str, Any]:
    """The classes of a number in digits, and its value in each."""
    if len(text) > 15:
        return {}
    if "." in text or "," in text:
        return {"number": float(text.replace(",", ""))}
    value = int(text)
    classes: dict[str, Any] = {"number": value}
    if len(text) == 4 and 1000 <= value <= 2199:
        classes["year4"] = value
    if len(text) <= 2:
        if 1 <= value <= 31:
            classes["daynum"] = value
        if 0 <= value <= 24:
            classes["hournum"] = value
        if len(text) == 2:
            classes["year2"] = value
    return classes


def number_value(value: float) -> dict[str, Any]:
    """The classes of a number told in words."""
    classes: dict[str, Any] = {"number": value}
    if value == int(value):
        if 1 <= value <= 12:
            classes["hourword"] = int(value)
        if 1 <= value <= 59:
            classes["minuteword"] = int(value)
    return classes
