"""Who does what to whom, where and with what: the arguments of a predicate from its tree."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reader.document import Clause
from dateline.reader.predicates import predicates
from dateline.reader.quantities import PEOPLE
from dateline.reader.verbs import lemma
from dateline.records import Argument, Mention, Role

_LEFT_OUT = frozenset(("acl", "appos", "parataxis", "punct", "advcl", "ccomp", "discourse", "list"))
_PLACE_WORDS = frozenset(
    (
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "across",
        "throughout",
        "along",
        "around",
        "above",
        "off",
        "over",
        "on",
        "into",
        "to",
        "from",
    )
)
_PLACE_SURE = frozenset(("in", "at", "near", "outside", "inside", "across", "throughout", "along", "around"))
_PLACE_NOUNS = frozenset(
    [
        "capital",
        "city",
        "town",
        "village",
        "region",
        "province",
        "district",
        "area",
        "country",
        "north",
        "south",
        "east",
        "west",
        "coast",
        "border",
        "river",
        "sea",
        "ocean",
        "valley",
        "street",
        "square",
        "hall",
        "building",
        "house",
        "school",
        "hospital",
        "church",
        "airport",
        "port",
        "station",
        "base",
        "camp",
        "market",
        "beach",
        "island",
        "mountain",
        "hill",
        "stadium",
        "court",
        "palace",
        "residence",
        "office",
        "factory",
        "plant",
        "mine",
        "dam",
        "bridge",
        "road",
        "square",
        "site",
        "zone",
        "centre",
        "center",
        "neighbourhood",
        "neighborhood",
        "hotel",
        "museum",
    ]
)
_GIVING = frozenset(
    [
        "give",
        "send",
        "hand",
        "tell",
        "award",
        "grant",
        "offer",
        "pay",
        "lend",
        "sell",
        "deliver",
        "ship",
        "show",
        "teach",
        "promise",
        "return",
        "transfer",
        "donate",
        "supply",
        "provide",
        "present",
        "allocate",
        "assign",
        "bring",
        "owe",
        "refund",
        "leave",
        "hand_over",
        "write",
        "donate",
        "issue",
    ]
)
_WITH_A_PARTNER = frozenset(
    [
        "clash",
        "meet",
        "talk",
        "fight",
        "speak",
        "agree",
        "deal",
        "cooperate",
        "compete",
        "negotiate",
        "trade",
        "play",
        "work",
        "live",
        "share",
        "side",
        "begin",
        "start",
        "end",
        "come",
        "remain",
        "go",
        "coincide",
    ]
)
_WITH_OBJECT_CONTROL = frozenset(
    [
        "accuse",
        "absolve",
        "acquit",
        "arrest",
        "ban",
        "bar",
        "blame",
        "chide",
        "cite",
        "clear",
        "condemn",
        "convict",
        "criticise",
        "criticize",
        "denounce",
        "deter",
        "discourage",
        "excuse",
        "fault",
        "fine",
        "forgive",
        "indict",
        "jail",
        "lambast",
        "mock",
        "pardon",
        "praise",
        "prevent",
        "punish",
        "quote",
        "rebuke",
        "reprimand",
        "reward",
        "ridicule",
        "sentence",
        "slam",
        "stop",
        "sue",
        "suspect",
        "thank",
        "warn",
    ]
)
_DEPTH = 6


def find(clause: Clause, word: int, mentions: Sequence[Mention], text: str) -> tuple[Argument, ...]:
    """The arguments of the event at `word` of the article's `text`, at most one a role, in the order of `Role`."""
    roles = _of_noun(clause, word) if _is_noun(clause, word) else _of_verb(clause, word)
    place = _place(clause, word, mentions)
    if place is not None and place not in roles.values():
        roles["place"] = place
    return tuple(_argument(clause, role, head, mentions, text) for role, head in roles.items())


def _is_noun(clause: Clause, word: int) -> bool:
    return clause.analysis.upos[word] in ("NOUN", "PROPN") and clause.child(word, "cop") is None


def _of_verb(clause: Clause, word: int) -> dict[Role, int]:
    roles: dict[Role, int] = {}
    passive = is_passive(clause, word)
    by = _with_case(clause, word, ("obl:agent", "obl"), "by") if passive else None
    doer = subject(clause, word)
    target = clause.child(word, "obj")
    if passive:
        if by is not None:
            roles["agent"] = by
        if doer is not None:
            roles["patient"] = doer
    else:
        if doer is not None:
            roles["agent"] = doer
        if target is not None:
            roles["patient"] = target
        elif (gap := _relative_object(clause, word)) is not None and gap != doer:
            roles["patient"] = gap
    recipient = clause.child(word, "iobj")
    if recipient is None and lemma(clause, word) in _GIVING:
        recipient = _with_case(clause, word, ("obl",), "to")
    if recipient is not None:
        roles["recipient"] = recipient
    instrument = _with_case(clause, word, ("obl",), "with", "using")
    if instrument is not None and _is_thing(clause, word, instrument):
        roles["instrument"] = instrument
    return roles


