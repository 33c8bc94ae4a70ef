"""Which records tell of the same event: expectations with one another, and with the sentences that report an outcome.

Two signals meet: the family of the predicate (a small lexicon of derivations, near-synonyms and converses) and the rest
of the words, each weighed by how rare it is in the story; the sentence vectors, where there are any, add a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.keeper import words
from dateline.keeper.words import Weights
from dateline.records import Event, Expectation, Filed, Interval

SAME_EXPECTATION = 0.58
"""The least likeness of two expectations with agreeing days that are one."""

REVISED_EXPECTATION = 0.55
"""The least likeness of two expectations with different days of which the later replaces the earlier."""

FULFILMENT = 0.47
"""The least score of a sentence that settles an expectation."""

_HINT = 0.3
"""The least score of a sentence that may still tell the day of what its neighbour reports."""

Verdict = Literal["happened", "did not", "called off", "put off"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One report's wording of an expectation, with what it is compared by.

    `families` are those of what is expected, `key` the stems of who and what is concerned, `sentence` the index of its
    sentence in the article.
    """

    filed: Filed
    expectation: Expectation
    families: frozenset[int]
    predicate: str
    key: frozenset[str]
    text: str
    context: frozenset[str]
    concerned: frozenset[int]

    @property
    def published(self) -> date:
        """The day of the report."""
        return self.filed.article.published

    @property
    def due(self) -> Interval | None:
        """The days in which it is expected."""
        return self.expectation.due

    @property
    def is_recalled(self) -> bool:
        """True where the report looks back: the days had begun before it was published."""
        return self.due is not None and self.due.start < self.published


def make_claim(filed: Filed, expectation: Expectation) -> Claim:
    """The claim of an expectation."""
    table = words.lexicon()
    predicate = words.stem(expectation.predicate)
    wording = words.phrases(expectation.event)
    longer = {p for p in wording if " " in p and predicate in p.split()}
    families = words.happenings({predicate, *longer} if predicate not in table.light else longer)
    nominal = expectation.trigger.of(filed.article.text).lower() in expectation.event.lower().split()
    if predicate in table.light or (not families and nominal):
        families |= words.happenings(w for w in wording if w not in table.light)
    sentence = filed.reading.sentences[expectation.sentence].of(filed.article.text)
    key = words.content(expectation.event) - {predicate}
    start = max(0, expectation.sentence - 1)
    context = words.content(
        filed.article.text[
            filed.reading.sentences[start].start : filed.reading.sentences[expectation.sentence].end
        ]
    )
    concerned = words.happenings(w for w in key if w not in table.light)
    return Claim(
        filed,
        expectation,
        families,
        predicate,
        key or words.content(expectation.event),
        sentence,
        context,
        concerned,
    )


def cosine(a: Filed, i: int, b: Filed, j: int) -> float:
    """The likeness of two sentences by their vectors, in [0, 1]; 0 where there are none."""
    if a.reading.vectors is None or b.reading.vectors is None:
        return 0.0
    return max(0.0, float(a.reading.vectors[i] @ b.reading.vectors[j]))


def likeness(a: Claim, b: Claim, weights: Weights) -> float:
    """How likely two claims expect the same event, in [0, 1], whatever their days."""
    if a.expectation.negated != b.expectation.negated:
        return 0.0
    family = 1.0 if a.predicate == b.predicate and a.predicate not in words.lexicon().light else 0.0
    family = max(family, 0.9 if a.families & b.families else 0.0)
    shared = max(
        weights.share(a.key, b.key | words.content(b.text)),
        weights.share(b.key, a.key | words.content(a.text)),
    )
    told = weights.share(a.key, b.key)
    near = cosine(a.filed, a.expectation.sentence, b.filed, b.expectation.sentence)
    score = 0.45 * family + 0.25 * shared + 0.2 * told + 0.1 * near
    if a.filed.article.id == b.filed.article.id and days_equal(a.due, b.due):
        apart = abs(a.expectation.sentence - b.expectation.sentence)
        if apart <= 2:
            score += 0.15
        if apart <= 4 and (_is_vague(a) or _is_vague(b)):
            score = max(score, 0.6)
    elif (
        a.due is not None
        and days_equal(a.due, b.due)
        and a.due.start == a.due.end
        and (_is_vague(a) or _is_vague(b))
    ):
        score = max(score, 0.5)
    if family == 0.0 and not (_is_vague(a) or _is_vague(b)):
        return min(score, 0.44)
    return min(1.0, score)


