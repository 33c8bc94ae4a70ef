"""What filing looks at in a reading: weighted words, names, a vector of the lead, and what is expected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice

import numpy as np

from dateline.keeper.document_frequencies import table
from dateline.language.datelines import without_dateline
from dateline.language.days import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from dateline.language.stems import singular
from dateline.records import Reading, Span, Strength, Vector

WORDS_READ = 500
"""Words of the body that filing reads: later ones are background more often than news."""
_CUT = WORDS_READ * 7
"""Characters that hold them."""
_MOST_LINES = 80
LEAD = 70
"""Words that count as the lead."""
LEAD_SENTENCES = 6
"""Sentences whose vectors are averaged into that of the lead."""

EXPECTED_WORDS = 3
"""Words that an expectation must have for a report to be told by them."""
MOST_EXPECTED = 4
"""Expectations of one article that are kept."""
_COMMON = 0.2
"""Words that a larger share of reports holds do not tell one expectation from another."""

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯΑ-Ω]"
_REST = "[^\\W_]+(?:[’'][^\\W_]+)?"
# a capital that follows a word and a space opens no sentence; of the others it is looked at what stands before. What comes first is the
# letter, since a search for one of some letters is quick
_INNER_NAME = re.compile(rf"{_CAPITAL}(?<=[^\W_] .){_REST}")
_OTHER_NAME = re.compile(rf"{_CAPITAL}(?<!\w.)(?<![^\W_] .){_REST}")
_LOWER = re.compile(r"[a-zß-öø-ÿ](?<!\w.)[^\W_]+")
_BREAK = re.compile(r"[.!?:;…\"“”‘’()\n|•–—]\s*[\"“”‘’(]*\s*\Z")
_CALENDAR = frozenset(
    "sept i mr mrs ms dr am pm gmt the a an and or but in on at of for to it he she they we his her this that there".split()  # noqa: SIM905 - thirty quoted words are harder to read
).union(name.lower() for days in (MONTHS, SHORT_MONTHS, WEEKDAYS, SHORT_WEEKDAYS) for name in days)
_FIRM: frozenset[Strength] = frozenset(["certain", "expected"])


@dataclass(frozen=True, slots=True)
class Features:
    """What a text tells a story by. `words` and `names` are counts weighted by where they stand; `told` are the words of headline and lead."""

    words: dict[str, float]
    names: dict[str, float]
    told: frozenset[str]


def stems(text: str) -> list[str]:
    """The words of `text`, stemmed; numbers are left out, as they change from report to report."""
    return list(_each_stem(_WORD.findall(text)))


def _each_stem(words: Iterable[str]) -> Iterator[str]:
    return filter(None, map(_telling_stem, words))


class _TellingStems(dict[str, str]):
    """A word's singular, and nothing of a number or of a single letter: looked up in a quarter of the time that a bounded cache takes."""

    def __missing__(self, word: str) -> str:
        if len(self) >= 100_000:
            self.clear()
        stem = self[word] = singular(word) if len(word) > 1 and not word.isdigit() else ""
        return stem


_telling_stem = _TellingStems().__getitem__


@lru_cache(maxsize=20_000)
def _stems_of_name(name: str) -> tuple[str, ...]:
    return tuple(stems(name))


def name_counts(text: str, words: Iterable[str] | None = None) -> Counter[str]:
    """Capitalised words that do not only open sentences, in lower case: what names are made of. `words` are all of the text's, where they are at hand."""
    inner = Counter(map(_telling_stem, _INNER_NAME.findall(text)))
    opening: Counter[str] = Counter()
    for match in _OTHER_NAME.finditer(text):
        start = match.start()
        before = text[max(0, start - 4) : start]
        opens = not before.strip(" ") or _BREAK.search(before)
        (opening if opens else inner)[_telling_stem(match.group())] += 1
    common = table()
    lower = set(map(_telling_stem, _LOWER.findall(" ".join(set(words or _WORD.findall(text))))))
    for word, count in opening.items():
        if word in inner or (word not in lower and word not in common):
            inner[word] += count
    return Counter({w: n for w, n in inner.items() if (w not in lower or n > 1) and w not in _CALENDAR})


def headline(reading: Reading) -> str:
    """The article's title, or its first sentence or line where it has none."""
    article = reading.article
    if article.title:
        return article.title
    told = (sentence.of(article.text) for sentence in reading.sentences)
    first = next((text for text in told if without_dateline(text)), None)
    if first is not None:
        return first
    lines = (line.strip() for line in article.text.split("\n"))
    return next((line for line in lines if len(_WORD.findall(line)) > 2), article.text.strip())[:200]


def lines(reading: Reading) -> list[Span]:
    """Where the lines of what was read stand: its sentences, else the lines of the text."""
    if reading.sentences:
        return list(reading.sentences[:_MOST_LINES])
    given = reading.article.text.split("\n")
    ends = list(accumulate((len(line) + 1 for line in given), initial=0))
    return [Span(start, start + len(line)) for start, line in zip(ends[:-1], given, strict=True)]


def body(reading: Reading) -> str:
    """What was read of the article's text."""
    return "\n".join(line.of(reading.article.text) for line in lines(reading))


def mentioned(reading: Reading) -> list[tuple[int, str]]:
    """The names of the part that filing reads, each once, with where they first stand."""
    first: dict[str, int] = {}
    for mention in reading.mentions:
        if mention.span.start < _CUT:
            first.setdefault(mention.text, mention.span.start)
    return [(start, name) for name, start in first.items()]


def extract(text: str, heading: Sequence[str], names_read: Iterable[tuple[int, str]]) -> Features:
    """The features of a body `text` under a headline whose stems are `heading`; `names_read` are those `mentioned`."""
    cut = text[:_CUT]
    all_words = _WORD.findall(cut)
    running = list(islice(_each_stem(all_words), WORDS_READ))
    words = Counter(chain(running, running[:LEAD], heading, heading))
    names = name_counts(cut, all_words)
    for name in set(heading) & names.keys():
        names[name] += 2
    for start, mention in names_read:
        if start < len(cut):
            for word in _stems_of_name(mention):
                names.setdefault(word, 1)
    return Features(dict(words), dict(names), frozenset((*heading, *running[:LEAD])))


def expected(reading: Reading) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The expectations that a later report may settle, the firmest first: the last day on which they are due (an ordinal), and their words."""
    common = table()
    found = []
    for x in reading.expectations:
        if x.due is None or x.due.end <= reading.article.published or x.strength not in _FIRM:
            continue
        words = tuple(sorted({w for w in stems(x.event) if common.get(w, 0.0) < _COMMON}))
        if len(words) >= EXPECTED_WORDS:
            found.append((x.due.end.toordinal(), words))
    return tuple(found[:MOST_EXPECTED])


def lead_vector(reading: Reading) -> Vector | None:
    """The mean of the first sentences' vectors, of unit length; None where there are none."""
    if reading.vectors is None or not len(reading.vectors):
        return None
    mean = reading.vectors[:LEAD_SENTENCES].mean(axis=0, dtype=np.float32)
    norm = float(np.linalg.norm(mean))
    return (mean / norm).astype(np.float32) if norm > 1e-6 else None
