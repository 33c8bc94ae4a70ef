"""Names in an article: the model's spans, trimmed and completed, each given the fullest form that the article has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline import spelling
from dateline.reader.document import Clause, Document
from dateline.records import Mention, MentionKind

KINDS: dict[str, MentionKind] = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "NORP": "nationality",
}
_SURE = 0.5
_FIRM_SUFFIXES = frozenset(("llc", "inc", "ltd", "corp", "nv", "sa", "ag", "co", "plc", "gmbh", "spa"))
_PLACE_TYPES = frozenset(
    [
        "province",
        "region",
        "district",
        "county",
        "state",
        "city",
        "town",
        "village",
        "river",
        "valley",
        "peninsula",
        "island",
        "islands",
        "area",
        "oblast",
        "prefecture",
        "governorate",
    ]
)
_GENERIC = frozenset(
    [
        "government",
        "ministry",
        "council",
        "agency",
        "party",
        "parliament",
        "army",
        "police",
        "court",
        "office",
        "committee",
        "commission",
        "department",
        "group",
        "company",
        "bank",
        "university",
        "union",
        "association",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "new",
        "united",
        "national",
        "international",
        "central",
        "state",
        "city",
        "saint",
        "st",
        "mount",
        "cape",
        "lake",
        "port",
        "gulf",
        "fort",
        "general",
        "first",
        "supreme",
        "security",
        "defense",
        "defence",
        "foreign",
        "world",
    ]
)


@dataclass(frozen=True, slots=True)
class _Found:
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
    found = _with_acronyms(document, found)
    found = _with_repeats(document, found)
    mentions = [_mention(document, name) for name in found]
    return _grouped(_one_kind_a_name(mentions))


# ------------------------------------------------------------------------------------------------------ spans


def _spans(number: int, clause: Clause) -> list[_Found]:
    """The model's names of one sentence on whole tokens, trimmed; neighbours of one person joined."""
    taken: set[int] = set()
    found: list[_Found] = []
    for label in sorted(clause.analysis.names, key=lambda n: (-n.score, n.start)):
        kind = KINDS.get(label.label)
        words = [i for i, t in enumerate(clause.tokens) if t.start < label.end and label.start < t.end]
        if kind is None or not words or taken.intersection(words):
            continue
        trimmed = _trim(clause, words[0], words[-1], kind)
        if trimmed is not None:
            taken.update(words)
            found.append(_Found(number, *trimmed, kind, label.score))
    return [f for f in _joined(sorted(found, key=lambda f: f.first)) if not _is_mere_suffix(clause, f)]


def _joined(found: list[_Found]) -> list[_Found]:
    """Neighbouring pieces of one person's or organisation's name made one."""
    whole: list[_Found] = []
    for piece in found:
        before = whole[-1] if whole else None
        joins = before is not None and before.last + 1 == piece.first and before.kind == piece.kind
        if before is not None and joins and piece.kind in ("person", "organisation"):
            score = min(before.score, piece.score)
            whole[-1] = _Found(before.sentence, before.first, piece.last, before.kind, score)
        else:
            whole.append(piece)
    return whole


def _is_mere_suffix(clause: Clause, name: _Found) -> bool:
    """True for a piece that names nothing by itself: "LLC", "N.V.", "Vice"."""
    bare = clause.lower(name.first).replace(".", "")
    return name.first == name.last and (
        bare in _FIRM_SUFFIXES or (bare in spelling.TITLES and name.kind != "nationality")
    )


def _trim(clause: Clause, first: int, last: int, kind: MentionKind) -> tuple[int, int] | None:
    """[first, last] without articles, titles, possessives and marks around the name; None where nothing is left."""
    texts = [t.text for t in clause.tokens]
    while first <= last and (not texts[last][:1].isalnum() or texts[last].lower() in ("'s", "’s")):
        last -= 1
    while first <= last and (not texts[first][:1].isalnum() or texts[first].lower() in ("the", "a", "an")):
        first += 1
    if kind == "person":
        while first < last and texts[first].lower().rstrip(".") in spelling.TITLES:
            first += 1
            while first < last and not texts[first][:1].isalnum():
                first += 1
    if first > last or (not any(c.isalpha() for c in texts[first]) and first == last):
        return None
    if kind == "person" and first == last and texts[first].lower().rstrip(".") in spelling.TITLES:
        return None
    return first, last