_VAGUE = frozenset(map(words.stem, ["attempt", "ceremony", "event", "occasion", "effort", "operation", "move", "step", "effort", "matter", "thing", "it", "we", "they", "process", "date", "place"]))  # fmt: skip


def _is_vague(claim: Claim) -> bool:
    """True for a wording that leans on what was said before: "we go", "the attempt", "the ceremony takes place"."""
    told = re.split(r"\b(?:in|at|on|near|of|for)\b", claim.expectation.event, maxsplit=1)[0]
    light = words.lexicon().light
    bare = claim.predicate in light and words.stems(told)[-1:] == (claim.predicate,)
    # "the strike begins" names what happens, "we go" does not
    return (bare and not words.happenings(words.content(told) - light)) or words.content(
        told
    ) <= _VAGUE | light


def days_equal(a: Interval | None, b: Interval | None) -> bool:
    """True where two intervals cover the same days, however they were told; False where one is unknown."""
    return a is not None and b is not None and (a.start, a.end) == (b.start, b.end)


def days_agree(a: Interval | None, b: Interval | None) -> bool:
    """True where two due intervals may be one: alike, one told more roughly than the other, or not told."""
    if a is None or b is None:
        return True
    if days_equal(a, b):
        return True
    shared = (min(a.end, b.end) - max(a.start, b.start)).days + 1
    longer = max((a.end - a.start).days, (b.end - b.start).days) + 1
    if shared <= 0:
        return False
    return shared / longer > 0.6 or a.end == b.end


def is_same(a: Claim, b: Claim, weights: Weights) -> bool:
    """True where two claims are one expectation in two wordings."""
    if not days_agree(a.due, b.due):
        return False
    needed = SAME_EXPECTATION
    if a.due is not None and days_equal(a.due, b.due) and (a.due.end - a.due.start).days <= 7:
        needed -= 0.13
    if a.due is None or b.due is None:
        needed += 0.12
    return likeness(a, b, weights) >= needed


_REVISING = frozenset(
    ["now", "instead", "postpon", "postpone", "delay", "resched", "reschedul", "reschedule", "moved", "move", "push", "put back", "slip", "another", "revis", "later than", "new dat", "put off", "set", "brought forward", "longer"]
)  # fmt: skip


def is_revision(new: Claim, old: Claim, weights: Weights) -> bool:
    """True where `new` gives the event that `old` expects another day."""
    if (
        new.due is None
        or old.due is None
        or days_agree(new.due, old.due)
        or (new.is_recalled and new.due.end < new.published)
    ):
        return False
    if new.published < old.published or new.expectation.strength == "conditional":
        return False
    needed = REVISED_EXPECTATION
    if not words.phrases(new.text) & _REVISING:
        needed += 0.15
    return likeness(new, old, weights) >= needed


