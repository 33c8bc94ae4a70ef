"""When an event is said to happen: the time expressions that govern it, what their prepositions make of them, and what
a day passes on to its neighbours in the tree. None rather than a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dateline.reader import due
from dateline.reader.document import Clause
from dateline.reader.predicates import predicates
from dateline.reader.verbs import lemma, verb_group
from dateline.records import Interval, Realis, TimeExpression

_DATELINE = re.compile(
    r"(?:[A-Z][A-Z'’.-]+[ ,/]+){1,5}(?:[A-Z][\w.]+,? ){0,3}(?:[A-Z][a-z]+\.? \d{1,2},? )?(?:\([^)]{1,30}\) ?)?[-–—]+ "
)
_BARRED = frozenset(("appos", "parataxis", "list", "discourse", "vocative"))
_LIMITS = frozenset(("by", "before", "until", "till", "within", "inside", "ahead"))
_PREPOSITIONS = _LIMITS | {
    "since",
    "after",
    "from",
    "in",
    "over",
    "on",
    "for",
    "to",
    "at",
    "during",
    "through",
    "of",
    "around",
}
_BETWEEN = frozenset(
    ("the", "about", "around", "early", "late", "mid", "next", "last", "a", "an", "at", "as")
)
_PLANNED = frozenset(("due", "scheduled", "planned", "set", "slated", "expected", "promised"))
_OCCUR = frozenset(
    [
        "take",
        "happen",
        "occur",
        "begin",
        "start",
        "come",
        "end",
        "last",
        "follow",
        "open",
        "close",
        "resume",
        "be",
        "finish",
        "break",
    ]
)
_GRAINS = {
    "time": 0,
    "day": 1,
    "weekend": 2,
    "week": 3,
    "month": 4,
    "season": 5,
    "quarter": 5,
    "half": 6,
    "year": 7,
    "decade": 8,
    "century": 9,
    "span": 3,
}


@dataclass(frozen=True, slots=True)
class Governing:
    """A time expression beside an event, with the preposition before it ("" for none)."""

    time: TimeExpression
    before: str
    word: int


def governing(
    clause: Clause, times: Sequence[TimeExpression], events: Collection[int]
) -> dict[int, list[Governing]]:
    """The time expressions of a sentence, each under the event that it dates."""
    found: dict[int, list[Governing]] = {}
    text_start = _after_dateline(clause)
    for time in times:
        if time.span.start < text_start:
            continue
        words = [i for i, t in enumerate(clause.tokens) if time.span.start <= t.start < time.span.end]
        if not words:
            continue
        head = next((w for w in words if clause.analysis.heads[w] not in words), words[0])
        planned, noun = _planned_noun(clause, words, events)
        event = (
            noun
            if planned
            else _outside_speech(clause, _event_above(clause, head, words, events), words, events)
        )
        if event is not None:
            found.setdefault(event, []).append(Governing(time, _preposition(clause, head, words), head))
    return found


def _planned_noun(clause: Clause, words: list[int], events: Collection[int]) -> tuple[bool, int | None]:
    """Whether a time tells when a noun is due ("the launch, due tomorrow, …"), and that noun where it is an event."""
    at = min(words) - 1
    if at > 0 and clause.lower(at) in ("for", "on", "in", "to", "at"):
        at -= 1
    if (
        at <= 0
        or clause.lower(at) not in _PLANNED
        or clause.child(at, "cop", "aux:pass", "aux", "nsubj", "nsubj:pass")
    ):
        return False, None
    noun = next(
        (w for w in range(at - 1, max(-1, at - 4), -1) if clause.analysis.upos[w] in ("NOUN", "PROPN")), None
    )
    return noun is not None, noun if noun in events else None


def _outside_speech(
    clause: Clause, event: int | None, words: list[int], events: Collection[int]
) -> int | None:
    """A time before "officials said" is the reported event's, wherever the tree hangs it."""
    if event is None or predicates().embedding.get(lemma(clause, event)) != "reported":
        return event
    subject = clause.child(event, "nsubj")
    start = min(event, subject if subject is not None else event)
    if max(words) > start:
        return event
    before = [w for w in events if w < min(words) and clause.analysis.upos[w] == "VERB"]
    return max(before, default=event)


def _after_dateline(clause: Clause) -> int:
    """Where the sentence starts once a dateline ("HARTVIK, Oct 3 (NWA) - ") is passed."""
    start = clause.sentence.start
    words = "".join(
        t.text + " " * (clause.tokens[i + 1].start - t.end if i + 1 < len(clause.tokens) else 0)
        for i, t in enumerate(clause.tokens[:24])
    )
    match = _DATELINE.match(words)
    return start + match.end() if match else start


