"""Words of records as the keeper compares them: stems, families of words that tell of the same, and their weights."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import log

from dateline import spelling

_WORD = re.compile(r"\d[\d,.]*\d|\w+")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "and",
        "or",
        "but",
        "nor",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "with",
        "without",
        "as",
        "into",
        "onto",
        "over",
        "under",
        "about",
        "after",
        "before",
        "since",
        "until",
        "till",
        "than",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "he",
        "him",
        "his",
        "she",
        "her",
        "they",
        "them",
        "their",
        "we",
        "us",
        "our",
        "you",
        "your",
        "i",
        "my",
        "me",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "while",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "done",
        "not",
        "no",
        "n't",
        "s",
        "'s",
        "’s",
        "t",
        "so",
        "if",
        "there",
        "here",
        "also",
        "now",
        "then",
        "still",
        "only",
        "just",
        "very",
        "more",
        "most",
        "some",
        "any",
        "all",
        "both",
        "each",
        "other",
        "such",
        "own",
        "same",
        "too",
        "again",
        "once",
        "up",
        "out",
        "off",
        "down",
        "said",
        "says",
        "say",
        "told",
        "tell",
        "according",
        "mr",
        "mrs",
        "ms",
        "dr",
        "gov",
        "president",
        "minister",
        "spokesman",
        "spokeswoman",
        "officials",
        "official",
        "would'nt",
        "ll",
        "re",
        "ve",
        "d",
        "m",
        "yet",
        "ago",
        "later",
        "earlier",
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "day",
        "days",
        "morning",
        "afternoon",
        "evening",
        "night",
        "noon",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "next",
        "last",
        "new",
        "p.m",
        "a.m",
        "pm",
        "am",
    ]
)
_IRREGULAR = {
    "rose": "rise", "risen": "rise", "flew": "fly", "flown": "fly", "sent": "send", "held": "hold", "met": "meet", "fell": "fall",
    "fallen": "fall", "struck": "strike", "began": "begin", "begun": "begin", "gave": "give", "given": "give", "took": "take",
    "taken": "take", "came": "come", "went": "go", "gone": "go", "left": "leave", "paid": "pay", "built": "build", "won": "win",
    "lost": "lose", "brought": "bring", "sold": "sell", "found": "find", "got": "get", "made": "make", "bought": "buy",
    "rebuilt": "rebuild", "broke": "break", "broken": "break", "chose": "choose", "chosen": "choose", "spoke": "speak",
    "sank": "sink", "sunk": "sink", "swore": "swear", "sworn": "swear", "stood": "stand", "blew": "blow", "withdrew": "withdraw",
    "withdrawn": "withdraw", "drew": "draw", "wrote": "write", "lit": "light", "laid": "lay", "led": "lead", "kept": "keep",
    "sang": "sing", "slid": "slide", "swept": "sweep", "sat": "sit", "ran": "run", "tore": "tear", "torn": "tear", "grew": "grow",
    "knew": "know", "became": "become", "fought": "fight", "felt": "feel", "saw": "see", "seen": "see", "showed": "show",
    "shown": "show", "shook": "shake", "froze": "freeze", "dies": "die", "died": "die", "dying": "die", "ties": "tie", "tied": "tie",
    "fed": "feed", "threw": "throw", "thrown": "throw", "wed": "wed", "men": "man", "women": "woman", "children": "child",
    "lives": "life", "bodies": "body", "is": "be", "was": "be", "are": "be", "were": "be", "been": "be", "has": "have", "had": "have",
    "did": "do", "done": "do", "does": "do", "goes": "go", "news": "news", "deputies": "deputy", "species": "species",
}  # fmt: skip
_NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem by which a word is compared: "ratified" and "ratify" are "ratify", "Tormela's" is "tormela"."""
    bare = spelling.fold(word).replace(" ", "")
    if bare in _IRREGULAR:
        return _IRREGULAR[bare]
    if bare in _NUMBERS:
        return _NUMBERS[bare]
    if len(bare) <= 3 or bare[0].isdigit():
        return bare.replace(",", "")
    for suffix, put in (
        ("ies", "y"),
        ("ied", "y"),
        ("ying", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
    ):
        if bare.endswith(suffix) and len(bare) > len(suffix) + 1:
            return bare[: -len(suffix)] + put
    for suffix in ("ing", "ed"):
        root = bare[: -len(suffix)]
        if bare.endswith(suffix) and len(root) >= 3 and re.search(r"[aeiouy]", root):
            if re.search(r"([bdgklmnprtvz])\1\Z", root) and not root.endswith(("ll", "ss")):
                root = root[:-1]
            return root.removesuffix("e")
    if bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        bare = bare[:-1]
    return bare.removesuffix("e") if len(bare) > 4 else bare


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Families by stem. Phrases ("call off") are keyed by their stems joined with a space."""

    happenings: Mapping[str, frozenset[int]]
    things: Mapping[str, frozenset[int]]
    cancelling: frozenset[str]
    postponing: frozenset[str]
    physical: frozenset[str]
    destroying: frozenset[str]
    light: frozenset[str]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]


def phrase_stem(phrase: str) -> str:
    """The stems of a phrase's words, joined by spaces."""
    return " ".join(stem(w) for w in re.findall(r"[\w-]+", phrase.replace("_", " ").replace("-", " ")))


@cache
def lexicon() -> Lexicon:
    """The tables of predicates.toml, read once."""
    table = tomllib.loads(resources.files("dateline.keeper").joinpath("predicates.toml").read_text("utf-8"))

    def families(lines: Iterable[str]) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for number, line in enumerate(lines):
            for word in line.split(","):
                found.setdefault(phrase_stem(word.strip()), set()).add(number)
        return {w: frozenset(n) for w, n in found.items()}

    return Lexicon(
        happenings=families(table["happenings"]),
        things=families(table["things"]),
        cancelling=frozenset(map(phrase_stem, table["cancelling"])),
        postponing=frozenset(map(phrase_stem, table["postponing"])),
        physical=frozenset(map(phrase_stem, table["physical"])),
        destroying=frozenset(map(phrase_stem, table["destroying"])),
        light=frozenset(map(phrase_stem, table["light"])),
        opposites=tuple(_sides(line) for line in table["opposites"]),
    )


def _sides(line: str) -> tuple[frozenset[str], frozenset[str]]:
    expected, contrary = line.split("|")
    return (
        frozenset(phrase_stem(w.strip()) for w in expected.split(",")),
        frozenset(phrase_stem(w.strip()) for w in contrary.split(",")),
    )


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of all words of a text, in order."""
    return tuple(stem(w) for w in _WORD.findall(text.replace("'s", " ").replace("’s", " ")))


_HUNDREDS = re.compile(rf"\b({'|'.join(list(_NUMBERS)[1:])}) (hundred|thousand|million)\b", re.IGNORECASE)
_PLACES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}


def _in_figures(text: str) -> str:
    """ "two hundred" as "200"."""
    return _HUNDREDS.sub(lambda m: str(int(_NUMBERS[m[1].lower()]) * _PLACES[m[2].lower()]), text)


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The stems of a text's words that carry meaning; words of the calendar are left out."""
    text = _in_figures(text)
    return frozenset(
        stem(w)
        for w in _WORD.findall(text.replace("'s", " ").replace("’s", " "))
        if w.lower() not in _STOP and (len(w) > 1 or w.isdigit())
    )


@lru_cache(maxsize=20_000)
def phrases(text: str) -> frozenset[str]:
    """The stems of a text with its pairs and triples of neighbours, and pairs one word apart ("call it off")."""
    words = stems(text)
    found = set(words)
    for reach in (2, 3):
        found.update(" ".join(words[i : i + reach]) for i in range(len(words) - reach + 1))
    found.update(f"{words[i]} {words[i + 2]}" for i in range(len(words) - 2))
    return frozenset(found)


def phrases_with(text: str, word: str) -> frozenset[str]:
    """The phrases of several words in a text that hold the stem `word`, of those that `phrases` finds."""
    words = stems(text)
    found = set()
    for at in (i for i, w in enumerate(words) if w == word):
        for reach in (2, 3):
            for start in range(max(0, at - reach + 1), min(at, len(words) - reach) + 1):
                found.add(" ".join(words[start : start + reach]))
        found.update(f"{words[i]} {words[i + 2]}" for i in (at - 2, at) if i >= 0 and i + 2 < len(words))
    return frozenset(found)


def happenings(words: Iterable[str]) -> frozenset[int]:
    """The families of happenings that stems or phrases belong to."""
    table = lexicon().happenings
    return frozenset(n for w in words for n in table.get(w, ()))


_SPELT = 5
"""The least letters of a stem that may be spelt in two ways."""


def alike(a: str, b: str) -> bool:
    """True where two stems stand for the same: equal, of one family of things, or one name spelt in two ways."""
    if a == b:
        return True
    table = lexicon().things
    if table.get(a, frozenset()) & table.get(b, frozenset()):
        return True
    return (
        len(a) >= _SPELT
        and len(b) >= _SPELT
        and a[0] == b[0]
        and (a.startswith(b) or b.startswith(a) or _near(a, b))
    )


@lru_cache(maxsize=100_000)
def _near(a: str, b: str) -> bool:
    """True for two spellings of a name: at most one change in six letters, two in nine."""
    longest = max(len(a), len(b))
    if longest < 6:
        return False
    most = 1 if longest < 9 else 2
    # a change puts in or takes out at most two of the letters that a word has
    return abs(len(a) - len(b)) <= most and len(_letters(a) ^ _letters(b)) <= 2 * most and _within(a, b, most)


@lru_cache(maxsize=20_000)
def _letters(word: str) -> frozenset[str]:
    return frozenset(word)


def _within(a: str, b: str, most: int) -> bool:
    """True where at most `most` letters put in, left out or changed make `b` of `a`."""
    if abs(len(a) - len(b)) > most:
        return False
    shorter = min(len(a), len(b))
    first = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    last = next((i for i in range(shorter - first) if a[-1 - i] != b[-1 - i]), shorter - first)
    a, b = a[first : len(a) - last], b[first : len(b) - last]
    if not a or not b or most == 0:
        return len(a) + len(b) <= most
    return _within(a[1:], b[1:], most - 1) or _within(a[1:], b, most - 1) or _within(a, b[1:], most - 1)


class Weights:
    """How much each stem tells in a story: rare stems more (inverse document frequency over its sentences)."""

    def __init__(self, sentences: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for sentence in sentences:
            total += 1
            counts.update(content(sentence))
        self._counts, self._total = counts, max(total, 1)
        self._kin: dict[str, frozenset[str]] = {}
        self._weights: dict[str, float] = {}
        self._strange: dict[frozenset[str], tuple[str, ...]] = {}
        self._by_shape: defaultdict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        self._by_family: defaultdict[int, list[str]] = defaultdict(list)
        things = lexicon().things
        for word in counts:
            if len(word) >= _SPELT:
                self._by_shape[word[0], len(word)].append((word, _mask(word)))
            for family in things.get(word, ()):
                self._by_family[family].append(word)
        self._long = sorted(w for w in counts if len(w) >= _SPELT)

    def of(self, word: str) -> float:
        """The weight of a stem, about 0.3 for what stands in every third sentence, 1 for what stands in one of many."""
        weight = self._weights.get(word)
        if weight is None:
            seen = self._counts.get(word, 0)
            weight = max(0.15, log((self._total + 2) / (seen + 1)) / log(self._total + 2))
            self._weights[word] = weight
        return weight

    def share(self, wanted: Iterable[str], found: Iterable[str]) -> float:
        """How much of `wanted`, by weight, is among `found`, in [0, 1]."""
        pool = frozenset(found)
        strange = self._strange.get(pool)
        if strange is None:
            strange = self._strange[pool] = tuple(w for w in pool if w not in self._counts)
        whole = part = 0.0
        for word in wanted:
            weight = self.of(word)
            whole += weight
            if word in pool or not self._alike(word).isdisjoint(pool) or any(alike(word, w) for w in strange):
                part += weight
        return part / whole if whole else 0.0

    def _alike(self, word: str) -> frozenset[str]:
        """The stems of the story's sentences that are like `word`, as `alike` has it."""
        if word not in self._kin:
            kin = {w for family in lexicon().things.get(word, ()) for w in self._by_family[family]}
            if len(word) >= _SPELT:
                kin.update(w for w in self._spelt_near(word) if alike(word, w))
            self._kin[word] = frozenset(kin)
        return self._kin[word]

    def _spelt_near(self, word: str) -> Iterator[str]:
        """Stems of which `word` is the beginning, that are its beginning, or that share most of its letters."""
        for length in range(_SPELT, len(word) + 1):
            if word[:length] in self._counts:
                yield word[:length]
        for longer in self._long[bisect_left(self._long, word) :]:
            if not longer.startswith(word):
                break
            yield longer
        mask = _mask(word)
        for length in range(len(word) - 2, len(word) + 3):
            for other, letters in self._by_shape.get((word[0], length), ()):
                if (mask ^ letters).bit_count() <= 4:
                    yield other


def _mask(word: str) -> int:
    """The letters of a word as bits: two words of which one has d letters that the other has not differ in at most d bits."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask
