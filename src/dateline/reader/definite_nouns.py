"""Who "the minister", "the company" or "the billionaire" is, in one article.

Whoever it introduced with that role; of a body the one that last did something; of an office the one person named; else the
words that the noun had before, or whoever spoke last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from dateline.reader.antecedents import Antecedents
from dateline.reader.descriptions import Descriptions
from dateline.reader.model.interface import Place
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.roles import Roles, agreement
from dateline.reader.span_index import SpanIndex
from dateline.records import Mention, Span

DEFINITE = frozenset(["the", "his", "her", "its", "their", "this", "that"])
_INDEFINITE = frozenset(["a", "an"])
AROUND = frozenset(["det", "case", "punct"])
"""Relations of words beside a noun that add nothing to it."""
FAR = 6
"""Sentences within which "the company" may have been named."""


def bare_article(clause: ParsedSentence, noun: int) -> int | None:
    """The article of a noun that has nothing else beside it: "the minister"; None of any other."""
    is_bare = all(clause.analysis.deprels[child] in AROUND for child in clause.children(noun))
    return clause.child(noun, "det") if is_bare else None


class DefiniteNouns:
    """The definite nouns of one article."""

    def __init__(
        self,
        document: Document,
        mentions: SpanIndex[Mention],
        quotations: SpanIndex[Span],
        roles: Roles,
        antecedents: Antecedents,
        descriptions: Descriptions,
    ) -> None:
        self._document = document
        self._roles = roles
        self._antecedents = antecedents
        self._descriptions = descriptions
        firsts: dict[str, int] = {}
        self._heard: dict[str, int] = {}
        for mention in mentions.starting(0, len(document.text)):
            if mention.kind == "person":
                firsts.setdefault(mention.entity, mention.span.start)
            if not quotations.overlapping(mention.span.start, mention.span.end):
                self._heard.setdefault(mention.entity, mention.span.start)
        self._people = list(firsts.items())[:2]

    def by_role(self, number: int, head: int, kept: Sequence[int]) -> str | None:
        """Whoever the article introduced with the role that a noun tells, where the phrase `kept` is definite and tells no other one."""
        clause = self._document.clauses[number]
        role = clause.analysis.lemmas[head].lower()
        if clause.lower(kept[0]) not in DEFINITE or role != clause.lower(head):
            return None
        start, known = clause.tokens[kept[0]].start, self._roles.of(role)
        before = bisect_left(known, (start,))
        if before:
            return known[before - 1][1]
        if known:  # named later: "the minister said … Amélie Diarra, the minister, added"
            names = {name for _, name in known}
            return next(iter(names)) if len(names) == 1 else None
        kind = agreement()["roles"].get(role)
        if kind == "body" and len(kept) == 2:
            named = (
                p
                for n in range(number, max(-1, number - FAR - 1), -1)
                for p in reversed(self._antecedents.phrases(n))
            )
            return next(
                (
                    p.name
                    for p in named
                    if p.start < start
                    and {"organisation", "subject"} <= p.signs.keys()
                    and self._antecedents.is_outside(p)
                ),
                None,
            )
        if kind == "office" and not clause.child(head, "nmod", "nmod:poss"):
            return self._only_person(start)
        return None

    def by_words(self, number: int, head: int, kept: Sequence[int], focus: str | None) -> str | None:
        """What a noun that is nobody's role stands for: the words that "the army" had before, or the person or body that spoke last (`focus`)
        where it fits and no such one was told of before."""
        clause = self._document.clauses[number]
        noun = clause.analysis.lemmas[head].lower()
        if clause.lower(kept[0]) not in DEFINITE or noun != clause.lower(head):
            return None
        fuller = self._descriptions.fuller(number, head)
        if fuller:
            return fuller
        kind = "person" if noun in agreement()["titles"] else agreement()["nouns"].get(noun)
        is_named = any(clause.analysis.upos[w] == "PROPN" for w in kept if w != head)
        is_office = agreement()["roles"].get(noun) == "office"  # held by whoever is told to hold it
        if kind is None or is_named or is_office or self._is_introduced(number, head, noun):
            return None
        return focus if self._roles.kind(focus) == kind else None

    def _is_introduced(self, number: int, head: int, noun: str) -> bool:
        """True where an article told of "a" such one before."""
        first = self._introduced.get(noun)
        return first is not None and first < Place(number, head)

    @cached_property
    def _introduced(self) -> dict[str, Place]:
        """Where a noun is first told of with "a"."""
        found: dict[str, Place] = {}
        for number, clause in enumerate(self._document.clauses):
            for word, relation in enumerate(clause.analysis.deprels):
                if relation == "det" and clause.lower(word) in _INDEFINITE:
                    noun = clause.analysis.heads[word]
                    found.setdefault(clause.lower(noun), Place(number, noun))
        return found

    def _only_person(self, before: int) -> str | None:
        """Whoever alone is named before a place, outside quotation marks too and without another role, or None."""
        (only, first), (_, second) = (*self._people, *[("", before)] * 2)[:2]
        if second < before or not only or self._roles.has(only) or self._heard.get(only, before) >= before:
            return None
        return only if first < before else None
