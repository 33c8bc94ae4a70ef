"""Realis: whether an event is said to have happened (actual), to be coming (expected), to be open (possible), not to
have happened (negated), or to happen in general (generic); nested under what governs it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reader.document import Clause
from dateline.reader.predicates import predicates
from dateline.reader.verbs import VerbGroup, is_negated, lemma, verb_group
from dateline.records import Realis

_COMPLEMENTS = frozenset(("ccomp", "xcomp", "csubj", "csubj:pass"))
_TEMPORAL = frozenset(("once", "when", "whenever", "until", "till", "before", "after"))
_CONDITIONAL = frozenset(("if", "unless", "lest", "whether", "provided", "assuming"))
_ANNOUNCED = frozenset(
    (
        "due",
        "expect",
        "set",
        "schedule",
        "slate",
        "forecast",
        "expected",
        "scheduled",
        "slated",
        "likely",
        "poised",
    )
)
_DEPTH = 8
"""Governors looked at above an event."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A realis, how sure the rules are of it in [0, 1], and its grounds."""

    realis: Realis
    sure: float
    because: str = ""


def judge(clause: Clause, word: int, *, dated_ahead: bool = False, dated: bool = False) -> Judgement:
    """The realis of the event at `word`.

    `dated_ahead`: its day lies after the report; `dated`: it has a day at all (a dated event is not a general truth).
    """
    own = _own(clause, word, dated_ahead, dated)
    return _under(clause, word, own)


# ----------------------------------------------------------------------------------------------- the event itself


def _own(clause: Clause, word: int, dated_ahead: bool, dated: bool) -> Judgement:
    if clause.analysis.upos[word] in ("NOUN", "PROPN") and clause.child(word, "cop") is None:
        return _nominal(clause, word, dated_ahead)
    group = verb_group(clause, word)
    if group.negated:
        return Judgement("negated", 0.9, "negation")
    if not dated and is_general(clause, word, group):
        return Judgement("generic", 0.8, "general truth")
    if _is_conditional(clause, word):
        return Judgement("possible", 0.9, "condition")
    if group.modal == "be_to":
        return Judgement("expected", 0.9, "be to")
    if group.modal in ("will", "would") and _is_question(clause, word):
        return Judgement("possible", 0.8, "question")
    if group.modal == "will":
        return (
            Judgement("possible", 0.8, "condition")
            if _has_condition(clause, word)
            else Judgement("expected", 0.9, "will")
        )
    if group.modal == "would":
        if _has_condition(clause, word):
            return Judgement("possible", 0.9, "condition")
        if lemma(clause, word) == "have" and clause.child(word, "xcomp") is not None:
            return Judgement("possible", 0.8, "would have to")
        return Judgement("possible" if group.perfect else "expected", 0.7, "would")
    if group.modal == "should":
        return Judgement("expected" if dated_ahead else "possible", 0.6, "should")
    if group.modal is not None:
        return Judgement("possible", 0.8, group.modal)
    if _is_question(clause, word):
        return Judgement("possible", 0.6, "question")
    if (
        group.tense == "present"
        and not group.perfect
        and (dated_ahead or (group.progressive and dated_ahead))
    ):
        return Judgement("expected", 0.8, "present with a day ahead")
    if _is_imperative(clause, word, group):
        return Judgement("possible", 0.6, "imperative")
    hedge = next((c for c in clause.children(word, "advmod") if clause.lower(c) in predicates().likely), None)
    if hedge is not None:
        return Judgement("possible", 0.7, clause.lower(hedge))
    return Judgement("actual", 0.7 if group.finite else 0.5, group.tense)


