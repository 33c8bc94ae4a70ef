"""Words, numbers and marks of a text, each with the classes that rules ask for.

One pass of one regular expression; what no rule could use is kept as a gap. Numbers told in several words ("two hundred",
"twenty-five", "nineteen ninety-six", "2 1/2") are joined afterwards, inside the stretches that hold a trigger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(
    r"""(?P<ampm>\b[ap]\.[ ]?m\b\.?)
      | (?P<word>[^\W\d_]+)
      | (?P<iso>\b\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))
      | (?P<isoweek>\b\d{4}-?W\d{2}(?:-?[1-7])?\b)
      | (?P<numdate>\b\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\d/]))
      | (?P<isomonth>\b(?:19|20)\d{2}[-/](?:0[1-9]|1[0-2])(?![\d/-]))
      | (?P<decade>['’‘]\d0s\b|\b(?:\d{2})?\d0['’]?s\b)
      | (?P<ordnum>\b\d{1,3}(?:st|nd|rd|th)\b)
      | (?P<clock>\b\d{1,2}[:.]\d{2}(?::\d{2})?(?![\d%]))
      | (?P<fraction>\b\d{1,2}/\d{1,2}(?![\d/]))
      | (?P<quarter>\bQ[1-4]\b)
      | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
      | (?P<break>\n[^\S\n]*\n\s*)
      | (?P<mark>[^\s\w])""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(slots=True)
class Item:
    """A word, a number, a mark, or what a rule has made of several. `values` holds what it means in each of its classes."""

    start: int
    end: int
    character: str
    values: dict[str, Any]
    word: str = ""


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
