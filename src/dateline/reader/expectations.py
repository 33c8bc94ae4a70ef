"""Expectations: events that a report, or somebody in it, expects after the day on which that was said.

Rules over the sentence's tree find what is announced (`announcements`), the time expressions beside it give the days in
which it falls due (`dated_sentence`, `due`), the statements who expects it (`holders`). What is true in general, advice, what is denied
and what was only imagined are no expectations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.reader import due, wording
from dateline.reader.announcements import candidates
from dateline.reader.candidate import Candidate
from dateline.reader.dated_sentence import Timed
from dateline.reader.document import Document
from dateline.reader.holders import Holders
from dateline.reader.judged_sentence import JudgedSentence
from dateline.records import (
    Argument,
    Event,
    Expectation,
    Mention,
    Span,
    Statement,
    Strength,
    TimeExpression,
)

THRESHOLD = 0.5
"""The least score of an expectation that is kept."""


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


class _Sentence(JudgedSentence):
    """One sentence on its way through the rules."""

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

    def _span(self, candidate: Candidate) -> Span:
        """The sentence, or the quoted stretch in it that holds the trigger with what it says."""
        return self.clause.sentence.span

    def _arguments(self, candidate: Candidate) -> tuple[Argument, ...]:
        trigger = self.clause.tokens[candidate.trigger]
        event = next((e for e in self.events if e.span.start <= trigger.start < e.span.end), None)
        return event.arguments if event else ()

    def _wording(self, candidate: Candidate, timed: Timed | None) -> str:
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
            words = wording.before(clause, self._phrase_end(candidate.subject, candidate.trigger), left_out)
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
                else wording.before(clause, self._phrase_end(subject, candidate.trigger), left_out)
            )
        if not words:
            return "", False
        if len(words) == 1:
            name = self.holders.pronoun(self.number, clause, words[0])
            if name is not None:
                return name, False
        return wording.join(clause, words), wording.is_plural(clause, words)

    def _phrase_end(self, noun: int, end: int) -> int:
        """The word after the noun's own prepositional phrases ("the price of tin"), before `end` at the latest."""
        own = set(self.clause.subtree(noun))
        after = noun + 1
        while (
            after < end
            and after in own
            and self.clause.analysis.upos[after] not in ("PUNCT", "VERB", "AUX", "PART")
        ):
            after += 1
        return after

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
