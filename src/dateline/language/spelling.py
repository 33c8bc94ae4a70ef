"""How names are spelt: folding, acronyms, spelling variants and transliterations. Knows strings alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from dateline.language.tables import toml_table

_TABLE = toml_table("dateline.language", "names.toml")

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ʼ": "",
        "'": "",
        "’": "",
        "‘": "",
        "`": "",
    }
)
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
_NOT_WORD = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\Z", re.IGNORECASE)

SMALL_WORDS = frozenset(_TABLE["small_words"])
"""Words of names that carry nothing: they are left out of acronyms and comparisons."""

TITLES = frozenset(_TABLE["titles"])
"""Words before a person's name that are no part of it, in lower case, without dots."""

SUFFIXES = frozenset(_TABLE["suffixes"])


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """`name` in lower case without accents, marks, apostrophes or possessive: "Koulembé's" is "koulembe"."""
    bare = _POSSESSIVE.sub("", name.strip()).lower().translate(_LETTERS)
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    if "." in bare:
        bare = _INITIALS.sub(r"\1", bare)
    return _NOT_WORD.sub(" ", bare).strip()


@lru_cache(maxsize=50_000)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name, small words left out."""
    found = tuple(w for w in fold(name).split() if w not in SMALL_WORDS)
    return found or tuple(fold(name).split())


@lru_cache(maxsize=50_000)
def person_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name, titles before it and suffixes after it left out; empty for a mere title."""
    parts = fold(name).split()
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in SUFFIXES:
        parts = parts[:-1]
    return tuple(parts)


@lru_cache(maxsize=50_000)
def initials(name: str) -> frozenset[str]:
    """What a name may be shortened to, in lower case: "Gulf Storm Center" is gsc; with its small words too."""
    parts = [p for p in re.split(r"[\s\-/]+", name) if p[:1].isalnum()]
    long = "".join(p[0] for p in parts).lower()
    short = "".join(p[0] for p in parts if p.lower() not in SMALL_WORDS).lower()
    return frozenset(i for i in (long, short) if len(i) >= 2)


def is_acronym_of(short: str, long: str) -> bool:
    """True where `short` ("ASA", "A.S.A.") is made of the initials of `long` (two words or more).

    A name that has an acronym of its own in it ("ORB Salvage") is not shortened to another ("OS").
    """
    bare = short.replace(".", "").strip()
    if any(len(w) >= 3 and w.isupper() for w in long.split()) and not long.isupper():
        return False
    return (
        2 <= len(bare) <= 8
        and bare.isalpha()
        and bare[:1].isupper()
        and bare[1:2].isupper()
        and bare.lower() in initials(long)
    )


_LIKE_LETTERS = {
    frozenset(pair)
    for pair in ("gh", "vw", "sz", "iy", "ij", "yj", "ck", "cs", "kq", "ou", "uw", "dt", "bp", "fv", "ei", "ea", "ae", "xz", "jg", "jz", "uy")
}  # fmt: skip
_VOWELS = frozenset("aeiouy")
_DOUBLE = re.compile(r"(.)\1")


@cache
def like_letters(letter: str) -> frozenset[str]:
    """A letter with those that transliteration takes for it: "z" is z, s, x, j."""
    return frozenset([letter]).union(*(pair for pair in _LIKE_LETTERS if letter in pair))


_GROUPS = (
    ("kh", "h"),
    ("zh", "j"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("tz", "ts"),
    ("sch", "sh"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("yy", "y"),
    ("iy", "y"),
    ("ij", "y"),
)


@lru_cache(maxsize=50_000)
def spelt_alike(a: str, b: str) -> bool:
    """True where two single words may be spellings of one name: Lugansk and Luhansk, Zelmova and Zelmowa, Lize and Lise.

    A weighted edit distance on folded words, the only one: letters that transliteration confuses cost little, others a whole.
    (Libraries of edit distances weigh an exchange of any two letters alike.)
    """
    a, b = fold(a), fold(b)
    if a == b:
        return True
    shorter = min(len(a), len(b))
    if (
        shorter < 4
        or abs(len(a) - len(b)) > 2
        or (a[0] != b[0] and frozenset((a[0], b[0])) not in _LIKE_LETTERS)
    ):
        return False
    (a, plain), (b, other) = _respelt(a), _respelt(b)
    return plain == other or _within(a, b, 0.3 if shorter <= 5 else 0.6 if shorter <= 8 else 1.0)


@lru_cache(maxsize=50_000)
def _respelt(word: str) -> tuple[str, str]:
    """A word with one spelling for groups of letters that sound alike, and that without double letters."""
    for long, short in _GROUPS:
        word = word.replace(long, short)
    return word, _DOUBLE.sub(r"\1", word)


def _within(a: str, b: str, limit: float) -> bool:
    """True where the edits between two words cost no more than `limit`, at most 1.0.

    A letter for a like one costs 0.25, a vowel for another 0.5, any other edit 1: so either letters are exchanged or a single one is
    left out.
    """
    if len(a) == len(b):
        cost = 0.0
        for x, y in zip(a, b, strict=True):
            if x != y:
                cost += 0.25 if frozenset((x, y)) in _LIKE_LETTERS else 0.5 if {x, y} <= _VOWELS else 1.0
                if cost > limit:
                    return False
        return True
    short, long = sorted((a, b), key=len)
    return (
        limit >= 1.0
        and len(long) - len(short) == 1
        and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    )


@lru_cache(maxsize=50_000)
def same_person(a: str, b: str) -> bool:
    """True where two persons' names may be one: surnames alike, and first names, where both are given, agree.

    "Varga" and "Emil Varga", "E. Varga" and "Emil Varga" agree; "Lize Lindner" and "Peter Lindner" do not.
    """
    x, y = person_words(a), person_words(b)
    if not x or not y:
        return False
    if x == y:
        return True
    if not spelt_alike(x[-1], y[-1]):
        return len(x) > 1 and len(y) > 1 and sorted(x) == sorted(y)
    if len(x) == 1 or len(y) == 1:
        return True
    return _first_names_agree(x[0], y[0])


def _first_names_agree(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return spelt_alike(a, b) or a in _SHORT_FORMS.get(b, ()) or b in _SHORT_FORMS.get(a, ())


_SHORT_FORMS: dict[str, list[str]] = _TABLE["short_forms"]


_RENAMED: list[list[str]] = _TABLE["renamed"]
"""Names that spelling alone does not tell to be one."""


@cache
def _aliases() -> dict[str, str]:
    return {fold(name): group[0] for group in _RENAMED for name in group}


def known_as(name: str) -> str | None:
    """The one name of a thing that goes by several which spelling does not join (Kiev is Kyiv), or None."""
    return _aliases().get(fold(name))
