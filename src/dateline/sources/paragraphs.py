"""Lines and paragraphs of plain text: headlines, and lines that a program cut."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from dateline.language import datelines
from dateline.sources.dates import is_date_line

_FORMULA = re.compile(
    r"(?:for immediate (?:release|use)|press release|news release|media (?:release|advisory)|embargoed|not for publication)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-*•·–]|\(?\d{1,2}[.)])\s")

# words after which no headline ends
_OPEN_END = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|of|on|or|that|the|to|with|will|who|which|said)$")


def headline(text: str) -> str | None:
    """The first line of `text`, where it reads as a headline: short, alone, and not a sentence or a part of one."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    if not rest.strip() or not 3 <= len(first.split()) <= 22 or len(first) > 160:
        return None
    if (
        first.endswith((".", "!”", ".”", '."', ",", ";", ":"))
        or datelines.OPENING.match(first)
        or _FORMULA.match(first)
        or first.startswith(("<", "By "))
        or is_date_line(first)
        or _goes_on(first, rest)
    ):
        return None
    return first


def _goes_on(first: str, rest: str) -> bool:
    """True where the second line goes on with the first's sentence, so that the first is a cut line and no headline."""
    second = rest.split("\n", 1)[0].strip()
    return bool(second) and (second[:1].islower() or bool(_OPEN_END.search(first)))


def is_hard_wrapped(text: str) -> bool:
    """True where a program cut the paragraphs of `text` into lines of about one length."""
    lines = text.split("\n")
    # the last line of a paragraph is as long as it happens to be
    cut = [len(a) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(cut) < 3 or max(map(len, lines)) > 100:
        return False
    middle = median(cut)
    return middle >= 40 and sum(length > middle - 15 for length in cut) >= 0.75 * len(cut)


def unwrap(text: str) -> str:
    """`text` with the lines of each paragraph joined, where a program cut them; lists keep their lines."""
    text = text.replace("\r\n", "\n")
    if not is_hard_wrapped(text):
        return text
    paragraphs = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        parts: list[str] = []
        for line in paragraph.split("\n"):
            if not parts:
                parts.append(line.rstrip())
            elif _BULLET.match(line):
                parts.append("\n" + line.rstrip())
            elif re.search(r"\w-\Z", parts[-1][-2:]) and line[:1].islower():
                parts.append(line.strip())
            else:
                parts.append(" " + line.strip())
        paragraphs.append("".join(parts))
    return "\n\n".join(paragraphs)
