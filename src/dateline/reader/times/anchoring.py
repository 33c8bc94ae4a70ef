"""Which day a relative expression counts from, and which way: the document's date or the time in focus, back or ahead.

The way is told by the words around: "said Friday" looks back, "will meet Friday" ahead. With a parse it is the tense of
the verb that governs the expression (`tense`); without one, or where that does not tell, the nearest verbal cue in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateline.records import Interval

BACK, AHEAD = -1, 1

_REACH = 240
"""Characters to either side in which cues are looked for."""

_BREAK = re.compile(r"[.!?…]['\"”’)]*\s+(?=['\"“‘(]{0,2}[A-Z])|\n[^\S\n]*\n|;\s|''\s|[”\"]\s")
_CUE = re.compile(
    r"""\b(?:
      (?P<ahead>will|shall|won['’]t|['’]ll|going\s+to|due|scheduled|slated|expected|expects?|plans?|planned|planning|set\s+for
        |would|should|may|might|could|can|must|deadline|effective|expires?|hopes?|aims?|intends?|forthcoming|upcoming|unless|wo\s?n['’]t
        |begins|starts|opens|closes|ends|meets|votes|faces|hosts|makes|takes|runs|goes|arrives|leaves|visits|travels|resumes
        |returns|holds|likely|next|awaits?|tomorrow|promises?|let['’]s)
    | (?P<infinitive>to\s+(?!the\b|a\b|an\b|his\b|her\b|its\b|their\b|this\b|that\b)(?-i:[a-z]+))
    | (?P<present>is|are|am|['’]re)
    | (?P<back>was|were|had|has|have|been|did|said|told|came|went|took|gave|made|began|met|left|held|ran|saw|rose|fell|lost
        |won|got|led|kept|put|hit|struck|broke|spoke|wrote|sent|found|became|paid|sold|bought|sought|thought|knew|grew|stood|set
        |heard|brought|flew|drew|drove|shot|fought|ago|earlier|felt|slid|sank|stole|built|dealt|fled|meant|quit|sat|shook
        |slept|spent|swept|swore|taught|threw|understood|woke|wore|withdrew|overthrew|arose|blew|caught|chose|crept|dug|fed
        |froze|hung|hid|ate|bore|clashed|didn['’]t
        |(?!hundred\b|indeed\b|united\b|need\b|speed\b|seed\b|feed\b|unprecedented\b|embed\b|exceed\b|proceed\b|succeed\b)
         (?-i:[a-z]{2,}ed))
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_GOVERNS_AHEAD = re.compile(
    r"\b(?:expect\w*|schedul\w+|plan\w*|hopes?|hoping|wants?|due|set|likely|agree[sd]?|promis\w+|is|are|['’]re|ready|pledge[sd]?|decid\w+|intend\w*"
    r"|vow\w*|prepar\w+|forecast|predict\w+|about|aim\w*|propos\w+|threaten\w*|slated|call\w*|invite[sd]?|order\w*|told|urg\w+|need\w*|ha(?:s|ve)|poised|bound"
    r"|deadline|time|going|asked?|asks|seek\w*|try|trying|meeting|talks|election|summit|vote)\s+(?:\w+ly\s+)?\Z",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?P<aux>be|being|is|are|get|to)\s+(?:\w+ly\s+|not\s+)?\Z", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)
_WAS = re.compile(r"\b(?:was|were|had\s+been|had)\s+(?:\w+ly\s+|not\s+)?\Z", re.IGNORECASE)


_COMING = re.compile(r"['’]s\s+(?:[\w-]+\s+){1,3}(?:will|is\s+(?:expected|to|due|set)|would|may|could)\b")


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
        self.document = f"the document's date, {self.published}"

    def before(self, reach: int) -> str:
        """The characters before the expression."""
        return self.text[max(0, self.start - reach) : self.start]

    def after(self, reach: int) -> str:
        """The characters after the expression."""
        return self.text[self.end : self.end + reach]

    def leads(self, *words: str) -> bool:
        """True where one of `words` stands right before the expression (an article between them or not)."""
        row = self.before(20).lower().split()
        if row and row[-1] in ("the", "about", "around"):
            row.pop()
        return bool(row) and row[-1] in words

    def clause_before(self) -> str:
        """What stands before the expression in its clause."""
        left = self.before(_REACH)
        at = 0
        for match in _BREAK.finditer(left):
            at = match.end()
        return left[at:]

    def clause_after(self) -> str:
        """What stands after the expression in its clause."""
        right = self.after(_REACH)
        match = _BREAK.search(right)
        return right[: match.start()] if match else right

    def in_focus(self, reach: int = 400) -> Interval | None:
        """The time in focus, where it was told within `reach` characters."""
        return self.focus if self.focus is not None and self.start - self.focus_at <= reach else None

    def has_past_verb(self) -> bool:
        """True where "was", "had" or the like stands in the clause before the expression."""
        return bool(_PAST.search(self.clause_before()))

    def recent_quarter(self, reach: int = 2000) -> str | None:
        """The quarter named last, where it was named within `reach` characters."""
        if self.quarter is None or self.start - self.quarter[0] > reach:
            return None
        return self.quarter[1]

    def direction(self, default: int = BACK) -> int:
        """`BACK` or `AHEAD`: the way that the words around the expression look."""
        if self.tense is not None and (told := self.tense(self.start)) is not None:
            return told
        right = self.clause_after()
        if re.match(r"['’]s\b", right):
            return AHEAD if _COMING.match(right) else BACK  # "Friday's vote"
        told = _last_cue(self.clause_before())
        if told is not None:
            return told
        if self.leads("by", "until", "till", "before") or re.search(
            r"\bahead of (?:the )?\Z", self.before(14)
        ):
            return BACK if re.search(r"\b(?:had|was|were|did)\b", right[:60]) else AHEAD
        for cue in _CUE.finditer(right):
            told = _judge(right, cue)
            if told is not None:
                return told
        return default


def _last_cue(clause: str) -> int | None:
    """What the verbal cue nearest to the clause's end says."""
    infinitive = False
    for cue in reversed(list(_CUE.finditer(clause))):
        told = _judge(clause, cue)
        if told is not None:
            return told
        infinitive = infinitive or cue.lastgroup == "infinitive"
    return AHEAD if infinitive else None


def _judge(clause: str, cue: re.Match[str]) -> int | None:
    """Back, ahead, or None where the cue alone does not tell ("held" in "will be held")."""
    kind = cue.lastgroup
    before = clause[: cue.start()]
    if kind == "back":
        passive = _PASSIVE.search(before[-30:])
        if passive is None:
            return BACK
        return AHEAD if passive["aux"].lower() in ("is", "are") and cue.group().lower() != "been" else None
    if kind == "infinitive":
        if _WAS.search(before[-30:]):
            return BACK
        return AHEAD if _GOVERNS_AHEAD.search(before[-40:]) else None
    if kind == "present":
        return None
    if cue.group().lower() in ("expected", "planned", "scheduled", "slated", "due", "set") and _WAS.search(
        before[-30:]
    ):
        return BACK
    return AHEAD
