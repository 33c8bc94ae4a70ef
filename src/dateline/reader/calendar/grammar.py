"""The rules, read from `tables/*.toml` and compiled once.

`words.toml` says which words belong to which class; every other table holds the rules of a family, with examples that
the tests run. A rule turns what its pattern matches into one item of its `kind` (in capitals), which the patterns of
later stages may ask for; `resolve` names the function of `normalise` that gives the value. A rule without `resolve` is a
building block: it is no expression by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from dateline.language.number_words import CARDINALS, ORDINALS
from dateline.reader.calendar.patterns import OTHER, Alphabet, Pattern, compile_pattern, literals

NEEDS_CAPITAL = frozenset(
    [
        "may",
        "march",
        "mar",
        "sat",
        "sun",
        "sep",
        "sept",
        "jan",
        "mon",
        "wed",
        "dec",
        "jun",
        "jul",
        "apr",
        "feb",
        "aug",
        "oct",
        "nov",
        "tue",
        "tues",
        "thu",
        "thur",
        "thurs",
        "fri",
        "august",
        "weds",
        "april",
        "june",
    ]
)
"""Names of months and days that are other words too, or nobody's abbreviation, in lower case."""

CALENDAR_NAMES = frozenset(["month", "month_short", "weekday", "weekday_short", "weekdays", "zone"])


@dataclass(frozen=True)
class Rule:
    """One rule of a table: `settings` are the keys that only its resolver reads."""

    name: str
    family: str
    stage: int
    kind: str
    resolve: str | None
    priority: int
    patterns: tuple[Pattern, ...]
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Word:
    """A word of the lexicon as written: its character and its value in each class."""

    character: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """The patterns of one stage that can begin with one character."""

    patterns: tuple[tuple[Rule, Pattern], ...]

    @cached_property
    def any_of(self) -> re.Pattern[str]:
        """One expression that tells whether any matches."""
        bare = [re.sub(r"\(\?P<\w+>", "(?:", pattern.source) for _, pattern in self.patterns]
        return re.compile("|".join(f"(?:{expression})" for expression in bare))


@dataclass(frozen=True)
class Grammar:
    """All rules by stage and first character, the lexicon, and the alphabet that both share."""

    words: Mapping[str, Word]
    characters: Mapping[str, str]
    alphabet: Alphabet
    stages: tuple[Mapping[str, Choice], ...]
    firsts: tuple[re.Pattern[str], ...]
    triggers: str
    rules: tuple[Rule, ...]

    def character(self, values: Mapping[str, Any]) -> str:
        """The character of an item with these classes; `OTHER` where no rule asks for such."""
        return self.alphabet.characters.get(frozenset(values), OTHER)


_NO_RULES = frozenset(["macros.toml", "arrangements.toml"])
"""Tables that are read elsewhere."""
_AROUND = ("after", "not_after", "before", "not_before")
"""What a rule may ask of the words beside its own."""


def read_tables() -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """The lexicon by class, and the rules of all tables in order (each with its `family`)."""
    folder = resources.files(__package__) / "tables"
    macros: dict[str, str] = tomllib.loads((folder / "macros.toml").read_text(encoding="utf-8"))
    words: dict[str, dict[str, Any]] = {
        "number": {word: value for word, value in CARDINALS.items() if 0 < value <= 10**6},
        "ordinal": dict(ORDINALS),
    }
    rules: list[dict[str, Any]] = []
    for path in sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.name in _NO_RULES:
            continue
        if path.name == "feasts.toml":
            words["feast_word"], rule = _feast_rule(table["feast"])
            rules.append(rule)
            continue
        for name, entries in (table if path.name == "words.toml" else table.get("words", {})).items():
            words.setdefault(name, {}).update(entries)
        for rule in table.get("rule", ()):
            rule["patterns"] = [_MACRO.sub(lambda m: macros[m[1]], p) for p in rule["patterns"]]
            rules.append({"family": path.name.removesuffix(".toml"), **rule})
    return words, rules


def _feast_rule(feasts: list[dict[str, Any]]) -> tuple[dict[str, str], dict[str, Any]]:
    """The words that feasts are told by, and one rule with a pattern for each name."""
    names = [name.replace("'", " ' ") for feast in feasts for name in feast["names"]]
    words = {word: word for name in names for word in name.replace(".", " .").split() if word.isalpha()}
    for word in ["new", "all", "the", "of", "s", "good", "black", "may", "day", "first", "st", "fourth"]:
        words.pop(word, None)
    patterns = [
        f"<sense:previous|following|current>? {' '.join(n.replace('.', ' .?').split())} ( ,? <year:year4> )?"
        for n in names
    ]
    examples = [
        {
            "text": "It will open before Thanksgiving.",
            "published": "2023-09-29",
            "found": "Thanksgiving",
            "value": "2023-11-23",
        },
        {
            "text": "It fell on Easter Sunday 2024.",
            "published": "2024-09-29",
            "found": "Easter Sunday 2024",
            "value": "2024-03-31",
        },
        {"text": "The Christmas lights went on.", "published": "2024-09-29"},
    ]
    rule = {
        "name": "feast",
        "family": "feasts",
        "kind": "DAY",
        "resolve": "holiday",
        "patterns": patterns,
        "examples": examples,
    }
    return words, rule


