"""Numbers with what they count: "at least 31 dead", "212 votes", "$4bn", "two dozen houses"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dateline.language.number_words import DOZEN, PLURALS, SCALES, leading_number
from dateline.language.tables import toml_table
from dateline.reader.parsed import ParsedSentence
from dateline.records import Quantity, Span

_NOMINAL = frozenset(["NOUN", "PROPN", "ADJ"])
_COUNTING = frozenset(["nummod", "compound", "dep", "det", "nmod"])
"""Relations of a number to the noun that it counts."""
_ALONE = frozenset(["nsubj", "nsubj:pass", "obj", "obl"])
"""Relations in which a number without a noun counts something ("killed 31")."""
_BESIDE = ("amod", "acl", "advcl", "dep")
_UNDER_STATE = frozenset(["nsubj", "nsubj:pass", "obj", "nmod", "nummod", "xcomp", "conj", "compound"])
"""Relations of what is counted to the predicate or noun that tells its state."""
_NO_DURATION = frozenset(["DATE", "TIME", "SET"])
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MULTIPLES = frozenset(SCALES | DOZEN)
"""Words that tell no number by themselves: "several hundred", "a few dozen"."""
_LONGEST = 9
"""Tokens in one number."""
_DEPTH = 3
"""Steps up the tree in which a state is looked for."""
_NEAR = 6
"""Tokens between a number and the noun that its span still reaches to."""


def read_table() -> dict[str, Any]:
    """The whole of quantities.toml, with its examples."""
    return toml_table("dateline.reader", "quantities.toml")


_TABLE = read_table()
_CURRENCIES: dict[str, str] = _TABLE["currencies"]
_PEOPLE = frozenset(_TABLE["people"]["words"].split())
_PERCENT = [tuple(p.split()) for p in _TABLE["percent"]["words"]]
_HEDGES = sorted((tuple(h.split()) for h in _TABLE["hedges"]["words"]), key=len, reverse=True)
_DONE: dict[str, str] = {
    lemma: state for state, by in _TABLE["states"].items() for lemma in by.get("done", "").split()
}
"""The state of those to whom something is done, by its lemma."""
_STATES: dict[str, str] = {lemma: state for state, by in _TABLE["states"].items() for lemma in by.get("told", "").split()} | _DONE  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at the tokens [first, end); a vague one is a plural ("dozens")."""

    value: float
    first: int
    end: int
    vague: bool = False


def find(sentence: ParsedSentence) -> list[tuple[int, Quantity]]:
    """The quantities of a sentence, each with the index of the word that it counts (or of the number itself)."""
    counted = (_quantity(sentence, number) for number in _numbers(sentence))
    return [found for found in counted if found is not None]


# ---------------------------------------------------------------------------------------------------- numbers


def _numbers(sentence: ParsedSentence) -> Iterator[_Number]:
    """The numbers of a sentence in order, none overlapping."""
    words = [sentence.lower(word) for word in range(len(sentence.tokens))]
    position = 0
    while position < len(words):
        number = _number(words, position)
        if number is not None:
            yield number
        position = number.end if number is not None else position + 1


def _number(words: list[str], first: int) -> _Number | None:
    if words[first] in PLURALS:
        return _Number(float(PLURALS[words[first]]), first, first + 1, vague=True)
    read = None if words[first] in _MULTIPLES else leading_number(words[first : first + _LONGEST])
    return None if read is None else _Number(read[0], first, first + read[1])


def _is_date(sentence: ParsedSentence, number: _Number) -> bool:
    """True for a number in what the model takes for a date, a clock time or a repeated one, not for a duration's."""
    low, high = sentence.tokens[number.first].start, sentence.tokens[number.end - 1].end
    times = sentence.analysis.times
    return any(t.label in _NO_DURATION and t.start < high and low < t.end for t in times)


# ----------------------------------------------------------------------------------------------------- counts


