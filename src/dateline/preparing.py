"""Preparing: what can be worked out of a reading before its turn comes, by another process than the one that writes the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from dateline.keeper.furniture import Furniture
from dateline.keeper.reports import Report
from dateline.records import Article, Reading
from dateline.store import Rows

T = TypeVar("T")

_seen = Furniture()
"""The lines of what this process has prepared, by which it guesses what will be furniture."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading as a notebook keeps it, and as it is filed."""

    rows: Rows
    report: Report

    @property
    def article(self) -> Article:
        """What was read."""
        return self.report.article


def prepare(found: Sequence[Reading | T]) -> list[Prepared | Reading | T]:
    """Readings of some days in order, prepared; what is none comes back as it is, and so does one that this fails on, for whoever saves and files it to say so."""
    reports = [_report(one) for one in found]
    known = [report for report in reports if report is not None]
    for report in known:
        _seen.count(report.outlet, report.headline, report.edges, report.article.published)
    furniture = {outlet: _seen.of(outlet) for outlet in {report.outlet for report in known}}
    return [
        _prepared(one, report, furniture[report.outlet]) if report and isinstance(one, Reading) else one
        for one, report in zip(found, reports, strict=True)
    ]


def _report(found: Reading | T) -> Report | None:
    try:
        return Report.of(found) if isinstance(found, Reading) else None
    except Exception:  # noqa: BLE001 - it is filed by the reading, and fails there
        return None


def _prepared(reading: Reading, report: Report, furniture: frozenset[str]) -> Prepared | Reading:
    try:
        # an archive holds each value in its own type
        return Prepared(Rows.of(reading, checked=True), report.worked_out(furniture))
    except Exception:  # noqa: BLE001 - it is saved and filed by the reading, and fails there
        return reading
