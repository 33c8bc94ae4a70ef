"""Where reports give different values for one fact: counts, days, places, doers, and whether it happened at all.

Compared are articles with one another and the sources within one article. A copy adds nothing and a newer version stands
for the older. Counts that grow are compared within a day; plans, rounding and spellings are no disagreement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache

from dateline import spelling
from dateline.keeper import counts, matching, words
from dateline.keeper.counts import Count
from dateline.keeper.current import current, evidence
from dateline.keeper.words import Weights
from dateline.records import Disagreement, DisagreementValue, Event, Evidence, Filed

_NEAR = timedelta(days=6)
"""How far apart two reports of one happening may lie."""

_APART = 4
"""How many days two reports may set one happening apart."""


@dataclass(frozen=True)
class _Told:
    """A happening as one sentence tells it."""

    filed: Filed
    sentence: int
    event: Event
    families: frozenset[int]
    key: frozenset[str]
    text: str

    @cached_property
    def predicate(self) -> str:
        """The stems of the predicate."""
        return words.phrase_stem(self.event.predicate)

    @cached_property
    def concerned(self) -> frozenset[str]:
        """The stems of who and what takes part; of all the sentence where nobody was found."""
        named = [a.text for a in self.event.arguments if a.role in ("agent", "patient")]
        return frozenset(w for t in named for w in words.content(t)) or self.key

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The named places that the sentence gives, nearest to the predicate first."""
        return tuple(_places(self))

    @cached_property
    def venues(self) -> tuple[str, ...]:
        """Those of its places that are a hall, a square or the like."""
        return tuple(p for p in self.places if _VENUE.search(p))


def find(story: str, filed: Sequence[Filed], as_of: date) -> list[Disagreement]:
    """The disagreements among a story's articles as known on `as_of`, in the order of their first report."""
    known = sorted(
        current([f for f in filed if f.article.published <= as_of]),
        key=lambda f: (f.article.published, f.article.source, f.article.id),
    )
    weights = Weights(matching.sentences_of(known))
    found = [*_of_counts(story, known), *_within(story, known)]
    told = [t for f in known for t in _told(f)]
    found.extend(_of_happenings(story, told, weights))
    return sorted(
        _once(found),
        key=lambda d: (
            d.values[0].evidence.published,
            d.values[0].evidence.source,
            d.values[0].evidence.span,
            d.about,
        ),
    )


def _once(found: Sequence[Disagreement]) -> Iterator[Disagreement]:
    """Each pair of passages once for one kind of fact."""
    seen: set[tuple[str, frozenset[tuple[str, int]]]] = set()
    for disagreement in found:
        kind = disagreement.about.split(":")[0]
        places = frozenset((v.evidence.article, v.evidence.span.start) for v in disagreement.values)
        if (kind, places) not in seen:
            seen.add((kind, places))
            yield disagreement


# --------------------------------------------------------------------------------------------------------- counts


@lru_cache(maxsize=4096)
def _counts_in(sentence: str) -> tuple[Count, ...]:
    return tuple(counts.find(sentence))


@dataclass(frozen=True, slots=True)
class _Counted:
    filed: Filed
    sentence: int
    count: Count


_OTHER_EVENT = re.compile(
    r"\b(?:last (?:such|hurricane|time|major|big|serious|fatal|deadly)|(?:previous|earlier|similar|another) (?:\w+ )?(?:accident|disaster|attack|quake|earthquake|collapse|crash|storm|fire|flood|incident)|in (?:1[5-9]|20)\d\d\b|(?:years?|decades?|months) ago|since (?:1[5-9]|20)\d\d|predecessor)\b",
    re.I,
)


def _main_counts(report: Filed) -> dict[str, _Counted]:
    """For each kind of count the first in the article: what follows is mostly background."""
    found: dict[str, _Counted] = {}
    text = report.article.text
    for number, span in enumerate(report.reading.sentences):
        sentence = span.of(text)
        if _OTHER_EVENT.search(sentence) or _is_planned(report, number):
            continue
        for count in _counts_in(sentence):
            found.setdefault(count.kind, _Counted(report, number, count))
    return found


def _is_planned(report: Filed, number: int) -> bool:
    return any(x.sentence == number for x in report.reading.expectations) and not any(
        e.sentence == number and e.realis == "actual" and e.score >= 0.5 for e in report.reading.events
    )


