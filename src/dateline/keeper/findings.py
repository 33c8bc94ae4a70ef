"""What reports tell of an expectation: the sentences that say it happened, did not, was called off or was put off.

What a sentence tells is taken apart once for all expectations (`told`); `findings` then holds it against one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from dateline.keeper import words
from dateline.keeper.matching import Claim, cosine
from dateline.keeper.telling import Told, ToldEvent, ToldSentence, is_short
from dateline.keeper.words import Weights
from dateline.records import Filed, Interval

_HINT = 0.3
"""The least score of a sentence that may still tell the day of what its neighbour reports."""

_FITTING = 0.3
"""The least fit of a predicate that tells anything of the claim."""

_LEANING = frozenset(map(words.stem, ["be", "have", "get", "take", "make", "hold", "go", "come", "give", "put", "set", "begin", "start", "stand"]))  # fmt: skip
"""Light verbs that make one predicate with what follows: "set sail", "went on trial"."""

_CONCERNED = 0.3
"""How much of the claim's people and things a cancellation must name that does not name the predicate expected."""

_TELLING = 0.6
"""The weight of shared words from which they tell for certain that the same is meant: one rare word, or some of the common ones."""

_FORETOLD = re.compile(r"\b(?:will|wo|shall)\b|['’]ll\b", re.IGNORECASE)

_SPEECH = frozenset(map(words.stem, ["say", "tell", "add", "think", "believe", "know", "hope", "expect"]))
"""Predicates that come about in every report, so that nothing shows whether the one meant did."""

