"""Which sentences of a report tell of which days: what a timeline is made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dateline.keeper.sentence_records import SentenceRecords
from dateline.keeper.sentences import is_furniture, is_torn
from dateline.language.datelines import without_dateline, without_day
from dateline.language.days import MONTHS, WEEKDAYS
from dateline.language.stems import singular
from dateline.records import Event, Interval, Mention, Reading, Realis, Span, StoryArticle, Vector

LONGEST = 40
"""Words of a sentence that may stand as an entry; editors write 15 to 24."""
SHORTEST = 5
_LEADING = 2
"""Sentences at the head of a report that tell of the report's day where they name no other."""
_SAYING = 0.5
"""What it counts that somebody said something on a day, beside what happened on it."""
_REACH = 50
_BACKGROUND = re.compile(
    r"\b(?:after|since|following|before|until|despite|amid|ahead of|in advance of|prior to|because of)\b[^,;:.]*\Z",
    re.IGNORECASE,
)
_TOLD = frozenset(["actual", "expected"])
_AGES = ("year", "decade", "century")
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    """a about after all also an and any are as at be been before but by can could did do does for from had has have he her him
    his how i if in into is it its just may me might more most my no not of on one only or our out over said say says she should
    since so some such than that the their them then there these they this those to two under up us was we were what when where
    which while who will with would you your today tomorrow yesterday""".split()  # noqa: SIM905 - a list of quoted words is harder to read
).union(name.lower() for name in (*MONTHS, *WEEKDAYS))
_CUT_OFF = ("...", "…")


@dataclass(frozen=True, slots=True, eq=False)
class DatedSentence:
    """A sentence that tells of something on an interval of days.

    `event` is what it tells, `events` and `mentions` all that stand in the sentence. `time` is the time expression that tells the interval; None where it is the report's own day. `dated` is False for the head
    of a report that names no day: it bears out what others tell of the report's day, and is no entry. `words` are its
    stems, in order; `said` the share of it that is somebody's words. `saying`: what is dated is that somebody said it; `aside`: what is
    dated stands beside what the sentence is about ("after the July 7 attacks").
    """

    filed: StoryArticle
    number: int
    span: Span
    interval: Interval
    realis: Realis
    text: str
    words: tuple[str, ...]
    vector: Vector | None
    event: Event
    events: tuple[Event, ...]
    mentions: tuple[Mention, ...]
    time: Span | None
    said: float
    quoted: bool
    saying: bool = False
    aside: bool = False
    dated: bool = True

    @property
    def published(self) -> date:
        """The day of the report."""
        return self.filed.article.published

    @property
    def named(self) -> bool:
        """True where the sentence names its interval."""
        return self.time is not None

    @property
    def strength(self) -> float:
        """How firmly the report tells of the interval: by naming it, and early."""
        firm = (2.0 if self.named else 1.0) / (1 + 0.1 * self.number)
        return firm * (_SAYING if self.saying else 1.0)

    @property
    def fits(self) -> bool:
        """True where it can stand as an entry: a whole sentence of a length that can be read, and no question, caption or byline."""
        long = len(self.text.split())
        return (
            self.dated
            and SHORTEST <= long <= LONGEST
            and "?" not in self.text
            and not self.text[0].islower()
            and not self.text.endswith(_CUT_OFF)
            and not is_torn(self.text)
            and not is_furniture(self.text)
        )