def _preposition(clause: Clause, head: int, words: list[int]) -> str:
    """What stands before a time: the word itself ("by the weekend"), else what marks its clause ("before it is over")."""
    at = min(words) - 1
    while at > 0 and clause.lower(at) in _BETWEEN:
        at -= 1
    if at >= 0 and clause.lower(at) in _PREPOSITIONS:
        return clause.lower(at)
    current = head
    for _ in range(3):
        for mark in clause.children(current, "case", "mark"):
            if mark < min(words) and clause.lower(mark) in _PREPOSITIONS:
                return clause.lower(mark)
        if (
            clause.analysis.deprels[current] not in ("nsubj", "nmod", "obl", "compound")
            or clause.analysis.heads[current] < 0
        ):
            return ""
        current = clause.analysis.heads[current]
        if clause.analysis.upos[current] == "VERB":
            return ""
    return ""


def _event_above(clause: Clause, head: int, words: list[int], events: Collection[int]) -> int | None:
    """The event that a time expression hangs on; None where it belongs to something else ("the constitution of 1994")."""
    current = head
    for _ in range(12):
        relation, above = clause.analysis.deprels[current], clause.analysis.heads[current]
        if above < 0:
            return _said_of(clause, current, events)
        if relation in _BARRED and above not in events:
            return None
        if clause.lower(current) in _PLANNED and clause.analysis.upos[above] in ("NOUN", "PROPN"):
            return above if above in events else None
        if relation in _BARRED:
            return None
        if above in events:
            return _lower(clause, above, current, events)
        if _is_in_a_name(clause, current, above, words) and not _hangs_loose(clause, above, words):
            return None
        if relation == "acl":
            return None
        current = above
    return None


_TIMELIKE = frozenset(
    ("night", "morning", "day", "evening", "afternoon", "end", "start", "beginning", "week", "month", "hour")
)


def _is_in_a_name(clause: Clause, current: int, above: int, words: list[int]) -> bool:
    """True where a time belongs to a noun that is no event and no time: "the constitution of 1994"."""
    relation = clause.analysis.deprels[current]
    if clause.analysis.upos[above] == "PROPN" and above < min(words) and relation == "nmod":
        return _preposition(clause, current, words) in ("of", "from")
    if clause.analysis.upos[above] not in ("NOUN", "PROPN", "NUM", "PRON") or above in words:
        return False
    if relation not in ("nmod", "compound", "amod", "nmod:poss", "acl", "nummod", "dep", "flat"):
        return False
    return clause.child(above, "cop") is None and clause.analysis.lemmas[above].lower() not in _TIMELIKE


def _hangs_loose(clause: Clause, noun: int, words: list[int]) -> bool:
    """True where a time beside a noun may as well be the verb's: "killed two people in May", "at the 9 a.m. roll call"."""
    head, relation = clause.analysis.heads[noun], clause.analysis.deprels[noun]
    for _ in range(3):
        if relation not in ("nmod", "flat", "compound") or head < 0:
            break
        head, relation = clause.analysis.heads[head], clause.analysis.deprels[head]
    if head < 0 or relation not in ("obj", "obl", "obl:agent", "nsubj:pass", "nsubj"):
        return False
    before = _preposition(clause, words[0], words)
    if min(words) < noun:
        return relation == "obl" and before in ("at", "in", "on", "during")
    return head < noun and before in (
        "in",
        "on",
        "at",
        "during",
        "since",
        "by",
        "before",
        "until",
        "within",
        "",
    )


def _said_of(clause: Clause, root: int, events: Collection[int]) -> int | None:
    """The event of which a time is predicated: "It was on Monday that the garrison left"."""
    for child in clause.children(root, "csubj", "ccomp", "acl", "advcl", "nsubj", "parataxis"):
        if child in events:
            return child
    return None


def _lower(clause: Clause, event: int, word: int, events: Collection[int]) -> int:
    """A day said after "is expected to sign" is the signing's, not the expecting's; so is the day of "the vote is due"."""
    complement = next(
        (
            c
            for c in clause.children(event, "xcomp", "ccomp", "advcl")
            if any(clause.lower(m) == "to" for m in clause.children(c, "mark"))
        ),
        None,
    )
    if complement is not None and complement in events and complement < word:
        group = lemma(clause, event)
        if (
            predicates().embedding.get(group) in ("expected", "same", "negated")
            or clause.analysis.upos[event] == "ADJ"
        ):
            return complement
    return event


@dataclass(frozen=True, slots=True)
class Dated:
    """An event's days and how they were come by: "said", or "shared" with a neighbour."""

    interval: Interval
    direct: bool


