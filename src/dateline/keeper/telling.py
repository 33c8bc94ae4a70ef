"""What reports tell: the events of each sentence with their surroundings, taken apart once for all expectations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from dateline.keeper import words
from dateline.records import Event, Filed, Interval, Span

_DENIED = re.compile(
    r"\b(?:never|ever|not(?! (?:only|just|merely|least|surprisingly|necessarily))|no(?!-)|without|failed|nobody|none|neither)\b|n['’]t\b",
    re.IGNORECASE,
)
_ADVERBS = r"(?:[,\s]+(?:be|been|being|have|not|never|also|now|then|still|soon|again|only|finally|however|therefore|later|instead|\w+ly)\b,?)*"
_AHEAD = re.compile(
    r"(?:\b(?:will|wo|would|shall|could|may|might|can|cannot|ca|should|must|ought|(?:due|expected|set|scheduled|plans?|planned|hopes?|likely|ready|going|about|vows?|promised|wants?|(?:is|are|was|were)) to)(?:n['’]t)?|['’]ll)"
    + _ADVERBS
    + r"\s*\Z",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r"\b(?:ha[sd] (?:begun|started|come)|able|unable|began|begun|started|continued?s?|continuing|went on|managed|helped|got|forced|compelled|(?:said|reported|believed|understood|known|thought|found|alleged) to have(?: been)?)(?: to)?\s*\Z",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"\bto" + _ADVERBS + r"\s*\Z", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|in case|in order|so that|instead of|rather than|until)\b[^,;:]*\Z", re.IGNORECASE
)
_GOVERNED = re.compile(
    r"\b(?:for|of|from|about|against|to|without|before|towards?|into|on|at|with|consider\w*|avoid\w*|risk\w*|plan\w*|start\w*|beg[aiu]n\w*|help\w*|stop\w*|prevent\w*)"
    + _ADVERBS
    + r"\s*\Z",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(
    r"(?:\b(?:is|are|am|was|were|been|be)|['’](?:s|re|m))" + _ADVERBS + r"\s*\Z", re.IGNORECASE
)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|our|my|your|this|that|these|those|any|some|no|every|each|of|for|in|on|at|from|with|by|during|after|before)|['’]s|\d|[a-z]-)\s*\Z",
    re.IGNORECASE,
)
_OCCURRED = frozenset(map(words.phrase_stem, ["take place", "held", "begin", "start", "open", "end", "finish", "go ahead", "follow", "get under way", "kick off", "happen", "occur", "give", "pass", "win", "lose", "go on", "make", "call off", "postpone", "cancel", "bring", "reach", "complete", "conclude", "come"]))  # fmt: skip
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|took|held|began|opened|ended|\w{2,}ed|went|gave|made|got|came|won|lost|brought)\b",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[,:;“”\"]|\b(?:but|and|while|although|though|because|after|before|when|as|which|who|that|said|says)\b",
    re.IGNORECASE,
)
_SAID = frozenset(map(words.stem, ["say", "tell", "announce", "expect", "plan", "promise", "hope", "warn", "vow", "pledge", "predict", "forecast", "schedule", "add", "ask", "claim", "confirm", "repeat", "want", "think", "believe", "know", "call", "due"]))  # fmt: skip
_CARRIED_OUT = re.compile(
    r"(?:\b(?:has|have|had|was|were|went on|gone on|goes on|ha[sd] been|(?:held|took|taken|gave|given|made|began|begun|started|opened|stood|won|lost|cast)(?: (?:an?|the|its|his|her|their|another))?)|['’](?:ve|d))(?: \w+ly)?\s*\Z",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|got|get|gets)" + _ADVERBS + r"\s*\Z", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|this|these|that|those|both|we|i)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have)" + _ADVERBS + r"\s*\Z|['’]ve\s*\Z", re.IGNORECASE)
_BY = re.compile(r"\s+by\b")
_NOUN_OF = re.compile(r"\s*(?:of|to|in|for)\b", re.IGNORECASE)
_LATELY = timedelta(days=45)
_HEADLINE = 80
"""The most characters of a headline, which tells in the present tense of what has happened."""

_SAME_IN_PAST = frozenset(["cut", "put", "hit", "set", "cast", "quit", "shut", "beat", "spread", "let", "hurt", "burst", "bid", "split", "cost", "rid", "shed", "upset", "read"])  # fmt: skip


@dataclass(frozen=True)
class ToldEvent:
    """An event of a report with its surroundings, as every expectation is compared with it."""

    filed: Filed
    event: Event

    @cached_property
    def predicate(self) -> str:
        """The stems of the predicate, with its particle only where the table knows the two together."""
        whole = self.named
        return whole if whole in words.lexicon().happenings else whole.split()[0]

    @cached_property
    def named(self) -> str:
        """The stems of the whole predicate."""
        return words.phrase_stem(self.event.predicate)

    @cached_property
    def is_saying(self) -> str | None:
        """The stem of a predicate that tells of speech or plans, which settles nothing but what it names itself."""
        stem = words.stem(self.event.predicate)
        return stem if stem in _SAID else None

    @cached_property
    def is_bare(self) -> bool:
        """True for a predicate without an ending: mostly a noun, which names a happening rather than reports it."""
        return self.event.span.of(self.filed.article.text).lower() == self.event.predicate.lower()

    @cached_property
    def certainty(self) -> float:
        """How far the wording tells of it as done, in [0, 1]: 0 for what is announced, aimed at or supposed.

        A noun counts where its clause says that it took place; the present tense counts in a headline.
        """
        text = self.filed.article.text
        sentence = self.filed.reading.sentences[self.event.sentence]
        span = self.event.span
        before = text[max(sentence.start, span.start - 60) : span.start]
        if _SUPPOSED.search(before):
            return 0.0
        said = span.of(text).lower()
        lemma = self.event.predicate.lower()
        first = said.split()[0]
        if first.endswith("ing") and not lemma.startswith(first):
            if _UNDER_WAY.search(before):
                return 0.85
            return 0.0 if self.trails_announcement or _GOVERNED.search(before) else 0.8
        if _DONE_TO.search(before):
            return 1.0
        if _INFINITIVE.search(before) or _AHEAD.search(before):
            return 0.0
        if _BY.match(text[span.end : sentence.end]) and not _PASSIVE.search(before):
            return 0.5
        if first == lemma.split()[0] or said in (f"{lemma}s", f"{lemma}es"):
            return self._certainty_of_uninflected(before)
        return 1.0

    def _certainty_of_uninflected(self, before: str) -> float:
        """For what looks alike as a noun and as a verb of the present tense."""
        if _CARRIED_OUT.search(before) or _PASSIVE.search(before):
            return 1.0
        sentence = self.filed.reading.sentences[self.event.sentence]
        if not _NOUN_BEFORE.search(before) and (
            words.stem(self.event.predicate.split()[0]) in _SAME_IN_PAST
            or (self.event.sentence == 0 and sentence.end - sentence.start <= _HEADLINE)
            or self.is_denied
        ):
            return 1.0
        behind = self.clause[1][:60]
        if _PAST.search(behind) and not _OCCURRED.isdisjoint(words.phrases(behind)):
            return 0.95
        return 0.3

    @cached_property
    def _nearby_text(self) -> str:
        """The words from a little before the predicate to a few behind it, within its sentence."""
        text, span = self.filed.article.text, self.event.span
        sentence = self.filed.reading.sentences[self.event.sentence]
        start = max(sentence.start, span.start - 12)
        while start > sentence.start and text[start - 1].isalnum():
            start -= 1
        return text[start : min(sentence.end, span.end + 45)]

    @cached_property
    def nearby(self) -> frozenset[str]:
        """The stems and phrases around the predicate."""
        return words.phrases(self._nearby_text)

    @cached_property
    def own_families(self) -> frozenset[int]:
        """The families of the predicate alone; none for a light one."""
        return words.happenings(() if self.predicate in words.lexicon().light else (self.predicate,))

    @cached_property
    def nearby_families(self) -> frozenset[int]:
        """The families of the phrases around that hold the predicate, or are a happening themselves."""
        table = words.lexicon()
        own = words.phrases_with(self._nearby_text, self.predicate)
        if self.predicate in table.light:
            own |= {p for p in self.nearby if " " in p}
        return words.happenings(own)

    @cached_property
    def leant_on(self) -> frozenset[int]:
        """The families of the words right around a light predicate."""
        light = words.lexicon().light
        near = self.clause[0][-20:].partition(" ")[2] + " " + self.clause[1][:30].rpartition(" ")[0]
        return words.happenings(w for w in words.stems(near) if w not in light)

    @cached_property
    def phrases_with_predicate(self) -> frozenset[str]:
        """The phrases around that hold the predicate's first word, and the predicate."""
        first = self.named.split()[0]
        held = {first} & set(words.stems(self._nearby_text))
        return words.phrases_with(self._nearby_text, first) | held | {self.named}

    @cached_property
    def clause(self) -> tuple[str, str]:
        """The text before and behind the predicate, up to the next comma or conjunction."""
        sentence = self.filed.reading.sentences[self.event.sentence]
        before = self.filed.article.text[sentence.start : self.event.span.start]
        behind = self.filed.article.text[self.event.span.end : sentence.end]
        cuts = [m.end() for m in _BOUNDARY.finditer(before)]
        cut = _BOUNDARY.search(behind.replace(" and ", " & ", 1))
        return before[cuts[-1] :] if cuts else before, behind[: cut.start()] if cut else behind

    @cached_property
    def beside(self) -> frozenset[str]:
        """The content of the clause without the predicate, and of what its subject stands for where the clause names none."""
        before, behind = self.clause
        named = words.content(before)
        if not named - words.lexicon().light:
            named |= self._subject_told_before
        return (named | words.content(behind)) - {self.named}

    @cached_property
    def _subject_told_before(self) -> frozenset[str]:
        """The content of what stands before the clause in its sentence, or of the sentence before."""
        text, sentences = self.filed.article.text, self.filed.reading.sentences
        number = self.event.sentence
        start = self.event.span.start - len(self.clause[0])
        told = words.content(text[sentences[number].start : start])
        if told or number == 0 or not _PRONOUN.search(text[sentences[number].start : self.event.span.start]):
            return told
        return words.content(sentences[number - 1].of(text))

    @cached_property
    def is_announced(self) -> bool:
        """True where the words right before the predicate put it in the future."""
        sentence = self.filed.reading.sentences[self.event.sentence]
        start = self.event.span.start
        return _AHEAD.search(self.filed.article.text[max(sentence.start, start - 40) : start]) is not None

    @cached_property
    def follows_announcement(self) -> bool:
        """True where an expected predicate stands before the event in its clause: the "findings" of "will publish its findings"."""
        end = self.event.span.start
        start = end - len(self.clause[0])
        return any(
            x.sentence == self.event.sentence and start <= x.trigger.start < end
            for x in self.filed.reading.expectations
        )

    @cached_property
    def is_background(self) -> bool:
        """True where the sentence names a time that was over weeks before the report, and none nearer."""
        published = self.filed.article.published
        sentence = self.filed.reading.sentences[self.event.sentence]
        named = [
            t.interval.start
            for t in self.filed.reading.times
            if sentence.contains(t.span) and t.interval is not None and t.interval.start <= published
        ]
        return bool(named) and max(named) < published - _LATELY

    @cached_property
    def trails_announcement(self) -> bool:
        """True where something expected stands anywhere before the event in its sentence."""
        return any(
            x.sentence == self.event.sentence and x.trigger.start < self.event.span.start
            for x in self.filed.reading.expectations
        )

    @cached_property
    def is_denied(self) -> bool:
        """True where the clause says before the predicate that it was not so."""
        return _DENIED.search(self.clause[0]) is not None

    @cached_property
    def clause_families(self) -> frozenset[int]:
        """The families of what the clause names beside the predicate; for a noun, of what it is the noun of."""
        clause = " ".join(self.clause)
        if self.certainty < 1.0:
            clause = self.clause[1] if _NOUN_OF.match(self.clause[1]) else ""
        return words.happenings(words.phrases(clause) - self.phrases_with_predicate)

    @cached_property
    def is_cancelled(self) -> bool:
        """True for a happening named beside a word of cancelling: "the launch was scrapped"."""
        table = words.lexicon()
        return self.certainty < 1.0 and not (table.cancelling - table.physical).isdisjoint(self.nearby)

    @cached_property
    def sentence_families(self) -> frozenset[int]:
        """The families of all that the sentence names."""
        sentence = self.filed.reading.sentences[self.event.sentence]
        return words.happenings(words.phrases(sentence.of(self.filed.article.text)))

    @cached_property
    def _is_perfect(self) -> bool:
        """True for "has opened", which tells that it happened by now, and not when."""
        text = self.filed.article.text
        sentence = self.filed.reading.sentences[self.event.sentence]
        return _PERFECT.search(
            text[max(sentence.start, self.event.span.start - 30) : self.event.span.start]
        ) is not None or (
            self.certainty == 0.95 and re.search(r"\b(?:has|have)\b", self.clause[1][:30]) is not None
        )

    def names(self, days: Interval) -> bool:
        """True where the sentence names just these days."""
        sentence = self.filed.reading.sentences[self.event.sentence]
        return any(
            t.interval is not None and (t.interval.start, t.interval.end) == (days.start, days.end)
            for t in self.filed.reading.times
            if sentence.contains(t.span)
        )

    @cached_property
    def day(self) -> Interval | None:
        """When the event was, by itself or by the only day that its sentence names."""
        published = self.filed.article.published
        interval = self.event.interval
        if interval is not None and interval.end == published and self._is_perfect:
            return None
        if interval is not None and interval.start <= published and is_short(interval):
            return interval
        sentence = self.filed.reading.sentences[self.event.sentence]
        days = {
            t.interval
            for t in self.filed.reading.times
            if sentence.contains(t.span)
            and t.interval is not None
            and t.type in ("DATE", "TIME")
            and t.interval.start == t.interval.end <= published
        }
        return next(iter(days)) if len(days) == 1 else None


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence that tells of events: its content, that of the one before, and the events that are not announced in it."""

    number: int
    content: frozenset[str]
    before: frozenset[str]
    events: tuple[ToldEvent, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report taken apart for comparison."""

    filed: Filed
    sentences: tuple[ToldSentence, ...]