def _is_thing(clause: Clause, word: int, noun: int) -> bool:
    """True for what one can do something with: no people, and no partner in a talk, fight or deal."""
    if (
        clause.analysis.upos[noun] != "NOUN"
        or clause.lower(noun - 1) == "along"
        or clause.child(noun, "nmod:poss")
    ):
        return False
    return (
        clause.analysis.lemmas[noun].lower() not in PEOPLE
        and clause.analysis.lemmas[word].lower() not in _WITH_A_PARTNER
    )


def is_passive(clause: Clause, word: int) -> bool:
    """True for a passive verb, with or without its auxiliary ("treaties signed by Varga")."""
    if clause.child(word, "aux:pass", "nsubj:pass", "obl:agent") is not None:
        return True
    text, base = clause.lower(word), clause.analysis.lemmas[word].lower()
    relation = clause.analysis.deprels[word]
    if relation in ("acl", "amod") and clause.child(word, "nsubj") is None:
        return (not text.endswith("ing") and clause.child(word, "mark") is None and text != base) or text in (
            "held",
            "set",
            "cut",
            "hit",
            "put",
        )
    if relation == "conj" and clause.child(word, "nsubj", "aux", "obj") is None:
        head = clause.analysis.heads[word]
        same_form = text.endswith("ed") or text.endswith("n") or not text.endswith(("s", "ing"))
        return (
            text != base
            and same_form
            and clause.analysis.upos[head] == "VERB"
            and clause.child(head, "aux:pass") is not None
        )
    return False


def subject(clause: Clause, word: int) -> int | None:
    """Who the predicate is said of: its own subject, or one shared through conjunction, control or a relative clause."""
    current = word
    for _ in range(_DEPTH):
        own = clause.child(current, "nsubj", "nsubj:pass")
        if own is not None:
            return _antecedent(clause, current, own)
        relation, head = clause.analysis.deprels[current], clause.analysis.heads[current]
        if head < 0:
            return None
        if relation == "xcomp":
            controller = clause.child(head, "obj", "iobj")
            if controller is not None and lemma(clause, head) not in ("promise", "threaten"):
                return controller
        elif (controller := accused(clause, current, head)) is not None:
            return controller
        elif relation == "acl":
            if clause.analysis.upos[head] in ("NOUN", "PROPN", "PRON"):
                if any(clause.lower(c) == "to" for c in clause.children(current, "mark")):
                    return _holder(clause, head)
                return head
            return None
        elif relation not in ("conj", "advcl") or (relation == "advcl" and _has_conjunction(clause, current)):
            return None
        current = head
    return None


def accused(clause: Clause, word: int, head: int) -> int | None:
    """Who is blamed, thanked, kept or quoted: "accused Varga of hiding it", "fined the mill for leaking", "quoted her as saying"."""
    if clause.analysis.upos[head] != "VERB" or not clause.lower(word).endswith("ing"):
        return None
    if not {clause.lower(c) for c in clause.children(word, "mark", "case")} & {"of", "for", "from", "as"}:
        return None
    if lemma(clause, head) not in _WITH_OBJECT_CONTROL:
        return None
    return clause.child(head, "obj", "nsubj:pass")


def _holder(clause: Clause, noun: int) -> int | None:
    """Whose plan, promise or refusal it is: "their plan to leave", "Varga's promise to pay"."""
    owner = clause.child(noun, "nmod:poss")
    if owner is not None:
        return owner
    head = clause.analysis.heads[noun]
    if head >= 0 and clause.analysis.deprels[noun] == "obj":
        return clause.child(head, "nsubj")
    return None


def _has_conjunction(clause: Clause, word: int) -> bool:
    """True for a clause with a conjunction and a finite verb, which has its own subject or none ("when it rained")."""
    return any(clause.lower(c) in ("if", "because", "that", "whether") for c in clause.children(word, "mark"))


def _antecedent(clause: Clause, word: int, own: int) -> int:
    """The noun that a relative pronoun stands for, or the subject itself."""
    if clause.lower(own) in ("who", "which", "that", "whom") and clause.analysis.upos[own] == "PRON":
        current = word
        for _ in range(_DEPTH):
            if clause.analysis.deprels[current] == "acl":
                return clause.analysis.heads[current]
            if clause.analysis.deprels[current] != "conj":
                break
            current = clause.analysis.heads[current]
    return own


def _relative_object(clause: Clause, word: int) -> int | None:
    """The noun that a relative clause is about, where it is the object: "the soldiers it seized"."""
    target = next(
        (c for c in clause.children(word, "obj") if clause.lower(c) in ("which", "that", "whom")), None
    )
    if clause.analysis.deprels[word] != "acl" or clause.analysis.upos[word] != "VERB":
        return None
    if target is not None or (clause.child(word, "nsubj") is not None and clause.child(word, "obj") is None):
        own = clause.child(word, "nsubj")
        if own is not None and clause.lower(own) in ("who", "which", "that"):
            return None
        return clause.analysis.heads[word]
    return None


