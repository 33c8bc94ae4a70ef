"""Names in an article: the model's spans, trimmed and completed, each given the fullest form that the article has."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dateline.language import spelling
from dateline.reader import name_forms
from dateline.reader.parsed import Document, ParsedSentence
from dateline.records import Mention, MentionKind, Span

KINDS: dict[str, MentionKind] = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "NORP": "nationality",
}
_SURE = 0.8
"""Score from which a name is looked for in the rest of the article."""
_REPEATED = 0.5
"""Score of a name that stands elsewhere as a sure one."""
_ARTICLES = frozenset(["the", "a", "an"])
_POSSESSIVES = frozenset(["'s", "’s"])
_SEAT = re.compile(r"[A-Z]-[A-Z][A-Za-z]*\.?")
_MOST = 100
"""Names of one beginning among which a form's fuller one is looked for; more are a list, and would cost their square."""


@dataclass(frozen=True, slots=True)
class _NameSpan:
    """A name on its way: token indices [first, last] in a sentence, its kind and the model's score."""

    sentence: int
    first: int
    last: int
    kind: MentionKind
    score: float


def find(document: Document) -> tuple[Mention, ...]:
    """The names of the article, in text order, none overlapping; `entity` is the fullest form in the article.

    Titles, roles, articles and possessives stay outside the spans.
    """
    found = [name for number, clause in enumerate(document.clauses) for name in _spans(number, clause)]
    found = _with_repeats(document, found)
    return _grouped(_one_kind_a_name([_mention(document, name) for name in found]))


# ------------------------------------------------------------------------------------------------------ spans


def _spans(number: int, clause: ParsedSentence) -> list[_NameSpan]:
    """The model's names of one sentence on whole tokens, trimmed; neighbours of one person joined."""
    taken: set[int] = set()
    found: list[_NameSpan] = []
    for label in sorted(clause.analysis.names, key=lambda n: (-n.score, n.start)):
        kind = KINDS.get(label.label)
        words = clause.words_in(Span(label.start, label.end))
        if kind is None or not words or taken.intersection(words):
            continue
        trimmed = _trim(clause, words[0], words[-1], kind)
        if kind == "person" and trimmed is not None and _is_adjective(clause, *trimmed):
            kind = "nationality"  # "Republican" before a name
        if trimmed is not None:
            taken.update(words)
            found.append(_NameSpan(number, *trimmed, kind, label.score))
    whole: list[_NameSpan] = []
    for piece in sorted(found, key=lambda f: f.first):
        before = whole[-1] if whole else piece
        if before.kind == piece.kind == "person" and before.last + 1 == piece.first:
            whole[-1] = replace(before, last=piece.last, score=min(before.score, piece.score))
        elif not _is_seat(clause, piece):
            whole.append(piece)
    return whole


def _is_seat(clause: ParsedSentence, name: _NameSpan) -> bool:
    """True for what American papers tell of a politician behind the name: party and state, "(R-Wis.)"."""
    words = clause.tokens[name.first : name.last + 1]
    return _SEAT.fullmatch("".join(w.text for w in words)) is not None


def _trim(clause: ParsedSentence, first: int, last: int, kind: MentionKind) -> tuple[int, int] | None:
    """[first, last] without articles, titles, possessives and marks around the name; None where nothing is left."""

    def is_word(word: int) -> bool:
        return clause.tokens[word].text[:1].isalnum()

    def is_title(word: int) -> bool:
        return kind == "person" and clause.lower(word).rstrip(".") in spelling.TITLES

    while first <= last and (not is_word(last) or clause.lower(last) in _POSSESSIVES):
        last -= 1
    while first <= last and (not is_word(first) or clause.lower(first) in _ARTICLES):
        first += 1
    while first < last and (is_title(first) or not is_word(first) or clause.analysis.upos[first] == "ADP"):
        first += 1
    # what stands before a title written short is no name: "Vell Liberal Sen. Ada Holt"
    short = [w for w in range(first, last) if is_title(w) and clause.tokens[w].text.endswith(".")]
    first = short[-1] + 1 if short else first
    if first > last or (first == last and is_title(first)):
        return None
    named = first < last or any(c.isalpha() for c in clause.tokens[first].text)
    return (first, last) if named else None


def _is_adjective(clause: ParsedSentence, first: int, last: int) -> bool:
    return first == last and clause.analysis.upos[first] == "ADJ"


def _with_repeats(document: Document, found: list[_NameSpan]) -> list[_NameSpan]:
    """The names and further proper nouns spelt like one that the model is sure of elsewhere in the article."""
    sure = _sure_names(document, found)
    lengths: dict[str, list[int]] = defaultdict(list)
    for opening, words in sorted({(texts[0], len(texts)) for texts in sure}, reverse=True):
        lengths[opening].append(words)
    taken = _words(found)
    added: list[_NameSpan] = []
    for number, clause in enumerate(document.clauses):
        texts = tuple(t.text for t in clause.tokens)
        for first, word in enumerate(texts):
            for length in lengths.get(word, ()):
                kinds, span = sure.get(texts[first : first + length]), range(first, first + length)
                if (
                    kinds is not None
                    and span[-1] < len(texts)
                    and not any((number, k) in taken for k in span)
                ):
                    kind = kinds.most_common(1)[0][0]
                    added.append(_NameSpan(number, first, span[-1], kind, _REPEATED))
                    taken.update((number, k) for k in span)
                    break
    return sorted([*found, *added], key=lambda f: (f.sentence, f.first))