def _nominal(clause: Clause, word: int, dated_ahead: bool) -> Judgement:
    """A noun that names an event: by its determiner, and by the predicate whose subject or object it is."""
    if is_negated(clause, word):
        return Judgement("negated", 0.8, "no")
    if any(clause.lower(c) == "without" for c in clause.children(word, "case")):
        return Judgement("negated", 0.8, "without")
    table = predicates()
    adjectives = {clause.lower(c) for c in clause.children(word, "amod", "acl")}
    if adjectives & {
        "planned",
        "proposed",
        "expected",
        "scheduled",
        "upcoming",
        "forthcoming",
        "future",
        "coming",
        "due",
    }:
        return Judgement("expected", 0.8, "planned")
    if adjectives & {"possible", "alleged", "potential", "suspected", "likely"}:
        return Judgement("possible", 0.8, "alleged")
    head, relation = clause.analysis.heads[word], clause.analysis.deprels[word]
    if head >= 0 and relation in ("obj", "nsubj:pass", "nsubj", "obl"):
        governor = lemma(clause, head)
        group = verb_group(clause, head)
        affected = (relation == "obj" and not group.passive) or relation == "nsubj:pass"
        effect = table.objects.get(governor) if affected else None
        if effect is not None:
            if group.negated:
                return Judgement("actual" if effect == "negated" else "negated", 0.6, governor)
            above = _under(clause, head, _own(clause, head, False, False))
            return Judgement(
                effect if above.realis == "actual" or effect == "negated" else above.realis, 0.7, governor
            )
        adjective = table.adjectives.get(clause.lower(head)) if relation == "nsubj" else None
        if adjective in ("expected", "possible", "negated"):
            return Judgement(adjective, 0.8, clause.lower(head))  # type: ignore[arg-type]
        if (
            clause.analysis.upos[head] in ("VERB", "AUX")
            and relation != "obl"
            and not affected_by_time(clause, head)
        ):
            above = _under(clause, head, _own(clause, head, dated_ahead, False))
            if (relation == "obj" and governor in table.light) or (
                relation in ("nsubj", "nsubj:pass") and above.realis != "actual"
            ):
                return above
    if head >= 0 and relation == "nmod":
        effect = table.nouns.get(clause.analysis.lemmas[head].lower())
        if effect is not None and _prepositions(clause, word) & {"of", "for", "to", "about", "on"}:
            return Judgement(effect, 0.6, clause.lower(head))
    if dated_ahead:
        return Judgement("expected", 0.7, "day ahead")
    return Judgement("actual", 0.5, "noun")


def affected_by_time(clause: Clause, word: int) -> bool:
    """True where the predicate moves its subject or object in time ("was moved to Tuesday")."""
    return lemma(clause, word) in predicates().movers


def _prepositions(clause: Clause, word: int) -> set[str]:
    return {clause.lower(c) for c in clause.children(word, "case")}


def is_general(clause: Clause, word: int, group: VerbGroup) -> bool:
    """True for what happens in general: "Roads will flood when drains are blocked", "A treaty binds a state"."""
    if (
        group.perfect
        or group.progressive
        or group.tense == "past"
        or group.modal not in (None, "will", "can")
    ):
        return False
    if not group.finite:
        return False
    habitual = any(clause.lower(c) in predicates().habitual for c in clause.children(word, "advmod"))
    subject = subject_of(clause, word)
    if subject is None:
        return False
    if habitual:
        return not _is_named(clause, subject)
    if not is_indefinite(clause, subject):
        return clause.lower(subject) == "you" and group.modal in ("will", "can")
    objects = clause.children(word, "obj")
    if group.modal in ("will", "can"):
        if any(
            _is_conditional(clause, c) or _marks(clause, c) & {"when", "once", "whenever"}
            for c in clause.children(word, "advcl")
        ):
            return True
        return bool(objects) and all(
            is_indefinite(clause, o) or clause.lower(o) in ("you", "people") for o in objects
        )
    return bool(objects) and all(
        is_indefinite(clause, o) and clause.child(o, "nummod") is None for o in objects
    )


def subject_of(clause: Clause, word: int) -> int | None:
    """The subject of a predicate, looked up at the verb that a conjunct shares it with."""
    for _ in range(_DEPTH):
        subject = clause.child(word, "nsubj", "nsubj:pass")
        if subject is not None:
            return subject
        if clause.analysis.deprels[word] != "conj":
            return None
        word = clause.analysis.heads[word]
    return None


def _is_named(clause: Clause, noun: int) -> bool:
    """True for a name; a capital at the head of the sentence makes none."""
    token = clause.tokens[noun]
    if any(n.start <= token.start < n.end for n in clause.analysis.names):
        return True
    return clause.analysis.upos[noun] == "PROPN" and noun > 0


def is_indefinite(clause: Clause, noun: int) -> bool:
    """True for a noun that names a kind: bare plural or "a", with no name, number or owner about it."""
    if clause.analysis.upos[noun] not in ("NOUN", "PROPN") or _is_named(clause, noun):
        return False
    for child in clause.children(noun, "det", "nummod", "nmod:poss", "amod", "compound", "acl", "nmod"):
        relation = clause.analysis.deprels[child]
        if relation == "det" and clause.lower(child) not in ("a", "an", "any", "all", "most", "every"):
            return False
        if relation in ("nummod", "nmod:poss") or clause.analysis.upos[child] == "PROPN":
            return False
        if relation == "nmod" and any(clause.analysis.upos[k] == "PROPN" for k in clause.subtree(child)):
            return False
    singular = clause.lower(noun) == clause.analysis.lemmas[noun].lower()
    return not singular or any(
        clause.lower(c) in ("a", "an", "any", "every") for c in clause.children(noun, "det")
    )


