"""Number words and what they are worth: the one table of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

UNITS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
"""What is told in one word below twenty."""

TENS: dict[str, int] = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}

SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
"""What multiplies the number before it."""

ABBREVIATED: dict[str, int] = {
    "k": 1_000,
    "m": 10**6,
    "mn": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "tn": 10**12,
}
"""What multiplies digits before it: "4bn"."""

DOZEN: dict[str, int] = {"dozen": 12}

GROUPS: dict[str, int] = DOZEN | {"score": 20}
"""What is counted in, behind a number or "a"."""

PLURALS: dict[str, int] = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2 * 10**6,
    "billions": 2 * 10**9,
}
"""What is told by itself and vaguely ("dozens of houses"), with the least that it can be."""

CARDINALS: dict[str, int] = UNITS | TENS | SCALES | DOZEN
"""Every word that by itself is a whole number."""

ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
} | {f"{word.removesuffix('y')}ieth": value for word, value in TENS.items()}


_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ARTICLES = frozenset(["a", "an"])
_JOINING = frozenset(["-", "and"])
_AND_A_HALF = ("and", "a", "half")


def leading_number(words: Sequence[str]) -> tuple[float, int] | None:
    """The number that `words` begin with, and how many of them tell it; None where they begin with none.

    Words are in lower case, digits with their commas and hyphens being words of their own: "4,000", "$" apart from "4" and "bn",
    "twenty", "-", "six", "half", "a", "million". Years told as "nineteen ninety-six" are no one number.
    """
    opening = _opening(words)
    if opening is None:
        return None
    group, used = opening
    total, previous = 0.0, CARDINALS.get(words[0], 0) if used else 0
    if used == 1 and words[0].isascii() and words[0][0].isdigit() and words[1:2] and words[1] in ABBREVIATED:
        return group * ABBREVIATED[words[1]], 2
    while used < len(words):
        if tuple(words[used : used + 3]) == _AND_A_HALF and 0 < group < 100:
            group, used = group + 0.5, used + 3
            continue
        at = used + (words[used] in _JOINING and used > 0)
        word = words[at] if at < len(words) else ""
        if word in SCALES or word in GROUPS:
            scale = SCALES.get(word) or GROUPS[word]
            if words[used] == "and" or (previous in SCALES.values() and scale <= previous):
                break
            group, previous = (group or 1) * scale, scale
            if scale >= 1_000:
                total, group = total + group, 0
        else:
            value = UNITS.get(word, TENS.get(word))
            fits = previous >= 100 or (previous in TENS.values() and words[used] != "and")
            if value is None or not fits or (previous < 100 and not 0 < value < 10):
                break
            group, previous = group + value, value
        used = at + 1
    return total + group, used


def _opening(words: Sequence[str]) -> tuple[float, int] | None:
    """What a number starts from and how many words tell that: none for a mere "hundred"."""
    first = words[0] if words else ""
    if _DIGITS.fullmatch(first):
        return float(first.replace(",", "")), 1
    if first in UNITS or first in TENS:
        return float(UNITS.get(first, TENS.get(first, 0))), 1
    if first in SCALES or first in DOZEN:
        return 0.0, 0
    article = (
        1 if first in _ARTICLES else 2 if first == "half" and words[1:2] and words[1] in _ARTICLES else 1
    )
    counted = words[article] if article < len(words) else ""
    if (first in _ARTICLES or first == "half") and (counted in SCALES or counted in GROUPS):
        return 0.5 if first == "half" else 1.0, article
    return None
