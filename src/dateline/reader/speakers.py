"""Who speaks: from the words that name a source to a name, through surnames, pronouns and roles."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import cached_property

from dateline.reader.model.interface import Place
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.quotations import scan
from dateline.reader.span_index import SpanIndex
from dateline.records import Mention, Span

PRONOUNS = frozenset(["he", "she", "they", "it", "who"])
_PERSONAL = {"his": "he", "him": "he", "her": "she", "its": "it", "their": "they", "them": "they"}
SPEAKING = frozenset(["i", "we", "me", "us", "my", "our"])
_POINTING = frozenset(["i", "we", "me", "us", "you", "this", "that", "which", "what"])
_DEFINITE = frozenset(["the", "his", "her", "its", "their", "this", "that"])
_OWNERS = frozenset(["'s", "’s", "'", "’"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_NAMING = frozenset(["NOUN", "PROPN", "ADJ"])
_GOVERNING = frozenset(["ADP", "SCONJ", "VERB"])
_JOINS_NAMES = frozenset(["flat", "compound", "appos", "nsubj", "name"])
_TELLING_OF = frozenset(["compound", "nmod", "nmod:poss"])
SUBJECTS = frozenset(["nsubj", "nsubj:pass"])
_PLURAL = frozenset(["they"])
# a phrase about a source is cut before what merely describes it
_CUT = frozenset(["acl:relcl", "acl", "appos", "parataxis", "punct", "advcl", "dep", "conj", "cc"])
_JOINED = frozenset(["conj", "cc"])
_NAMED_BEHIND = frozenset(["appos", "flat", "compound"])
_FEMALE = frozenset(["ms", "mrs", "miss", "madam", "lady", "queen", "princess", "duchess", "baroness", "mother", "sister", "daughter", "wife", "widow", "actress", "woman", "businesswoman", "congresswoman", "chairwoman", "spokeswoman", "policewoman"])  # fmt: skip
_MALE = frozenset(["mr", "sir", "lord", "king", "prince", "duke", "baron", "father", "brother", "son", "husband", "widower", "actor", "man", "businessman", "congressman", "policeman"])  # fmt: skip
# a bare "the president" is the one person named so far, where there is just one
_SHORT_ROLES = {
    "gov": "governor", "sen": "senator", "gen": "general", "pres": "president", "rep": "representative",
    "capt": "captain", "col": "colonel", "lt": "lieutenant", "sgt": "sergeant", "prof": "professor", "dr": "doctor",
    "insp": "inspector", "supt": "superintendent", "cllr": "councillor",
}  # fmt: skip
_OFFICES = frozenset(["president", "premier", "minister", "governor", "mayor", "chancellor", "king", "queen", "director", "chairman", "chairwoman", "chief", "leader", "spokesman", "spokeswoman", "commander", "general", "judge", "bishop", "pope", "senator", "secretary", "ambassador", "coach", "captain", "prosecutor"])  # fmt: skip
_SPOKESPEOPLE = frozenset(["spokesman", "spokeswoman", "spokesperson"])
_BODIES = frozenset(["company", "firm", "group", "agency", "organisation", "organization"])
_LONGEST = 10
"""Words of a phrase that a pronoun may be put in place of."""
_FAR = 6
"""Sentences within which "he" may have been named, where nobody was nearer."""
NOUN_PARTS = frozenset(["flat", "compound", "det", "amod", "nmod:poss", "case", "nummod", "fixed"])
"""Relations of words inside a noun phrase to its head."""
_BEFORE_NOUN = frozenset(["det", "amod", "nmod:poss", "case", "compound", "nummod"])
"""Relations of words that stand before the noun that they belong to."""
_AROUND = frozenset(["det", "case", "punct"])
"""Relations of words beside a noun that add nothing to it."""
_PARTING = frozenset(":;—–“”‘\"'«»")
"""Signs that part a noun from what stands before it, whatever the tree says."""
_LEADING = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)


class Speakers:
    """The people and bodies of one article, as sources of what is said."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], quoted: Sequence[Span] | None = None
    ) -> None:
        """`quoted` are the quotations with their marks: nobody named inside one is its speaker."""
        self._document = document
        mentions = sorted(mentions, key=lambda m: m.span)
        self._mentions = SpanIndex(mentions, _span)
        spans = [q.span for q in scan(document.text, document.sentences)] if quoted is None else quoted
        quotations = self._quotations = SpanIndex(spans, lambda q: q)
        outside = [
            m
            for m in mentions
            if not any(q.contains(m.span) for q in quotations.overlapping(m.span.start, m.span.end))
        ]
        self._outside = SpanIndex(outside, _span)
        self._people_outside = [m for m in outside if m.kind == "person"]
        self._heard = {m.entity for m in outside}
        self._people = sorted((m for m in mentions if m.kind == "person"), key=lambda m: m.span.end)
        self._bodies = {m.entity for m in mentions if m.kind != "person"}
        self._last_named: dict[str, int] = {}
        for mention in mentions:
            last = self._last_named.get(mention.entity, 0)
            self._last_named[mention.entity] = max(last, mention.span.start)
        self._roles: dict[str, list[tuple[int, str]]] = {}
        self._gender: dict[str, str] = {}
        self._speaks_for: dict[str, str] = {}
        for number, clause in enumerate(document.clauses):
            for mention in self._in(document.sentences[number].span):
                if mention.kind in ("person", "organisation"):
                    self._learn(clause, mention)
        for known in self._roles.values():
            known.sort()

    def _in(self, span: Span) -> list[Mention]:
        return [m for m in self._mentions.starting(span.start, span.end) if span.contains(m.span)]

    def _learn(self, clause: ParsedSentence, mention: Mention) -> None:
        """What the article calls a person or a body: "spokesman Anton Beck", "Lize Lindner, the prime minister", "Halden, a ferry
        firm", and a body by the last noun of its name."""
        words = clause.words_in(mention.span)
        if not words:
            return
        around: list[int] = []
        heads, head = clause.analysis.heads, clause.head_of(words)
        before = words[0] - 1
        while before >= 0 and clause.analysis.upos[before] in _NAMING and not self._named(clause, before):
            phrase = range(before + 1, words[-1] + 1)
            tied = any(w in phrase for w in clause.ancestors(before)) or any(
                heads[w] == before for w in phrase
            )
            if not tied:
                break  # "the bridge Mr Solt opened"
            around.append(before)
            before -= 1
        around += clause.children(head, "appos")
        if mention.kind == "organisation":
            if clause.analysis.deprels[head] in _TELLING_OF:
                return  # "the Halden spokesman"
            around.append(head)
        above = clause.analysis.heads[head]
        if above >= 0 and clause.analysis.deprels[head] in _JOINS_NAMES and above not in words:
            around.append(above)
        for word in around:
            role = _SHORT_ROLES.get(clause.lower(word).rstrip("."), clause.analysis.lemmas[word].lower())
            if role in _SPOKESPEOPLE or (role == "secretary" and word and clause.lower(word - 1) == "press"):
                self._learn_for_whom(clause, mention, word)
            if clause.analysis.upos[word] in _NOUNS and role and role != mention.entity.lower():
                self._roles.setdefault(role, []).append((mention.span.start, mention.entity))
                if role in _FEMALE or role in _MALE:
                    self._gender.setdefault(mention.entity, "she" if role in _FEMALE else "he")

    def _learn_for_whom(self, clause: ParsedSentence, mention: Mention, spokesperson: int) -> None:
        """The body that a spokesperson speaks for, told around that word: "Halden spokesman Beck", "a spokeswoman for the ministry"."""
        around = clause.subtree(spokesperson)
        above = clause.analysis.heads[spokesperson]
        if above >= 0 and clause.analysis.deprels[spokesperson] in _JOINS_NAMES:
            around = [*around, *clause.subtree(above)]
        for body in self._in(clause.sentence.span):
            words = clause.words_in(body.span)
            if body.kind in ("organisation", "place") and words and set(words) <= set(around):
                self._speaks_for.setdefault(mention.entity, body.entity)
                return

    def for_whom(self, name: str | None) -> str | None:
        """The body that a person speaks for by profession, where the article tells it; else the name itself."""
        return self._speaks_for.get(name, name) if name is not None else None

    def _named(self, clause: ParsedSentence, word: int) -> bool:
        token = clause.tokens[word]
        around = self._mentions.overlapping(token.start, token.start + 1)
        return any(m.kind != "nationality" for m in around)

    def resolve(
        self, number: int, words: list[int], focus: str | None, content: Span | None = None
    ) -> str | None:
        """The name for a source phrase (token indices of sentence `number`): the fullest form of the name in it, the
        person whose role it tells, whom a pronoun stands for (`focus` where that fits), else its own words. Nobody whom
        `content`, what a pronoun is said to say, names is that pronoun: "She said Lindner had left" is not Lindner."""
        clause = self._document.clauses[number]
        words = to_its_noun(clause, words)
        head = clause.head_of(words)
        if clause.analysis.upos[head] == "PRON" and _nominative(clause.lower(head)) in PRONOUNS:
            others = {m.entity for m in self._in(content)} if content is not None else set()
            return self.pronoun(number, clause, head, focus if focus not in others else None, others)
        if clause.analysis.upos[head] == "PRON" and clause.lower(head) in _POINTING:
            return focus if clause.lower(head) in SPEAKING else None
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
        known = self._by_role(clause, head, kept, number)
        if known:
            return known
        return _LEADING.sub("", " ".join(span.of(self._document.text).split()), count=1) or None

    def _token(self, clause: ParsedSentence, word: int) -> Span:
        return Span(clause.tokens[word].start, clause.tokens[word].end)

    def _core(self, clause: ParsedSentence, head: int, words: list[int]) -> list[int]:
        """The phrase without what merely describes its head."""
        below = set(_phrase(clause, head))
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
        for mention in self._in(span):
            if mention.kind != "person":
                continue
            inside = clause.words_in(mention.span)
            if not inside:
                continue
            before, after = inside[0] - 1, inside[-1] + 1
            while before >= words[0] and clause.analysis.upos[before] in _NAMING:
                before -= 1
            governed = before >= words[0] and clause.analysis.upos[before] in _GOVERNING
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

    def _by_role(self, clause: ParsedSentence, head: int, kept: list[int], number: int) -> str | None:
        """Whoever the article introduced with this role, where the phrase is definite and tells no other one."""
        start = clause.tokens[kept[0]].start
        definite = clause.lower(kept[0]) in _DEFINITE
        if not definite or clause.analysis.lemmas[head].lower() != clause.lower(head):
            return None
        role = clause.analysis.lemmas[head].lower()
        known = self._roles.get(role, [])
        before = bisect_left(known, (start,))
        if before:
            return known[before - 1][1]
        if known:  # named later: "the minister said … Amélie Diarra, the minister, added"
            names = {name for _, name in known}
            return next(iter(names)) if len(names) == 1 else None
        if role in _BODIES and len(kept) == 2:
            return self._body_before(number, start)
        if role in _OFFICES and not clause.child(head, "nmod", "nmod:poss"):
            only = self._only_person_before(start)
            other = any(name == only for people in self._roles.values() for _, name in people)
            return only if only in self._heard and not other else None
        return None

    def _body_before(self, number: int, start: int, reach: int = _FAR) -> str | None:
        """The body that was a subject last before a place, within so many sentences."""
        near = [m for m in self._named_near(number, start, reach) if m.kind == "organisation"]
        chosen = [m for m in near if self._is_subject(m)]
        return chosen[-1].entity if chosen else None

    def _only_person_before(self, start: int) -> str | None:
        """Whoever alone is named before a place, or None."""
        if not self._people or self._people[0].span.end > start:
            return None
        first = self._people[0].entity
        return first if self._second_person > start else None

    @cached_property
    def _second_person(self) -> int:
        """Where the first name of a second person ends."""
        ends = (m.span.end for m in self._people if m.entity != self._people[0].entity)
        return next(ends, len(self._document.text) + 1)

    def pronoun(
        self,
        number: int,
        clause: ParsedSentence,
        word: int,
        focus: str | None,
        others: Collection[str] = frozenset(),
    ) -> str | None:
        """Whom "he" stands for: the speaker in focus, else the last person named in this sentence or the two before who is none
        of the `others`; and "who" for the noun that its clause hangs on."""
        text = _nominative(clause.lower(word))
        at = clause.tokens[word].start
        if text == "who":
            noun = _antecedent(clause, word)
            if noun is not None:
                return self.resolve(number, _phrase(clause, noun), focus)
            before = bisect_left(self._people_outside, at, key=lambda m: m.span.start)
            named = (m.entity for m in reversed(self._people_outside[:before]) if m.span.end <= at)
            return next(named, None)
        if text == "it" or text in _PLURAL:
            near = [m for m in self._named_near(number, at) if m.kind == "organisation"]
            return focus or (near[-1].entity if near else None)
        people = [m for m in self._named_near(number, at) if m.kind == "person"]
        if not people and focus is None:
            people = [m for m in self._named_near(number, at, _FAR) if m.kind == "person"]
        people = [m for m in people if self._gender.get(m.entity, text) == text and m.entity not in others]
        if focus in self._bodies:
            focus = None  # a body is no "he"
        if focus and self._gender.get(focus, text) == text and (not people or self._since(number, focus)):
            return self._after(number, focus, people) or focus
        subjects = [m for m in people if self._is_subject(m)]
        chosen = (subjects or people)[-1:] if people else []
        return chosen[0].entity if chosen else focus

    def _after(self, number: int, focus: str, people: Sequence[Mention]) -> str | None:
        """Who alone is the subject of the sentence before, where the focus is not named in it: he is spoken of now."""
        if not number:
            return None
        before = self._document.sentences[number - 1]
        here = [m for m in people if before.span.contains(m.span)]
        if (
            len({m.entity for m in here}) != 1
            or before.paragraph != self._document.sentences[number].paragraph
        ):
            return None
        return here[0].entity if here[0].entity != focus and self._is_subject(here[0]) else None

    def _since(self, number: int, focus: str) -> bool:
        """True where the focus was named within the last few sentences, or nobody else was since."""
        first = self._document.sentences[max(0, number - 3)].start
        return self._last_named.get(focus, -1) >= first

    def _named_near(self, number: int, at: int, sentences: int = 2) -> list[Mention]:
        """The names outside quotations from so many sentences before on up to a place."""
        return self._outside.starting(self._document.sentences[max(0, number - sentences)].start, at)

    def _is_subject(self, mention: Mention) -> bool:
        number = bisect_right(self._document.sentences, mention.span.start, key=lambda s: s.end)
        clause = self._document.clauses[number]
        return any(clause.analysis.deprels[w] in SUBJECTS for w in clause.words_in(mention.span))

    def name_at(self, number: int, word: int, speaker: str | None = None) -> str | None:
        """What a word stands for: a personal or possessive pronoun, or a bare "the minister", "the company"; None for any
        other word or where it cannot be told. Nobody calls himself "he": between quotation marks it is not `speaker`."""
        sentence = self._document.clauses[number]
        text = _nominative(sentence.lower(word))
        if sentence.analysis.deprels[word] == "expl":
            return None
        if text in ("it", "they"):
            return self._centre(number, word, plural=text == "they")
        if text in PRONOUNS - {"who"}:
            name = self._above(number, word, text) or self.pronoun(number, sentence, word, None)
            if name is None or (name == speaker and self._is_quoted(sentence, word)):
                return None
            return name if self._is_sure(number, word, name) else None
        article = sentence.child(word, "det")
        bare = (
            article is not None
            and sentence.lower(article) == "the"
            and all(sentence.analysis.deprels[child] in _AROUND for child in sentence.children(word))
        )
        if article is None or not bare or sentence.analysis.upos[word] != "NOUN":
            return None
        if len({name for _, name in self._roles.get(sentence.lower(word), [])}) > 1:
            return None  # "the president", where two are
        return self._by_role(sentence, word, [article, word], number)

    def _is_quoted(self, clause: ParsedSentence, word: int) -> bool:
        return bool(self._quotations.overlapping(*self._ends(clause, word)))

    def _above(self, number: int, word: int, text: str) -> str | None:
        """Whoever is the subject of what a pronoun's clause hangs on, the nearest first: Solt in "Solt said Beck's friends hoped
        that she will come"; None where that is somebody else."""
        sentence = self._document.clauses[number]
        for above in sentence.ancestors(word):
            subject = sentence.child(above, *SUBJECTS)
            if subject is None or subject >= word:
                continue
            if _nominative(sentence.lower(subject)) == text:
                return self.name_at(number, subject)
            name = self._person(sentence, _phrase(sentence, subject))
            own = sentence.lower(word) == "him" and sentence.analysis.heads[word] == above
            if name is not None and not own and self._gender.get(name, text) == text:
                return name
        return None

    def _is_sure(self, number: int, word: int, name: str) -> bool:
        """False where the sentence itself has somebody else before a pronoun: other names, quoted ones too, or a subject
        above it that is not that person."""
        sentence = self._document.clauses[number]
        start, at = self._document.sentences[number].start, sentence.tokens[word].start
        here = {m.entity for m in self._mentions.starting(start, at) if m.kind == "person"}
        if here:
            return any(set(name.split()) & set(other.split()) for other in here)
        above = (sentence.child(w, *SUBJECTS) for w in sentence.ancestors(word))
        return not any(
            s is not None and s < word and sentence.analysis.upos[s] in _NOUNS
            and self.resolve(number, _phrase(sentence, s), None) != name
            for s in above
        )  # fmt: skip

    def _centre(self, number: int, word: int, *, plural: bool) -> str | None:
        """What was spoken of: the subject before a pronoun in its sentence, or the one of the sentence before (Grosz et al.
        1995), the first whose number and kind agree; "it" is the body named last where neither has a subject."""
        clause = self._document.clauses[number]
        before = self._document.clauses[number - 1] if number else None
        for at, sentence, subjects in (
            (number, clause, _subjects(clause, word)),
            (number - 1, before, _subjects(before)),
        ):
            if sentence is not None and subjects:
                fitting = (self._agreeing(at, sentence, s, plural) for s in subjects)
                return next((name for name in fitting if name), None)
        return None if plural else self._body_before(number, clause.tokens[word].start, 2)

    def _agreeing(self, number: int, clause: ParsedSentence, subject: int, plural: bool) -> str | None:
        """The words of a subject that a pronoun may go on with: "they" with a plural, "it" with a body or place."""
        phrase = clause.subtree(subject, without=_CUT - {"conj", "cc"})
        if (
            clause.analysis.upos[subject] not in _NOUNS
            or _is_plural(clause, subject) != plural
            or any(clause.analysis.upos[w] == "PRON" for w in phrase)
            or len(phrase) > _LONGEST
        ):
            return None
        named = self.name_at(number, subject)
        kinds = {m.kind for m in self._mentions.overlapping(*self._ends(clause, subject))}
        if not named and not plural and not kinds & {"organisation", "place"}:
            return None
        return named or " ".join(clause.span(phrase).of(self._document.text).split())

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
        return self.resolve(place.sentence, _phrase(sentence, head), None)


