"""Which day a relative expression counts from: the document's date or the time in focus, and which way.

The way is told by the words around: "said Friday" looks back, "will meet Friday" ahead. With a parse it is the tense of
the verb that governs the expression; without one, the nearest verbal cue in the same sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dateline.records import Interval

BACK, AHEAD = -1, 1

_REACH = 240
"""Characters to either side in which cues are looked for."""

_BREAK = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n[^\S\n]*\n|;\s|[”\"]\s")
_CUE = re.compile(
    r"""\b(?:
      (?P<ahead>will|shall|won['’]t|['’]ll|to\s+be|to\s+have|going\s+to|due|scheduled|slated|expected|expects?|plans?|planned
        |planning|set\s+(?:to|for)|about\s+to|upcoming|would|should|may|might|could|can|must|until|till|by|deadline|expires?
        |hopes?|aims?|intends?|ahead\s+of|forthcoming|if|unless|tomorrow|to(?=\s+(?!the\b|a\b|an\b|his\b|her\b|its\b)[a-z]+))
    | (?P<back>was|were|had|has|have|been|did|said|told|came|went|took|gave|made|began|met|left|held|ran|saw|rose|fell|lost|won
        |got|led|kept|set|put|hit|struck|broke|spoke|wrote|sent|found|became|paid|sold|bought|sought|thought|knew|grew|stood
        |heard|brought|flew|drew|drove|shot|fought|killed|ago|since|earlier|[a-z]{2,}ed|did(?:n['’]t)?|felt|slid|sank|stole
        |built|cut|dealt|fled|forbade|hurt|laid|lay|meant|quit|read|rang|sat|shook|shut|slept|spent|spread|swept|swore|taught
        |threw|understood|woke|wore|withdrew|overthrew|arose|bore|bent|blew|caught|chose|clung|crept|dug|fed|froze|hung|hid)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass
class Context:
    """What resolving one text needs: its date, the words around, and the times already met."""

    text: str
    published: date
    focus: Interval | None = None
    focus_value: str | None = None
    month_first: bool = True
    last_quarter: str | None = None
    start: int = 0
    end: int = 0
    notes: list[str] = field(default_factory=list)

    def before(self, reach: int = 40) -> str:
        """The characters before the expression at hand."""
        return self.text[max(0, self.start - reach) : self.start]

    def after(self, reach: int = 40) -> str:
        """The characters after the expression at hand."""
        return self.text[self.end : self.end + reach]

    def sentence_before(self) -> str:
        """What stands before the expression in its clause."""
        left = self.before(_REACH)
        for match in _BREAK.finditer(left):
            left_from = match.end()
            break_at = left_from
        else:
            return left
        while (later := _BREAK.search(left, break_at)) is not None and later.end() > break_at:
            break_at = later.end()
        return left[break_at:]

    def sentence_after(self) -> str:
        """What stands after the expression in its clause."""
        right = self.after(_REACH)
        match = _BREAK.search(right)
        return right[: match.start()] if match else right

    def direction(self, default: int = BACK) -> int:
        """`BACK` or `AHEAD`: the way that the words around the expression look."""
        left, right = self.sentence_before(), self.sentence_after()
        cues = list(_CUE.finditer(left))
        if cues:
            return AHEAD if cues[-1].lastgroup == "ahead" else BACK
        cue = _CUE.search(right)
        if cue:
            return AHEAD if cue.lastgroup == "ahead" else BACK
        return default
