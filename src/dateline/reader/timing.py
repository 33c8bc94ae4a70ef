"""From the arcs of a predicate to its time expression, and the preposition before that."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reader.model.interface import Arc
from dateline.reader.parsed import Document, ParsedSentence
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
    low, high = _near(document, number)
    first = bisect_left(times, low, key=lambda t: t.span.start)
    for time in times[first : bisect_left(times, high, first, key=lambda t: t.span.start)]:
        chance = 0.0
        for arc in arcs:
            if arc.place is not None:
                token = document.token(arc.place)
                # an arc may reach the preposition right before the time
                chance += arc.chance * (token.start < time.span.end and time.span.start <= token.end + 1)
        if not document.sentences[number].span.contains(time.span):
            chance *= thresholds().other_sentence
        if chance > max(best.chance if best.time is not None else root * thresholds().no_time, 0.02):
            best = Timed(time, chance)
    return best


def _near(document: Document, number: int) -> tuple[int, int]:
    """The characters of the sentences that an arc can reach."""
    last = min(len(document.sentences) - 1, number + _REACH)
    return document.sentences[max(0, number - _REACH)].start, document.sentences[last].end


_REACH = 8
"""Sentences that share a window with a word, at most, to either side."""


def preposition(sentence: ParsedSentence, time: TimeExpression) -> str:
    """The preposition before a time in lower case, its own first word where that is one, or ""."""
    words = sentence.words_in(time.span)
    if not words:
        return ""
    for word in range(words[0] - 1, max(-1, words[0] - 4), -1):
        if sentence.analysis.upos[word] in _PREPOSITIONS:
            return sentence.lower(word)
        if sentence.analysis.upos[word] not in _BETWEEN:
            break
    first = words[0]
    return sentence.lower(first) if sentence.analysis.upos[first] in _PREPOSITIONS else ""


_PREPOSITIONS = frozenset(["ADP", "SCONJ"])
_BETWEEN = frozenset(["DET", "ADV", "ADJ", "NUM"])
