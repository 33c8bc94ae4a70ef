"""From the arcs of a predicate to its time expression, and the preposition before that."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reader.model.interface import Arc
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.segmentation import Token
from dateline.reader.thresholds import thresholds
from dateline.records import TimeExpression


@dataclass(frozen=True, slots=True)
class Timed:
    """The time that a predicate's arcs choose, None for the root, and their probability."""

    time: TimeExpression | None
    chance: float


def chosen_time(
    document: Document, times: Sequence[TimeExpression], arcs: Sequence[Arc], number: int
) -> Timed:
    """The time expression that the arcs of a word of sentence `number` choose: what the calendar found takes the arcs to all
    its words together, and a time of another sentence must be told more surely."""
    root = sum(arc.chance for arc in arcs if arc.place is None)
    best = Timed(None, root)
    ends = ends_of(document, arcs)
    for time in reachable(document, times, number):
        chance = arc_to(ends, time)
        if not document.sentences[number].span.contains(time.span):
            chance *= thresholds().other_sentence
        if chance > max(best.chance if best.time is not None else root * thresholds().no_time, 0.02):
            best = Timed(time, chance)
    return best


def reachable(document: Document, times: Sequence[TimeExpression], number: int) -> Sequence[TimeExpression]:
    """The times, in text order, that an arc from a word of sentence `number` can reach."""
    low, high = _near(document, number)
    first = bisect_left(times, low, key=lambda t: t.span.start)
    return times[first : bisect_left(times, high, first, key=lambda t: t.span.start)]


def ends_of(document: Document, arcs: Sequence[Arc]) -> list[tuple[Token, float]]:
    """The words that arcs point at, with the probability of each; the root is left out."""
    return [(document.token(arc.place), arc.chance) for arc in arcs if arc.place is not None]


def arc_to(ends: Sequence[tuple[Token, float]], time: TimeExpression) -> float:
    """The probability of the arcs to the words of a time, and to the preposition right before it; `ends` are those of the arcs."""
    start, end = time.span.start, time.span.end
    return sum(chance for token, chance in ends if token.start < end and start <= token.end + 1)


def _near(document: Document, number: int) -> tuple[int, int]:
    """The characters of the sentences that an arc can reach."""
    last = min(len(document.sentences) - 1, number + _REACH)
    return document.sentences[max(0, number - _REACH)].start, document.sentences[last].end


_REACH = 8
"""Sentences that share a window with a word, at most, to either side."""


def joined(text: str, times: Sequence[TimeExpression], time: TimeExpression) -> tuple[TimeExpression, ...]:
    """The times, in text order, that stand in one row with a time: "from Monday to Friday", "in 2017 or 2018"."""
    at = bisect_left(times, time.span.start, key=lambda t: t.span.start)
    first = last = at
    while first > 0 and _are_joined(text, times[first - 1], times[first]):
        first -= 1
    while last + 1 < len(times) and _are_joined(text, times[last], times[last + 1]):
        last += 1
    return tuple(times[first : last + 1])


_JOINS = re.compile(
    r"\s*(?:,?\s*(?:and|or|to|through|until|till|into)\s+(?:(?:on|in|the)\s+)*|[–—-])\s*", re.IGNORECASE
)
_POINTS = frozenset(["DATE", "TIME"])


def _are_joined(text: str, one: TimeExpression, other: TimeExpression) -> bool:
    points = one.type in _POINTS and other.type in _POINTS
    return points and _JOINS.fullmatch(text, one.span.end, other.span.start) is not None


def preposition(sentence: ParsedSentence, time: TimeExpression, dated: int | None = None) -> str:
    """The preposition before a time in lower case, its own first word where that is one, or "": "than" of "later than" is "by", "of" of
    "ahead of" is "before", of "for the rest of" "until". Of a day within a phrase it is the phrase's where that makes it a limit ("they vote before the May 9th
    regatta"), unless that is about the word `dated` itself."""
    words = sentence.words_in(time.span)
    for word in [w for first in words[:1] for w in (first - 1, first) if w >= 0]:
        if sentence.analysis.upos[word] in _PREPOSITIONS:
            return _in_one_word(sentence, word)
    if not words or time.interval is None:
        return ""
    head = sentence.head_of(words)
    while sentence.analysis.deprels[head] in _WITHIN_PHRASE and sentence.analysis.heads[head] > head:
        head = sentence.analysis.heads[head]
    before = sentence.child(head, "case")
    if before is None or before > words[0]:
        return ""
    told = _in_one_word(sentence, before)
    return told if head in words or (told in _PARTING and head != dated) else ""


_PREPOSITIONS = frozenset(["ADP", "SCONJ"])
_WITHIN_PHRASE = frozenset(["compound", "nmod:poss", "nummod", "amod", "nmod"])
_PARTING = frozenset(["before", "by", "until", "till"])
_TOGETHER = {
    ("later", "than"): "by",
    ("ahead", "of"): "before",
    ("rest", "of"): "until",
    ("remainder", "of"): "until",
}


def _in_one_word(sentence: ParsedSentence, word: int) -> str:
    """The preposition, as one word where two make it."""
    last = sentence.lower(word)
    for pair, one in _TOGETHER.items():
        if (word and pair == (sentence.lower(word - 1), last)) or (
            word + 1 < len(sentence.tokens) and pair == (last, sentence.lower(word + 1))
        ):
            return one
    return last
