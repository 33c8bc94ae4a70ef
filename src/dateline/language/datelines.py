"""Datelines: "PORT ELLERY, March 8 (Meridian) -" tells where and when a report was filed, and is no part of its story."""

from __future__ import annotations

import re

from dateline.language.days import SHORT_MONTHS

# a place in capitals, perhaps a day and an agency, then a dash
_DATELINE = re.compile(
    r"\A[A-Z][A-Z .'’-]{2,40}(?:,[^()\n]{1,30})?(?:\s*\([^)\n]{1,40}\))?\s*[-–—]+(?:\s+|\Z)|\A\([^)\n]{2,30}\)\s*[-–—]+(?:\s+|\Z)"
    # or a place as it is written elsewhere, and an agency
    r"|\A[A-Z][^.()\n]{2,50}\((?:AFP|AP|Bloomberg|CNN|Reuters|UPI|Xinhua)\)\s*[-–—]+\s+"
    # or that of a press release
    r"|\A[A-Z][A-Z .'’]{1,40}-?-\([A-Z][\w ]{2,30}\)--?[\w., ]{6,20}--?\s*"
)

# what a page sets above it: "LONDON | Mon Aug 22, 2011 3:31 pm EDT LONDON (Reuters) - ", "Page last updated at 14:47 GMT, Monday, 3 May 2010 15:47 UK "
_STAMP = re.compile(
    r"\A[^a-z]?.{0,160}?\b\d{1,2}:\d\d\s*[ap]m\s+[A-Z]{2,4}\b.{0,60}?\([A-Z][\w ]{1,20}\)\s*[-–—]+\s+"
    r"|\A(?:Page )?last updated at [\d:]+ (?:GMT|UK),?.{0,50}?\d\d:\d\d UK\s+",
    re.IGNORECASE,
)

# PORT ELLERY, March 5 (Meridian) -
_CREDIT = re.compile(r"\(([A-Z][\w .&]{1,24})\)\s*[-–—]")
_CREDIT_WITHIN = 160

_DAY = r"(?:[A-Z][a-z]{2,8}\.?[ ]\d{1,2}|\d{1,2}[ ][A-Z][a-z]{2,8}\.?)(?:,?[ ]\d{4})?"

# a dateline from its first character to the dash: HARTVIK, Norrmark, Oct. 3 (NWA) - ; of a press release: HARTVIK, Oct. 3, 2024
# /NewsLine/ -- ; HARTVIK--(NEWS WIRE)--October 3, 2024--
_WHOLE = re.compile(
    rf"""(?:[A-Z][A-Z'’.-]{{2,}}[ ]?)(?:[A-Z][A-Z'’.-]*[ ]?){{0,4}}      # HARTVIK or PORT ASHBY
    (?:,[ ][A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*)?){{0,3}}                 # , Norrmark
    (?:(?:,?[ ]{_DAY})?                                                # , Oct. 3
    (?:[ ](?:\([^()]{{2,40}}\)|/[\w .-]{{2,30}}/))?[ ]?(?:--|[-–—])[ ]+
    |[ ]?--?\([A-Z][\w ]{{2,30}}\)--?{_DAY}--?[ ]?)(?=["'“‘]?[A-Z0-9])""",
    re.VERBOSE,
)
_LONGEST = 120

OPENING = re.compile(r"[A-Z][A-Z .'-]+(?:,|\s\(|\s[-–—])")
"""How a line may begin that is no headline."""

# TOLLEN, March 8, 2024 (Meridian) - ; LONDON--(BUSINESS WIRE)--March 8, 2024-- ; TOLLEN, Arl., 8 March 2024 /PRNewswire/ --
OPENING_WITH_DAY = re.compile(r"[A-Z][A-Z .'’-]{2,}[A-Z](?:,|\s?\(|\s?[-–—/])")
"""How a line may begin that tells the day of its report."""

_MONTH = rf"(?:{'|'.join(SHORT_MONTHS)})[a-z]*\.?"
_DAY_BEFORE = re.compile(
    rf"\A(?:[-–—•*]+\s*)?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?\s*(?:[-–—]+|:)\s*(?=[A-Z“\"])"
)
"""The day before a line of a chronology: "March 8 - The ferry sinks"."""


def credit(text: str) -> str:
    """The agency or outlet that the dateline at the head of `text` names; empty where none does."""
    found = _CREDIT.search(text[:_CREDIT_WITHIN])
    return found[1] if found else ""


def end_of_dateline(text: str, start: int, end: int) -> int | None:
    """Where the dateline ends that stands at `start` of `text` (and before `end`), or None."""
    found = _WHOLE.match(text, start, min(start + _LONGEST, end))
    return found.end() if found else None


def without_dateline(text: str) -> str:
    """`text` on one line without the dateline that it opens with; empty where it is nothing else."""
    line = _STAMP.sub("", " ".join(text.split()), count=1)
    return _DATELINE.sub("", line, count=1)


def without_day(line: str) -> str:
    """A line of a chronology without the day that it opens with ("March 8 - The ferry sinks"), any other as it is."""
    return _DAY_BEFORE.sub("", line, count=1)
