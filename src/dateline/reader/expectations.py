"""Expectations: events that a report, or somebody in it, expects after the day on which that was said.

Rules over the sentence's tree find what is announced (`announcements`), the time expressions beside it give the days in
which it falls due (`due`), the statements who expects it (`holders`). What is true in general, advice, what is denied
and what was only imagined are no expectations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.reader import due, wording
from dateline.reader.announcements import Candidate, candidates
from dateline.reader.document import Clause, Document
from dateline.reader.expectation_cues import cues
from dateline.reader.holders import Holders
from dateline.reader.realis import is_general, is_indefinite
from dateline.reader.verbs import verb_group
from dateline.records import Event, Expectation, Interval, Mention, Span, Statement, Strength, TimeExpression

THRESHOLD = 0.5
"""The least score of an expectation that is kept."""

_FINITE_CUTS = frozenset(["acl:relcl", "parataxis"])
_CONDITIONS = frozenset(["if", "unless", "provided", "assuming", "should"])
_OPENERS = frozenset(["if", "unless", "whether", "before", "until", "when", "whenever", "how", "why", "once"])
_REPORT_GAP = 4
_PEOPLE = frozenset(["people", "residents", "drivers", "travellers", "travelers", "passengers", "visitors", "readers", "viewers", "customers", "motorists", "parents", "anyone", "everyone", "you", "fans", "commuters", "voters"])  # fmt: skip
_COMING = frozenset(["come", "attend", "go", "join", "be", "sign", "take", "participate", "vote", "travel"])


@dataclass(frozen=True, slots=True)
class _Timed:
    """A time expression in a sentence: its words, the preposition before it, and the predicate that governs it."""

    time: TimeExpression
    words: tuple[int, ...]
    before: str
    governor: int | None
    reported: bool


def find(
    document: Document,
    times: Sequence[TimeExpression] = (),
    mentions: Sequence[Mention] = (),
    events: Sequence[Event] = (),
    statements: Sequence[Statement] = (),
) -> tuple[Expectation, ...]:
    """The expectations of an article, in text order."""
    holders = Holders(document, mentions, statements)
    found: list[Expectation] = []
    for number, clause in enumerate(document.clauses):
        if not clause.tokens:
            continue
        found.extend(
            _Sentence(document, number, clause, times, mentions, events, holders, found).expectations()
        )
    return tuple(found)


_RAISING = frozenset(["expect", "want", "predict", "forecast", "project", "estimate", "believe"])
"""Verbs whose object does what is expected: "expects the price to fall"."""


class _Sentence:
    """One sentence on its way through the rules. `earlier` are the expectations found before it."""

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

    # ------------------------------------------------------------------------------------------------ the whole

    def expectations(self) -> list[Expectation]:
        """The sentence's expectations."""
        taken: set[int] = set()
        kept: list[tuple[Candidate, Expectation]] = []
        everything = candidates(self.clause, self.timed_words)
        for candidate in everything:
            expectation = self._weigh(candidate, everything, taken)
            if expectation is not None:
                kept.append((candidate, expectation))
        if not kept:
            fragment = self._fragment()
            return [fragment] if fragment else []
        return self._without_echoes(kept)

    def _weigh(
        self, candidate: Candidate, everything: list[Candidate], taken: set[int]
    ) -> Expectation | None:
        clause = self.clause
        if self._is_refused(candidate):
            return None
        anchor, past = self._anchor(candidate)
        timed = self._time_of(candidate, everything, taken)
        window = self._window(candidate, timed, anchor, past)
        conditional = self._is_conditional(candidate)
        if conditional and timed is not None and timed.time.type == "DURATION":
            window = None
        score = self._score(candidate, window, timed, conditional)
        if window is None and timed is None and not conditional:
            window = self._joined(candidate)
            score += 0.3 if window is not None else 0.0
        if score < THRESHOLD:
            return None
        if timed is not None:
            taken.update(timed.words)
        holder = self.holders.of(self.number, clause, candidate)
        strength: Strength = "conditional" if conditional else candidate.strength
        trigger = clause.tokens[candidate.trigger]
        return Expectation(
            span=self._span(candidate),
            sentence=self.number,
            event=self._wording(candidate, timed),
            predicate=clause.analysis.lemmas[candidate.trigger].lower(),
            trigger=Span(trigger.start, trigger.end),
            holder=holder,
            arguments=self._arguments(candidate),
            due=window,
            strength=strength,
            negated=candidate.negated,
            score=round(min(score, 0.99), 3),
        )

    def _without_echoes(self, kept: list[tuple[Candidate, Expectation]]) -> list[Expectation]:
        """One expectation where two words announce the same: a conjunct without a day of its own, a day replaced."""
        result: list[Expectation] = []
        for candidate, expectation in kept:
            others = [(c, e) for c, e in kept if c is not candidate]
            inside = any(
                self._below(candidate.trigger, c.trigger)
                and (expectation.due is None or expectation.due == e.due)
                for c, e in others
            )
            replaced = any(
                c.subject == candidate.trigger or (candidate.trigger == c.trigger and candidate.cue < c.cue)
                for c, _ in others
            )
            if not inside and not replaced:
                result.append(expectation)
        return result

    def _below(self, word: int, above: int) -> bool:
        return word != above and above in self.clause.ancestors(word)

    # ------------------------------------------------------------------------------------------------- the times

    def _timed(self, time: TimeExpression) -> _Timed | None:
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
        return _Timed(time, words, before, governor, reported)

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

    def _time_of(self, candidate: Candidate, everything: list[Candidate], taken: set[int]) -> _Timed | None:
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

    def _in_condition(self, timed: _Timed, candidate: Candidate) -> bool:
        """True for a time of the condition: "If nobody has claimed it by May, the museum will …"."""
        opened = next(
            (
                w
                for w in range(timed.words[0])
                if self.clause.lower(w) in _CONDITIONS and w < candidate.trigger
            ),
            None,
        )
        if opened is None or timed.words[0] > candidate.trigger:
            return False
        return any(self.clause.lower(w) == "," for w in range(timed.words[-1], candidate.trigger))

    def _best(self, timed: list[_Timed]) -> _Timed | None:
        def rank(t: _Timed) -> tuple[bool, bool, int]:
            ahead = t.time.interval is not None and t.time.interval.end >= self.published
            return (t.before not in due.LIMITS, not (ahead or t.time.type == "DURATION"), t.words[0])

        return min(timed, key=rank, default=None)

    def _tells_when(self, timed: _Timed) -> bool:
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

    def _belongs(self, timed: _Timed, candidate: Candidate, everything: list[Candidate]) -> bool:
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

    def _follows(self, timed: _Timed, candidate: Candidate, everything: list[Candidate]) -> bool:
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

    def _stands_by(self, timed: _Timed, verb: int) -> bool:
        return 0 < timed.words[0] - verb <= 8

    def _window(
        self, candidate: Candidate, timed: _Timed | None, anchor: date, past: bool
    ) -> Interval | None:
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

    # ---------------------------------------------------------------------------------------------- what is none

    def _is_refused(self, candidate: Candidate) -> bool:
        """True for what is denied, imagined, asked or always so."""
        clause = self.clause
        trigger = candidate.trigger
        lemma = clause.analysis.lemmas[trigger].lower()
        above = self.holders.reporting_verb(clause, candidate)
        if above is not None and clause.analysis.lemmas[above].lower() in cues().denying:
            rule = clause.analysis.lemmas[above].lower() == "rule"
            if not rule or clause.child(above, "compound", "compound:prt", "advmod") is not None:
                return True
        if any(clause.analysis.lemmas[a].lower() in ("deny", "dismiss") for a in clause.ancestors(trigger)):
            return True
        if any(
            clause.lower(c) in cues().habit and clause.lower(c) not in ("never", "ever")
            for c in clause.children(trigger, "advmod")
        ):
            return True
        if clause.tokens[-1].text == "?" and not self.holders.reported(self.number, clause, candidate):
            return True
        if self._is_condition(min(trigger, candidate.cue)):
            return True
        if (
            clause.lower(candidate.cue) in ("will", "'ll", "would", "wo")
            and lemma == "have"
            and clause.child(trigger, "xcomp") is not None
        ):
            return not self.times
        if lemma == "need" and candidate.kind == "modal":
            return True
        if candidate.kind == "modal" and not self.times and self._is_supposed(candidate):
            return True
        if candidate.cue and clause.lower(candidate.cue - 1) in ("than", "as"):
            return True
        if clause.analysis.lemmas[candidate.cue].lower() == "threaten" and not self._is_willed(candidate):
            return True
        if clause.lower(candidate.cue) in ("would", "'d", "’d"):
            if not self.holders.reported(self.number, clause, candidate) and not self._is_narrated(candidate):
                return True
            if self._is_quoted(candidate) and above is None:
                return True
        return False

    def _is_supposed(self, candidate: Candidate) -> bool:
        """True for a guess at what has been ("will have turned") and for what a plan would entail ("a text that would …")."""
        clause, cue = self.clause, candidate.cue
        if clause.lower(cue) in ("will", "'ll", "’ll"):
            return cue + 1 < candidate.trigger and clause.lower(cue + 1) == "have"
        return clause.lower(cue) in ("would", "'d", "’d") and bool(
            cue and clause.lower(cue - 1) in ("which", "that")
        )

    def _is_willed(self, candidate: Candidate) -> bool:
        """True where somebody threatens, not something: "the strike threatened to undermine" is no threat."""
        clause = self.clause
        words = wording.subject_words(clause, candidate.cue)
        head = candidate.holder if candidate.holder is not None else wording.head_of(clause, words)
        if head is not None and (clause.analysis.upos[head] in ("PRON", "PROPN")):
            return clause.lower(head) != "it"
        return head is not None and bool(
            re.search(
                r"(?:s|men|people|police|army|unions?|government|company|party|group|leader|minister)\Z",
                clause.lower(head),
            )
        )

    def _is_narrated(self, candidate: Candidate) -> bool:
        """True for "would" that goes on with what was said before, and tells a day: "Payments would start on Monday"."""
        timed = self._time_of(candidate, [candidate], set())
        if timed is None or self._inverted():
            return False
        return (
            not any(self._is_condition(c) for c in self.clause.children(candidate.trigger, "advcl"))
            and timed.time.type == "DATE"
        )

    def _inverted(self) -> bool:
        return self.clause.lower(0) in ("were", "had", "should") and len(self.clause.tokens) > 3

    def _is_condition(self, word: int) -> bool:
        """True where the predicate stands in a clause with "if", "when", "before" and the like."""
        clause = self.clause
        for w in range(word - 1, -1, -1):
            text = clause.lower(w)
            if text in _OPENERS:
                return not (text == "as" or (w == 0 and text in ("were", "had")))
            if text in (",", ";", ":", "“", "”", '"', "that", "then") or wording.is_finite(clause, w):
                return False
        return False

    def _is_conditional(self, candidate: Candidate) -> bool:
        clause = self.clause
        reach = [candidate.trigger, candidate.cue]
        reach += [
            a
            for a in clause.ancestors(candidate.trigger)
            if clause.analysis.deprels[candidate.trigger] == "conj"
        ][:1]
        for word in reach:
            for child in clause.children(word, "advcl"):
                if any(clause.lower(m) in _CONDITIONS for m in clause.children(child, "mark")):
                    return True
        # the tree may hang the condition elsewhere: an "if" before the trigger in the same sentence
        return any(
            clause.lower(w) == "if"
            and clause.analysis.deprels[w] == "mark"
            and (w == 0 or clause.lower(w - 1) not in ("as", "even", "asked"))
            for w in range(candidate.trigger)
        ) and not self._is_condition(min(candidate.trigger, candidate.cue))

    def _is_quoted(self, candidate: Candidate) -> bool:
        offset = self.clause.tokens[candidate.trigger].start
        return self.holders.in_direct_quote(offset)

    # ------------------------------------------------------------------------------------------------- the weight

    def _score(
        self, candidate: Candidate, window: Interval | None, timed: _Timed | None, conditional: bool
    ) -> float:
        """How likely the candidate is an expectation, in [0, 1]."""
        clause, trigger = self.clause, candidate.trigger
        lemma = clause.analysis.lemmas[trigger].lower()
        subject = self._subject(candidate)
        if candidate.kind == "present":
            return self._score_of_present(candidate, window, timed)
        if candidate.negated:
            return 0.6 if window is not None else 0.2
        if (
            window is not None
            and timed is not None
            and timed.before == "for"
            and timed.time.type == "DURATION"
            and not self._is_definite(subject)
        ):
            return 0.2
        if window is not None:
            if (
                clause.lower(candidate.cue) == "should"
                and subject is not None
                and clause.lower(subject) in _PEOPLE
            ):
                return 0.2
            return {"certain": 0.95, "expected": 0.9, "possible": 0.75, "conditional": 0.8}[
                candidate.strength
            ]
        general = is_general(clause, trigger, verb_group(clause, trigger))
        if general or (subject is not None and clause.lower(subject) in _PEOPLE):
            return 0.15
        if candidate.kind in ("object", "dated noun", "moved", "fragment"):
            return 0.3
        if clause.lower(candidate.cue) == "should":
            return 0.2
        named = self._is_definite(subject)
        if conditional:
            return 0.7 if named else 0.3
        if timed is not None and timed.time.type == "DURATION":
            return 0.3
        score = {"modal": 0.45, "be to": 0.3, "raising": 0.4, "intention": 0.4}.get(candidate.kind, 0.3)
        score += 0.15 if named else -0.2
        score += 0.05 if self.holders.reported(self.number, clause, candidate) else 0.0
        score += (
            0.05 if candidate.strength == "certain" else -0.05 if candidate.strength == "possible" else 0.0
        )
        if lemma in cues().stative or clause.child(trigger, "cop") is not None:
            score -= 0.25
        if candidate.past and candidate.kind != "modal":
            score -= 0.1
        return score

    def _score_of_present(self, candidate: Candidate, window: Interval | None, timed: _Timed | None) -> float:
        if window is None or timed is None or timed.time.interval is None or candidate.negated:
            return 0.0
        timetabled = self.clause.analysis.lemmas[candidate.trigger].lower() in cues().timetabled
        start = window.start if timetabled else timed.time.interval.start
        if start <= self.published or timed.time.type == "DURATION":
            return 0.0
        if timed.before in (
            "until",
            "till",
            "to",
            "since",
            "for",
            "about",
        ) or timed.time.interval.granularity in ("year", "decade", "century"):
            return 0.0
        near = timed.governor == candidate.trigger or abs(timed.words[0] - candidate.trigger) <= 14
        return 0.8 if near else 0.3

    def _subject(self, candidate: Candidate) -> int | None:
        if candidate.subject is not None:
            return candidate.subject
        word, clause = candidate.trigger, self.clause
        for _ in range(4):
            found = clause.child(word, "nsubj", "nsubj:pass", "csubj")
            if found is not None:
                return found
            if clause.analysis.deprels[word] not in ("conj", "xcomp"):
                return None
            word = clause.analysis.heads[word]
        return None

    def _is_definite(self, subject: int | None) -> bool:
        clause = self.clause
        if subject is None:
            return False
        if clause.analysis.upos[subject] in ("PROPN", "PRON"):
            return clause.lower(subject) not in (
                "it",
                "this",
                "that",
                "there",
                "you",
                "one",
                "anyone",
                "nobody",
                "everyone",
                "everything",
                "nothing",
                "something",
                "what",
            )
        if any(m.span.overlaps(clause.span(clause.subtree(subject))) for m in self.mentions):
            return True
        return not is_indefinite(clause, subject) and any(
            clause.lower(d) in ("the", "its", "his", "her", "their", "this", "our")
            for d in clause.children(subject, "det", "nmod:poss")
        )

    # ------------------------------------------------------------------------------------------------- the record

    def _span(self, candidate: Candidate) -> Span:
        """The sentence, or the quoted stretch in it that holds the trigger with what it says."""
        return self.clause.sentence.span

    def _arguments(self, candidate: Candidate) -> tuple:  # type: ignore[type-arg]
        trigger = self.clause.tokens[candidate.trigger]
        event = next((e for e in self.events if e.span.start <= trigger.start < e.span.end), None)
        return event.arguments if event else ()

    def _wording(self, candidate: Candidate, timed: _Timed | None) -> str:
        clause, trigger = self.clause, candidate.trigger
        left_out = self._words_left_out(candidate)
        nominal = candidate.kind in ("moved", "dated noun", "fragment") or (
            candidate.kind == "object" and candidate.trigger != candidate.cue
        )
        if (candidate.kind == "object" and not nominal) or (
            nominal and clause.analysis.upos[trigger] == "PRON"
        ):
            if self.earlier and self.number - self.earlier[-1].sentence <= 2:
                return self.earlier[-1].event
            nominal = True
        if nominal:
            return wording.event(
                clause, trigger, "", plural=False, passive=False, left_out=left_out, nominal=True
            )
        subject, plural = self._worded_subject(candidate, left_out)
        passive = (
            any(clause.lower(w) in ("be", "being", "been") for w in range(candidate.cue, trigger))
            and clause.lower(trigger) != clause.analysis.lemmas[trigger].lower()
        )
        return wording.event(
            clause, trigger, subject, plural=plural, passive=passive, left_out=left_out, nominal=False
        )

    def _state(self, candidate: Candidate, timed: _Timed | None) -> str:
        """ "back in court" of "is due back in court on 13 May"."""
        if (
            candidate.kind != "dated noun"
            or timed is None
            or timed.words[0] < candidate.cue
            or candidate.trigger > candidate.cue
        ):
            return ""
        words = [
            w for w in range(candidate.cue + 1, timed.words[0]) if w not in self._words_left_out(candidate)
        ]
        while words and self.clause.lower(words[-1]) in ("on", "by", "in", "at", "for", "from", "the"):
            words.pop()
        return (
            wording.join(self.clause, words)
            if any(self.clause.analysis.upos[w] in ("NOUN", "PROPN") for w in words)
            else ""
        )

    def _words_left_out(self, candidate: Candidate) -> set[int]:
        """Words of times with their prepositions, and the announcing word."""
        clause = self.clause
        left_out = set(self.timed_words)
        for timed in self.times:
            first = timed.words[0]
            while first > 0 and first - 1 not in left_out and clause.lower(first - 1) in (
                "on", "by", "in", "at", "within", "before", "until", "till", "from", "the", "about", "around", "some", "next", "for", "over", "during"
            ):  # fmt: skip
                first -= 1
                left_out.add(first)
            if timed.words[-1] + 1 < len(clause.tokens) and clause.lower(timed.words[-1] + 1) in ("'s", "’s"):
                left_out.add(timed.words[-1] + 1)
        if candidate.cue != candidate.trigger:
            left_out.add(candidate.cue)
        return left_out

    def _worded_subject(self, candidate: Candidate, left_out: set[int]) -> tuple[str, bool]:
        """The subject in words, a pronoun resolved where that is easy, and whether it is plural."""
        clause = self.clause
        words = wording.subject_words(clause, min(candidate.cue, candidate.trigger), left_out)
        if (
            candidate.subject is not None
            and candidate.kind == "intention"
            and candidate.subject > candidate.cue
        ):
            words = wording.before(clause, candidate.subject + 1, left_out)
        elif clause.analysis.lemmas[candidate.cue].lower() in _RAISING and candidate.trigger > candidate.cue:
            # "expects the price to fall": what falls stands between
            words = [
                w for w in wording.before(clause, candidate.trigger, left_out) if w > candidate.cue
            ] or words
        subject = self._subject(candidate)
        if not words and subject is not None and subject < candidate.trigger:
            words = (
                [subject]
                if clause.analysis.upos[subject] == "PRON"
                else wording.before(clause, subject + 1, left_out)
            )
        if not words:
            return "", False
        if len(words) == 1:
            name = self.holders.pronoun(self.number, clause, words[0])
            if name is not None:
                return name, False
        return wording.join(clause, words), wording.is_plural(clause, words)

    # ---------------------------------------------------------------------------------------------- bare fragments

    def _fragment(self) -> Expectation | None:
        """ "Monday, no later": a quoted stretch without a verb that gives a day, after an expectation."""
        clause = self.clause
        if not self.earlier:
            return None
        last = self.earlier[-1]
        if self.number - last.sentence > 3:
            return None
        for timed in self.times:
            interval = timed.time.interval
            if (
                interval is None
                or interval.end < self.published
                or timed.reported
                or timed.time.type == "DURATION"
            ):
                continue
            quote = self.holders.direct_quote(clause.tokens[timed.words[0]].start)
            if quote is None:
                continue
            inside = clause.words_in(quote)
            if len(inside) > 9 or any(clause.analysis.upos[w] in ("VERB", "AUX") for w in inside):
                continue
            window = due.window(timed.time, timed.before, self.published)
            if window is None:
                continue
            token = clause.tokens[timed.words[0]]
            return replace(
                last,
                span=clause.sentence.span,
                sentence=self.number,
                trigger=Span(token.start, token.end),
                holder=self.holders.of(
                    self.number, clause, Candidate(timed.words[0], timed.words[0], "fragment", "certain")
                ),
                arguments=(),
                due=window,
                strength="certain",
                negated=False,
                score=0.6,
            )
        return None
