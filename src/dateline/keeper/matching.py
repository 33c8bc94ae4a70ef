"""Which expectations are one, and which replaces another. What reports tell of them is in `findings`.

Two signals meet: the family of the predicate (a small lexicon of derivations, near-synonyms and converses) and the rest
of the words, each weighed by how rare it is in the story; the sentence vectors, where there are any, add a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.keeper import words
from dateline.keeper.words import Weights
from dateline.records import Expectation, Filed, Interval

SAME_EXPECTATION = 0.58
"""The least likeness of two expectations with agreeing days that are one."""

REVISED_EXPECTATION = 0.55
"""The least likeness of two expectations with different days of which the later replaces the earlier."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One report's wording of an expectation, with what it is compared by.

    `families` are those of what is expected, `key` the stems of who and what is concerned, `said` those of its sentence
    and `context` those of its sentence with the one before. `is_vague` where its wording leans on what was said before.
    """

    filed: Filed
    expectation: Expectation
    families: frozenset[int]
    predicate: str
    key: frozenset[str]
    text: str
    said: frozenset[str]
    context: frozenset[str]
    concerned: frozenset[int]
    is_vague: bool

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


_BEHIND = re.compile(
    r"(?<!\bceremony )(?<!\bsigning )\b(?:in|at|on|near|during|after|before|over|with|amid)\b", re.IGNORECASE
)
"""What only says where or about what something happens; a ceremony on a thing is that thing."""


def make_claim(filed: Filed, expectation: Expectation) -> Claim:
    """The claim of an expectation."""
    table = words.lexicon()
    predicate = words.stem(expectation.predicate)
    wording = words.phrases(expectation.event)
    longer = {p for p in wording if " " in p and predicate in p.split()}
    families = words.happenings({predicate, *longer} if predicate not in table.light else longer)
    nominal = expectation.trigger.of(filed.article.text).lower() in expectation.event.lower().split()
    if predicate in table.light or (not families and nominal):
        subject = words.happenings(
            words.phrases(_BEHIND.split(expectation.event, maxsplit=1)[0]) - table.light
        )
        families |= subject or words.happenings(w for w in wording if w not in table.light)
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
        words.content(sentence),
        context,
        concerned,
        _is_vague(expectation.event, predicate),
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
    if words.stems(a.expectation.event) == words.stems(b.expectation.event):
        family = 1.0
    family = max(family, 0.9 if a.families & b.families else 0.0)
    shared = max(
        weights.share(a.key, b.key | b.said),
        weights.share(b.key, a.key | a.said),
    )
    told = weights.share(a.key, b.key)
    near = cosine(a.filed, a.expectation.sentence, b.filed, b.expectation.sentence)
    score = 0.45 * family + 0.25 * shared + 0.2 * told + 0.1 * near
    if a.filed.article.id == b.filed.article.id and days_equal(a.due, b.due):
        apart = abs(a.expectation.sentence - b.expectation.sentence)
        if apart <= 4:
            score += 0.15
        if apart <= 4 and (a.is_vague or b.is_vague):
            score = max(score, 0.6)
    elif shared == 0.0 and not (a.is_vague or b.is_vague) and a.filed.article.id != b.filed.article.id:
        return min(score, 0.44)
    elif (
        a.due is not None
        and days_equal(a.due, b.due)
        and a.due.start == a.due.end
        and (a.is_vague or b.is_vague)
    ):
        score = max(score, 0.5)
    if family == 0.0 and not (a.is_vague or b.is_vague):
        return min(score, 0.44)
    return min(1.0, score)


_VAGUE = frozenset(map(words.stem, ["attempt", "ceremony", "event", "occasion", "effort", "operation", "move", "step", "effort", "matter", "thing", "it", "we", "they", "process", "date", "place"]))  # fmt: skip


def _is_vague(event: str, predicate: str) -> bool:
    """True for a wording that leans on what was said before: "we go", "the attempt", "the ceremony takes place"."""
    told = re.split(r"\b(?:in|at|on|near|of|for)\b", event, maxsplit=1)[0]
    light = words.lexicon().light
    bare = predicate in light and words.stems(told)[-1:] == (predicate,)
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
    ["now", "instead", "postpon", "postpone", "delay", "resched", "reschedul", "reschedule", "moved", "move", "push", "put back", "slip", "another", "revis", "later than", "new dat", "put off", "brought forward"]
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
    if not words.phrases(new.text) & _REVISING:
        return False
    return likeness(new, old, weights) >= REVISED_EXPECTATION


def sentences_of(filed: Iterable[Filed]) -> Iterable[str]:
    """Every sentence of some articles."""
    for f in filed:
        for span in f.reading.sentences:
            yield span.of(f.article.text)