def _phrase(clause: ParsedSentence, head: int) -> list[int]:
    """The words of a noun phrase without what merely describes its head and what is joined to it: "sources from the Herald
    and the Post" is whole, "Lindner and her lawyer" is Lindner."""
    joined = {w for child in clause.children(head, *_JOINED) for w in clause.subtree(child)}
    return [w for w in clause.subtree(head, without=_CUT - _JOINED) if w not in joined]


def _nominative(pronoun: str) -> str:
    return _PERSONAL.get(pronoun, pronoun)


def _span(mention: Mention) -> Span:
    return mention.span


def _subjects(clause: ParsedSentence | None, before: int | None = None) -> list[int]:
    """The subjects of a sentence that stand before a word, that of its main clause first."""
    if clause is None:
        return []
    found = [
        w
        for w, relation in enumerate(clause.analysis.deprels)
        if relation in SUBJECTS and (before is None or w < before)
    ]
    return sorted(found, key=lambda w: (sum(1 for _ in clause.ancestors(w)), w))


def _is_plural(clause: ParsedSentence, word: int) -> bool:
    joined = clause.child(word, "conj") is not None
    return joined or (
        clause.analysis.upos[word] == "NOUN" and clause.analysis.lemmas[word].lower() != clause.lower(word)
    )


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
