"""The tables of predicates.toml: what predicates do to the events below them, and which words name events."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.records import Realis


@dataclass(frozen=True, slots=True)
class Predicates:
    """The tables, each from a lemma to its effect, or a set of lemmas. Particles are joined by "_": "call_off"."""

    embedding: dict[str, str]
    nouns: dict[str, Realis]
    adjectives: dict[str, str]
    objects: dict[str, Realis]
    movers: frozenset[str]
    light: frozenset[str]
    not_events: frozenset[str]
    not_event_nouns: frozenset[str]
    prepositional: frozenset[str]
    nominal: frozenset[str]
    negation: frozenset[str]
    negative_subjects: frozenset[str]
    habitual: frozenset[str]
    likely: frozenset[str]


@cache
def predicates() -> Predicates:
    """The tables, read once."""
    table = tomllib.loads(resources.files("dateline.reader").joinpath("predicates.toml").read_text("utf-8"))

    def effects(section: str) -> dict[str, str]:
        return {lemma: effect for effect, lemmas in table[section].items() for lemma in lemmas.split()}

    return Predicates(
        embedding=effects("embedding"),
        nouns=effects("nouns"),  # type: ignore[arg-type]
        adjectives=effects("adjectives"),
        objects=effects("objects"),  # type: ignore[arg-type]
        movers=frozenset(table["movers"]["lemmas"].split()),
        light=frozenset(table["light"]["lemmas"].split()),
        not_events=frozenset(table["not_events"]["verbs"].split()),
        not_event_nouns=frozenset(table["not_events"]["nouns"].split()),
        prepositional=frozenset(table["not_events"]["prepositional"].split()),
        nominal=frozenset(table["nominal"]["lemmas"].split()),
        negation=frozenset(table["words"]["negation"].split()),
        negative_subjects=frozenset(table["words"]["negative_subjects"].split()),
        habitual=frozenset(table["words"]["habitual"].split()),
        likely=frozenset(table["words"]["likely"].split()),
    )
