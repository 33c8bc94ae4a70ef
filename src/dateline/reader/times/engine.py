"""From text to a forest: words, then what the rules make of them, stage by stage.

Every stage goes over a stretch of words once, from left to right, and takes at each place the longest match (the first
rule in the tables among equals). A stretch is a row of words that rules ask for, with a trigger among them; all
else is passed over by one regular expression, so that the work is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.reader.times import grammar, number_words
from dateline.reader.times.grammar import Grammar, Rule, Word
from dateline.reader.times.lexer import TOKEN, Item, number_classes
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
def _stretches() -> re.Pattern[str]:
    return re.compile(f"[^{re.escape(OTHER)}]+")


@cache
def _trigger() -> re.Pattern[str]:
    return re.compile(f"[{grammar.load().triggers}]")


def parse(text: str) -> Iterator[Node]:
    """The nodes of the last stage that stand for themselves, in text order, never overlapping."""
    rules = grammar.load()
    items, characters = _lex(text, rules)
    has_trigger = _trigger().search
    for stretch in _stretches().finditer(characters):
        if has_trigger(characters, stretch.start(), stretch.end()):
            row = [_item(text, token, rules) for token in items[stretch.start() : stretch.end()]]
            yield from _parse_stretch(number_words.join(text, row, rules), rules)


def _lex(text: str, rules: Grammar) -> tuple[list[re.Match[str]], str]:
    """All tokens and, one a token, their characters."""
    words = rules.words
    of = rules.alphabet.characters
    items: list[re.Match[str]] = []
    characters: list[str] = []
    number = of[frozenset(["number"])]
    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "word" or kind == "mark":
            word = words.get(token.group())
            characters.append(word.character if word else OTHER)
        elif kind == "number":
            values = number_classes(token.group())
            characters.append(of.get(frozenset(values), number) if values else OTHER)
        elif kind == "break":
            characters.append(OTHER)
        else:
            characters.append(of[_SHAPES[str(kind)]])
        items.append(token)
    return items, "".join(characters)


_SHAPES = {
    "ampm": frozenset(["ampm"]),
    "iso": frozenset(["iso"]),
    "isoweek": frozenset(["isoweek"]),
    "isomonth": frozenset(["isomonth"]),
    "numdate": frozenset(["numdate"]),
    "decade": frozenset(["decade"]),
    "ordnum": frozenset(["ordinal", "ordnum"]),
    "clock": frozenset(["clock"]),
    "fraction": frozenset(["fraction"]),
    "quarter": frozenset(["quarter"]),
}


def _item(text: str, token: re.Match[str], rules: Grammar) -> Item:
    raw = token.group()
    kind = str(token.lastgroup)
    values: dict[str, Any]
    if kind in ("word", "mark"):
        word = rules.words.get(raw, _NO_WORD)
        return Item(token.start(), token.end(), word.character, dict(word.values), raw.lower())
    if kind == "number":
        values = number_classes(raw)
    elif kind == "ordnum":
        values = {"ordinal": int(raw[:-2]), "ordnum": int(raw[:-2])}
    elif kind == "ampm":
        values = {"ampm": raw[0].lower() + "m"}
    elif kind == "clock":
        values = {"clock": raw}
    else:
        values = {kind: raw}
    return Item(token.start(), token.end(), rules.character(values), values, raw)


_NO_WORD = Word(OTHER, {})


def _parse_stretch(items: list[Item], rules: Grammar) -> Iterator[Node]:
    for stage in rules.stages:
        items = _run_stage(items, stage, rules)
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


def _run_stage(items: list[Item], stage: Mapping[str, Any], rules: Grammar) -> list[Item]:
    row = OTHER + "".join(item.character for item in items) + OTHER
    out: list[Item] = []
    position, last = 1, len(items) + 1
    while position < last:
        best, best_rule, best_names = None, None, None
        for rule, pattern in stage.get(row[position], ()):
            match = pattern.expression.match(row, position)
            if match and match.end() > position and (best is None or match.end() > best.end()):
                best, best_rule, best_names = match, rule, pattern.names
        if best is None or best_rule is None or best_names is None:
            out.append(items[position - 1])
            position += 1
            continue
        out.append(_node_item(items, best, best_rule, best_names, rules))
        position = best.end()
    return out


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
            values = items[at - 1].values
            parts[name] = values.get("node") or next(values[c] for c in classes if c in values)
            places[name] = (items[at - 1].start, items[at - 1].end)
    start, end = items[match.start() - 1].start, items[match.end() - 2].end
    node = Node(rule, start, end, parts, places)
    return Item(
        start, end, rules.alphabet.characters[frozenset([rule.kind])], {rule.kind: node, "node": node}
    )
