"""Copies and revisions: which of a day's articles repeat one that came before, and how.

Articles are compared as sets of hashed runs of five words (shingles), page furniture left out. Candidates come from the
smallest hashes of each set (a bottom-k MinHash sketch, Broder 1997): unlike banded signatures these also find a trimmed
copy, whose Jaccard similarity with the original is low. Each candidate is then compared exactly, by Jaccard similarity
and containment, and by whether titles or leads agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.keeper import shelf_state
from dateline.keeper.furniture import Furniture
from dateline.keeper.reports import Body, Report
from dateline.keeper.shingles import Hashes

WINDOW = 14
"""Days after which an article is no longer looked at as an original."""
SKETCH = 32
"""Smallest hashes by which an article is found again."""
_LONGEST_LIST = 64
_COMPARED = 12

SIMILAR = 0.5
"""Jaccard similarity from which an article is a copy."""
CONTAINED = 0.8
"""Share of the smaller article from which it is a trimmed copy."""
_CONTAINED_SIZE = 40
REVISED = 0.3
"""Share of the smaller article that a later version of the same report must keep."""


@dataclass(frozen=True, slots=True)
class Link:
    """What an article repeats. `root` is the article whose story it goes with."""

    root: str
    duplicate_of: str | None = None
    revision_of: str | None = None


@dataclass(frozen=True, slots=True)
class DayCopies:
    """A day's links by article id, the order in which articles count, and what they say without furniture."""

    links: dict[str, Link]
    order: dict[str, tuple[str, str]]
    bodies: dict[str, Body]


@dataclass(slots=True)
class _Kept:
    """An article that others may repeat."""

    article: str
    root: str
    day: int
    moment: str
    outlet: str
    credit: str
    title: frozenset[str]
    titled: bool
    lead: frozenset[str]
    later: bool
    earlier: bool
    size: int
    hashes: Hashes
    copy: bool = False


class Copies:
    """The articles of the last days, by what they say. Days must be given in order."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._sketch: dict[int, list[str]] = {}
        self._furniture = Furniture()

    def roots(self) -> set[str]:
        """Ids of the articles whose story may be asked for by later copies."""
        return {k.root for k in self._kept.values()}

    def place_day(self, day: date, reports: Sequence[Report]) -> DayCopies:
        """Find what the articles of `day` repeat; their order does not matter."""
        self._expire(day)
        order = {r.article.id: (r.moment, r.article.id) for r in reports}
        queue = sorted(reports, key=lambda r: order[r.article.id])
        for report in queue:
            self._furniture.count(report.outlet, report.headline, report.edges, day)
        furniture = {name: self._furniture.of(name) for name in {r.outlet for r in queue}}
        links: dict[str, Link] = {}
        bodies: dict[str, Body] = {}
        for report in queue:
            article = report.article.id
            bodies[article] = report.body(furniture[report.outlet])
            new = _described(report, bodies[article])
            link = self._find(new)
            if link is not None:
                links[article] = link
                new.root = link.root
                new.copy = link.duplicate_of is not None
            self._keep(new)
        return DayCopies(links, order, bodies)

    # ---------------------------------------------------------------- one article

    def _keep(self, new: _Kept) -> None:
        self._kept[new.article] = new
        for key in new.hashes[:SKETCH].tolist():
            self._sketch.setdefault(key, []).append(new.article)

    def _expire(self, day: date) -> None:
        today = day.toordinal()
        for old in [k for k in self._kept.values() if today - k.day > WINDOW]:
            del self._kept[old.article]
            for key in old.hashes[:SKETCH].tolist():
                listed = self._sketch[key]
                listed.remove(old.article)
                if not listed:
                    del self._sketch[key]

    # ---------------------------------------------------------------- two articles

    def candidates(self, hashes: Hashes) -> list[str]:
        """Articles that share smallest hashes with `hashes`, those that share most first."""
        shared: Counter[str] = Counter()
        for key in hashes[:SKETCH].tolist():
            listed = self._sketch.get(key)
            if listed is not None:
                shared.update(listed[-_LONGEST_LIST:])
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        return [article for article, _ in ranked[:_COMPARED]]

    def _find(self, new: _Kept) -> Link | None:
        best: tuple[bool, float, int, str] | None = None
        chosen: Link | None = None
        for article in self.candidates(new.hashes):
            old = self._kept[article]
            kind, likeness = compare(old, new)
            if kind is None:
                continue
            rank = (not old.copy, likeness, old.day, article)
            if best is not None and rank <= best:
                continue
            best = rank
            if kind == "copy":
                chosen = Link(old.root, duplicate_of=article)
            elif kind == "revision":
                chosen = Link(old.root, revision_of=article)
        return chosen

    # ---------------------------------------------------------------- to and from values

    def dump(self) -> tuple[list[Any], dict[str, npt.NDArray[Any]]]:
        """The state as JSON values and arrays."""
        rows = [
            [
                k.article, k.root, k.day, k.moment, k.outlet, k.credit, sorted(k.title), k.titled, sorted(k.lead),
                k.later, k.earlier, k.size, k.copy, len(k.hashes),
            ]
            for k in self._kept.values()
        ]  # fmt: skip
        hashes = [k.hashes for k in self._kept.values()]
        # hashes are in order: what each adds to the one before has a byte less to tell
        steps = np.concatenate(
            [np.diff(h, prepend=h.dtype.type(0)) for h in hashes] or [np.zeros(0, np.uint32)]
        )
        return [rows, self._furniture.dump()], {"shingles": shelf_state.by_place(steps)}

    def load(self, data: list[Any], arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Take over what `dump` gave."""
        rows, furniture = data
        self._furniture.load(furniture)
        steps = shelf_state.from_places(arrays["shingles"], np.uint32)
        start = 0
        for row in rows:
            (
                article,
                root,
                day,
                moment,
                where,
                credit,
                title,
                titled,
                lead,
                later,
                earlier,
                size,
                again,
                count,
            ) = row
            hashes = np.cumsum(steps[start : start + count], dtype=np.uint32)
            start += count
            self._keep(
                _Kept(
                    article, root, day, moment, where, credit, frozenset(title), titled, frozenset(lead),
                    later, earlier, size, hashes, again,
                )
            )  # fmt: skip


def _described(report: Report, body: Body) -> _Kept:
    article = report.article
    return _Kept(
        article=article.id,
        root=article.id,
        day=article.published.toordinal(),
        moment=report.moment,
        outlet=report.outlet,
        credit=body.credit,
        title=frozenset(report.heading),
        titled=bool(article.title),
        lead=body.lead,
        later=report.later,
        earlier=report.earlier,
        size=len(body.text),
        hashes=body.hashes,
    )


def overlap(a: Hashes, b: Hashes) -> tuple[float, float]:
    """Jaccard similarity of two sets of hashes, and the share of the smaller that the larger contains."""
    if not len(a) or not len(b):
        return 0.0, 0.0
    both = np.concatenate((a, b))
    both.sort()
    shared = int(np.count_nonzero(both[1:] == both[:-1]))
    return shared / (len(both) - shared), shared / min(len(a), len(b))


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def compare(old: _Kept, new: _Kept) -> tuple[str | None, float]:
    """What `new` is to `old`, which came before: "copy", "revision" or None; and how alike the texts are, in [0, 1]."""
    titles = _alike(old.title, new.title)
    leads = _alike(old.lead, new.lead)
    same_outlet = bool(old.outlet) and old.outlet == new.outlet
    if same_outlet and old.titled and new.titled and titles < 0.3:
        return None, 0.0
    if titles < 0.5 and leads < 0.5:
        return None, 0.0
    jaccard, contained = overlap(old.hashes, new.hashes)
    small = min(len(old.hashes), len(new.hashes))
    alike = jaccard >= SIMILAR or (contained >= CONTAINED and small >= _CONTAINED_SIZE)
    if contained >= REVISED and (alike or leads >= 0.5) and _revises(old, new, jaccard, same_outlet):
        return "revision", jaccard
    return ("copy", jaccard) if alike else (None, 0.0)


def _revises(old: _Kept, new: _Kept, jaccard: float, same_outlet: bool) -> bool:
    """True where `new` reads as a later version by the same outlet: told by the outlet, or by the wording where it is unknown."""
    if jaccard >= 0.98 or new.day - old.day > 3:
        return False
    if old.outlet and new.outlet:
        return same_outlet
    marked = new.later or (old.earlier and not new.earlier)
    return marked and old.credit == new.credit
