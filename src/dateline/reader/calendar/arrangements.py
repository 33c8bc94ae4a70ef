"""What the words right beside an expression say outright of its way, whatever the verb's tense: arrangements lie ahead.

"The vote is on Friday", "ahead of Sunday's election", "Polls open on Thursday" look ahead; "due on Monday but was held up"
and "as of August" look back. The words are those of `tables/arrangements.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

BACK, AHEAD = -1, 1

_TO_DO = re.compile(r"\s+to\s+[a-z]+\b")
REACH = 80
"""Characters to either side that `told` reads."""


@cache
def read_table() -> dict[str, Any]:
    """`tables/arrangements.toml`: `nouns`, `verbs`, `called_off`, and the examples under `example`."""
    return tomllib.loads(
        (resources.files(__package__) / "tables" / "arrangements.toml").read_text(encoding="utf-8")
    )


def any_of(words: list[str]) -> str:
    """A group that matches any of `words`, white space as it comes."""
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) + ")"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What stands right before (`..._before`) and right after an expression."""

    ahead_before: re.Pattern[str]
    back_before: re.Pattern[str]
    there_is: re.Pattern[str]
    beside: re.Pattern[str]
    aside_before: re.Pattern[str]
    aside_after: re.Pattern[str]
    of_the_day: re.Pattern[str]
    due_before: re.Pattern[str]
    set_for_before: re.Pattern[str]
    until_before: re.Pattern[str]
    held_up_after: re.Pattern[str]
    called_off_after: re.Pattern[str]
    noun_after: re.Pattern[str]
    happening_after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = read_table()
    nouns, called_off = any_of(table["nouns"]), any_of(table["called_off"])

    def pattern(expression: str) -> re.Pattern[str]:
        return re.compile(expression, re.IGNORECASE)

    return _Patterns(
        ahead_before=pattern(
            r"\b(?:ahead\s+of|on\s+the\s+eve\s+of)\s+(?:(?!last\b)[\w’'-]+\s+){0,4}(?:(?:on|in|for|at)\s+)?\Z"
            r"|\b(?:(?:is|are|['’]re|(?:it|that|there)['’]s)\s+(?:now\s+|only\s+|not\s+|also\s+|until\s+)?|forecast\s+(?=for))"
            r"(?:(?:on|in|for|at|from)\s+)?(?:the\s+)?\Z"
            r"|\b(?:is|are)\s+(?:back\s+)?(?:in|at|on|off)\s+(?:(?!\w+ed\b)[\w-]+\s+){1,2}(?:on|in)\s+\Z"
            rf"|\b(?:{called_off}|adjourned|extended|remanded)\s+(?:until|till|to)\s+(?:the\s+)?\Z"
            rf"|\b(?:before|with)\s+(?:the|a|an|this|its|their)\s+(?:[\w-]+\s+)?{nouns}\s+(?:on|in)\s+\Z"
            r"|\b(?:a|an|one|two|three|four|\d{1,2})\s+(?:days?|weeks?|fortnights?)\s+from\s+\Z"
            r"|\b(?:takes?\s+effect|(?:comes?|goes|go)\s+into\s+(?:effect|force))\s+(?:(?:from|on|at|in|the|midnight|noon|[\d:.]+(?:\s?[ap]\.?m\.?)?)\s+)*\Z"
            r"|\b(?:is|are|remains?|looks?)\s+(?:[\w-]+\s+){0,2}?(?:doubt|doubts|doubtful|fit|available|out|suspended|contention)\s+(?:for|of)\s+\Z"
        ),
        back_before=pattern(
            r"(?:(?<!effective\s)\bas\s+(?:of|at)|\b(?:year|months|quarter|period)\s+(?:to|through|ended)|\bsince)"
            r"\s+(?:(?:the\s+end\s+of|early|late|mid)\s+)?\Z"
        ),
        there_is=pattern(r"\bthere\s+(?:is|are)\s+[^.;:,]{2,60}\s(?:on|in|at)\s+\Z"),
        beside=pattern(r"\s+(?:that|which|who|said|say)\b"),
        aside_before=pattern(r",\s+(?:on|in|at)\s+\Z"),
        aside_after=pattern(r",\s+(?:is|are)\b"),
        of_the_day=pattern(
            rf"(?:['’]s)?\s+(?:(?!the\b|a\b|an\b)[\w-]+\s+){{0,3}}?{nouns}\s+(?:[\w-]+\s+){{0,4}}?(?:(?:is|are)\b(?!\s+over\b)"
            rf"|(?:has|have|was|were)\s+(?:been\s+)?{called_off}\b)"
        ),
        due_before=pattern(
            r"\b(?:due|expected|scheduled|planned|meant|supposed|set|slated)\s+(?:to\s+[\w-]+\s+|for\s+)?(?:[\w-]+\s+){0,3}?"
            r"(?:(?:on|in|at)\s+)?\Z"
        ),
        set_for_before=pattern(
            r"(?<!\bwas)(?<!\bwere)(?<!\bbeen)\s(?:set|slated|scheduled|planned|due|expected)\s+for\s+(?:the\s+)?\Z"
        ),
        until_before=pattern(r"\A(?!.*\bhad\b).*\b(?:until|till)\s+(?:the\s+)?\Z"),
        held_up_after=pattern(
            r"(?:\s+[\w-]+){0,3}?(?:,?\s+but\s+(?:it\s+|they\s+|he\s+|she\s+)?|\s+)(?:was|were|had|did|never|failed|stayed)\b"
        ),
        called_off_after=pattern(rf"[^.;]{{0,30}}\b(?:was|were|been)\s+(?:\w+ly\s+)?{called_off}\b"),
        noun_after=pattern(rf"\s+(?:[\w-]+\s+){{0,2}}?{nouns}\b"),
        happening_after=pattern(rf"\s+(?:[\w-]+\s+){{0,2}}?{any_of(table['happenings'])}\b"),
    )


def told(before: str, after: str) -> int | None:
    """`BACK`, `AHEAD`, or None where the words do not tell. `before` and `after` are `REACH` characters to either side of
    the expression, of its own clause."""
    patterns = _patterns()
    if patterns.back_before.search(before):
        return BACK
    if patterns.due_before.search(before) and not patterns.called_off_after.match(after):
        if patterns.held_up_after.match(after):
            return BACK
        return AHEAD if patterns.set_for_before.search(before) else None
    if patterns.until_before.search(before) and _TO_DO.match(after):
        return AHEAD
    if patterns.ahead_before.search(before) or patterns.of_the_day.match(after):
        return AHEAD
    if (there := patterns.there_is.search(before)) and not patterns.beside.search(there[0]):
        return AHEAD
    if patterns.aside_before.search(before) and patterns.aside_after.match(after):
        return AHEAD
    return None


def is_arranged(after: str) -> bool:
    """True where the expression stands before the name of an arrangement: "the November election"."""
    return bool(_patterns().noun_after.match(after))


def has_happened(after: str) -> bool:
    """True where the expression stands before the name of what nobody announces: "the December floods"."""
    return bool(_patterns().happening_after.match(after))
