"""Which sentences of a report may tell what became of an expectation: few enough that a judge can read them.

The ranking is a logistic one over cheap signs, fitted on labelled stories (`training.candidates`); its weights are in settings.toml.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from dateline.keeper.ledger.claims import Claim, Passage, cosines, whole_vectors
from dateline.keeper.ledger.settings import settings
from dateline.keeper.logistic import summed
from dateline.language.stems import stem

FEATURES = (
    "cosine", "share", "predicate", "names", "tells", "expects", "before", "in time", "after", "same report",
)  # fmt: skip
Floats = npt.NDArray[np.float64]
_NEVER = date.max.toordinal() + 1
_AT_ONCE = 1024
"""Sentences that are held against all claims at once: it bounds the memory that a very long report takes."""


def features(claim: Claim, passage: Passage, cosine: float) -> list[float]:
    """What the ranking sees of a claim and a sentence, one number for each of FEATURES."""
    words = claim.passage.stems
    due = claim.due
    happened = any(stem(e.predicate) == claim.predicate for e in passage.told)
    return [
        cosine,
        len(words & passage.stems) / max(3, len(words)),
        float(claim.predicate in passage.stems),
        float(min(3, len(claim.passage.names & passage.names))),
        float(happened),
        float(bool(passage.expectations)),
        float(due is not None and passage.published < due.start),
        float(due is not None and due.start <= passage.published <= due.end),
        float(due is not None and passage.published > due.end),
        float(passage.filed.article.id == claim.filed.article.id),
    ]


class Register:
    """Claims in the order of their reports, of which all that were voiced up to a day can be ranked at once."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._vectors = whole_vectors([c.passage for c in claims])
        self._words = _postings(c.passage.stems for c in claims)
        self._names = _postings(c.passage.names for c in claims)
        self._predicates = _postings((c.predicate,) for c in claims)
        self._long = np.array([max(3, len(c.passage.stems)) for c in claims], np.float64)
        self._days = np.array([c.published.toordinal() for c in claims], np.int64)
        self._first = np.array([c.due.start.toordinal() if c.due else _NEVER for c in claims], np.int64)
        self._last = np.array([c.due.end.toordinal() if c.due else -1 for c in claims], np.int64)

    def ranked(self, passages: Sequence[Passage]) -> list[tuple[int, Passage]]:
        """The pairs of a report's sentences with claims (by number) that are most worth reading, at most `pairs` of the settings.

        Claims of later days are left out, so that what is read of a report does not hang on what came after it.
        """
        if not passages or not self._claims:
            return []
        found: list[tuple[float, int, int]] = []
        for first in range(0, len(passages), _AT_ONCE):
            found += self._likely(passages, first)
        # ties go to the earlier claim and sentence
        return [(claim, passages[sentence]) for _, claim, sentence in sorted(found)[: settings().pairs]]

    def _likely(self, passages: Sequence[Passage], first: int) -> Iterable[tuple[float, int, int]]:
        """Of some sentences, from the `first` one on, those that are worth reading: how little so, the claim, the sentence."""
        some = passages[first : first + _AT_ONCE]
        ranking = settings().ranking
        scores = summed(ranking.bias, ranking.weights, self.signs(some))
        for claim, sentence in self._announced(some, len(scores)):
            scores[claim, sentence] = -np.inf
        claims, sentences = np.nonzero(scores >= settings().least)
        told = (-scores[claims, sentences]).tolist()
        return zip(told, claims.tolist(), (sentences + first).tolist(), strict=True)

    def signs(self, passages: Sequence[Passage]) -> list[Floats]:
        """FEATURES of the claims that were voiced up to the sentences' day, each (claims, sentences)."""
        day = passages[0].published.toordinal()
        count = int(np.searchsorted(self._days, day, "right"))
        shape = count, len(passages)
        share, predicate, names, happened = (np.zeros(shape) for _ in range(4))
        for j, passage in enumerate(passages):
            for word in passage.stems:
                share[_upto(self._words, word, count), j] += 1
                predicate[_upto(self._predicates, word, count), j] = 1
            for name in passage.names:
                names[_upto(self._names, name, count), j] += 1
            for event in passage.told:
                happened[_upto(self._predicates, stem(event.predicate), count), j] = 1
        first, last = self._first[:count], self._last[:count]
        dated = first != _NEVER
        report = passages[0].filed.article.id
        of_claim = (
            dated & (day < first),
            dated & (first <= day) & (day <= last),
            dated & (day > last),
            np.array([c.filed.article.id == report for c in self._claims[:count]], bool),
        )
        expects = np.array([bool(p.expectations) for p in passages], np.float64)
        return [
            cosines(self._vectors, whole_vectors(passages), count),
            share / self._long[:count, None],
            predicate,
            np.minimum(3, names),
            happened,
            np.broadcast_to(expects, shape),
            *(np.broadcast_to(sign.astype(np.float64)[:, None], shape) for sign in of_claim),
        ]

    def _announced(self, passages: Sequence[Passage], count: int) -> Iterable[tuple[int, int]]:
        """Each claim of the report with its own sentence, unless that tells how it ended ("was due on Monday, but")."""
        article = passages[0].filed.article.id
        place = {p.number: j for j, p in enumerate(passages)}
        for number in range(count - 1, -1, -1):
            claim = self._claims[number]
            if claim.published < passages[0].published:
                return
            own = place.get(claim.passage.number)
            if claim.filed.article.id == article and own is not None and not claim.is_over:
                yield number, own


def _postings(rows: Iterable[Iterable[Hashable]]) -> dict[Hashable, npt.NDArray[np.int64]]:
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for item in row:
            found[item].append(number)
    return {item: np.array(numbers, np.int64) for item, numbers in found.items()}


_NONE = np.zeros(0, np.int64)


def _upto(
    postings: dict[Hashable, npt.NDArray[np.int64]], item: Hashable, count: int
) -> npt.NDArray[np.int64]:
    """The rows below `count` that hold `item`."""
    found = postings.get(item, _NONE)
    return found[: found.searchsorted(count)]