def _quantity(sentence: ParsedSentence, number: _Number) -> tuple[int, Quantity] | None:
    """The number with its unit, role and hedge, and the word that it counts; None for what counts nothing."""
    if _is_date(sentence, number) or sentence.analysis.upos[number.first] == "PROPN":
        return None
    first, end = number.first, number.end
    unit = _CURRENCIES.get(sentence.lower(first - 1)) if first > 0 else None
    if unit is not None:
        first -= 1
    elif (hundredths := _percent(sentence, end)) > end:
        unit, end = "percent", hundredths
    head = sentence.head_of(range(first, end))
    noun = _counted(sentence, number, head) if unit is None else None
    counted, unit = (head, unit) if noun is None else (noun, _unit(sentence, noun))
    role = _role(sentence, counted)
    if unit is None:
        if not _counts_alone(sentence, number, head, role):
            return None
        unit = "person" if role is not None and role != "votes" else None
    hedge, start = _hedge(sentence, first)
    last = max(end - 1, counted) if counted - end <= _NEAR else end - 1
    span = Span(sentence.tokens[start].start, sentence.tokens[last].end)
    return counted, Quantity(
        span, number.value, unit, role, sentence.lower(number.first) if number.vague else hedge
    )


def _counts_alone(sentence: ParsedSentence, number: _Number, head: int, role: str | None) -> bool:
    """True for a number without a noun that counts something all the same: "killed 31", no year and no name."""
    if sentence.analysis.upos[head] != "NUM" and not number.vague:
        return False
    is_year = number.end == number.first + 1 and _YEAR.fullmatch(sentence.lower(number.first)) is not None
    return not is_year and (role is not None or sentence.analysis.deprels[head] in _ALONE)


def _percent(sentence: ParsedSentence, end: int) -> int:
    """The token behind a sign or word for hundredths that starts at `end`; `end` where none does."""
    for words in _PERCENT:
        if _stands(sentence, end, words):
            return end + len(words)
    return end


def _counted(sentence: ParsedSentence, number: _Number, head: int) -> int | None:
    """The noun that a number counts: the one it hangs on, or the one below a vague number ("dozens of houses")."""
    if number.vague:
        below = sentence.children(head, "nmod")
        return next((c for c in below if sentence.child(c, "case") is not None), None)
    above, analysis = sentence.analysis.heads[head], sentence.analysis
    hangs = above >= number.end and analysis.deprels[head] in _COUNTING
    return above if hangs and analysis.upos[above] in _NOMINAL else None


def _unit(sentence: ParsedSentence, noun: int) -> str:
    lemma = sentence.analysis.lemmas[noun].lower()
    return "person" if lemma in _PEOPLE else _CURRENCIES.get(lemma, lemma)


def _role(sentence: ParsedSentence, word: int) -> str | None:
    """The state of what is counted: told by the noun, by what stands beside it, or by the predicate it belongs to."""
    lemmas = sentence.analysis.lemmas
    for near in (word, *sentence.children(word, *_BESIDE)):
        if lemmas[near].lower() in _STATES:
            return _STATES[lemmas[near].lower()]
    below = word
    for above in islice(sentence.ancestors(word), _DEPTH):
        relation, lemma = sentence.analysis.deprels[below], lemmas[above].lower()
        if lemma in _STATES and relation in _UNDER_STATE:
            does_it = relation == "nsubj" and lemma in _DONE
            return None if does_it else _STATES[lemma]
        if sentence.analysis.upos[above] == "VERB" and relation != "xcomp":
            return _state_beside(sentence, above, below)
        below = above
    return None


def _state_beside(sentence: ParsedSentence, verb: int, word: int) -> str | None:
    """The state that another argument of the verb tells: "left nine people dead", "the death toll rose to 31"."""
    relations = ("nsubj",) if sentence.analysis.deprels[word] == "obl" else ("xcomp", "obj")
    lemmas = [sentence.analysis.lemmas[w].lower() for w in sentence.children(verb, *relations) if w != word]
    return next((_STATES[lemma] for lemma in lemmas if lemma in _STATES), None)


def _hedge(sentence: ParsedSentence, first: int) -> tuple[str | None, int]:
    """The hedge before a number and the token where it starts."""
    for words in _HEDGES:
        start = first - len(words)
        if start >= 0 and _stands(sentence, start, words):
            return " ".join(words), start
    return None, first


def _stands(sentence: ParsedSentence, start: int, words: tuple[str, ...]) -> bool:
    """True where the words begin at the token `start`."""
    end = start + len(words)
    return end <= len(sentence.tokens) and tuple(map(sentence.lower, range(start, end))) == words