def _of_counts(story: str, known: Sequence[Filed]) -> Iterator[Disagreement]:
    by_kind: defaultdict[str, list[_Counted]] = defaultdict(list)
    for report in known:
        for kind, counted in _main_counts(report).items():
            by_kind[kind].append(counted)
    for kind, all_counted in sorted(by_kind.items()):
        groups: list[list[_Counted]] = []
        for counted in all_counted:
            for group in groups:
                if _comparable(kind, counted, group[0]):
                    group.append(counted)
                    break
            else:
                groups.append([counted])
        for group in groups:
            if any(not counts.agree(a.count, b.count) for a in group for b in group):
                yield _disagreement(story, f"{kind}: how many", group[0].filed.article.published, group)


def _comparable(kind: str, a: _Counted, b: _Counted) -> bool:
    apart = abs((a.filed.article.published - b.filed.article.published).days)
    if kind in counts.GROWING:
        return apart == 0
    if apart > 3:
        return False
    here = words.content(_sentence(a.filed, a.sentence))
    there = words.content(_sentence(b.filed, b.sentence))
    shared = {w for w in here for v in there if words.alike(w, v)}
    return len(shared) >= 2


def _within(story: str, known: Sequence[Filed]) -> Iterator[Disagreement]:
    """Two numbers for one thing in one article, from two sources."""
    for report in known:
        for number in range(len(report.reading.sentences)):
            sentence = _sentence(report, number)
            for a, b in counts.from_two_sources(sentence):
                pair = [_Counted(report, number, a), _Counted(report, number, b)]
                yield _disagreement(story, f"{a.kind}: how many", report.article.published, pair)
            first = _counts_in(sentence)
            before = _counts_in(_sentence(report, number - 1)) if number else ()
            for base, place in [*((c, number) for c in first), *((c, number - 1) for c in before)][:3]:
                for other in counts.restated(sentence, base.kind):
                    if (place, other.start) == (number, base.start) or counts.agree(base, other):
                        continue
                    if place == number and other.start <= base.end:
                        continue
                    pair = [_Counted(report, place, base), _Counted(report, number, other)]
                    yield _disagreement(story, f"{base.kind}: how many", report.article.published, pair)


def _disagreement(story: str, about: str, day: date | None, group: Sequence[_Counted]) -> Disagreement:
    return Disagreement(
        story,
        about,
        day,
        tuple(DisagreementValue(c.count.text, _passage(c.filed, c.sentence)) for c in group),
    )


def _passage(report: Filed, number: int) -> Evidence:
    return evidence(report, report.reading.sentences[number])


def _sentence(report: Filed, number: int) -> str:
    return report.reading.sentences[number].of(report.article.text)


# ------------------------------------------------------------------------------------- days, places, doers, yes and no


def _told(report: Filed) -> Iterator[_Told]:
    """What the article says happened, or did not, once a sentence and family."""
    table = words.lexicon()
    for event in report.reading.events:
        if event.realis not in ("actual", "negated") or event.score < 0.5:
            continue
        text = _sentence(report, event.sentence)
        if _FORECAST.search(
            text[max(0, event.span.start - report.reading.sentences[event.sentence].start - 60) :][:80]
        ):
            continue
        predicate = words.phrase_stem(event.predicate)
        if predicate not in table.happenings:
            predicate = predicate.split()[0]
        longer = words.phrases_with(text, predicate.split()[0])
        families = words.happenings({predicate, *longer} if predicate not in table.light else longer)
        if not families:
            continue
        yield _Told(report, event.sentence, event, families, words.content(text) - {predicate}, text)


def _of_happenings(story: str, told: Sequence[_Told], weights: Weights) -> Iterator[Disagreement]:
    by_family: defaultdict[int, list[int]] = defaultdict(list)
    for number, happening in enumerate(told):
        for family in happening.families:
            by_family[family].append(number)
    for i, a in enumerate(told):
        last = a.filed.article.published + _NEAR
        for j in _later(i, a, by_family):
            b = told[j]
            if b.filed.article.published > last:
                break
            if a.filed.article.id != b.filed.article.id:
                yield from _of_pair(story, a, b, weights)