# ------------------------------------------------------------------------------------------------------- outcomes


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that tells what became of a claim. `day` is when that was, None where the sentence does not say."""

    filed: Filed
    sentence: int
    verdict: Verdict
    score: float
    day: Interval | None
    said: str


def findings(claim: Claim, filed: Sequence[Filed], weights: Weights) -> list[Finding]:
    """Every sentence of `filed` that tells what became of the claim, scored, in the order given."""
    found = []
    for report in filed:
        if report.article.published < claim.published and not claim.is_recalled:
            continue
        same = report.article.id == claim.filed.article.id
        if same and not claim.is_recalled:
            continue
        for number in range(len(report.reading.sentences)):
            if same and number == claim.expectation.sentence:
                continue
            finding = _finding(claim, report, number, weights)
            if finding is not None:
                found.append(finding)
    return found


def _finding(claim: Claim, report: Filed, number: int, weights: Weights) -> Finding | None:
    reading = report.reading
    text = reading.sentences[number].of(report.article.text)
    here = words.content(text)
    before = words.content(reading.sentences[number - 1].of(report.article.text)) if number else frozenset()
    told = weights.share(claim.key, here)
    around = weights.share(claim.key, here | before)
    near = cosine(claim.filed, claim.expectation.sentence, report, number)
    events = [e for e in reading.events if e.sentence == number]
    announced = {x.trigger for x in reading.expectations if x.sentence == number}
    best: Finding | None = None
    for event in events:
        if any(event.span.overlaps(t) for t in announced) or words.stem(event.predicate) in _SAID - {
            claim.predicate
        }:
            continue
        match = _fits(claim, event, report, weights)
        if _is_bare(event, report):
            match *= 0.85
        verdict, match = _verdict(claim, event, match, report)
        if verdict is None or match == 0.0:
            continue
        beside = words.content(" ".join(_clause_around(event, report))) - {words.phrase_stem(event.predicate)}
        known = max(told, 0.75 * weights.share(beside, claim.context))
        score = 0.45 * match + 0.3 * known + 0.15 * around + 0.1 * near
        if known < 0.15 and not (around >= 0.5 and near >= 0.5):
            score -= 0.15
        finding = Finding(report, number, verdict, round(score, 4), _day(event, report), event.predicate)
        if best is None or finding.score > best.score:
            best = finding
    return best if best is not None and best.score >= _HINT else None


def _is_bare(event: Event, report: Filed) -> bool:
    """True for a predicate without an ending: mostly a noun, which names a happening rather than reports it."""
    return event.span.of(report.article.text).lower() == event.predicate.lower()


def _around(event: Event, report: Filed, *, reach: int = 45) -> str:
    """The words from a little before the predicate to a few behind it, within its sentence."""
    sentence = report.reading.sentences[event.sentence]
    start = max(sentence.start, event.span.start - 12)
    while start > sentence.start and report.article.text[start - 1].isalnum():
        start -= 1
    end = min(sentence.end, event.span.end + reach)
    return report.article.text[start:end]


def _fits(claim: Claim, event: Event, report: Filed, weights: Weights) -> float:
    """How well an event's predicate fits what the claim expects, in [0, 1]."""
    table = words.lexicon()
    predicate = words.phrase_stem(event.predicate)
    if predicate not in table.happenings:
        predicate = predicate.split()[0]
    if predicate == claim.predicate:
        if predicate not in table.light:
            return 1.0
        behind = words.content(_clause_around(event, report)[1])
        if weights.share(claim.key, behind) > 0.55:
            return 0.85
    if predicate in table.things and predicate not in table.happenings:
        return 0.0
    own = set() if predicate in table.light else {predicate}
    nearby = {
        p
        for p in words.phrases(_around(event, report))
        if " " in p and (predicate in p.split() or p in table.happenings)
    }
    if claim.families & words.happenings(own):
        return 0.95
    if claim.families & words.happenings(nearby):
        return 0.85
    if claim.concerned & words.happenings(own | nearby) and not _is_bare(event, report):
        return 0.6
    if predicate in table.light:
        leant_on = {w for w in words.stems(_around(event, report)) if w not in table.light}
        if claim.families & words.happenings(leant_on):
            return 0.7
    return 0.0


