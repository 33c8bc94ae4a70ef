"""The verbal cues around a place in a text, and where its clause begins and ends.

A text is searched in blocks, each once and only where something asks, so that a text of nothing but weekdays costs no more
than one search of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from dateline.reader.calendar.arrangements import AHEAD, BACK, any_of, read_table

__all__ = ["AHEAD", "BACK", "REACH", "Surroundings"]


REACH = 240
"""Characters to either side in which cues are looked for."""

_BLOCK = 256
_LONGEST = 64
"""Characters beyond its block into which a cue or a break may reach."""

_BREAK = re.compile(
    r"(?:[.!?…](?<!\b[A-Z]\.)(?<![ap]\.m\.)(?<!\b(?:Mr|Dr|Ms|St|Lt)\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col|Maj|Sgt|Rev|Inc)\.)"
    r"(?<!\b(?:Prof|Corp|Capt)\.)['\"”’)]*\s+(?=['\"“‘(]{0,2}[A-Z])|\n[^\S\n]*\n|;\s|''\s|[”\"]\s)"
)
_SOON = (
    r"[^.;,]{1,40}?\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|next|this|tomorrow|tonight)\b"
)
"""A timetable's verb has its time close by."""

_CUE = re.compile(
    r"""\b(?:
      (?P<ahead>will|shall|won['’]t|['’]ll|going\s+to|due|scheduled|slated|expected|expects?|plans?|planned|planning|set\s+for
        |would|should|may|might|could|can|must|deadline|effective|expires?|hopes?|aims?|intends?|forthcoming|upcoming|unless|wo\s?n['’]t
        |(?:(?<=[a-z]s\s)|(?<=\bthey\s)|(?<=\bwe\s))@VERBS(?=@SOON)|forecast\s+for
        |@VERBS_OF_ONE|likely|next|awaits?|tomorrow|promises?|let['’]s)
    | (?P<infinitive>to\s+(?!the\b|a\b|an\b|his\b|her\b|its\b|their\b|this\b|that\b)[a-z]+)
    | (?P<present>is|are|am|['’]re)
    | (?P<back>was|were|had|has|have|been|did|said|told|came|went|took|gave|made|began|met|left|held|ran|saw|rose|fell|lost
        |won|got|led|kept|put|hit|struck|broke|spoke|wrote|sent|found|became|paid|sold|bought|sought|thought|knew|grew|stood|set
        |heard|brought|flew|drew|drove|shot|fought|ago|earlier|felt|slid|sank|stole|built|dealt|fled|meant|quit|sat|shook
        |slept|spent|swept|swore|taught|threw|understood|woke|wore|withdrew|overthrew|arose|blew|caught|chose|crept|dug|fed
        |froze|hung|hid|ate|bore|clashed|didn['’]t)
    | (?P<regular>(?!hundred\b|indeed\b|united\b|need\b|speed\b|seed\b|feed\b|unprecedented\b|embed\b|exceed\b|proceed\b
         |succeed\b)[a-z]{2,}ed)
    )\b""".replace("@SOON", _SOON)
    .replace("@VERBS_OF_ONE", any_of(read_table()["verbs_of_one"]))
    .replace("@VERBS", any_of(read_table()["verbs"])),
    re.VERBOSE,
)
"""Read over the text in lower case, which is far faster than without regard to case."""

