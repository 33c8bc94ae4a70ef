"""Which day a relative expression counts from, and which way: the document's date or the time in focus, back or ahead.

The way is told by the words around: "said Friday" looks back, "will meet Friday" ahead. With a parse it is the tense of
the verb that governs the expression (`tense`); without one, or where that does not tell, the nearest verbal cue in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateline.reader.calendar import arrangements
from dateline.reader.calendar.cues import AHEAD, BACK, Surroundings
from dateline.records import Granularity, Interval

_PAST = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)

_TO = re.compile(r"(?:\s+(?:to|through|until|till)\s+(?:on\s+)?(?:the\s+)?|[-–—])", re.IGNORECASE)

_BACK_AGAIN = re.compile(r"\b(?:back|again)\s+(?:(?:on|from|in)\s+)?\Z", re.IGNORECASE)
"""What a headline without a verb says of what is to come: "Trams back on Monday"."""

_COMING = re.compile(r"['’]s\s+(?:[\w-]+\s+){1,3}(?:will|is\s+(?:expected|to|due|set)|would|may|could)\b")

_PASSED_OVER = re.compile(
    r"(?:\b(?:the|about|around|at\s+least|at\s+the\s+earliest|(?:at\s+)?latest)\s+)+\Z", re.IGNORECASE
)
"""Words that may stand between a preposition and the expression."""


@dataclass
class Context:
    """What resolving one text needs: its date, the words around the expression at hand, and the times already met.

    `tense` answers for a place in the text with `BACK`, `AHEAD` or None where the parse does not tell.
    """

    text: str
    published: date
    month_first: bool = True
    tense: Callable[[int], int | None] | None = None
    focus: Interval | None = None
    focus_value: str | None = None
    focus_at: int = 0
    quarter: tuple[int, str] | None = None
    start: int = 0
    end: int = 0
    document: str = ""

    def __post_init__(self) -> None:
        self._around = Surroundings(self.text)
        self.document = f"the document's date, {self.published}"

    def before(self, reach: int) -> str:
        """The characters before the expression."""
        return self.text[max(0, self.start - reach) : self.start]

    def after(self, reach: int) -> str:
        """The characters after the expression."""
        return self.text[self.end : self.end + reach]

    def leads(self, *words: str) -> bool:
        """True where one of `words` stands right before the expression (an article between them or not)."""
        row = _PASSED_OVER.sub("", self.before(32)).lower().split()
        return bool(row) and row[-1] in words

    def clause_before(self) -> str:
        """What stands before the expression in its clause."""
        return self.text[self._around.clause_start(self.start) : self.start]

    def in_focus(self, reach: int = 400) -> Interval | None:
        """The time in focus, where it was told within `reach` characters."""
        return self.focus if self.focus is not None and self.start - self.focus_at <= reach else None

    def range_start(self, granularity: Granularity) -> Interval | None:
        """Where the expression ends a range ("from Monday to Thursday", "May 3 through June 2") of days, or of months, the time
        it begins with."""
        if self.focus is None or self.focus.granularity != granularity:
            return None  # "the year to June" ends in June and does not begin before it
        if not 0 <= self.start - self.focus_at <= 16:
            return None
        return self.focus if _TO.fullmatch(self.text, self.focus_at, self.start) else None

    def has_past_verb(self) -> bool:
        """True where "was", "had" or the like stands in the clause before the expression."""
        return bool(_PAST.search(self.clause_before()))

    def told_by_tree(self) -> int | None:
        """The way that the governing verb's tense looks, where a parse tells."""
        return None if self.tense is None else self.tense(self.start)

    def recent_quarter(self, reach: int = 2000) -> str | None:
        """The quarter named last, where it was named within `reach` characters."""
        if self.quarter is None or self.start - self.quarter[0] > reach:
            return None
        return self.quarter[1]

    def direction(self, default: int = BACK) -> int:
        """`BACK` or `AHEAD`: the way that the words around the expression look."""
        stop = self._around.clause_end(self.end)
        right = self.text[self.end : stop]
        told = arrangements.told(self.clause_before()[-arrangements.REACH :], right[: arrangements.REACH])
        if told is not None:
            return told
        if (told := self.told_by_tree()) is not None:
            return told
        if re.match(r"['’]s\b", right):
            return AHEAD if _COMING.match(right) else BACK  # "Friday's vote"
        if self.leads("by", "through", "until", "till") and not self.has_past_verb():
            return BACK if re.search(r"\b(?:had|was|were|did)\b", right[:60]) else AHEAD
        told = self._around.last_cue(self._around.clause_start(self.start), self.start)
        if told is not None:
            return told
        if self.leads("by", "until", "till", "before") or re.search(
            r"\bahead of (?:the )?\Z", self.before(14)
        ):
            return BACK if re.search(r"\b(?:had|was|were|did)\b", right[:60]) else AHEAD
        told = self._around.first_cue(self.end, stop)
        if told is None and _BACK_AGAIN.search(self.clause_before()):
            return AHEAD
        return default if told is None else told