def _verdict(claim: Claim, event: Event, match: float, report: Filed) -> tuple[Verdict | None, float]:
    """What an event says of the claim, and how well it fits: a cancellation need not name the predicate expected."""
    table = words.lexicon()
    predicate = words.phrase_stem(event.predicate)
    nearby = words.phrases(_around(event, report))
    around = {p for p in nearby if predicate.split()[0] in p.split()} | {predicate}
    sentence = words.phrases(report.reading.sentences[event.sentence].of(report.article.text))
    named = 0.9 if claim.families & words.happenings(sentence) else 0.35
    if not claim.families & words.happenings(["end", "lift"]):
        if around & table.cancelling and event.realis in ("actual", "negated"):
            return "called off", named
        if around & table.postponing and event.realis in ("actual", "negated"):
            return "put off", named
    for expected, contrary in table.opposites:
        if claim.predicate in expected and event.realis == "actual" and (around & contrary):
            return "did not", 0.9
    if event.realis == "negated":
        return "did not", match
    if event.realis != "actual" or _is_announced(event, report):
        return None, 0.0
    before, behind = _clause_around(event, report)
    if _follows_announcement(event, report, before):
        return None, 0.0
    if _DENIED.search(before):
        return "did not", match
    if (
        not claim.families & words.happenings(["end", "lift"])
        and words.phrases(before + " " + behind) & table.cancelling
    ):
        return "called off", match
    return "happened", match


_DENIED = re.compile(r"\b(?:never|ever|not|no|without|failed|nobody|none|neither)\b|n['’]t\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|could|may|might|can|should|must|(?:due|expected|set|scheduled|plans?|planned|hopes?|likely|ready|going|about|vows?|promised|wants?|(?:is|are|was|were)) to)(?: (?:be|have|not|also|now))*\s*\Z|['’]ll\s*\Z",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[,:;“”\"]|\b(?:but|and|while|although|though|because|after|before|when|as|which|who|that)\b",
    re.IGNORECASE,
)


def _is_announced(event: Event, report: Filed) -> bool:
    """True where the words right before the predicate put it in the future."""
    sentence = report.reading.sentences[event.sentence]
    return (
        _AHEAD.search(report.article.text[max(sentence.start, event.span.start - 40) : event.span.start])
        is not None
    )


def _follows_announcement(event: Event, report: Filed, before: str) -> bool:
    """True where an expected predicate stands before the event in its clause: the "findings" of "will publish its findings"."""
    start = event.span.start - len(before)
    return any(
        start <= x.trigger.start < event.span.start
        for x in report.reading.expectations
        if x.sentence == event.sentence
    )


_SAID = frozenset(map(words.stem, ["say", "tell", "announce", "expect", "plan", "promise", "hope", "warn", "vow", "pledge", "predict", "forecast", "schedule", "add", "ask", "claim", "confirm", "repeat", "want", "think", "believe", "know", "call"]))  # fmt: skip


def _clause_around(event: Event, report: Filed) -> tuple[str, str]:
    """The text before and behind the predicate, up to the next comma or conjunction."""
    sentence = report.reading.sentences[event.sentence]
    before = report.article.text[sentence.start : event.span.start]
    behind = report.article.text[event.span.end : sentence.end]
    cuts = [m.end() for m in _BOUNDARY.finditer(before)]
    cut = _BOUNDARY.search(behind.replace(" and ", " & ", 1))
    return before[cuts[-1] :] if cuts else before, behind[: cut.start()] if cut else behind


def _day(event: Event, report: Filed) -> Interval | None:
    """When the event was, by itself or by the only day that its sentence names."""
    published = report.article.published
    if event.interval is not None and event.interval.start <= published and _is_short(event.interval):
        return event.interval
    sentence = report.reading.sentences[event.sentence]
    days = {
        t.interval
        for t in report.reading.times
        if sentence.contains(t.span)
        and t.interval is not None
        and t.type in ("DATE", "TIME")
        and t.interval.start == t.interval.end <= published
    }
    return next(iter(days)) if len(days) == 1 else None


def _is_short(interval: Interval) -> bool:
    """True where an interval tells when something was, not merely since when."""
    return interval.granularity != "span" or (interval.end - interval.start).days <= 7


def sentences_of(filed: Iterable[Filed]) -> Iterable[str]:
    """Every sentence of some articles."""
    for f in filed:
        for span in f.reading.sentences:
            yield span.of(f.article.text)
