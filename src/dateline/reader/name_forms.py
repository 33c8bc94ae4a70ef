"""Which forms of a name may stand for one thing, and where to look for the fuller one without comparing all with all."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from dateline.language import spelling
from dateline.records import MentionKind

_GENERIC = frozenset(
    """government ministry council agency party parliament army police court office committee commission department group company
    bank university union association north south east west northern southern eastern western new united national international
    central state city saint st mount cape lake port gulf fort general first supreme security defense defence foreign
    world""".split()  # noqa: SIM905
)
"""Words of names that stand for no name by themselves."""
LETTER = "letter"
"""What kind of key finds names whose words are spelt alike: many share it, so they are sifted by their letters first (`sifted_by`)."""
Key = tuple[Hashable, ...]
"""The kind of a name, what kind of key it is, and what follows."""


def parts(kind: MentionKind, name: str) -> tuple[str, ...]:
    """The words of a name that count: of a person's, those without titles and suffixes."""
    return spelling.person_words(name) if kind == "person" else spelling.words(name)


# ---------------------------------------------------------------------------------------------------- shelves


def shelved_under(kind: MentionKind, full: str) -> Iterator[Key]:
    """The keys of a name: any that may stand for it (`may_stand_for`) shares one of them with `looked_up_by`."""
    yield from _common_keys(kind, full)
    if kind == "person":
        yield from ((kind, LETTER, word[0]) for word in parts(kind, full)[-1:])
    elif kind != "nationality":
        core = spelling.words(full)
        yield from ((kind, "acronym", initials) for initials in spelling.initials(full))
        yield from ((kind, "core", core[: n + 1]) for n in range(len(core)))
        yield from ((kind, "core", core[n:]) for n in range(len(core)))


def looked_up_by(kind: MentionKind, short: str) -> Iterator[Key]:
    """The keys under which the names are shelved that `short` may stand for."""
    yield from _common_keys(kind, short)
    if kind == "person":
        letters = (
            letter for word in parts(kind, short)[-1:] for letter in sorted(spelling.like_letters(word[0]))
        )
        yield from ((kind, LETTER, letter) for letter in letters)
    elif kind != "nationality":
        yield kind, "acronym", short.replace(".", "").strip().lower()
        yield kind, "core", spelling.words(short)


def _common_keys(kind: MentionKind, name: str) -> Iterator[Key]:
    yield kind, "form", spelling.fold(name)
    if kind == "nationality":
        yield kind, "demonym", _demonym(name)
    elif kind == "person":
        ends = (*parts(kind, name)[:1], *parts(kind, name)[-1:])
        yield from ((kind, "word", word) for word in dict.fromkeys(ends))
    else:
        yield from ((kind, LETTER, core[0][0], len(core)) for core in [spelling.words(name)] if core)
        if (known := spelling.known_as(name)) is not None:
            yield kind, "known", known


def sifted_by(kind: MentionKind, name: str) -> str:
    """The word of a name by which it is shelved under its letter: only names whose words there are spelt alike are one by that key."""
    return next(iter(parts(kind, name)[-1:] if kind == "person" else spelling.words(name)[:1]), "")


# --------------------------------------------------------------------------------------------------- comparing


def may_stand_for(kind: MentionKind, short: str, full: str) -> bool:
    """True where `short` may stand for what the fuller name `full` of the same kind stands for."""
    if spelling.fold(short) == spelling.fold(full):
        return True
    if kind == "person":
        return _is_first_name_of(short, full) or spelling.same_person(short, full)
    if kind == "nationality":
        return _demonym(short) == _demonym(full)
    return _same_thing(short, full, kind)


def _is_first_name_of(short: str, full: str) -> bool:
    words, names = spelling.person_words(short), spelling.person_words(full)
    return len(words) == 1 < len(names) and words[0] == names[0] and len(words[0]) > 2


def _same_thing(short: str, full: str, kind: MentionKind) -> bool:
    """True where `short` is an acronym, a beginning or an end of the organisation's or place's name `full`."""
    known = spelling.known_as(short)
    if spelling.is_acronym_of(short, full) or (known is not None and known == spelling.known_as(full)):
        return True
    a, b = spelling.words(short), spelling.words(full)
    if not a or not b:
        return False
    if a == b or (len(a) == len(b) and all(map(spelling.spelt_alike, a, b)) and a[0][0] == b[0][0]):
        return True
    if len(a) >= len(b):
        return False
    if len(a) > 1:
        return a in (b[: len(a)], b[-len(a) :])
    if kind == "place" or a[0] in _GENERIC or len(a[0]) < 4:
        return False
    return a[0] == b[0] or (a[0] == b[-1] and len(b) == 2)


def _demonym(word: str) -> str:
    folded = spelling.fold(word)
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded
