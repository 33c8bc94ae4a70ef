"""What reports tell of an expectation: the sentences that say it happened, did not, was called off or was put off.

What a sentence tells is taken apart once for all expectations (`told`); `findings` then holds it against one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dateline.keeper import words
from dateline.keeper.matching import Claim, cosine
from dateline.keeper.words import Weights
from dateline.records import Event, Filed, Interval

FULFILMENT = 0.47
"""The least score of a sentence that settles an expectation."""

UNDATED = 0.6
"""The least score of a sentence that settles an expectation without a due day."""

_HINT = 0.3
"""The least score of a sentence that may still tell the day of what its neighbour reports."""

Verdict = Literal["happened", "did not", "called off", "put off"]

_DENIED = re.compile(r"\b(?:never|ever|not|no|without|failed|nobody|none|neither)\b|n['’]t\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|could|may|might|can|should|must|(?:due|expected|set|scheduled|plans?|planned|hopes?|likely|ready|going|about|vows?|promised|wants?|(?:is|are|was|were)) to)(?: (?:be|have|not|also|now))*\s*\Z|['’]ll\s*\Z",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[,:;“”\"]|\b(?:but|and|while|although|though|because|after|before|when|as|which|who|that)\b",
    re.IGNORECASE,
)
_SAID = frozenset(map(words.stem, ["say", "tell", "announce", "expect", "plan", "promise", "hope", "warn", "vow", "pledge", "predict", "forecast", "schedule", "add", "ask", "claim", "confirm", "repeat", "want", "think", "believe", "know", "call"]))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that tells what became of a claim. `day` is when that was, None where the sentence does not say."""

    filed: Filed
    sentence: int
    verdict: Verdict
    score: float
    day: Interval | None
    said: str


@dataclass(frozen=True)
class ToldEvent:
    """An event of a report with its surroundings, as every expectation is compared with it."""

    filed: Filed
    event: Event

    @cached_property
    def predicate(self) -> str:
        """The stems of the predicate, with its particle only where the table knows the two together."""
        whole = self.named
        return whole if whole in words.lexicon().happenings else whole.split()[0]

    @cached_property
    def named(self) -> str:
        """The stems of the whole predicate."""
        return words.phrase_stem(self.event.predicate)

    @cached_property
    def is_saying(self) -> str | None:
        """The stem of a predicate that tells of speech or plans, which settles nothing but what it names itself."""
        stem = words.stem(self.event.predicate)
        return stem if stem in _SAID else None

    @cached_property
    def is_bare(self) -> bool:
        """True for a predicate without an ending: mostly a noun, which names a happening rather than reports it."""
        return self.event.span.of(self.filed.article.text).lower() == self.event.predicate.lower()

    @cached_property
    def _nearby_text(self) -> str:
        """The words from a little before the predicate to a few behind it, within its sentence."""
        text, span = self.filed.article.text, self.event.span
        sentence = self.filed.reading.sentences[self.event.sentence]
        start = max(sentence.start, span.start - 12)
        while start > sentence.start and text[start - 1].isalnum():
            start -= 1
        return text[start : min(sentence.end, span.end + 45)]

    @cached_property
    def nearby(self) -> frozenset[str]:
        """The stems and phrases around the predicate."""
        return words.phrases(self._nearby_text)

    @cached_property
    def own_families(self) -> frozenset[int]:
        """The families of the predicate alone; none for a light one."""
        return words.happenings(() if self.predicate in words.lexicon().light else (self.predicate,))

    @cached_property
    def nearby_families(self) -> frozenset[int]:
        """The families of the phrases around that hold the predicate, or are a happening themselves."""
        table = words.lexicon()
        return words.happenings(
            p for p in self.nearby if " " in p and (self.predicate in p.split() or p in table.happenings)
        )

    @cached_property
    def leant_on(self) -> frozenset[int]:
        """The families of the words around a light predicate."""
        light = words.lexicon().light
        return words.happenings(w for w in words.stems(self._nearby_text) if w not in light)

    @cached_property
    def phrases_with_predicate(self) -> frozenset[str]:
        """The phrases around that hold the predicate's first word, and the predicate."""
        first = self.named.split()[0]
        return frozenset(p for p in self.nearby if first in p.split()) | {self.named}

    @cached_property
    def clause(self) -> tuple[str, str]:
        """The text before and behind the predicate, up to the next comma or conjunction."""
        sentence = self.filed.reading.sentences[self.event.sentence]
        before = self.filed.article.text[sentence.start : self.event.span.start]
        behind = self.filed.article.text[self.event.span.end : sentence.end]
        cuts = [m.end() for m in _BOUNDARY.finditer(before)]
        cut = _BOUNDARY.search(behind.replace(" and ", " & ", 1))
        return before[cuts[-1] :] if cuts else before, behind[: cut.start()] if cut else behind

    @cached_property
    def beside(self) -> frozenset[str]:
        """The content of the clause without the predicate."""
        return words.content(" ".join(self.clause)) - {self.named}

    @cached_property
    def is_announced(self) -> bool:
        """True where the words right before the predicate put it in the future."""
        sentence = self.filed.reading.sentences[self.event.sentence]
        start = self.event.span.start
        return _AHEAD.search(self.filed.article.text[max(sentence.start, start - 40) : start]) is not None

    @cached_property
    def follows_announcement(self) -> bool:
        """True where an expected predicate stands before the event in its clause: the "findings" of "will publish its findings"."""
        end = self.event.span.start
        start = end - len(self.clause[0])
        return any(
            x.sentence == self.event.sentence and start <= x.trigger.start < end
            for x in self.filed.reading.expectations
        )

    @cached_property
    def is_denied(self) -> bool:
        """True where the clause says before the predicate that it was not so."""
        return _DENIED.search(self.clause[0]) is not None

    @cached_property
    def clause_cancels(self) -> bool:
        """True where the clause tells of a cancellation."""
        return not words.lexicon().cancelling.isdisjoint(words.phrases(" ".join(self.clause)))

    @cached_property
    def sentence_families(self) -> frozenset[int]:
        """The families of all that the sentence names."""
        sentence = self.filed.reading.sentences[self.event.sentence]
        return words.happenings(words.phrases(sentence.of(self.filed.article.text)))

    @cached_property
    def day(self) -> Interval | None:
        """When the event was, by itself or by the only day that its sentence names."""
        published = self.filed.article.published
        interval = self.event.interval
        if interval is not None and interval.start <= published and _is_short(interval):
            return interval
        sentence = self.filed.reading.sentences[self.event.sentence]
        days = {
            t.interval
            for t in self.filed.reading.times
            if sentence.contains(t.span)
            and t.interval is not None
            and t.type in ("DATE", "TIME")
            and t.interval.start == t.interval.end <= published
        }
        return next(iter(days)) if len(days) == 1 else None


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence that tells of events: its content, that of the one before, and the events that are not announced in it."""

    number: int
    content: frozenset[str]
    before: frozenset[str]
    events: tuple[ToldEvent, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report taken apart for comparison."""

    filed: Filed
    sentences: tuple[ToldSentence, ...]


def told(report: Filed) -> Told:
    """A report's sentences that tell of events, taken apart."""
    reading, text = report.reading, report.article.text
    sentences = []
    for number, span in enumerate(reading.sentences):
        announced = {x.trigger for x in reading.expectations if x.sentence == number}
        events = tuple(
            ToldEvent(report, e)
            for e in reading.events
            if e.sentence == number and not any(e.span.overlaps(t) for t in announced)
        )
        if events:
            before = words.content(reading.sentences[number - 1].of(text)) if number else frozenset()
            sentences.append(ToldSentence(number, words.content(span.of(text)), before, events))
    return Told(report, tuple(sentences))


def findings(claim: Claim, reports: Sequence[Told], weights: Weights) -> list[Finding]:
    """Every sentence of `reports` that tells what became of the claim, scored, in the order given."""
    found = []
    for report in reports:
        if report.filed.article.published < claim.published and not claim.is_recalled:
            continue
        same = report.filed.article.id == claim.filed.article.id
        if same and not claim.is_recalled:
            continue
        for sentence in report.sentences:
            if same and sentence.number == claim.expectation.sentence:
                continue
            finding = _finding(claim, report.filed, sentence, weights)
            if finding is not None:
                found.append(finding)
    return found


def _finding(claim: Claim, report: Filed, sentence: ToldSentence, weights: Weights) -> Finding | None:
    fitting: list[tuple[ToldEvent, Verdict, float]] = []
    for event in sentence.events:
        if event.is_saying is not None and event.is_saying != claim.predicate:
            continue
        match = _fits(claim, event, weights) * (0.85 if event.is_bare else 1.0)
        verdict, match = _verdict(claim, event, match)
        if verdict is not None and match > 0.0:
            fitting.append((event, verdict, match))
    if not fitting:
        return None
    near = cosine(claim.filed, claim.expectation.sentence, report, sentence.number)
    shared = weights.share(claim.key, sentence.content)
    around = weights.share(claim.key, sentence.content | sentence.before)
    best: Finding | None = None
    for event, verdict, match in fitting:
        known = max(shared, 0.75 * weights.share(event.beside, claim.context))
        score = 0.45 * match + 0.3 * known + 0.15 * around + 0.1 * near
        if known < 0.15 and not (around >= 0.5 and near >= 0.5):
            score -= 0.15
        score = round(score, 4)
        if best is None or score > best.score:
            best = Finding(report, sentence.number, verdict, score, event.day, event.event.predicate)
    return best if best is not None and best.score >= _HINT else None


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
    if claim.families & event.nearby_families:
        return 0.85
    if claim.concerned & (event.own_families | event.nearby_families) and not event.is_bare:
        return 0.6
    if predicate in table.light and claim.families & event.leant_on:
        return 0.7
    return 0.0


def _verdict(claim: Claim, told: ToldEvent, match: float) -> tuple[Verdict | None, float]:
    """What an event says of the claim, and how well it fits: a cancellation need not name the predicate expected."""
    table = words.lexicon()
    realis = told.event.realis
    if realis not in ("actual", "negated"):
        return None, 0.0
    around = told.phrases_with_predicate
    is_end = bool(claim.families & words.happenings(["end", "lift"]))
    if not is_end:
        named = 0.9 if claim.families & told.sentence_families else 0.35
        if around & table.cancelling:
            return "called off", named
        if around & table.postponing:
            return "put off", named
    if realis == "actual":
        for expected, contrary in table.opposites:
            if claim.predicate in expected and around & contrary:
                return "did not", 0.9
    if realis == "negated":
        return "did not", match
    if told.is_announced or told.follows_announcement:
        return None, 0.0
    if told.is_denied:
        return "did not", match
    if not is_end and told.clause_cancels:
        return "called off", match
    return "happened", match


def _is_short(interval: Interval) -> bool:
    """True where an interval tells when something was, not merely since when."""
    return interval.granularity != "span" or (interval.end - interval.start).days <= 7