def find(filed: StoryArticle) -> Iterator[DatedSentence]:
    """The dated sentences of a report, in order: a sentence and an interval on which something in it happened or is expected."""
    reading = filed.reading
    published = filed.article.published
    records = SentenceRecords(reading)
    times, said = _times(reading, records), _said(reading, records)
    cues = {s.cue.start for s in reading.statements if s.cue is not None}
    for number, span in enumerate(reading.sentences):
        named = times[number]
        events = tuple(records.events.get(number, ()))
        told = [e for e in events if e.realis in _TOLD]
        best = _best_by_interval(told, named, published, cues)
        chosen = [(i, e, True) for i, e in best.items() if _is_line(i, best, named)]
        if not best and not named and number < _LEADING:
            today = Interval(published, published)
            chosen = [(today, e, False) for e in told if e.realis == "actual"][:1]
        text = without_day(without_dateline(span.of(filed.article.text))) if chosen else ""
        if not text:
            continue
        words = tuple(content_words(text))
        share, quoted = said[number]
        first = min(e.span.start for _, e, _ in chosen)
        for interval, event, dated in chosen:
            yield DatedSentence(
                filed, number, span, interval,
                "expected" if interval.start > published else event.realis,
                text, words, reading.vectors[number] if reading.vectors is not None else None,
                event, events, tuple(records.mentions.get(number, ())), named.get((interval.start, interval.end)), share, quoted,
                saying=event.span.start in cues,
                aside=event.span.start > first or _is_aside(filed.article.text, span, event),
                dated=dated,
            )  # fmt: skip


def _is_aside(text: str, sentence: Span, event: Event) -> bool:
    """True where the event stands behind a word that makes it the background of another."""
    before = text[max(sentence.start, event.span.start - _REACH) : event.span.start]
    return event.span.start > sentence.start + 1 and bool(_BACKGROUND.search(before))


def content_words(text: str) -> list[str]:
    """The stems of the words that say something, numbers among them; the days that are named are known by the interval."""
    return [singular(w) for w in _WORD.findall(text) if w.lower() not in _COMMON]


def _best_by_interval(
    events: list[Event], named: Mapping[tuple[date, date], Span], published: date, cues: set[int]
) -> dict[Interval, Event]:
    """The surest event of each interval, what was said only where nothing else is told; a time of a day counts as that day.

    Nothing has happened on a day after the report: it is expected where the sentence names the day, and else misread.
    """
    best: dict[Interval, Event] = {}
    for event in sorted(events, key=lambda e: (e.span.start in cues, -e.score, e.span)):
        interval = event.interval
        if interval is None:
            continue
        ahead = interval.start > published and event.realis == "actual"
        if ahead and (interval.start, interval.end) not in named:
            continue
        if interval.start == interval.end:
            interval = Interval(interval.start, interval.end)
        best.setdefault(interval, event)
    return best


def _is_line(
    interval: Interval, best: dict[Interval, Event], named: Mapping[tuple[date, date], Span]
) -> bool:
    """One sentence is one line, but for days that it names: not its month or its report's day beside them."""
    others = [o for o in best if o != interval]
    if any(
        interval.start <= o.start and o.end <= interval.end and o.granularity != interval.granularity
        for o in others
    ):
        return False
    # "a painting of 1662 was stolen on Wednesday" is a line of that Wednesday
    if interval.granularity in _AGES and any(o.is_one_day for o in others):
        return False
    return (interval.start, interval.end) in named or not any((o.start, o.end) in named for o in others)


def _times(reading: Reading, records: SentenceRecords) -> defaultdict[int, dict[tuple[date, date], Span]]:
    """By sentence, the first and last day that its time expressions tell, each with the first expression that tells them."""
    found: defaultdict[int, dict[tuple[date, date], Span]] = defaultdict(dict)
    for time in reading.times:
        number = records.holding(time.span)
        if time.interval is not None and number is not None:
            found[number].setdefault((time.interval.start, time.interval.end), time.span)
    return found


def _said(reading: Reading, records: SentenceRecords) -> defaultdict[int, tuple[float, bool]]:
    """By sentence, the share of its characters that somebody said, and whether any of it is quoted."""
    found: defaultdict[int, tuple[float, bool]] = defaultdict(lambda: (0.0, False))
    for statement in reading.statements:
        content = statement.content
        for number in records.touching(content):
            span = reading.sentences[number]
            shared = (min(span.end, content.end) - max(span.start, content.start)) / (span.end - span.start)
            share, quoted = found[number]
            found[number] = (min(1.0, share + shared), quoted or statement.kind != "indirect")
    return found
