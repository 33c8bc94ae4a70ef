"""What became of an expectation, as of a day.

Met: a report tells that it happened in its days. Met late: it happened afterwards. Missed: a report says it did not happen, was
called off or was given another day, and none says that it happened after all. Overdue: its days are over and no report tells.
Open: they are not over, or it has none. Sentences that say something of it and settle nothing are set aside, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import dropwhile

from dateline.keeper.ledger import objections
from dateline.keeper.ledger.claims import Claim, order
from dateline.keeper.ledger.rows import Row
from dateline.keeper.ledger.settings import settings
from dateline.keeper.ledger.verdicts import SentenceVerdict, told_day
from dateline.keeper.versions import evidence, latest_versions
from dateline.records import (
    SETTLED,
    Evidence,
    ExpectationSource,
    Interval,
    LedgerEntry,
    Outcome,
    Status,
    StoryArticle,
    WeighedSentence,
)

_SOON = timedelta(days=7)
"""How long after its days a report without a day of its own may still tell of an event in them."""
_MOVED = 0.6
"""How sure it is that an expectation was moved where a later one with another day is all that says so."""
_SHOWN = 5
"""Sentences that an outcome is explained by."""


@dataclass(frozen=True)
class OutcomeSentence:
    """A sentence held against a row, and why it settles nothing ("" where it may)."""

    told: SentenceVerdict
    objection: str

    @property
    def evidence(self) -> Evidence:
        """The sentence."""
        return evidence(self.told.passage.filed, self.told.passage.span)


def entry(story: str, row: Row, reports: Sequence[StoryArticle], as_of: date) -> LedgerEntry:
    """The row as the notebook keeps it, where `reports` are those that were searched for what became of it."""
    latest = row.claims[-1]
    told = _outcome_sentences(row)
    outcomes = [_outcome(row, claim, claim.due, told, as_of)[0] for claim in row.claims]
    outcome, settling = _outcome(row, latest, row.due, told, as_of, _searched(row, reports))
    weighed = _explained(told, latest, row.due, settling)
    return LedgerEntry(
        id=row.id,
        story=story,
        event=_fullest(row),
        holder=latest.expectation.holder,
        due=row.due,
        strength=latest.expectation.strength,
        sources=tuple(
            ExpectationSource(evidence(c.filed, c.expectation.span), c.expectation.holder, c.due, o.status)
            for c, o in zip(row.claims, outcomes, strict=True)
        ),
        outcome=replace(outcome, weighed=weighed),
        revises=row.revises.id if row.revises else None,
        score=max(c.expectation.score for c in row.claims),
    )


def is_shown(entry: LedgerEntry) -> bool:
    """False for a row that is kept, and listed only where all is asked for."""
    return entry.score >= settings().shown_expectations


def _searched(row: Row, reports: Sequence[StoryArticle]) -> int:
    """How many reports came on the days on which one may tell of it, after the first that voices it."""
    first = row.claims[0]
    since = max(first.published, row.due.start) if row.due else first.published
    voiced = first.filed.article.id
    return sum(f.article.published >= since and f.article.id != voiced for f in latest_versions(reports))


def _fullest(row: Row) -> str:
    """The first wording that is a clause and no long sentence."""
    return min((c.expectation.event for c in row.claims), key=lambda e: (len(e.split()) < 4, len(e) > 200))


def _outcome(
    row: Row,
    claim: Claim,
    due: Interval | None,
    told: Sequence[OutcomeSentence],
    as_of: date,
    searched: int = 0,
) -> tuple[Outcome, list[OutcomeSentence]]:
    """The outcome for one source of a row, by the days that it gave, and what tells it.

    What happened goes before what did not, and that before a move.
    """
    allowed = [t for t in told if not _by_days(t, claim, due)]
    happened, against, moved = (
        [t for t in allowed if t.told.verdict == verdict]
        for verdict in ("happened", "did not happen", "moved")
    )
    settling = _from_the_first(happened or against or (moved if due is not None else []))
    if happened:
        outcome = _happened(settling[0], due)
    elif against:
        outcome = _missed(settling[0], "a report says that it did not happen")
    elif settling:
        outcome = _missed(settling[0], _ANOTHER_DAY)
    else:
        outcome = _replaced(row, due) or waiting(due, as_of, searched)
    told_by = _further(settling) or ((outcome.evidence,) if outcome.evidence else ())
    return replace(outcome, told_by=told_by, searched=searched), settling


def _from_the_first(told: list[OutcomeSentence]) -> list[OutcomeSentence]:
    """Those from the earliest on that is about as sure as the surest: a passing word does not outweigh the news itself."""
    surest = max((t.told.score for t in told), default=0.0)
    return list(dropwhile(lambda t: t.told.score < settings().as_sure * surest, told))


_ANOTHER_DAY = "it was given another day, and no report says that it happened"


def _happened(sentence: OutcomeSentence, due: Interval | None) -> Outcome:
    """Met or met late, by the day that the report gives or the day of the report."""
    told = sentence.told
    published = told.passage.published
    if due is None:
        return Outcome("met", sentence.evidence, None, told.score, f"reported on {published}")
    day = told_day(told.claim, told.passage)
    if day is not None and day.start > due.end:
        late = (day.start - due.end).days
        reason = f"it happened on {_days(day)}, {late} days after {due.end}"
    elif day is None and published - due.end > _SOON:
        late = (published - due.end).days
        reason = f"reported on {published}, {late} days after {due.end}"
    else:
        return Outcome(
            "met", sentence.evidence, None, told.score, f"reported on {published}, due {_days(due)}"
        )
    return Outcome("met late", sentence.evidence, late, told.score, reason)


def _missed(sentence: OutcomeSentence, reason: str) -> Outcome:
    return Outcome("missed", sentence.evidence, None, sentence.told.score, reason)


def _replaced(row: Row, due: Interval | None) -> Outcome | None:
    """Missed where a later report gave it a later day, though none says that it was moved."""
    for newer in row.revised_by:
        first = newer.claims[0]
        if due is not None and first.due is not None and first.due.start > due.end:
            return Outcome(
                "missed", evidence(first.filed, first.expectation.span), None, _MOVED, _ANOTHER_DAY
            )
    return None


def waiting(due: Interval | None, as_of: date, searched: int = 0) -> Outcome:
    """What is said of an expectation of which no report tells: all that depends on the day of asking."""
    if due is None:
        return Outcome("open", None, None, 0.6, "no due day was given and no report of it was found")
    if as_of <= due.end:
        return Outcome("open", None, None, 0.8, f"due {_days(due)}, which is not over on {as_of}")
    late = (as_of - due.end).days
    found = (
        "no report of it was found" if searched == 0 else f"none of the {searched} reports since tells of it"
    )
    if searched == 1:
        found = "the one report since does not tell of it"
    return Outcome(
        "overdue", None, late, 0.6, f"due {_days(due)}; {late} days later {found}", searched=searched
    )


def on_day(entries: Iterable[LedgerEntry], day: date) -> list[LedgerEntry]:
    """The ledger of the same articles as of another day, at no cost: only what is open or overdue depends on it.

    Equal to a fresh `ledger` where no article lies between the two days and none is later than either.
    """
    return [_entry_on_day(entry, day) for entry in entries]


def standing(status: Status, due: date | None, day: date) -> Status:
    """What `status` is on `day`, given the last due day: only what no report has settled changes with the day."""
    if status in SETTLED:
        return status
    return "open" if due is None or day <= due else "overdue"


def _entry_on_day(entry: LedgerEntry, day: date) -> LedgerEntry:
    sources = tuple(
        replace(s, status=waiting(s.due, day).status) if s.status not in SETTLED else s for s in entry.sources
    )
    outcome = entry.outcome
    if outcome.status not in SETTLED:
        searched = outcome.searched
        outcome = replace(waiting(entry.due, day, searched), weighed=outcome.weighed, searched=searched)
    return replace(entry, sources=sources, outcome=outcome)


def _outcome_sentences(row: Row) -> list[OutcomeSentence]:
    """What was told of a row and of those that replace it, the earliest reports first and of one report the surest sentence."""
    chain = list(row.chain())
    announced = {c.passage.place for r in chain for c in r.claims}
    found = [OutcomeSentence(t, _objection(t, announced)) for r in chain for t in r.told]
    return sorted(
        found,
        key=lambda t: (order(t.told.passage.filed), -t.told.score, t.told.passage.number, order(t.told.claim.filed)),
    )  # fmt: skip


def _objection(told: SentenceVerdict, announced: set[tuple[str, int]]) -> str:
    passage, claim = told.passage, told.claim
    if told.verdict in ("unrelated", "again"):
        return "expects it once more" if told.verdict == "again" else "tells of something else"
    if not told.is_taken:
        return "not sure enough"
    why = objections.to_happening(claim, passage, announced)
    return why if told.verdict == "happened" or passage.is_headline else ""


def _by_days(sentence: OutcomeSentence, claim: Claim, due: Interval | None) -> str:
    """Why a sentence settles nothing for one source of the row, with the days that it gave; "" where it may."""
    if sentence.objection:
        return sentence.objection
    told = sentence.told
    published = told.passage.published
    if told.verdict != "happened":
        return "said before it was expected again" if published < claim.published else ""
    return objections.to_day(told.claim, told.passage, due)


def _further(settling: Sequence[OutcomeSentence]) -> tuple[Evidence, ...]:
    """One passage a report."""
    return tuple({t.evidence.article: t.evidence for t in reversed(settling)}.values())[::-1]


def _explained(
    told: Sequence[OutcomeSentence], claim: Claim, due: Interval | None, settling: Sequence[OutcomeSentence]
) -> tuple[WeighedSentence, ...]:
    """The few sentences that explain an outcome: those that tell it, then those that came closest, with what spoke against."""
    used = {id(t) for t in settling}
    best: dict[tuple[str, int], tuple[bool, float, int]] = {}
    for number, sentence in enumerate(told):
        rank = id(sentence) not in used, sentence.told.chances["unrelated"], number
        at = sentence.told.passage.place
        best[at] = min(rank, best.get(at, rank))
    shown = [told[number] for _, _, number in sorted(best.values())[:_SHOWN]]
    return tuple(
        WeighedSentence(
            t.evidence,
            t.told.verdict,
            round(t.told.score, 4),
            "" if id(t) in used else _by_days(t, claim, due) or "outweighed",
        )
        for t in shown
    )


def _days(interval: Interval) -> str:
    return f"{interval.start}" if interval.start == interval.end else f"{interval.start} to {interval.end}"