def _with_acronyms(document: Document, found: list[_Found]) -> list[_Found]:
    """The names and the acronyms given in brackets after them: "Arlen Savings Association (ASA)"."""
    added: list[_Found] = []
    taken = {(f.sentence, i) for f in found for i in range(f.first, f.last + 1)}
    for name in found:
        tokens = document.clauses[name.sentence].tokens
        at = name.last + 2
        if (
            at + 1 < len(tokens)
            and tokens[name.last + 1].text == "("
            and tokens[at + 1].text == ")"
            and (name.sentence, at) not in taken
            and spelling.is_acronym_of(
                tokens[at].text, document.text[tokens[name.first].start : tokens[name.last].end]
            )
        ):
            added.append(_Found(name.sentence, at, at, name.kind, name.score))
    return sorted([*found, *added], key=lambda f: (f.sentence, f.first))


def _with_repeats(document: Document, found: list[_Found]) -> list[_Found]:
    """The names and further proper nouns spelt like one that the model is sure of elsewhere in the article."""
    sure: dict[tuple[str, ...], Counter[MentionKind]] = defaultdict(Counter)
    for name in found:
        texts = tuple(t.text for t in document.clauses[name.sentence].tokens[name.first : name.last + 1])
        if name.score >= 0.8 and texts[0][:1].isupper() and name.kind != "nationality":
            sure[texts][name.kind] += 1
            if name.kind == "person" and len(texts) > 1 and len(texts[-1]) > 3:
                sure[texts[-1:]]["person"] += 1
    if not sure:
        return found
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for texts in sorted(sure, key=len, reverse=True):
        starts[texts[0]].append(texts)
    taken = {(f.sentence, i) for f in found for i in range(f.first, f.last + 1)}
    added: list[_Found] = []
    for number, clause in enumerate(document.clauses):
        tokens = clause.tokens
        for i, token in enumerate(tokens):
            for texts in starts.get(token.text, ()):
                span = range(i, i + len(texts))
                if (
                    tuple(t.text for t in tokens[i : i + len(texts)]) == texts
                    and not any((number, k) in taken for k in span)
                    and any(_may_name(document, clause, k) for k in span)
                    and not _inside_longer_name(clause, i, i + len(texts) - 1)
                ):
                    added.append(
                        _Found(number, i, i + len(texts) - 1, sure[texts].most_common(1)[0][0], _SURE)
                    )
                    taken.update((number, k) for k in span)
                    break
    return sorted([*found, *added], key=lambda f: (f.sentence, f.first))


def _may_name(document: Document, clause: Clause, word: int) -> bool:
    """True for a proper noun, and for a noun at the head of a sentence whose small form the article never has."""
    if clause.analysis.upos[word] == "PROPN":
        return True
    text = clause.tokens[word].text
    return (
        clause.analysis.upos[word] in ("NOUN", "VERB")
        and text[:1].isupper()
        and f" {text.lower()}" not in document.text
    )


def _inside_longer_name(clause: Clause, first: int, last: int) -> bool:
    """True where the words next to [first, last] belong to the same name ("Brennick" in "the Brennick Dam Trust")."""
    upos, relations = clause.analysis.upos, clause.analysis.deprels
    after = (
        last + 1 < len(upos)
        and upos[last + 1] == "PROPN"
        and clause.tokens[last].end + 1 == clause.tokens[last + 1].start
    )
    return after and relations[last] in ("compound", "flat", "amod")


def _mention(document: Document, name: _Found) -> Mention:
    span = document.clauses[name.sentence].span((name.first, name.last))
    return Mention(span, span.of(document.text), name.kind, span.of(document.text), name.score)


# ------------------------------------------------------------------------------------------------------ kinds


def _one_kind_a_name(mentions: list[Mention]) -> list[Mention]:
    """The mentions, names spelt the same given the kind that most of their probability speaks for."""
    votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    for mention in mentions:
        votes[spelling.fold(mention.text)][mention.kind] += mention.score  # type: ignore[assignment]
    return [
        m if m.kind == "nationality" else replace(m, kind=votes[spelling.fold(m.text)].most_common(1)[0][0])
        for m in mentions
    ]


# ---------------------------------------------------------------------------------------------------- entities