def date_of(
    governings: Sequence[Governing], realis: Realis, published: date, clause: Clause, word: int
) -> Interval | None:
    """The days of an event from the times beside it: the nearest that tells days, or a finer one within it."""
    told: list[tuple[int, Interval]] = []
    for first, last in pairwise(sorted(governings, key=lambda g: g.time.span.start)):
        start, end = first.time.interval, last.time.interval
        if first.before == "from" and last.before in _TO and start and end and start.start <= end.start:
            return Interval(start.start, end.end, "span")
    for governed in governings:
        interval = days(governed, realis, published, clause, word)
        if interval is not None:
            told.append((abs(governed.word - word), interval))
    if not told:
        return None
    _, nearest = min(told, key=lambda t: t[0])
    within = [t for t in told if nearest.start <= t[1].start and t[1].end <= nearest.end]
    return min(within, key=lambda t: (_GRAINS.get(t[1].granularity, 9), t[0]))[1]


_TO = frozenset(("to", "until", "till", "through"))


def days(governed: Governing, realis: Realis, published: date, clause: Clause, word: int) -> Interval | None:
    """What a time and its preposition say of an event: "since 2021" runs to the day of the report, "by Friday" from it."""
    time, before = governed.time, "" if _is_its_own(governed, clause, word) else governed.before
    if time.type == "SET" or time.value in ("PRESENT_REF", "PAST_REF"):
        return None
    if realis == "possible" and before in ("until", "till"):
        return None
    if realis in ("expected", "possible"):
        return _days_ahead(time, before, published, _is_past(clause, word) or _was_said(clause, word))
    interval = time.interval
    if interval is None or time.type == "DURATION":
        return None
    interval = _in_the_past(time, interval, published) if _is_past(clause, word) else interval
    if realis == "negated" and before in _LIMITS and interval.end >= published and not _is_past(clause, word):
        return _days_ahead(time, before, published, False)
    if before == "since":
        return (
            Interval(interval.start, max(interval.start, published), "span") if _lasts(clause, word) else None
        )
    if before in ("after", "before") and _PART_OF_DAY.search(time.text.lower()):
        return interval
    if before in ("after", "before", "until", "till", "within"):
        return None
    if before == "by" and realis == "actual":
        return None
    coarse = interval.granularity not in ("day", "time", "weekend")
    if coarse and realis == "actual" and interval.start <= published <= interval.end:
        return Interval(interval.start, published, interval.granularity)
    return interval


def _is_its_own(governed: Governing, clause: Clause, word: int) -> bool:
    """True where the preposition before a time is that of the event's noun: "since the April 3 fire"."""
    case = clause.child(word, "case")
    return (
        clause.analysis.upos[word] in ("NOUN", "PROPN")
        and case is not None
        and case < governed.word < word
        and clause.lower(case) == governed.before
    )


def _days_ahead(time: TimeExpression, before: str, published: date, past: bool) -> Interval | None:
    """The days of what is expected: "until Monday" ends the day before, all else is as for due dates."""
    if before in ("until", "till") and time.interval is not None and time.type != "DURATION":
        end = time.interval.start - timedelta(days=1)
        return Interval(published, end, "span") if end >= published else None
    if before in ("since", "after"):
        return None
    return due.window(time, before, published, past=past) or (time.interval if past else None)


def _is_past(clause: Clause, word: int) -> bool:
    """True for a predicate told in the past ("left", "were to meet"), not for one told under it ("said it would")."""
    if clause.analysis.upos[word] in ("NOUN", "PROPN") and clause.child(word, "cop") is None:
        head = clause.analysis.heads[word]
        if head < 0 or clause.analysis.upos[head] != "VERB":
            return False
        return verb_group(clause, head).tense == "past" and verb_group(clause, head).modal is None
    group = verb_group(clause, word)
    return group.tense == "past" or group.tense == "participle" or group.perfect


def _was_said(clause: Clause, word: int) -> bool:
    """True for what had been announced before: "the company had said that the crane would come on Friday"."""
    head = clause.analysis.heads[word]
    if head < 0 or clause.analysis.deprels[word] != "ccomp":
        return False
    group = verb_group(clause, head)
    return group.perfect and group.tense == "past"


def _lasts(clause: Clause, word: int) -> bool:
    """True for a predicate that "since" goes with: in the perfect or the present."""
    if clause.analysis.upos[word] in ("NOUN", "PROPN") and clause.child(word, "cop") is None:
        return True
    group = verb_group(clause, word)
    return group.perfect or group.tense == "present"