def _of_pair(story: str, a: _Told, b: _Told, weights: Weights) -> Iterator[Disagreement]:
    """Where two happenings of one kind differ, if they are one."""
    days = places = doers = None
    if a.event.realis == b.event.realis == "actual":
        days = _days_differ(a, b)
        if _same_day(a, b):
            places, doers = _places_differ(a, b), _doers_differ(a, b)
        if not (days or places or doers):
            return
    elif not _opposed(a, b):
        return
    # last, since it costs most
    like = _likeness(a, b, weights)
    if like < 0.42 and not (like >= 0.3 and _both_venues(a, b)):
        return
    about = a.event.predicate
    if days and like >= 0.5:
        yield _pair(story, f"day: {about}", a, b, days, None)
    if places:
        yield _pair(story, f"place: {about}", a, b, places, _day_of(a))
    if doers and like >= 0.6:
        yield _pair(story, f"who: {about}", a, b, doers, _day_of(a))
    if a.event.realis != b.event.realis and like >= 0.62:
        yield _pair(story, f"whether: {about}", a, b, (_yes(a), _yes(b)), a.filed.article.published)


def _later(number: int, told: _Told, by_family: Mapping[int, Sequence[int]]) -> list[int]:
    """The numbers of later happenings that share a family with `told`, in order."""
    found: set[int] = set()
    for family in told.families:
        members = by_family[family]
        found.update(members[bisect_right(members, number) :])
    return sorted(found)


def _likeness(a: _Told, b: _Told, weights: Weights) -> float:
    """How likely two happenings of one kind are one, in [0, 1]."""
    near = matching.cosine(a.filed, a.sentence, b.filed, b.sentence)
    shared = (weights.share(a.concerned, b.key) + weights.share(b.concerned, a.key)) / 2
    same = 1.0 if a.predicate == b.predicate else 0.85
    return 0.3 * same + 0.5 * shared + 0.2 * near


def _pair(
    story: str, about: str, a: _Told, b: _Told, values: tuple[str, str], day: date | None
) -> Disagreement:
    return Disagreement(
        story,
        about,
        day,
        (
            DisagreementValue(values[0], _passage(a.filed, a.sentence)),
            DisagreementValue(values[1], _passage(b.filed, b.sentence)),
        ),
    )


def _day_of(told: _Told) -> date | None:
    interval = told.event.interval
    return interval.start if interval is not None and interval.start == interval.end else None


_FORECAST = re.compile(
    r"\b(?:likely|forecast|expected|projected|predicted|will|would|could|may|might|plans?|planned|due to|set to)\b",
    re.I,
)
_RECURRING = frozenset(map(words.phrase_stem, ["say", "tell", "speak", "meet", "talk", "attack", "strike", "shell", "visit", "report", "publish", "announce", "ask", "play", "open", "close", "arrive", "leave", "return", "rise", "fall", "begin", "start", "die", "death", "kill", "find"]))  # fmt: skip


def _days_differ(a: _Told, b: _Told) -> tuple[str, str] | None:
    """The days that the two give for it, where these cannot both be right."""
    first, second = _day_of(a), _day_of(b)
    if first is None or second is None or first == second or abs((first - second).days) > _APART:
        return None
    if first > a.filed.article.published or second > b.filed.article.published:
        return None
    if not _RECURRING.isdisjoint((a.predicate, b.predicate)):
        return None
    return _told_day(a) or str(first), _told_day(b) or str(second)


def _told_day(told: _Told) -> str | None:
    sentence = told.filed.reading.sentences[told.sentence]
    return next(
        (
            t.text
            for t in told.filed.reading.times
            if sentence.contains(t.span)
            and t.interval is not None
            and told.event.interval is not None
            and t.interval.overlaps(told.event.interval)
        ),
        None,
    )


def _same_day(a: _Told, b: _Told) -> bool:
    first, second = a.event.interval, b.event.interval
    if first is None or second is None:
        return abs((a.filed.article.published - b.filed.article.published).days) <= 2
    return first.overlaps(second)


