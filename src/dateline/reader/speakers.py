"""Who speaks: from the words that name a source to a name, through surnames, pronouns and roles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reader.antecedents import PRONOUNS, SUBJECTS, Antecedents, Referent, is_reference
from dateline.reader.definite_nouns import DefiniteNouns, bare_article
from dateline.reader.descriptions import Descriptions
from dateline.reader.issuers import is_document, owner_of
from dateline.reader.model.interface import Place
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.quotations import scan
from dateline.reader.roles import Roles
from dateline.reader.span_index import SpanIndex
from dateline.records import Mention, Span

SPEAKING = frozenset(["i", "we", "me", "us", "my", "our"])
_POINTING = frozenset(["i", "we", "me", "us", "you", "this", "that", "which", "what"])
_OWNERS = frozenset(["'s", "’s", "'", "’"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_NAMING = frozenset(["NOUN", "PROPN", "ADJ"])
_GOVERNING = frozenset(["ADP", "SCONJ", "VERB"])
_JOINS_NAMES = frozenset(["flat", "compound", "appos", "nsubj", "name"])
_TELLING_OF = frozenset(["compound", "nmod", "nmod:poss", "amod"])
# a phrase about a source is cut before what merely describes it
_CUT = frozenset(["acl:relcl", "acl", "appos", "parataxis", "punct", "advcl", "dep", "conj", "cc"])
_JOINED = frozenset(["conj", "cc"])
_JOINING = frozenset(["cc", "cc:preconj", "case"])
_NAMED_BEHIND = frozenset(["appos", "flat", "compound"])
_LIKELY, _SURE = 0.2, 0.4
"""Probability of what a pronoun goes back to, at least: where it says or expects something, which nobody does not; and where that is
put in its place."""
_LONGEST = 10
"""Words of a phrase that a pronoun may be put in place of."""
NOUN_PARTS = frozenset(["flat", "compound", "det", "amod", "nmod:poss", "case", "nummod", "fixed"])
"""Relations of words inside a noun phrase to its head."""
_BEFORE_NOUN = frozenset(["det", "amod", "nmod:poss", "case", "compound", "nummod"])
"""Relations of words that stand before the noun that they belong to."""
_PARTING = frozenset(":;—–“”‘\"'«»")
"""Signs that part a noun from what stands before it, whatever the tree says."""
_PARTING_WORDS = frozenset(["CCONJ", "PUNCT"])
_SHARES = frozenset(["%", "percent"])
_LEADING = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)


class Speakers:
    """The people and bodies of one article, as sources of what is said."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], quoted: Sequence[Span] | None = None
    ) -> None:
        """`quoted` are the quotations with their marks: nobody named inside one is its speaker."""
        self._document = document
        self._mentions = SpanIndex(sorted(mentions, key=_span), _span)
        spans = [q.span for q in scan(document.text, document.sentences)] if quoted is None else quoted
        self._quotations = SpanIndex(spans, lambda q: q)
        self.roles = Roles(document, self._mentions)
        self.antecedents = Antecedents(document, self._mentions, self._quotations, self.roles)
        self.descriptions = Descriptions(document)
        self._nouns = DefiniteNouns(
            document, self._mentions, self._quotations, self.roles, self.antecedents, self.descriptions
        )

    def resolve(
        self, number: int, words: list[int], focus: str | None, content: Span | None = None
    ) -> str | None:
        """The name for a source phrase (token indices of sentence `number`): the fullest form of the name in it, the
        person whose role it tells, what a pronoun goes back to (`focus` spoke last), else its own words. Whom somebody names in
        `content`, what is said, he himself hardly is where another spoke before: "Lindner will come, he added" is not Lindner."""
        return self._resolved(number, to_its_noun(self._document.clauses[number], words), focus, content)

    def _resolved(
        self, number: int, words: list[int], focus: str | None, content: Span | None = None
    ) -> str | None:
        """`resolve` of a whole phrase."""
        clause = self._document.clauses[number]
        head = clause.head_of(words)
        if clause.lower(head) == "who":
            noun = _antecedent(clause, head)
            if noun is not None:
                return self.resolve(number, phrase_of(clause, noun), focus)
            before = (p for p in reversed(self.antecedents.phrases(number)) if p.place.token < head)
            return next(
                (p.name for p in before if "person" in p.signs and self.antecedents.is_outside(p)), None
            )
        if is_reference(clause, head):
            others = (
                {m.entity for m in self._mentions.inside(content)} - {focus} if content and focus else set()
            )
            told = self._told(
                self.antecedents.of(
                    number,
                    head,
                    focus=focus,
                    fits=lambda p: self.antecedents.is_outside(p) and p.name not in others,
                    least=_LIKELY,
                )
            )
            return told or self._goes_on(clause.lower(head), focus)
        if clause.analysis.upos[head] == "PRON" and (clause.lower(head) in _POINTING or len(words) == 1):
            return focus if clause.lower(head) in SPEAKING else None
        together = self._together(number, clause, head, words, focus)
        if together:
            return together
        named = self._person(clause, words)
        if named:
            return named
        kept = self._core(clause, head, words)
        span = clause.span(kept)
        inside = [m for m in self._mentions.overlapping(span.start, span.end) if m.kind != "nationality"]
        bodies = [
            m
            for m in inside
            if self._is_head(clause, m, head, kept) and m.span.contains(self._token(clause, head))
        ]
        named = bodies[-1].entity if bodies else self._body_behind(clause, head)
        if named:
            return named
        if is_document(clause, head):
            known = self._issuer(Place(number, head), focus)
        else:
            known = self._nouns.by_role(number, head, kept) or self._nouns.by_words(number, head, kept, focus)
        if known:
            return known
        return _LEADING.sub("", " ".join(span.of(self._document.text).split()), count=1) or None

    def _goes_on(self, pronoun: str, focus: str | None) -> str | None:
        """Who spoke last, where "he" or "she" goes back to nobody else and fits."""
        fits = PRONOUNS[pronoun] in ("he", "she") and self.roles.kind(focus) == "person"
        return focus if fits and self.roles.titled(focus) in (None, PRONOUNS[pronoun]) else None

    def _issuer(self, document: Place, focus: str | None) -> str | None:
        """Whose a statement, a report or the like is."""
        owner = owner_of(self._document, document)
        if owner is None:
            return None
        return self._resolved(
            owner.sentence, self._alone(self._document.clauses[owner.sentence], owner.token), focus
        )

    def _together(
        self, number: int, clause: ParsedSentence, head: int, words: list[int], focus: str | None
    ) -> str | None:
        """All who are joined in a phrase: "Holt and her lawyer said"; None where there is one alone, or one that cannot be told."""
        joined = [
            w for w in clause.children(head, "conj") if w in words and clause.analysis.upos[w] in _NOUNS
        ]
        people = [m for m in self._mentions.inside(clause.span(words)) if m.kind == "person"]
        is_described = bool(people) and not any(head in clause.words_in(m.span) for m in people)
        if not joined or is_described or any(clause.lower(w) == "or" for w in words):
            return None  # "singer and actress Ada Holt" is one
        parts = [self._resolved(number, self._alone(clause, word), focus) for word in (head, *joined)]
        told = list(dict.fromkeys(part for part in parts if part))
        if len(told) < len(parts):
            return None
        return _listed(told)

    def _token(self, clause: ParsedSentence, word: int) -> Span:
        return Span(clause.tokens[word].start, clause.tokens[word].end)

    def _core(self, clause: ParsedSentence, head: int, words: list[int]) -> list[int]:
        """The phrase without what merely describes its head."""
        below = set(phrase_of(clause, head))
        kept = [w for w in words if w in below]
        return kept or words

    def _is_head(self, clause: ParsedSentence, mention: Mention, head: int, kept: list[int]) -> bool:
        """True where a name is what the phrase is about, not an owner or a place in it."""
        words = [w for w in clause.words_in(mention.span) if w in kept]
        if not words:
            return False
        if head in words:
            return True
        top = clause.head_of(words)
        return clause.analysis.heads[top] == head and clause.analysis.deprels[top] in _JOINS_NAMES and mention.kind == "person" and not any(
            clause.lower(k) in _OWNERS | {"of"} for k in clause.children(top)
        )  # fmt: skip

    def _body_behind(self, clause: ParsedSentence, head: int) -> str | None:
        """The body named behind a common noun that says what it is: "promoters Halden Live", "the firm, Halden Live,"."""
        if clause.analysis.upos[head] != "NOUN":
            return None
        behind = list(clause.children(head, *_NAMED_BEHIND))
        if clause.analysis.deprels[head] in SUBJECTS:
            behind += clause.children(clause.analysis.heads[head], *SUBJECTS)
        near = self._ends(clause, head)[1] + len(", ")
        named = (
            m
            for k in behind
            if k > head
            for m in self._mentions.overlapping(*self._ends(clause, k))
            if m.span.start <= near
        )
        return next((m.entity for m in named if m.kind == "organisation"), None)

    def _person(self, clause: ParsedSentence, words: list[int]) -> str | None:
        """The first person that the phrase names as its head or beside it: "Corvania's premier, Lize Lindner," is Lindner,
        "a spokesman for Lindner" and "Lindner's lawyer" are not; nor is Weir in "the Weir adviser Lindner"."""
        span = clause.span(words)
        within: str | None = None
        for mention in self._mentions.inside(span):
            if mention.kind != "person":
                continue
            inside = clause.words_in(mention.span)
            if not inside:
                continue
            before, after = inside[0] - 1, inside[-1] + 1
            while before >= words[0] and clause.analysis.upos[before] in _NAMING:
                before -= 1
            governed = (
                before >= words[0]
                and clause.analysis.upos[before] in _GOVERNING
                and clause.analysis.deprels[before] != "amod"
            )
            owner = after < len(clause.tokens) and clause.lower(after) in _OWNERS
            if governed or owner:
                continue
            if not self._is_within(clause, inside, words[-1]):
                return mention.entity
            within = within or mention.entity
        return within

    def _is_within(self, clause: ParsedSentence, name: Sequence[int], last: int) -> bool:
        """True where a name merely tells what a noun behind it is of: "the Weir adviser"."""
        top = clause.head_of(name)
        above = clause.analysis.heads[top]
        return name[-1] < above <= last and clause.analysis.deprels[top] in _TELLING_OF

    def name_at(self, number: int, word: int, speaker: str | None = None) -> str | None:
        """What a word stands for: a personal or possessive pronoun, or a bare "the minister", "the company"; None for any
        other word or where it cannot be told. Nobody calls himself "he": between quotation marks it is not `speaker`."""
        sentence = self._document.clauses[number]
        if is_reference(sentence, word):
            quoted = self._quotations.overlapping(*self._ends(sentence, word))
            himself = speaker if quoted else None
            told = self._told(
                self.antecedents.of(
                    number, word, fits=lambda p: p.name is None or p.name != himself, least=_SURE
                )
            )
            return told if told != himself else None
        article = bare_article(sentence, word)
        if article is None or sentence.analysis.upos[word] != "NOUN":
            return None
        if len({name for _, name in self.roles.of(sentence.lower(word))}) > 1:
            return None  # "the president", where two are
        return self._nouns.by_role(number, word, [article, word])

    def _told(self, referent: Referent | None) -> str | None:
        """The name or the words of what a pronoun goes back to, None where they are many or hold a pronoun themselves."""
        if not isinstance(referent, Place):
            return referent
        clause = self._document.clauses[referent.sentence]
        if clause.child(referent.token, "conj") is not None:
            return self._joined(clause, referent.token)
        phrase = clause.subtree(referent.token, without=_CUT - _JOINED)
        while clause.analysis.upos[phrase[0]] in _PARTING_WORDS and len(phrase) > 1:
            phrase = phrase[1:]
        if len(phrase) > _LONGEST or any(clause.analysis.upos[w] == "PRON" for w in phrase):
            return None
        if clause.lower(referent.token) in _SHARES or _is_torn(clause.span(phrase).of(self._document.text)):
            return None
        beside = [w for k in clause.children(referent.token, "appos") for w in clause.subtree(k)]
        named = self._person(clause, sorted([*phrase, *beside]))
        named = named or self._nouns.by_role(referent.sentence, referent.token, phrase)
        return named or self._words(clause, phrase)

    def _words(self, clause: ParsedSentence, words: list[int]) -> str:
        """The text of words, with one blank between two."""
        return " ".join(clause.span(words).of(self._document.text).split())

    def _joined(self, clause: ParsedSentence, head: int) -> str | None:
        """The names, or words, of what is joined to a noun, with itself; None where a pronoun is among them or they are long."""
        parts = [self._alone(clause, word) for word in (head, *clause.children(head, "conj"))]
        if any(clause.analysis.upos[w] == "PRON" for part in parts for w in part):
            return None
        named = [self._person(clause, part) or self._words(clause, part) for part in parts]
        told = _listed(named)
        return told if len(told.split()) <= _LONGEST and not _is_torn(told) else None

    def _alone(self, clause: ParsedSentence, head: int) -> list[int]:
        """A noun phrase without what joins it to others, or to the sentence: "both", "between", "and"."""
        words = phrase_of(clause, head)
        while (
            len(words) > 1
            and words[0] != head
            and (clause.analysis.deprels[words[0]] in _JOINING or clause.analysis.upos[words[0]] == "CCONJ")
        ):
            words = words[1:]
        return words

    def _ends(self, clause: ParsedSentence, word: int) -> tuple[int, int]:
        return clause.tokens[word].start, clause.tokens[word].end

    def phrase_at(self, place: Place, plans: Place | None = None) -> str | None:
        """The name for the noun phrase or pronoun that holds a word; of a plan that tells what is planned, the word `plans`, whose
        it is: "his plan to build", "Lindner's vow to go"."""
        sentence = self._document.clauses[place.sentence]
        head = place.token
        while sentence.analysis.deprels[head] in NOUN_PARTS and sentence.analysis.heads[head] >= 0:
            head = sentence.analysis.heads[head]
        owner = sentence.child(head, "nmod:poss")
        subject = sentence.child(head, *SUBJECTS)
        if subject is not None:
            head = subject
        elif (
            owner is not None
            and plans is not None
            and plans.sentence == place.sentence
            and head in sentence.ancestors(plans.token)
        ):
            head = owner
        return self.resolve(place.sentence, phrase_of(sentence, head), None)


