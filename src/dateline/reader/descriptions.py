"""What a bare "the bill" or "that vote" is: the fuller words that the report had for it before.

A definite noun without words of its own goes on with a phrase of the same noun that had some ("a bill to raise the ferry
toll"): the head match of Vieira and Poesio (2000), within one report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dateline.reader.parsed import Document, ParsedSentence

_DEFINITE = frozenset(["the", "this", "that", "these", "those"])
_PLAIN = frozenset(["det", "case", "punct", "cc", "conj", "cop", "aux", "aux:pass", "mark"])
"""Relations of what stands around a noun and says nothing of it."""
_BEFORE = frozenset(["compound", "amod", "nmod", "nmod:poss"])
_OF = frozenset(["of", "on"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_GOVERNING = frozenset(["ADP", "SCONJ"])
_UNTOLD = frozenset(["PRON", "PUNCT"])
_ASIDE = frozenset(["acl:relcl", "advcl", "appos", "parataxis"])
TIMES = frozenset(["time", "times", "moment", "day", "days", "night", "morning", "afternoon", "evening", "week", "weeks", "weekend", "month", "months", "quarter", "year", "years", "decade", "century", "end", "rest", "way"])  # fmt: skip
"""Nouns that come again without being the one before: "this week", "next week"."""
_INSIDE = frozenset(["compound", "flat", "fixed"])
_LONGEST = 10
"""Words of a phrase that is told in place of a noun."""


@dataclass(frozen=True, slots=True)
class Description:
    """A noun with words that tell which: its place, and its words in text order."""

    sentence: int
    noun: int
    words: tuple[int, ...]


class Descriptions:
    """The nouns of one article and what it said of each."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def fuller(self, number: int, word: int) -> str | None:
        """The words for the noun at a place as the report had them before, without an article; None for a noun with words of its
        own, and where there are none before or most of them are different ones."""
        sentence = self._document.clauses[number]
        if not _is_bare(sentence, word):
            return None
        before = [
            d for d in self._by_noun.get(sentence.lower(word), ()) if (d.sentence, d.noun) < (number, word)
        ]
        told = [self._words(d) for d in before]
        alike = sum(_is_within(other, told[-1]) for other in told)
        return " ".join(told[-1]) if 2 * alike > len(told) else None

    def _words(self, description: Description) -> list[str]:
        span = self._document.clauses[description.sentence].span(description.words)
        return span.of(self._document.text).split()

    @cached_property
    def _by_noun(self) -> dict[str, list[Description]]:
        found: dict[str, list[Description]] = {}
        for number, clause in enumerate(self._document.clauses):
            if self._document.is_headline(number):
                continue
            for description in _descriptions(number, clause):
                found.setdefault(clause.lower(description.noun), []).append(description)
        return found


def _is_within(one: Sequence[str], other: Sequence[str]) -> bool:
    """True where one of two phrases has all words of the other: "the toll bill", "the ferry toll bill"."""
    first, second = ({w.lower() for w in words} for words in (one, other))
    return first <= second or second <= first


def _is_bare(sentence: ParsedSentence, word: int) -> bool:
    analysis = sentence.analysis
    if analysis.upos[word] != "NOUN" or analysis.deprels[word] in _INSIDE:
        return False
    article = sentence.child(word, "det")
    if article is None or sentence.lower(article) not in _DEFINITE:
        return False
    return all(analysis.deprels[child] in _PLAIN for child in sentence.children(word))


def _descriptions(number: int, clause: ParsedSentence) -> Iterator[Description]:
    for noun, upos in enumerate(clause.analysis.upos):
        if upos not in _NOUNS or clause.analysis.deprels[noun] in _INSIDE or clause.lower(noun) in TIMES:
            continue
        words = _told(clause, noun)
        if words is not None:
            yield Description(number, noun, words)


def _told(clause: ParsedSentence, noun: int) -> tuple[int, ...] | None:
    """The words of a noun with what tells which it is; None where nothing does, or it takes too many words or a pronoun."""
    telling = [child for child in clause.children(noun) if _tells(clause, noun, child)]
    words = sorted({noun, *(w for child in telling for w in clause.subtree(child, without=_ASIDE))})
    words = list(range(words[0], words[-1] + 1))
    if clause.analysis.upos[words[0]] == "DET":
        words = words[1:]
    upos = clause.analysis.upos
    governed = any(upos[w] in _GOVERNING and clause.lower(w) != "of" for w in words if w < noun)
    if governed or len(words) > _LONGEST or any(upos[w] in _UNTOLD for w in words):
        return None  # "hours before a vote" tells of hours
    if not _names_one(clause, telling):
        return None
    return tuple(words)


def _tells(clause: ParsedSentence, noun: int, child: int) -> bool:
    """True for what stands before a noun, and behind it for what is of it, on it, or to be done."""
    relation, words = clause.analysis.deprels[child], clause.subtree(child)
    if child < noun:
        return relation in _BEFORE and clause.child(child, "case") in (None, words[-1])
    beginning = clause.lower(words[0])
    return words[0] == noun + 1 and (
        (relation == "nmod" and beginning in _OF) or (relation == "acl" and beginning == "to")
    )


def _names_one(clause: ParsedSentence, telling: Sequence[int]) -> bool:
    """True for what tells one from others: a name, a noun, or what it is of; "a new bill" does not."""
    return any(
        clause.analysis.deprels[child] != "amod" or clause.tokens[child].text[:1].isupper()
        for child in telling
    )
