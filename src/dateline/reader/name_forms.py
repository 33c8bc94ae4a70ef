"""Which forms of a name may stand for one thing, and where to look for the fuller one without comparing all with all."""

from __future__ import annotations

from dateline.language import spelling
from dateline.records import MentionKind

_GENERIC = frozenset(
    """government ministry council agency party parliament army police court office committee commission department group company
    bank university union association north south east west northern southern eastern western new united national international
    central state city saint st mount cape lake port gulf fort general first supreme security defense defence foreign
    world""".split()  # noqa: SIM905
)
"""Words of names that stand for no name by themselves."""
Key = tuple[MentionKind, str]


def parts(kind: MentionKind, name: str) -> tuple[str, ...]:
    """The words of a name that count: of a person's, those without titles and suffixes."""
    return spelling.person_words(name) if kind == "person" else spelling.words(name)


def keys(kind: MentionKind, name: str) -> frozenset[Key]:
    """Where to look for a name: any two that may stand for one thing (`may_stand_for`) share one of these.

    They are the letters that its words begin with, or that transliteration takes for them, and the name that it is known by.
    """
    words = (*parts(kind, name), spelling.fold(name))
    found = {letter for word in words if word for letter in spelling.like_letters(word[0])}
    known = spelling.known_as(name)
    return frozenset((kind, key) for key in (found | {known} if known else found))


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