_PART_OF_DAY = re.compile(
    r"dawn|daybreak|sunrise|noon|midnight|dusk|nightfall|sunset|midday|[ap]\.?m\b|o'clock|\d:\d\d"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _in_the_past(time: TimeExpression, interval: Interval, published: date) -> Interval:
    """A weekday of what is past lies before the report, wherever a reader without the tree put it."""
    words = time.text.lower()
    if (
        (
            interval.start > published
            and any(day in words for day in _WEEKDAYS)
            and not any(c.isdigit() for c in words)
        )
        and "next" not in words
        and (interval.start - published).days <= 7
    ):
        week = timedelta(days=7)
        return Interval(interval.start - week, interval.end - week, interval.granularity)
    return interval


def lies_ahead(governings: Sequence[Governing], published: date) -> bool:
    """True where a time beside an event lies wholly after the report."""
    return any(
        g.time.interval is not None and g.time.type != "DURATION" and g.time.interval.start > published
        for g in governings
    )


# ------------------------------------------------------------------------------------- what neighbours pass on


def share(
    clause: Clause, events: Sequence[int], realis: dict[int, Realis], dated: dict[int, Interval]
) -> dict[int, Interval]:
    """Days for events that have none, from events of the same sentence that happen with them."""
    shared: dict[int, Interval] = {}
    for _ in range(2):
        known = {**shared, **dated}
        for event in events:
            if event in known:
                continue
            source = next(
                (
                    n
                    for n in _companions(clause, event, events)
                    if n in known and _same_side(realis, event, n)
                ),
                None,
            )
            if source is not None:
                shared[event] = known[source]
    return shared


def _same_side(realis: dict[int, Realis], one: int, other: int) -> bool:
    ahead = ("expected", "possible")
    return (realis[one] in ahead) == (realis[other] in ahead) and "generic" not in (
        realis[one],
        realis[other],
    )


def _companions(clause: Clause, event: int, events: Collection[int]) -> list[int]:
    """Events said to happen together with `event`: conjuncts, participles, "when" clauses, its dated subject or place."""
    found: list[int] = []
    relation, head = clause.analysis.deprels[event], clause.analysis.heads[event]
    if _only_tells(clause, event):
        return found
    if relation == "conj" and head in events and clause.analysis.upos[event] == clause.analysis.upos[head]:
        found.append(head)
    if relation == "advcl" and head in events and _together(clause, event):
        found.append(head)
    found.extend(c for c in clause.children(event, "advcl") if c in events and _together(clause, c))
    found.extend(_beside(clause, event, events))
    for child in clause.children(event, "obl"):
        if child in events and {clause.lower(c) for c in clause.children(child, "case")} & {
            "in",
            "at",
            "during",
        }:
            found.append(child)
    if clause.analysis.upos[event] in ("VERB", "AUX", "ADJ"):
        subject = clause.child(event, "nsubj", "nsubj:pass")
        if subject is not None and subject in events:
            found.append(subject)
        found.extend(
            c
            for c in clause.children(event, "obj")
            if c in events and lemma(clause, event) in predicates().light
        )
    else:
        found.extend(
            c
            for c in clause.children(event, "acl")
            if c in events and clause.child(c, "nsubj", "mark") is None
        )
    if (
        clause.analysis.upos[event] == "NOUN"
        and head in events
        and lemma(clause, head) not in predicates().movers
    ):
        if relation == "nsubj" and _is_about(clause, head):
            found.append(head)
        if relation == "obj" and lemma(clause, head) in predicates().light:
            found.append(head)
    if relation == "xcomp" and head in events:
        found.append(head)
    return found


def _beside(clause: Clause, event: int, events: Collection[int]) -> list[int]:
    """Events joined by a "when" that the tree hangs elsewhere: "nine were killed when a dam gave way, police said"."""
    found = []
    for at in range(event + 1, min(event + 4, len(clause.tokens))):
        if clause.lower(at) in ("when", "as") and clause.analysis.upos[at] in ("ADV", "SCONJ", "ADP"):
            other = next(
                (w for w in range(at + 1, len(clause.tokens)) if clause.analysis.upos[w] == "VERB"), None
            )
            if other is not None and other in events and verb_group(clause, other).tense == "past":
                found.append(other)
            break
        if clause.lower(at) in (",", ";"):
            break
    return found


def _only_tells(clause: Clause, word: int) -> bool:
    """True for verbs whose day is their own: those of saying, and those that cancel, move or plan something else."""
    name, table = lemma(clause, word), predicates()
    return table.embedding.get(name) == "reported" or name in table.movers or name in table.objects


def _is_about(clause: Clause, verb: int) -> bool:
    """True where a verb tells what its subject, an event, does as it happens: "the storm killed two", "the vote came"."""
    if clause.analysis.lemmas[verb].lower() in _OCCUR:
        return True
    return clause.child(verb, "ccomp", "xcomp") is None and verb_group(clause, verb).tense == "past"


def _together(clause: Clause, word: int) -> bool:
    """True for a participle without a subject ("killing three") and for "when", "as" and "while" clauses in the past."""
    marks = {clause.lower(c) for c in clause.children(word, "mark", "advmod", "case")}
    if not marks and clause.child(word, "nsubj", "nsubj:pass") is None:
        return clause.lower(word).endswith("ing")
    if marks & {"when", "as", "while"}:
        return verb_group(clause, word).tense == "past"
    return False