_GOVERNS_AHEAD = re.compile(
    r"\b(?:expect\w*|schedul\w+|plan\w*|hopes?|hoping|wants?|due|set|likely|agree[sd]?|promis\w+|is|are|['’]re|ready|pledge[sd]?|decid\w+|intend\w*"
    r"|vow\w*|prepar\w+|forecast|predict\w+|about|aim\w*|propos\w+|threaten\w*|slated|call\w*|invite[sd]?|order\w*|told|urg\w+|need\w*|ha(?:s|ve)|poised|bound"
    r"|deadline|time|going|asked?|asks|seek\w*|try|trying|meeting|talks|election|summit|vote)\s+(?:\w+ly\s+)?\Z",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?P<aux>be|being|is|are|get|to)\s+(?:\w+ly\s+|not\s+)?\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:\b(?:the|an?|its|his|their|our|my|your|these)|['’]s)\s+\Z", re.IGNORECASE)
_NOUN = re.compile(r"\s+[A-Za-z]")
_WAS = re.compile(r"\b(?:was|were|had\s+been|had)\s+(?:\w+ly\s+|not\s+)?\Z", re.IGNORECASE)

# groups of `_CUE`: those that are verbs in small letters only, and those that may be participles
_IN_SMALL_LETTERS = frozenset(["infinitive", "regular"])
_PAST = frozenset(["back", "regular"])
_IS = frozenset(["is", "are"])
_PLANNED = frozenset(["expected", "planned", "scheduled", "slated", "due", "set"])
"""What looks back behind "was"."""

_T = TypeVar("_T")


class Surroundings:
    """What stands around places of `text`."""

    def __init__(self, text: str) -> None:
        self._text = text
        lower = text.lower()
        self._lower = lower if len(lower) == len(text) else text
        self._break_blocks: dict[int, list[tuple[int, int]]] = {}
        self._cue_blocks: dict[int, list[tuple[int, int, int | None]]] = {}

    def clause_start(self, at: int) -> int:
        """Where the clause that ends at `at` begins, `REACH` characters back at the most."""
        low = max(0, at - REACH)
        found = self._near(low, at, self._break_blocks, self._find_breaks)
        return max((end for begin, end in found if low <= begin and end <= at), default=low)

    def clause_end(self, at: int) -> int:
        """Where the clause that begins at `at` ends, `REACH` characters on at the most."""
        high = min(len(self._text), at + REACH)
        found = self._near(at, high, self._break_blocks, self._find_breaks)
        return min((begin for begin, _ in found if at <= begin < high), default=high)

    def last_cue(self, start: int, end: int) -> int | None:
        """`BACK`, `AHEAD` or None: what the verbal cue nearest to the end of [start, end) says."""
        infinitive = False
        for begin, stop, told in reversed(self._near(start, end, self._cue_blocks, self._find_cues)):
            if begin < start or stop > end:
                continue
            if told in (BACK, AHEAD):
                return told
            infinitive = infinitive or told == _INFINITIVE
        return AHEAD if infinitive else None

    def first_cue(self, start: int, end: int) -> int | None:
        """`BACK`, `AHEAD` or None: what the verbal cue nearest to the start of [start, end) says."""
        for begin, stop, told in self._near(start, end, self._cue_blocks, self._find_cues):
            if start <= begin and stop <= end and told in (BACK, AHEAD):
                return told
        return None

    @staticmethod
    def _near(start: int, end: int, known: dict[int, list[_T]], find: Callable[[int], list[_T]]) -> list[_T]:
        """What the blocks of [start, end) hold, each searched on the first request."""
        rows: list[_T] = []
        for block in range(start // _BLOCK, (max(end, start + 1) - 1) // _BLOCK + 1):
            if block not in known:
                known[block] = find(block * _BLOCK)
            rows += known[block]
        return rows

    def _find_breaks(self, start: int) -> list[tuple[int, int]]:
        stop = start + _BLOCK
        matches = _BREAK.finditer(self._text, start, stop + _LONGEST)
        return [m.span() for m in matches if m.start() < stop]

    def _find_cues(self, start: int) -> list[tuple[int, int, int | None]]:
        stop = start + _BLOCK
        cues = _CUE.finditer(self._lower, start, stop + _LONGEST)
        return [(*cue.span(), _judge(self._text, cue)) for cue in cues if cue.start() < stop]


_INFINITIVE = 0
"""An infinitive with nothing before it that tells."""


def _judge(text: str, cue: re.Match[str]) -> int | None:
    """Back, ahead, or neither where the cue alone does not tell ("held" in "will be held")."""
    kind = cue.lastgroup
    if kind in _IN_SMALL_LETTERS and not text[cue.end() - len(cue.group().split()[-1])].islower():
        return None  # "to Velle", "Ahmed"
    before = text[max(0, cue.start() - 40) : cue.start()]
    if kind == "regular" and _ARTICLE.search(before) and _NOUN.match(text, cue.end()):
        return None  # "the occupied districts"
    if kind in _PAST:
        passive = _PASSIVE.search(before[-30:])
        if passive is None:
            return BACK
        return AHEAD if passive["aux"].lower() in _IS and cue.group().lower() != "been" else None
    if kind == "infinitive":
        if _WAS.search(before[-30:]):
            return BACK
        return AHEAD if _GOVERNS_AHEAD.search(before) else _INFINITIVE
    if kind == "present":
        return None
    if cue.group().lower() in _PLANNED and _WAS.search(before[-30:]):
        return BACK
    return AHEAD