# ----------------------------------------------------------------------------------------------------- conditions


def _marks(clause: Clause, word: int) -> set[str]:
    return {clause.lower(c) for c in clause.children(word, "mark", "advmod")}


def _is_conditional(clause: Clause, word: int) -> bool:
    """True where the predicate is the condition itself: "if it rains", "were a vote held"."""
    if clause.analysis.deprels[word] == "conj":
        head = clause.analysis.heads[word]
        if clause.child(word, "mark") is None and clause.analysis.deprels[head] == "advcl":
            return _is_conditional(clause, head)
    marks = {clause.lower(c) for c in clause.children(word, "mark")}
    if marks & _CONDITIONAL or _follows_if(clause, word):
        return True
    return _is_inverted(clause, word)


def _follows_if(clause: Clause, word: int) -> bool:
    """True for the first verb after an "if" that the tree hangs elsewhere, up to the next comma."""
    if clause.analysis.upos[word] != "VERB" or clause.child(word, "mark") is not None:
        return False
    for at in range(word - 1, max(-1, word - 9), -1):
        text = clause.lower(at)
        if text in ("if", "unless"):
            return at == 0 or clause.lower(at - 1) != "as"
        if text == "," or clause.analysis.upos[at] == "VERB":
            return False
    return False


def _is_inverted(clause: Clause, word: int) -> bool:
    """True for "Were a vote held", "Had they known", "Should it rain"."""
    auxiliaries = clause.children(word, "aux", "aux:pass", "cop")
    subject = clause.child(word, "nsubj", "nsubj:pass")
    if not auxiliaries or subject is None or clause.tokens[-1].text == "?":
        return False
    first = auxiliaries[0]
    if clause.lower(first) not in ("were", "had", "should") or first > subject:
        return False
    return first == min(clause.subtree(word)) and clause.analysis.deprels[word] in (
        "advcl",
        "root",
        "ccomp",
        "parataxis",
    )


def _has_condition(clause: Clause, word: int) -> bool:
    """True where a condition hangs on the predicate (or on the verb it shares its subject with)."""
    for _ in range(_DEPTH):
        if any(_is_conditional(clause, c) for c in clause.children(word, "advcl")):
            return True
        head = clause.analysis.heads[word]
        if (
            head >= 0
            and clause.analysis.deprels[word] in ("ccomp", "parataxis")
            and any(
                _is_conditional(clause, c)
                for c in clause.children(head, "ccomp", "advcl", "parataxis")
                if c < word
            )
        ):
            return True
        if clause.analysis.deprels[word] != "conj":
            return False
        word = clause.analysis.heads[word]
    return False


def _is_announced(clause: Clause, word: int) -> bool:
    """True for headlines ("Ministry to close two ports") and for "a vote to be held"."""
    if not any(clause.lower(c) == "to" for c in clause.children(word, "mark")):
        return False
    relation = clause.analysis.deprels[word]
    if relation in ("root", "parataxis"):
        return clause.child(word, "nsubj", "nsubj:pass") is not None
    return relation == "acl" and clause.child(word, "aux:pass") is not None


def _is_question(clause: Clause, word: int) -> bool:
    return clause.tokens[-1].text == "?" and clause.analysis.deprels[word] == "root"


def _is_imperative(clause: Clause, word: int, group: VerbGroup) -> bool:
    if (
        clause.analysis.deprels[word] not in ("root", "parataxis")
        or group.modal
        or group.tense not in ("present", "base")
    ):
        return False
    return subject_of(clause, word) is None and clause.lower(word) == clause.analysis.lemmas[word].lower()


# ------------------------------------------------------------------------------------------------- what governs it


def _under(clause: Clause, word: int, own: Judgement) -> Judgement:
    """`own` as it stands under the predicates, nouns and adjectives above."""
    current, judgement = word, own
    for _ in range(_DEPTH):
        relation, head = clause.analysis.deprels[current], clause.analysis.heads[current]
        if head < 0:
            return judgement
        if relation == "conj":
            current = head
            if (
                own.because in ("will", "would", "condition")
                or clause.child(word, "mark", "nsubj", "nsubj:pass") is not None
            ) and clause.analysis.deprels[head] not in _COMPLEMENTS:
                return judgement
            continue
        effect, factor = _effect(clause, current, head, relation)
        if effect is None:
            return judgement
        if effect == "same":
            above = _own(clause, head, False, False)
            if above.realis != "actual" and judgement.realis in ("actual", "expected"):
                judgement = above
            elif above.realis == "negated" and judgement.realis == "negated":
                judgement = Judgement("actual", 0.5, "double negation")
        elif effect == "reported":
            if is_negated(clause, head) and judgement.realis == "actual":
                judgement = Judgement("possible", 0.6, "not said")
        else:
            judgement = _combine(judgement, effect, factor, clause, head)
        current = head
        if effect == "reported":
            continue
    return judgement


