"""Who holds an expectation: the source of a statement, another phrase that the arcs may mean, or nobody but the reporter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reader.choices import Candidate, likeliest, logarithm, to_none
from dateline.reader.model.interface import Announcement, Place
from dateline.reader.parsed import Document
from dateline.reader.span_index import SpanIndex
from dateline.reader.speakers import SPEAKING, Speakers
from dateline.records import Statement

SIGNS = ("arc", "none", "source", "said", "elsewhere", "said elsewhere", "unnamed")
"""What is looked at: the logarithm of the arcs to the phrase, or of those to nobody; that it says something at all, and that the
announcement stands in that; that it stands in another sentence, and of one that says it; that no name is known for it."""


@dataclass(frozen=True, slots=True)
class Holders:
    """The sources and phrases of one article, as those who expect something."""

    document: Document
    by_content: SpanIndex[Statement]
    by_source: SpanIndex[Statement]
    speakers: Speakers

    @classmethod
    def of(cls, document: Document, statements: Sequence[Statement], speakers: Speakers) -> Holders:
        """Of these statements, those that tell a source."""
        sourced = [s for s in statements if s.source is not None]
        return cls(
            document,
            SpanIndex(sourced, lambda s: s.content),
            SpanIndex(sourced, lambda s: s.source or s.content),
            speakers,
        )

    def choose(self, number: int, announced: Announcement) -> str | None:
        """The likeliest holder of an announcement in sentence `number`; what a spokesperson announces is expected by those who sent them."""
        return likeliest(self.candidates(number, announced), "holder", lambda name: name)

    def speaker_at(self, at: int) -> str | None:
        """Whose words in quotation marks hold a place, or None."""
        quoted = (s for s in self.by_content.overlapping(at, at + 1) if s.kind != "indirect")
        return next((s.speaker for s in quoted if s.content.start <= at), None)

    def candidates(self, number: int, announced: Announcement) -> list[Candidate[str | None]]:
        """What may be meant: the reporter first, then who says it, then where the arcs lead."""
        place = Place(number, announced.token)
        at = self.document.token(place).start
        arcs: defaultdict[Statement | Place, float] = defaultdict(float)
        said = self.by_content.overlapping(at, at + 1)
        arcs.update(dict.fromkeys(said, 0.0))
        for arc in announced.holders:
            if arc.place is not None:
                arcs[self._source_at(arc.place, at) or arc.place] += arc.chance
        reporter: str | None = None
        found = [Candidate(reporter, SIGNS, {"none": logarithm(to_none(announced.holders))})]
        for key, chance in arcs.items():
            home, name = self._named(key, place)
            name = self.speakers.roles.for_whom(name)
            elsewhere = home is not None and home.sentence != number
            signs = {"arc": logarithm(chance), "unnamed": float(name is None), "elsewhere": float(elsewhere)}
            signs["source"] = float(isinstance(key, Statement))
            if key in said:
                signs |= {"said": 1.0, "said elsewhere": float(elsewhere)}
            found.append(Candidate(name, SIGNS, signs))
        return found

    def _named(self, key: Statement | Place, announced: Place) -> tuple[Place | None, str | None]:
        """Where a holder stands, and the name for it."""
        if isinstance(key, Place):
            return key, self.speakers.phrase_at(key, plans=announced)
        home = self.document.place_at(key.source.start) if key.source is not None else None
        return home, key.speaker or (self.speakers.phrase_at(home) if home is not None else None)

    def _source_at(self, place: Place, at: int) -> Statement | None:
        """The statement whose source holds a word, rather the one whose content holds the announcement; of "we" and the like the one
        that it stands in."""
        token = self.document.token(place)
        found = self.by_source.overlapping(token.start, token.start + 1)
        if not found and token.text.lower() in SPEAKING:
            found = self.by_content.overlapping(token.start, token.start + 1)
        inside = [s for s in found if s.content.start <= at < s.content.end]
        return next(iter([*inside, *found]), None)
