"""Patterns over classes of words, compiled to regular expressions over one character a word.

A pattern is a row of elements: a literal word or mark (`of`, `,`), a class (`<month>`), a class with a name of its own
(`<day:daynum|ordnum>`: one of two classes, called day), a group of alternatives `( a | b )`, and `?` after what may be left out.
Every word of a text is told by the set of classes that it belongs to, and every such set is given a character of its
own; a class in a pattern then is a set of characters, and the matching is the standard library's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

OTHER = "."
"""The character of a word that no rule asks for."""

_ELEMENT = re.compile(r"<(?:(?P<name>\w+):)?(?P<classes>[\w|]+)>|(?P<mark>[()|?])|(?P<literal>[^\s<>()|?]+)")


@dataclass
class Alphabet:
    """Gives each set of classes its character. Literal words are the classes `=word`."""

    characters: dict[frozenset[str], str] = field(default_factory=dict)

    def character(self, classes: Iterable[str]) -> str:
        """The character of a set of classes, made on the first request; that of the empty set is `OTHER`."""
        key = frozenset(classes)
        if not key:
            return OTHER
        if key not in self.characters:
            self.characters[key] = chr(0xE000 + len(self.characters))
        return self.characters[key]

    def having(self, wanted: Iterable[str]) -> str:
        """All characters whose classes include one of `wanted`."""
        names = set(wanted)
        return "".join(c for classes, c in self.characters.items() if names & classes)


@dataclass(frozen=True)
class Pattern:
    """A pattern as an expression, the characters it can begin with, and the classes behind each group's name."""

    source: str
    first: str
    names: Mapping[str, tuple[str, tuple[str, ...]]]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Compiled when it is first asked for: there are hundreds, and a text asks for few."""
        return re.compile(self.source)


def literals(pattern: str) -> set[str]:
    """The literal words that a pattern asks for."""
    return {m["literal"] for m in _ELEMENT.finditer(pattern) if m["literal"]}


def compile_pattern(
    pattern: str,
    alphabet: Alphabet,
    *,
    after: Iterable[str] = (),
    not_after: Iterable[str] = (),
    before: Iterable[str] = (),
    not_before: Iterable[str] = (),
) -> Pattern:
    """`pattern` as an expression; the other arguments name classes or literals that must or must not stand beside the match.

    Raises ValueError where the pattern is malformed.
    """
    compiler = _Compiler(pattern, alphabet)
    body, first, _ = compiler.alternatives()
    if compiler.elements:
        raise ValueError(f"{pattern}: unbalanced brackets")
    around = ""
    for words, form in ((after, "(?<=[{}])"), (not_after, "(?<![{}])")):
        if words:
            around += form.format(alphabet.having(_classes(words)) or "\0")
    tail = ""
    for words, form in ((before, "(?=[{}])"), (not_before, "(?![{}])")):
        if words:
            tail += form.format(alphabet.having(_classes(words)) or "\0")
    return Pattern(around + body + tail, first, compiler.names)


def _classes(words: Iterable[str]) -> list[str]:
    """`<month>` is the class month, anything else the literal word."""
    return [w[1:-1] if w.startswith("<") and len(w) > 2 else f"={w}" for w in words]


class _Compiler:
    """Recursive descent over the elements of one pattern."""

    def __init__(self, pattern: str, alphabet: Alphabet) -> None:
        self.pattern = pattern
        self.alphabet = alphabet
        self.elements = list(_ELEMENT.finditer(pattern))[::-1]
        self.names: dict[str, tuple[str, tuple[str, ...]]] = {}

    def alternatives(self) -> tuple[str, str, bool]:
        """The expression of alternatives up to a closing bracket or the end, what it can begin with, and whether it may be empty."""
        body, first, empty = self.sequence()
        while self.elements and self.elements[-1]["mark"] == "|":
            self.elements.pop()
            other, other_first, other_empty = self.sequence()
            body, first, empty = f"{body}|{other}", first + other_first, empty or other_empty
        return body, first, empty

    def sequence(self) -> tuple[str, str, bool]:
        body, first, open_start = "", "", True
        while self.elements and self.elements[-1]["mark"] not in ("|", ")"):
            piece, piece_first, empty = self.element()
            body += piece
            if open_start:
                first += piece_first
            open_start = open_start and empty
        return body, first, open_start

    def element(self) -> tuple[str, str, bool]:
        element = self.elements.pop()
        if element["mark"] == "(":
            body, first, empty = self.alternatives()
            if not self.elements or self.elements.pop()["mark"] != ")":
                raise ValueError(f"{self.pattern}: unbalanced brackets")
            body = f"(?:{body})"
        elif element["mark"]:
            raise ValueError(f"{self.pattern}: {element['mark']!r} follows nothing")
        elif element["literal"]:
            first, empty = self.alphabet.having([f"={element['literal']}"]), False
            body = f"[{first}]"
        else:
            classes = tuple(element["classes"].split("|"))
            first, empty = self.alphabet.having(classes), False
            group = f"g{len(self.names)}"
            self.names[group] = (element["name"] or classes[0], classes)
            body = f"(?P<{group}>[{first or chr(0)}])"
        if self.elements and self.elements[-1]["mark"] == "?":
            self.elements.pop()
            return f"(?:{body})?", first, True
        return body, first, empty
