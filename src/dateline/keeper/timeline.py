"""A story's timeline: the days that its reports tell of, in the words that most of them bear out; and its statements."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.keeper import dated_sentences, entries
from dateline.keeper.dated_sentences import DatedSentence
from dateline.keeper.days import Day, centre_of, group
from dateline.keeper.judge import Judge, fact_text
from dateline.keeper.sentences import leans
from dateline.keeper.topic import names_somebody, opens_with
from dateline.keeper.versions import evidence, latest_versions
from dateline.records import Evidence, Realis, StoryArticle, StoryStatement, TimelineEntry

# what a coarsely dated sentence counts beside one with a day
_COARSE = {"week": 0.8, "weekend": 0.9, "month": 0.7, "quarter": 0.5, "season": 0.5, "half": 0.5, "year": 0.4, "decade": 0.2, "century": 0.1, "span": 0.5}  # fmt: skip
_FIRMLY, _LATER, _NEXT, _CENTRAL = 0.5, 0.5, 0.25, 2.0
"""What firmness, reports long after, reports of the next day and closeness to the story's centre count beside the number of reports."""
_EXPECTED = 0.7
_HALF = 2.0
"""The score of a day of weight one half."""
_HEAVIEST, _LEAST_SHARE = 10, 0.5
"""Without a length, a day must have this share of what the heaviest days have on average."""
_FEWEST, _UNLIKELY = 4, 0.3
"""Days up to which a timeline without a length goes on with sentences that are less likely to be faultless entries, and how likely they
must be: only the first of all may be any."""
_ROUNDS = 6
_TWICE, _PERHAPS = 0.6, 0.35
"""Cosines of words from which two entries tell one event, and from which the judge is asked."""
_NEAR, _ADJACENT = 7, 1
"""Days within which two entries may be one event, and within which one bears the other out."""
_SURE = 0.5
_MOST_A_DAY = 3
_SECOND = 0.5
"""The share of the reports of a day's first entry that a further one must have."""


def build(
    story: str,
    filed: Sequence[StoryArticle],
    as_of: date,
    judge: Judge | None = None,
    *,
    days: int | None = None,
    sentences: int | None = None,
    about: Sequence[str] = (),
    first: date = date.min,
    last: date = date.max,
) -> list[TimelineEntry]:
    """The timeline of a story from its articles as known on `as_of`, in order of time.

    `days` is how many days it may have, `sentences` how many entries a day; without them it goes on as long as a day, or an
    entry, is borne out well enough beside the others, in sentences that are likely to be faultless entries (`entries.likelihoods`)
    where there are enough. With `about`, words in lower case, a report that does not say at its head
    that it is about them gives only the sentences that hold one; where they name a person, every report does. Only days from `first` to `last` are given. An entry that is only expected stands until a report tells that it happened. Two entries never tell one
    event: `judge` is asked where their words leave it open.
    """
    known = latest_versions([f for f in filed if f.article.published <= as_of])
    published = Counter(f.article.published for f in known)
    somebody = bool(about) and names_somebody((f.reading for f in known), about)
    told = group(t for f in known for t in _dated_sentences(f, about, somebody=somebody))
    centre = centre_of(told)
    weighed = sorted(
        (
            (_score(day, published, centre), day)
            for day in told
            if first <= day.interval.start and day.interval.end <= last
        ),
        key=lambda pair: (-pair[0], pair[1].interval.start, pair[1].interval.end),
    )
    heaviest = [score for score, _ in weighed[:_HEAVIEST]]
    least = _LEAST_SHARE * sum(heaviest) / len(heaviest) if heaviest and days is None else 0.0
    drawing = _Drawing(story, sentences, about, judge)
    # what a report puts into a month is background where another names the day
    weighed.sort(key=lambda pair: pair[1].interval.start != pair[1].interval.end)
    passes: list[tuple[float | None, int]] = [(None, days or 0)]
    if days is None:
        passes = [(entries.LEAST, len(weighed)), (_UNLIKELY, _FEWEST), (0.0, 1)]
    for likely, most in passes:
        for score, day in weighed:
            if score >= least and drawing.days < most:
                drawing.add(day, score, likely)
    return sorted(drawing.entries(), key=lambda e: (e.interval.start, e.interval.end, -e.weight, e.text))


def _dated_sentences(filed: StoryArticle, about: Sequence[str], *, somebody: bool) -> Iterator[DatedSentence]:
    whole = not about or (not somebody and opens_with(filed.reading, about))
    return (
        t for t in dated_sentences.find(filed) if whole or any(word in t.text.casefold() for word in about)
    )


def _score(day: Day, published: Counter[date], centre: Mapping[str, float]) -> float:
    """How much is told of the day: by how many reports, how firmly, how long after, how close to the middle of the story."""
    after = published[day.interval.end + timedelta(days=1)] if day.interval.end < date.max else 0
    told = (
        math.log1p(len(day.chief))
        + _FIRMLY * math.log1p(day.strength)
        + _LATER * math.log1p(day.later)
        + _NEXT * math.log1p(after)
        + _CENTRAL * math.log1p(10 * day.centrality(centre))
    )
    if all(t.realis == "expected" for t in day.sentences):
        told *= _EXPECTED
    return told * _COARSE.get(day.interval.granularity, 1.0)


