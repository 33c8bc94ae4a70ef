"""What reports tell of expectations, by a judge that reads pairs of sentences.

Alone the judge takes too much for an outcome: its probability that an expected event happened is weighed with what the reader
says of both sentences (does the second tell the expected predicate as done, does it share the words of the event).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.keeper.judge import Judge
from dateline.keeper.ledger.candidates import Register
from dateline.keeper.ledger.claims import Claim, Passage, likenesses, passages, stems
from dateline.keeper.ledger.settings import settings
from dateline.records import Filed, Verdict


@dataclass(frozen=True)
class Told:
    """What a sentence tells of a claim, by probabilities: the judge's own, and of "happened" the weighed one."""

    claim: Claim
    passage: Passage
    chances: Mapping[Verdict, float]

    @property
    def verdict(self) -> Verdict:
        """The verdict that stands furthest above the probability that it takes; "unrelated" where it is likelier than all of them."""
        least = _least()
        best = max(least, key=lambda v: self.chances[v] - least[v])
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
        return self.verdict != "unrelated" and self.score >= _least()[self.verdict]


def _least() -> dict[Verdict, float]:
    s = settings()
    return {"happened": s.happened, "did not happen": s.against, "moved": s.moved, "again": s.again}


def judged(
    reports: Sequence[Filed], claims: Sequence[Claim], judge: Judge | None
) -> Mapping[int, Sequence[Told]]:
    """For each claim of the reports, by its number in their order, what their sentences tell of it.

    A sentence is held against claims of its own day and earlier ones only, so that what is told does not hang on what came
    later. Without a judge nothing is told.
    """
    found: defaultdict[int, list[Told]] = defaultdict(list)
    if judge is None:
        return found
    register = Register(claims)
    chosen = [pair for report in reports for pair in register.ranked(passages(report))]
    answers = judge.verdicts([claims[number].pair(passage) for number, passage in chosen])
    for (number, passage), chances in zip(chosen, answers, strict=True):
        happened = likelihood(signs(claims[number], passage, chances))
        found[number].append(Told(claims[number], passage, {**chances, "happened": happened}))
    return found


SIGNS = ("judge", "event", "told", "predicate", "cosine", "dated")
"""What is weighed for "happened": the judge's log odds of it, the share of the event's stems that the sentence
has, whether it tells the expected predicate as done, whether it has the word at all, the sentences' cosine, whether days were given."""


def signs(claim: Claim, passage: Passage, chances: Mapping[Verdict, float]) -> tuple[float, ...]:
    """One number for each of SIGNS."""
    event = stems(claim.expectation.event)
    return (
        _log_odds(chances["happened"]),
        len(event & passage.stems) / max(3, len(event)),
        float(any(e.realis == "actual" and claim.is_named_by(e) for e in passage.told)),
        float(claim.predicate in passage.stems),
        float(likenesses([claim.passage], [passage])[0, 0]),
        float(claim.due is not None),
    )


def likelihood(found: Sequence[float]) -> float:
    """The probability that a sentence with these SIGNS tells that the event happened: a logistic regression."""
    weigh = settings().happened_by
    total = weigh.bias + sum(w * x for w, x in zip(weigh.weights, found, strict=True))
    return 1 / (1 + math.exp(-total))


def _log_odds(chance: float) -> float:
    inside = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))