_STATE = re.compile(
    r"\b(?:is|are|was|were|(?:has|have|had) been) (?:now |again |finally |at last |once more |all |fully )?"
    r"(?P<state>back|over|open|closed|shut|free|home|gone|ready|complete|finished|under way|in force|in place|in service)\b",
    re.IGNORECASE,
)


def _states(sentence: Span, number: int, text: str, found: Sequence[Event]) -> Iterator[Event]:
    """What a sentence says is so that was not before, where no event was read: "the bridge is open again"."""
    for match in _STATE.finditer(sentence.of(text)):
        span = Span(sentence.start + match.start("state"), sentence.start + match.end("state"))
        if not any(e.span.overlaps(span) for e in found):
            yield Event(span, number, match["state"].lower(), "actual")


def told(report: Filed) -> Told:
    """A report's sentences that tell of events, taken apart."""
    reading, text = report.reading, report.article.text
    sentences = []
    for number, span in enumerate(reading.sentences):
        announced = {x.trigger for x in reading.expectations if x.sentence == number}
        found = [e for e in reading.events if e.sentence == number]
        found += _states(span, number, text, found)
        events = tuple(ToldEvent(report, e) for e in found if not any(e.span.overlaps(t) for t in announced))
        if events:
            before = words.content(reading.sentences[number - 1].of(text)) if number else frozenset()
            sentences.append(ToldSentence(number, words.content(span.of(text)), before, events))
    return Told(report, tuple(sentences))


def is_short(interval: Interval) -> bool:
    """True where an interval tells when something was, not merely since when."""
    return interval.granularity != "span" or (interval.end - interval.start).days <= 7
