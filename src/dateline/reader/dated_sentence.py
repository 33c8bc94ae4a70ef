"""The times of a sentence: which of them say when what is announced falls due, and in which days.

`DatedSentence` is the first layer of a sentence on its way through the rules of expectations; `judged_sentence` weighs what is
announced, `expectations` words it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.reader import due
from dateline.reader.candidate import Candidate
from dateline.reader.document import Clause, Document
from dateline.reader.expectation_cues import cues
from dateline.reader.holders import Holders
from dateline.reader.verbs import verb_group
from dateline.records import (
    Event,
    Expectation,
    Interval,
    Mention,
    TimeExpression,
)

_FINITE_CUTS = frozenset(["acl:relcl", "parataxis"])
CONDITIONS = frozenset(["if", "unless", "provided", "assuming", "should"])
_REPORT_GAP = 4


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression in a sentence: its words, the preposition before it, and the predicate that governs it."""

    time: TimeExpression
    words: tuple[int, ...]
    before: str
    governor: int | None
    reported: bool


class DatedSentence:
    """A sentence with its times. `earlier` are the expectations found before it."""

    def __init__(
        self,
        document: Document,
        number: int,
        clause: Clause,
        times: Sequence[TimeExpression],
        mentions: Sequence[Mention],
        events: Sequence[Event],
        holders: Holders,
        earlier: Sequence[Expectation],
    ) -> None:
        self.document, self.number, self.clause = document, number, clause
        self.published = document.article.published
        self.mentions = [m for m in mentions if clause.sentence.span.overlaps(m.span)]
        self.events = [e for e in events if e.sentence == number]
        self.holders, self.earlier = holders, earlier
        self.times = [
            t for t in (self._timed(t) for t in times if clause.sentence.span.overlaps(t.span)) if t
        ]
        self.timed_words = frozenset(w for t in self.times for w in t.words)

    def _below(self, word: int, above: int) -> bool:
        return word != above and above in self.clause.ancestors(word)

    def _timed(self, time: TimeExpression) -> Timed | None:
        clause = self.clause
        words = tuple(clause.words_in(time.span))
        if not words:
            return None
        first, inside = words[0], set(words)
        before = ""
        for word in range(first - 1, max(-1, first - 4), -1):
            text = clause.lower(word)
            if clause.analysis.upos[word] in ("ADP", "SCONJ") or text in (
                "by",
                "within",
                "before",
                "in",
                "until",
            ):
                before = text
                break
            if text not in (
                "the",
                "about",
                "around",
                "some",
                '"',
                "“",
                "‘",
                "'",
                "next",
                "early",
                "late",
                "mid",
                "end",
                "of",
                "at",
                "roughly",
            ):
                break
        if (
            not before
            and words
            and clause.lower(words[0]) in ("by", "within", "before", "in", "until", "for", "over")
        ):
            before = clause.lower(words[0])
        if before == "over" and clause.lower(first) in ("the", "next"):
            before = "within"
        head = next((w for w in words if clause.analysis.heads[w] not in inside), words[-1])
        governor = next((w for w in clause.ancestors(head) if self._is_predicate(w)), None)
        reported = self._is_report_time(first, words[-1]) or self._is_dateline(time, words)
        return Timed(time, words, before, governor, reported)

    def _is_dateline(self, time: TimeExpression, words: tuple[int, ...]) -> bool:
        """True for the day in "BERN, Oct 3 (XYZ) -" at the head of a sentence."""
        clause, last = self.clause, words[-1] + 1
        if words[0] > 8 or last >= len(clause.tokens) or not clause.tokens[0].text[:1].isupper():
            return False
        return clause.lower(last) in ("(", "-", "–", "—") and any(
            clause.lower(w) == "," for w in range(words[0])
        )

    def _is_predicate(self, word: int) -> bool:
        clause = self.clause
        if clause.child(word, "nsubj", "nsubj:pass", "cop", "expl") is not None:
            return True
        return clause.analysis.deprels[word] == "root" or clause.child(word, "aux", "aux:pass") is not None

    def _is_report_time(self, first: int, last: int) -> bool:
        """True for the day on which something was said: "told reporters on Monday", "said Tuesday"."""
        clause = self.clause
        for word in range(first - 1, max(-1, first - _REPORT_GAP - 1), -1):
            if (
                clause.analysis.lemmas[word].lower() in cues().reporting
                and clause.analysis.upos[word] == "VERB"
            ):
                if word and clause.lower(word - 1) in (
                    "to",
                    "be",
                    "is",
                    "are",
                    "was",
                    "were",
                    "been",
                    "will",
                    "would",
                    "'ll",
                    "now",
                ):
                    return False
                following = clause.lower(last + 1) if last + 1 < len(clause.tokens) else "."
                between = [clause.lower(w) for w in range(word + 1, first)]
                return not (
                    {"by", "within", "before", "for", "that", "until", "to"} & set(between)
                ) or following in ("that", ",", ".")
            if clause.analysis.upos[word] in ("PUNCT", "VERB", "AUX") or clause.lower(word) == "that":
                return False
        return False

    def _time_of(self, candidate: Candidate, everything: list[Candidate], taken: set[int]) -> Timed | None:
        """The time expression that says when the candidate is due, or None."""
        free = [t for t in self.times if not t.reported and not taken & set(t.words) and self._tells_when(t)]
        free = [t for t in free if not self._in_condition(t, candidate)]
        if candidate.kind != "moved":
            free = [t for t in free if t.before not in ("until", "till")]
        if candidate.kind in ("dated noun", "moved", "object"):
            after = [t for t in free if t.words[0] > candidate.cue and t.words[0] - candidate.cue <= 14]
            if candidate.kind == "moved":
                after = [t for t in after if t.before in ("to", "until", "till", "for")]
            inside = [t for t in free if candidate.kind == "object" and t.words[0] > candidate.cue]
            return self._best(after or inside)
        own = [t for t in free if self._belongs(t, candidate, everything)]
        if not own:
            own = [t for t in free if self._follows(t, candidate, everything)]
        if candidate.kind == "present":
            own = [t for t in own if t.before not in ("to", "until", "till", "since", "for", "after")]
        return self._best(own)

    def _in_condition(self, timed: Timed, candidate: Candidate) -> bool:
        """True for a time of the condition: "If nobody has claimed it by May, the museum will …"."""
        opened = next(
            (
                w
                for w in range(timed.words[0])
                if self.clause.lower(w) in CONDITIONS and w < candidate.trigger
            ),
            None,
        )
        if opened is None or timed.words[0] > candidate.trigger:
            return False
        return any(self.clause.lower(w) == "," for w in range(timed.words[-1], candidate.trigger))

    def _best(self, timed: list[Timed]) -> Timed | None:
        def rank(t: Timed) -> tuple[bool, bool, int]:
            ahead = t.time.interval is not None and t.time.interval.end >= self.published
            return (t.before not in due.LIMITS, not (ahead or t.time.type == "DURATION"), t.words[0])

        return min(timed, key=rank, default=None)

    def _tells_when(self, timed: Timed) -> bool:
        """False for times of something else: "since May", "two hours later", "the 2021 deal"."""
        clause, last = self.clause, timed.words[-1]
        if timed.time.type == "SET" or (
            timed.before in ("since", "after", "of", "from") and timed.before != "from"
        ):
            return False
        following = clause.lower(last + 1) if last + 1 < len(clause.tokens) else ""
        if following in ("later", "earlier", "ago", "before", "after", "old", "behind"):
            return False
        if re.search(r"\b(?:later|earlier|ago|old)\Z", timed.time.text.lower()) and re.match(
            r"P(?!X)", timed.time.value
        ):
            return False
        if timed.time.value in ("PAST_REF", "PRESENT_REF"):
            return False
        if following in ("'s", "’s") and timed.time.type == "DATE":
            # "Saturday's match" names the day of what lies ahead, "the 2021 deal" tells its age
            return timed.time.interval is not None and timed.time.interval.start >= self.published
        head = clause.analysis.heads[timed.words[-1]]
        relation = clause.analysis.deprels[timed.words[-1]]
        return not (
            relation in ("nmod:poss", "compound", "nummod", "amod")
            and head not in timed.words
            and head > last
        )

    def _belongs(self, timed: Timed, candidate: Candidate, everything: list[Candidate]) -> bool:
        clause, governor = self.clause, timed.governor
        if governor is None:
            return False
        if governor in (candidate.trigger, candidate.cue):
            return True
        # below the trigger, with no other announced or past predicate in between
        if candidate.trigger in clause.ancestors(governor):
            between = [
                governor,
                *(w for w in clause.ancestors(governor) if self._below(w, candidate.trigger)),
            ]
            if any(c.trigger in between or c.cue in between for c in everything if c is not candidate):
                return False
            return not any(
                clause.analysis.deprels[w] in _FINITE_CUTS or verb_group(clause, w).tense == "past"
                for w in between
            )
        return False

    def _follows(self, timed: Timed, candidate: Candidate, everything: list[Candidate]) -> bool:
        """Where the tree hangs the time elsewhere: it stands behind the trigger, or in front, with no predicate between."""
        clause = self.clause
        first, last = candidate.trigger, timed.words[0]
        if last < first:
            if timed.words[-1] < min(candidate.cue, first) and candidate.cue - timed.words[-1] > 12:
                return False
            low, high = timed.words[-1] + 1, min(candidate.cue, first)
        else:
            low, high = first + 1, last
        for word in range(low, high):
            if clause.lower(word) in (";", ":") or (
                clause.lower(word) == "that" and clause.analysis.deprels[word] == "mark" and last > first
            ):
                return False
            if any(word in (c.trigger, c.cue) for c in everything if c is not candidate):
                return False
            if (
                clause.analysis.upos[word] in ("VERB", "AUX")
                and verb_group(clause, word).finite
                and word != candidate.cue
            ):
                if clause.analysis.upos[word] == "AUX" and clause.analysis.heads[word] in (
                    candidate.trigger,
                    candidate.cue,
                ):
                    continue
                return False
        return True

    def _anchor(self, candidate: Candidate) -> tuple[date, bool]:
        """The day on which the expectation was voiced, and whether that lies before the report."""
        if not candidate.past:
            return self.published, False
        clause = self.clause
        above = self.holders.reporting_verb(clause, candidate)
        pluperfect = False
        if above is not None:
            group = verb_group(clause, above)
            pluperfect = (group.tense == "past" and group.perfect) or any(
                clause.lower(c) == "had" for c in clause.children(above)
            )
            told = [
                t
                for t in self.times
                if (t.governor == above or t.reported or self._stands_by(t, above))
                and t.time.interval is not None
                and t.time.interval.start < self.published
                and not (min(candidate.cue, candidate.trigger) < t.words[0])
            ]
            said = [t for t in told if t.before not in ("since",)]
            if said:
                day = said[-1].time.interval
                if day is not None and (pluperfect or day.end < self.published):
                    return day.start, True
        return self.published, pluperfect or candidate.kind in ("be to", "raising", "dated noun")

    def _stands_by(self, timed: Timed, verb: int) -> bool:
        return 0 < timed.words[0] - verb <= 8

    def _window(self, candidate: Candidate, timed: Timed | None, anchor: date, past: bool) -> Interval | None:
        if timed is None:
            return self._implied(candidate, anchor)
        clause = self.clause
        words = {clause.analysis.lemmas[candidate.trigger].lower(), clause.lower(candidate.trigger)}
        words |= {clause.lower(k) for k in clause.children(candidate.trigger)}
        before = timed.before
        if candidate.kind in ("moved",):
            before = ""
        if (
            candidate.cue != candidate.trigger
            and before in ("for", "to", "until", "till")
            and candidate.kind in ("dated noun", "object")
        ):
            before = ""
        return due.window(
            timed.time,
            before,
            anchor,
            past=past,
            limit=bool(words & cues().completing),
            lasting=clause.analysis.lemmas[candidate.trigger].lower() in cues().enduring,
        )

    def _implied(self, candidate: Candidate, anchor: date) -> Interval | None:
        """The report's own day for "by nightfall", where no time expression was marked."""
        words = [self.clause.lower(w) for w in range(len(self.clause.tokens))]
        for word in range(candidate.trigger + 1, len(words) - 1):
            if words[word] in ("by", "before", "at") and words[word + 1] in (
                "nightfall",
                "dusk",
                "sunset",
                "noon",
                "midday",
                "midnight",
            ):
                return Interval(anchor, anchor)
        return None

    def _joined(self, candidate: Candidate) -> Interval | None:
        """The days of the expectation just voiced, for "We will be there" right after it."""
        if not self.earlier or candidate.kind != "modal" or candidate.negated:
            return None
        last = self.earlier[-1]
        if last.due is None or self.number - last.sentence > 1 or last.due.end < self.published:
            return None
        lemma = self.clause.analysis.lemmas[candidate.trigger].lower()
        subject = self.clause.child(candidate.trigger, "nsubj")
        if (
            lemma not in cues().joining
            or subject is None
            or self.clause.lower(subject) not in ("we", "i", "they", "he", "she")
        ):
            return None
        if (
            len(self.clause.subtree(candidate.trigger)) > 8
            and self.clause.child(candidate.trigger, "obj") is not None
        ):
            return None
        return Interval(self.published, last.due.end, "span")
