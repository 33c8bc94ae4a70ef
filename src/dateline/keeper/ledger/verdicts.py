"""What reports tell of expectations, by a judge that reads pairs of sentences.

The judge's probability that an expected event happened is weighed with what the reader says of both sentences (`happening.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.keeper.judge import Judge
from dateline.keeper.ledger.candidates import Register
from dateline.keeper.ledger.claims import Claim, Passage, Rarities, passages
from dateline.keeper.ledger.happening import cheap_signs, is_worth_asking, likelihood, with_answer
from dateline.keeper.ledger.sameness import place
from dateline.keeper.ledger.settings import settings
from dateline.records import StoryArticle, Verdict

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
        least = _least()
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
        return self.verdict != "unrelated" and self.score >= _least()[self.verdict]


def _least() -> dict[Verdict, float]:
    s = settings()
    return {"happened": s.happened, "did not happen": s.against, "moved": s.moved, "again": s.again}


def judged(
    reports: Sequence[StoryArticle], claims: Sequence[Claim], groups: Sequence[int], judge: Judge | None
) -> Mapping[int, Sequence[SentenceVerdict]]:
    """For each claim of the reports, by its number in their order, what their sentences tell of it.

    A sentence is held against claims of its own day and earlier ones only, so that what is told does not hang on what came
    later. The judge is asked only where its answer may be one that is taken, or may give an expectation other days: `groups` (of
    `sameness.grouped`) tells which claims may be one. Without a judge nothing is told.
    """
    found: defaultdict[int, list[SentenceVerdict]] = defaultdict(list)
    if judge is None:
        return found
    register, rarity = Register(claims), Rarities(claims)
    ranked = [pair for report in reports for pair in register.ranked(passages(report))]
    weighed = [(n, passage, cheap_signs(claims[n], passage, rarity)) for n, passage in ranked]
    voiced: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for claim, group in zip(claims, groups, strict=True):
        voiced[place(claim)].add(group)
    chosen = [
        (n, passage, signs)
        for n, passage, signs in weighed
        if is_worth_asking(signs) or groups[n] in voiced[passage.filed.article.id, passage.number]
    ]
    answers = judge.verdicts([claims[n].pair(passage) for n, passage, _ in chosen])
    for (n, passage, signs), chances in zip(chosen, answers, strict=True):
        happened = likelihood(with_answer(chances["happened"], signs))
        found[n].append(SentenceVerdict(claims[n], passage, {**chances, "happened": happened}))
    return found
