"""A story's timeline: its dated sentences, grouped by what they tell, ranked by weight; and its statements.

Sentences are ranked as in date-wise timeline summarisation (Gholipour Ghalandari & Ifrim 2020): a day counts by how
many reports tell of it, a sentence by how central it is to what they tell.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dateline.keeper.current import current, evidence, independent
from dateline.keeper.datelines import without_dateline
from dateline.records import (
    Event,
    Filed,
    Interval,
    Reading,
    Realis,
    Span,
    StoryStatement,
    TimelineEntry,
    Vector,
)

# sentences at least this alike tell of the same thing on the same day
_SAME = 0.55
# entries shown for one interval, and the least weight beside the story's weightiest entry
_MOST_A_DAY = 4
_LEAST_WEIGHT = 0.12
# what a coarsely dated sentence counts beside one with a day
_COARSE = {"week": 0.8, "weekend": 0.9, "month": 0.7, "quarter": 0.5, "season": 0.5, "half": 0.5, "year": 0.4, "decade": 0.2, "century": 0.1, "span": 0.5}  # fmt: skip
_AGES = ("year", "decade", "century")
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    filed: Filed
    sentence: Span
    interval: Interval
    realis: Realis
    vector: Vector
    score: float


def build(story: str, filed: Sequence[Filed], as_of: date) -> list[TimelineEntry]:
    """The timeline of a story from its articles as known on `as_of`, in order of time.

    An entry that is only expected stands until a report tells that it happened.
    """
    candidates = [c for f in current(filed) for c in _candidates(f)]
    if not candidates:
        return []
    _vectorise(candidates)
    groups: defaultdict[Interval, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.interval].append(candidate)
    entries = [
        entry
        for interval, members in groups.items()
        for entry in sorted((_entry(story, interval, c) for c in _cluster(members)), key=_rank)[:_MOST_A_DAY]
    ]
    heaviest = max(e.weight for e in entries)
    kept = [_weighed(e, e.weight / heaviest) for e in entries if e.weight / heaviest >= _LEAST_WEIGHT]
    return sorted(kept, key=lambda e: (e.interval.start, e.interval.end, -e.weight, e.text))


def _rank(entry: TimelineEntry) -> tuple[float, str]:
    return -entry.weight, entry.text


def _weighed(entry: TimelineEntry, weight: float) -> TimelineEntry:
    return TimelineEntry(entry.story, entry.interval, entry.text, entry.realis, weight, entry.sources)


def _candidates(filed: Filed) -> list[_Candidate]:
    """A candidate for each sentence and interval on which something in the sentence happened or is expected."""
    reading = filed.reading
    best: dict[tuple[int, Interval], Event] = {}
    for event in reading.events:
        if event.interval is None or event.realis not in ("actual", "expected"):
            continue
        if not without_dateline(reading.sentences[event.sentence].of(reading.article.text)):
            continue
        key = (event.sentence, event.interval)
        if key not in best or event.score > best[key].score:
            best[key] = event
    found = []
    for (number, interval), event in best.items():
        others = [other for n, other in best if n == number and other != interval]
        # one sentence is one line, but for days that it names: not its month or its report's day beside them
        if any(
            interval.start <= o.start and o.end <= interval.end and o.granularity != interval.granularity
            for o in others
        ):
            continue
        # "a painting of 1662 was stolen on Wednesday" is a line of that Wednesday
        if interval.granularity in _AGES and any(o.granularity in ("time", "day") for o in others):
            continue
        named = _named_days(reading, number)
        if interval not in named and any(o in named for o in others):
            continue
        position = 1 / (1 + 0.15 * number)
        score = (
            event.score
            * position
            * (1.0 if interval in named else 0.6)
            * _COARSE.get(interval.granularity, 1.0)
        )
        vector = reading.vectors[number] if reading.vectors is not None else np.zeros(0, np.float32)
        found.append(_Candidate(filed, reading.sentences[number], interval, event.realis, vector, score))
    return found


def _named_days(reading: Reading, number: int) -> set[Interval]:
    """The intervals that the time expressions of a sentence tell."""
    sentence = reading.sentences[number]
    return {t.interval for t in reading.times if t.interval is not None and sentence.contains(t.span)}


def _vectorise(candidates: list[_Candidate]) -> None:
    """Where the model gives no vectors, put TF-IDF vectors of the sentences' words in their place."""
    if all(c.vector.size for c in candidates):
        return
    bags = [
        Counter(w.casefold() for w in _WORD.findall(c.sentence.of(c.filed.article.text))) for c in candidates
    ]
    frequency = Counter(word for bag in bags for word in bag)
    index = {word: i for i, word in enumerate(sorted(frequency))}
    for number, bag in enumerate(bags):
        vector = np.zeros(len(index), np.float32)
        for word, count in bag.items():
            vector[index[word]] = count * math.log(1 + len(bags) / frequency[word])
        norm = float(np.linalg.norm(vector))
        c = candidates[number]
        candidates[number] = _Candidate(
            c.filed, c.sentence, c.interval, c.realis, vector / (norm or 1.0), c.score
        )


def _cluster(members: list[_Candidate]) -> list[list[_Candidate]]:
    """Sentences of one interval that tell of the same thing, greedily, the weightiest first."""
    clusters: list[list[_Candidate]] = []
    for candidate in sorted(members, key=lambda c: (-c.score, c.filed.article.id, c.sentence)):
        alike = [max(float(candidate.vector @ c.vector) for c in cluster) for cluster in clusters]
        if alike and max(alike) >= _SAME:
            clusters[int(np.argmax(alike))].append(candidate)
        else:
            clusters.append([candidate])
    return clusters


def _entry(story: str, interval: Interval, cluster: list[_Candidate]) -> TimelineEntry:
    realis: Realis = "actual" if any(c.realis == "actual" for c in cluster) else "expected"
    # what happened is told by those who tell that it did
    tellers = [c for c in cluster if c.realis == realis]
    centre = np.mean([c.vector for c in cluster], axis=0)
    best = max(tellers, key=lambda c: (c.score * (0.5 + float(c.vector @ centre)), c.filed.article.id))
    ordered = sorted(
        cluster, key=lambda c: (c is not best, c.filed.article.published, c.filed.article.id, c.sentence)
    )
    sources = tuple(dict.fromkeys(evidence(c.filed, c.sentence) for c in ordered))
    strongest = sorted(
        (c.score for c in {c.filed.article.id: c for c in reversed(ordered)}.values()), reverse=True
    )
    weight = sum(score / (1 + rank) for rank, score in enumerate(strongest)) * math.sqrt(independent(sources))
    return TimelineEntry(
        story, interval, without_dateline(best.sentence.of(best.filed.article.text)), realis, weight, sources
    )


def statements(story: str, filed: Sequence[Filed]) -> list[StoryStatement]:
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
        for f in current(filed)
        for s in f.reading.statements
    ]