def phrase_of(clause: ParsedSentence, head: int) -> list[int]:
    """The words of a noun phrase without what merely describes its head and what is joined to it: "sources from the Herald
    and the Post" is whole, "Lindner and her lawyer" is Lindner."""
    joined = {w for child in clause.children(head, *_JOINED) for w in clause.subtree(child)}
    return [w for w in clause.subtree(head, without=_CUT - _JOINED) if w not in joined]


def _listed(names: Sequence[str]) -> str:
    """Two names or more as they are told together: "Holt, Solt and Beck"."""
    return " and ".join([", ".join(names[:-1]), names[-1]])


def _is_torn(words: str) -> bool:
    """True for words with one of a pair of quotation marks."""
    return words.count("“") != words.count("”") or words.count('"') % 2 == 1


def _span(mention: Mention) -> Span:
    return mention.span


def to_its_noun(clause: ParsedSentence, words: list[int]) -> list[int]:
    """The words and, where they break off before the noun that they belong to ("the", "a senior"), all up to that noun."""
    last = words[-1]
    head = clause.analysis.heads[last]
    parted = any(clause.tokens[w].text in _PARTING for w in range(last + 1, head))
    if (
        head > last
        and not parted
        and clause.analysis.deprels[last] in _BEFORE_NOUN
        and clause.analysis.upos[head] in _NOUNS
    ):
        return [*words, *range(last + 1, head + 1)]
    return words


def _antecedent(clause: ParsedSentence, word: int) -> int | None:
    """The noun that the relative clause of a word hangs on, or None."""
    for step in (word, *clause.ancestors(word)):
        if clause.analysis.deprels[step] in ("acl", "acl:relcl"):
            return clause.analysis.heads[step]
    return None
