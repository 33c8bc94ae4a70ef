"""Statements as pages list them: the newest report first, each report's in the order in which they stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dateline.records import StoryStatement

_FEWEST = {"direct": 3, "mixed": 3, "indirect": 5}
"""Words from which a statement of each kind tells something by itself."""


@dataclass(frozen=True, slots=True)
class QuotedReport:
    """The statements of one report: those that can be read alone, and the scraps that are folded behind them."""

    statements: tuple[StoryStatement, ...]

    @property
    def first(self) -> StoryStatement:
        """The first of them."""
        return self.statements[0]

    @property
    def whole(self) -> list[StoryStatement]:
        """Those that are long enough to tell something."""
        return [s for s in self.statements if not _is_scrap(s)]

    @property
    def scraps(self) -> list[StoryStatement]:
        """The others: a word or two in quotation marks, the end of a sentence."""
        return [s for s in self.statements if _is_scrap(s)]


def _is_scrap(statement: StoryStatement) -> bool:
    return len(statement.evidence.text.split()) < _FEWEST[statement.kind]


def newest_first(said: Sequence[StoryStatement]) -> list[StoryStatement]:
    """Statements by report: of the latest day first, within a report in its order."""
    ordered = sorted(
        said, key=lambda s: (s.evidence.article, s.evidence.span.start, s.evidence.span.end, s.story)
    )
    return sorted(ordered, key=lambda s: s.evidence.published, reverse=True)


def by_report(said: Sequence[StoryStatement]) -> list[QuotedReport]:
    """Statements, as `newest_first` orders them, a report each."""
    return [
        QuotedReport(tuple(some)) for _, some in groupby(said, key=lambda s: (s.evidence.article, s.story))
    ]


def speakers(said: Sequence[StoryStatement]) -> list[tuple[str, int]]:
    """Who made the statements, with how many, the most first; what has no two letters is no name."""
    counts = Counter(s.speaker for s in said if s.speaker and is_name(s.speaker))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def is_name(text: str | None) -> bool:
    """Whether `text` can name somebody: it has at least two letters."""
    return sum(c.isalpha() for c in text or "") > 1
