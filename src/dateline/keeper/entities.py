"""Entities across articles: which names stand for one person, organisation or place, and where the places are.

Spelling variants, transliterations and acronyms join; different people with one surname stay apart. Every function here
is pure: what it gives for some articles does not depend on any others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dateline.keeper import gazetteer
from dateline.language import spelling
from dateline.records import Entity, MentionKind, StoryArticle

_GENERIC = frozenset(
    [
        "government",
        "ministry",
        "council",
        "agency",
        "party",
        "parliament",
        "army",
        "police",
        "court",
        "office",
        "committee",
        "commission",
        "department",
        "group",
        "company",
        "bank",
        "university",
        "union",
        "association",
        "north",
        "south",
        "east",
        "west",
        "national",
        "united",
        "state",
        "city",
        "first",
        "supreme",
        "security",
        "defense",
        "defence",
        "foreign",
        "world",
        "international",
        "president",
        "minister",
        "house",
        "service",
        "services",
        "airport",
        "hospital",
        "school",
        "river",
        "bridge",
        "dam",
    ]
)


@lru_cache(maxsize=100_000)
def same_name(a: str, b: str) -> bool:
    """True where two names may stand for one thing: a part of the other, another spelling, or its acronym.

    "Varga" and "Emil Varga", "Zelmova" and "Zelmowa", "ASA" and "Arlen Savings Association"; not "Lize Lindner" and "Peter Lindner".
    """
    x, y = spelling.fold(a), spelling.fold(b)
    if not x or not y:
        return False
    if x == y:
        return True
    if spelling.known_as(a) is not None and spelling.known_as(a) == spelling.known_as(b):
        return True
    if spelling.is_acronym_of(a, b) or spelling.is_acronym_of(b, a):
        return True
    p, q = spelling.person_words(a), spelling.person_words(b)
    if not p or not q:
        return False
    if len(p) == len(q):
        return _alike(p, q) or (len(p) > 1 and _initials_agree(p, q))
    short, long = (p, q) if len(p) < len(q) else (q, p)
    if len(short) == 1 and short[0] in _GENERIC:
        return False
    return (
        _alike(short, long[-len(short) :])
        or _alike(short, long[: len(short)])
        or (len(short) == 2 and _alike((short[0], short[-1]), (long[0], long[-1])))
    )


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    return len(a) == len(b) and all(map(spelling.spelt_alike, a, b))


def _initials_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    """True for "E. Varga" and "Emil Varga"."""
    first = a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))
    return first and _alike(a[1:], b[1:])


# ------------------------------------------------------------------------------------------- entities of a notebook


@dataclass(slots=True)
class _Group:
    """Names that stand for one thing, as they are gathered."""

    kinds: Counter[MentionKind] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    first: date = date.max

    def add(self, other: _Group) -> None:
        """Take in the names of another group."""
        self.kinds += other.kinds
        self.forms += other.forms
        self.names += other.names
        self.first = min(self.first, other.first)

    @property
    def kind(self) -> MentionKind:
        """What most of the mentions are."""
        return max(self.kinds, key=lambda k: (self.kinds[k], k))

    @property
    def name(self) -> str:
        """The fullest name, then the commonest."""
        return min(
            self.names, key=lambda n: (-min(len(spelling.person_words(n)), 4), n.isupper(), -self.names[n], n)
        )


def group(filed: Sequence[StoryArticle]) -> list[Entity]:
    """The entities named in the articles, most mentioned first.

    A place gets its country and coordinates where the gazetteer has one of that name and leaves no doubt which.
    """
    groups = _merged(_by_name(filed))
    countries = gazetteer.countries_of(n for g in groups if g.kind == "place" for n in g.names)
    entities = [_entity(g, countries) for g in groups]
    return sorted(entities, key=lambda e: (-e.mentions, e.name, e.kind))


def _by_name(filed: Sequence[StoryArticle]) -> list[_Group]:
    """A group for each different folded entity name of the articles."""
    found: dict[tuple[str, bool], _Group] = defaultdict(_Group)
    for item in filed:
        for mention in item.reading.mentions:
            group_ = found[(spelling.fold(mention.entity), mention.kind == "nationality")]
            group_.kinds[mention.kind] += 1
            group_.forms[mention.text] += 1
            group_.names[mention.entity] += 1
            group_.first = min(group_.first, item.article.published)
    return [g for (name, _), g in sorted(found.items()) if name]


def _merged(groups: list[_Group]) -> list[_Group]:
    """The groups, those joined whose names stand for one thing; a name that fits several stays by itself."""
    kept: list[_Group] = []
    blocks: dict[tuple[bool, str], list[_Group]] = defaultdict(list)
    order = sorted(
        groups, key=lambda g: (-len(spelling.person_words(g.name)), -sum(g.names.values()), g.name)
    )
    for candidate in order:
        nationality = candidate.kind == "nationality"
        keys = {(nationality, key) for key in _keys(candidate.name)}
        near = {id(g): g for key in sorted(keys) for g in blocks[key]}
        fitting = [g for g in near.values() if _same_thing(candidate, g)]
        if len(fitting) > 1:
            fitting = [g for g in fitting if _is_full(candidate.name, g.name)] or fitting
        if len(fitting) == 1:
            fitting[0].add(candidate)
            continue
        kept.append(candidate)
        for key in keys:
            blocks[key].append(candidate)
    return kept


def _keys(name: str) -> set[str]:
    """What two names must share in part to be compared: letters of their first and last words, and initials."""
    parts = spelling.person_words(name)
    known = spelling.known_as(name)
    keys = {_letter(p) for p in (parts[0], parts[-1])} if parts else set()
    keys |= {"=" + i for i in spelling.initials(name)}
    if name.replace(".", "").isupper():
        keys.add("=" + name.replace(".", "").lower())
    if known is not None:
        keys.add("@" + known)
    return keys


def _letter(word: str) -> str:
    """The first letters of a word, like sounds as one."""
    return word[:1].translate(str.maketrans("hwzjyckf", "gvsiiqqp")) + str(len(word) > 4)


def _same_thing(candidate: _Group, other: _Group) -> bool:
    a, b = candidate.name, other.name
    kinds = {candidate.kind, other.kind}
    if "nationality" in kinds:
        return len(kinds) == 1 and spelling.fold(a).rstrip("s") == spelling.fold(b).rstrip("s")
    if len(kinds) > 1 and "person" in kinds:
        return spelling.fold(a) == spelling.fold(b)
    if kinds == {"person"}:
        return spelling.same_person(a, b)
    if not same_name(a, b):
        return False
    if kinds == {"place"}:
        return _one_place(a, b)
    return True


def _one_place(a: str, b: str) -> bool:
    """Places of like spelling are one unless the gazetteer knows two; a longer name is another place ("Orana Bridge")."""
    if len(spelling.words(a)) != len(spelling.words(b)) and not (
        spelling.is_acronym_of(a, b) or spelling.is_acronym_of(b, a)
    ):
        return spelling.known_as(a) is not None and spelling.known_as(a) == spelling.known_as(b)
    one, other = gazetteer.candidates(a), gazetteer.candidates(b)
    if one and other:
        here = {(p.country, p.latitude) for p in one}
        return bool(here & {(p.country, p.latitude) for p in other}) or spelling.fold(a) == spelling.fold(b)
    return True


def _is_full(name: str, other: str) -> bool:
    """True where the two have as many words."""
    return len(spelling.person_words(name)) == len(spelling.person_words(other))


def _entity(group_: _Group, countries: frozenset[str]) -> Entity:
    place = None
    if group_.kind == "place":
        place = next(
            (
                p
                for n in (group_.name, *sorted(group_.names))
                if (p := gazetteer.locate(n, countries)) is not None
            ),
            None,
        )
    return Entity(
        name=group_.name,
        kind=group_.kind,
        forms=tuple(form for form, _ in sorted(group_.forms.items(), key=lambda f: (-f[1], f[0]))),
        mentions=sum(group_.forms.values()),
        country=place.country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )
