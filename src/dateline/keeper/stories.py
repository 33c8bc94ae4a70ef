"""The shelf: files each day's articles into stories, at a cost that does not grow with history.

A story is kept as decayed sums of its articles' unit vectors of words, names and headline, and of their lead vectors:
the dot product of two such means is the average link between two sets of articles. Each day's articles come as
stories of one; the best-linked stories are joined, best first, until no link is strong enough (agglomerative clustering
by average link, the days before being given). The order of the articles within a day therefore does not matter.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from itertools import compress
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.keeper import shelf_state, splitting
from dateline.keeper.copies import Copies
from dateline.keeper.document_frequencies import DocumentFrequencies
from dateline.keeper.features import Features
from dateline.keeper.reports import Report
from dateline.keeper.splitting import ReportVector
from dateline.keeper.story_index import StoryIndex
from dateline.keeper.weight_rows import WeightRows
from dateline.records import Reading, Vector

__all__ = ["DayResult", "Move", "Placement", "Setting", "Shelf"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article stands at the close of its day: its story, and what it copies or revises, by id."""

    article: str
    story: str
    duplicate_of: str | None = None
    revision_of: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An article of an earlier day that today's articles put into another story."""

    article: str
    story_from: str
    story_to: str


@dataclass(frozen=True, slots=True)
class DayResult:
    """What filing one day brought. `redirects` maps the id of a story that was merged away to the one it went into."""

    placements: tuple[Placement, ...]
    moves: tuple[Move, ...]
    redirects: dict[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """The one setting, for all kinds of news.

    `words`, `names`, `title` and `lead` weigh average cosines; `lead_base` is what unrelated leads have in common as
    long as the stream has not shown it, and `lead_unknown` counts where there are no vectors. `gap` is taken off for
    each e-fold of days between the stories' middles, up to `clash` where less than `shared` of the names agree. `join`
    is the bar for the sum, less `pull` for each e-fold by which one story outweighs the other, `merge` more for two stories of earlier days; two stories whose articles are close to each other
    (with at least `tight` pairs each) must be linked by `cohesion` of the looser one's own average link. `half_life`
    (days) is that of an article's weight, `window` how long a story is looked up by all it has, `memory` by its rarest
    words, `candidates` how many stories are compared with an article. Where an article's headline and lead hold `settled` of
    the weight of an expectation of the story, `overdue` days after its due day at the latest, the pause is not held against it and
    `wake` is added, in full after a pause of `dormant` days: what is said to come in a day or two is in every report of that day.
    The more stories run, the likelier one is like a report by chance: `chance` is taken off for each e-fold by which they outnumber
    `usual`, and added where they are fewer, `alone` at most.
    """

    words: float = 1.0
    names: float = 0.6
    title: float = 1.1
    lead: float = 0.3
    lead_base: float = 0.2
    lead_unknown: float = 0.05
    gap: float = 0.06
    shared: float = 0.08
    clash: float = 0.45
    join: float = 0.34
    pull: float = 0.02
    merge: float = 0.04
    cohesion: float = 0.6
    tight: float = 3.0
    stray: float = 0.1
    ahead: float = 0.1
    crowd: int = 6
    half_life: float = 30.0
    window: int = 45
    memory: int = 400
    candidates: int = 24
    settled: float = 0.7
    overdue: int = 30
    wake: float = 0.12
    dormant: float = 14.0
    chance: float = 0.03
    usual: int = 55
    alone: float = 0.05


SETTING = Setting()
_Entry = tuple[float, str, str, int, int]
_NEAR = 0.4
"""Share of the bar below which a link is not followed up."""
_PULL_MOST = 4.0
_LEADS_BEFORE = 50.0
"""Leads that must have been seen for half of what they have in common to be taken off."""
_HALVE_LEADS_AT = 2000
_STORY_TERMS = 30
_DORMANT_TERMS = 12
_EXPECTED_TERMS = 4
_MOST_EXPECTED = 8
_LATEST_TERMS = 20
_LOOK_AFRESH = 3
"""Articles by which a story must have grown to be looked at for two chains of events."""
_TERMS_KEPT = 160
_PRUNE_AT = 320


class Likeness(NamedTuple):
    """Average cosines between the articles of two stories; `lead` is None where either has no vectors."""

    words: float
    names: float
    title: float
    lead: float | None

    def joined(self, other: Likeness, share: float) -> Likeness:
        """The average where this one counts for `share` and `other` for the rest."""
        rest = 1 - share
        lead = self.lead if other.lead is None else other.lead
        if self.lead is not None and other.lead is not None:
            lead = share * self.lead + rest * other.lead
        return Likeness(
            share * self.words + rest * other.words,
            share * self.names + rest * other.names,
            share * self.title + rest * other.title,
            lead,
        )


@dataclass(slots=True)
class _Story:
    """Sums over a story's articles, each decayed by its age; `mass` is the sum of the decays.

    `latest` are the latest articles one by one; none where the story has but one. `looked` is the number of members when they were last parted.
    """

    id: str
    first: int
    last: int
    order: tuple[str, str]
    members: list[str]
    words: dict[str, float]
    names: dict[str, float]
    title: dict[str, float]
    when: float = 0.0
    mass: float = 1.0
    lead_mass: float = 0.0
    inner: float = 0.0
    pairs: float = 0.0
    dormant: bool = False
    version: int = 0
    expected: list[tuple[int, dict[str, float]]] = field(default_factory=list)
    latest: list[ReportVector] = field(default_factory=list)
    looked: int = 0
    old: bool = False
    lead: Vector | None = None
    near: dict[str, Likeness] = field(default_factory=dict)
    told: frozenset[str] = frozenset()


_KEPT = [f.name for f in fields(_Story) if f.name not in ("old", "lead", "near", "told")]
"""Fields of a story that are kept as JSON, in order."""


def _round(story: _Story) -> None:
    """Leave of a story's sums what the state keeps of them: weights to four places, the lead to 8 bits and one power of two.

    So a shelf goes on alike whether it was kept in between or not. What is rounded stays as it is when it is rounded again.
    """
    story.words, story.names, story.title = map(_four_places, (story.words, story.names, story.title))
    if story.lead is not None:
        whole, unit = _whole(story.lead)
        story.lead = whole.astype(np.float32) * unit


def _four_places(weights: dict[str, float]) -> dict[str, float]:
    whole = np.rint(_values(weights) * 10_000) / 10_000
    return dict(zip(weights, whole.tolist(), strict=True))


def _values(weights: dict[str, float]) -> npt.NDArray[np.float64]:
    return np.fromiter(weights.values(), np.float64, len(weights))


def _whole(lead: Vector) -> tuple[npt.NDArray[np.int8], np.float32]:
    """A lead as whole numbers up to 127 of some power of two."""
    _, exponent = np.frexp(np.abs(lead).max(initial=0.0))
    unit = np.ldexp(np.float32(1), exponent - 7)
    return np.minimum(np.rint(lead / unit), 127).astype(np.int8), unit


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum([weight * b[term] for term, weight in a.items() if term in b])


def _likeness(a: _Story, b: _Story) -> Likeness:
    return _averages(a, b, _dot(a.words, b.words), _dot(a.names, b.names), _dot(a.title, b.title))


def _averages(a: _Story, b: _Story, words: float, names: float, title: float) -> Likeness:
    """The average cosines between articles of two stories, from the products of their sums."""
    mass = a.mass * b.mass
    lead = None
    if a.lead is not None and b.lead is not None:
        lead = float(a.lead @ b.lead) / (a.lead_mass * b.lead_mass)
    return Likeness(words / mass, names / mass, title / mass, lead)


def _top(weights: dict[str, float], count: int) -> dict[str, float]:
    if len(weights) <= count:
        return weights
    values = _values(weights)
    # those at the bar as well: which of them stay is told by the term
    near = sorted(compress(weights, (values >= np.partition(values, -count)[-count]).tolist()))
    near.sort(key=weights.__getitem__, reverse=True)
    return {term: weights[term] for term in near[:count]}


def _remembered(story: _Story) -> dict[str, float]:
    """The words by which a dormant story is found: its rarest, and those of what it expects."""
    words = dict(_top(story.words, _DORMANT_TERMS))
    for _, expected in story.expected:
        for word, weight in _top(expected, _EXPECTED_TERMS).items():
            words[word] = max(words.get(word, 0.0), weight)
    return words


def _latest(story: _Story) -> list[ReportVector]:
    """The latest articles of a story; one that is new, or was dormant, is one report vector."""
    if story.latest:
        return story.latest
    scale = 1 / story.mass
    words, names, title = (
        _four_places({term: weight * scale for term, weight in _top(sums, _LATEST_TERMS).items()})
        for sums in (story.words, story.names, story.title)
    )
    return [ReportVector(list(story.members), round(story.when), words, names, title)]


def story_id(article: str) -> str:
    """The id of the story that `article` opened."""
    return "s" + hashlib.sha256(article.encode()).hexdigest()[:10]


def named_story_id(name: str) -> str:
    """The id of the story to which an editor gave `name`."""
    return story_id(f"named {name}")


class Shelf:
    """All state of filing. Days must be given in order; the same days give the same stories."""

    def __init__(self, setting: Setting = SETTING) -> None:
        self._setting = setting
        self._frequencies = DocumentFrequencies()
        self._copies = Copies()
        self._stories: dict[str, _Story] = {}
        self._index = StoryIndex()
        self._rows = WeightRows(3)
        self._home: dict[str, str] = {}
        self._day = date.min
        self._lead_sum: Vector | None = None
        self._leads = 0.0
        self._by_chance = 0.0

    def __len__(self) -> int:
        """Stories held, dormant ones too."""
        return len(self._stories)

    # ---------------------------------------------------------------- one day

    def place_day(self, day: date, articles: Sequence[Reading | Report]) -> DayResult:
        """File the articles of `day`; their order does not matter. Raises ValueError if `day` is before one filed already."""
        if day < self._day:
            raise ValueError(f"{day} is filed after {self._day}: days must come in order")
        self._day = day
        self._expire(day)
        reports = [a if isinstance(a, Report) else Report.of(a) for a in articles]
        found = self._copies.place_day(day, reports)
        self._forget_homes()
        reports.sort(key=lambda r: found.order[r.article.id])
        fresh = [r for r in reports if r.article.id not in found.links]
        told = [r.features(found.bodies[r.article.id]) for r in fresh]
        self._frequencies.add(f.words.keys() for f in told)
        self._count_leads(fresh)
        opened = [self._open(r, f, day) for r, f in zip(fresh, told, strict=True)]
        new = {s.members[0] for s in opened}
        redirects, moves, touched = self._join(opened, day)
        for story in opened:
            self._home[story.members[0]] = self._resolve(story.id, redirects)
        for article, (story_from, story_to) in self._part(touched, day).items():
            redirects.pop(story_to, None)
            if article in new:
                self._home[article] = story_to
            else:
                moves[article] = Move(
                    article, moves[article].story_from if article in moves else story_from, story_to
                )
        for article, move in moves.items():
            if article in self._home:
                self._home[article] = move.story_to
        placements = []
        for report in reports:
            article = report.article.id
            link = found.links.get(article)
            if link is not None:
                home = self._home[link.root]
                self._home[article] = home
                self._stories[home].members.append(article)
                for latest in self._stories[home].latest:
                    if link.root in latest.articles:
                        latest.articles.append(article)
                placements.append(Placement(article, home, link.duplicate_of, link.revision_of))
            else:
                placements.append(Placement(article, self._home[article]))
        known = {old: kept for old, kept in redirects.items() if old not in {s.id for s in opened}}
        changed = tuple(moves[a] for a in sorted(moves) if moves[a].story_from != moves[a].story_to)
        return DayResult(tuple(placements), changed, known)

    def _resolve(self, story: str, redirects: dict[str, str]) -> str:
        while story in redirects:
            story = redirects[story]
        return story

    def _forget_homes(self) -> None:
        kept = self._copies.roots()
        self._home = {a: s for a, s in self._home.items() if a in kept}

    def _expire(self, day: date) -> None:
        """Stories out of the window keep a short memory; those beyond memory are let go."""
        today = day.toordinal()
        for story in list(self._stories.values()):
            story.old = True
            age = today - story.last
            if age > self._setting.memory:
                self._let_go(story)
            elif age > self._setting.window and not story.dormant:
                story.dormant = True
                story.words = _top(story.words, _STORY_TERMS)
                story.names = _top(story.names, _STORY_TERMS)
                story.title = _top(story.title, _DORMANT_TERMS)
                story.latest, story.looked = [], len(story.members)
                self._put(story)
            if story.expected:
                story.expected = [x for x in story.expected if x[0] + self._setting.overdue >= today]

    # ---------------------------------------------------------------- stories of one

    def _count_leads(self, fresh: Sequence[Report]) -> None:
        for report in fresh:
            if report.lead is not None:
                self._lead_sum = report.lead if self._lead_sum is None else self._lead_sum + report.lead
                self._leads += 1
        if self._lead_sum is not None and self._leads > _HALVE_LEADS_AT:
            self._lead_sum = (self._lead_sum * np.float32(0.5)).astype(np.float32)
            self._leads /= 2

    def _centred(self, lead: Vector) -> Vector:
        """A lead without what the leads of the stream have in common, of unit length."""
        if self._lead_sum is None:
            return lead
        rest = lead - self._lead_sum * np.float32(1 / (self._leads + _LEADS_BEFORE))
        return (rest / np.float32(max(1e-6, float(np.linalg.norm(rest))))).astype(np.float32)

    def _open(self, report: Report, found: Features, day: date) -> _Story:
        article = report.article.id
        words = self._frequencies.unit(found.words)
        lead = None if report.lead is None else self._centred(report.lead)
        story = _Story(
            id=story_id(article),
            first=day.toordinal(),
            last=day.toordinal(),
            order=(day.isoformat() + report.moment, article),
            members=[article],
            words=_top(words, _TERMS_KEPT),
            names=self._frequencies.unit(found.names),
            title=self._frequencies.unit(dict.fromkeys(sorted(set(report.heading)), 1.0)),
            when=float(day.toordinal()),
            lead=lead,
            lead_mass=0.0 if lead is None else 1.0,
            expected=[(due, self._expected(words)) for due, words in report.expected],
            told=found.told,
        )
        _round(story)
        self._stories[story.id] = story
        return story

    def _expected(self, words: Sequence[str]) -> dict[str, float]:
        return _four_places(self._frequencies.unit(dict.fromkeys(words, 1)))

    # ---------------------------------------------------------------- links

    def _score(self, a: _Story, b: _Story, like: Likeness) -> float:
        """How strongly two stories are linked: weighted average cosines, less what the days between them take, and chance."""
        s = self._setting
        score = self._weighted(like) - self._by_chance
        pause = abs(a.when - b.when)
        if like.names > 0 and (self._settles(a, b) or self._settles(b, a)):
            score += s.wake * min(1.0, pause / s.dormant)
        else:
            score -= s.gap * math.log1p(pause)
        if a.names and b.names and like.names < s.shared:
            score -= s.clash * (1 - like.names / s.shared)
        return score

    def _chance(self) -> float:
        """What a link is worth less for the stories that run today, each of the day's reports counted as one."""
        s = self._setting
        running = sum(not story.dormant for story in self._stories.values())
        return max(-s.alone, s.chance * math.log(max(1, running) / s.usual))

    def _settles(self, report: _Story, story: _Story) -> bool:
        """True where a new report tells of what the story expects."""
        if report.old or not story.old or not report.told:
            return False
        return any(
            due + self._setting.overdue >= report.first
            and sum(w * w for word, w in words.items() if word in report.told) >= self._setting.settled
            for due, words in story.expected
        )

    def _weighted(self, like: Likeness) -> float:
        s = self._setting
        score = s.words * like.words + s.names * like.names + s.title * like.title
        return score + (
            s.lead_unknown
            if like.lead is None
            else s.lead * (like.lead - s.lead_base * _LEADS_BEFORE / (self._leads + _LEADS_BEFORE))
        )

    def _bar(self, a: _Story, b: _Story) -> float:
        """What a link must reach: more where both are stories already, whose articles are closer to each other."""
        bar = self._setting.join
        if a.old and b.old:
            bar += self._setting.merge
        bar -= self._setting.pull * min(_PULL_MOST, abs(math.log(a.mass / b.mass)))
        if min(a.pairs, b.pairs) >= self._setting.tight:
            bar = max(bar, self._setting.cohesion * min(a.inner / a.pairs, b.inner / b.pairs))
        return bar

    def _put(self, story: _Story) -> dict[str, float]:
        """List a story under the words by which it is found, which are returned."""
        if story.dormant:
            terms = _remembered(story)
        else:
            scale = 1 / story.mass
            terms = {t: w * scale for t, w in _top(story.words, _STORY_TERMS).items()}
        self._index.put(story.id, terms)
        self._rows.remove(story.id)
        return terms

    def _let_go(self, story: _Story) -> None:
        self._index.remove(story.id)
        self._rows.remove(story.id)
        del self._stories[story.id]

    def _pair_with_neighbours(self, heap: list[_Entry], story: _Story, terms: dict[str, float]) -> None:
        """Hold a new article against the stories that share most of its `terms`, its rarest words."""
        found = self._index.nearest(terms, self._setting.candidates + 1)
        others = [self._stories[o] for o in found if o != story.id and o not in story.near]
        for held in (story, *others):
            if held.id not in self._rows:
                self._rows.put(held.id, (held.words, held.names, held.title))
        sums = self._rows.products(story.id, [o.id for o in others]).tolist()
        for other, (words, names, title) in zip(others, sums, strict=True):
            self._pair(heap, story, other, _averages(story, other, words, names, title))

    def _join(self, opened: Sequence[_Story], day: date) -> tuple[dict[str, str], dict[str, Move], set[str]]:
        """Join what is linked. Returns where stories merged away went, the moves by article, and the stories that grew."""
        terms = [self._put(story) for story in opened]
        self._by_chance = self._chance()
        heap: list[_Entry] = []
        for story, its_terms in zip(opened, terms, strict=True):
            self._pair_with_neighbours(heap, story, its_terms)
        redirects: dict[str, str] = {}
        moves: dict[str, Move] = {}
        touched: set[str] = set()
        while heap:
            _, one, two, version_one, version_two = heapq.heappop(heap)
            a, b = self._stories.get(one), self._stories.get(two)
            if a is None or b is None or (a.version, b.version) != (version_one, version_two):
                continue
            kept, gone = (a, b) if (a.order, a.id) <= (b.order, b.id) else (b, a)
            if gone.old:
                for article in gone.members:
                    start = moves[article].story_from if article in moves else gone.id
                    moves[article] = Move(article, start, kept.id)
            redirects[gone.id] = kept.id
            self._absorb(kept, gone, day)
            touched.discard(gone.id)
            touched.add(kept.id)
            for other in sorted(kept.near):
                self._push(heap, kept, self._stories[other], kept.near[other])
        self._settle_strays(opened, day, redirects, touched)
        for key in sorted(touched):
            _round(self._stories[key])
            self._put(self._stories[key])
        for story in self._stories.values():
            story.near.clear()
        final = {a: Move(a, m.story_from, self._resolve(m.story_to, redirects)) for a, m in moves.items()}
        return redirects, final, touched

    # ---------------------------------------------------------------- parting

    def _part(self, touched: Iterable[str], day: date) -> dict[str, tuple[str, str]]:
        """Part stories that hold two chains of events. Returns the old and the new story of each article that left its own."""
        parted: dict[str, tuple[str, str]] = {}
        for key in sorted(touched):
            story = self._stories[key]
            grown = len(story.members) - story.looked
            if grown < _LOOK_AFRESH or len(story.latest) < 2 * splitting.LEAST:
                continue
            story.looked = len(story.members)
            links = splitting.links_of(story.latest, self._linked)
            gone = splitting.part(story.latest, links, self._setting.join)
            if gone:
                other = self._rebuilt(story, gone, links, day)
                stay = [i for i in range(len(story.latest)) if i not in gone]
                rest = self._rebuilt(story, stay, links, day)
                left = set(other.members)
                rest.id, rest.order, rest.first = story.id, story.order, story.first
                rest.members = [a for a in story.members if a not in left]
                for found in (rest, other):
                    found.looked = len(found.members)
                    _round(found)
                    self._stories[found.id] = found
                    self._put(found)
                parted |= dict.fromkeys(other.members, (story.id, other.id))
        return parted

    def _linked(self, one: ReportVector, two: ReportVector) -> float:
        like = Likeness(
            _dot(one.words, two.words), _dot(one.names, two.names), _dot(one.title, two.title), None
        )
        return self._weighted(like)

    def _rebuilt(self, story: _Story, places: Sequence[int], links: splitting.Links, day: date) -> _Story:
        """A story of some of the latest articles of `story`, by their places. Its leads are taken to be those of the whole."""
        rows = [story.latest[i] for i in places]
        today = day.toordinal()
        weigh = [0.5 ** ((today - row.day) / self._setting.half_life) for row in rows]
        mass = sum(weigh)
        sums: list[dict[str, float]] = [{}, {}, {}]
        for row, share in zip(rows, weigh, strict=True):
            for total, terms in zip(sums, (row.words, row.names, row.title), strict=True):
                for term, weight in terms.items():
                    total[term] = total.get(term, 0.0) + share * weight
        pairs = {
            (i, j): weigh[m] * weigh[n] for m, i in enumerate(places) for n, j in enumerate(places) if i < j
        }
        fraction = mass / story.mass
        first = rows[0].articles[0]
        key = story_id(first)
        return _Story(
            id=key if key not in self._stories else story_id(f"{first} {day}"),
            first=rows[0].day,
            last=today,
            order=(date.fromordinal(rows[0].day).isoformat(), first),
            members=[a for row in rows for a in row.articles],
            words=sums[0],
            names=sums[1],
            title=sums[2],
            when=sum(w * row.day for w, row in zip(weigh, rows, strict=True)) / mass,
            mass=mass,
            lead=None if story.lead is None else (story.lead * np.float32(fraction)).astype(np.float32),
            lead_mass=story.lead_mass * fraction,
            inner=sum(share * links[pair] for pair, share in pairs.items()),
            pairs=sum(pairs.values()),
            expected=list(story.expected),
            latest=rows,
            old=True,
        )

    def _settle_strays(
        self, opened: Sequence[_Story], day: date, redirects: dict[str, str], touched: set[str]
    ) -> None:
        """Let an article that is linked too weakly to any story join the one that it is linked to by far most."""
        s = self._setting
        chosen: list[tuple[_Story, _Story]] = []
        for story in opened:
            if story.id not in self._stories or len(story.members) > 1:
                continue
            ranked = sorted(
                ((self._score(story, self._stories[o], like), o) for o, like in story.near.items()),
                reverse=True,
            )
            if (
                ranked
                and ranked[0][0] >= s.join - s.stray
                and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= s.ahead)
            ):
                target = self._stories[ranked[0][1]]
                if len(target.members) >= s.crowd:
                    chosen.append((target, story))
        for target, story in chosen:
            redirects[story.id] = target.id
            self._absorb(target, story, day)
            touched.discard(story.id)
            touched.add(target.id)

    def _pair(self, heap: list[_Entry], a: _Story, b: _Story, like: Likeness) -> None:
        if self._score(a, b, like) >= _NEAR * self._setting.join:
            a.near[b.id] = b.near[a.id] = like
            self._push(heap, a, b, like)

    def _push(self, heap: list[_Entry], a: _Story, b: _Story, like: Likeness) -> None:
        if b.id < a.id:
            a, b = b, a
        score = self._score(a, b, like)
        if score >= self._bar(a, b):
            heapq.heappush(heap, (-score, a.id, b.id, a.version, b.version))

    def _absorb(self, kept: _Story, gone: _Story, day: date) -> None:
        rows = splitting.newest(_latest(kept) + _latest(gone))
        for story in (kept, gone):
            self._age(story, day.toordinal())
        kept.latest = rows
        cross = self._weighted(kept.near[gone.id])
        kept.inner += gone.inner + cross * kept.mass * gone.mass
        kept.pairs += gone.pairs + kept.mass * gone.mass
        self._join_neighbours(kept, gone)
        for sums, more in ((kept.words, gone.words), (kept.names, gone.names), (kept.title, gone.title)):
            for term, weight in more.items():
                sums[term] = sums.get(term, 0.0) + weight
        if len(kept.words) > _PRUNE_AT:
            kept.words = _top(kept.words, _TERMS_KEPT)
        if len(kept.names) > _PRUNE_AT:
            kept.names = _top(kept.names, _TERMS_KEPT)
        if len(kept.title) > _PRUNE_AT:
            kept.title = _top(kept.title, _TERMS_KEPT)
        if gone.lead is not None:
            kept.lead = gone.lead if kept.lead is None else kept.lead + gone.lead
        kept.when += (gone.when - kept.when) * gone.mass / (kept.mass + gone.mass)
        kept.mass += gone.mass
        kept.lead_mass += gone.lead_mass
        kept.members += gone.members
        kept.expected = sorted(kept.expected + gone.expected, key=lambda x: (-x[0], sorted(x[1])))[
            :_MOST_EXPECTED
        ]
        kept.told = frozenset() if kept.old or gone.old else kept.told | gone.told
        kept.first = min(kept.first, gone.first)
        kept.last = max(kept.last, gone.last)
        kept.old = kept.old or gone.old
        kept.dormant = False
        kept.version += 1
        self._let_go(gone)

    def _join_neighbours(self, kept: _Story, gone: _Story) -> None:
        """Work out `kept`'s likeness to the neighbours of both, as it will be with `gone` in it."""
        share = kept.mass / (kept.mass + gone.mass)
        for other in sorted((kept.near.keys() | gone.near.keys()) - {kept.id, gone.id}):
            neighbour = self._stories[other]
            ours = kept.near.get(other) or _likeness(kept, neighbour)
            theirs = gone.near.get(other) or _likeness(gone, neighbour)
            kept.near[other] = neighbour.near[kept.id] = ours.joined(theirs, share)
            neighbour.near.pop(gone.id, None)
        kept.near.pop(gone.id, None)

    def _age(self, story: _Story, today: int) -> None:
        """Let the weight of a story's earlier articles decay to `today`."""
        if story.last >= today:
            return
        decay = 0.5 ** ((today - story.last) / self._setting.half_life)
        for sums in (story.words, story.names, story.title):
            for term in sums:
                sums[term] *= decay
        if story.lead is not None:
            story.lead = (story.lead * np.float32(decay)).astype(np.float32)
        story.mass *= decay
        story.lead_mass *= decay
        story.inner *= decay * decay
        story.pairs *= decay * decay
        story.last = today

    # ---------------------------------------------------------------- to and from bytes

    def dump(self) -> bytes:
        """The whole state, to go on from later. The same state gives the same bytes."""
        meta: dict[str, Any] = {
            "leads_seen": self._leads,
            "setting": list(astuple(self._setting)),
            "day": self._day.isoformat(),
            "rates": self._frequencies.dump(),
            "home": self._home,
            "stories": [[getattr(s, name) for name in _KEPT] for s in self._stories.values()],
        }
        meta["copies"], arrays = self._copies.dump()
        leads = [_whole(s.lead) for s in self._stories.values() if s.lead is not None]
        meta["leads"] = [s.id for s in self._stories.values() if s.lead is not None]
        meta["width"] = len(leads[0][0]) if leads else 0
        arrays["lead_sum"] = np.zeros(0, np.float32) if self._lead_sum is None else self._lead_sum
        arrays["leads"] = np.concatenate([whole for whole, _ in leads] or [np.zeros(0, np.int8)])
        arrays["units"] = np.array([unit for _, unit in leads], np.float32)
        return shelf_state.pack(meta, arrays)

    @classmethod
    def load(cls, data: bytes, setting: Setting = SETTING) -> Shelf:
        """The shelf that `dump` wrote. Raises UnreadableState where it is damaged, of another version or another setting."""
        meta, arrays = shelf_state.unpack(data)
        if meta["setting"] != list(astuple(setting)):
            raise shelf_state.UnreadableState("the kept state of filing was made with another setting")
        shelf = cls(setting)
        shelf._day = date.fromisoformat(meta["day"])
        shelf._frequencies.load(meta["rates"])
        shelf._home = meta["home"]
        shelf._leads = meta["leads_seen"]
        shelf._lead_sum = arrays["lead_sum"] if len(arrays["lead_sum"]) else None
        shelf._copies.load(meta["copies"], arrays)
        width = meta["width"]
        leads = {
            story: arrays["leads"][i * width : (i + 1) * width].astype(np.float32) * arrays["units"][i]
            for i, story in enumerate(meta["leads"])
        }
        for row in meta["stories"]:
            story = _Story(**dict(zip(_KEPT, row, strict=True)), old=True, lead=leads.get(row[0]))
            story.order = (story.order[0], story.order[1])
            story.expected = [(due, words) for due, words in story.expected]
            story.latest = [ReportVector(*row) for row in story.latest]
            shelf._stories[story.id] = story
            shelf._put(story)
        return shelf


def place_all(days: Iterable[tuple[date, Sequence[Reading]]], setting: Setting = SETTING) -> dict[str, str]:
    """The story of each article once all of `days` (in order) are filed."""
    shelf = Shelf(setting)
    homes: dict[str, str] = {}
    for day, readings in days:
        result = shelf.place_day(day, readings)
        homes.update((p.article, p.story) for p in result.placements)
        homes.update((m.article, m.story_to) for m in result.moves)
    return homes
