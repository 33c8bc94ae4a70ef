"""Page furniture, by the table in furniture.toml: lines that tell no news ("Read more: …", "(Reporting by …)")."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from dateline.records import Span

_LONGEST = 400
"""Characters of a paragraph's start or end within which furniture is looked for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: where its pattern is matched, a text that must go and, if given, one that must stay."""

    what: str
    where: Literal["line", "start", "end"]
    pattern: re.Pattern[str]
    example: str
    keep: str | None = None


@cache
def rules() -> tuple[Rule, ...]:
    """The table, compiled."""
    table = tomllib.loads(resources.files("dateline.reader").joinpath("furniture.toml").read_text("utf-8"))
    return tuple(
        Rule(
            r["what"],
            r["where"],
            re.compile(r["pattern"], re.IGNORECASE | re.DOTALL),
            r["example"],
            r.get("keep"),
        )
        for r in table["furniture"]
    )


def strip(text: str, lines: list[Span]) -> list[Span]:
    """The lines of a paragraph without its furniture; empty where all of it is furniture."""
    kept = [line for line in lines if not _is_furniture(text, line)]
    if not kept:
        return kept
    head, tail = kept[0], kept[-1]
    start = _after_label(text, head)
    if start > head.start:
        kept[0] = Span(start, head.end)
    end = _before_credit(text, kept[-1])
    if end < tail.end:
        kept[-1] = Span(kept[-1].start, end)
    return [line for line in kept if line.start < line.end]


def _is_furniture(text: str, line: Span) -> bool:
    if line.end - line.start > _LONGEST:
        return False
    return any(
        rule.where == "line" and rule.pattern.fullmatch(text, line.start, line.end) for rule in rules()
    )


def _after_label(text: str, line: Span) -> int:
    """Where the line starts once labels before it are left out."""
    start = line.start
    for rule in rules():
        if rule.where == "start" and (
            match := rule.pattern.match(text, start, min(line.end, start + _LONGEST))
        ):
            start = match.end()
    return start


def _before_credit(text: str, line: Span) -> int:
    """Where the line ends once credits after it are left out."""
    window = max(line.start, line.end - _LONGEST)
    for rule in rules():
        if rule.where != "end":
            continue
        for match in rule.pattern.finditer(text, window, line.end):
            if match.end() == line.end:
                return line.start + len(text[line.start : match.start()].rstrip())
    return line.end