def _with_case(clause: Clause, word: int, relations: tuple[str, ...], *cases: str) -> int | None:
    for child in clause.children(word, *relations):
        if any(clause.lower(c) in cases for c in clause.children(child, "case")):
            return child
    return None


def _of_noun(clause: Clause, word: int) -> dict[Role, int]:
    """The arguments of a noun that names an event: "the annexation of Tarn by Vestria", "Vestria's withdrawal"."""
    roles: dict[Role, int] = {}
    by = _with_case(clause, word, ("nmod", "obl:agent"), "by")
    owner = clause.child(word, "nmod:poss")
    of = _with_case(clause, word, ("nmod",), "of")
    between = _with_case(clause, word, ("nmod",), "between", "with")
    against = _with_case(clause, word, ("nmod",), "against", "on")
    if by is not None:
        roles["agent"] = by
    if owner is not None and not _is_time(clause, owner):
        roles["patient" if by is not None else "agent"] = owner
    if of is not None and "patient" not in roles and not _is_time(clause, of):
        roles["patient"] = of
    elif against is not None and "patient" not in roles and not _is_time(clause, against):
        roles["patient"] = against
    if "agent" not in roles and between is not None:
        roles["agent"] = between
    if "patient" not in roles:
        compound = next(
            (
                c
                for c in clause.children(word, "compound")
                if clause.analysis.upos[c] in ("NOUN", "PROPN") and not _is_time(clause, c)
            ),
            None,
        )
        if compound is not None:
            roles["patient"] = compound
    head, relation = clause.analysis.heads[word], clause.analysis.deprels[word]
    if "agent" not in roles and head >= 0 and relation == "obj" and lemma(clause, head) in predicates().light:
        light = subject(clause, head)
        if light is not None:
            roles["agent"] = light
    return roles


def _is_time(clause: Clause, word: int) -> bool:
    token = clause.tokens[word]
    return any(t.start <= token.start < t.end for t in clause.analysis.times)


def _place(clause: Clause, word: int, mentions: Sequence[Mention]) -> int | None:
    """Where it happens: a place name or a noun of place beside the predicate, or beside the verb that it leans on."""
    spots = [word]
    head = clause.analysis.heads[word]
    if (
        head >= 0
        and clause.analysis.deprels[word] in ("obj", "nsubj", "nsubj:pass", "xcomp")
        and clause.analysis.upos[head] == "VERB"
    ):
        spots.append(head)
    best: int | None = None
    for spot in spots:
        for child in clause.children(spot, "obl", "nmod", "advmod"):
            cases = {clause.lower(c) for c in clause.children(child, "case")}
            if not cases & _PLACE_WORDS or _is_time(clause, child):
                continue
            named = _mention_at(clause, child, mentions)
            if named is not None and named.kind == "place":
                return child
            noun = clause.analysis.lemmas[child].lower() in _PLACE_NOUNS
            if best is None and noun and cases & (_PLACE_SURE | {"on"}):
                best = child
        if best is not None:
            return best
    return best


def _mention_at(clause: Clause, word: int, mentions: Sequence[Mention]) -> Mention | None:
    token = clause.tokens[word]
    return next((m for m in mentions if m.span.start <= token.start < m.span.end), None)


def _argument(clause: Clause, role: Role, head: int, mentions: Sequence[Mention], text: str) -> Argument:
    words = clause.subtree(head, without=_LEFT_OUT)
    words = _unbroken(clause, head, words)
    span = clause.span(words)
    token = clause.tokens[head]
    named = _mention_at(clause, head, mentions)
    if named is None:
        for child in (
            *clause.children(head, "appos", "flat", "compound"),
            *clause.children(head, "nmod")[:0],
        ):
            named = _mention_at(clause, child, mentions)
            if named is not None and (
                clause.analysis.deprels[child] != "compound" or named.span.end >= token.start - 1
            ):
                break
            named = None
    return Argument(
        role, span, span.of(text), clause.span((head,)), named.entity if named is not None else None
    )


def _unbroken(clause: Clause, head: int, words: list[int]) -> list[int]:
    """The words around the head without a gap, prepositions and marks at the edges left out."""
    kept = set(words)
    low = high = head
    while low - 1 in kept or (
        low - 2 in kept
        and clause.analysis.deprels[low - 1] == "punct"
        and clause.lower(low - 1) in ("-", "'", '"', "“", "”", ",")
    ):
        low -= 1
    while high + 1 in kept or (
        high + 2 in kept
        and clause.analysis.deprels[high + 1] == "punct"
        and clause.lower(high + 1) in ("-", "'", ",")
    ):
        high += 1
    while low < head and (
        (
            clause.analysis.deprels[low] in ("case", "punct", "cc", "mark")
            and clause.analysis.heads[low] == head
        )
        or clause.analysis.deprels[low] == "punct"
    ):
        low += 1
    return list(range(low, high + 1))
