"""Events: the predicates that report something that happens, with their arguments, days and realis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.reader import arguments, dating, quantities, realis
from dateline.reader.document import Clause, Document
from dateline.reader.model import Trigger
from dateline.reader.predicates import predicates
from dateline.reader.verbs import lemma, particle_of, verb_group
from dateline.records import Event, Interval, Mention, Quantity, Realis, Span, TimeExpression

_NOUN_BY_MODEL = 0.5
"""Probability from which a noun that no table knows is taken for an event."""
_VERB_BY_MODEL = 0.08
"""Probability below which a verb is not taken for an event."""
_OPEN_TO_THE_MODEL = frozenset(("actual", "possible", "expected"))
_SURE_OF_REALIS = 0.65
"""Sureness of the rules above which the model is not asked."""
_MODEL_IS_SURE = 0.5
"""Probability from which the model's realis is taken."""
_ARRANGED = frozenset(
    ("hold", "organise", "organize", "plan", "schedule", "stage", "call", "set", "due", "begin", "end")
)
_AT = frozenset(("at", "in", "during", "after", "before", "since", "of"))
_UNSEEN = 0.5
"""Score of an event where the model says nothing."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    word: int
    score: float
    trigger: Trigger | None


def find(
    document: Document, times: Sequence[TimeExpression], mentions: Sequence[Mention]
) -> tuple[Event, ...]:
    """The events of the article, in text order.

    An event's `interval` is that of a time expression which governs it or of an event that happens with it, and None
    where the text gives no day.
    """
    found: list[Event] = []
    for number, clause in enumerate(document.clauses):
        sentence = clause.sentence
        here = [t for t in times if sentence.start <= t.span.start < sentence.end]
        named = [m for m in mentions if sentence.start <= m.span.start < sentence.end]
        found.extend(_in_sentence(document, number, clause, here, named))
    return tuple(sorted(found, key=lambda e: (e.span.start, e.span.end)))


def _in_sentence(
    document: Document,
    number: int,
    clause: Clause,
    times: Sequence[TimeExpression],
    mentions: Sequence[Mention],
) -> list[Event]:
    published = document.article.published
    candidates = {c.word: c for c in _candidates(clause)}
    governed = dating.governing(clause, times, candidates)
    _adjoin(clause, candidates, governed)
    _hand_over(clause, candidates, governed)
    states: dict[int, Realis] = {}
    dated: dict[int, Interval] = {}
    for word, candidate in candidates.items():
        beside = governed.get(word, [])
        ahead = dating.lies_ahead(beside, published)
        judged = realis.judge(clause, word, dated_ahead=ahead, dated=any(g.time.interval for g in beside))
        states[word] = _weigh(judged, candidate.trigger)
        interval = dating.date_of(beside, states[word], published, clause, word)
        if (
            states[word] == "expected"
            and interval is not None
            and _fell_through(clause, word, interval, published)
        ):
            states[word] = "negated"
        if interval is None and _goes_on_now(clause, word, states[word]):
            interval = Interval(published, published)
        if interval is not None:
            dated[word] = interval
    dated = {**dating.share(clause, list(candidates), states, dated), **dated}
    counted = quantities.find(clause)
    return [
        Event(
            span=_span(clause, word),
            sentence=number,
            predicate=lemma(clause, word).replace("_", " "),
            realis=states[word],
            arguments=arguments.find(clause, word, mentions, document.text),
            quantities=_quantities(clause, word, counted, candidates),
            interval=None if states[word] == "generic" else dated.get(word),
            score=round(candidate.score, 4),
        )
        for word, candidate in candidates.items()
    ]


def _adjoin(
    clause: Clause, candidates: dict[int, _Candidate], governed: dict[int, list[dating.Governing]]
) -> None:
    """Give a time to the event noun that it follows too: "said at the parade on Monday"."""
    for word, beside in list(governed.items()):
        for time in beside:
            first = next((i for i, t in enumerate(clause.tokens) if t.start >= time.time.span.start), 0)
            at = first - 2 if time.before else first - 1
            if at <= 0 or at == word or at not in candidates or clause.analysis.upos[at] != "NOUN":
                continue
            if (
                clause.analysis.deprels[at] in ("obl", "nmod")
                and {clause.lower(c) for c in clause.children(at, "case")} & _AT
            ):
                governed[at] = [*governed.get(at, []), time]


def _hand_over(
    clause: Clause, candidates: dict[int, _Candidate], governed: dict[int, list[dating.Governing]]
) -> None:
    """Give the time beside "moved", "planned" or "due" to the event that is moved, planned or due."""
    table = predicates()
    for word in list(governed):
        name = lemma(clause, word)
        planned = table.objects.get(name) == "expected" or clause.lower(word) in ("due", "scheduled", "set")
        if not planned and name not in table.movers:
            continue
        passive = (
            clause.child(word, "nsubj:pass", "aux:pass") is not None or clause.analysis.upos[word] == "ADJ"
        )
        noun = clause.child(word, "nsubj:pass", "nsubj") if passive else clause.child(word, "obj")
        passed = [
            g
            for g in governed[word]
            if name not in table.movers or g.before in ("to", "until", "till", "for", "")
        ]
        if noun is not None and noun in candidates and passed:
            governed[noun] = [*governed.get(noun, []), *passed]
        if name in table.movers:
            governed[word] = [g for g in governed[word] if g not in passed]


# ----------------------------------------------------------------------------------------------------- candidates


def _candidates(clause: Clause) -> list[_Candidate]:
    """The words of a sentence that name an event, in order."""
    triggers = {t.token: t for t in clause.analysis.triggers}
    seen = bool(triggers)
    found = []
    for word, upos in enumerate(clause.analysis.upos):
        trigger = triggers.get(word)
        probability = trigger.score if trigger is not None else 0.0 if seen else None
        if (
            (upos in ("VERB", "AUX") and _is_event_verb(clause, word, probability))
            or (upos == "NOUN" and _is_event_noun(clause, word, probability))
            or (upos in ("ADJ", "ADV", "NOUN", "ADP") and _is_coming_state(clause, word))
        ):
            found.append(_Candidate(word, _score(probability), trigger))
    return found


def _score(probability: float | None) -> float:
    return _UNSEEN if probability is None else max(probability, 0.05)


def _is_event_verb(clause: Clause, word: int, probability: float | None) -> bool:
    table = predicates()
    relation, base = clause.analysis.deprels[word], clause.analysis.lemmas[word].lower()
    if relation in ("aux", "aux:pass", "cop", "case", "mark", "cc", "fixed", "compound", "discourse", "det"):
        return False
    if (
        base in table.prepositional
        and relation in ("case", "mark", "advcl")
        and clause.child(word, "nsubj", "aux") is None
    ):
        return probability is not None and probability >= _NOUN_BY_MODEL
    if relation == "amod" and not (probability is not None and probability >= _NOUN_BY_MODEL):
        return False
    if base in table.not_events:
        if base in (
            "be",
            "have",
            "do",
            "may",
            "might",
            "can",
            "could",
            "shall",
            "should",
            "will",
            "would",
            "must",
        ):
            return False
        return probability is not None and probability >= _NOUN_BY_MODEL
    if _merely_announces(clause, word):
        return False
    return probability is None or probability >= _VERB_BY_MODEL


def _merely_announces(clause: Clause, word: int) -> bool:
    """True for "is expected to", "was going to" and the like, whose event is the one below."""
    complement = clause.child(word, "xcomp")
    if complement is None:
        return False
    name = lemma(clause, word)
    if name == "go" and clause.lower(word) == "going":
        return True
    return name in (
        "expect",
        "schedule",
        "set",
        "slate",
        "suppose",
        "poise",
        "tip",
        "forecast",
        "look",
        "begin",
        "start",
        "continue",
        "seem",
        "appear",
    )


def _is_event_noun(clause: Clause, word: int, probability: float | None) -> bool:
    """True for a noun that the model takes for an event, or that the table knows and a predicate treats as one."""
    likely = probability is not None and probability >= _NOUN_BY_MODEL
    relation, head = clause.analysis.deprels[word], clause.analysis.heads[word]
    if relation in ("compound", "flat") and not likely:
        return False
    table = predicates()
    if clause.analysis.lemmas[word].lower() in table.not_event_nouns:
        return False
    known = clause.analysis.lemmas[word].lower() in table.nominal or clause.lower(word) in table.nominal
    if probability is None or likely:
        return known or likely
    if known and any(clause.analysis.lemmas[c].lower() in _ARRANGED for c in clause.children(word, "acl")):
        return True
    if not known or head < 0 or relation not in ("obj", "nsubj", "nsubj:pass"):
        return False
    governor = lemma(clause, head)
    return (
        governor in table.light
        or governor in table.movers
        or governor in table.objects
        or clause.lower(head) in table.adjectives
    )


def _is_coming_state(clause: Clause, word: int) -> bool:
    """True for states said to be coming: "will be back", "are to be open", "is due in March", "expect the power back"."""
    relation, head = clause.analysis.deprels[word], clause.analysis.heads[word]
    if clause.child(word, "cop") is not None:
        if clause.lower(word) == "due" and clause.child(word, "xcomp") is None:
            return True
        return verb_group(clause, word).modal is not None
    if relation == "xcomp" and head >= 0 and clause.analysis.upos[word] in ("ADJ", "ADV"):
        return predicates().embedding.get(lemma(clause, head)) == "expected"
    return False


# -------------------------------------------------------------------------------------------------------- details


def _weigh(judged: realis.Judgement, trigger: Trigger | None) -> Realis:
    """The realis by the rules, or by the model where the rules have little to go by and it is sure.

    Negation shows in the words, so the model is not believed on it; nor on general truths, which it was hardly taught.
    """
    if trigger is None or judged.realis not in _OPEN_TO_THE_MODEL or judged.sure > _SURE_OF_REALIS:
        return judged.realis
    best = max(trigger.realis, key=lambda r: trigger.realis[r])
    return (
        best if best in ("expected", "possible") and trigger.realis[best] >= _MODEL_IS_SURE else judged.realis
    )


def _fell_through(clause: Clause, word: int, interval: Interval, published: date) -> bool:
    """True for a plan told in the past whose day is over: "the panel was to report on Tuesday"."""
    group = verb_group(clause, word)
    return group.modal == "be_to" and group.tense == "past" and interval.end < published


def _goes_on_now(clause: Clause, word: int, state: Realis) -> bool:
    """True for what is told as going on: "is weakening"."""
    if state != "actual" or clause.analysis.upos[word] != "VERB":
        return False
    group = verb_group(clause, word)
    return (
        group.progressive
        and group.tense == "present"
        and not group.perfect
        and clause.child(word, "xcomp", "ccomp") is None
    )


def _span(clause: Clause, word: int) -> Span:
    """The trigger with its particle, or a coming state with its "be"."""
    words = [word]
    particle = particle_of(clause, word)
    if particle is not None and particle - word <= 2:
        words.append(particle)
    copula = clause.child(word, "cop")
    if copula is not None and copula < word and word - copula <= 4:
        words.append(copula)
    return clause.span(words)


def _quantities(
    clause: Clause, word: int, counted: Sequence[tuple[int, Quantity]], candidates: dict[int, _Candidate]
) -> tuple[Quantity, ...]:
    """The quantities below an event and below no other event nearer to them."""
    found = []
    for noun, quantity in counted:
        owner = (
            noun if noun in candidates else next((a for a in clause.ancestors(noun) if a in candidates), None)
        )
        if owner == word:
            found.append(quantity)
    return tuple(found)
