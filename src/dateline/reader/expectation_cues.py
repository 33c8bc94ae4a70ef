"""The tables of expectation_cues.toml: the words that announce a later event."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.records import Strength


@dataclass(frozen=True, slots=True)
class Cues:
    """The tables. Keys are lower-case words in `modal` and `raising`, lemmas elsewhere."""

    modal: dict[str, Strength]
    raising: dict[str, Strength]
    intention: dict[str, Strength]
    moved: frozenset[str]
    reporting: frozenset[str]
    denying: frozenset[str]
    habit: frozenset[str]
    stative: frozenset[str]
    enduring: frozenset[str]
    completing: frozenset[str]
    joining: frozenset[str]
    occasion: frozenset[str]
    timetabled: frozenset[str]


@cache
def cues() -> Cues:
    """The tables, read once."""
    table = tomllib.loads(
        resources.files("dateline.reader").joinpath("expectation_cues.toml").read_text("utf-8")
    )

    def words(section: str) -> frozenset[str]:
        return frozenset(table[section]["words"])

    return Cues(
        modal=table["modal"],
        raising=table["raising"],
        intention=table["intention"],
        moved=frozenset(table["moved"]),
        reporting=words("reporting"),
        denying=words("denying"),
        habit=words("habit"),
        stative=words("stative"),
        enduring=words("enduring"),
        completing=words("completing"),
        joining=words("joining"),
        occasion=words("occasion"),
        timetabled=words("timetabled"),
    )