def _sure_names(document: Document, found: list[_NameSpan]) -> dict[tuple[str, ...], Counter[MentionKind]]:
    """The kinds of the names that the model is sure of, by their words, and of the surnames among them."""
    sure: dict[tuple[str, ...], Counter[MentionKind]] = defaultdict(Counter)
    for name in found:
        tokens = document.clauses[name.sentence].tokens[name.first : name.last + 1]
        texts = tuple(t.text for t in tokens)
        if name.score >= _SURE and texts[0][:1].isupper() and name.kind != "nationality":
            sure[texts][name.kind] += 1
            if name.kind == "person" and len(texts) > 1 and len(texts[-1]) > 3:
                sure[texts[-1:]]["person"] += 1
    return dict(sure)


def _words(found: Sequence[_NameSpan]) -> set[tuple[int, int]]:
    return {(f.sentence, word) for f in found for word in range(f.first, f.last + 1)}


def _mention(document: Document, name: _NameSpan) -> Mention:
    span = document.clauses[name.sentence].span((name.first, name.last))
    return Mention(span, span.of(document.text), name.kind, span.of(document.text), round(name.score, 4))


def _one_kind_a_name(mentions: list[Mention]) -> list[Mention]:
    """The mentions, names spelt the same given the kind that most of their probability speaks for."""
    votes: dict[str, defaultdict[MentionKind, float]] = defaultdict(lambda: defaultdict(float))
    for mention in mentions:
        votes[spelling.fold(mention.text)][mention.kind] += mention.score
    kinds = {name: max(scores, key=lambda kind: scores[kind]) for name, scores in votes.items()}
    return [m if m.kind == "nationality" else replace(m, kind=kinds[spelling.fold(m.text)]) for m in mentions]


# ---------------------------------------------------------------------------------------------------- entities


@dataclass(slots=True)
class _Group:
    """The mentions of one thing: its fullest form, and where they start, in text order."""

    full: str
    members: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        self.members.append(mention)
        insort(self.starts, mention.span.start)

    def distance(self, start: int) -> tuple[int, int]:
        """Behind the last member before `start` (0, characters), else before the first one after it (1, characters)."""
        if not self.starts:
            return (2, 0)  # nobody has it yet
        at = bisect_right(self.starts, start)
        return (0, start - self.starts[at - 1]) if at else (1, self.starts[0] - start)


def _grouped(mentions: list[Mention]) -> tuple[Mention, ...]:
    """The mentions with the entity of each: the fullest form of the names that stand for one thing.

    A name that may stand for several things stands for the one last named before it, else for the first after it.
    """
    fullest_first = sorted(
        range(len(mentions)), key=lambda i: (-len(name_forms.parts(mentions[i].kind, mentions[i].text)), i)
    )
    groups = _groups_of_forms(dict.fromkeys((mentions[i].kind, mentions[i].text) for i in fullest_first))
    home: dict[int, _Group] = {}
    for i in fullest_first:
        mention = mentions[i]
        start = mention.span.start
        home[i] = min(groups[mention.kind, mention.text], key=lambda group: group.distance(start))
        home[i].add(mention)
    names = {key: _fullest(group.members) for key, group in {id(g): g for g in home.values()}.items()}
    return tuple(replace(m, entity=names[id(home[i])]) for i, m in enumerate(mentions))


def _groups_of_forms(forms: Iterable[tuple[MentionKind, str]]) -> dict[tuple[MentionKind, str], list[_Group]]:
    """For each form of a name, given the fullest first, the groups that it may belong to; it opens one where it fits none."""
    shelves: dict[name_forms.Key, list[_Group]] = defaultdict(list)
    fitting: dict[tuple[MentionKind, str], list[_Group]] = {}
    for kind, text in forms:
        keys = sorted(name_forms.keys(kind, text))
        near = {id(g): g for key in keys for g in shelves[key][-_MOST:]}
        found = [g for g in near.values() if name_forms.may_stand_for(kind, text, g.full)]
        fitting[kind, text] = found or [_Group(text)]
        if not found:
            for key in keys:
                shelves[key] += fitting[kind, text]
    return fitting


def _fullest(group: Sequence[Mention]) -> str:
    """The name of a group: most words first, then not in capitals, then not an acronym, then commonest, then earliest."""
    counts = Counter(m.text for m in group)
    words = {m.text: len(name_forms.parts(m.kind, m.text)) for m in group}
    best = min(group, key=lambda m: (-words[m.text], m.text.isupper(), -counts[m.text], m.span.start))
    if best.kind == "nationality":
        return min((m.text for m in group), key=len)
    return " ".join(best.text.split())