def _preference(sentence: DatedSentence, realis: Realis, about: Sequence[str]) -> float:
    """What may stand for the day, and how gladly: told outright, understood alone, no longer than an editor writes."""
    if not sentence.fits or sentence.realis != realis:
        return 0.0
    factor = 1.0
    if about and not any(word in sentence.text.casefold() for word in about):
        factor *= 0.9
    if leans(sentence.text):
        factor *= 0.85
    if sentence.saying:
        factor *= 0.85
    if sentence.aside:
        factor *= 0.6
    if sentence.quoted and sentence.said > 0.8:
        factor *= 0.8
    return factor


@dataclass(slots=True)
class _Line:
    """An entry in the making."""

    day: Day
    sentence: DatedSentence
    words: dict[str, float]
    realis: Realis
    score: float
    told: list[DatedSentence]


class _Drawing:
    """A timeline in the making: the weightiest days first, none of which tells again what one before it tells."""

    def __init__(self, story: str, sentences: int | None, about: Sequence[str], judge: Judge | None) -> None:
        self.days = 0
        self._story = story
        self._sentences = sentences
        self._about = about
        self._judge = judge
        self._lines: list[_Line] = []

    def entries(self) -> list[TimelineEntry]:
        """The entries, in the order in which they were made."""
        return [
            TimelineEntry(
                self._story,
                line.day.interval,
                line.sentence.text,
                line.realis,
                round(line.score / (line.score + _HALF), 4),
                _sources(line.told),
            )
            for line in self._lines
        ]

    def add(self, day: Day, score: float, likely: float | None = None) -> None:
        """Take up what is told of a day, with `likely` by sentences that are as likely as that to be faultless entries, the likelier the
        gladlier. What an entry tells already is
        counted there; nothing may be left. A day is taken up once."""
        if _is_drawn(day, self._lines):
            return
        stands = any(t.realis == "actual" and t.fits for t in day.sentences)
        realis: Realis = "actual" if stands else "expected"
        preference = [_preference(t, realis, self._about) for t in day.sentences]
        if likely is not None:
            fit = [number for number, p in enumerate(preference) if p]
            for number, chance in zip(fit, entries.likelihoods([day.sentences[n] for n in fit]), strict=True):
                chance *= preference[number]
                preference[number] = chance if chance >= likely else 0.0
        chosen: list[int] = []
        for _ in range(_ROUNDS):
            chosen = day.choose(self._sentences or _MOST_A_DAY, preference)
            told = [(n, line) for n in chosen if (line := self._told_by(day, n)) is not None]
            if not told:
                break
            for number, line in told:
                preference[number] = 0.0
                if abs(_gap(line.day, day)) <= _ADJACENT:
                    line.told.append(day.sentences[number])
        else:
            return
        new = self._new(day, score, realis, chosen)
        self.days += bool(new)
        self._lines += new

    def _new(self, day: Day, score: float, realis: Realis, chosen: Sequence[int]) -> list[_Line]:
        found: list[_Line] = []
        most = 0
        for number, supporting in zip(chosen, day.supporting(chosen), strict=True) if chosen else ():
            told = [day.sentences[n] for n in supporting]
            reports = len({t.filed.article.id for t in told})
            if not found:
                most = reports
            elif self._sentences is None and reports < max(2.0, _SECOND * most):
                continue
            own = score * min(1.0, reports / most)
            found.append(_Line(day, day.sentences[number], day.units[number], realis, own, told))
        return found

    def _told_by(self, day: Day, number: int) -> _Line | None:
        """The entry that tells the same event as a sentence of the day, if any does."""
        sentence, words = day.sentences[number], day.units[number]
        for line in self._lines:
            if line.day is day:
                continue
            alike = sum(weight * line.words.get(word, 0.0) for word, weight in words.items())
            if alike >= _TWICE or (
                alike >= _PERHAPS
                and abs(_gap(line.day, day)) <= _NEAR
                and self._is_one(line.sentence, sentence)
            ):
                return line
        return None

    def _is_one(self, one: DatedSentence, other: DatedSentence) -> bool:
        if self._judge is None:
            return False
        pair = (fact_text(one.text, one.published), fact_text(other.text, other.published))
        return self._judge.facts([pair])[0]["same"] >= _SURE


def _is_drawn(day: Day, lines: Sequence[_Line]) -> bool:
    """True where the day has an entry, or, of a longer interval, a day of it."""
    longer = day.interval.start != day.interval.end
    return any(
        line.day is day
        or (longer and day.interval != line.day.interval and day.interval.overlaps(line.day.interval))
        for line in lines
    )


def _gap(one: Day, other: Day) -> int:
    """Days between two intervals; 0 where they touch or overlap."""
    return max(
        0,
        (other.interval.start - one.interval.end).days,
        (one.interval.start - other.interval.end).days,
    )


def _sources(told: Iterable[DatedSentence]) -> tuple[Evidence, ...]:
    """The sentences as evidence, the earliest first."""
    found = {evidence(t.filed, t.span) for t in told}
    return tuple(sorted(found, key=lambda e: (e.published, e.article, e.span)))


def statements(story: str, filed: Sequence[StoryArticle]) -> list[StoryStatement]:
    """Who said what in a story, in order of the reports; copies and replaced versions are left out."""
    return [
        StoryStatement(
            story=story,
            speaker=s.speaker,
            kind=s.kind,
            evidence=evidence(f, s.content),
            cue=s.cue.of(f.article.text) if s.cue else None,
            attributed_to=s.source.of(f.article.text) if s.source else None,
            score=s.score,
        )
        for f in latest_versions(filed)
        for s in f.reading.statements
    ]
