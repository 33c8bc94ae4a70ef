"""A model in a page: deterministic, quick, and wrong about most of English, for tests of everything but the reading."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from dateline.keeper.judge import LIKENESSES, SAMENESS, VERDICTS
from dateline.reader.model import (
    Analysis,
    Announcement,
    Arc,
    Attribution,
    Labelled,
    Place,
    SentenceAnalysis,
    Trigger,
)

_DAYS = frozenset(
    f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
) | frozenset(["tomorrow"])
_DIMENSIONS = 32


class PlainJudge:
    """Two texts tell of one thing as far as they share their longer words."""

    def version(self) -> str:
        """As the bundled reader of pairs has it."""
        return "plain"

    def verdicts(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """As the interface has it."""
        return [_shared(pair, "happened", VERDICTS) for pair in pairs]

    def facts(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """As the interface has it."""
        return [_shared(pair, "same", LIKENESSES) for pair in pairs]

    def contradictions(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """As the interface has it."""
        return [_shared(pair, "same", LIKENESSES) for pair in pairs]

    def sameness(self, pairs: Sequence[tuple[str, str]]) -> list[dict[Any, float]]:
        """As the interface has it."""
        return [_shared(pair, "same", SAMENESS) for pair in pairs]


def _shared(pair: tuple[str, str], alike: str, names: Sequence[str]) -> dict[Any, float]:
    one, other = ({w for w in re.findall(r"[a-z]+", text.lower()) if len(w) > 4} for text in pair)
    share = len(one & other) / max(1, len(one | other))
    return {name: share if name == alike else (1 - share) / (len(names) - 1) for name in names}


class PlainModel:
    """Past tenses are events, "will" announces, "said" attributes, and two capitals in a row are a person."""

    def analyse(self, text: str, sentences: Sequence[Any]) -> Analysis:
        """As the interface has it."""
        analyses = tuple(_sentence(text, s, n) for n, s in enumerate(sentences))
        return Analysis(analyses, tuple(a for s in sentences if (a := _attribution(s)) is not None))


def _sentence(text: str, sentence: Any, number: int) -> SentenceAnalysis:
    words = [t.text for t in sentence.tokens]
    verbs = [i for i, w in enumerate(words) if re.fullmatch(r"[a-z]{3,}ed|sank|began|held", w)]
    ahead = [i + 1 for i, w in enumerate(words[:-1]) if w == "will"]
    day = next((Place(number, i) for i, w in enumerate(words) if w in _DAYS), None)
    root = next(iter([*ahead, *verbs]), 0)
    return SentenceAnalysis(
        upos=tuple(_upos(i, w, verbs + ahead) for i, w in enumerate(words)),
        lemmas=tuple(w.lower().removesuffix("ed") for w in words),
        heads=tuple(-1 if i == root else root for i in range(len(words))),
        deprels=tuple(
            "root" if i == root else "nsubj" if i == root - 1 else "dep" for i in range(len(words))
        ),
        names=_names(sentence),
        times=(),
        triggers=tuple(_trigger(i, "actual", day) for i in verbs),
        announcements=tuple(
            Announcement(
                i,
                0.9,
                {"certain": 0.1, "expected": 0.7, "possible": 0.1},
                0.0,
                0.0,
                (Arc(None, 0.9),),
                (Arc(day, 0.9),),
            )
            for i in ahead
        ),
        vector=_vector(words),
    )


def _upos(place: int, word: str, verbs: list[int]) -> str:
    if place in verbs:
        return "VERB"
    return "PROPN" if word[:1].isupper() and place else "NOUN" if word.isalpha() else "PUNCT"


def _trigger(word: int, realis: str, day: Place | None) -> Trigger:
    kinds = ("actual", "expected", "possible", "negated", "generic")
    return Trigger(
        word, 0.9, {k: 0.9 if k == realis else 0.02 for k in kinds}, 2.0, (Arc(day, 0.9),), "included", 0.9
    )  # type: ignore[misc]


def _names(sentence: Any) -> tuple[Labelled, ...]:
    tokens = sentence.tokens
    return tuple(
        Labelled(a.start, b.end, "PER", 0.9)
        for a, b in itertools.pairwise(tokens)
        if re.fullmatch(r"[A-Z][a-z]+", a.text)
        and re.fullmatch(r"[A-Z][a-z]+", b.text)
        and b.start == a.end + 1
    )


def _attribution(sentence: Any) -> Attribution | None:
    cue = next((t for t in sentence.tokens if t.text == "said"), None)
    names = [n for n in _names(sentence) if cue is not None and n.end <= cue.start]
    if cue is None or not names:
        return None
    content = Labelled(sentence.start, max(sentence.start + 1, names[-1].start - 2), "content", 0.9)
    return Attribution(Labelled(cue.start, cue.end, "cue", 0.9), (names[-1],), (content,))


def _vector(words: Sequence[str]) -> np.ndarray[Any, Any]:
    sums = np.full(_DIMENSIONS, 0.01, np.float32)
    for word in words:
        sums[zlib.crc32(word.lower().encode()) % _DIMENSIONS] += 1
    return (sums / np.linalg.norm(sums)).astype(np.float32)