_MACRO = re.compile(r"@(\w+)")

RESERVED = frozenset(
    [
        "family",
        "name",
        "stage",
        "kind",
        "resolve",
        "patterns",
        "after",
        "not_after",
        "before",
        "not_before",
        "examples",
    ]
)

SHAPES: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            ["number"],
            ["number", "year4"],
            ["number", "daynum", "hournum"],
            ["number", "daynum", "hournum", "year2"],
            ["number", "daynum", "year2"],
            ["number", "hournum"],
            ["number", "hournum", "year2"],
            ["number", "year2"],
            ["number", "hourword", "minuteword"],
            ["number", "minuteword"],
            ["number", "year4", "spelled"],
            ["number", "hourword", "minuteword", "year_word"],
            ["number", "minuteword", "year_word"],
            ["number", "clock"],
            ["number", "vague"],
            ["clock"],
            ["ordinal", "ordnum"],
            ["ordinal"],
            ["iso"],
            ["isoweek"],
            ["isomonth"],
            ["numdate"],
            ["decade"],
            ["fraction"],
            ["years"],
            ["quarter_code"],
            ["fiscal_code"],
            ["short_year"],
            ["half_code"],
            ["quarter"],
            ["ampm"],
        ),
    )
)
"""The sets of classes that `lexer` and `numbers` give to what is not in the lexicon."""


@cache
def load() -> Grammar:
    """Read the tables; patterns are compiled when a text asks for them. The result is never changed afterwards."""
    lexicon, raw = read_tables()
    alphabet = Alphabet()
    for shape in SHAPES:
        alphabet.character(shape)
    for rule in raw:
        alphabet.character([rule["kind"]])
    words = _compile_words(lexicon, raw, alphabet)
    rules = tuple(_compile_rule(rule, alphabet) for rule in raw)
    stages = [
        _by_first([r for r in rules if r.stage == n]) for n in range(1, max(r.stage for r in rules) + 1)
    ]
    triggers = alphabet.having(TRIGGERS)
    return Grammar(
        words,
        {word: entry.character for word, entry in words.items()},
        alphabet,
        tuple(stages),
        tuple(re.compile(f"[{''.join(stage) or chr(0)}]") for stage in stages),
        triggers,
        rules,
    )


TRIGGERS = frozenset(
    [
        "month",
        "month_short",
        "weekday",
        "weekday_short",
        "weekdays",
        "season",
        "unit",
        "units",
        "part",
        "hour_name",
        "decade_name",
        "parts",
        "year_word",
        "day_word",
        "ampm",
        "em",
        "nightly",
        "often",
        "ref",
        "recent",
        "feast_word",
        "year4",
        "spelled",
        "iso",
        "isoweek",
        "isomonth",
        "numdate",
        "decade",
        "quarter",
        "quarter_code",
        "fiscal_code",
        "short_year",
        "half_code",
        "half_word",
        "latest",
        "years",
        "attacks",
        "clock",
        "clock_word",
        "ordnum",
    ]
)
"""The classes of words that can make an expression; a row of words without one is passed over."""


def _by_first(rules: list[Rule]) -> dict[str, Choice]:
    """The rules by each character that one of their patterns can begin with."""
    found: dict[str, list[tuple[Rule, Pattern]]] = {}
    for rule in rules:
        for pattern in rule.patterns:
            for character in set(pattern.first):
                found.setdefault(character, []).append((rule, pattern))
    return {character: Choice(tuple(row)) for character, row in found.items()}


def _compile_words(
    lexicon: Mapping[str, Mapping[str, Any]], raw: list[dict[str, Any]], alphabet: Alphabet
) -> dict[str, Word]:
    entries: dict[str, dict[str, Any]] = {}
    for name, values in lexicon.items():
        for word, value in values.items():
            entries.setdefault(word, {})[name] = value
    for rule in raw:
        asked = set().union(*(literals(p) for p in rule["patterns"]))
        for key in _AROUND:
            asked.update(w for w in rule.get(key, ()) if not w.startswith("<"))
        for word in asked:
            entries.setdefault(word, {})[f"={word}"] = word
    entries["’"] = entries["'"]
    words: dict[str, Word] = {}
    for word, values in entries.items():
        lower = dict(values)
        if word in NEEDS_CAPITAL:
            lower = {c: v for c, v in values.items() if c not in CALENDAR_NAMES}
        full = Word(alphabet.character(values), values)
        words[word.upper()] = full
        words[word.capitalize()] = full
        words[word] = Word(alphabet.character(lower), lower)
    return words


def _compile_rule(rule: dict[str, Any], alphabet: Alphabet) -> Rule:
    around = {key: rule.get(key, ()) for key in _AROUND}
    return Rule(
        name=rule["name"],
        family=rule["family"],
        stage=rule.get("stage", 1),
        kind=rule["kind"],
        resolve=rule.get("resolve"),
        priority=rule.get("priority", 0),
        patterns=tuple(compile_pattern(pattern, alphabet, **around) for pattern in rule["patterns"]),
        settings={key: value for key, value in rule.items() if key not in RESERVED},
    )
