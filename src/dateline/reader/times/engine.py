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

from dateline.reader.times import grammar, number_words
from dateline.reader.times.grammar import Choice, Grammar, Rule
from dateline.reader.times.lexer import Item, Pieces
from dateline.reader.times.patterns import OTHER


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
        yield from _parse_stretch(number_words.join(pieces.items(start, end), rules), rules)


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
    """The node, or the days of a list ("3, 5 and 9 May"), each with the month of the one that is told whole."""
    if node.rule.resolve != "list":
        yield node
        return
    whole: Node = node.parts["of"]
    for name, (start, end) in sorted(node.places.items(), key=lambda place: place[1]):
        if name == "of":
            yield whole
        elif "day" in whole.parts:
            yield Node(whole.rule, start, end, {**whole.parts, "day": node.parts[name]}, {})


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
