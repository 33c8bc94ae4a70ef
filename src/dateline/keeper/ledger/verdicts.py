"""What sentences of reports tell of expectations, by a judge that reads pairs of sentences.

Alone the judge takes too much for an outcome: its probability that an expected event happened is weighed with what the reader says of the
expectation and the sentence (does it tell the expected predicate as done, of the same people, on the days that were given), by a logistic
regression over signs of both. Fitted by `training.weighing`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.keeper.ledger.claims import (
    LEAST_WEIGHT,
    Claim,
    Passage,
    is_one,
    likenesses,
    participant,
    stems,
)
from dateline.keeper.ledger.settings import settings
from dateline.keeper.logistic import log_odds
from dateline.language.stems import stem
from dateline.records import Interval, Verdict

SIGNS = (
    "judge", "cosine", "event", "shorter event", "told", "denied", "agent", "patient", "on its days", "before", "in time", "after",
    "late", "no days", "wide days", "same day", "headline", "expects", "expects the same", "actual", "same report", "lead", "negated",
    "possible",
)  # fmt: skip
"""What is weighed: the judge's log odds; the cosine of the sentences; the share of the event's words that the sentence has, each by
its rarity, of the event and of the shorter of both; the expected predicate told as done, or denied; one agent; one of the expected
participants in any part; the told day among the due days; the report before, in or after them; the logarithm of the days that it came
late; no due days; the logarithm of their number; the report of the claim's day; a headline; the sentence expects something, or the
expected predicate; the share of its events that are actual; the claim's report; a report's first sentences; the claim negated, or possible."""
SPEAK_AGAINST = frozenset(("denied", "expects", "expects the same"))
"""Those that speak only against its having happened."""
_LEAD = 4
"""Sentences that open a report."""
Rarity = Callable[[str], float]
_AGAINST: tuple[Verdict, ...] = ("did not happen", "moved")


@dataclass(frozen=True)
class SentenceVerdict:
    """What a sentence tells of a claim, by probabilities: the judge's own, and of "happened" the weighed one."""

    claim: Claim
    passage: Passage
    chances: Mapping[Verdict, float]

    @property
    def verdict(self) -> Verdict:
        """The verdict that stands furthest above the probability that it takes; "unrelated" where it is likelier than all of them.

        What the judge may well hold for not happened, or moved, has not happened, however much else speaks for that.
        """
        least = self._least
        denied = any(self.chances[v] >= settings().denied for v in _AGAINST)
        best = max(_AGAINST if denied else least, key=lambda v: self.chances[v] - least[v])
        if self.chances[best] < least[best] and self.chances["unrelated"] >= self.chances[best]:
            return "unrelated"
        return best

    @property
    def score(self) -> float:
        """The probability of the verdict."""
        return self.chances[self.verdict]

    @property
    def is_taken(self) -> bool:
        """True where the verdict is sure enough to be taken."""
        return self.verdict != "unrelated" and self.score >= self._least[self.verdict]

    @property
    def _least(self) -> dict[Verdict, float]:
        """The probability that each verdict takes."""
        s = settings()
        least = least_to_happen(self.claim)
        return {"happened": least, "did not happen": s.against, "moved": s.moved, "again": s.again}


def least_to_happen(claim: Claim) -> float:
    """The probability from which a sentence is taken to tell that what a claim expects happened: without days more is like it."""
    return settings().happened if claim.due is not None else settings().undated


def told_day(claim: Claim, passage: Passage) -> Interval | None:
    """The day that the sentence gives for what happened: of the expected predicate where it can be, else of any."""
    dated = [e for e in passage.told if e.realis == "actual" and e.interval is not None]
    own = [e for e in dated if claim.is_named_by(e)]
    return (own or dated)[0].interval if dated else None


def signs(
    claim: Claim, passage: Passage, chances: Mapping[Verdict, float], rarity: Rarity
) -> tuple[float, ...]:
    """One number for each of SIGNS; `rarity` weighs a stem."""
    return with_answer(chances["happened"], cheap_signs(claim, passage, rarity))


def with_answer(happened: float, cheap: Sequence[float]) -> tuple[float, ...]:
    """All of SIGNS, from the judge's probability of "happened" and `cheap_signs`."""
    return log_odds(happened), *cheap


def cheap_signs(claim: Claim, passage: Passage, rarity: Rarity) -> tuple[float, ...]:
    """Those of SIGNS for which no judge is asked: all but the first."""
    return (
        float(likenesses([claim.passage], [passage])[0, 0]),
        *_words(claim, passage, rarity),
        *_events(claim, passage),
        *_days(claim, passage),
        *_standing(claim, passage),
    )


def _words(claim: Claim, passage: Passage, rarity: Rarity) -> tuple[float, float]:
    event, sentence = stems(claim.expectation.event), passage.stems
    of_event, of_sentence, shared = (
        math.fsum(map(rarity, words)) for words in (event, sentence, event & sentence)
    )
    return shared / max(of_event, LEAST_WEIGHT), shared / max(min(of_event, of_sentence), LEAST_WEIGHT)


def _events(claim: Claim, passage: Passage) -> tuple[float, ...]:
    named = {e.realis for e in passage.events if claim.is_named_by(e)}
    told = [
        {r: participant(passage.filed, e.argument(r)) for r in ("agent", "patient")} for e in passage.told
    ]
    agent, patient = claim.participant("agent"), claim.participant("patient")
    return (
        float("actual" in named),
        float("negated" in named),
        float(any(is_one(agent, t["agent"]) for t in told)),
        float(
            any(
                is_one(patient, t["patient"]) or is_one(patient, t["agent"]) or is_one(agent, t["patient"])
                for t in told
            )
        ),
    )


def _days(claim: Claim, passage: Passage) -> tuple[float, ...]:
    due, published = claim.due, passage.published
    same_day = float(published == claim.published)
    if due is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, same_day
    day = told_day(claim, passage)
    late = max(0, (published - due.end).days)
    return (
        float(day is not None and day.overlaps(due)),
        float(published < due.start),
        float(due.contains(published)),
        float(late > 0),
        math.log1p(late),
        0.0,
        math.log1p((due.end - due.start).days),
        same_day,
    )


def _standing(claim: Claim, passage: Passage) -> tuple[float, ...]:
    text = passage.filed.article.text
    expected = {stem(w) for x in passage.expectations for w in (x.predicate, x.trigger.of(text))}
    actual = sum(e.realis == "actual" for e in passage.events)
    return (
        float(passage.is_headline),
        float(bool(passage.expectations)),
        float(bool(expected & {claim.predicate, stem(claim.expectation.predicate)})),
        actual / max(1, len(passage.events)),
        float(passage.filed.article.id == claim.filed.article.id),
        float(passage.number < _LEAD),
        float(claim.expectation.negated),
        float(claim.expectation.strength == "possible"),
    )


def likelihood(found: Sequence[float]) -> float:
    """The probability that a sentence with these SIGNS tells that the event happened."""
    return settings().happened_by.likelihood(found)