def _combine(judgement: Judgement, effect: str, factor: float, clause: Clause, head: int) -> Judgement:
    because = clause.lower(head)
    if effect == "negated":
        if is_negated(clause, head):
            return Judgement("actual", 0.6, f"not {because}") if judgement.realis != "possible" else judgement
        return Judgement("negated", factor, because)
    if effect == "expected":
        if is_negated(clause, head):
            return Judgement("negated", 0.8, f"not {because}")
        return (
            judgement
            if judgement.realis in ("negated", "possible", "generic")
            else Judgement("expected", factor, because)
        )
    if effect == "possible":
        return (
            judgement
            if judgement.realis in ("negated", "generic")
            else Judgement("possible", factor, because)
        )
    return judgement


def _effect(clause: Clause, word: int, head: int, relation: str) -> tuple[str | None, float]:
    """What `head` does to the event at `word` below it: an effect of the tables, or None where it is none of its business."""
    table = predicates()
    upos = clause.analysis.upos[head]
    infinitive = any(clause.lower(c) == "to" for c in clause.children(word, "mark"))
    if infinitive and relation in ("advcl", "ccomp", "acl", "xcomp", "csubj"):
        announced = clause.lower(head) if upos == "ADJ" else lemma(clause, head)
        if announced in _ANNOUNCED or clause.lower(head) in _ANNOUNCED:
            return "expected", 0.9
    if relation in _COMPLEMENTS:
        if upos == "ADJ":
            return table.adjectives.get(clause.lower(head), "reported" if not infinitive else None), 0.8
        name = lemma(clause, head)
        if name == "go" and infinitive and clause.lower(head) == "going":
            return "expected", 0.9
        if upos in ("NOUN", "PROPN"):
            return table.nouns.get(clause.analysis.lemmas[head].lower(), "reported"), 0.8
        effect = table.embedding.get(name) or table.embedding.get(clause.analysis.lemmas[head].lower())
        if name in ("stop", "quit") and not infinitive:
            return "same", 0.6
        if name in ("forget", "remember") and not infinitive:
            return "same", 0.6
        if name in ("tell", "warn") and not infinitive:
            return "reported", 0.8
        if name in ("insist", "argue", "claim", "suggest", "warn", "appear", "seem") and relation == "ccomp":
            return "reported", 0.7
        if name in ("order", "authorise", "authorize") and verb_group(clause, head).passive:
            return "possible", 0.6
        return effect or ("same" if relation == "xcomp" else "reported"), 0.8
    if relation == "acl" and infinitive:
        effect = table.nouns.get(clause.analysis.lemmas[head].lower())
        if effect is not None:
            return effect, 0.8
        if any(table.adjectives.get(clause.lower(c)) == "same" for c in clause.children(head, "amod")):
            return None, 0.0
        return ("expected" if clause.child(word, "aux:pass") is not None else "possible"), 0.6
    if relation == "acl" and any(clause.lower(c) == "that" for c in clause.children(word, "mark")):
        return table.nouns.get(clause.analysis.lemmas[head].lower()), 0.6
    if relation == "advcl":
        if any(clause.lower(c) == "without" for c in clause.children(word, "mark", "case")):
            return "negated", 0.8
        if infinitive:
            return "possible", 0.6
        ahead = verb_group(clause, head).modal in ("will", "would", "may", "can", "must", "be_to")
        if ahead and _marks(clause, word) & _TEMPORAL and verb_group(clause, word).tense == "present":
            return "expected", 0.7  # "will bind once it is signed", "will open when the frost has gone"
        if lemma(clause, head) in ("accuse", "suspect") and any(
            clause.lower(c) == "of" for c in clause.children(word, "mark", "case")
        ):
            return "possible", 0.8
        prevented = any(clause.lower(c) == "from" for c in clause.children(word, "mark"))
        if (prevented and table.embedding.get(lemma(clause, head)) == "negated") or (
            prevented and lemma(clause, head) in ("stop", "block", "keep", "halt")
        ):
            return "negated", 0.8
        rides = clause.child(word, "nsubj", "nsubj:pass", "mark") is None and clause.lower(word).endswith(
            "ing"
        )
        if rides and table.embedding.get(lemma(clause, word)) != "reported":
            return "same", 0.6  # a participle rides on its verb
    return None, 0.0