_PLACE = re.compile(
    r"\b(?P<prep>in|at|near|outside|inside|off)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}?(?P<name>[A-Z][\w’'.-]*(?:\s+(?:of|de|la|the|St\.)\s+[A-Z][\w’'.-]*|\s+[A-Z][\w’'.-]*)*)"
)
_VENUE = re.compile(
    r"\b(?:Hall|Palace|Stadium|Arena|Square|Centre|Center|Hotel|Church|Cathedral|Mosque|Temple|Airport|Station|Bridge|Theatre|Theater|Museum|School|University|College|Hospital|Park|Court|House|Residence|Castle|Tower|Street|Road|Port|Harbour|Base|Camp|Market|Mall|Room|Chamber|Library|Gallery|Club|Building)\b"
)
_PLACED = frozenset(words.phrase_stem(w) for w in ["ashore", "landfall", "land", "sign", "signing", "hit", "strike", "crash", "sink", "arrest", "meet", "hold", "ceremony", "explode", "explosion", "open", "find", "discover", "die", "kill", "bury", "gather", "take place", "speak", "marry", "dock", "blast", "collapse", "fall", "launch"])  # fmt: skip
_CALENDAR = re.compile(
    r"\A(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\A(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Oct|Nov|Dec|Sept?)\b"
)


def _places(told: _Told) -> list[str]:
    """The named places that the sentence gives behind "in", "at" or "near", nearest to the predicate first."""
    sentence = told.filed.reading.sentences[told.sentence]
    trigger = told.event.span.start - sentence.start
    people = {m.text for m in told.filed.reading.mentions if m.kind == "person" and sentence.contains(m.span)}
    found = []
    for match in _PLACE.finditer(told.text):
        name = match["name"].strip(" .’'")
        if _CALENDAR.match(name) or name in people or match.start() < trigger - 40:
            continue
        if match["prep"] == "in" and not _VENUE.search(name):
            continue
        found.append((abs(match.start() - trigger), name))
    return [n for _, n in sorted(found)]


@cache
def _placed_families() -> frozenset[int]:
    return words.happenings(_PLACED)


def _places_differ(a: _Told, b: _Told) -> tuple[str, str] | None:
    if _PLACED.isdisjoint((a.predicate, b.predicate)) and a.families.isdisjoint(_placed_families()):
        return None
    here, there = a.places, b.places
    if not here or not there:
        return None
    venues = a.venues, b.venues
    if venues[0] and venues[1]:
        here, there = venues
    elif venues[0] or venues[1]:
        return None
    if any(_same_place(x, y) for x in here for y in there):
        return None
    # a place that the other report knows as part of the same scene is no other place
    if not (venues[0] and venues[1]) and (_named_together(a, there[0]) or _named_together(b, here[0])):
        return None if not _measured(a, b) else (here[0], there[0])
    return here[0], there[0]


def _both_venues(a: _Told, b: _Told) -> bool:
    """True where both name a hall, a square or the like, and were published at most two days apart."""
    near = abs((a.filed.article.published - b.filed.article.published).days) <= 2
    return near and bool(a.venues and b.venues)


def _named_together(told: _Told, place: str) -> bool:
    return place in told.text


def _measured(a: _Told, b: _Told) -> bool:
    """True where one report sets its place apart from the other: "ten miles north of Port Orrin"."""
    return any(re.search(r"\b(?:miles?|kilomet(?:er|re)s?|km)\b[^.]{0,20}\bof\b", t.text) for t in (a, b))


def _same_place(a: str, b: str) -> bool:
    if spelling.fold(a) == spelling.fold(b) or spelling.spelt_alike(a, b):
        return True
    first, second = set(spelling.words(a)), set(spelling.words(b))
    return (
        first <= second
        or second <= first
        or any(words.alike(x, y) for x in first for y in second if not _VENUE.search(x.title()))
    )


def _doers_differ(a: _Told, b: _Told) -> tuple[str, str] | None:
    first, second = a.event.argument("agent"), b.event.argument("agent")
    patients = a.event.argument("patient"), b.event.argument("patient")
    if first is None or second is None or patients[0] is None or patients[1] is None:
        return None
    if first.entity is None or second.entity is None:
        return None
    if not any(
        words.alike(x, y) for x in words.content(patients[0].text) for y in words.content(patients[1].text)
    ):
        return None
    if any(
        words.alike(x, y)
        for x in words.content(first.entity) | words.content(first.text)
        for y in words.content(second.entity) | words.content(second.text)
    ):
        return None
    return first.entity, second.entity


def _opposed(a: _Told, b: _Told) -> bool:
    """True where on one day one report says that it happened and the other that it did not."""
    if {a.event.realis, b.event.realis} != {"actual", "negated"}:
        return False
    if a.filed.article.published != b.filed.article.published:
        return False
    return a.predicate == b.predicate and _same_day(a, b)


def _yes(told: _Told) -> str:
    return "yes" if told.event.realis == "actual" else "no"
