"""What an article calls the people and bodies that it names: their roles, whether they are "he" or "she", and whom they speak for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from dateline.language.tables import toml_table
from dateline.reader.parsed import Document, ParsedSentence
from dateline.reader.span_index import SpanIndex
from dateline.records import Mention, MentionKind

_NOUNS = frozenset(["NOUN", "PROPN"])
_NAMING = frozenset(["NOUN", "PROPN", "ADJ"])
_JOINS_NAMES = frozenset(["flat", "compound", "appos", "nsubj", "name"])
_TELLING_OF = frozenset(["compound", "nmod", "nmod:poss"])
_SPOKESPEOPLE = frozenset(["spokesman", "spokeswoman", "spokesperson"])


@cache
def agreement() -> Mapping[str, Mapping[str, str]]:
    """What each word of a part of agreement.toml agrees with: the pronoun of a given name or title, the kind of what a noun tells,
    a title in full."""
    table = toml_table("dateline.reader", "agreement.toml")
    return {
        part: {word: key for key, words in told.items() for word in words.split()}
        for part, told in table.items()
    }


class Roles:
    """The roles of the names of one article."""

    def __init__(self, document: Document, mentions: SpanIndex[Mention]) -> None:
        self._mentions = mentions
        self._known: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._pronouns: dict[str, str] = {}
        self._speaks_for: dict[str, str] = {}
        self._kinds = {m.entity: m.kind for m in mentions.starting(0, len(document.text))}
        for clause in document.clauses:
            for mention in self._mentions.inside(clause.sentence.span):
                if mention.kind in ("person", "organisation"):
                    self._learn(clause, mention)
        for known in self._known.values():
            known.sort()
        self._told = {name for known in self._known.values() for _, name in known}

    def of(self, role: str) -> list[tuple[int, str]]:
        """Where somebody is told to have a role, and who."""
        return self._known.get(role, [])

    def items(self) -> Iterable[tuple[str, list[tuple[int, str]]]]:
        """The roles, each with where it is told and of whom."""
        return self._known.items()

    def has(self, name: str) -> bool:
        """True where the article tells some role of a name."""
        return name in self._told

    def kind(self, name: str | None) -> MentionKind | None:
        """Whether a name is a person's, a body's or a place's; None where the article does not name it."""
        return self._kinds.get(name) if name is not None else None

    def titled(self, name: object) -> str | None:
        """ "he" or "she" where the article calls somebody Mr, mother or the like."""
        return self._pronouns.get(name) if isinstance(name, str) else None

    def for_whom(self, name: str | None) -> str | None:
        """The body that a person speaks for by profession, where the article tells it; else the name itself."""
        return self._speaks_for.get(name, name) if name is not None else None

    def _learn(self, clause: ParsedSentence, mention: Mention) -> None:
        """What stands around a name: "spokesman Anton Beck", "Lize Lindner, the prime minister", and of a body the last noun of its name."""
        for word in self._around(clause, mention):
            lemma = clause.analysis.lemmas[word].lower()
            role = agreement()["short titles"].get(clause.lower(word).rstrip("."), lemma)
            if role in _SPOKESPEOPLE or (role == "secretary" and word and clause.lower(word - 1) == "press"):
                self._learn_for_whom(clause, mention, word)
            if clause.analysis.upos[word] in _NOUNS and role and role != mention.entity.lower():
                self._known[role].append((mention.span.start, mention.entity))
                if role in agreement()["titles"]:
                    self._pronouns.setdefault(mention.entity, agreement()["titles"][role])

    def _around(self, clause: ParsedSentence, mention: Mention) -> list[int]:
        words = clause.words_in(mention.span)
        if not words:
            return []
        around: list[int] = []
        heads, head = clause.analysis.heads, clause.head_of(words)
        before = words[0] - 1
        while before >= 0 and clause.analysis.upos[before] in _NAMING and not self._named(clause, before):
            phrase = range(before + 1, words[-1] + 1)
            if not any(w in phrase for w in clause.ancestors(before)) and all(
                heads[w] != before for w in phrase
            ):
                break  # "the bridge Mr Solt opened"
            around.append(before)
            before -= 1
        around += clause.children(head, "appos")
        if mention.kind == "organisation":
            if clause.analysis.deprels[head] in _TELLING_OF:
                return []  # "the Halden spokesman"
            around.append(head)
        above = heads[head]
        if above >= 0 and clause.analysis.deprels[head] in _JOINS_NAMES and above not in words:
            around.append(above)
        return around

    def _named(self, clause: ParsedSentence, word: int) -> bool:
        start = clause.tokens[word].start
        return any(m.kind != "nationality" for m in self._mentions.overlapping(start, start + 1))

    def _learn_for_whom(self, clause: ParsedSentence, mention: Mention, spokesperson: int) -> None:
        """The body that a spokesperson speaks for, told around that word: "Halden spokesman Beck", "a spokeswoman for the ministry"."""
        around = clause.subtree(spokesperson)
        above = clause.analysis.heads[spokesperson]
        if above >= 0 and clause.analysis.deprels[spokesperson] in _JOINS_NAMES:
            around = [*around, *clause.subtree(above)]
        for body in self._mentions.inside(clause.sentence.span):
            words = clause.words_in(body.span)
            if body.kind in ("organisation", "place") and words and set(words) <= set(around):
                self._speaks_for.setdefault(mention.entity, body.entity)
                return
