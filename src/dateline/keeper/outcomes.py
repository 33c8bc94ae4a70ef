"""The ledger: every expectation of a story as one row, and what became of it as of a day, with the sentence that shows it.

Met: a report tells that it happened in its days. Met late: it happened afterwards, also where it was put off in between.
Missed: a report says it did not happen, was called off or was given a new day, and none says that it happened after all.
Overdue: its days are over and nothing was reported. Open: they are not over, or it has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dateline.keeper import findings as seeking
from dateline.keeper import matching, settling, telling
from dateline.keeper.current import evidence
from dateline.keeper.findings import Finding, Register
from dateline.keeper.matching import Claim
from dateline.keeper.words import Weights
from dateline.records import Evidence, ExpectationSource, Filed, Interval, LedgerEntry, Outcome, Status

_UNSETTLED: frozenset[Status] = frozenset(["open", "overdue"])


@dataclass(slots=True)
class _Row:
    claims: list[Claim]
    revises: _Row | None = None
    revised_by: list[_Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        first = self.claims[0]
        span = first.expectation.trigger
        return hashlib.sha256(f"{first.filed.article.id}:{span.start}:{span.end}".encode()).hexdigest()[:12]


def ledger(story: str, filed: Sequence[Filed], as_of: date) -> list[LedgerEntry]:
    """The expectations of a story as known on `as_of`, in the order in which they were first voiced."""
    known = sorted(
        (f for f in filed if f.article.published <= as_of),
        key=lambda f: (f.article.published, f.article.source, f.article.id),
    )
    weights = Weights(matching.sentences_of(known))
    rows = _group(known, weights)
    register = seeking.Register(telling.told(f) for f in known)
    found = {id(row): _findings(row, register, weights) for row in rows}
    return [_entry(story, row, _of_event(row, found), as_of) for row in rows]


def on_day(entries: Iterable[LedgerEntry], day: date) -> list[LedgerEntry]:
    """The ledger of the same articles as of another day, at no cost: only what is open or overdue depends on it.

    Equal to a fresh `ledger` where no article lies between the two days and none is later than either.
    """
    return [_entry_on_day(entry, day) for entry in entries]


def standing(status: Status, due: date | None, day: date) -> Status:
    """What `status` is on `day`, given the last due day: only what no report has settled changes with the day."""
    if status not in _UNSETTLED:
        return status
    return "open" if due is None or day <= due else "overdue"


def _entry_on_day(entry: LedgerEntry, day: date) -> LedgerEntry:
    sources = tuple(
        replace(s, status=_waiting(s.due, day).status) if s.status in _UNSETTLED else s for s in entry.sources
    )
    outcome = _waiting(entry.due, day) if entry.outcome.status in _UNSETTLED else entry.outcome
    return replace(entry, sources=sources, outcome=outcome)


def _group(known: Sequence[Filed], weights: Weights) -> list[_Row]:
    """Rows of claims, each claim put with the expectation that it repeats, or linked to the one whose day it replaces."""
    rows: list[_Row] = []
    for report in known:
        for expectation in report.reading.expectations:
            claim = matching.make_claim(report, expectation)
            same = _best(claim, rows, weights)
            if same is not None:
                same.claims.append(claim)
                continue
            row = _Row([claim])
            older = [r for r in rows if any(matching.is_revision(claim, c, weights) for c in r.claims)]
            if older:
                row.revises = older[-1]
                older[-1].revised_by.append(row)
            rows.append(row)
    return rows


def _best(claim: Claim, rows: Sequence[_Row], weights: Weights) -> _Row | None:
    fits = [
        (max(matching.likeness(claim, c, weights) for c in row.claims), number)
        for number, row in enumerate(rows)
        if any(matching.is_same(claim, c, weights) for c in row.claims)
    ]
    return rows[max(fits)[1]] if fits else None


def _findings(row: _Row, register: Register, weights: Weights) -> list[Finding]:
    return [f for claim in row.claims for f in seeking.findings(claim, register, weights)]


def _newer(row: _Row) -> list[_Row]:
    """The rows that replace a row, one after the other."""
    found = list(row.revised_by)
    for newer in found:
        found.extend(newer.revised_by)
    return found


def _of_event(row: _Row, found: dict[int, list[Finding]]) -> list[Finding]:
    """What was found for a row and for every row that it revises or that revises it."""
    first = row
    while first.revises is not None:
        first = first.revises
    chain, stack = [], [first]
    while stack:
        top = stack.pop()
        chain.append(top)
        stack.extend(top.revised_by)
    return [f for r in chain for f in found[id(r)]]


def _entry(story: str, row: _Row, findings: Sequence[Finding], as_of: date) -> LedgerEntry:
    latest = row.claims[-1]
    outcomes = [_outcome(row, claim.due, claim, findings, as_of) for claim in row.claims]
    sources = tuple(
        ExpectationSource(evidence(c.filed, c.expectation.span), c.expectation.holder, c.due, o.status)
        for c, o in zip(row.claims, outcomes, strict=True)
    )
    return LedgerEntry(
        id=row.id,
        story=story,
        event=max((c.expectation.event for c in row.claims), key=lambda e: (min(len(e), 60), e)),
        holder=latest.expectation.holder,
        due=latest.due,
        strength=latest.expectation.strength,
        sources=sources,
        outcome=outcomes[-1],
        revises=row.revises.id if row.revises else None,
    )


def _outcome(
    row: _Row, due: Interval | None, claim: Claim, findings: Sequence[Finding], as_of: date
) -> Outcome:
    start = min(c.published for c in row.claims)
    if claim.is_recalled and due is not None:
        start = min(start, due.start)
    dues: list[Interval | None] = [due]
    if due is not None:
        dues += [r.claims[0].due for r in _newer(row)]
    is_conditional = claim.expectation.strength == "conditional"
    later = [f for f in findings if settling.is_later(f, start, due)]
    happened = [
        f
        for f in later
        if f.verdict == "happened"
        and any(settling.shows(f, start, d, conditional=is_conditional) for d in dues)
    ]
    if happened:
        best = max(
            happened,
            key=lambda f: (settling.is_on_time(f, due), f.score, -f.filed.article.published.toordinal()),
        )
        return _negated(claim, _settled(best, due, _day_of(best, later)))
    against = [f for f in findings if settling.denies(f, start, due)]
    if against and not is_conditional:
        best = max(against, key=lambda f: (f.score, -f.filed.article.published.toordinal()))
        words_of = {"did not": "did not happen", "called off": "was called off", "put off": "was put off"}[
            best.verdict
        ]
        return _negated(
            claim,
            Outcome(
                "missed",
                _shown(best),
                None,
                best.score,
                f"it {words_of} (“{best.said}”, report of {best.filed.article.published})",
            ),
        )
    newer = [
        r
        for r in row.revised_by
        if r.claims[0].due is not None and due is not None and r.claims[0].due.start > due.end
    ]
    if newer:
        last = newer[0].claims[0]
        return Outcome(
            "missed",
            evidence(last.filed, last.expectation.span),
            None,
            0.7,
            f"it was given a new day, {_days(last.due)}, and no report says that it happened",
        )
    return _waiting(due, as_of)


def _waiting(due: Interval | None, as_of: date) -> Outcome:
    """What is said of an expectation of which no report tells: all that depends on the day of asking."""
    if due is None:
        return Outcome("open", None, None, 0.6, "no due day was given and no report says that it happened")
    if as_of <= due.end:
        return Outcome("open", None, None, 0.8, f"due {_days(due)}, which is not over on {as_of}")
    late = (as_of - due.end).days
    return Outcome(
        "overdue", None, late, 0.6, f"due {_days(due)}; {late} days later no report says that it happened"
    )


def _negated(claim: Claim, outcome: Outcome) -> Outcome:
    """For what is expected not to happen, happening is a miss."""
    if not claim.expectation.negated:
        return outcome
    flipped: Status = "met" if outcome.status == "missed" else "missed"
    return Outcome(
        flipped, outcome.evidence, None, outcome.score, f"expected not to happen: {outcome.reason}"
    )


def _day_of(best: Finding, found: Sequence[Finding]) -> Interval | None:
    """The day of a finding, or that of the next best in the same article where it gives none."""
    if best.day is not None:
        return best.day
    same = [
        f
        for f in found
        if f.filed.article.id == best.filed.article.id and f.day is not None and f.verdict == "happened"
    ]
    near = [f for f in same if abs(f.sentence - best.sentence) <= 2]
    return max(near, key=lambda f: (f.score, -f.sentence)).day if near else None


def _settled(finding: Finding, due: Interval | None, told: Interval | None) -> Outcome:
    """Met or met late, by the day that the report gives or the day of the report."""
    published = finding.filed.article.published
    if due is None:
        return Outcome(
            "met", _shown(finding), None, finding.score, f"“{finding.said}” reported on {published}"
        )
    text = _shown(finding).text
    if told is not None:
        if told.start <= due.end:
            early = (told.end - due.start).days if told.end < due.start else None
            reason = (
                f"“{finding.said}” on {_days(told)}, "
                + ("before" if early else "in")
                + f" the days expected, {_days(due)}"
            )
            return Outcome("met", _shown(finding), min(0, (told.end - due.end).days), finding.score, reason)
        late = (told.end - due.end).days
        return Outcome(
            "met late",
            _shown(finding),
            late,
            finding.score,
            f"“{finding.said}” on {_days(told)}, {late} days after {due.end}",
        )
    if published <= due.end:
        return Outcome(
            "met",
            _shown(finding),
            (published - due.end).days,
            finding.score,
            f"“{finding.said}” reported on {published}, due {_days(due)}",
        )
    late = (published - due.end).days
    if settling.tells_of_delay(text) or published - due.end > settling.SOON:
        return Outcome(
            "met late",
            _shown(finding),
            late,
            finding.score * 0.9,
            f"“{finding.said}” reported on {published}, {late} days after {due.end}",
        )
    return Outcome(
        "met",
        _shown(finding),
        None,
        finding.score * 0.9,
        f"“{finding.said}” reported on {published}, soon after {due.end}",
    )


def _shown(finding: Finding) -> Evidence:
    return evidence(finding.filed, finding.filed.reading.sentences[finding.sentence])


def _days(interval: Interval | None) -> str:
    if interval is None:
        return "an unknown day"
    return f"{interval.start}" if interval.start == interval.end else f"{interval.start} to {interval.end}"