def _grouped(mentions: list[Mention]) -> tuple[Mention, ...]:
    """The mentions with the entity of each: the fullest form of the names that stand for one thing."""
    groups: list[list[Mention]] = []
    by_kind: dict[MentionKind, list[list[Mention]]] = defaultdict(list)
    home: dict[int, list[Mention]] = {}
    fullest_first = sorted(range(len(mentions)), key=lambda i: (-len(_parts(mentions[i])), i))
    for i in fullest_first:
        mention = mentions[i]
        group = _group_of(mention, by_kind[mention.kind])
        if group is None:
            group = []
            groups.append(group)
            by_kind[mention.kind].append(group)
        group.append(mention)
        home[i] = group
    return tuple(replace(m, entity=_fullest(home[i])) for i, m in enumerate(mentions))


def _parts(mention: Mention) -> tuple[str, ...]:
    return spelling.person_words(mention.text) if mention.kind == "person" else spelling.words(mention.text)


def _group_of(mention: Mention, groups: list[list[Mention]]) -> list[Mention] | None:
    """The group that a name joins: of several that fit, the one last named before it, else the first after it."""
    fitting = [group for group in groups if _fits(mention, group)]
    if not fitting:
        return None

    def distance(group: list[Mention]) -> tuple[int, int]:
        gaps = [mention.span.start - m.span.start for m in group]
        before = [gap for gap in gaps if gap >= 0]
        return (0, min(before)) if before else (1, min(-gap for gap in gaps))

    return min(fitting, key=distance)


def _fits(mention: Mention, group: list[Mention]) -> bool:
    """True where the name may stand for what the group stands for; a group is judged by its fullest member."""
    full = group[0]
    if spelling.fold(mention.text) == spelling.fold(full.text):
        return True
    if mention.kind == "person":
        return _same_person(mention, full)
    if mention.kind == "nationality":
        return _demonym(mention.text) == _demonym(full.text)
    return _same_thing(mention.text, full.text, mention.kind)


def _same_person(mention: Mention, full: Mention) -> bool:
    parts, names = _parts(mention), _parts(full)
    if len(parts) == 1 and len(names) > 1 and parts[0] == names[0] and len(parts[0]) > 2:
        return True  # a first name alone
    return spelling.same_person(mention.text, full.text)


def _same_thing(short: str, full: str, kind: MentionKind) -> bool:
    """True where `short` is an acronym, a beginning or an end of the organisation's or place's name `full`."""
    if spelling.is_acronym_of(short, full):
        return True
    if spelling.known_as(short) is not None and spelling.known_as(short) == spelling.known_as(full):
        return True
    a, b = _core(short), _core(full)
    if not a or not b:
        return False
    if a == b or (len(a) == len(b) and all(map(spelling.spelt_alike, a, b)) and a[0][0] == b[0][0]):
        return True
    if len(a) >= len(b):
        return False
    if len(a) == 1:
        if a[0] in _GENERIC or len(a[0]) < 4 or _is_place_type(b[1:]):
            return False
        return a[0] == b[0] or (a[0] == b[-1] and len(b) == 2 and kind == "organisation")
    return a == b[: len(a)] or a == b[-len(a) :]


def _core(name: str) -> tuple[str, ...]:
    """The words of a name without the kind of place that follows in small letters: "Kitaro province" is Kitaro."""
    parts = name.split()
    while len(parts) > 1 and parts[-1] in _PLACE_TYPES:
        parts = parts[:-1]
    return spelling.words(" ".join(parts))


def _is_place_type(parts: tuple[str, ...]) -> bool:
    """True where a place's name goes on with what makes it another place: "Orana" is not "Orana Bridge"."""
    return bool(parts) and parts[-1] in _PLACE_TYPES | {
        "bridge",
        "bay",
        "dam",
        "street",
        "square",
        "airport",
        "lake",
        "beach",
        "coast",
    }


def _demonym(word: str) -> str:
    folded = spelling.fold(word)
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded


def _fullest(group: Sequence[Mention]) -> str:
    """The name of a group: most words first, then not in capitals, then not an acronym, then commonest, then earliest."""
    counts = Counter(m.text for m in group)
    best = min(
        group,
        key=lambda m: (-len(_parts(m)), m.text.isupper(), -counts[m.text], m.span.start),
    )
    if best.kind == "nationality":
        return min((m.text for m in group), key=len)
    return " ".join(best.text.split())
