"""Who does what to whom, where and with what: the arguments of a predicate from its tree (UD; de Marneffe et al. 2021)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from dateline.reader.parsed import ParsedSentence
from dateline.reader.verbs import is_passive
from dateline.records import Argument, Mention, Role, Span

_SUBJECTS = ("nsubj", "nsubj:pass")
_OBLIQUE = ("obl", "obl:agent")
_BESIDE_NOUN = ("nmod", "obl", "obl:agent")
_SAME_THING = ("appos", "flat")
_NOUNS = frozenset(["NOUN", "PROPN"])
_LEFT_OUT = frozenset(["acl", "appos", "parataxis", "advcl", "ccomp", "discourse", "list"])
"""Relations of what merely describes a phrase and is no part of an argument."""
_EDGES = frozenset(["case", "punct", "cc", "mark"])
_RELATIVE = frozenset(["who", "whom", "which", "that"])
_FOR_WHAT = frozenset(["of", "for", "from", "as"])
"""What joins a deed to whom the verb above is about: "accused Varga of hiding", "quoted her as saying"."""
_INSIDE = frozenset("in at near outside inside within across throughout along around".split())  # noqa: SIM905
_TOWARDS = frozenset(["on", "above", "over", "off", "into", "to", "from", "through", "towards"])
_DEPTH = 6
"""Steps up the tree in which a shared subject is looked for."""


def find(sentence: ParsedSentence, word: int, mentions: Sequence[Mention], text: str) -> tuple[Argument, ...]:
    """The arguments of the event at `word` of the article's `text`, at most one a role; `mentions` are the sentence's."""
    return tuple(_Predicate(sentence, word, mentions, text).arguments())


class _Predicate:
    """An event with the tree around it; words are token indices."""

    def __init__(self, sentence: ParsedSentence, word: int, mentions: Sequence[Mention], text: str) -> None:
        self._sentence, self._word, self._mentions, self._text = sentence, word, mentions, text
        self._upos, self._relations = sentence.analysis.upos, sentence.analysis.deprels

    def arguments(self) -> Iterator[Argument]:
        """The arguments, no word the head of two: agent first, place last."""
        noun = self._upos[self._word] in _NOUNS and self._sentence.child(self._word, "cop") is None
        taken: set[int] = set()
        for role, head in self._of_noun() if noun else self._of_verb():
            if head is not None and head not in taken:
                taken.add(head)
                yield self._argument(role, head)
        place = self._place(taken)
        if place is not None:
            yield self._argument("place", place)

    # --------------------------------------------------------------------------------------------- predicates

    def _of_verb(self) -> Iterator[tuple[Role, int | None]]:
        passive = is_passive(self._sentence, self._word)
        yield "agent", self._with(_OBLIQUE, "by") if passive else self._subject()
        yield "patient", self._subject() if passive else self._sentence.child(self._word, "obj")
        yield "recipient", self._sentence.child(self._word, "iobj")

    def _of_noun(self) -> Iterator[tuple[Role, int | None]]:
        """The arguments of a noun that names an event: "the annexation of Tarn by Vestria", "Vestria's withdrawal"."""
        by, owner = self._with(_BESIDE_NOUN, "by"), self._sentence.child(self._word, "nmod:poss")
        owner = None if owner is not None and self._is_time(owner) else owner
        yield "agent", _first(by, owner, self._with(_BESIDE_NOUN, "between", "with"))
        compounds = (c for c in self._sentence.children(self._word, "compound") if self._upos[c] in _NOUNS)
        compound = next((c for c in compounds if not self._is_time(c)), None)
        of, against = self._with(_BESIDE_NOUN, "of"), self._with(_BESIDE_NOUN, "against", "on")
        yield "patient", _first(owner if by is not None else None, of, against, compound)

    def _subject(self) -> int | None:
        """Who the predicate is said of: its own subject, or one shared by conjunction, control or a relative clause."""
        word = self._word
        for head in (word, *islice(self._sentence.ancestors(word), _DEPTH)):
            if head != word:
                shared, climbs = self._shared(word, head)
                if shared is not None or not climbs:
                    return shared
                word = head
            own = self._sentence.child(word, *_SUBJECTS)
            if own is not None:
                relative = self._antecedent(word) if self._sentence.lower(own) in _RELATIVE else None
                return _first(relative, own)
            if self._sentence.child(word, "expl", "csubj") is not None:
                return None
        return None

    def _shared(self, word: int, head: int) -> tuple[int | None, bool]:
        """The subject that `word` has from the predicate or noun above it, and whether to look further up for one."""
        relation = self._relations[word]
        joined = {self._sentence.lower(m) for m in self._sentence.children(word, "mark", "case")}
        if relation == "xcomp" or (relation == "advcl" and joined & _FOR_WHAT):
            return self._sentence.child(head, "obj", "iobj", "nsubj:pass"), True
        if relation in ("acl", "amod"):
            return (None if "to" in joined else head), False
        return None, relation in ("conj", "advcl")

    def _antecedent(self, word: int) -> int | None:
        """The noun that a relative pronoun stands for: the one that the clause of `word`, or of its conjunct, hangs on."""
        for above in islice(self._sentence.ancestors(word), _DEPTH):
            if self._relations[word] != "conj":
                return above if self._relations[word] == "acl" else None
            word = above
        return None

    def _place(self, taken: set[int]) -> int | None:
        """Where it happens: a phrase with a place's name beside the predicate."""
        around = self._sentence.children(self._word, "obl", "nmod", "advmod")
        free = [c for c in around if c not in taken and not self._is_time(c)]
        towards = (c for c in free if self._cases(c) & (_INSIDE | _TOWARDS) and self._is_place(c))
        inside = (c for c in free if self._cases(c) & _INSIDE and self._holds_place(c))
        return _first(next(towards, None), next(inside, None))

    # ------------------------------------------------------------------------------------------------ phrases

    def _cases(self, word: int) -> frozenset[str]:
        return frozenset(self._sentence.lower(c) for c in self._sentence.children(word, "case"))

    def _with(self, relations: tuple[str, ...], *cases: str) -> int | None:
        """The first dependent in `relations` behind one of the prepositions that is no time."""
        below = self._sentence.children(self._word, *relations)
        return next((c for c in below if self._cases(c) & set(cases) and not self._is_time(c)), None)

    def _is_time(self, word: int) -> bool:
        start = self._sentence.tokens[word].start
        return any(t.start <= start < t.end for t in self._sentence.analysis.times)

    def _mention(self, word: int) -> Mention | None:
        """The name that holds the word."""
        start = self._sentence.tokens[word].start
        return next((m for m in self._mentions if m.span.start <= start < m.span.end), None)

    def _is_place(self, word: int) -> bool:
        return (named := self._mention(word)) is not None and named.kind == "place"

    def _holds_place(self, word: int) -> bool:
        """True for a phrase that names a place below its head: "a hospital in Hartvik", "the capital, Hartvik"."""
        return any(map(self._is_place, self._sentence.children(word, "nmod", "compound", *_SAME_THING)))

    def _argument(self, role: Role, head: int) -> Argument:
        token, span = self._sentence.tokens[head], self._sentence.span(self._phrase(head))
        names = map(self._mention, (head, *self._sentence.children(head, *_SAME_THING)))
        named = next((m for m in names if m is not None), None)
        return Argument(
            role, span, span.of(self._text), Span(token.start, token.end), named.entity if named else None
        )

    def _phrase(self, head: int) -> tuple[int, int]:
        """First and last word around the head without a gap, prepositions and marks at the edges left out."""
        kept = set(self._sentence.subtree(head, without=_LEFT_OUT))
        marks = {w for w, relation in enumerate(self._relations) if relation == "punct"}
        kept |= {w for w in marks if w - 1 in kept and w + 1 in kept}
        low = high = head
        while low - 1 in kept:
            low -= 1
        while high + 1 in kept:
            high += 1
        while low < head and self._relations[low] in _EDGES:
            low += 1
        while high > head and self._relations[high] in _EDGES:
            high -= 1
        return low, high


def _first(*words: int | None) -> int | None:
    return next((w for w in words if w is not None), None)
