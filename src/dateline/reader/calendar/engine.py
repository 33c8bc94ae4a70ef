"""From text to a forest: words, then what the rules make of them, stage by stage.

Every stage goes over a stretch of words once, from left to right, and takes at each place the longest match (among equals
that of the highest priority, then the first in the tables). A stretch is a row of words that rules ask for, with a trigger
among them; all else is passed over by one regular expression, so that the work is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.reader.calendar import grammar, spelled_numbers
from dateline.reader.calendar.grammar import Choice, Grammar, Rule
from dateline.reader.calendar.lexer import Item, Pieces
from dateline.reader.calendar.patterns import OTHER


@dataclass(frozen=True, slots=True)
class Node:
    """What a rule has matched: `parts` are the values of its named elements (other nodes among them),
    `places` where they stand."""

    rule: Rule
    start: int
    end: int
    parts: Mapping[str, Any]
    places: Mapping[str, tuple[int, int]]


@cache
def _trigger() -> re.Pattern[str]:
    return re.compile(f"[{grammar.load().triggers}]")


def parse(text: str) -> Iterator[Node]:
    """The nodes of the last stage that stand for themselves, in text order, never overlapping."""
    rules = grammar.load()
    pieces = Pieces(text, rules)
    characters = pieces.characters
    end = 0
    for trigger in _trigger().finditer(characters):
        at = trigger.start()
        if at < end:
            continue
        start = max(characters.rfind(OTHER, end, at) + 1, end)
        end = characters.find(OTHER, at)
        end = len(characters) if end < 0 else end
        yield from _parse_stretch(spelled_numbers.join(pieces.items(start, end), rules), rules)


def _parse_stretch(items: list[Item], rules: Grammar) -> Iterator[Node]:
    for number, (stage, firsts) in enumerate(zip(rules.stages, rules.firsts, strict=True)):
        if number == 1 and not any("node" in item.values for item in items):
            return
        items = _run_stage(items, stage, firsts, rules)
    for item in items:
        node = item.values.get("node")
        if isinstance(node, Node):
            yield from _each_of(node)


def _each_of(node: Node) -> Iterator[Node]:
    """The node, or the days of a list ("3, 5 and 9 May"), each with the month, week and year of the one that is told whole.

    In a list `of` is that one, `year` a year that all share, `d1`, `d2` … are the numbers of days, `w1`, `w2` … weekdays: by
    themselves, or each with the number of the same figure; `c1` is a clock time and `h1` an hour by its number alone.
    """
    if node.rule.resolve != "list":
        yield node
        return
    whole: Node = node.parts["of"]
    year: Node | None = node.parts.get("year")
    shared = {**whole.parts, **({"year": year.parts["year"]} if year and "year" in year.parts else {})}
    for name, (start, end) in sorted(node.places.items(), key=lambda place: place[1]):
        kind, figure = name[0], name[1:]
        if name == "of":
            yield Node(whole.rule, start, end, shared, whole.places)
        elif kind == "d" and "day" in shared:
            named: Node | None = node.parts.get(f"w{figure}")
            told = {"weekday": named.parts["weekday"]} if named and "weekday" in named.parts else {}
            begin = named.start if named else start
            yield Node(whole.rule, begin, end, {**shared, "day": node.parts[name], **told}, {})
        elif kind == "w" and f"d{figure}" not in node.parts:
            yield _weekday_like(node.parts[name], whole)
        elif kind in "ch":
            hour = (
                node.parts[name]
                if kind == "c"
                else _hour_like(node.parts[name], whole.parts["clock"], start, end)
            )
            yield Node(whole.rule, start, end, {**whole.parts, "clock": hour}, {})


def _weekday_like(named: Node, whole: Node) -> Node:
    """A weekday in the week of another that is told whole, or in the one before where it comes later in the week ("from
    Sunday to Friday next week")."""
    weekday, last = named.parts.get("weekday"), whole.parts.get("weekday")
    if weekday is None or last is None:
        return named
    sense = whole.parts.get("sense", 0) - (weekday > last)
    return Node(whole.rule, named.start, named.end, {**whole.parts, "weekday": weekday, "sense": sense}, {})


def _hour_like(hour: int, last: Node, start: int, end: int) -> Node:
    """An hour told by its number, of the same half of the day as a later clock time of the same day where it comes before it
    ("between 6 and 8 p.m.")."""
    told = {name: last.parts[name] for name in ("ampm", "ampm_part") if name in last.parts}
    later = last.parts.get("hour") or int(re.split(r"[:.]", str(last.parts.get("clock", 0)))[0])
    return Node(last.rule, start, end, {"hour": hour, **(told if hour < later else {})}, {})


def _run_stage(
    items: list[Item], stage: Mapping[str, Choice], firsts: re.Pattern[str], rules: Grammar
) -> list[Item]:
    row = OTHER + "".join([item.character for item in items]) + OTHER
    out: list[Item] = []
    position = 1
    while first := firsts.search(row, position):
        begin = first.start()
        out += items[position - 1 : begin - 1]
        position = begin
        choice = stage[row[begin]]
        if choice.any_of.match(row, begin) is None:
            out.append(items[begin - 1])
            position += 1
            continue
        found = []
        for rule, pattern in choice.patterns:
            match = pattern.expression.match(row, position)
            if match:
                found.append((match.end(), rule.priority, match, rule, pattern.names))
        _, _, best, best_rule, names = max(found, key=lambda f: f[:2])
        out.append(_node_item(items, best, best_rule, names, rules))
        position = best.end()
    return out + items[position - 1 :] if position > 1 else items


def _node_item(
    items: list[Item],
    match: re.Match[str],
    rule: Rule,
    names: Mapping[str, tuple[str, tuple[str, ...]]],
    rules: Grammar,
) -> Item:
    parts: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    for group, (name, classes) in names.items():
        at = match.start(group)
        if at >= 0:
            item = items[at - 1]
            parts[name] = item.values.get("node") or next(item.values[c] for c in classes if c in item.values)
            places[name] = (item.start, item.end)
    start, end = items[match.start() - 1].start, items[match.end() - 2].end
    node = Node(rule, start, end, parts, places)
    return Item(
        start, end, rules.alphabet.characters[frozenset([rule.kind])], {rule.kind: node, "node": node}
    )