Verdict = Literal["happened", "did not", "called off", "put off"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that tells what became of a claim. `day` is when that was, None where the sentence does not say.

    `score` weighs all together. `fit`: how well the predicate fits what was expected and is told as done, in [0, 1].
    `named`: how much of who and what is expected its clause names, in [0, 1], and `shared` the number of those words;
    `mentioned`: their number in the whole sentence. `near`: the likeness of the sentence vectors. `is_background`: the
    sentence looks back to what was long before its report. `names_day`: it names just the days expected.
    """

    filed: Filed
    sentence: int
    verdict: Verdict
    score: float
    day: Interval | None
    said: str
    fit: float
    named: float
    shared: int
    mentioned: int
    near: float
    is_background: bool = False
    names_day: bool = False

    @property
    def published(self) -> date:
        """The day of the report."""
        return self.filed.article.published

    @property
    def text(self) -> str:
        """The sentence."""
        return self.filed.reading.sentences[self.sentence].of(self.filed.article.text)

    @property
    def close(self) -> float:
        """How far the sentence concerns the same people and things, whatever its predicate, in [0, 1]."""
        return (self.named + self.near) / 2


def findings(claim: Claim, register: Register, weights: Weights) -> list[Finding]:
    """Every sentence of the reports in `register` that tells what became of the claim, scored, in the order of the reports."""
    if claim.predicate in _SPEECH:
        return []
    found = []
    for report, sentence, events in register.of(claim):
        if report.article.published < claim.published and not claim.is_recalled:
            continue
        same = report.article.id == claim.filed.article.id
        if same and (not claim.is_recalled or sentence.number == claim.expectation.sentence):
            continue
        finding = _finding(claim, report, sentence, events, weights)
        if finding is not None:
            found.append(finding)
    return found


class Register:
    """The events of some reports, by what they may tell of, so that an expectation is held against few of them."""

    def __init__(self, reports: Iterable[Told]) -> None:
        table = words.lexicon()
        against = table.cancelling | table.postponing
        self._events: list[tuple[Filed, ToldSentence, ToldEvent]] = []
        self._by_predicate: defaultdict[str, list[int]] = defaultdict(list)
        self._by_family: defaultdict[int, list[int]] = defaultdict(list)
        self._against: list[int] = []
        self._contrary: list[list[int]] = [[] for _ in table.opposites]
        for report in reports:
            for sentence in report.sentences:
                for event in sentence.events:
                    self._add(report.filed, sentence, event, against)

    def _add(self, report: Filed, sentence: ToldSentence, event: ToldEvent, against: frozenset[str]) -> None:
        if event.event.realis not in ("actual", "negated") or event.predicate == "due":
            return
        number = len(self._events)
        self._events.append((report, sentence, event))
        self._by_predicate[event.predicate].append(number)
        leant_on = event.leant_on if event.predicate in _LEANING else frozenset()
        for family in event.own_families | event.nearby_families | leant_on:
            self._by_family[family].append(number)
        around = event.phrases_with_predicate
        if event.predicate in against or not around.isdisjoint(against):
            self._against.append(number)
        for numbers, (_, contrary) in zip(self._contrary, words.lexicon().opposites, strict=True):
            if not around.isdisjoint(contrary):
                numbers.append(number)

    def of(self, claim: Claim) -> Iterator[tuple[Filed, ToldSentence, list[ToldEvent]]]:
        """The events that may tell what became of a claim, by sentence, in the order of the reports."""
        numbers = set(self._by_predicate.get(claim.predicate, ())).union(self._against)
        for family in claim.families | claim.concerned:
            numbers.update(self._by_family.get(family, ()))
        for contrary, (expected, _) in zip(self._contrary, words.lexicon().opposites, strict=True):
            if claim.predicate in expected:
                numbers.update(contrary)
        ordered = (self._events[n] for n in sorted(numbers))
        for _, group in groupby(ordered, key=lambda found: id(found[1])):
            rows = list(group)
            yield rows[0][0], rows[0][1], [event for _, _, event in rows]


def _finding(
    claim: Claim, report: Filed, sentence: ToldSentence, events: Sequence[ToldEvent], weights: Weights
) -> Finding | None:
    fitting: list[tuple[ToldEvent, Verdict, float]] = []
    for event in events:
        if event.is_saying not in (None, claim.predicate):
            continue
        match = _fits(claim, event, weights) * (0.85 if event.is_bare else 1.0)
        verdict, match = _verdict(claim, event, match, weights)
        if verdict is None or match < _FITTING:
            continue
        if verdict == "happened" and event.certainty < 1.0 and _announces(claim, sentence, report):
            continue
        fitting.append((event, verdict, match))
    if not fitting:
        return None
    shared = weights.share(claim.key, sentence.content)
    near = shared
    if claim.filed.reading.vectors is not None and report.reading.vectors is not None:
        near = cosine(claim.filed, claim.expectation.sentence, report, sentence.number)
    around = weights.share(claim.key, sentence.content | sentence.before)
    best: Finding | None = None
    for event, verdict, match in fitting:
        known = max(shared, 0.75 * weights.share(event.beside, claim.context))
        score = 0.45 * match + 0.3 * known + 0.15 * around + 0.1 * near
        if known < 0.15 and not (around >= 0.5 and near >= 0.5):
            score -= 0.15
        score = round(score, 4)
        if score >= _HINT and (best is None or score > best.score):
            best = Finding(
                report,
                sentence.number,
                verdict,
                score,
                event.day,
                event.event.predicate,
                round(match, 4),
                round(_named(claim, event, weights), 4),
                sum(1 for w in claim.key if weights.share([w], event.beside)),
                sum(1 for w in claim.key if weights.share([w], sentence.content)),
                near,
                event.is_background,
                claim.due is not None and is_short(claim.due) and event.names(claim.due),
            )
    return best


def _announces(claim: Claim, sentence: ToldSentence, report: Filed) -> bool:
    """True for a sentence that says what the claim's says, in the same words, or announces an event of the same kind itself."""
    both = claim.said & sentence.content
    if len(both) >= 0.6 * len(claim.said | sentence.content):
        return True
    predicates = {
        words.stem(x.predicate) for x in report.reading.expectations if x.sentence == sentence.number
    }
    return claim.predicate in predicates or bool(claim.families & words.happenings(predicates))


def _named(claim: Claim, event: ToldEvent, weights: Weights) -> float:
    """How much of who and what is expected the event's own clause names; one or two common words count for little."""
    share = weights.share(claim.key, event.beside)
    whole = sum(map(weights.of, claim.key))
    return share * min(1.0, share * whole / _TELLING)


def _is_called_off(claim: Claim, event: ToldEvent, weights: Weights) -> float:
    """How far what a word of cancelling or putting off is said of is what the claim expects, in [0, 1]."""
    clause = words.content(" ".join(event.clause))
    if claim.families & event.clause_families and (
        claim.predicate in clause or weights.share(claim.key, clause) > 0.0
    ):
        return 0.9
    if claim.due is not None and is_short(claim.due) and event.names(claim.due):
        return 0.5
    if event.named in words.lexicon().physical:
        return 0.0
    return 0.35 if weights.share(claim.key, event.beside) >= _CONCERNED else 0.0


def _fits(claim: Claim, event: ToldEvent, weights: Weights) -> float:
    """How well an event's predicate fits what the claim expects, in [0, 1]."""
    table = words.lexicon()
    predicate = event.predicate
    if predicate == claim.predicate:
        if predicate not in table.light:
            return 1.0
        if weights.share(claim.key, event.beside) > 0.55:
            return 0.85
    if predicate in table.things and predicate not in table.happenings:
        return 0.0
    if claim.families & event.own_families:
        return 0.95
    if claim.predicate in table.cancelling and event.predicate in table.cancelling - table.physical:
        return 0.95
    if claim.families & event.nearby_families:
        return 0.85
    if claim.concerned & (event.own_families | event.nearby_families) and not event.is_bare:
        return 0.6
    if predicate in _LEANING and claim.families & event.leant_on:
        return 0.7
    return 0.0


def _verdict(claim: Claim, told: ToldEvent, match: float, weights: Weights) -> tuple[Verdict | None, float]:
    """What an event says of the claim, and how well it fits: a cancellation need not name the predicate expected."""
    table = words.lexicon()
    realis = told.event.realis
    if realis not in ("actual", "negated"):
        return None, 0.0
    around = told.phrases_with_predicate
    against = table.cancelling | table.postponing
    is_end = claim.predicate in against or bool(claim.families & words.happenings(["end", "lift"]))
    if not is_end and told.certainty > 0.0:
        if around & table.cancelling:
            return "called off", _is_called_off(claim, told, weights)
        if around & table.postponing:
            return "put off", _is_called_off(claim, told, weights)
    if realis == "actual":
        for expected, contrary in table.opposites:
            if claim.predicate in expected and around & contrary:
                return "did not", 0.9
    if realis == "negated" and _FORETOLD.search(told.clause[0]):
        return None, 0.0
    if realis == "negated":
        return "did not", match * (told.certainty or 1.0)
    if told.is_announced or told.follows_announcement:
        return None, 0.0
    if told.is_denied:
        return "did not", match
    if not is_end and told.is_cancelled:
        return "called off", match
    return "happened", match * told.certainty
