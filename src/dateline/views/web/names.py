"""What a page calls the reports that its lines rest on, looked up once a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.notebook import Notebook
from dateline.records import ArticleSummary, Evidence
from dateline.views.labels import one_line, report_label, web_address

_OPENING = 110
"""Letters of a report's beginning that stand where it has no headline."""


@dataclass(frozen=True, slots=True)
class Report:
    """The passages of one report among those that a line rests on, and its name there: a second of one outlet and day is told apart."""

    evidence: tuple[Evidence, ...]
    name: str

    @property
    def first(self) -> Evidence:
        """The first of them."""
        return self.evidence[0]


class Names:
    """The names of a notebook's reports as of `day`; `known` keeps what was looked up."""

    def __init__(self, book: Notebook, day: date | None, known: MutableMapping[str, ArticleSummary]) -> None:
        self._book = book
        self._day = day
        self._known = known

    def load(self, articles: Iterable[str]) -> None:
        """Look up many at once."""
        missing = [a for a in articles if a not in self._known]
        if missing:
            self._known.update(self._book.article_summaries(missing))

    def summary(self, article: str) -> ArticleSummary:
        """What an article (by id) is known by."""
        self.load([article])
        return self._known[article]

    def label(self, article: str) -> str:
        """A report as people name it: "Washington Times, 6 June"; its day is not broken between lines."""
        outlet, comma, day = report_label(self.summary(article), self._day).rpartition(", ")
        return outlet + comma + day.replace(" ", "\N{NO-BREAK SPACE}")

    def beside_title(self, article: str) -> str:
        """What stands beside a report's headline: its name, or the day alone where that names it by the headline's words."""
        known = self.summary(article)
        outlet, _, day = self.label(article).rpartition(", ")
        return day if (known.title or "").startswith(outlet.rstrip("…")) else f"{outlet}, {day}"

    def outlet(self, article: str) -> str:
        """Who published it, or what else it goes by."""
        known = self.summary(article)
        return known.publisher or known.title or "report"

    def title(self, article: str) -> str:
        """Its headline, else how it begins."""
        known = self.summary(article)
        return known.title or one_line(known.opening, _OPENING) or self.label(article)

    def url(self, article: str) -> str | None:
        """Its own address where that is safe to follow."""
        return web_address(self.summary(article).url)

    def reports(self, evidence: Sequence[Evidence]) -> list[Report]:
        """Passages by report, in order of the first of each."""
        found: dict[str, list[Evidence]] = {}
        for e in evidence:
            found.setdefault(e.article, []).append(e)
        named: Counter[str] = Counter()
        reports = []
        for article, some in found.items():
            label = self.label(article)
            named[label] += 1
            reports.append(Report(tuple(some), label if named[label] == 1 else f"{label} ({named[label]})"))
        return reports
